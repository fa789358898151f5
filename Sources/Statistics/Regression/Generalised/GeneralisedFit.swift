import Foundation
import NumericalMethods

/// When the steps towards the maximum of a likelihood end.
public enum Convergence: String, Codable, Hashable, Sendable, CaseIterable {
  /// When a step changes the deviance by less than 1e-8 of itself; the information is that of the step before. This is
  /// R's `glm`, digit for digit. Its standard errors can differ from those of the maximum in the fifth digit.
  case relativeDeviance
  /// When no linear predictor moves any more; the information is that of the maximum (Stata, statsmodels).
  case complete
}

/// The maximum of the likelihood of a generalised linear model with independent columns.
///
/// Fisher scoring from R's starting values, with halved steps where the likelihood falls.
///
/// Where the maximum is finite the steps end by shrinking. Where columns separate the responses the likelihood rises for
/// ever, and no step that moves every linear predictor by less than one can occur: for such a step d the numbers
/// |score|·(1 ∓ xᵀd) are positive weights under which the signed rows add up to zero, and by Stiemke's lemma such weights
/// exist only when nothing separates. The steps are thus their own proof that the maximum exists.
struct GeneralisedFit: Sendable {
  /// Of the standardised columns.
  let coefficients: [Double]
  /// At the coefficients; nil when the last step came after them.
  let predictors: [Double]?
  /// Where the information was taken; nil for the same.
  let informationPredictors: [Double]?
  let logLikelihood: Double
  /// Σ weight · the largest log-likelihood that each row can have.
  let saturated: Double
  /// Of the standardised columns.
  let information: Matrix
  let inverse: Matrix
  let iterations: Int

  private static let maximumIterations = 100

  /// - Parameters:
  ///   - rows: with independent columns.
  ///   - start: where to start from: the pass at R's starting values, or coefficients of the standardised columns.
  /// - Throws: `.separated`, `.notConverged`.
  init(_ rows: LikelihoodRows, start: Start, convergence: Convergence) throws(StatisticsError) {
    var search = Search(rows: rows, convergence: convergence)
    self = try search.run(start)
  }

  enum Start {
    case pass(LikelihoodPass, predictors: [Double])
    case coefficients([Double])
  }

  fileprivate init(
    _ coefficients: [Double], _ predictors: [Double]?, at informationPredictors: [Double]?, logLikelihood: Double,
    saturated: Double, information: Matrix, inverse: Matrix, iterations: Int
  ) {
    self.coefficients = coefficients
    self.predictors = predictors
    self.informationPredictors = informationPredictors
    self.logLikelihood = logLikelihood
    self.saturated = saturated
    self.information = information
    self.inverse = inverse
    self.iterations = iterations
  }

  /// The steps, one pass over the rows each.
  private struct Search {
    let rows: LikelihoodRows
    let convergence: Convergence
    /// Σ weight · the largest log-likelihood of each row.
    let saturated: Double
    /// Linear predictors of the pass before the current one, and of the current.
    var previous: [Double]
    var current: [Double]

    init(rows: LikelihoodRows, convergence: Convergence) {
      self.rows = rows
      self.convergence = convergence
      saturated = rows.saturated()
      previous = [Double](repeating: 0, count: rows.response.count)
      current = previous
    }

    func deviance(_ pass: LikelihoodPass) -> Double { 2 * (saturated - pass.logLikelihood) }

    mutating func run(_ start: Start) throws(StatisticsError) -> GeneralisedFit {
      let name = rows.family.description
      var accepted: (pass: LikelihoodPass, coefficients: [Double])
      var factor: InformationFactor
      switch start {
      case .pass(let pass, let predictors):
        current = predictors
        guard let first = InformationFactor(pass.information) else { throw .notConverged(method: name, iterations: 0) }
        factor = first
        accepted = (pass, [])
      case .coefficients(let coefficients):
        let pass = rows.pass(coefficients, from: previous, into: &current)
        guard let first = InformationFactor(pass.information) else { throw .notConverged(method: name, iterations: 0) }
        factor = first
        accepted = (pass, coefficients)
      }
      // From R's starting values the first solution is the coefficients themselves.
      let isFromPredictors = accepted.coefficients.isEmpty
      var step = factor.solve(accepted.pass.score)
      var gain = Double.infinity
      for iteration in 1...GeneralisedFit.maximumIterations {
        let isFirst = iteration == 1 && isFromPredictors
        var size = 1.0
        var next: [Double]
        var pass: LikelihoodPass
        swap(&previous, &current)
        let old = previous
        let mayEnd = convergence == .relativeDeviance && gain < 1e-8 * (abs(deviance(accepted.pass)) + 0.1)
        while true {
          next = isFirst ? step : zip(accepted.coefficients, step).map { $0 + size * $1 }
          pass = rows.pass(next, from: old, into: &current, isLight: mayEnd && size == 1)
          let limit = accepted.pass.logLikelihood - 1e-9 * (abs(accepted.pass.logLikelihood) + 0.1)
          if pass.logLikelihood.isFinite, isFirst || pass.logLikelihood >= limit { break }
          size /= 2
          guard size > 1e-12, !isFirst else { throw .notConverged(method: name, iterations: iteration) }
        }
        if pass.smallestMargin > 0, pass.smallestMargin.isFinite { throw Separation(complete: rows, next).error }
        let (before, after) = (deviance(accepted.pass), deviance(pass))
        let change = abs(after - before) / (abs(after) + 0.1)
        if convergence == .relativeDeviance, change < 1e-8, size == 1, pass.largestMove < 0.4 {
          return GeneralisedFit(
            next, current, at: old, logLikelihood: pass.logLikelihood, saturated: saturated,
            information: accepted.pass.information, inverse: factor.inverse, iterations: iteration)
        }
        if mayEnd && size == 1 { pass = rows.pass(next, from: old, into: &current) }
        let isStuck = change < 1e-8 && pass.largestMove >= 0.4
        guard let newFactor = InformationFactor(pass.information) else {
          throw Separation(quasi: rows, along: step)?.error ?? .notConverged(method: name, iterations: iteration)
        }
        let newStep = newFactor.solve(pass.score)
        if isStuck || iteration % 20 == 0, let found = Separation(quasi: rows, along: newStep) { throw found.error }
        let settled = rows.family.isCanonical ? 1e-6 : 1e-9
        if convergence == .complete, size == 1, pass.largestMove < settled, !isFirst {
          // The last step is far below what the information or a linear predictor could show.
          return GeneralisedFit(
            zip(next, newStep).map { $0 + $1 }, nil, at: nil, logLikelihood: pass.logLikelihood, saturated: saturated,
            information: pass.information, inverse: newFactor.inverse, iterations: iteration)
        }
        gain = zip(pass.score, newStep).reduce(0) { $0 + $1.0 * $1.1 }
        accepted = (pass, next)
        factor = newFactor
        step = newStep
      }
      if let found = Separation(quasi: rows, along: step) { throw found.error }
      throw .notConverged(method: name, iterations: GeneralisedFit.maximumIterations)
    }
  }
}
