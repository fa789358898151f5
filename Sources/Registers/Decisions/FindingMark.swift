import DataModels
import Fingerprints
import Primitives
import Submissions

extension RegisterKeys {
  /// The mark by which the same finding is known again in another return of the same provider.
  ///
  /// Made with the pseudonym key of what the finding is about: code, rule, the row's key, the field and the value that
  /// may be shown; for a finding about a whole column, its header. A changed value is another finding, and is asked
  /// about again. The place in the file has no part in it.
  func mark(of finding: Finding, provider: String, model: DataModel) -> String {
    let header = finding.record == nil || finding.field == nil ? finding.place.header ?? "" : ""
    let sheet = finding.recordKey.isEmpty ? finding.place.sheet ?? "" : ""
    let parts =
      [finding.code.rawValue, finding.rule ?? "", finding.record ?? "", finding.field ?? "", header, sheet]
      + [finding.value ?? ""] + finding.recordKey
    let text = parts.map { "\($0.utf8.count) \($0)" }.joined(separator: "\n")
    return pseudonym.pseudonym(of: text, in: [model.id, "finding", provider])
  }
}
