import Fingerprints
import Primitives
import Storage

extension Register {
  /// Writes down something that changes nothing in the register, such as an export or a reading of identities.
  public func note(
    _ action: AuditAction, about subject: AuditSubject, by stamp: AuditStamp, after: Fingerprint? = nil
  ) throws(RegisterError) {
    try registerFailures {
      _ = try requireKeys()
      try database.write { try AuditBook($0).add(action, subject, by: stamp, after: after) }
    }
  }

  /// Writes down that somebody reads who people are, before they do: an entry for each person, or one for all of them
  /// where they are more than fifty.
  ///
  /// - Parameters:
  ///   - people: pseudonyms.
  ///   - command: what shows them, such as `link review`; the reason of an entry without one.
  public func noteReading(
    of people: [String], for command: String, by stamp: AuditStamp
  ) throws(RegisterError) {
    guard !people.isEmpty else { return }
    try registerFailures {
      let keys = try requireKeys()
      let stamp = stamp.because([command, stamp.reason].compactMap(\.self).joined(separator: ": "))
      try database.write { connection in
        let book = AuditBook(connection)
        guard people.count <= 50 else {
          let marks = people.map { keys.mark(ofPerson: $0) }.sorted()
          return try book.add(
            .identityRead, AuditSubject(.command, "\(command), \(people.count) people"), by: stamp,
            after: Fingerprint(of: marks.joined(separator: " ")))
        }
        for person in people {
          try book.add(.identityRead, AuditSubject(.person, keys.mark(ofPerson: person)), by: stamp)
        }
      }
    }
  }

  /// The audit trail in its order; needs neither the vault nor the keys.
  public func auditTrail() throws(RegisterError) -> [AuditEntry] {
    try registerFailures { try database.read { try AuditBook($0).entries() } }
  }

  /// Checks every entry and the chain, and that what the register holds of each return is what the trail says.
  ///
  /// Somebody who may write the database can make a whole new trail. That is found by a head that was noted down
  /// elsewhere before: pass it, and the trail must hold it.
  ///
  /// - Parameter noted: a hash of an earlier head, or its beginning of at least 16 digits.
  public func verifyAudit(noted: String? = nil) throws(RegisterError) -> AuditVerification {
    try registerFailures {
      try database.read { connection in
        let entries = try AuditBook(connection).entries()
        // A register without a trail has nothing to compare with.
        let contents = entries.isEmpty ? [:] : try ReturnContents.all(connection)
        return AuditVerification(
          entries: entries,
          contents: Dictionary(contents.values.map { ($0.fingerprint.hex, $0.contents) }) { first, _ in first },
          noted: noted?.lowercased())
      }
    }
  }

  /// The mark by which the audit trail names a person, whether or not the register knows them.
  public func auditMark(ofPerson number: String, provider: String) throws(RegisterError) -> String {
    let keys = try requireKeys()
    return keys.mark(ofPerson: keys.pseudonym(ofPerson: number, provider: provider, model: model))
  }
}

extension RegisterKeys {
  /// A mark that only the holder of the key can tie to a pseudonym. It stays when the pseudonym is erased.
  func mark(ofPerson pseudonym: String) -> String {
    self.pseudonym.pseudonym(of: pseudonym, in: ["meedoen", "person", "mark"])
  }
}
