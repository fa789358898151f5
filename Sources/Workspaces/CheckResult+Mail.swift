import DataModels
import Fingerprints
import Foundation
import Primitives
import Submissions

extension CheckResult {
  /// The check as a text for a mail: the verdict, counts by code, the version of the rules, and where the rest is.
  ///
  /// It has no value, no name of a file that was sent, and no person: a mail goes to more people than it should.
  ///
  /// - Parameter files: what was written beside it, by name.
  func mailText(_ files: [WrittenFile]) -> String {
    var lines = [verdictSentences.joined(separator: " "), ""]
    for cause in causes {
      let title = explanation(of: cause.code.rawValue)?.title[language] ?? ""
      lines.append(
        "\(language.number(cause.count)) × \(cause.code.rawValue) (\(cause.severity.name[language])): \(title)")
    }
    if !causes.isEmpty { lines.append("") }
    lines.append(
      pick("Checked against ", "Gecontroleerd met ")
        + "\(model.id) \(model.version) (\(model.fingerprint.hex.prefix(8))).")
    if !files.isEmpty {
      let names = files.map { URL(fileURLWithPath: $0.path).lastPathComponent }.joined(separator: ", ")
      lines.append(
        pick("All of it, with what to do, is in: ", "Alles, met wat u kunt doen, staat in: ") + names
          + pick(
            ". They hold data of people: send them by a safe way only.",
            ". Daar staan gegevens van mensen in: verstuur ze alleen langs een veilige weg."))
    }
    lines.append(
      pick(
        "`meedoen explain CODE` explains a code; the same check can be made again with `meedoen check`.",
        "`meedoen explain CODE` legt een code uit; met `meedoen check` is dezelfde controle opnieuw te doen."))
    return lines.joined(separator: "\n") + "\n"
  }
}
