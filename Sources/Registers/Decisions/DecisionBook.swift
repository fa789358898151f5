import Fingerprints
import Foundation
import Primitives
import Storage

/// The decisions that were taken until a day.
///
/// A decision that another follows is not in force from that other's day. Where two that do not know of each other are
/// about one subject, the later counts, and on one day the one with the higher fingerprint; so the set alone decides.
struct DecisionBook {
  /// By day; on one day a decision stands behind the one that it follows.
  let decisions: [Decision]
  private let followed: Set<Fingerprint>

  init(_ kinds: [Decision.Kind], asKnownOn day: CalendarDate? = nil, _ connection: Connection) throws {
    let list = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let statement = try connection.statement(
      "SELECT content FROM main.decisions WHERE kind IN (\(list)) AND decided_on <= ?")
    statement.bind(day?.iso ?? "9999-12-31", at: 0)
    let decoder = JSONDecoder()
    var found: [(decision: Decision, fingerprint: Fingerprint)] = []
    while try statement.step() {
      let json = statement.text(at: 0)!
      guard let decision = try? decoder.decode(Decision.self, from: Data(json.utf8)) else {
        throw RegisterError.damagedValue(record: "decisions", field: "content")
      }
      found.append((decision, decision.fingerprint))
    }
    let byFingerprint = Dictionary(found.map { ($0.fingerprint, $0.decision) }) { first, _ in first }
    func depth(_ decision: Decision) -> Int {
      var (depth, next) = (0, decision.follows)
      // A chain cannot close: a decision's fingerprint is computed from that of the one it follows.
      while let fingerprint = next, let earlier = byFingerprint[fingerprint] {
        depth += 1
        next = earlier.follows
      }
      return depth
    }
    let ordered = found.map { ($0.decision, $0.fingerprint, depth($0.decision)) }.sorted {
      ($0.0.decidedOn, $0.2, $0.1) < ($1.0.decidedOn, $1.2, $1.1)
    }
    decisions = ordered.map(\.0)
    followed = Set(found.compactMap(\.decision.follows))
  }

  /// For each subject the decision that counts.
  var inForce: [String: Decision] {
    var result: [String: Decision] = [:]
    for decision in decisions where !followed.contains(decision.fingerprint) { result[decision.subject] = decision }
    return result
  }

  /// The decisions on one subject, in their order.
  func history(of subject: String) -> [Decision] { decisions.filter { $0.subject == subject } }
}
