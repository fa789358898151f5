import NumericalMethods
import Primitives

/// One chain of draws: the current values of every variable, and how the missing ones are drawn anew.
struct ImputationChain: Sendable {
  private let variables: [IncompleteVariable]
  private let missing: [[Int]]
  /// For each variable 1 where observed, 0 where missing.
  private let observed: [[Double]]
  private let predictors: [[Int]]
  private(set) var current: [CompleteVariable]
  private var generator: CounterGenerator
  /// For each variable the mean of its imputed numbers after each round.
  private(set) var traces: [[Double]]

  init(_ variables: [IncompleteVariable], predictors: [String: [String]], generator: CounterGenerator) {
    self.variables = variables
    self.generator = generator
    missing = variables.map(\.missing)
    observed = zip(variables, missing).map { variable, missing in
      var flags = [Double](repeating: 1, count: variable.count)
      for row in missing { flags[row] = 0 }
      return flags
    }
    self.predictors = variables.indices.map { own in
      variables.indices.filter { other in
        other != own && (predictors[variables[own].name]?.contains(variables[other].name) ?? true)
      }
    }
    traces = variables.map { _ in [] }
    current = []
    // Each chain starts from observed values drawn at random.
    for variable in variables {
      switch variable.values {
      case .numbers(let numbers):
        let seen = numbers.compactMap { $0 }
        current.append(
          .numbers(variable.name, numbers.map { $0 ?? seen[self.generator.index(below: seen.count)] }))
      case .categories(let codes, let levels):
        let seen = codes.compactMap { $0 }
        current.append(
          .categories(
            variable.name, codes.map { $0 ?? seen[self.generator.index(below: seen.count)] }, levels: levels))
      }
    }
  }

  /// Draws the missing values of every variable once.
  mutating func visitAll(_ cancellation: Cancellation) throws(StatisticsError) {
    for v in variables.indices where !missing[v].isEmpty {
      try cancellation.check()
      let design = try ModelMatrix(
        rowCount: variables[v].count, terms: [.intercept] + predictors[v].map { current[$0].term })
      switch current[v] {
      case .numbers(let name, var values):
        let draw = try LinearDraw(design, values, observed[v], &generator)
        switch variables[v].method {
        case .predictiveMeanMatching(let donors):
          draw.match(&values, missing[v], observed[v], donors: donors, &generator)
        default:
          for row in missing[v] { values[row] = draw.drawn[row] + draw.scale * generator.normal() }
        }
        current[v] = .numbers(name, values)
        traces[v].append(missing[v].reduce(0) { $0 + values[$1] } / Double(missing[v].count))
      case .categories(let name, var codes, let levels):
        try drawCategories(v, design, &codes, levels: levels.count)
        current[v] = .categories(name, codes, levels: levels)
      }
    }
  }

  /// Each level against those after it, in their order, until one is drawn.
  private mutating func drawCategories(
    _ v: Int, _ design: ModelMatrix, _ codes: inout [Int32], levels: Int
  ) throws(StatisticsError) {
    var left = missing[v]
    for level in 0..<Int32(levels) {
      guard !left.isEmpty else { return }
      // The rows in which this level was still possible.
      var possible = observed[v]
      var (here, later) = (0, 0)
      for i in codes.indices where possible[i] == 1 {
        if codes[i] < level {
          possible[i] = 0
        } else if codes[i] == level {
          here += 1
        } else {
          later += 1
        }
      }
      if later == 0 {
        for row in left { codes[row] = level }
        return
      }
      guard here > 0 else { continue }
      let predictors = try drawPredictors(design, codes.map { $0 == level ? 1 : 0 }, weights: possible)
      var rest: [Int] = []
      for row in left {
        if generator.uniform() < ResponseFamily.Link.logit.mean(predictors[row]) {
          codes[row] = level
        } else {
          rest.append(row)
        }
      }
      left = rest
    }
  }

  /// Linear predictors under coefficients drawn from their normal approximation; Firth's penalty where something
  /// separates.
  private mutating func drawPredictors(
    _ design: ModelMatrix, _ response: [Double], weights: [Double]
  ) throws(StatisticsError) -> [Double] {
    let kept: ModelMatrix
    let coefficients: [Double]
    let covariance: Matrix
    do {
      let model = try GeneralisedLinearModel(design, response: response, family: .binomial, weights: weights)
      (kept, coefficients, covariance) = (model.design, model.coefficients, model.covariance)
    } catch {
      guard case .separated = error else { throw error }
      let model = try FirthLogisticRegression(design, response: response, weights: weights)
      (kept, coefficients, covariance) = (model.design, model.coefficients, model.covariance)
    }
    return kept.linearPredictor(try drawNormal(coefficients, covariance, scale: 1, &generator))
  }
}

/// A draw of coefficients from a normal distribution.
///
/// Through Cholesky's factor of the correlations. Where these are singular to rounding, so that there is none, through
/// their eigenvectors: directions without variance then get no noise, and the others keep theirs.
///
/// - Throws: `.negativeVariance` when a direction has a variance below zero by more than rounding, or one that is not
///   finite: nothing can be drawn, and the mean alone would make imputed values look certain.
func drawNormal(
  _ mean: [Double], _ covariance: Matrix, scale: Double, _ generator: inout CounterGenerator
) throws(StatisticsError) -> [Double] {
  let noise = mean.map { _ in generator.normal() }
  let sizes = covariance.diagonal.map { $0 > 0 ? $0.squareRoot() : 1 }
  var unit = covariance
  for c in 0..<unit.columns {
    for r in 0..<unit.rows { unit[r, c] /= sizes[r] * sizes[c] }
  }
  let shift: [Double]
  if let factor = Cholesky(unit) {
    shift = factor.lower * noise
  } else {
    guard unit.elements.allSatisfy(\.isFinite), let eigen = SymmetricEigen(unit), let largest = eigen.values.last,
      eigen.values[0] >= -1e-8 * max(1, largest)
    else { throw .negativeVariance(of: "a combination of coefficients") }
    shift = eigen.vectors * zip(eigen.values, noise).map { max(0, $0).squareRoot() * $1 }
  }
  return mean.indices.map { mean[$0] + scale * sizes[$0] * shift[$0] }
}
