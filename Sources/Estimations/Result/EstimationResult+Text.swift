import Foundation
import Primitives

extension EstimationResult {
  /// The result as people read it on a terminal.
  ///
  /// Covariance matrices are for programs, so they are left to JSON.
  ///
  /// - Parameters:
  ///   - longest: how many rows of a table are shown; its first and last when there are more.
  ///   - width: how many characters a line may have. Tables that are wider go on below, with their first column again.
  public func lines(_ language: Language, longest: Int = 40, width: Int = 80) -> [String] {
    var text = ResultText(language: language, longest: longest, width: width)
    text.lines = [title[language]]
    text.lines += brokenLines(text.sentence(rows), width: width)
    text.add(items, indent: 0)
    for (heading, sentences) in [
      (
        LocalizedText("What has to be true", nl: "Wat waar moet zijn"),
        EstimationAssumption.of(method).map { [$0] } ?? []
      ), (LocalizedText("How it was computed", nl: "Hoe het is berekend"), conventions),
      (LocalizedText("Mind this", nl: "Let op"), warnings),
    ] where !sentences.isEmpty {
      text.lines += ["", heading[language]]
      for sentence in sentences {
        text.lines += brokenLines(wholeSentence(sentence[language]), width: width, indent: 2, hanging: 4)
      }
    }
    return text.lines
  }
}

private struct ResultText {
  let language: Language
  let longest: Int
  let width: Int
  var lines: [String] = []

  func sentence(_ rows: RowCount) -> String {
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
    return sentence
  }

  mutating func add(_ items: [ResultItem], indent: Int) {
    // Single values that follow each other are aligned like a table of two columns.
    var singles: [(String, String)] = []
    var followsTable = false
    func flush(_ lines: inout [String]) {
      guard !singles.isEmpty else { return }
      if followsTable { lines.append("") }
      let widest = singles.map(\.0.count).max() ?? 0
      for (title, value) in singles {
        let start = String(repeating: " ", count: indent + 2) + padded(title, widest) + "  "
        lines += brokenLines(start + value, width: width, keeping: start.count)
      }
      singles.removeAll()
    }
    var place = 0
    while place < items.count {
      let item = items[place]
      place += 1
      if let single = single(item) {
        singles.append((item.title[language], single))
        continue
      }
      flush(&lines)
      followsTable = true
      let run = [item] + items[place...].prefix { isLike($0, item) }
      if run.count > 1, isLike(item, item) {
        lines.append("")
        add(table(of: run), of: item.key, indent: indent + 2, isMixed: true)
        place += run.count - 1
        continue
      }
      lines += ["", String(repeating: " ", count: indent) + heading(item, isTop: indent == 0)]
      switch item.value {
      case .table(let table): add(table, of: item.key, indent: indent + 2)
      case .group(let inner): add(inner, indent: indent + 2)
      default: break
      }
    }
    flush(&lines)
  }

  /// Headings begin with a capital; names of groups are as in the data.
  private func heading(_ item: ResultItem, isTop: Bool) -> String {
    let title = item.title[language]
    return isTop || ResultTitle.usual[item.key]?[language] == title
      ? title.prefix(1).uppercased() + title.dropFirst() : title
  }

  /// Whether two items are groups of the same single numbers, so that they can be rows of a table.
  private func isLike(_ item: ResultItem, _ other: ResultItem) -> Bool {
    guard case .group(let first) = item.value, case .group(let second) = other.value else { return false }
    return first.count > 1 && first.map(\.key) == second.map(\.key)
      && (first + second).allSatisfy { inner in
        switch inner.value {
        case .number, .whole: true
        default: false
        }
      }
  }

  /// Groups of the same numbers as one table with a row each; those without any number are left out.
  private func table(of items: [ResultItem]) -> ResultTable {
    var rows: [(title: String, items: [ResultItem])] = []
    for item in items {
      guard case .group(let inner) = item.value else { continue }
      let isEmpty = inner.allSatisfy { if case .number(let number) = $0.value { number == nil } else { false } }
      if !isEmpty { rows.append((item.title[language], inner)) }
    }
    var table = ResultTable()
    guard let first = rows.first else { return table }
    table.add("", .texts(rows.map(\.title)), title: LocalizedText(""))
    for (place, column) in first.items.enumerated() {
      let values: ResultTable.Values =
        if case .whole = column.value {
          .wholes(rows.map { if case .whole(let count) = $0.items[place].value { count } else { 0 } })
        } else {
          .numbers(rows.map { if case .number(let number) = $0.items[place].value { number } else { nil } })
        }
      table.add(column.key, values, title: column.title)
    }
    return table
  }

  private func single(_ item: ResultItem) -> String? {
    let numbers = NumberText(language: language)
    return switch item.value {
    case .number(let number): isProbability(item.key) ? numbers.probability(number) : numbers.single(number)
    case .whole(let count): language.number(count)
    case .text(let text): ResultWord.of(text, key: item.key, language)
    case .flag(let flag): flag ? (language == .dutch ? "ja" : "yes") : (language == .dutch ? "nee" : "no")
    case .numbers(let values): shortened(values.map(numbers.single))
    case .texts(let texts): shortened(texts)
    case .table where item.key == "covariance":
      language == .dutch ? "staat in --format json" : "stands in --format json"
    case .table, .group: nil
    }
  }

  private func isProbability(_ key: String) -> Bool { key == "pValue" || key.hasSuffix("PValue") }

  private func shortened(_ texts: [String]) -> String {
    guard !texts.isEmpty else { return language == .dutch ? "geen" : "none" }
    return texts.count <= longest
      ? texts.joined(separator: "  ")
      : texts.prefix(longest).joined(separator: "  ") + "  … (\(language.number(texts.count)))"
  }

  /// - Parameter isMixed: whether each row is another quantity, so that columns have no common number of decimals.
  private mutating func add(_ table: ResultTable, of key: String, indent: Int, isMixed: Bool = false) {
    let count = table.rowCount
    let isLong = count > longest
    let shown = isLong ? Array(0..<longest / 2) + Array(count - longest / 2..<count) : Array(0..<count)
    let numbers = NumberText(language: language)
    let columns = table.columns.map { column -> TableText.Column in
      let cells: [String]
      var isText = false
      switch column.values {
      case .numbers(let values) where isProbability(column.key):
        cells = shown.map { numbers.probability(values[$0]) }
      case .numbers(let values):
        cells = isMixed ? shown.map { numbers.single(values[$0]) } : numbers.column(shown.map { values[$0] })
      case .wholes(let values): cells = shown.map { language.number(values[$0]) }
      case .texts(let values):
        cells = shown.map { ResultWord.of(values[$0], key: key + "." + column.key, language) }
        isText = true
      case .sentences(let values):
        cells = shown.map { values[$0][language] }
        isText = true
      }
      return TableText.Column(heading: column.title[language], cells: cells, isText: isText)
    }
    let left = language.number(count - shown.count)
    lines += TableText(
      columns: columns,
      gap: isLong ? (longest / 2, language == .dutch ? "… nog \(left) rijen …" : "… \(left) more rows …") : nil
    ).lines(indent: indent, width: width)
  }
}

/// A sentence that begins with a capital and ends with a full stop, whatever it was.
private func wholeSentence(_ text: String) -> String {
  guard let first = text.first, let last = text.last else { return text }
  return first.uppercased() + text.dropFirst() + (last.isPunctuation && last != ")" ? "" : ".")
}
