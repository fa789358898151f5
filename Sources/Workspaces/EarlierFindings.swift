import Primitives
import Registers
import Submissions

/// What was found in the return of a provider before this one, by cause, so that a finding can say whether it is new.
public struct EarlierFindings: Sendable {
  public let period: CalendarMonth
  /// How often each cause was found.
  let counts: [[String]: Int]

  init(period: CalendarMonth, findings: [KeptFinding]) {
    self.period = period
    counts = findings.reduce(into: [:]) { counts, finding in
      counts[Self.cause(finding.code, finding.record, finding.field, finding.rule), default: 0] += finding.count
    }
  }

  /// What makes findings of two returns the same cause: code, record, field and rule; not the row.
  static func cause(_ code: FindingCode, _ record: String?, _ field: String?, _ rule: String?) -> [String] {
    [code.rawValue, record ?? "", field ?? "", rule ?? ""]
  }
}
