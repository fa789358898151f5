import DataModels
import Fingerprints
import Primitives
import Registers
import Submissions
import Workspaces

/// What became of a return, as people read it.
struct SubmitText {
  let result: SubmitResult
  let language: Language
  var showsAll = false
  /// What stands behind a command that is named, for it to find the workspace.
  var place = ""

  /// The line of the return; below it what it changes and does to studies, when it was tried.
  var text: String {
    var lines = [line]
    if result.conflict != nil {
      lines.append(
        pick(
          "  Not taken in (DEC-04): somebody else sent a return about this month in the meantime. What yours changes of it:",
          "  Niet opgenomen (DEC-04): iemand anders stuurde intussen een aanlevering over deze maand. Wat de uwe daaraan verandert:"
        ))
    }
    if result.extent == .part, result.outcome != .receivedBefore {
      lines.append(
        pick(
          "  A part: laid over the return about this month. Who is not in it is not missing.",
          "  Een deel: gelegd over de aanlevering over deze maand. Wie er niet in staat, ontbreekt niet."))
    }
    if let comparison = result.comparison, result.outcome == .added {
      lines.append("  " + DiffText(result: comparison, language: language, showsAll: false).summary)
    } else if let comparison = result.comparison {
      lines.append(DiffText(result: comparison, language: language, showsAll: showsAll).text)
    }
    for effect in result.effects { lines.append(EffectText(effect: effect, language: language).text) }
    lines += next
    if result.comparison != nil, result.outcome != .added {
      let basis = result.latest.map { String($0.hex.prefix(8)) } ?? "nothing"
      lines.append(
        pick("To take in exactly this, add: ", "Om precies dit op te nemen, voeg toe: ") + "--based-on \(basis)"
          + (result.latest == nil
            ? pick(" (there is no return about this month yet)", " (over deze maand is er nog geen aanlevering)") : ""))
    }
    if result.peopleSetAside > 0 {
      lines.append(
        pick(
          "  \(result.peopleSetAside) of its people were said to be entered in error and do not count; `meedoen submission answer` brings them back.",
          "  \(result.peopleSetAside) van de mensen heetten ten onrechte opgevoerd en tellen niet; `meedoen submission answer` haalt ze terug."
        ))
    }
    return lines.joined(separator: "\n")
  }

  /// What can be done now, each as the command that does it.
  private var next: [String] {
    guard result.outcome == .added, let comparison = result.comparison, let check = result.check else { return [] }
    let name = String(result.fingerprint.hex.prefix(8))
    var steps: [(command: String, why: String)] = []
    func people(_ count: Int) -> String {
      "\(language.number(count)) "
        + (count == 1 ? pick("person", "persoon") : pick("people", "mensen"))
    }
    if check.summary.held > 0 {
      let count = check.summary.held
      steps.append(
        (
          "meedoen submissions --held --provider '\(result.provider)' --period \(result.period.iso)",
          pick(
            "\(language.number(count)) \(count == 1 ? "row is" : "rows are") held; --held FILE on submit writes them to mend",
            "\(language.number(count)) \(count == 1 ? "rij is" : "rijen zijn") vastgehouden; --held BESTAND bij submit schrijft ze om te verbeteren"
          )
        ))
    }
    let open = (check.counts["confirm"] ?? 0) - check.confirmedBefore
    if open > 0 {
      steps.append(
        (
          "meedoen submission findings \(name) --open",
          pick("\(language.number(open)) to confirm", "\(language.number(open)) te bevestigen")
        ))
    }
    if result.peopleToAskAbout > 0 {
      steps.append(
        (
          "meedoen submission missing \(name) --numbers",
          pick(
            "\(people(result.peopleToAskAbout)) no longer in it: say why",
            "\(people(result.peopleToAskAbout)) niet meer erin: zeg waarom")
        ))
    }
    if comparison.changed + comparison.removed + comparison.held > 0 {
      steps.append(("meedoen diff \(name)", pick("every row that changed", "elke rij die is gewijzigd")))
    }
    if steps.isEmpty { return [] }
    return [pick("  What to do next:", "  Wat u nu kunt doen:")]
      + steps.flatMap { ["    \($0.command)\(place)", "        \($0.why)"] }
  }

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  var line: String {
    var text = "\(result.period.iso)  \(result.provider)  " + pick("received ", "ontvangen ") + result.receivedOn.iso
    if let day = result.withdrawnOn {
      return text
        + pick(
          ": received before and withdrawn on \(day.iso); `meedoen submission restore` lets it count again",
          ": eerder ontvangen en ingetrokken op \(day.iso); `meedoen submission restore` laat haar weer tellen")
    }
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
    if check.confirmedBefore > 0 {
      parts.append(pick("\(check.confirmedBefore) confirmed before", "\(check.confirmedBefore) eerder bevestigd"))
    }
    if let confirm = check.counts["confirm"].map({ $0 - check.confirmedBefore }), confirm > 0 {
      parts.append(pick("\(confirm) to confirm", "\(confirm) te bevestigen"))
    }
    if result.superseded > 0 {
      parts.append(
        pick(
          "\(result.superseded) already newer in a later month", "\(result.superseded) al nieuwer in een latere maand"))
    }
    if result.outcome == .added, !result.records.isEmpty, result.records.allSatisfy({ $0.unchanged == $0.rows }) {
      parts.append(pick("no data changes", "geen wijzigingen in de gegevens"))
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
    var causes: [String: (count: Int, cause: CheckResult.Cause, before: Int?)] = [:]
    for result in results where result.outcome != .receivedBefore {
      for cause in result.check?.causes ?? [] where cause.severity >= .confirm {
        let id = [cause.code.rawValue, cause.record ?? "", cause.field ?? "", cause.rule ?? ""].joined(separator: "|")
        causes[id, default: (0, cause, nil)].count += cause.count
        if let before = cause.before { causes[id]!.before = (causes[id]!.before ?? 0) + before }
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
          entry.cause.code.rawValue, place,
          entry.cause.example.message
            + (entry.before.map {
              $0 == 0
                ? pick(" New.", " Nieuw.")
                : pick(" Before: \(language.number($0)) ×.", " Eerder: \(language.number($0)) ×.")
            } ?? ""))
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
