import Storage

extension Schema {
  /// The versions of the model that were adopted, each as it was written, in the order in which they were.
  static let versionsMigration = Migration(
    """
    CREATE TABLE main.model_versions (
      id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL UNIQUE, from_month TEXT,
      adopted_on TEXT NOT NULL, by TEXT NOT NULL, reason TEXT, definition TEXT NOT NULL);

    """ + appendOnly(table: "model_versions"))
}
