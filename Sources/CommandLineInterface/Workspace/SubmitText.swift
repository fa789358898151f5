import DataModels
import Primitives
import Registers
import Submissions
import Workspaces

/// What became of a return, as people read it.
struct SubmitText {
  let result: SubmitResult
  let language: Language

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  var line: String {
    var text = "\(result.period.iso)  \(result.provider)  " + pick("received ", "ontvangen ") + result.receivedOn.iso
    if result.outcome == .receivedBefore {
      return text + pick(": received before, nothing changes", ": eerder ontvangen, er verandert niets")
    }
    if result.outcome == .receivedEarlier {
      return text + pick(": known already, now from this day", ": al bekend, nu vanaf deze dag")
    }
    guard let check = result.check else { return text }
    let summary = check.summary
    text +=
      ": "
      + pick(
        "\(language.number(summary.accepted)) of \(language.number(summary.rows)) \(summary.rows == 1 ? "row" : "rows") taken in",
        "\(language.number(summary.accepted)) van \(language.number(summary.rows)) \(summary.rows == 1 ? "rij" : "rijen") opgenomen"
      )
    if result.dryRun { text += pick(" (only tried)", " (alleen geprobeerd)") }
    var parts: [String] = []
    if summary.held > 0 { parts.append(pick("\(summary.held) held", "\(summary.held) vastgehouden")) }
    if result.waiting > 0 { parts.append(pick("\(result.waiting) waiting", "\(result.waiting) wachtend")) }
    if let confirm = check.counts["confirm"], confirm > 0 {
      parts.append(pick("\(confirm) to confirm", "\(confirm) te bevestigen"))
    }
    if result.superseded > 0 {
      parts.append(
        pick(
          "\(result.superseded) already newer in a later month", "\(result.superseded) al nieuwer in een latere maand"))
    }
    let erased = result.records.reduce(0) { $0 + $1.erased }
    if erased > 0 {
      parts.append(pick("\(erased) left out (erased people)", "\(erased) weggelaten (gewiste mensen)"))
    }
    return parts.isEmpty ? text : text + " · " + parts.joined(separator: ", ")
  }

  /// What stands under all lines: totals, and the most frequent causes.
  static func closing(_ results: [SubmitResult], language: Language) -> String {
    func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
    let before = results.count { $0.outcome == .receivedBefore }
    let count =
      "\(language.number(results.count)) "
      + pick(results.count == 1 ? "return" : "returns", results.count == 1 ? "aanlevering" : "aanleveringen")
    if before == results.count {
      return "\n" + count + pick(", received before: nothing changes.", ", eerder ontvangen: er verandert niets.")
    }
    let checks = results.filter { $0.outcome != .receivedBefore }.compactMap(\.check)
    let rows = checks.reduce(0) { $0 + $1.summary.rows }
    let accepted = checks.reduce(0) { $0 + $1.summary.accepted }
    let held = checks.reduce(0) { $0 + $1.summary.held }
    let known =
      before == 0
      ? "" : pick(" (\(language.number(before)) received before)", " (\(language.number(before)) eerder ontvangen)")
    var lines = [
      "",
      count + known + ": "
        + pick(
          "\(language.number(accepted)) of \(language.number(rows)) \(rows == 1 ? "row" : "rows") taken in, \(language.number(held)) held.",
          "\(language.number(accepted)) van \(language.number(rows)) \(rows == 1 ? "rij" : "rijen") opgenomen, \(language.number(held)) vastgehouden."
        ),
    ]
    var causes: [String: (count: Int, cause: CheckResult.Cause, period: String)] = [:]
    for result in results where result.outcome != .receivedBefore {
      for cause in result.check?.causes ?? [] where cause.severity >= .confirm {
        let id = [cause.code.rawValue, cause.record ?? "", cause.field ?? "", cause.rule ?? ""].joined(separator: "|")
        causes[id, default: (0, cause, "\(result.period.iso) \(result.provider)")].count += cause.count
      }
    }
    if !causes.isEmpty {
      lines.append(pick("What was found most:", "Wat het vaakst is gevonden:"))
      var table = TextTable([.right, .left, .left, .left, .left])
      let top = causes.sorted {
        ($0.value.cause.severity, $0.value.count, $1.key) > ($1.value.cause.severity, $1.value.count, $0.key)
      }
      for (_, entry) in top.prefix(12) {
        let place = [entry.cause.record, entry.cause.field].compactMap { $0 }.joined(separator: ".")
        table.add(
          "\(language.number(entry.count)) ×",
          entry.cause.severity == .confirm ? pick("confirm", "bevestig") : pick("held", "vast"),
          entry.cause.code.rawValue, place, entry.cause.example.message)
      }
      lines += table.lines()
      if top.count > 12 {
        lines.append(
          pick(
            "  and \(top.count - 12) other \(top.count == 13 ? "cause" : "causes")",
            "  en \(top.count - 12) andere \(top.count == 13 ? "oorzaak" : "oorzaken")"))
      }
    }
    return lines.joined(separator: "\n")
  }
}
