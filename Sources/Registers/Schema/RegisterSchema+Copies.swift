import Storage

extension Schema {
  /// Returns that say the same as one before them, row for row, so that their rows stand once; and the marks by which
  /// such a return is known.
  ///
  /// A mark goes when something is taken from the rows by law, so that table alone has no guard.
  static let copiesMigration = Migration(
    """
    CREATE TABLE main.return_copies (
      return INTEGER PRIMARY KEY REFERENCES returns (id), rows_of INTEGER NOT NULL REFERENCES returns (id));
    CREATE TABLE main.content_marks (
      mark TEXT PRIMARY KEY, return INTEGER NOT NULL REFERENCES returns (id)) WITHOUT ROWID;

    """ + appendOnly(table: "return_copies"))
}
