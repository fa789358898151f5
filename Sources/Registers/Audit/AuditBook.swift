import Fingerprints
import Primitives
import Storage

/// Writes entries into the audit trail, within the transaction of what they are about: both are there, or neither.
struct AuditBook {
  let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// Chains an entry to the last one.
  ///
  /// - Parameter day: for which it counts, where that is not the moment of the stamp.
  func add(
    _ action: AuditAction, _ subject: AuditSubject, by stamp: AuditStamp, on day: CalendarDate? = nil,
    before: Fingerprint? = nil, after: Fingerprint? = nil
  ) throws {
    var last = try head
    if last == nil, action != .registerMade {
      // A register that is older than its audit trail: what is there is written down first.
      try adoptReturns(by: stamp, except: action == .returnTakenIn ? subject.id : nil)
      last = try head
    }
    try insert(
      AuditEntry(
        sequence: (last?.sequence ?? 0) + 1, at: stamp.instant, day: day?.iso, actor: stamp.actor,
        role: stamp.role.rawValue, action: action.rawValue, kind: subject.kind.rawValue, object: subject.id,
        before: before, after: after, reason: stamp.reason, tables: try TableSums(connection).bringUpToDate(),
        previous: last?.hash ?? AuditEntry.origin))
  }

  private func adoptReturns(by stamp: AuditStamp, except new: String?) throws {
    for (_, contents) in try ReturnContents.all(connection).sorted(by: { $0.key < $1.key }) {
      guard contents.fingerprint.hex != new else { continue }
      let last = try head
      try insert(
        AuditEntry(
          sequence: (last?.sequence ?? 0) + 1, at: stamp.instant, actor: stamp.actor, role: stamp.role.rawValue,
          action: AuditAction.returnAdopted.rawValue, kind: AuditSubject.Kind.return.rawValue,
          object: contents.fingerprint.hex, before: nil, after: contents.contents, reason: nil,
          previous: last?.hash ?? AuditEntry.origin))
    }
  }

  /// The number and hash of the last entry.
  var head: (sequence: Int, hash: String)? {
    get throws {
      let statement = try connection.statement("SELECT sequence, hash FROM main.audit ORDER BY sequence DESC LIMIT 1")
      defer { statement.reset() }
      return try statement.step() ? (statement.integer(at: 0), statement.text(at: 1)!) : nil
    }
  }

  private func insert(_ entry: AuditEntry) throws {
    let statement = try connection.statement(
      """
      INSERT INTO main.audit
        (sequence, at, actor, role, action, kind, object, before, after, reason, previous, hash, day, tables)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    statement.bind(entry.sequence, at: 0)
    let texts: [String?] = [
      entry.at, entry.actor, entry.role, entry.action, entry.kind, entry.object, entry.before?.hex, entry.after?.hex,
      entry.reason, entry.previous, entry.hash, entry.day,
      entry.tables?.hex,
    ]
    for (index, text) in texts.enumerated() {
      if let text { statement.bind(text, at: index + 1) } else { statement.bindNull(at: index + 1) }
    }
    try statement.run()
  }

  /// The entries in their order, those after a number only.
  func entries(after sequence: Int = 0) throws -> [AuditEntry] {
    let statement = try connection.statement(
      """
      SELECT sequence, at, actor, role, action, kind, object, before, after, reason, previous, hash, day, tables
      FROM main.audit
      WHERE sequence > ? ORDER BY sequence
      """)
    statement.bind(sequence, at: 0)
    var entries: [AuditEntry] = []
    while try statement.step() {
      func text(_ column: Int) -> String { statement.text(at: column) ?? "" }
      entries.append(
        AuditEntry(
          sequence: statement.integer(at: 0), at: text(1), day: statement.text(at: 12), actor: text(2), role: text(3),
          action: text(4), kind: text(5), object: text(6),
          before: statement.text(at: 7).flatMap { Fingerprint(hex: $0) },
          after: statement.text(at: 8).flatMap { Fingerprint(hex: $0) }, reason: statement.text(at: 9),
          tables: statement.text(at: 13).flatMap { Fingerprint(hex: $0) }, previous: text(10), hash: text(11)))
    }
    return entries
  }
}
