import Statistics
import Tables

/// The columns that options name, for the rows in use.
extension EstimationRequest {
  private func option(_ name: String) -> EstimationOption {
    guard let option = method.options.first(where: { $0.name == name }) else {
      preconditionFailure("\(method.id) declares no option \(name)")
    }
    return option
  }

  /// The numbers of a column or an expression; nil when the option is not given. Finite, unless missing values are
  /// kept, where they are NaN.
  public func numbersIfGiven(_ name: String) throws(EstimationError) -> [Double]? {
    let option = option(name)
    guard let value = settings[name] else { return nil }
    return try numbers(of: try option.expression(in: value, of: table), option: option)
  }

  public func numbers(_ name: String) throws(EstimationError) -> [Double] {
    guard let numbers = try numbersIfGiven(name) else { preconditionFailure("\(name) is not required") }
    return numbers
  }

  /// The numbers of each of the columns that an option lists.
  public func numberColumns(_ name: String) throws(EstimationError) -> [(name: String, values: [Double])] {
    let option = option(name)
    var columns: [(name: String, values: [Double])] = []
    for column in texts(name) {
      columns.append((column, try numbers(of: try option.expression(in: column, of: table), option: option)))
    }
    return columns
  }

  private func numbers(of expression: Expression, option: EstimationOption) throws(EstimationError) -> [Double] {
    let numbers: [Double]
    switch try ExpressionEvaluation(table: table, option: option.name).value(expression) {
    case .numbers(let values), .truths(let values): numbers = values
    case .number(let number): numbers = [Double](repeating: number, count: rowCount)
    case .categories:
      // The first row that is no number is the place to look.
      let position = firstText(of: expression)
      throw .columnNotNumeric(option: option.name, column: expression.label, row: fileRow(of: position))
    default: throw .formulaRefused(option: option.name, position: 1, problem: .textWhereNumberNeeded)
    }
    if let position = numbers.firstIndex(where: { $0.isInfinite || ($0.isNaN && !option.keepsMissing) }) {
      throw .expressionNotFinite(option: option.name, expression: expression.label, row: fileRow(of: position))
    }
    return numbers
  }

  /// The first row whose cell is no number.
  func firstText(of expression: Expression) -> Int {
    guard
      case .categories(let codes, let levels)? = try? ExpressionEvaluation(table: table, option: "").value(expression)
    else { return 0 }
    return codes.firstIndex { $0 >= 0 && Double(levels[Int($0)]) == nil } ?? 0
  }

  /// Whole numbers, for instance causes and periods.
  public func wholesIfGiven(_ name: String) throws(EstimationError) -> [Int]? {
    guard let numbers = try numbersIfGiven(name) else { return nil }
    for position in numbers.indices {
      guard numbers[position] == numbers[position].rounded(), abs(numbers[position]) < 1e15 else {
        throw .expressionNotFinite(option: name, expression: settings[name]!, row: fileRow(of: position))
      }
    }
    return numbers.map { Int($0) }
  }

  public func wholes(_ name: String) throws(EstimationError) -> [Int] {
    guard let wholes = try wholesIfGiven(name) else { preconditionFailure("\(name) is not required") }
    return wholes
  }

  /// 0 and 1, for instance whether someone was treated: numbers 0 and 1, FALSE and TRUE, or a comparison.
  public func truthsIfGiven(_ name: String) throws(EstimationError) -> [Bool]? {
    let option = option(name)
    guard let value = settings[name] else { return nil }
    let expression = try option.expression(in: value, of: table)
    switch try ExpressionEvaluation(table: table, option: name).value(expression) {
    case .numbers(let values), .truths(let values):
      guard values.allSatisfy({ $0 == 0 || $0 == 1 }) else {
        throw .notTwoValues(option: name, column: expression.label, found: Set(values).count)
      }
      return values.map { $0 == 1 }
    case .categories(_, let levels):
      throw .notTwoValues(option: name, column: expression.label, found: levels.count)
    default: throw .formulaRefused(option: name, position: 1, problem: .textWhereNumberNeeded)
    }
  }

  public func truths(_ name: String) throws(EstimationError) -> [Bool] {
    guard let truths = try truthsIfGiven(name) else { preconditionFailure("\(name) is not required") }
    return truths
  }

  /// Rows in groups: a position in the levels for each row, levels in order. Numbers are ordered by size, texts by
  /// their characters.
  public struct Categories: Sendable {
    public let codes: [Int32]
    public let levels: [String]
    public var count: Int { levels.count }
    public var indices: [Int] { codes.map { Int($0) } }
  }

  public func categoriesIfGiven(_ name: String) throws(EstimationError) -> Categories? {
    guard let value = settings[name] else { return nil }
    let expression = try option(name).expression(in: value, of: table)
    return try categories(of: expression, option: name)
  }

  public func categories(_ name: String) throws(EstimationError) -> Categories {
    guard let categories = try categoriesIfGiven(name) else { preconditionFailure("\(name) is not required") }
    return categories
  }

  /// The groups of each of the columns, or expressions, that an option lists.
  public func categoryColumns(_ name: String) throws(EstimationError) -> [(name: String, categories: Categories)] {
    var columns: [(name: String, categories: Categories)] = []
    let option = option(name)
    for column in texts(name) {
      columns.append((column, try categories(of: try option.expression(in: column, of: table), option: name)))
    }
    return columns
  }

  private func categories(of expression: Expression, option: String) throws(EstimationError) -> Categories {
    let (codes, levels) = try variables(option).categories(expression)
    return Categories(codes: codes, levels: levels)
  }

  /// Labels of rows that belong together, as `FollowUp` takes them; nil when the option is not given.
  public func labels(_ name: String) throws(EstimationError) -> [Int]? { try categoriesIfGiven(name)?.indices }

  /// Clusters; nil when the option is not given.
  public func clusters(_ name: String = "cluster") throws(EstimationError) -> Clusters? {
    try categoriesIfGiven(name).map { Clusters(labels: $0.indices) }
  }

  /// One division into clusters for each column that an option lists.
  public func severalClusters(_ name: String) throws(EstimationError) -> [Clusters] {
    try categoryColumns(name).map { Clusters(labels: $0.categories.indices) }
  }

  func variables(_ option: String) -> FormulaVariables {
    FormulaVariables(table: table, option: option, references: references, fileRow: fileRow)
  }
}
