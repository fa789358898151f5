import Primitives
import Statistics

/// The variables of a design as they are named on the command line.
struct MarginalVariables {
  let design: ModelMatrix
  private let known: [ModelVariable]

  init(design: ModelMatrix) {
    self.design = design
    known = design.variables
  }

  /// The variable of a name: `region` also finds `factor(region)`.
  private func variable(_ name: String, option: String) throws(EstimationError) -> ModelVariable {
    guard let found = known.first(where: { $0.name == name }) ?? known.first(where: { $0.name == "factor(\(name))" })
    else {
      let names = known.map(\.name)
      throw .unknownChoice(option: option, found: name, near: nearest(to: name, in: names), choices: names)
    }
    return found
  }

  /// nil for all variables.
  func names(_ given: [String]) throws(EstimationError) -> [String]? {
    var names: [String] = []
    for name in given { names.append(try variable(name, option: "variables").name) }
    let wanted = names.isEmpty ? known.map(\.name) : names
    for name in wanted { try check(name) }
    return names.isEmpty ? nil : names
  }

  /// A variable that is also part of an expression cannot be moved alone.
  private func check(_ name: String) throws(EstimationError) {
    guard let column = (try? ExpressionParser.parse(name, option: "variables"))?.columns, column.count == 1 else {
      return
    }
    let others = known.map(\.name).filter { other in
      other != name
        && ((try? ExpressionParser.parse(other, option: "variables"))?.columns.contains(column[0]) ?? false)
    }
    guard let other = others.first else { return }
    throw .notEstimable(
      LocalizedText(
        "\(column[0]) is also part of \(other), which does not follow it. Write powers as I(x^2), curves as rcs(x), or ask only for other variables by --variables.",
        nl:
          "\(column[0]) is ook deel van \(other), dat niet meebeweegt. Schrijf machten als I(x^2), bochten als rcs(x), of vraag alleen andere variabelen met --variables."
      ))
  }

  /// `sex=1` and `region=north`.
  func values(_ given: [String], option: String) throws(EstimationError) -> [String: VariableValue] {
    var values: [String: VariableValue] = [:]
    for text in given {
      let (name, value) = try pair(text, option: option)
      try check(name)
      values[name] = value
    }
    return values
  }

  private func pair(_ text: String, option: String) throws(EstimationError) -> (String, VariableValue) {
    let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmed }
    guard parts.count == 2 else { throw .valueMissing(option: option) }
    let variable = try variable(parts[0], option: option)
    if let levels = variable.levels {
      guard levels.contains(parts[1]) else { throw .unknownLevel(option: option, column: variable.name) }
      return (variable.name, .level(parts[1]))
    }
    guard let number = Double(parts[1]), number.isFinite else {
      throw .notANumber(option: option, found: parts[1], limits: .any)
    }
    return (variable.name, .number(number))
  }

  /// The average prediction as observed, and one for each level or value asked.
  func predictions(
    _ given: [String], holding: [String: VariableValue]
  ) throws(EstimationError) -> [MarginalQuantity] {
    var quantities = [MarginalQuantity.prediction(holding: holding)]
    for text in given {
      if text.contains("=") {
        let (name, value) = try pair(text, option: "predictions")
        try check(name)
        quantities.append(.prediction(holding: holding.merging([name: value]) { $1 }))
        continue
      }
      let variable = try variable(text, option: "predictions")
      try check(variable.name)
      let values = variable.levels.map { $0.map { VariableValue.level($0) } } ?? [.number(0), .number(1)]
      for value in values { quantities.append(.prediction(holding: holding.merging([variable.name: value]) { $1 })) }
    }
    return quantities
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}

extension EstimationRequest {
  /// The design with `I(x^2)` and `I(x^3)` written as products of x, so that they move with it.
  func linkingPowers(in design: ModelMatrix) throws(EstimationError) -> ModelMatrix {
    var changed = false
    let terms = design.terms.map { term in
      let linked = linked(term, design)
      if linked != nil { changed = true }
      return linked ?? term
    }
    guard changed else { return design }
    return try run { () throws(StatisticsError) in try ModelMatrix(rowCount: design.rowCount, terms: terms) }
  }

  private func linked(_ term: ModelMatrix.Term, _ design: ModelMatrix) -> ModelMatrix.Term? {
    switch term {
    case .numeric(let name, _):
      guard let expression = try? ExpressionParser.parse(name, option: "formula"),
        let (base, exponent) = expression.power, (2...6).contains(exponent), let values = design.numbers(named: base)
      else { return nil }
      let first = ModelMatrix.Term.numeric(base, values)
      return (1..<exponent).reduce(first) { power, _ in .product(power, first) }
    case .product(let a, let b):
      let (x, y) = (linked(a, design), linked(b, design))
      return x == nil && y == nil ? nil : .product(x ?? a, y ?? b)
    default: return nil
    }
  }
}

extension ModelMatrix {
  /// The numbers of a variable that is a term of its own.
  fileprivate func numbers(named name: String) -> [Double]? {
    for term in terms { if case .numeric(name, let values) = term { return values } }
    return nil
  }
}

extension Expression {
  /// x and k of x^k, also within `I()` and parentheses.
  fileprivate var power: (base: String, exponent: Int)? {
    switch self {
    case .call("I", let arguments) where arguments.count == 1: arguments[0].value.power
    case .group(let inner): inner.power
    case .binary("^", .column(let name), .number(let exponent)) where exponent == exponent.rounded():
      (name, Int(exponent))
    default: nil
    }
  }
}
