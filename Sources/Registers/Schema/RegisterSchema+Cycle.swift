import Storage

extension Schema {
  /// What was decided about the periods of the cycle.
  static let cycleMigration = Migration(
    """
    CREATE TABLE main.cycle_decisions (
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, period TEXT NOT NULL, day TEXT NOT NULL, by TEXT NOT NULL,
      reason TEXT, until TEXT);

    """ + appendOnly(table: "cycle_decisions"))
}
