import DataModels
import Primitives
import Reports
import Submissions

extension CheckResult {
  /// The check as a page, with links to the files that were written beside it.
  ///
  /// - Parameter files: what goes with the page.
  func page(_ files: [ReturnPage.File], changes: [ReturnPage.Fact] = []) -> ReturnPage {
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
      fact("To confirm", "Te bevestigen", counts[Severity.confirm.rawValue] ?? 0),
    ]
    page.changes = changes
    page.causes = causes.map { cause in
      let place = [cause.record, cause.field].compactMap(\.self).joined(separator: ".")
      return ReturnPage.Cause(
        gravity: cause.severity.gravity, word: cause.severity.name[language], code: cause.code.rawValue,
        place: place.isEmpty ? cause.example.file : place, count: cause.count, message: cause.example.message,
        example: cause.example.place(in: language) + (cause.example.value.map { ": “\($0)”" } ?? ""),
        fix: cause.example.fix)
    }
    let ordered = Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    page.itemCount = ordered.count
    page.items = ordered.prefix(ReturnPage.listedAtMost).map { item in
      ReturnPage.Item(
        gravity: item.severity.gravity, word: item.severity.name[language], code: item.code.rawValue,
        place: item.place(in: language), value: item.value, message: item.message, fix: item.fix)
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
    return page
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
