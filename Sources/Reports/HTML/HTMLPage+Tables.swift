import Charts
import Primitives

extension HTMLPage {
  /// A table with its caption, in a frame that scrolls when the screen is narrower than the table.
  mutating func table(_ table: ReportTable) -> String {
    let id = identifier("table")
    var html = """
      <div class="scroll" role="region" tabindex="0" aria-labelledby="\(id)">
      <table>
      <caption id="\(id)">\(text(table.caption))</caption>
      <thead><tr><th scope="col" class="leading">\(text(table.rowHeading))</th>
      """
    for column in table.columns {
      html += "<th scope=\"col\"\(alignment(of: column))>\(text(column.heading))</th>"
    }
    html += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      html += row.kind == .plain ? "<tr>" : "<tr class=\"\(row.kind.rawValue)\">"
      html += "<th scope=\"row\">\(text(row.heading))</th>"
      for (column, cell) in zip(table.columns, row.cells) {
        html += "<td\(alignment(of: column))>\(self.cell(cell))</td>"
      }
      html += "</tr>\n"
    }
    html += "</tbody>\n</table>\n</div>\n"
    html += legend(of: table.absences)
    if table.source != nil || table.provenance != nil {
      let parts = [table.source.map { text($0) }, table.provenance.map { chip($0) }].compactMap(\.self)
      html += "<p class=\"source\">\(parts.joined(separator: " "))</p>\n"
    }
    return html
  }

  private func alignment(of column: ReportTable.Column) -> String {
    column.alignment == .leading ? " class=\"leading\"" : ""
  }

  private func cell(_ cell: ReportTable.Cell) -> String {
    if let absence = cell.absence { return sign(absence) }
    switch cell {
    case .number(let number): return Markup.escaped(number.text(in: language))
    case .text(let content): return text(content)
    case .absent(let absence): return sign(absence)
    }
  }

  func sign(_ absence: Absence) -> String {
    let meaning = Markup.escaped(absence.meaning[language])
    return "<abbr title=\"\(meaning)\">\(Markup.escaped(absence.sign[language]))</abbr>"
  }

  /// The signs that occur, in words.
  private func legend(of absences: [Absence]) -> String {
    guard !absences.isEmpty else { return "" }
    let items = absences.map {
      "<span><b>\(Markup.escaped($0.sign[language]))</b> \(Markup.escaped($0.meaning[language]))</span>"
    }
    return "<p class=\"legend\">\(items.joined(separator: " · "))</p>\n"
  }
}
