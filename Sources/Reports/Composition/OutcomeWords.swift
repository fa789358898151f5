import Charts
import DisclosureControl
import Foundation
import Primitives
import Studies

/// The sentences about one outcome, chosen by what its numbers and intervals allow to say.
struct OutcomeWords {
  let outcome: DisclosedOutcome
  private let composer: StudyComposer

  init(_ outcome: DisclosedOutcome, _ composer: StudyComposer) {
    self.outcome = outcome
    self.composer = composer
  }

  var result: String { "outcome.\(outcome.id)" }
  var main: StudyLabel { outcome.causes.first { $0.id == outcome.main } ?? outcome.causes[0] }
  var others: [StudyLabel] { outcome.causes.filter { $0.id != outcome.main } }
  var everybody: DisclosedOutcome.Comparison? { outcome.comparisons.first { $0.grouping == nil } }

  private var event: LocalizedText { main.name.inSentence }
  /// The event, with its outcome when that is needed to know which is meant: `paid work (first step)`.
  private var exactEvent: LocalizedText {
    let name = outcome.name.inSentence
    return isShared ? LocalizedText(en: "\(event) (\(name))", nl: "\(event) (\(name))") : event
  }
  private var isShared: Bool { composer.isSharedEvent(outcome) }
  /// What a heading is about: `Paid work:`, or `First step: paid work`.
  private var subject: LocalizedText {
    let (name, start) = (outcome.name.atStart, main.name.atStart)
    return isShared
      ? LocalizedText(en: "\(name): \(event)", nl: "\(name): \(event)")
      : LocalizedText(en: "\(start):", nl: "\(start):")
  }
  /// What a figure is about, at the beginning of a line: `Paid work`, or `First step: paid work`.
  var topic: LocalizedText { isShared ? subject : main.name.atStart }
  private var lastMark: Int { composer.study.plan.marks.last ?? composer.study.plan.followUpMonths }
  private var time: LocalizedText { .months(lastMark) }

  /// An event in a group at the last mark; nil when it was not estimated.
  private func estimate(_ cause: String, _ group: DisclosedOutcome.Group?) -> PerHundred? {
    group?.estimates.first { $0.cause == cause && $0.months == lastMark }.map { PerHundred($0.estimate) }
  }

  // MARK: Heading and opening

  /// The first difference when it is there, or else how many of everybody.
  var heading: LocalizedText {
    let compared = outcome.comparisons.first { $0.difference != nil }
    if let compared, let difference = compared.difference {
      let number = PerHundred(difference.estimate)
      let (a, b) = (name(difference.first, in: compared), name(difference.second, in: compared))
      if number.value.number != nil {
        switch number.direction {
        case .above:
          return LocalizedText(
            en: "\(subject) more often with “\(a)” than with “\(b)”",
            nl: "\(subject) vaker bij ‘\(a)’ dan bij ‘\(b)’")
        case .below:
          return LocalizedText(
            en: "\(subject) less often with “\(a)” than with “\(b)”",
            nl: "\(subject) minder vaak bij ‘\(a)’ dan bij ‘\(b)’")
        case nil:
          return LocalizedText(
            en: "\(subject) no clear difference between “\(a)” and “\(b)”",
            nl: "\(subject) geen duidelijk verschil tussen ‘\(a)’ en ‘\(b)’")
        }
      }
    }
    if let number = estimate(main.id, everybody?.groups.first), number.value.number != nil {
      return LocalizedText(
        en: "\(subject) \(number.spoken()) in every 100 people within \(time)",
        nl: "\(subject) \(number.spoken()) van elke 100 mensen binnen \(time)")
    }
    return LocalizedText(en: "How soon: \(topic.inSentence)", nl: "Hoe snel: \(topic.inSentence)")
  }

  private func name(_ group: String, in comparison: DisclosedOutcome.Comparison) -> LocalizedText {
    (comparison.groups.first { $0.id == group }?.name ?? LocalizedText(group)).asGroup
  }

