import Primitives
import Statistics
import Tables

/// A variable of a formula as the design needs it: numbers, a factor, or a spline.
enum FormulaVariable: Sendable {
  case numeric(String, [Double])
  case factor(String, codes: [Int32], levels: [String], reference: Int)
  case spline(String, [Double], knots: [Double])
}

/// Computes the variables of a formula over the rows in use.
struct FormulaVariables {
  let table: Table
  let option: String
  /// The reference level that was asked for, by column.
  let references: [String: String]
  /// The row of the file at a position.
  let fileRow: (Int) -> Int

  func variable(_ expression: Expression) throws(EstimationError) -> FormulaVariable {
    if case .call("rcs", let arguments) = expression { return try spline(arguments) }
    if case .call("factor", let arguments) = expression { return try factor(expression, arguments) }
    switch try ExpressionEvaluation(table: table, option: option).value(expression) {
    case .numbers(let numbers):
      try check(numbers, expression)
      return .numeric(expression.label, numbers)
    case .truths(let truths):
      try check(truths, expression)
      return .factor(
        expression.label, codes: truths.map { $0 == 0 ? 0 : 1 }, levels: ["FALSE", "TRUE"],
        reference: try reference(of: expression, in: ["FALSE", "TRUE"]))
    case .categories(let codes, let levels):
      let (codes, levels) = Self.ordered(codes, levels)
      return .factor(
        expression.label, codes: codes, levels: levels, reference: try reference(of: expression, in: levels))
    case .number(let number): return .numeric(expression.label, [Double](repeating: number, count: table.rowCount))
    case .text, .numberList, .textList: throw refused(.textWhereNumberNeeded)
    }
  }

  private func refused(_ problem: EstimationError.FormulaProblem) -> EstimationError {
    .formulaRefused(option: option, position: 1, problem: problem)
  }

  private func check(_ numbers: [Double], _ expression: Expression) throws(EstimationError) {
    guard let position = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    throw .expressionNotFinite(option: option, expression: expression.label, row: fileRow(position))
  }

  private func reference(of expression: Expression, in levels: [String]) throws(EstimationError) -> Int {
    guard let column = expression.columns.first, let wanted = references[column] else { return 0 }
    guard let place = levels.firstIndex(of: wanted) else { throw .unknownLevel(option: "reference", column: column) }
    return place
  }

  /// The levels that occur, sorted by their characters' code points, and the codes that go with them.
  static func ordered(_ codes: [Int32], _ levels: [String]) -> (codes: [Int32], levels: [String]) {
    var occurs = [Bool](repeating: false, count: levels.count)
    for code in codes where code >= 0 { occurs[Int(code)] = true }
    let order = levels.indices.filter { occurs[$0] }.sorted {
      levels[$0].unicodeScalars.lexicographicallyPrecedes(levels[$1].unicodeScalars)
    }
    var place = [Int32](repeating: -1, count: levels.count)
    for (new, old) in order.enumerated() { place[old] = Int32(new) }
    return (codes.map { $0 < 0 ? -1 : place[Int($0)] }, order.map { levels[$0] })
  }

  /// Numbers as groups: the distinct values in ascending order.
  static func grouped(_ numbers: [Double], names: (Double) -> String = plain) -> (codes: [Int32], levels: [String]) {
    var seen: Set<Double> = []
    for number in numbers where !number.isNaN { seen.insert(number) }
    let distinct = seen.sorted()
    let place = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
    return (numbers.map { $0.isNaN ? -1 : place[$0]! }, distinct.map(names))
  }

