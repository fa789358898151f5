import DataModels

/// The value of a field in SQL: of its own column, or of that of a field of another version that it is read from.
///
/// A row has values of one version only, so the first column that is not empty is the one. A field that replaces nothing
/// is its column alone.
struct FieldExpressions {
  private let model: DataModel
  private let stored: StoredFields
  /// Before a column's name, such as `o.`.
  private let prefix: String

  init(_ model: DataModel, _ stored: StoredFields, prefix: String = "") {
    self.model = model
    self.stored = stored
    self.prefix = prefix
  }

  /// - Parameter readsCodes: whether codes of older versions of the list are replaced too, as they are when columns are
  ///   read into a snapshot.
  func value(_ field: Field, of record: RecordDefinition, readsCodes: Bool = false) -> String {
    let list: CodeList? = if case .code(let id) = field.type { model.codeList(id) } else { nil }
    let replaces = readsCodes ? list?.replaces ?? [:] : [:]
    let own = mapped(prefix + sqlName(field.id), replaces, otherwise: true)
    let others = sources(of: field, in: record).map { source -> String in
      let column = prefix + sqlName(source.field)
      guard let codes = source.codes else { return mapped(column, replaces, otherwise: true) }
      var all = list?.replaces ?? [:]
      for code in list?.codes ?? [] { all[code.code] = code.code }
      return mapped(column, all.merging(codes) { $1 }, otherwise: false)
    }
    return others.isEmpty ? own : "COALESCE(\(([own] + others).joined(separator: ", ")))"
  }

  /// The columns that hold values of a field, its own first.
  func columns(_ field: Field, of record: RecordDefinition) -> [String] {
    [field.id] + sources(of: field, in: record).map(\.field)
  }

  private func sources(of field: Field, in record: RecordDefinition) -> [FieldSource] {
    field.replaces.filter { stored.kinds[record.id]?[$0.field] != nil }
  }

  private func mapped(_ column: String, _ codes: [String: String], otherwise keeps: Bool) -> String {
    guard !codes.isEmpty || !keeps else { return column }
    let cases = codes.sorted { $0.key < $1.key }.map { "WHEN \(quoted($0.key)) THEN \(quoted($0.value))" }
    guard !cases.isEmpty else { return "NULL" }
    return "CASE \(column) \(cases.joined(separator: " ")) ELSE \(keeps ? column : "NULL") END"
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension StoredKind {
  /// Whether a column of this kind can be read as values of another.
  func reads(_ other: StoredKind) -> Bool {
    switch (self, other) {
    case (.number, .integer), (.number, .year), (.integer, .year): true
    default: self == other
    }
  }
}