  /// Everybody at the last mark, and what came first for the others.
  var opening: LocalizedText? {
    guard let group = everybody?.groups.first else { return nil }
    var sentences: [LocalizedText] = []
    let (verb, bare) = composer.happening(outcome.main, of: outcome.id)
    let event = isShared ? LocalizedText(en: "\(bare) first", nl: "het eerst \(bare)") : bare
    if let number = estimate(main.id, group), number.value.number != nil, let interval = number.interval {
      sentences.append(
        LocalizedText(
          en:
            "Of every 100 people, \(number.spoken()) \(verb) \(event) within \(time) (95% interval \(interval)).",
          nl:
            "Van elke 100 mensen \(verb) er \(number.spoken()) binnen \(time) \(event) (95%-interval \(interval))."
        ))
    } else {
      sentences.append(
        LocalizedText(
          en: "How many \(verb) \(event) within \(time) cannot be shown: too few people.",
          nl: "Hoeveel mensen binnen \(time) \(event) \(verb), kunnen we niet tonen: te weinig mensen."))
    }
    let shown = others.compactMap { cause in
      estimate(cause.id, group).flatMap { $0.value.number == nil ? nil : (cause.name.inSentence, $0.spoken()) }
    }
    let parts = shown.enumerated().map { place, item in
      let whole = place == 0 ? LocalizedText(" of every 100", nl: " van elke 100") : LocalizedText("")
      return LocalizedText(en: "\(item.0) for \(item.1)\(whole)", nl: "\(item.0) bij \(item.1)\(whole)")
    }
    if !parts.isEmpty {
      let all = LocalizedText { language in parts.map { $0[language] }.joined(separator: ", ") }
      sentences.append(
        LocalizedText(
          en: "For others something else came first: \(all).", nl: "Bij anderen kwam eerst iets anders: \(all)."))
    }
    if let early { sentences.append(early) }
    return LocalizedText(sentences: sentences)
  }

  /// Who had an event before there was anything to wait for; nil when nobody had.
  private var early: LocalizedText? {
    let number = ReportNumber(outcome.alreadyThere)
    if number.value.number == 0 { return nil }
    let start = composer.study.plan.timeZero.inSentence
    let this = others.isEmpty ? LocalizedText("this", nl: "dit") : LocalizedText("one of these", nl: "een hiervan")
    guard number.value.number != nil else {
      return LocalizedText(
        en: "Those for whom \(this) was so at \(start) already count from the first day.",
        nl: "Was \(this) bij \(start) al zo voor iemand? Dan telt die persoon mee vanaf de eerste dag.")
    }
    return LocalizedText(
      en: "For \(number) people \(this) was so at \(start) already; they count from the first day.",
      nl: "Voor \(number) mensen was \(this) bij \(start) al zo; zij tellen vanaf de eerste dag.")
  }

  // MARK: Comparisons

  /// `By approach: 44 against 30 in every 100 after 36 months`.
  func title(of comparison: DisclosedOutcome.Comparison, _ grouping: StudyLabel) -> LocalizedText {
    let numbers = comparison.groups.map { estimate(main.id, $0) }
    let shown = numbers.compactMap { number in number.flatMap { $0.value.number == nil ? nil : $0 } }
    let by = LocalizedText(en: "By \(grouping.name.inSentence)", nl: "Naar \(grouping.name.inSentence)")
    let sorted = shown.sorted { ($0.value.number ?? 0) < ($1.value.number ?? 0) }
    guard shown.count == numbers.count, shown.count > 1, let least = sorted.first, let most = sorted.last else {
      return LocalizedText(en: "\(by): \(event) within \(time)", nl: "\(by): \(event) binnen \(time)")
    }
    if shown.count == 2 {
      return LocalizedText(
        en: "\(by): \(shown[0].spoken()) against \(shown[1].spoken()) in every 100 after \(time)",
        nl: "\(by): \(shown[0].spoken()) tegen \(shown[1].spoken()) van elke 100 na \(time)")
    }
    return LocalizedText(
      en: "\(by): from \(least.spoken()) to \(most.spoken()) in every 100 after \(time)",
      nl: "\(by): van \(least.spoken()) tot \(most.spoken()) van elke 100 na \(time)")
  }

