import Fingerprints
import Primitives
import Storage

/// What was decided about returns until a day, for the list of returns.
struct ReturnDecisions {
  /// The returns that are the correction of one cell.
  var corrections: Set<Fingerprint> = []
  var signatures: [Fingerprint: [String]] = [:]
  /// How many findings of each return, by its number, were confirmed.
  var confirmed: [Int: Int] = [:]

  init(_ connection: Connection, asKnownOn day: CalendarDate? = nil) throws {
    let book = try DecisionBook([.confirmation, .correction, .signature], asKnownOn: day, connection)
    var marks: Set<String> = []
    for decision in book.decisions {
      switch decision.matter {
      case .confirmation(let mark): marks.insert(mark)
      case .correction(let fingerprint, _, _): corrections.insert(fingerprint)
      case .signature(let fingerprint): signatures[fingerprint, default: []].append(decision.actor)
      default: break
      }
    }
    guard !marks.isEmpty else { return }
    let statement = try connection.statement(
      """
      SELECT m.return, m.mark, f.count FROM main.finding_marks m
      JOIN main.findings f ON f.return = m.return AND f.position = m.position WHERE f.severity = 'confirm'
      """)
    while try statement.step() {
      guard marks.contains(statement.text(at: 1)!) else { continue }
      confirmed[statement.integer(at: 0), default: 0] += statement.integer(at: 2)
    }
  }
}
