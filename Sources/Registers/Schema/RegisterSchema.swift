import Storage

extension Schema {
  /// `register.sqlite`: what does not depend on the model. ``ModelTables`` adds one table for each record.
  static let register = Schema(
    kind: 0x6D65_6564,
    migrations: [
      Migration(
        """
        CREATE TABLE main.properties (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        CREATE TABLE main.returns (
          id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, provider TEXT NOT NULL, period TEXT NOT NULL,
          model_version TEXT NOT NULL, summary TEXT NOT NULL);
        CREATE TABLE main.receipts (
          return INTEGER NOT NULL REFERENCES returns (id), received_on TEXT NOT NULL,
          PRIMARY KEY (return, received_on)) WITHOUT ROWID;
        CREATE TABLE main.files (
          return INTEGER NOT NULL REFERENCES returns (id), name TEXT NOT NULL, fingerprint TEXT NOT NULL,
          size INTEGER NOT NULL, PRIMARY KEY (return, name)) WITHOUT ROWID;
        CREATE TABLE main.findings (
          return INTEGER NOT NULL REFERENCES returns (id), position INTEGER NOT NULL, code TEXT NOT NULL,
          severity TEXT NOT NULL, count INTEGER NOT NULL, content TEXT NOT NULL,
          PRIMARY KEY (return, position)) WITHOUT ROWID;
        CREATE TABLE main.held_rows (
          return INTEGER NOT NULL REFERENCES returns (id), file TEXT NOT NULL, sheet TEXT NOT NULL,
          row INTEGER NOT NULL, record TEXT NOT NULL, codes TEXT NOT NULL,
          PRIMARY KEY (return, file, sheet, row, record)) WITHOUT ROWID;

        CREATE TABLE main.people (id INTEGER PRIMARY KEY, pseudonym TEXT NOT NULL UNIQUE);
        CREATE TABLE main.layouts (
          id INTEGER PRIMARY KEY, record TEXT NOT NULL, fields TEXT NOT NULL, UNIQUE (record, fields));
        CREATE TABLE main.record_keys (record TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE main.record_fields (
          record TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (record, field)) WITHOUT ROWID;

        """
          + [
            "properties", "returns", "receipts", "files", "findings", "held_rows", "people", "layouts", "record_keys",
            "record_fields",
          ].map { appendOnly(table: $0) }.joined()),
      auditMigration,
      decisionsMigration,
      cycleMigration,
      linkageMigration,
      versionsMigration,
      copiesMigration,
      extentMigration,
      enteringMigration,
      sumsMigration,
    ])

  /// `vault.sqlite`: sealed values only. Erasing a person's entry here is what makes a pseudonym anonymous.
  static let vault = Schema(
    kind: 0x6D65_6576,
    migrations: [
      Migration(
        """
        CREATE TABLE vault.properties (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE vault.identities (token TEXT PRIMARY KEY, field TEXT NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE vault.files (
          id INTEGER PRIMARY KEY, return TEXT NOT NULL, name TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (return, name));
        """),
      vaultMarkMigration,
    ])

  /// Triggers that refuse to change or remove a row.
  static func appendOnly(table: String) -> String {
    ["UPDATE", "DELETE"].map { action in
      """
      CREATE TRIGGER main."\(table) no \(action.lowercased())" BEFORE \(action) ON "\(table)"
      BEGIN SELECT RAISE(ABORT, 'rows of \(table) are added, never changed or removed'); END;

      """
    }.joined()
  }
}
