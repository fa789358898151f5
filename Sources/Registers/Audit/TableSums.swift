import Fingerprints
import Foundation
import Storage

/// What stands in the tables that decide something, summed up so that a change behind the register's back shows.
///
/// Each row has a digest, and each table the sum of its rows' digests. The sums are kept in the register and follow every
/// row that the register writes; the entry that a write adds to the trail holds the fingerprint of all sums after it. A
/// row that was changed, removed or added by other means is in the table and not in its sum.
struct TableSums {
  let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  static func changes() -> RowChanges { RowChanges(digest: digest, isWatched: Schema.isSummed) }

  /// Brings the kept sums up to what this transaction wrote; gives the fingerprint of all of them.
  func bringUpToDate() throws -> Fingerprint? {
    guard let changes = connection.changes else { return nil }
    var kept = try kept()
    let pending = changes.take()
    if try kept.isEmpty && connection.integer("SELECT 1 FROM main.audit WHERE tables IS NOT NULL LIMIT 1") == nil {
      // A register that is older than its sums, or new: what stands there is the beginning.
      kept = try changes.all(connection)
      for (table, change) in kept { try keep(change, of: table) }
    } else {
      for (table, change) in pending {
        var sum = kept[table] ?? RowChanges.Change()
        sum.rows += change.rows
        sum.sum.add(change.sum)
        kept[table] = sum
        try keep(sum, of: table)
      }
    }
    return Self.fingerprint(of: kept)
  }

  /// The tables that do not hold what was written, and whether the sums are those of the last entry that says.
  ///
  /// Those of the vault are compared when it is open too.
  func compare(with entries: [AuditEntry]) throws -> [AuditVerification.Problem] {
    let kept = try kept()
    guard let last = entries.last(where: { $0.tables != nil }) else {
      return kept.isEmpty ? [] : [.init(kind: .sumsChanged, sequence: nil, object: nil)]
    }
    var problems: [AuditVerification.Problem] = []
    let found = try Self.changes().all(connection)
    let hasVault = found.keys.contains { $0.hasPrefix("vault.") }
    for (table, change) in kept.sorted(by: { $0.key < $1.key }) where hasVault || !table.hasPrefix("vault.") {
      let now = found[table]
      if now?.rows != change.rows || now?.sum != change.sum {
        problems.append(.init(kind: .tableChanged, sequence: nil, object: table))
      }
    }
    for (table, change) in found.sorted(by: { $0.key < $1.key }) where kept[table] == nil && change.rows > 0 {
      problems.append(.init(kind: .tableChanged, sequence: nil, object: table))
    }
    // While the vault's key is being changed its sums run ahead of the trail.
    let isChangingKey =
      entries.last { $0.action.hasPrefix("vault-key-") }?.action == AuditAction.vaultKeyChanging.rawValue
    if !isChangingKey, Self.fingerprint(of: kept) != last.tables {
      problems.append(.init(kind: .sumsChanged, sequence: last.sequence, object: nil))
    }
    return problems
  }

  private func kept() throws -> [String: RowChanges.Change] {
    let statement = try connection.statement("SELECT name, rows, sum FROM main.table_sums")
    var kept: [String: RowChanges.Change] = [:]
    while try statement.step() {
      let words = statement.text(at: 2)!.split(separator: " ").compactMap { UInt64($0, radix: 16) }
      guard words.count == 4 else { throw RegisterError.damagedValue(record: "table_sums", field: "sum") }
      kept[statement.text(at: 0)!] = RowChanges.Change(rows: statement.integer(at: 1), sum: RowSum(words))
    }
    return kept
  }

  private func keep(_ change: RowChanges.Change, of table: String) throws {
    let statement = try connection.statement(
      "INSERT OR REPLACE INTO main.table_sums (name, rows, sum) VALUES (?, ?, ?)")
    statement.bind(table, at: 0)
    statement.bind(change.rows, at: 1)
    statement.bind(Self.text(of: change.sum), at: 2)
    try statement.run()
  }

  private static func text(of sum: RowSum) -> String {
    sum.words.map { String($0, radix: 16) }.joined(separator: " ")
  }

  private static func fingerprint(of sums: [String: RowChanges.Change]) -> Fingerprint {
    Fingerprint(
      of: sums.filter { $0.value.rows != 0 || $0.value.sum != RowSum() }.sorted { $0.key < $1.key }
        .map { "\($0.key)\t\($0.value.rows)\t\(text(of: $0.value.sum))\n" }.joined())
  }

  /// A column without a value is no part of it, so that a later version may add columns.
  private static func digest(_ table: String, _ cells: [(column: String, value: StoredCell)]) -> RowSum {
    var text = "\(table)\n"
    for (column, value) in cells {
      let part =
        switch value {
        case .integer(let integer): "i\(integer)"
        case .double(let double): "d\(double.bitPattern)"
        case .text(let text): "t\(text)"
        // Sealed files are large, and their own digest is short.
        case .data(let data): "b\(Fingerprint(of: data).hex)"
        }
      text += "\(column) \(part.utf8.count) \(part)\n"
    }
    let hex = Array(Fingerprint(of: text).hex)
    return RowSum((0..<4).map { UInt64(String(hex[$0 * 16..<($0 + 1) * 16]), radix: 16)! })
  }
}
