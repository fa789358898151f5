import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// Five things to know at the most, in the order of the study.
  var keyFindings: [KeyFinding] {
    // What may not be told is no thing to know, unless nothing else is left.
    let all = study.keyResults.filter { !isAmbiguous($0) }
    let told = all.filter { !isWithheld($0) }
    let results = told.isEmpty ? all : told
    let chosen = results.indices.sorted { (rank(results[$0]), $0) < (rank(results[$1]), $1) }.prefix(5).sorted()
    return chosen.map { keyFinding(results[$0]) }
  }

  /// Whether a finding is of a later outcome about an event of an earlier one: a short sentence does not say which of
  /// the two it is about.
  private func isAmbiguous(_ result: KeyResult) -> Bool {
    switch result {
    case .outcome(let outcome, _, _, _, _, _), .difference(let outcome, _, _, _, _, _, _):
      self.outcome(outcome).map(isSharedEvent) ?? false
    case .cohort, .caseload, .lost: false
    }
  }

  private func isWithheld(_ result: KeyResult) -> Bool {
    switch result {
    case .cohort(let people): people.value.absence != nil
    case .outcome(_, _, _, _, _, let estimate), .difference(_, _, _, _, _, _, let estimate):
      estimate.value.absence != nil
    case .caseload(_, let rate, _): rate.value.absence != nil
    case .lost(_, let share): share.percentage.absence != nil
    }
  }

  /// When there are more than five, the first comparison goes before the rest, and how many people are followed, which
  /// the opening says already, is the first to go.
  private func rank(_ result: KeyResult) -> Int {
    let first = study.outcomes.first?.id
    switch result {
    case .difference(let outcome, _, _, _, _, _, _): return outcome == first ? 0 : 4
    case .outcome(let outcome, _, _, _, let group, _):
      guard outcome == first else { return 5 }
      return group == nil || comparedGroups.contains(group ?? "") ? 1 : 3
    case .caseload, .lost: return 2
    case .cohort: return 6
    }
  }

  /// The two groups of the first difference.
  private var comparedGroups: [String] {
    for case .difference(_, _, _, _, let first, let second, _) in study.keyResults { return [first, second] }
    return []
  }

  /// One result as a number that can be said aloud, with the sentence that goes on from it.
  func keyFinding(_ result: KeyResult) -> KeyFinding {
    switch result {
    case .cohort(let people): cohort(people)
    case .outcome(let outcome, let cause, let months, let grouping, let group, let estimate):
      reached(outcome, cause, months, group.flatMap { id in grouping.map { self.group(id, of: $0) } }, estimate)
    case .difference(let outcome, let cause, let months, let grouping, let first, let second, let estimate):
      difference(outcome, cause, months, group(first, of: grouping), group(second, of: grouping), estimate)
    case .caseload(let month, let rate, let norm): caseload(month, rate, norm)
    case .lost(let state, let share): lost(state, share)
    }
  }

  private func cohort(_ people: DisclosedCount) -> KeyFinding {
    let (cohort, start) = (study.plan.cohort.inSentence, study.plan.timeZero.inSentence)
    if let absence = ReportNumber(people).value.absence {
      return missing(
        absence, LocalizedText("how many people are followed", nl: "hoeveel mensen worden gevolgd"), "attrition")
    }
    return KeyFinding(
      value: LocalizedText(ReportNumber(people)),
      sentence: LocalizedText(en: "people are followed: **\(cohort)**.", nl: "mensen worden gevolgd: **\(cohort)**."),
      note: LocalizedText(en: "from \(start), for \(followUp) at most", nl: "vanaf \(start), hoogstens \(followUp)"),
      provenance: code("attrition"))
  }

  private func reached(
    _ outcome: String, _ cause: String, _ months: Int, _ group: LocalizedText?, _ estimate: DisclosedEstimate
  ) -> KeyFinding {
    let ((verb, event), time) = (happening(cause, of: outcome), LocalizedText.months(months))
    let number = PerHundred(estimate)
    let result = "outcome.\(outcome)"
    let inGroup = group.map {
      LocalizedText(en: " in the group **\($0.asGroup)**", nl: " in de groep **\($0.asGroup)**")
    }
    let who = inGroup ?? LocalizedText("")
    if let absence = number.value.absence {
      return missing(
        absence,
        LocalizedText(
          en: "how many in every 100 people\(who) \(verb) \(event) within \(time)",
          nl: "hoeveel van elke 100 mensen\(who) binnen \(time) \(event) \(verb)"), result)
    }
    let marked = group == nil ? LocalizedText(en: "**\(event)**", nl: "**\(event)**") : event
    return KeyFinding(
      value: number.spoken(),
      sentence: LocalizedText(
        en: "in every 100 people\(who) \(verb) \(marked) within \(time).",
        nl: "van elke 100 mensen\(who) \(verb) binnen \(time) \(marked)."),
      note: number.interval.map { LocalizedText(en: "95% interval \($0)", nl: "95%-interval \($0)") },
      provenance: code(result))
  }

  private func difference(
    _ outcome: String, _ cause: String, _ months: Int, _ first: LocalizedText, _ second: LocalizedText,
    _ estimate: DisclosedEstimate
  ) -> KeyFinding {
    let ((verb, event), time) = (happening(cause, of: outcome), LocalizedText.months(months))
    let name = self.cause(cause, of: outcome).inSentence
    let (a, b) = (first.asGroup, second.asGroup)
    let number = PerHundred(estimate)
    let result = "outcome.\(outcome)"
    if let absence = number.value.absence {
      return missing(
        absence,
        LocalizedText(
          en: "the difference in \(name) within \(time) between the groups **\(a)** and **\(b)**",
          nl: "het verschil in \(name) binnen \(time) tussen de groepen **\(a)** en **\(b)**"), result)
    }
    let sentence =
      switch number.direction {
      case .above:
        LocalizedText(
          en:
            "in every 100: more people \(verb) \(event) within \(time) in the group **\(a)** than in the group **\(b)**.",
          nl: "op elke 100: in de groep **\(a)** \(verb) binnen \(time) meer mensen \(event) dan in de groep **\(b)**.")
      case .below:
        LocalizedText(
          en:
            "in every 100: fewer people \(verb) \(event) within \(time) in the group **\(a)** than in the group **\(b)**.",
          nl:
            "op elke 100: in de groep **\(a)** \(verb) binnen \(time) minder mensen \(event) dan in de groep **\(b)**."
        )
      case nil:
        LocalizedText(
          en: "in every 100: no clear difference in \(name) within \(time) between the groups **\(a)** and **\(b)**.",
          nl: "op elke 100: geen duidelijk verschil in \(name) binnen \(time) tussen de groepen **\(a)** en **\(b)**.")
      }
    let gross = LocalizedText(
      "This is a gross difference: the groups were not made by lot, and nothing is adjusted for.",
      nl: "Dit is een bruto verschil: de groepen zijn niet door het lot gevormd, en er is nergens voor gecorrigeerd.")
    return KeyFinding(
      value: number.spoken(plus: true), sentence: LocalizedText(sentences: [sentence, gross]),
      note: number.interval.map { LocalizedText(en: "95% interval \($0)", nl: "95%-interval \($0)") },
      provenance: code(result))
  }

  private func caseload(_ month: CalendarMonth, _ rate: DisclosedRate, _ norm: Int) -> KeyFinding {
    let number = ReportNumber(rate)
    if let absence = number.value.absence {
      return missing(
        absence,
        LocalizedText(
          en: "the number of people per professional at the end of \(month)",
          nl: "het aantal mensen per professional eind \(month)"), "caseload")
    }
    return KeyFinding(
      value: LocalizedText(number),
      sentence: LocalizedText(
        en:
          "was the number of people per professional, on average, at the end of \(month); the plan promises \(oneTo(norm)) at most.",
        nl:
          "was eind \(month) gemiddeld de verhouding tussen professionals en mensen; het plan belooft hoogstens \(oneTo(norm))."
      ),
      note: study.caseload?.name?.atStart, provenance: code("caseload"))
  }

  private func lost(_ id: String, _ share: DisclosedShare) -> KeyFinding {
    let number = ReportNumber(share)
    if let absence = number.value.absence {
      return missing(
        absence,
        LocalizedText(
          "how many in every 100 people were out of sight when their follow-up ended",
          nl: "hoeveel van elke 100 mensen uit beeld waren toen de tijd om was waarin we hen volgen"), "flows")
    }
    let name = (state(id)?.name ?? LocalizedText(id)).atStart
    let (part, whole) = (ReportNumber(share.numerator), ReportNumber(share.denominator))
    return KeyFinding(
      value: LocalizedText { NumberStyle.decimal(share.decimals).text(of: number.value, in: $0) },
      sentence: LocalizedText(
        "in every 100 people were **out of sight** when their follow-up ended; what became of them is not known.",
        nl:
          "van elke 100 mensen waren **uit beeld** toen de tijd om was waarin we hen volgen; hoe het met hen gaat, is niet bekend."
      ),
      note: LocalizedText(en: "\(name): \(part) of \(whole) people", nl: "\(name): \(part) van de \(whole) mensen"),
      provenance: code("flows"))
  }

  /// A finding without its number: the sign, what it stands for, and why.
  private func missing(_ absence: Charts.Absence, _ what: LocalizedText, _ result: String) -> KeyFinding {
    KeyFinding(
      value: absence.sign,
      sentence: LocalizedText(en: "We do not show \(what).", nl: "We tonen niet \(what)."),
      note: absence.meaning, provenance: code(result))
  }

  func cause(_ id: String, of outcome: String) -> LocalizedText {
    self.outcome(outcome)?.causes.first { $0.id == id }?.name ?? LocalizedText(id)
  }

  /// `1 : 50`.
  func oneTo(_ norm: Int) -> LocalizedText { LocalizedText { NumberStyle.oneTo.text(Double(norm), in: $0) } }
}
