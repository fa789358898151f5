import Storage

extension Schema {
  /// The day on which something was entered, beside the day for which it counts; null where it was entered before that
  /// was kept. And in the audit trail the day for which it counts, beside the moment.
  static let enteringMigration = Migration(
    ["receipts", "decisions", "cycle_decisions", "link_decisions"]
      .map { "ALTER TABLE main.\($0) ADD COLUMN entered_on TEXT;\n" }.joined()
      + "ALTER TABLE main.audit ADD COLUMN day TEXT;\n")
}
