import Foundation
import Primitives

extension EstimationResult {
  /// The result as people read it on a terminal.
  ///
  /// - Parameter longest: how many rows of a table are shown; its first and last when there are more.
  public func lines(_ language: Language, longest: Int = 40) -> [String] {
    var text = ResultText(language: language, longest: longest)
    text.lines = [title[language]]
    text.lines.append(contentsOf: text.sentence(rows))
    text.add(items, indent: 0)
    for (heading, sentences) in [
      (LocalizedText("How it was computed", nl: "Hoe het is berekend"), conventions),
      (LocalizedText("Mind this", nl: "Let op"), warnings),
    ] where !sentences.isEmpty {
      text.lines.append("")
      text.lines.append(heading[language])
      text.lines += sentences.map { "  " + $0[language] }
    }
    return text.lines
  }
}

private struct ResultText {
  let language: Language
  let longest: Int
  var lines: [String] = []

  func sentence(_ rows: RowCount) -> [String] {
    func count(_ number: Int, _ english: (String, String), _ dutch: (String, String)) -> String {
      let word = language == .dutch ? dutch : english
      return language.number(number) + " " + (number == 1 ? word.0 : word.1)
    }
    var sentence =
      count(rows.used, ("row was used", "rows were used"), ("rij is gebruikt", "rijen zijn gebruikt"))
      + (language == .dutch ? " van " : " of ") + language.number(rows.read) + "."
    if rows.filtered > 0 {
      sentence +=
        " "
        + count(
          rows.filtered, ("was left out by --where", "were left out by --where"),
          ("viel af door --where", "vielen af door --where")) + "."
    }
    if rows.missing > 0 {
      sentence +=
        " "
        + count(
          rows.missing,
          ("was left out because a value in use is missing", "were left out because a value in use is missing"),
          ("viel af omdat een gebruikte waarde ontbreekt", "vielen af omdat een gebruikte waarde ontbreekt")) + "."
    }
    return [sentence]
  }

  mutating func add(_ items: [ResultItem], indent: Int) {
    let margin = String(repeating: " ", count: indent)
    // Single values that follow each other are aligned like a table of two columns.
    var singles: [(String, String)] = []
    func flushed() -> [String] {
      let width = singles.map(\.0.count).max() ?? 0
      return singles.map { margin + "  " + $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }
    }
    for item in items {
      if let single = single(item.value) {
        singles.append((item.title[language], single))
        continue
      }
      lines += flushed()
      singles.removeAll()
      lines.append("")
      lines.append(margin + item.title[language])
      switch item.value {
      case .table(let table): add(table, indent: indent + 2)
      case .group(let inner): add(inner, indent: indent + 2)
      default: break
      }
    }
    lines += flushed()
  }

  private func single(_ value: ResultValue) -> String? {
    switch value {
    case .number(let number): self.number(number)
    case .whole(let count): language.number(count)
    case .text(let text): text
    case .flag(let flag): flag ? (language == .dutch ? "ja" : "yes") : (language == .dutch ? "nee" : "no")
    case .numbers(let numbers): shortened(numbers.map(number))
    case .texts(let texts): shortened(texts)
    case .table, .group: nil
    }
  }

  private func shortened(_ texts: [String]) -> String {
    texts.count <= longest
      ? texts.joined(separator: "  ")
      : texts.prefix(longest).joined(separator: "  ") + "  … (\(language.number(texts.count)))"
  }

  /// Six digits that count; very small and very large numbers with a power of ten.
  private func number(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "–" }
    if number == 0 { return "0" }
    let size = abs(number)
    if number == number.rounded(), size < 1e9 { return language.number(number) }
    guard size >= 1e-4, size < 1e9 else {
      let text = String(format: "%.5e", number)
      return language == .dutch ? text.replacingOccurrences(of: ".", with: ",") : text
    }
    let decimals = max(0, 5 - Int(log10(size).rounded(.down)))
    return language.number(number, decimals: min(decimals, 9))
  }

  private mutating func add(_ table: ResultTable, indent: Int) {
    let count = table.rowCount
    let isLong = count > longest
    let shown = isLong ? Array(0..<longest / 2) + Array(count - longest / 2..<count) : Array(0..<count)
    let columns = table.columns.map { column -> (cells: [String], isText: Bool) in
      let heading = column.title[language]
      switch column.values {
      case .numbers(let values): return ([heading] + shown.map { number(values[$0]) }, false)
      case .wholes(let values): return ([heading] + shown.map { language.number(values[$0]) }, false)
      case .texts(let values): return ([heading] + shown.map { values[$0] }, true)
      }
    }
    let widths = columns.map { $0.cells.map(\.count).max() ?? 0 }
    for row in 0...shown.count {
      if isLong, row == longest / 2 + 1 {
        let left = language.number(count - shown.count)
        let more = language == .dutch ? "… nog \(left) rijen …" : "… \(left) more rows …"
        lines.append(String(repeating: " ", count: indent + 2) + more)
      }
      var line = String(repeating: " ", count: indent)
      for (place, column) in columns.enumerated() {
        let padding = String(repeating: " ", count: widths[place] - column.cells[row].count)
        line += (place == 0 ? "" : "  ") + (column.isText ? column.cells[row] + padding : padding + column.cells[row])
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
  }
}
