/// Columns of text for a terminal: aligned, no wider than asked, headings broken over lines where that saves width.
struct TableText {
  struct Column {
    let heading: String
    let cells: [String]
    /// Whether it is aligned to the left.
    let isText: Bool

    /// The heading on one line, or on as many as its words ask when the column is no wider than needed.
    func heading(isBroken: Bool) -> [String] {
      guard isBroken else { return [heading] }
      let words = heading.split(separator: " ").map(\.count).max() ?? 0
      return brokenLines(heading, width: max(words, cells.map(\.count).max() ?? 0))
    }
  }

  let columns: [Column]
  /// After how many rows a line of words stands for rows that are left out.
  let gap: (after: Int, words: String)?

  /// The lines; columns that do not fit go on below, with the first column again.
  func lines(indent: Int, width: Int) -> [String] {
    guard !columns.isEmpty else { return [] }
    let asTheyAre = widths(isBroken: false)
    let isBroken = indent + asTheyAre.reduce(0) { $0 + $1 + 2 } - 2 > width
    let widths = isBroken ? widths(isBroken: true) : asTheyAre
    var lines: [String] = []
    var place = 1
    repeat {
      var chosen = [0]
      var used = indent + widths[0]
      while place < columns.count, chosen.count == 1 || used + 2 + widths[place] <= width {
        used += 2 + widths[place]
        chosen.append(place)
        place += 1
      }
      if !lines.isEmpty { lines.append("") }
      lines += block(chosen, widths, isBroken: isBroken, margin: String(repeating: " ", count: indent))
    } while place < columns.count
    return lines
  }

  private func widths(isBroken: Bool) -> [Int] {
    columns.map { column in
      max(column.cells.map(\.count).max() ?? 0, column.heading(isBroken: isBroken).map(\.count).max() ?? 0)
    }
  }

  private func block(_ chosen: [Int], _ widths: [Int], isBroken: Bool, margin: String) -> [String] {
    let headings = chosen.map { columns[$0].heading(isBroken: isBroken) }
    let height = headings.map(\.count).max() ?? 1
    func line(_ cells: [String]) -> String {
      var line = margin
      for (position, place) in chosen.enumerated() {
        let cell = padded(cells[position], widths[place], toTheRight: !columns[place].isText)
        line += (position == 0 ? "" : "  ") + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    // Headings stand on the bottom line, next to their cells.
    var lines = (0..<height).map { row in
      line(headings.map { row < height - $0.count ? "" : $0[row - (height - $0.count)] })
    }
    for row in columns[0].cells.indices {
      if let gap, row == gap.after { lines.append(margin + "  " + gap.words) }
      lines.append(line(chosen.map { columns[$0].cells[row] }))
    }
    return lines
  }
}

/// A text with blanks after it, or before it, up to a width.
func padded(_ text: String, _ width: Int, toTheRight: Bool = false) -> String {
  let blanks = String(repeating: " ", count: max(0, width - text.count))
  return toTheRight ? blanks + text : text + blanks
}

/// A paragraph in lines no wider than asked, except for a longer word.
///
/// - Parameters:
///   - indent: blanks before the first line.
///   - hanging: blanks before the others; nil for those of the first.
///   - keeping: how many characters at the start are never broken or shortened; others begin below their end.
func brokenLines(_ text: String, width: Int, indent: Int = 0, hanging: Int? = nil, keeping: Int = 0) -> [String] {
  let start = String(text.prefix(keeping))
  var lines: [String] = []
  var line = String(repeating: " ", count: indent) + start
  var isEmpty = true
  for word in text.dropFirst(keeping).split(separator: " ", omittingEmptySubsequences: false) {
    if !isEmpty, line.count + 1 + word.count > width {
      while line.last == " " { line.removeLast() }
      lines.append(line)
      line = String(repeating: " ", count: keeping > 0 ? keeping : hanging ?? indent)
      isEmpty = true
      if word.isEmpty { continue }
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}
