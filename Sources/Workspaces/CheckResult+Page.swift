import DataModels
import Fingerprints
import Primitives
import Reports
import Submissions

extension CheckResult {
  /// The check as a page, with links to the files that were written beside it.
  ///
  /// - Parameter files: what goes with the page.
  func page(
    _ files: [ReturnPage.File], changes: ReturnPage.Changes? = nil, steps: [String] = []
  ) -> ReturnPage {
    let sentences = verdictSentences + [hint].compactMap(\.self)
    var page = ReturnPage(
      language: language,
      kicker: pick(
        "Check of a return · \(model.id) \(model.version)",
        "Controle van een aanlevering · \(model.id) \(model.version)"),
      verdict: sentences[0], remarks: Array(sentences.dropFirst()))
    func fact(_ english: String, _ dutch: String, _ count: Int) -> ReturnPage.Fact {
      ReturnPage.Fact(pick(english, dutch), language.number(count))
    }
    page.facts = [
      fact("Rows read", "Rijen gelezen", summary.rows), fact("Taken in", "Op te nemen", summary.accepted),
      fact("Held", "Vastgehouden", summary.held),
      fact("To confirm", "Te bevestigen", (counts[Severity.confirm.rawValue] ?? 0) - confirmedBefore),
    ]
    if confirmedBefore > 0 { page.facts.append(fact("Confirmed before", "Eerder bevestigd", confirmedBefore)) }
    if let newFindings, let period = comparedWith?.iso {
      page.facts.append(fact("New since \(period)", "Nieuw sinds \(period)", newFindings))
    }
    page.changes = changes
    page.payments = outcomes.map {
      ReturnPage.Payment(
        title: $0.title, counted: $0.counted, notCounted: $0.notCounted,
        amount: $0.notCounted > 0 ? $0.amountNotCounted : nil)
    }
    page.causes = causes.map { cause in
      let place = [cause.record, cause.field].compactMap(\.self).joined(separator: ".")
      return ReturnPage.Cause(
        gravity: cause.severity.gravity, word: cause.severity.name[language], code: cause.code.rawValue,
        place: place.isEmpty ? cause.example.place(in: language) : place, count: cause.count,
        message: cause.example.message,
        example: cause.example.scope == .wholeReturn
          ? "" : cause.example.place(in: language) + (cause.example.value.map { ": “\($0)”" } ?? ""),
        fix: cause.example.fix, news: news(of: cause))
    }
    let ordered = Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    page.itemCount = ordered.count
    page.items = ordered.prefix(ReturnPage.listedAtMost).map { item in
      ReturnPage.Item(
        gravity: item.severity.gravity, word: item.severity.name[language], code: item.code.rawValue,
        place: item.place(in: language), value: item.value, message: item.message, fix: item.fix,
        status: item.statusText, cost: item.cost.map { told($0) })
    }
    page.sheets = sheets.map { sheet in
      let reading: String
      switch sheet.kind {
      case .oneRecord: reading = sheet.records.joined()
      case .wide: reading = pick("wide: ", "breed: ") + sheet.records.joined(separator: ", ")
      case .notRecognised: reading = pick("not recognised", "niet herkend")
      }
      return ReturnPage.Sheet(
        name: (sheet.sheet.map { "\(sheet.file) › \($0)" } ?? sheet.file).shown(), reading: reading, rows: sheet.rows)
    }
    page.files = files
    page.notChecked = notChecked
    page.steps = steps
    return page
  }
}

extension CheckResult {
  /// Whether the return before had the cause too; nil where there is none to compare with.
  public func news(of cause: Cause) -> String? {
    guard let before = cause.before, let period = comparedWith?.iso else { return nil }
    return before == 0
      ? pick("New since \(period).", "Nieuw sinds \(period).") : "\(language.number(before)) × in \(period)."
  }

  /// What does not count because of a finding.
  public func told(_ cost: Cost) -> String {
    pick("Not counted: ", "Telt niet mee: ") + cost.title + (cost.price.map { ", \($0)" } ?? "") + "."
  }
}

extension SubmitResult {
  /// What can be decided about a return that was taken in, with the commands that do it.
  func pageSteps(_ language: Language) -> [String] {
    guard outcome != nil, let check else { return [] }
    func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
    let name = fingerprint.hex.prefix(8)
    var steps: [String] = []
    let open = (check.counts["confirm"] ?? 0) - check.confirmedBefore
    if open > 0 {
      steps.append(
        pick(
          "Confirm what is right as it is, with a reason that is remembered: `meedoen submission findings \(name) --open` lists it with numbers, `meedoen submission confirm \(name)` confirms.",
          "Bevestig wat klopt zoals het is, met een reden die wordt onthouden: `meedoen submission findings \(name) --open` noemt het met nummers, `meedoen submission confirm \(name)` bevestigt."
        ))
    }
    if check.findings.contains(where: { $0.code == .personMissing }) {
      steps.append(
        pick(
          "Say what became of people who are missing: `meedoen submission missing \(name)`, then `meedoen submission answer`.",
          "Zeg wat er is met mensen die ontbreken: `meedoen submission missing \(name)`, en dan `meedoen submission answer`."
        ))
    }
    steps.append(
      pick(
        "Take it back when it was the wrong file: `meedoen submission withdraw \(name)`. Nothing is lost by that.",
        "Trek haar in als het het verkeerde bestand was: `meedoen submission withdraw \(name)`. Daarmee gaat niets verloren."
      ))
    return steps
  }

  /// What the return changes in the register, for a page.
  func pageChanges(_ comparison: ComparisonResult, numbers: [String: String], _ language: Language)
    -> ReturnPage.Changes
  {
    func fact(_ english: String, _ dutch: String, _ count: Int) -> ReturnPage.Fact {
      ReturnPage.Fact(LocalizedText(english, nl: dutch)[language], language.number(count))
    }
    var facts = [
      fact("New people", "Nieuwe mensen", comparison.newPeople), fact("New rows", "Nieuwe rijen", comparison.added),
      fact("Changed cells", "Gewijzigde cellen", comparison.changedCells),
      fact("Unchanged rows", "Ongewijzigde rijen", comparison.unchanged),
    ]
    if comparison.removed > 0 {
      facts.append(fact("Rows no longer sent", "Niet meer gestuurde rijen", comparison.removed))
    }
    if superseded > 0 {
      facts.append(fact("Superseded by a later month", "Achterhaald door een latere maand", superseded))
    }
    if waiting > 0 { facts.append(fact("Waiting for their person", "Wachten op hun persoon", waiting)) }
    let none = language == .dutch ? "geen" : "none"
    return ReturnPage.Changes(
      facts: facts,
      missing: comparison.absentPeople.map { person in numbers[person].map { "\($0) (\(person))" } ?? person },
      effects: effects.flatMap { effect in
        effect.results.filter(\.isChanged).map {
          ReturnPage.Effect(
            study: effect.title, sentence: $0.sentence, before: $0.before ?? none, after: $0.after ?? none)
        }
      }, namesPeople: !numbers.isEmpty)
  }
}

extension Severity {
  fileprivate var gravity: ReturnPage.Gravity {
    switch self {
    case .setup: .setup
    case .error: .error
    case .confirm: .confirm
    case .notice: .notice
    }
  }
}
