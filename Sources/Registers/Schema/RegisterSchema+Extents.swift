import Storage

extension Schema {
  /// Which returns are a part of a month only (one that is not named is whole), and whose rows were held.
  static let extentMigration = Migration(
    """
    CREATE TABLE main.partial_returns (return INTEGER PRIMARY KEY REFERENCES returns (id));
    CREATE TABLE main.held_keys (
      return INTEGER NOT NULL REFERENCES returns (id), record TEXT NOT NULL, pseudonym TEXT NOT NULL, key TEXT NOT NULL,
      PRIMARY KEY (return, record, pseudonym, key)) WITHOUT ROWID;

    """ + ["partial_returns", "held_keys"].map { appendOnly(table: $0) }.joined())
}
