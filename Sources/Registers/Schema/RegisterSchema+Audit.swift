import Storage

extension Schema {
  /// The audit trail, and the marks of people who were erased.
  static let auditMigration = Migration(
    """
    CREATE TABLE main.audit (
      sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, action TEXT NOT NULL,
      kind TEXT NOT NULL, object TEXT NOT NULL, before TEXT, after TEXT, reason TEXT, previous TEXT NOT NULL,
      hash TEXT NOT NULL UNIQUE);
    CREATE TABLE main.erasures (
      mark TEXT PRIMARY KEY, erased_on TEXT NOT NULL, first_known TEXT, residue TEXT NOT NULL) WITHOUT ROWID;

    """ + ["audit", "erasures"].map { appendOnly(table: $0) }.joined())

  /// Which key sealed a value, so that a change of keys that was interrupted can go on. Null: not known.
  static let vaultMarkMigration = Migration(
    """
    ALTER TABLE vault.identities ADD COLUMN key_mark TEXT;
    ALTER TABLE vault.files ADD COLUMN key_mark TEXT;
    """)
}
