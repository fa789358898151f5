import DataModels
import Primitives

extension StudyPlan {
  /// The plan in plain sentences, one to a line, each part under its heading.
  public func inWords(_ language: Language) -> String {
    paragraphs.map { paragraph in
      ([paragraph.heading[language]] + paragraph.sentences.map { "- " + $0[language] }).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The parts of the plan in plain sentences. Conditions stand in backticks, as the plan writes them.
  public var paragraphs: [PlanParagraph] {
    var paragraphs = [
      PlanParagraph(heading: LocalizedText("Question", nl: "Vraag"), sentences: [question]),
      PlanParagraph(heading: LocalizedText("Who is followed", nl: "Wie worden gevolgd"), sentences: cohortInWords),
      PlanParagraph(heading: LocalizedText("How long", nl: "Hoe lang"), sentences: followUpInWords),
      PlanParagraph(heading: LocalizedText("States", nl: "Toestanden"), sentences: statesInWords),
      PlanParagraph(heading: LocalizedText("Outcomes", nl: "Uitkomsten"), sentences: outcomesInWords),
    ]
    if !groupings.isEmpty {
      paragraphs.append(
        PlanParagraph(heading: LocalizedText("Groups", nl: "Groepen"), sentences: groupings.map(inWords)))
    }
    if !routes.isEmpty {
      paragraphs.append(
        PlanParagraph(heading: LocalizedText("Routes", nl: "Routes"), sentences: routes.map(inWords)))
    }
    if let caseload {
      paragraphs.append(
        PlanParagraph(
          heading: LocalizedText("Caseload", nl: "Caseload"),
          sentences: [
            LocalizedText(
              "People with a running `\(caseload.spells.text)` at the end of each month, per professional; at most \(caseload.norm) were promised.",
              nl:
                "Mensen met een lopende `\(caseload.spells.text)` aan het eind van elke maand, per professional; beloofd zijn er hoogstens \(caseload.norm)."
            )
          ]))
    }
    return paragraphs + [reportInWords]
  }

  // MARK: Cohort

  private var cohortInWords: [LocalizedText] {
    var sentences = [
      LocalizedText { language in
        switch language {
        case .english:
          "\(cohort.name.english). Time zero is \(cohort.timeZeroName.english) (`\(cohort.timeZero.text)`); who has none is not followed."
        case .dutch:
          "\(cohort.name[.dutch]). Het begin is \(cohort.timeZeroName[.dutch]) (`\(cohort.timeZero.text)`); wie dat niet heeft, wordt niet gevolgd."
        }
      }
    ]
    sentences += cohort.include.map { step in
      LocalizedText(
        "In: \(step.name.english) (`\(step.condition.text)`).",
        nl: "Wel: \(step.name[.dutch]) (`\(step.condition.text)`).")
    }
    sentences += cohort.exclude.map { step in
      LocalizedText(
        "Out: \(step.name.english) (`\(step.condition.text)`).",
        nl: "Niet: \(step.name[.dutch]) (`\(step.condition.text)`).")
    }
    return sentences
  }

  private var followUpInWords: [LocalizedText] {
    let follow = cohort.followUp
    var sentences = [
      LocalizedText { language in
        let until = follow.until.map { language.date($0) }
        switch language {
        case .english:
          return
            "Each person is followed for \(follow.months) months (\(language.number(StudyTime.days(months: follow.months))) days) from time zero"
            + (until.map { ", and not beyond \($0)." } ?? ", and not beyond the day on which the data are known.")
        case .dutch:
          return
            "Ieder wordt \(follow.months) maanden (\(language.number(StudyTime.days(months: follow.months))) dagen) gevolgd vanaf het begin"
            + (until.map { ", en niet langer dan tot en met \($0)." }
              ?? ", en niet langer dan tot de dag waarop de gegevens bekend zijn.")
        }
      }
    ]
    guard let loss = follow.loss else {
      return sentences + [LocalizedText("Nobody counts as lost.", nl: "Niemand telt als uit beeld.")]
    }
    func texts(_ expressions: [PlanExpression], _ language: Language) -> String {
      language.list(expressions.map { "`\($0.text)`" })
    }
    sentences.append(
      LocalizedText { language in
        switch language {
        case .english:
          "Lost is who was not seen for \(loss.after.inWords(language)), until seen again."
            + (loss.seenBy.isEmpty
              ? "" : " A person is seen on the day of, or the first day of: \(texts(loss.seenBy, language)).")
            + (loss.seenWhile.isEmpty ? "" : " A person is seen on every day of: \(texts(loss.seenWhile, language)).")
        case .dutch:
          "Uit beeld is wie \(loss.after.inWords(language)) niet is gezien, tot die weer wordt gezien."
            + (loss.seenBy.isEmpty
              ? "" : " Iemand is gezien op de dag, of de eerste dag, van: \(texts(loss.seenBy, language)).")
            + (loss.seenWhile.isEmpty ? "" : " Iemand is gezien op elke dag van: \(texts(loss.seenWhile, language)).")
        }
      })
    return sentences
  }

  // MARK: States and outcomes

  private var statesInWords: [LocalizedText] {
    [
      LocalizedText(
        "On each day a person is in one state: the first below that holds, but a state for good goes before all others.",
        nl:
          "Op elke dag is iemand in één toestand: de eerste hieronder die geldt, maar een blijvende toestand gaat voor alle andere."
      )
    ]
      + states.map { state in
        let (english, dutch) = (state.name.english, state.name[.dutch])
        switch state.rule {
        case .when(let expression):
          return LocalizedText("\(english): `\(expression.text)`.", nl: "\(dutch): `\(expression.text)`.")
        case .absorbing(let expression):
          return LocalizedText(
            "\(english): for good, from the first day of `\(expression.text)`.",
            nl: "\(dutch): blijvend, vanaf de eerste dag van `\(expression.text)`.")
        case .lost:
          return LocalizedText("\(english): who is lost.", nl: "\(dutch): wie uit beeld is.")
        case .otherwise:
          return LocalizedText("\(english): none of the others.", nl: "\(dutch): geen van de andere.")
        }
      }
  }

  private var outcomesInWords: [LocalizedText] {
    outcomes.map { outcome in
      func causes(_ language: Language) -> String {
        outcome.causes.map { cause in
          let sources = cause.sources.map { source in
            switch source {
            case .state(let id): states.first { $0.id == id }!.name[language]
            case .expression(let expression): "`\(expression.text)`"
            }
          }
          return sources == [cause.name[language]]
            ? cause.name[language] : "\(cause.name[language]) (\(language.list(sources)))"
        }.joined(separator: "; ")
      }
      let main = outcome.causes[outcome.mainIndex].name
      guard outcome.causes.count > 1 else {
        return LocalizedText(
          "\(outcome.name.english): the first day of \(causes(.english)), from time zero on.",
          nl: "\(outcome.name[.dutch]): de eerste dag van \(causes(.dutch)), vanaf het begin.")
      }
      return LocalizedText(
        "\(outcome.name.english): which comes first from time zero on, and when, of \(causes(.english)). The study is about \(main.english).",
        nl:
          "\(outcome.name[.dutch]): wat vanaf het begin het eerst komt, en wanneer, van \(causes(.dutch)). Het gaat om \(main[.dutch])."
      )
    }
  }

  // MARK: Groups, routes, report

  private func inWords(_ values: [GroupValue], _ language: Language) -> String {
    values.map { value in
      let condition = value.condition.map { "`\($0.text)`" } ?? (language == .dutch ? "alle anderen" : "all others")
      return "\(value.name[language]) (\(condition))"
    }.joined(separator: "; ")
  }

  private func inWords(_ grouping: Grouping) -> LocalizedText {
    LocalizedText(
      "\(grouping.name.english), the first that holds: \(inWords(grouping.values, .english)).",
      nl: "\(grouping.name[.dutch]), de eerste die geldt: \(inWords(grouping.values, .dutch)).")
  }

  private func inWords(_ column: RouteColumn) -> LocalizedText {
    let (english, dutch) = (column.name.english, column.name[.dutch])
    switch column.kind {
    case .everyone: return LocalizedText("\(english): everybody.", nl: "\(dutch): iedereen.")
    case .grouping(let id):
      let name = groupings.first { $0.id == id }!.name
      return LocalizedText("\(english): by \(name.english).", nl: "\(dutch): naar \(name[.dutch]).")
    case .choice(let values, let choice):
      let isFirst = choice == .first
      return LocalizedText(
        "\(english), \(isFirst ? "the first that held on some day" : "the one that held on the most days"): \(inWords(values, .english)).",
        nl:
          "\(dutch), \(isFirst ? "de eerste die op enige dag gold" : "de waarde die op de meeste dagen gold"): \(inWords(values, .dutch))."
      )
    case .state(.end):
      return LocalizedText(
        "\(english): the state on the last day of follow-up.", nl: "\(dutch): de toestand op de laatste dag.")
    case .state(.months(let months)):
      return LocalizedText(
        "\(english): the state after \(months) months.", nl: "\(dutch): de toestand na \(months) maanden.")
    }
  }

  private var reportInWords: PlanParagraph {
    let rounding = report.roundTo
    return PlanParagraph(
      heading: LocalizedText("Small numbers", nl: "Kleine aantallen"),
      sentences: [
        LocalizedText(
          "Counts of people below \(report.threshold) are withheld, and others with them where needed"
            + (rounding.map { "; what is printed is rounded to \($0)." } ?? "."),
          nl:
            "Aantallen mensen onder de \(report.threshold) worden niet getoond, en waar nodig andere met hen"
            + (rounding.map { "; wat wordt getoond, is afgerond op \($0)." } ?? "."))
      ])
  }
}

extension LocalizedText {
  /// A text that is written once for each language.
  init(_ write: (Language) -> String) { self.init(write(.english), nl: write(.dutch)) }
}

extension PlanDuration {
  func inWords(_ language: Language) -> String {
    let words: [CalendarDuration.Unit: (String, String, String, String)] = [
      .days: ("day", "days", "dag", "dagen"), .weeks: ("week", "weeks", "week", "weken"),
      .months: ("month", "months", "maand", "maanden"), .years: ("year", "years", "jaar", "jaar"),
    ]
    let word = words[unit]!
    switch language {
    case .english: return "\(count) \(count == 1 ? word.0 : word.1)"
    case .dutch: return "\(count) \(count == 1 ? word.2 : word.3)"
    }
  }
}
