import DataModels
import Primitives
import Submissions
import Workspaces

/// The result of a check as people read it: verdict, how it was read, causes, then single findings.
struct CheckText {
  let result: CheckResult
  let showsAll: Bool
  private let shown = 20

  init(result: CheckResult, showsAll: Bool) {
    self.result = result
    self.showsAll = showsAll
  }

  private var isDutch: Bool { result.language == .dutch }
  private func pick(_ english: String, _ dutch: String) -> String { isDutch ? dutch : english }
  private func number(_ count: Int) -> String { result.language.number(count) }

  var text: String {
    var lines = [verdict, ""]
    lines.append(pick("How it was read", "Hoe het is gelezen") + " (\(result.model.id) \(result.model.version))")
    var readings = TextTable([.left, .left, .right])
    for sheet in result.sheets {
      let name = sheet.sheet.map { "\(sheet.file) › \($0)" } ?? sheet.file
      let what: String
      switch sheet.kind {
      case .oneRecord: what = sheet.records.joined()
      case .wide: what = pick("wide: ", "breed: ") + sheet.records.joined(separator: ", ")
      case .notRecognised: what = pick("not recognised", "niet herkend")
      }
      readings.add(name, what, "\(number(sheet.rows)) " + pick("rows", "rijen"))
    }
    lines += readings.lines()
    if !result.causes.isEmpty {
      lines += ["", pick("What was found", "Wat er is gevonden")]
      for cause in result.causes { lines += describe(cause) }
      lines += ["", listing]
      var table = TextTable([.left, .left, .left, .left])
      for item in showsAll ? result.findings[...] : result.findings.prefix(shown) {
        table.add(severity(item.severity), item.code.rawValue, place(item), item.message)
      }
      lines += table.lines()
      lines += [
        "",
        pick("`meedoen explain CODE` says more about a code.", "`meedoen explain CODE` vertelt meer over een code."),
      ]
    }
    return lines.joined(separator: "\n")
  }

  private var verdict: String {
    let summary = result.summary
    let accepted = number(summary.accepted)
    let rows = number(summary.rows)
    switch result.verdict {
    case .accepted:
      return pick("All \(rows) rows can be taken in.", "Alle \(rows) rijen kunnen worden opgenomen.")
    case .confirmationNeeded:
      return pick(
        "All \(rows) rows can be taken in; \(number(result.counts["confirm"] ?? 0)) findings need your confirmation.",
        "Alle \(rows) rijen kunnen worden opgenomen; \(number(result.counts["confirm"] ?? 0)) bevindingen vragen uw bevestiging."
      )
    case .partlyHeld:
      return pick(
        "\(accepted) of \(rows) rows can be taken in. \(number(summary.held)) rows are held until they are mended.",
        "\(accepted) van \(rows) rijen kunnen worden opgenomen. \(number(summary.held)) rijen wachten tot ze zijn verbeterd."
      )
    case .blocked:
      return pick(
        "Part of this cannot be read against the model; \(accepted) of \(rows) rows can be taken in.",
        "Een deel hiervan past niet op het model; \(accepted) van \(rows) rijen kunnen worden opgenomen.")
    }
  }

  private var listing: String {
    let total = result.findings.count
    if showsAll || total <= shown { return pick("One by one", "Een voor een") + " (\(number(total)))" }
    return pick(
      "One by one (showing \(shown) of \(number(total)); --all shows every one)",
      "Een voor een (\(shown) van \(number(total)); --all toont alles)")
  }

  private func describe(_ cause: CheckResult.Cause) -> [String] {
    let place = [cause.record, cause.field].compactMap { $0 }.joined(separator: ".")
    var head = TextTable([.left, .left, .right, .left])
    head.add(
      severity(cause.severity), cause.code.rawValue, number(cause.count) + " ×",
      place.isEmpty ? cause.example.file : place)
    var lines = head.lines()
    lines.append("           " + cause.example.message)
    var second = pick("first: ", "eerste: ") + self.place(cause.example)
    if let value = cause.example.value { second += " “\(value)”" }
    if let fix = cause.example.fix { second += " → " + fix }
    lines.append(wrapped(second, width: 110, indent: "           "))
    return lines
  }

  private func place(_ item: CheckResult.Item) -> String {
    var place = item.sheet.map { "\(item.file) › \($0)" } ?? item.file
    if let cell = item.cell {
      place += " \(cell)"
    } else if let row = item.row {
      place += pick(" row ", " rij ") + "\(row)"
    } else if let column = item.column {
      place += pick(" column ", " kolom ") + column
    }
    return place
  }

  private func severity(_ severity: Severity) -> String {
    switch severity {
    case .setup: pick("setup", "opzet")
    case .error: pick("error", "fout")
    case .confirm: pick("confirm", "bevestig")
    case .notice: pick("notice", "melding")
    }
  }
}
