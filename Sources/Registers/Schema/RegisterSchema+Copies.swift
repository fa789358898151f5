import Storage

extension Schema {
  /// Returns that say the same as one before them, row for row, so that their rows stand once; and the marks by which
  /// such a return is known.
  static let copiesMigration = Migration(
    """
    CREATE TABLE main.return_copies (
      return INTEGER PRIMARY KEY REFERENCES returns (id), rows_of INTEGER NOT NULL REFERENCES returns (id));
    CREATE TABLE main.content_marks (
      mark TEXT PRIMARY KEY, return INTEGER NOT NULL REFERENCES returns (id)) WITHOUT ROWID;

    """ + ["return_copies", "content_marks"].map { appendOnly(table: $0) }.joined())
}
