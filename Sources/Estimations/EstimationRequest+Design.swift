import Statistics
import Tables

/// Formulas as designs.
extension EstimationRequest {
  /// A model read from a formula.
  public struct Model: Sendable {
    /// What is modelled, as it was written.
    public let responseName: String
    /// n numbers; a response of TRUE and FALSE is 1 and 0.
    public let response: [Double]
    public let design: ModelMatrix
    /// The sum of the offsets; nil without any.
    public let offset: [Double]?
    /// How each term is called, in the order of `design.terms`, the constant included.
    public let termNames: [String]
  }

  /// The design of a formula `response ~ terms`.
  public func model(_ option: String = "formula") throws(EstimationError) -> Model {
    guard let text = settings[option] else { preconditionFailure("\(option) is not required") }
    let formula = try Formula(text, option: option, columns: table.names, needsResponse: true)
    guard let expression = formula.response else {
      throw .formulaRefused(option: option, position: 1, problem: .noResponse)
    }
    let response: [Double]
    switch try variables(option).variable(expression) {
    case .numeric(_, let values): response = values
    case .factor(_, let codes, let levels, _) where levels == ["FALSE", "TRUE"]: response = codes.map { Double($0) }
    case .factor(let name, _, _, _):
      throw .columnNotNumeric(option: option, column: name, row: fileRow(of: firstText(of: expression)))
    case .spline: throw .formulaRefused(option: option, position: 1, problem: .wrongArguments(function: "rcs"))
    }
    let (design, names) = try design(of: formula, option: option)
    return Model(
      responseName: expression.label, response: response, design: design, offset: try offset(of: formula, option),
      termNames: names)
  }

  /// The design of a list of terms `age + race`; nil when the option is not given.
  ///
  /// - Parameter intercept: false leaves the constant out whatever is written, as a Cox model and matching do; factors
  ///   are coded as if it were there.
  public func designIfGiven(_ option: String, intercept: Bool = true) throws(EstimationError) -> ModelMatrix? {
    guard let text = settings[option] else { return nil }
    var formula = try Formula(text, option: option, columns: table.names, needsResponse: false)
    if !intercept { formula.hasIntercept = true }
    guard !formula.terms.isEmpty || intercept else {
      throw .formulaRefused(option: option, position: 1, problem: .noTerms)
    }
    return try design(of: formula, option: option, keepsIntercept: intercept).design
  }

  public func design(_ option: String, intercept: Bool = true) throws(EstimationError) -> ModelMatrix {
    guard let design = try designIfGiven(option, intercept: intercept) else {
      preconditionFailure("\(option) is not required")
    }
    return design
  }

  private func offset(of formula: Formula, _ option: String) throws(EstimationError) -> [Double]? {
    var sum: [Double]?
    for expression in formula.offsets {
      guard case .numeric(_, let values) = try variables(option).variable(expression) else {
        throw .formulaRefused(option: option, position: 1, problem: .wrongArguments(function: "offset"))
      }
      sum = sum.map { zip($0, values).map(+) } ?? values
    }
    return sum
  }

  /// Terms with R's coding: a factor in a term has all its levels as columns when the term without it is not in the
  /// model, and all but the reference otherwise.
  private func design(
    of formula: Formula, option: String, keepsIntercept: Bool = true
  ) throws(EstimationError) -> (design: ModelMatrix, names: [String]) {
    var known: [Expression: FormulaVariable] = [:]
    var terms: [ModelMatrix.Term] = []
    var names: [String] = []
    if formula.hasIntercept, keepsIntercept {
      terms.append(.intercept)
      names.append("(Intercept)")
    }
    let present = Set(formula.terms.map(Set.init) + (formula.hasIntercept ? [[]] : []))
    // Without a constant, the first factor that stands alone takes its place.
    var hasConstant = formula.hasIntercept
    for term in formula.terms {
      var product: ModelMatrix.Term?
      for expression in term {
        if known[expression] == nil { known[expression] = try variables(option).variable(expression) }
        guard let variable = known[expression] else { continue }
        let part: ModelMatrix.Term
        switch variable {
        case .numeric(let name, let values): part = .numeric(name, values)
        case .spline(let name, let values, let knots): part = .spline(name, values, knots: knots)
        case .factor(let name, let codes, let levels, let reference):
          let rest = Set(term).subtracting([expression])
          let isContrast = rest.isEmpty ? hasConstant : present.contains(rest)
          if rest.isEmpty { hasConstant = true }
          part = .factor(name, codes: codes, levels: levels, reference: isContrast ? reference : nil)
        }
        product = product.map { .product($0, part) } ?? part
      }
      if let product {
        terms.append(product)
        names.append(term.map(\.label).joined(separator: ":"))
      }
    }
    guard !terms.isEmpty else { throw .formulaRefused(option: option, position: 1, problem: .noTerms) }
    let design = try run { () throws(StatisticsError) in try ModelMatrix(rowCount: rowCount, terms: terms) }
    return (design, names)
  }
}
