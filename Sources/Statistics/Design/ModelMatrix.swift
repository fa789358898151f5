import NumericalMethods

/// The columns that a model's coefficients belong to, kept as the variables they are made of.
///
/// The n × k matrix is never laid out: blocks of rows are expanded when they are needed, so a factor of twenty levels
/// costs four bytes a row. Columns are named as in R: `age`, `raceblack`, `treat:age`, `(Intercept)`.
public struct ModelMatrix: Sendable {
  /// What one or several columns are made of.
  public enum Term: Sendable {
    /// A column of ones, `(Intercept)`.
    case intercept
    /// A name and n numbers.
    case numeric(String, [Double])
    /// One column of 0 and 1 for each level but the reference; for all levels when the reference is nil.
    ///
    /// Codes are positions in the levels. Columns are named by the name and the level.
    case factor(String, codes: [Int32], levels: [String], reference: Int?)
    /// A restricted cubic spline: k knots give k − 1 columns, `x`, `x'`, `x''`.
    ///
    /// Linear before the first and after the last knot; the cubic terms are divided by the squared distance of these
    /// two (Harrell 2015, Regression Modeling Strategies, section 2.4.5, doi:10.1007/978-3-319-19425-7).
    case spline(String, [Double], knots: [Double])
    /// Every column of the one times every column of the other, the first changing fastest; `a:b`.
    indirect case product(Term, Term)
  }

  public let rowCount: Int
  public let terms: [Term]
  /// One name for each column.
  public let names: [String]
  /// Where the columns of each term start among all columns of all terms; one more than there are terms.
  let starts: [Int]
  /// The columns that count, ascending, among all columns of all terms; nil for all.
  let chosen: [Int]?

  public var columnCount: Int { names.count }

  /// Checks and keeps the terms.
  ///
  /// - Parameters:
  ///   - rowCount: n.
  ///   - terms: the columns are theirs, in their order.
  /// - Throws: `.lengthsDiffer`, `.notFinite` (naming the variable and the row), `.unknownLevel`, `.knotsNotAscending`.
  public init(rowCount: Int, terms: [Term]) throws(StatisticsError) {
    for term in terms { try term.check(rowCount: rowCount) }
    self.init(checked: terms, rowCount: rowCount, chosen: nil)
  }

  /// An intercept, if wanted, and numeric columns.
  public init(intercept: Bool = true, _ columns: [(name: String, values: [Double])]) throws(StatisticsError) {
    guard let rowCount = columns.first?.values.count else { throw .noColumns }
    try self.init(
      rowCount: rowCount,
      terms: (intercept ? [.intercept] : []) + columns.map { Term.numeric($0.name, $0.values) })
  }

  /// Terms that a design matrix has already checked.
  init(unchecked terms: [Term], rowCount: Int) { self.init(checked: terms, rowCount: rowCount, chosen: nil) }

  private init(checked terms: [Term], rowCount: Int, chosen: [Int]?) {
    self.rowCount = rowCount
    self.terms = terms
    var starts = [0]
    for term in terms { starts.append(starts.last! + term.columnCount) }
    self.starts = starts
    let all = terms.flatMap(\.names)
    self.chosen = chosen
    names = chosen.map { $0.map { all[$0] } } ?? all
  }

  /// How many columns all terms have, counted or not.
  var fullColumnCount: Int { starts.last! }

  /// The columns of a term, as positions among the columns.
  public func columns(ofTerm term: Int) -> [Int] {
    let range = starts[term]..<starts[term + 1]
    guard let chosen else { return Array(range) }
    return chosen.indices.filter { range.contains(chosen[$0]) }
  }

  /// Whether the first column is of ones.
  public var hasIntercept: Bool {
    guard let first = terms.first, case .intercept = first else { return false }
    return chosen == nil || chosen!.first == 0
  }

  /// The same columns for some of the rows, in the order given; a row may come more than once.
  public func selecting(rows: [Int]) -> ModelMatrix {
    ModelMatrix(checked: terms.map { $0.selecting(rows: rows) }, rowCount: rows.count, chosen: chosen)
  }

  /// Some of the columns; positions ascend.
  public func selecting(columns: [Int]) -> ModelMatrix {
    precondition(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 }, "the columns chosen ascend")
    return ModelMatrix(checked: terms, rowCount: rowCount, chosen: columns.map { chosen?[$0] ?? $0 })
  }

  /// With further terms after these.
  public func appending(_ more: [Term]) throws(StatisticsError) -> ModelMatrix {
    for term in more { try term.check(rowCount: rowCount) }
    let added = more.reduce(0) { $0 + $1.columnCount }
    return ModelMatrix(
      checked: terms + more, rowCount: rowCount,
      chosen: chosen.map { $0 + Array(fullColumnCount..<fullColumnCount + added) })
  }
}

extension ModelMatrix.Term {
  public var columnCount: Int {
    switch self {
    case .intercept, .numeric: 1
    case .factor(_, _, let levels, let reference): reference == nil ? levels.count : levels.count - 1
    case .spline(_, _, let knots): knots.count - 1
    case .product(let a, let b): a.columnCount * b.columnCount
    }
  }

  public var names: [String] {
    switch self {
    case .intercept: ["(Intercept)"]
    case .numeric(let name, _): [name]
    case .factor(let name, _, let levels, let reference):
      levels.indices.filter { $0 != reference }.map { name + levels[$0] }
    case .spline(let name, _, let knots):
      (0..<knots.count - 1).map { name + String(repeating: "'", count: $0) }
    case .product(let a, let b): b.names.flatMap { second in a.names.map { "\($0):\(second)" } }
    }
  }

  func check(rowCount: Int) throws(StatisticsError) {
    switch self {
    case .intercept: break
    case .numeric(let name, let values): try Self.check(values, name, rowCount)
    case .factor(let name, let codes, let levels, let reference):
      try FollowUp.check(lengthOf: codes, name, rowCount)
      precondition(reference.map(levels.indices.contains) ?? true, "the reference is one of the levels")
      for i in 0..<codes.count where codes[i] < 0 || codes[i] >= levels.count {
        throw .unknownLevel(variable: name, index: i, levels: levels.count)
      }
    case .spline(let name, let values, let knots):
      try Self.check(values, name, rowCount)
      guard knots.count >= 3, knots.allSatisfy(\.isFinite), zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw .knotsNotAscending(variable: name) }
    case .product(let a, let b):
      try a.check(rowCount: rowCount)
      try b.check(rowCount: rowCount)
    }
  }

  private static func check(_ values: [Double], _ name: String, _ rowCount: Int) throws(StatisticsError) {
    try FollowUp.check(lengthOf: values, name, rowCount)
    for i in 0..<values.count where !values[i].isFinite { throw .notFinite(array: name, index: i) }
  }

  func selecting(rows: [Int]) -> Self {
    switch self {
    case .intercept: .intercept
    case .numeric(let name, let values): .numeric(name, Self.gathered(values, rows))
    case .factor(let name, let codes, let levels, let reference):
      .factor(name, codes: Self.gathered(codes, rows), levels: levels, reference: reference)
    case .spline(let name, let values, let knots): .spline(name, Self.gathered(values, rows), knots: knots)
    case .product(let a, let b): .product(a.selecting(rows: rows), b.selecting(rows: rows))
    }
  }

  /// The elements at the given places, on all cores.
  private static func gathered<Element: BitwiseCopyable & Sendable>(_ elements: [Element], _ rows: [Int]) -> [Element] {
    WorkSharing.array(count: rows.count) { places, start in
      for place in places { start[place] = elements[rows[place]] }
    }
  }
}
