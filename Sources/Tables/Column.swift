import Primitives

/// One typed column; every type has its own way to say that a value is missing.
public enum Column: Hashable, Sendable {
  case categories(CategoryColumn)
  case texts([String?])
  case integers([Int?])
  /// Missing is NaN; no other value is NaN.
  case numbers([Double])
  case dates(DateColumn)
  case months(MonthColumn)
  case lists([[String]?])

  public var count: Int {
    switch self {
    case .categories(let column): column.codes.count
    case .texts(let values): values.count
    case .integers(let values): values.count
    case .numbers(let values): values.count
    case .dates(let column): column.days.count
    case .months(let column): column.indices.count
    case .lists(let values): values.count
    }
  }

  /// The value in a row. A category is text.
  public subscript(row: Int) -> Value {
    switch self {
    case .categories(let column): column[row].map(Value.text) ?? .missing
    case .texts(let values): values[row].map(Value.text) ?? .missing
    case .integers(let values): values[row].map(Value.integer) ?? .missing
    case .numbers(let values): values[row].isNaN ? .missing : .number(values[row])
    case .dates(let column): column[row].map(Value.date) ?? .missing
    case .months(let column): column[row].map(Value.month) ?? .missing
    case .lists(let values): values[row].map(Value.list) ?? .missing
    }
  }

  /// The rows at these places, in their order; a place may occur more than once.
  public func selecting(_ rows: [Int]) -> Column {
    switch self {
    case .categories(let column):
      .categories(CategoryColumn(levels: column.levels, codes: rows.map { column.codes[$0] }))
    case .texts(let values): .texts(rows.map { values[$0] })
    case .integers(let values): .integers(rows.map { values[$0] })
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .dates(let column): .dates(DateColumn(days: rows.map { column.days[$0] }))
    case .months(let column): .months(MonthColumn(indices: rows.map { column.indices[$0] }))
    case .lists(let values): .lists(rows.map { values[$0] })
    }
  }
}

/// Texts that recur, each kept once: a row holds the place of its text among the levels, or -1 when missing.
public struct CategoryColumn: Hashable, Sendable {
  public internal(set) var levels: [String]
  public internal(set) var codes: [Int32]

  public init(levels: [String], codes: [Int32]) {
    precondition(codes.allSatisfy { $0 >= -1 && Int($0) < levels.count }, "a code has no level")
    self.levels = levels
    self.codes = codes
  }

  public subscript(row: Int) -> String? { codes[row] < 0 ? nil : levels[Int(codes[row])] }
}

/// Days; missing is ``DateColumn/missing``.
public struct DateColumn: Hashable, Sendable {
  public static let missing = Int32.min
  /// Days since 1970-01-01.
  public var days: [Int32]

  public init(days: [Int32]) { self.days = days }

  public subscript(row: Int) -> CalendarDate? {
    days[row] == Self.missing ? nil : CalendarDate(daysSinceEpoch: days[row])
  }
}

/// Months; missing is ``MonthColumn/missing``.
public struct MonthColumn: Hashable, Sendable {
  public static let missing = Int32.min
  public var indices: [Int32]

  public init(indices: [Int32]) { self.indices = indices }

  public subscript(row: Int) -> CalendarMonth? {
    indices[row] == Self.missing ? nil : CalendarMonth(index: indices[row])
  }
}
