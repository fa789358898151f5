import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions

extension Register {
  /// The files that a provider sent, by fingerprint, with the month of the last return each came in with.
  public func files(of provider: String) throws(RegisterError) -> [Fingerprint: CalendarMonth] {
    try registerFailures {
      try database.read { connection in
        let statement = try connection.statement(
          """
          SELECT f.fingerprint, r.period FROM main.files f JOIN main.returns r ON f.return = r.id
          WHERE r.provider = ? ORDER BY r.period, r.id
          """)
        statement.bind(provider, at: 0)
        var files: [Fingerprint: CalendarMonth] = [:]
        while try statement.step() {
          guard let fingerprint = Fingerprint(hex: statement.text(at: 0)!),
            let period = CalendarMonth(iso: statement.text(at: 1)!)
          else { throw RegisterError.damagedValue(record: "files", field: "fingerprint") }
          files[fingerprint] = period
        }
        return files
      }
    }
  }

  /// What a review found in the last whole return of a provider about an earlier month; nil when there is none.
  public func findingsBefore(
    _ period: CalendarMonth, of provider: String
  ) throws(RegisterError) -> (period: CalendarMonth, findings: [KeptFinding])? {
    guard
      let last = try returns().last(where: {
        $0.provider == provider && $0.period < period && $0.extent == .whole
      })
    else { return nil }
    return (last.period, try findings(of: last.fingerprint))
  }
}
