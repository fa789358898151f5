/// Columns of text, aligned for a terminal.
struct TextTable {
  enum Alignment { case left, right }
  let alignments: [Alignment]
  var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  mutating func add(_ cells: String...) { rows.append(cells) }

  /// The lines, indented, without blanks at the ends.
  func lines(indent: Int = 2) -> [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += (alignments[column] == .left ? cell + padding : padding + cell) + (column < row.count - 1 ? "  " : "")
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
