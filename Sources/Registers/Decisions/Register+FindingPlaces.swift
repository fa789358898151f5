import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

extension Register {
  /// Where a finding that was decided about stands.
  public struct FindingPlace: Hashable, Sendable {
    public let fingerprint: Fingerprint
    /// Its number in the return, from 1.
    public let number: Int
    public let code: FindingCode
    public let record: String?
    public let field: String?

    /// Code and field: `VAL-04 person.birth-year`.
    public var words: String {
      ([code.rawValue] + [[record, field].compactMap(\.self).joined(separator: ".")].filter { !$0.isEmpty })
        .joined(separator: " ")
    }
  }

  /// The first finding of each mark that was decided about, in the order of the returns.
  ///
  /// - Parameter fingerprint: only findings of this return; nil for all.
  public func findingPlaces(in fingerprint: Fingerprint? = nil) throws(RegisterError) -> [String: FindingPlace] {
    try registerFailures {
      try database.read { connection in
        var places: [String: FindingPlace] = [:]
        let statement = try connection.statement(
          """
          SELECT m.mark, r.fingerprint, m.position, f.content FROM main.finding_marks m
          JOIN main.returns r ON r.id = m.return
          JOIN main.findings f ON f.return = m.return AND f.position = m.position
          WHERE (EXISTS (SELECT 1 FROM main.decisions d WHERE d.kind = 'confirmation' AND d.subject = 'finding ' || m.mark)
            OR EXISTS (SELECT 1 FROM main.decisions d WHERE d.kind = 'remark' AND d.subject = 'remark ' || m.mark))
          \(fingerprint == nil ? "" : "AND r.fingerprint = ?") ORDER BY r.id, m.position
          """)
        if let fingerprint { statement.bind(fingerprint.hex, at: 0) }
        while try statement.step() {
          let mark = statement.text(at: 0)!
          guard places[mark] == nil, let own = Fingerprint(hex: statement.text(at: 1)!),
            let finding = try? JSONDecoder().decode(KeptFinding.self, from: Data(statement.text(at: 3)!.utf8))
          else { continue }
          places[mark] = FindingPlace(
            fingerprint: own, number: statement.integer(at: 2) + 1, code: finding.code, record: finding.record,
            field: finding.field)
        }
        return places
      }
    }
  }

  /// Every decision until a day, by day, and on one day as they were taken.
  public func decisionsAsTaken(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> [Decision] {
    let decisions = try decisions(asKnownOn: day)
    return try registerFailures {
      try database.read { connection in
        var places: [String: Int] = [:]
        let statement = try connection.statement("SELECT fingerprint, id FROM main.decisions")
        while try statement.step() { places[statement.text(at: 0)!] = statement.integer(at: 1) }
        return decisions.map { ($0, places[$0.fingerprint.hex] ?? 0) }
          .sorted { ($0.0.decidedOn, $0.1) < ($1.0.decidedOn, $1.1) }.map(\.0)
      }
    }
  }
}