  /// The difference of the first two groups with its interval, in words.
  func difference(in comparison: DisclosedOutcome.Comparison) -> LocalizedText? {
    guard let difference = comparison.difference else { return nil }
    let number = PerHundred(difference.estimate)
    let (a, b) = (name(difference.first, in: comparison), name(difference.second, in: comparison))
    guard number.value.number != nil, let interval = number.interval else {
      return LocalizedText(
        en: "The difference between **\(a)** and **\(b)** cannot be shown: too few people.",
        nl: "Het verschil tussen **\(a)** en **\(b)** kunnen we niet tonen: te weinig mensen.")
    }
    let months = LocalizedText.months(difference.months)
    let size = LocalizedText(
      en:
        "After \(months) the difference between **\(a)** and **\(b)** is \(number.spoken(plus: true)) in every 100 (95% interval \(interval)).",
      nl:
        "Na \(months) is het verschil tussen **\(a)** en **\(b)** \(number.spoken(plus: true)) op elke 100 (95%-interval \(interval))."
    )
    guard number.direction == nil else { return size }
    return LocalizedText(
      sentences: [
        size,
        LocalizedText(
          en: "The interval holds 0: it may well be that \(a) and \(b) do not differ in \(event).",
          nl: "Het interval bevat 0: het kan goed zijn dat \(a) en \(b) niet verschillen in \(event)."),
      ])
  }

  /// Gray's test in words: how often lines so far apart come up by chance. The first says it in full.
  func test(in comparison: DisclosedOutcome.Comparison, _ grouping: StudyLabel, isFirst: Bool) -> LocalizedText? {
    guard let test = comparison.test else { return nil }
    let p = LocalizedText { PValue.text(test.pValue, in: $0) }
    let (often, name) = (PValue.frequency(test.pValue), grouping.name.inSentence)
    switch (test.pValue < 0.05, isFirst) {
    case (true, true):
      return LocalizedText(
        en:
          "If the groups did not really differ, lines this far apart would come up in \(often) studies like this (Gray's test, \(p)).",
        nl:
          "Als de groepen in werkelijkheid niet verschillen, komen lijnen zo ver uit elkaar voor in \(often) onderzoeken zoals dit (toets van Gray, \(p))."
      )
    case (true, false):
      return LocalizedText(
        en: "By chance alone the lines by \(name) would seldom be this far apart (Gray's test, \(p)).",
        nl: "Door toeval alleen liggen de lijnen naar \(name) zelden zo ver uit elkaar (toets van Gray, \(p)).")
    case (false, true):
      return LocalizedText(
        en:
          "By chance alone lines this far apart come up in \(often) studies like this, so they are no reason to think that the groups differ (Gray's test, \(p)).",
        nl:
          "Door toeval alleen komen lijnen zo ver uit elkaar voor in \(often) onderzoeken zoals dit. Ze zijn dus geen reden om te denken dat de groepen verschillen (toets van Gray, \(p))."
      )
    case (false, false):
      return LocalizedText(
        en: "The lines by \(name) are no further apart than chance can bring about (Gray's test, \(p)).",
        nl: "De lijnen naar \(name) liggen niet verder uit elkaar dan door toeval kan (toets van Gray, \(p)).")
    }
  }

  /// What a difference between groups as they are does not say, and what the study says of this grouping. The first
  /// says it in full.
  func caveat(on grouping: StudyLabel, isFirst: Bool, isFirstOfGrouping: Bool) -> ReportCaveat {
    let name = grouping.name.inSentence
    var own = composer.caveats(on: grouping)
    if !own.isEmpty, !isFirstOfGrouping {
      own = [
        LocalizedText(
          en: "What is said above of the groups by \(name) is so here too.",
          nl: "Wat hierboven staat over de groepen naar \(name), geldt ook hier.")
      ]
    }
    guard isFirst else {
      return ReportCaveat(
        [
          LocalizedText(
            en:
              "**Gross difference** for \(exactEvent) by \(name): here too nothing is adjusted for.",
            nl:
              "**Bruto verschil** voor \(exactEvent) naar \(name): ook hier is nergens voor gecorrigeerd."
          )
        ] + own)
    }
    return ReportCaveat(
      [
        LocalizedText(
          en:
            "This is a **gross difference**. The groups are compared as they are, and nothing is adjusted for. They may differ in other things that matter for \(event), so the figure does not say what causes the difference.",
          nl:
            "Dit is een **bruto verschil**. De groepen zijn vergeleken zoals ze zijn, en nergens is voor gecorrigeerd. Ze kunnen verschillen in andere dingen die ertoe doen voor \(event). De figuur zegt dus niet waardoor het verschil komt."
        ),
        LocalizedText(
          "Level of evidence: process and gross difference. For a net effect, people who resemble one another must be compared.",
          nl:
            "Niveau van bewijs: proces en bruto verschil. Voor een netto-effect moeten we mensen vergelijken die op elkaar lijken."
        ),
      ] + own)
  }

