import Foundation
import Primitives

/// Reads the cells of one column in the form that its description declares, so that nothing has to be guessed.
struct DeclaredForm {
  enum Reading {
    case cell(RawCell)
    /// Declared to be missing.
    case missing
    /// A date with a time of day, which is left out.
    case withoutTime(RawCell)
    case differs
  }

  private enum Form {
    case asWritten
    case isoDate
    case date(pattern: [DatePart])
    case dateTime
    case number(decimalMark: String, groupMark: String, isBare: Bool)
    case list(delimiter: String)
  }

  private let form: Form
  private let missing: Set<String>
  /// What is said of it; nil when it goes without saying.
  let told: [String]?

  init(_ field: PackageDescription.Field, missingValues: [String]) {
    missing = Set(field.missingValues ?? missingValues)
    switch field.type {
    case "date" where field.format == "default":
      (form, told) = (.isoDate, nil)
    case "date":
      let pattern = DatePart.pattern(field.format)
      form = pattern.map { .date(pattern: $0) } ?? .asWritten
      told = pattern == nil ? nil : ["date", field.format]
    case "datetime" where field.format == "default":
      (form, told) = (.dateTime, nil)
    case "number", "integer":
      let isPlain = field.decimalMark == "." && field.groupMark.isEmpty && field.isBareNumber
      form = .number(decimalMark: field.decimalMark, groupMark: field.groupMark, isBare: field.isBareNumber)
      told = isPlain ? nil : [field.type, field.groupMark + "0" + field.decimalMark + "0"]
    case "list" where field.itemDelimiter != ",":
      (form, told) = (.list(delimiter: field.itemDelimiter), ["list", field.itemDelimiter])
    default: (form, told) = (.asWritten, nil)
    }
  }

  /// The declared missing values that are not simply an empty cell, for the note.
  var missingTold: [String] { missing.filter { !$0.isEmpty }.sorted() }

  func read(_ text: String) -> Reading {
    if missing.contains(text) { return .missing }
    switch form {
    case .asWritten: return .cell(.text(text))
    case .isoDate: return CalendarDate(iso: text).map { .cell(.date($0)) } ?? .differs
    case .date(let pattern): return DatePart.date(text, pattern).map { .cell(.date($0)) } ?? .differs
    case .dateTime:
      guard text.utf8.count > 10, text.dropFirst(10).first == "T", let date = CalendarDate(iso: text.prefix(10)) else {
        return .differs
      }
      return .withoutTime(.date(date))
    case .number(let decimalMark, let groupMark, let isBare):
      var plain = Substring(text)
      if !isBare {
        plain = plain.drop { !$0.isNumber && $0 != "-" && $0 != "+" }
        while let last = plain.last, !last.isNumber { plain.removeLast() }
      }
      var digits = String(plain)
      if !groupMark.isEmpty { digits = digits.replacingOccurrences(of: groupMark, with: "") }
      if decimalMark != "." {
        guard !digits.contains(".") else { return .differs }
        digits = digits.replacingOccurrences(of: decimalMark, with: ".")
      }
      guard looksLikeNumber(digits.utf8), let number = Double(digits) else { return .differs }
      return .cell(.number(number))
    case .list(let delimiter):
      let items = text.components(separatedBy: delimiter)
      return .cell(.text(Value.list(items).canonicalText))
    }
  }
}

/// One part of a pattern of dates as in `%d/%m/%Y`.
enum DatePart: Hashable {
  case year, month, day
  case text(Character)

  /// nil when the pattern holds anything but a year of four digits, a month and a day in digits, and plain signs.
  static func pattern(_ format: String) -> [DatePart]? {
    var parts: [DatePart] = []
    var rest = format[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        parts.append(.text(character))
        continue
      }
      switch rest.popFirst() {
      case "Y": parts.append(.year)
      case "m": parts.append(.month)
      case "d": parts.append(.day)
      default: return nil
      }
    }
    let numbers = parts.filter { [.year, .month, .day].contains($0) }
    return Set(numbers).count == 3 && numbers.count == 3 ? parts : nil
  }

  static func date(_ text: String, _ pattern: [DatePart]) -> CalendarDate? {
    var rest = text[...]
    var (year, month, day) = (0, 0, 0)
    for part in pattern {
      if case .text(let character) = part {
        guard rest.popFirst() == character else { return nil }
        continue
      }
      let longest = part == .year ? 4 : 2
      let digits = rest.prefix(longest).prefix { $0.isASCII && $0.isNumber }
      guard let number = Int(digits), part != .year || digits.count == 4 else { return nil }
      rest = rest.dropFirst(digits.count)
      switch part {
      case .year: year = number
      case .month: month = number
      default: day = number
      }
    }
    return rest.isEmpty ? CalendarDate(year: year, month: month, day: day) : nil
  }
}
