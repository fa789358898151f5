import Storage

extension Schema {
  /// Decisions about which numbers are of one person. Added to, never changed: a decision is undone by another.
  static let linkageMigration = Migration(
    """
    CREATE TABLE main.link_decisions (
      id INTEGER PRIMARY KEY, first TEXT NOT NULL, second TEXT NOT NULL, kind TEXT NOT NULL,
      decided_on TEXT NOT NULL, decided_by TEXT NOT NULL, reason TEXT NOT NULL, probability REAL);

    """ + appendOnly(table: "link_decisions"))
}