  // MARK: Words with figures

  func caption(_ causes: [StudyLabel]) -> LocalizedText {
    causes.count > 1
      ? LocalizedText("What came first, of every 100 people", nl: "Wat het eerst kwam, van elke 100 mensen")
      : LocalizedText(en: "\(topic), of every 100 people", nl: "\(topic), van elke 100 mensen")
  }

  /// Each line at the last mark.
  func description(of groups: [DisclosedOutcome.Group], _ causes: [StudyLabel]) -> LocalizedText {
    let items = LocalizedText { language in
      let items = groups.flatMap { group in
        causes.map { cause in
          let number = estimate(cause.id, group)?.percent ?? .absent(.protected)
          return "\((groups.count == 1 ? cause.name : group.name)[language]) \(number.text(in: language))"
        }
      }
      return items.joined(separator: ", ")
    }
    return LocalizedText(
      en:
        "Lines that rise from 0 with the months since \(composer.study.plan.timeZero.inSentence). After \(time): \(items).",
      nl:
        "Lijnen die vanaf 0 stijgen met de maanden sinds \(composer.study.plan.timeZero.inSentence). Na \(time): \(items)."
    )
  }

  func method(of comparison: DisclosedOutcome.Comparison, _ grouping: StudyLabel, isFirst: Bool) -> LocalizedText {
    let name = grouping.name.inSentence
    let full = LocalizedText(
      en:
        "The line says of how many in every 100 people \(event) had come first by each month. It is estimated for each group on its own (cumulative incidence, Aalen–Johansen), so that people who are followed for a shorter time count as long as they are followed.",
      nl:
        "De lijn zegt van hoeveel op elke 100 mensen \(event) het eerst was gekomen, maand na maand. Dat is voor elke groep apart geschat (cumulatieve incidentie, Aalen–Johansen). Zo tellen mensen die we korter volgen mee zolang we hen volgen."
    )
    let short = LocalizedText(
      en: "Cumulative incidence of \(exactEvent), for each group by \(name) on its own (Aalen–Johansen).",
      nl: "Cumulatieve incidentie van \(exactEvent), voor elke groep naar \(name) apart (Aalen–Johansen).")
    let base = isFirst ? full : short
    guard let test = comparison.test else { return base }
    let (p, freedom) = (LocalizedText { PValue.text(test.pValue, in: $0) }, test.degreesOfFreedom)
    return LocalizedText(
      sentences: [
        base,
        LocalizedText(
          en: "Gray's test: \(p), \(freedom) \(freedom == 1 ? "degree" : "degrees") of freedom.",
          nl: "Toets van Gray: \(p), \(freedom) \(freedom == 1 ? "vrijheidsgraad" : "vrijheidsgraden")."),
      ])
  }

  var everybodyMethod: LocalizedText {
    others.isEmpty
      ? LocalizedText(
        en: "Cumulative incidence of \(exactEvent), for everybody together (Aalen–Johansen).",
        nl: "Cumulatieve incidentie van \(exactEvent), voor iedereen samen (Aalen–Johansen).")
      : LocalizedText(
        "Each person counts for the event that came first, and for no other. The lines are estimated together (cumulative incidence with competing events, Aalen–Johansen), so they never add up to more than 100.",
        nl:
          "Iedereen telt mee voor de gebeurtenis die het eerst kwam, en voor geen andere. De lijnen zijn samen geschat (cumulatieve incidentie met concurrerende gebeurtenissen, Aalen–Johansen). Samen komen ze dus nooit boven de 100."
      )
  }
}

/// A p-value as it is printed and as it is said.
private enum PValue {
  /// `p = 0.003`, `p < 0.001`, on one line.
  static func text(_ value: Double, in language: Language) -> String {
    let isBelow = value < 0.001
    let number = language.number(isBelow ? 0.001 : value, decimals: 3)
    return "p\u{A0}\(isBelow ? "<" : "=")\u{A0}\(number)"
  }

  /// `about 3 of every 1,000`.
  static func frequency(_ value: Double) -> LocalizedText {
    if value < 0.001 { return LocalizedText("fewer than 1 of every 1,000", nl: "minder dan 1 van de 1.000") }
    let base = value < 0.01 ? 1000 : 100
    let times = Int((value * Double(base)).rounded())
    return LocalizedText(en: "about \(times) of every \(base)", nl: "ongeveer \(times) van de \(base)")
  }
}
