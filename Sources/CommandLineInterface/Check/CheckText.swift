import DataModels
import Primitives
import Submissions
import Workspaces

/// The result of a check as people read it: verdict, how it was read, causes, then single findings.
struct CheckText {
  let result: CheckResult
  let showsAll: Bool
  /// Whether only what holds rows is told.
  let errorsOnly: Bool
  let width: Int
  private let shown = 20

  init(result: CheckResult, showsAll: Bool, errorsOnly: Bool, width: Int) {
    self.result = result
    self.showsAll = showsAll || errorsOnly
    self.errorsOnly = errorsOnly
    self.width = width
  }

  private var isDutch: Bool { result.language == .dutch }
  private func pick(_ english: String, _ dutch: String) -> String { isDutch ? dutch : english }
  private func number(_ count: Int) -> String { result.language.number(count) }
  private func rows(_ count: Int) -> String {
    number(count) + (count == 1 ? pick(" row", " rij") : pick(" rows", " rijen"))
  }

  var text: String {
    var lines = [wrapped(result.verdictSentences.joined(separator: " "), width: width)]
    if let hint = result.hint { lines.append(wrapped(hint, width: width)) }
    lines += ["", pick("How it was read", "Hoe het is gelezen") + " (\(result.model.id) \(result.model.version))"]
    lines += readings
    lines += outcomes
    if !result.notChecked.isEmpty, !errorsOnly {
      lines += ["", pick("What could not be checked", "Wat niet kon worden gecontroleerd")]
      lines += result.notChecked.map { wrapped($0, width: width, indent: "  ") }
    }
    let causes = result.causes.filter(isTold)
    if !causes.isEmpty {
      lines += ["", pick("What was found", "Wat er is gevonden")]
      for cause in causes { lines += describe(cause) }
      let items = gravestFirst
      lines += ["", listing(items.count)]
      for item in showsAll ? items[...] : items.prefix(shown) { lines.append(describe(item)) }
      lines += ["", pick("`meedoen explain CODE` explains a code.", "`meedoen explain CODE` legt een code uit.")]
    }
    return lines.joined(separator: "\n")
  }

  private func isTold(_ cause: CheckResult.Cause) -> Bool { !errorsOnly || cause.severity >= .error }

  /// The findings by severity, and by place where it is equal.
  private var gravestFirst: [CheckResult.Item] {
    Severity.allCases.sorted(by: >).flatMap { severity in
      errorsOnly && severity < .error ? [] : result.findings.filter { $0.severity == severity }
    }
  }

  private var readings: [String] {
    var table = TextTable([.left, .left, .right])
    for sheet in result.sheets {
      let name = (sheet.sheet.map { "\(sheet.file) › \($0)" } ?? sheet.file).shown()
      let what: String
      switch sheet.kind {
      case .oneRecord: what = sheet.records.joined()
      case .wide: what = pick("wide: ", "breed: ") + sheet.records.joined(separator: ", ")
      case .notRecognised: what = pick("not recognised", "niet herkend")
      }
      table.add(name, what, rows(sheet.rows))
    }
    return table.lines()
  }

  private func listing(_ total: Int) -> String {
    if showsAll || total <= shown { return pick("One by one", "Een voor een") + " (\(number(total)))" }
    return pick(
      "One by one (showing \(shown) of \(number(total)); --errors shows what holds rows, --all every one)",
      "Een voor een (\(shown) van \(number(total)); --errors toont wat rijen tegenhoudt, --all alles)")
  }

  private func describe(_ cause: CheckResult.Cause) -> [String] {
    let place = [cause.record, cause.field].compactMap { $0 }.joined(separator: ".")
    var head = TextTable([.left, .left, .right, .left])
    head.add(
      severity(cause.severity), cause.code.rawValue, number(cause.count) + " ×",
      place.isEmpty ? self.place(cause.example) : place)
    let indent = String(repeating: " ", count: 11)
    let example = pick("first: ", "eerste: ") + self.place(cause.example) + remedy(cause.example)
    return head.lines()
      + [
        [cause.example.message, extent(cause), result.news(of: cause)].compactMap { $0 }.joined(separator: " "),
        example,
      ].map {
        wrapped($0, width: width, indent: indent)
      }
  }

  /// That one mistake runs through a column, so that it can be mended in one go.
  private func extent(_ cause: CheckResult.Cause) -> String? {
    guard let column = cause.column, cause.count >= 10 else { return nil }
    return pick(
      "The same in \(number(cause.count)) rows of column \(column).",
      "Hetzelfde in \(number(cause.count)) rijen van kolom \(column).")
  }

  /// The results that count, and what those cost that do not.
  private var outcomes: [String] {
    if result.outcomes.isEmpty { return [] }
    var table = TextTable([.left, .right, .right, .left])
    for outcome in result.outcomes {
      table.add(
        outcome.title, number(outcome.counted) + pick(" count", " tellen mee"),
        number(outcome.notCounted) + pick(" do not", " niet"),
        outcome.notCounted > 0 ? outcome.amountNotCounted ?? "" : "")
    }
    return ["", pick("Results that count", "Resultaten die meetellen")] + table.lines()
  }

  private func describe(_ item: CheckResult.Item) -> String {
    wrapped(
      "\(severity(item.severity)) \(place(item)) \(item.code.rawValue): \(item.message)\(remedy(item))\(status(item))",
      width: width,
      indent: "  ", hanging: "      ")
  }

  /// The value and what to do.
  private func remedy(_ item: CheckResult.Item) -> String {
    (item.value.map { " “\($0)”" } ?? "") + (item.fix.map { " → " + $0 } ?? "") + cost(item)
  }

  /// What does not count because of it.
  private func cost(_ item: CheckResult.Item) -> String {
    item.cost.map { " " + result.told($0) } ?? ""
  }

  /// Whether it is new, was found before, or was confirmed, by whom and why.
  private func status(_ item: CheckResult.Item) -> String { item.statusText.map { " [\($0)]" } ?? "" }

  private func place(_ item: CheckResult.Item) -> String { item.place(in: result.language) }

  private func severity(_ severity: Severity) -> String { severity.name[result.language] }
}