  private func factor(
    _ expression: Expression, _ arguments: [Expression.Argument]
  ) throws(EstimationError) -> FormulaVariable {
    guard let first = arguments.first, first.name == nil else { throw refused(.wrongArguments(function: "factor")) }
    var (codes, levels) = try categories(first.value)
    var reference = try reference(of: first.value, in: levels)
    for argument in arguments.dropFirst() {
      let given = try ExpressionEvaluation(table: table, option: option).value(argument.value)
      switch (argument.name, given) {
      case ("ref", .text(let text)): reference = try place(of: text, in: levels, first.value)
      case ("ref", .number(let number)): reference = try place(of: plain(number), in: levels, first.value)
      case ("levels", .textList(let order)): (codes, levels) = try reordered(codes, levels, order, first.value)
      case ("levels", .numberList(let order)):
        (codes, levels) = try reordered(codes, levels, order.map(plain), first.value)
      default: throw refused(.wrongArguments(function: "factor"))
      }
    }
    let name = Expression.call("factor", [first]).label
    return .factor(name, codes: codes, levels: levels, reference: reference)
  }

  /// The groups of a variable, in order.
  func categories(_ expression: Expression) throws(EstimationError) -> (codes: [Int32], levels: [String]) {
    switch try ExpressionEvaluation(table: table, option: option).value(expression) {
    case .categories(let codes, let levels): return Self.ordered(codes, levels)
    case .truths(let truths):
      let (codes, levels) = Self.grouped(truths)
      return (codes, levels.map { $0 == "0" ? "FALSE" : "TRUE" })
    case .numbers(let numbers):
      if case .column(let name) = expression, case .dates(let dates)? = table[name] {
        return Self.ordered(dates)
      }
      return Self.grouped(numbers)
    default: throw refused(.wrongArguments(function: "factor"))
    }
  }

  private static func ordered(_ dates: DateColumn) -> (codes: [Int32], levels: [String]) {
    let (codes, _) = grouped(dates.days.map { $0 == DateColumn.missing ? .nan : Double($0) })
    let distinct = Set(dates.days).subtracting([DateColumn.missing]).sorted()
    return (codes, distinct.map { DateColumn(days: [$0])[0]!.iso })
  }

  private func place(
    of level: String, in levels: [String], _ expression: Expression
  ) throws(EstimationError) -> Int {
    guard let place = levels.firstIndex(of: level) else {
      throw .unknownLevel(option: option, column: expression.label)
    }
    return place
  }

  private func reordered(
    _ codes: [Int32], _ levels: [String], _ order: [String], _ expression: Expression
  ) throws(EstimationError) -> ([Int32], [String]) {
    let kept = order.filter(levels.contains)
    guard Set(levels).isSubset(of: order), Set(order).count == order.count else {
      throw .unknownLevel(option: option, column: expression.label)
    }
    let place = levels.map { Int32(kept.firstIndex(of: $0)!) }
    return (codes.map { $0 < 0 ? -1 : place[Int($0)] }, kept)
  }

  /// `rcs(x, 4)`: knots at Harrell's quantiles, 5 without a number; `rcs(x, c(20, 35, 50))`: these knots.
  private func spline(_ arguments: [Expression.Argument]) throws(EstimationError) -> FormulaVariable {
    let wrong = refused(.wrongArguments(function: "rcs"))
    guard (1...2).contains(arguments.count) else { throw wrong }
    let evaluation = ExpressionEvaluation(table: table, option: option)
    guard case .numbers(let values) = try evaluation.value(arguments[0].value) else { throw wrong }
    try check(values, arguments[0].value)
    let name = arguments[0].value.label
    switch arguments.count == 1 ? .number(5) : try evaluation.value(arguments[1].value) {
    case .number(let count) where (3...10).contains(count) && count == count.rounded():
      do throws(StatisticsError) {
        return .spline(name, values, knots: try SplineKnots.atQuantiles(of: values, count: Int(count), variable: name))
      } catch {
        throw .noEstimate(error, row: nil)
      }
    case .numberList(let knots) where knots.count >= 3 && zip(knots, knots.dropFirst()).allSatisfy({ $0 < $1 }):
      return .spline(name, values, knots: knots)
    default: throw wrong
    }
  }
}
