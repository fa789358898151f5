import Storage

extension Schema {
  /// What people decide about returns, findings and people; the marks by which findings are known again; and on which
  /// return another was based.
  static let decisionsMigration = Migration(
    """
    CREATE TABLE main.decisions (
      id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL,
      decided_on TEXT NOT NULL, content TEXT NOT NULL);
    CREATE INDEX main."decisions by subject" ON decisions (kind, subject);
    CREATE TABLE main.finding_marks (
      return INTEGER NOT NULL REFERENCES returns (id), position INTEGER NOT NULL, mark TEXT NOT NULL,
      PRIMARY KEY (return, position)) WITHOUT ROWID;
    CREATE TABLE main.return_bases (
      return INTEGER PRIMARY KEY REFERENCES returns (id), base TEXT NOT NULL, generation INTEGER NOT NULL);

    """ + ["decisions", "finding_marks", "return_bases"].map { appendOnly(table: $0) }.joined())
}
