import Primitives

/// What a method found: named values in a fixed order, and what has to be known to read them.
public struct EstimationResult: Sendable {
  /// The method's id and title.
  public let method: String
  public let title: LocalizedText
  /// The rows it rests on.
  public let rows: RowCount
  public private(set) var items: [ResultItem] = []
  /// The conventions that the numbers follow, a sentence each: ties, errors, scale of intervals.
  public private(set) var conventions: [LocalizedText] = []
  /// What a reader must know before using the numbers.
  public private(set) var warnings: [LocalizedText] = []

  public init(method: String, title: LocalizedText, rows: RowCount) {
    self.method = method
    self.title = title
    self.rows = rows
  }

  /// Adds a named value. Keys are in camel case, for instance `standardError`; see ``ResultItem/init(_:_:title:)``.
  public mutating func add(_ key: String, _ value: ResultValue, title: LocalizedText? = nil) {
    items.append(ResultItem(key, value, title: title))
  }

  public mutating func add(_ key: String, _ number: Double?, title: LocalizedText? = nil) {
    add(key, .number(number), title: title)
  }

  public mutating func add(_ key: String, _ count: Int, title: LocalizedText? = nil) {
    add(key, .whole(count), title: title)
  }

  public mutating func add(_ items: [ResultItem]) { self.items += items }

  public mutating func addConvention(_ english: String, nl dutch: String) {
    conventions.append(LocalizedText(english, nl: dutch))
  }

  /// Adds a sentence of `Statistics`, once, after words of one's own.
  public mutating func addConvention(_ convention: LocalizedText, prefix: LocalizedText? = nil) {
    let sentence =
      prefix.map { prefix in
        LocalizedText(
          "\(prefix[.english]): \(convention[.english])", nl: "\(prefix[.dutch]): \(convention[.dutch])")
      } ?? convention
    if !conventions.contains(sentence) { conventions.append(sentence) }
  }

  public mutating func addWarning(_ english: String, nl dutch: String) {
    warnings.append(LocalizedText(english, nl: dutch))
  }

  /// The value at a path of keys, for instance `["groups", "A", "median"]`; nil when there is none.
  public subscript(path: String...) -> ResultValue? {
    var items = items
    var value: ResultValue?
    for key in path {
      guard let item = items.first(where: { $0.key == key }) else { return nil }
      value = item.value
      if case .group(let inner) = item.value { items = inner } else { items = [] }
    }
    return value
  }
}

/// How many rows a result rests on, and why it is not all of them.
public struct RowCount: Codable, Hashable, Sendable {
  /// Rows of the table.
  public let read: Int
  /// Rows that `--where` left out.
  public let filtered: Int
  /// Rows left out because a column in use has no value there.
  public let missing: Int
  public var used: Int { read - filtered - missing }

  public init(read: Int, filtered: Int = 0, missing: Int = 0) {
    self.read = read
    self.filtered = filtered
    self.missing = missing
  }
}

/// A value with its name.
public struct ResultItem: Sendable {
  /// As JSON has it.
  public let key: String
  /// As people read it.
  public let title: LocalizedText
  public let value: ResultValue

  /// - Parameter title: nil for the usual title of this key (``ResultTitle``), and the key itself where there is none.
  public init(_ key: String, _ value: ResultValue, title: LocalizedText? = nil) {
    self.key = key
    self.value = value
    self.title = title ?? ResultTitle.usual[key] ?? LocalizedText(key)
  }
}

/// A value of a result.
public indirect enum ResultValue: Sendable {
  /// nil where the quantity is not defined or not reached.
  case number(Double?)
  case whole(Int)
  case text(String)
  case flag(Bool)
  case numbers([Double?])
  case texts([String])
  case table(ResultTable)
  case group([ResultItem])
}

/// Columns of one length; JSON has it as a list of rows, each with all names.
public struct ResultTable: Sendable {
  public struct Column: Sendable {
    public let key: String
    public let title: LocalizedText
    public let values: Values
  }

  public enum Values: Sendable {
    case numbers([Double?])
    case wholes([Int])
    case texts([String])
    /// Sentences for people, in each language; an empty one where there is none.
    case sentences([LocalizedText])

    public var count: Int {
      switch self {
      case .numbers(let values): values.count
      case .wholes(let values): values.count
      case .texts(let values): values.count
      case .sentences(let values): values.count
      }
    }
  }

  public private(set) var columns: [Column] = []
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  public init() {}

  /// - Precondition: all columns have one length.
  public mutating func add(_ key: String, _ values: Values, title: LocalizedText? = nil) {
    precondition(columns.isEmpty || values.count == rowCount, "the columns of a table have one length")
    columns.append(Column(key: key, title: title ?? ResultTitle.usual[key] ?? LocalizedText(key), values: values))
  }

  public mutating func add(_ key: String, _ values: [Double], title: LocalizedText? = nil) {
    add(key, .numbers(values.map { Optional($0) }), title: title)
  }

  public mutating func add(_ key: String, _ values: [Double?], title: LocalizedText? = nil) {
    add(key, .numbers(values), title: title)
  }

  public mutating func add(_ key: String, _ values: [Int], title: LocalizedText? = nil) {
    add(key, .wholes(values), title: title)
  }

  public mutating func add(_ key: String, _ values: [String], title: LocalizedText? = nil) {
    add(key, .texts(values), title: title)
  }
}
