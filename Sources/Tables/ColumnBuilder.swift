import Primitives

/// Collects the values of one column, row by row.
public struct ColumnBuilder: Sendable {
  /// What a column holds.
  public enum Kind: String, Hashable, Sendable { case categories, texts, integers, numbers, dates, months, lists }

  public let kind: Kind
  private var levels: [String: Int32] = [:]
  private var column: Column

  public init(_ kind: Kind) {
    self.kind = kind
    column =
      switch kind {
      case .categories: .categories(CategoryColumn(levels: [], codes: []))
      case .texts: .texts([])
      case .integers: .integers([])
      case .numbers: .numbers([])
      case .dates: .dates(DateColumn(days: []))
      case .months: .months(MonthColumn(indices: []))
      case .lists: .lists([])
      }
  }

  /// Adds a value; one that does not fit the column's kind is a mistake of the caller.
  public mutating func append(_ value: Value) {
    // The payload is taken out and put back, so that it is changed in place rather than copied.
    let taken = column
    column = .integers([])
    switch (taken, value) {
    case (.categories(var categories), .text(let text)):
      categories.codes.append(code(of: text, in: &categories))
      column = .categories(categories)
    case (.categories(var categories), .missing):
      categories.codes.append(-1)
      column = .categories(categories)
    case (.texts(var texts), _):
      texts.append(value.isMissing ? nil : value.canonicalText)
      column = .texts(texts)
    case (.integers(var integers), .integer(let integer)), (.integers(var integers), .year(let integer)):
      integers.append(integer)
      column = .integers(integers)
    case (.integers(var integers), .missing):
      integers.append(nil)
      column = .integers(integers)
    case (.numbers(var numbers), .number(let number)):
      numbers.append(number)
      column = .numbers(numbers)
    case (.numbers(var numbers), .integer(let integer)):
      numbers.append(Double(integer))
      column = .numbers(numbers)
    case (.numbers(var numbers), .missing):
      numbers.append(.nan)
      column = .numbers(numbers)
    case (.dates(var dates), .date(let date)):
      dates.days.append(date.daysSinceEpoch)
      column = .dates(dates)
    case (.dates(var dates), .missing):
      dates.days.append(DateColumn.missing)
      column = .dates(dates)
    case (.months(var months), .month(let month)):
      months.indices.append(month.index)
      column = .months(months)
    case (.months(var months), .missing):
      months.indices.append(MonthColumn.missing)
      column = .months(months)
    case (.lists(var lists), .list(let items)):
      lists.append(items)
      column = .lists(lists)
    case (.lists(var lists), .missing):
      lists.append(nil)
      column = .lists(lists)
    default: preconditionFailure("a column of \(kind.rawValue) cannot hold this value")
    }
  }

  private mutating func code(of text: String, in categories: inout CategoryColumn) -> Int32 {
    if let code = levels[text] { return code }
    let code = Int32(categories.levels.count)
    categories.levels.append(text)
    levels[text] = code
    return code
  }

  public func finish() -> Column { column }
}
