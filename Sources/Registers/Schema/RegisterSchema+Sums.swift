import Storage

extension Schema {
  /// For each table that decides something how many rows it has and the sum of their digests, as they were written; and
  /// in the audit trail the fingerprint of these after each entry.
  static let sumsMigration = Migration(
    """
    CREATE TABLE main.table_sums (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sum TEXT NOT NULL) WITHOUT ROWID;
    ALTER TABLE main.audit ADD COLUMN tables TEXT;
    """)

  /// The tables that are not summed, each because something else is compared when it is opened or verified: the trail by
  /// its chain, the sums by the trail; what a register remembers of its model and keys by these; and rows of records by
  /// the fingerprint of their return.
  static let tablesWithoutSum: Set<String> = [
    "main.audit", "main.table_sums", "main.properties", "main.record_keys", "main.record_fields", "vault.properties",
  ]

  static func isSummed(_ table: String) -> Bool {
    !tablesWithoutSum.contains(table) && !table.hasPrefix("main.sqlite_") && !table.hasPrefix("vault.sqlite_")
      && !table.hasPrefix("main.record ")
  }
}
