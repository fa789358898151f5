import Primitives
import Tables

/// How one column of a described table is written to SPSS.
struct SpssVariable {
  enum Content { case text(width: Int), number, date, month }

  /// The longest text that SPSS keeps, in bytes.
  static let maximumTextLength = 32_767

  let name: String
  let content: Content
  let format: String
  let label: String
  /// The code and its label; SPSS keeps labels of at most 120 bytes.
  let codes: [(code: String, label: String)]

  init(_ column: DescribedTable.Column, values: Column, name: String) {
    self.name = name
    label = column.label.prefix(bytes: 255)
    codes = column.codes.map { ($0.code, $0.label.prefix(bytes: 120)) }
    switch column.kind {
    case .integer, .year:
      content = .number
      format = column.kind == .year ? "F4.0" : "F12.0"
    case .number:
      content = .number
      format = "F16.\(Self.decimals(in: values))"
    case .date:
      content = .date
      format = "SDATE10"
    case .month:
      content = .month
      format = "MOYR8"
    case .text, .code, .list:
      var width = column.codes.map(\.code.utf8.count).max() ?? 1
      for row in 0..<values.count { width = max(width, values[row].canonicalText.utf8.count) }
      // ReadStat writes the labels of longer codes for a width in whole words of 8 bytes; PSPP passes over labels of
      // another width than the variable's.
      width = column.kind == .code && !column.codes.isEmpty && width > 8 ? (width + 7) / 8 * 8 : max(width, 1)
      content = .text(width: width)
      format = "A\(width)"
    }
  }

  /// Digits after the point that the numbers of a column have, six at most.
  private static func decimals(in column: Column) -> Int {
    var most = 0
    for row in 0..<column.count {
      let text = column[row].canonicalText
      guard let point = text.firstIndex(of: "."), !text.contains("e") else { continue }
      most = max(most, min(text.distance(from: point, to: text.endIndex) - 1, 6))
      if most == 6 { break }
    }
    return most
  }

  /// Names that SPSS takes, all different: a letter first, then letters, digits and underscores, 64 bytes at most, no
  /// word of its language.
  static func names(of columns: [DescribedTable.Column]) -> [String] {
    let reserved: Set = [
      "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
    ]
    var used: Set<String> = []
    return columns.map { column in
      var name = String(column.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
      if name.first?.isLetter != true { name = "v" + name }
      while name.last == "_" { name.removeLast() }
      name = String(name.prefix(60))
      if reserved.contains(name.lowercased()) { name += "_1" }
      var distinct = name
      var number = 2
      while !used.insert(distinct.lowercased()).inserted {
        distinct = "\(name)_\(number)"
        number += 1
      }
      return distinct
    }
  }
}

extension String {
  /// The longest beginning of whole characters with at most so many bytes.
  func prefix(bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var result = ""
    var count = 0
    for character in self {
      count += character.utf8.count
      if count > limit { break }
      result.append(character)
    }
    return result
  }
}
