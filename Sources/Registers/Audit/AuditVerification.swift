import Fingerprints

/// What verifying the audit trail gave.
public struct AuditVerification: Hashable, Codable, Sendable {
  /// Something that is not as it was written down.
  public struct Problem: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, CaseIterable, Sendable {
      /// A number is missing in the row of entries.
      case gap
      /// An entry does not say what it said when it was written.
      case entryChanged = "entry-changed"
      /// An entry is not chained to the one before it.
      case chainBroken = "chain-broken"
      /// The trail does not hold the head that was noted down before.
      case headMissing = "head-missing"
      /// What the register holds of a return is not what the trail says.
      case returnChanged = "return-changed"
      /// A return that no entry speaks of.
      case returnUnknown = "return-unknown"
      /// A table does not hold the rows that were written to it.
      case tableChanged = "table-changed"
      /// The sums of the tables are not those of the trail.
      case sumsChanged = "sums-changed"
      /// A return that the trail speaks of and the register does not hold.
      case returnMissing = "return-missing"
    }

    public let kind: Kind
    /// Of the entry; null when it is about none.
    public let sequence: Int?
    /// The return's fingerprint, or the head.
    public let object: String?
  }

  public let entries: Int
  /// The hash of the last entry, to be noted down outside the register; null when there is none.
  public let head: String?
  /// Returns whose contents were compared with the trail.
  public let returns: Int
  public let problems: [Problem]

  public var isSound: Bool { problems.isEmpty }
}

extension AuditVerification {
  /// - Parameters:
  ///   - contents: what the register holds of each return now, by its fingerprint.
  ///   - tables: what is wrong with the tables that decide something.
  init(entries: [AuditEntry], contents: [String: Fingerprint], tables: [Problem], noted: String?) {
    var problems: [Problem] = []
    var previous = AuditEntry.origin
    var expected = 1
    var written: [String: Fingerprint] = [:]
    var holdsNoted = noted == nil
    for entry in entries {
      if entry.sequence != expected {
        problems.append(Problem(kind: .gap, sequence: expected, object: nil))
        expected = entry.sequence
      }
      if !entry.isIntact {
        problems.append(Problem(kind: .entryChanged, sequence: entry.sequence, object: nil))
      }
      if entry.previous != previous {
        problems.append(Problem(kind: .chainBroken, sequence: entry.sequence, object: nil))
      }
      previous = entry.hash
      expected += 1
      if let noted, entry.hash.hasPrefix(noted) { holdsNoted = true }
      if entry.kind == AuditSubject.Kind.return.rawValue, let after = entry.after { written[entry.object] = after }
    }
    if !holdsNoted { problems.append(Problem(kind: .headMissing, sequence: nil, object: noted)) }
    for (fingerprint, now) in contents.sorted(by: { $0.key < $1.key }) {
      guard let then = written.removeValue(forKey: fingerprint) else {
        problems.append(Problem(kind: .returnUnknown, sequence: nil, object: fingerprint))
        continue
      }
      if then != now { problems.append(Problem(kind: .returnChanged, sequence: nil, object: fingerprint)) }
    }
    for fingerprint in written.keys.sorted() {
      problems.append(Problem(kind: .returnMissing, sequence: nil, object: fingerprint))
    }
    problems += tables
    self.init(
      entries: entries.count, head: entries.last?.hash, returns: contents.count, problems: problems)
  }
}
