/// Gathers notes while a sheet is read: one note for each kind and column, with its rows in the order they came.
struct NoteCollector {
  private struct Key: Hashable {
    var kind: ReadingNote.Kind
    var column: Int?
    var arguments: [String]
  }

  private var rows: [Key: [Int]] = [:]

  mutating func add(_ kind: ReadingNote.Kind, row: Int? = nil, column: Int? = nil, arguments: [String] = []) {
    let key = Key(kind: kind, column: column, arguments: arguments)
    if let row {
      rows[key, default: []].append(row)
    } else if rows[key] == nil {
      rows[key] = []
    }
  }

  /// Adds rows that follow each other: there may be a million of them between two cells.
  mutating func add(_ kind: ReadingNote.Kind, rows new: Range<Int>) {
    rows[Key(kind: kind, column: nil, arguments: []), default: []].append(contentsOf: new)
  }

  /// The notes in the order of their kinds, then from left to right.
  var notes: [ReadingNote] {
    let order = Dictionary(uniqueKeysWithValues: ReadingNote.Kind.allCases.enumerated().map { ($1, $0) })
    return rows.map { key, rows in
      var unique: [Int] = []
      for row in rows.sorted() where row != unique.last { unique.append(row) }
      return ReadingNote(key.kind, rows: unique, column: key.column, arguments: key.arguments)
    }
    .sorted { a, b in
      let (left, right) = (order[a.kind] ?? 0, order[b.kind] ?? 0)
      if left != right { return left < right }
      if a.column != b.column { return (a.column ?? -1) < (b.column ?? -1) }
      return a.arguments.lexicographicallyPrecedes(b.arguments)
    }
  }
}
