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

  /// What is known of each finding of a provider: confirmed before, found in the last return about an earlier month, or
  /// new since that; by its place in the list. Empty when there is nothing to compare with.
  public func statuses(
    of findings: [Finding], provider: String, period: CalendarMonth
  ) throws(RegisterError) -> [Int: FindingStatus] {
    let confirmed = try confirmations(of: findings, provider: provider)
    let last = try returns().last(where: { $0.provider == provider && $0.period < period && $0.extent == .whole })
    return try registerFailures {
      var statuses: [Int: FindingStatus] = [:]
      if let last {
        let keys = try requireKeys()
        let marks = try database.read { connection in
          let statement = try connection.statement("SELECT mark FROM main.finding_marks WHERE return = ?")
          statement.bind(try number(of: last.fingerprint, connection), at: 0)
          var marks: Set<String> = []
          while try statement.step() { marks.insert(statement.text(at: 0)!) }
          return marks
        }
        for (place, finding) in findings.enumerated() {
          let mark = keys.mark(of: finding, provider: provider, model: model)
          statuses[place] = marks.contains(mark) ? .seen(in: last.period) : .new(since: last.period)
        }
      }
      for (place, decision) in confirmed {
        let reason = decision.reason?.label ?? DecisionReason.other.label
        let note = decision.note.map { " (\($0.shown(atMost: DecisionRefusal.longestNote)))" } ?? ""
        statuses[place] = .confirmed(
          on: decision.decidedOn, by: decision.actor.shown(),
          reason: LocalizedText(reason.english + note, nl: reason[.dutch] + note))
      }
      return statuses
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
