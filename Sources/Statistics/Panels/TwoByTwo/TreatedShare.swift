import Foundation
import NumericalMethods

/// The probability of being treated, given the covariates, by a logistic model.
struct TreatedShare {
  /// n probabilities, at most 1 − 1e-16.
  let probability: [Double]
  /// n · (XᵀWX)⁻¹, W = weight · p(1 − p).
  let inverseInformation: Matrix

  /// Maximum likelihood by Newton's method, started and stopped as R's `glm` does (a relative change of the deviance
  /// below 1e-8), with the information of the last step, so that errors agree with R's to the last digit it prints.
  ///
  /// - Parameters:
  ///   - x: n × k, standardised, its first column of ones.
  ///   - treated: n numbers 0 or 1.
  ///   - weight: n numbers, zero or more.
  /// - Throws: `.collinear`, `.separated` (the covariates tell the treated apart).
  init(_ x: Matrix, treated: [Double], weight: [Double]) throws(StatisticsError) {
    let rows = x.rows
    let total = weight.reduce(0, +)
    var p = (0..<rows).map { (weight[$0] * treated[$0] + 0.5) / (weight[$0] + 1) }
    var eta = p.map { logit($0) }
    var deviance = Double.infinity
    for step in 1...60 {
      var information = weight
      var score = [Double](repeating: 0, count: rows)
      for i in 0..<rows {
        information[i] = weight[i] * p[i] * (1 - p[i])
        score[i] = information[i] * eta[i] + weight[i] * (treated[i] - p[i])
      }
      guard let factor = Cholesky(x.weightedCrossProduct(information)), factor.reciprocalCondition > 1e-14 else {
        throw step > 3
          ? .separated(columns: ["the covariates"], of: "the treatment") : .collinear(columns: ["the covariates"])
      }
      eta = x * factor.solve(x.transposedTimes(score))
      let previous = deviance
      deviance = 0
      for i in 0..<rows {
        p[i] = logistic(eta[i])
        // −log p or −log(1 − p), without cancellation.
        deviance += 2 * weight[i] * (log1p(exp(-abs(eta[i]))) + max(0, treated[i] == 1 ? -eta[i] : eta[i]))
      }
      guard deviance > 1e-8 * total else { throw .separated(columns: ["the covariates"], of: "the treatment") }
      if abs(deviance - previous) / (0.1 + abs(deviance)) < 1e-8 {
        probability = p.map { min($0, 1 - 1e-16) }
        inverseInformation = Double(rows) * factor.inverse
        return
      }
    }
    throw .notConverged(method: "the model of the probability of being treated", iterations: 60)
  }

  /// Inverse probability tilting: coefficients γ that make the weighted comparison group equal to the treated in the
  /// mean of every covariate, Σ w((1 − D)·exp(xγ) − D)x = 0 (Graham, Pinto and Egel 2012, doi:10.1093/restud/rdr047).
  ///
  /// - Throws: `.notConverged` when no such weights exist.
  static func tilted(_ x: Matrix, treated: [Double], weight: [Double]) throws(StatisticsError) -> [Double] {
    let rows = x.rows
    func loss(_ eta: [Double]) -> Double {
      var sum = 0.0
      for i in 0..<rows { sum += weight[i] * (treated[i] == 1 ? -eta[i] : exp(eta[i])) }
      return sum
    }
    let odds = zip(treated, weight).reduce(into: (treated: 0.0, other: 0.0)) { sum, row in
      if row.0 == 1 { sum.treated += row.1 } else { sum.other += row.1 }
    }
    var gamma = [Double](repeating: 0, count: x.columns)
    gamma[0] = log(odds.treated / odds.other)
    var eta = x * gamma
    var current = loss(eta)
    for _ in 0..<200 {
      var gradient = [Double](repeating: 0, count: rows)
      var curvature = gradient
      for i in 0..<rows {
        let share = weight[i] * exp(eta[i])
        gradient[i] = treated[i] == 1 ? -weight[i] : share
        curvature[i] = treated[i] == 1 ? 0 : share
      }
      let slope = x.transposedTimes(gradient)
      guard let factor = Cholesky(x.weightedCrossProduct(curvature)) else {
        throw .notConverged(method: "inverse probability tilting", iterations: 200)
      }
      let step = factor.solve(slope)
      let decrease = zip(step, slope).reduce(0) { $0 + $1.0 * $1.1 }
      if decrease <= 1e-22 * max(1, abs(current)) || slope.allSatisfy({ abs($0) < 1e-13 * odds.treated }) {
        return eta.map { min(logistic($0), 1 - 1e-16) }
      }
      var length = 1.0
      var moved = false
      while length > 1e-10 {
        let candidate = zip(gamma, step).map { $0 - length * $1 }
        let candidateEta = x * candidate
        let candidateLoss = loss(candidateEta)
        if candidateLoss.isFinite, candidateLoss <= current - 1e-4 * length * decrease + 1e-14 * abs(current) {
          (gamma, eta, current) = (candidate, candidateEta, candidateLoss)
          moved = true
          break
        }
        length /= 2
      }
      guard moved, eta.allSatisfy({ $0 < 500 }) else { break }
    }
    throw .notConverged(method: "inverse probability tilting", iterations: 200)
  }
}

extension Matrix {
  /// XᵀWX with W diagonal.
  func weightedCrossProduct(_ weight: [Double]) -> Matrix {
    var scaled = self
    for c in 0..<columns {
      for r in 0..<rows { scaled.elements[r + c * rows] *= weight[r] }
    }
    return transposedTimes(scaled)
  }

  /// The covariates of one comparison: a column of ones, then the columns that vary, with mean 0 and variance 1.
  ///
  /// Effects and influences do not change when columns are shifted and scaled; solving is then well conditioned.
  static func standardisedDesign(_ covariates: [[Double]], rows: Int) -> Matrix {
    var columns = [[Double](repeating: 1, count: rows)]
    for column in covariates {
      let mean = column.reduce(0, +) / Double(rows)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let size = column.reduce(0) { max($0, abs($1)) }
      guard variance.squareRoot() > 1e-14 * size else { continue }
      let scale = 1 / variance.squareRoot()
      columns.append(column.map { ($0 - mean) * scale })
    }
    return Matrix(columns: columns)
  }
}

/// Weighted least squares on standardised covariates, with what its estimation adds to an influence.
struct OutcomeRegression {
  /// The fitted value of every row, also of those that did not count.
  let fitted: [Double]
  /// n · (XᵀWX)⁻¹.
  let inverse: Matrix
  /// n numbers: weight · residual, zero where a row did not count.
  let weightedResidual: [Double]

  /// - Parameter weight: n numbers; zero for the rows the regression is not about.
  /// - Throws: `.collinear` when the rows that count cannot tell the columns apart.
  init(_ x: Matrix, _ y: [Double], weight: [Double]) throws(StatisticsError) {
    guard let factor = Cholesky(x.weightedCrossProduct(weight)), factor.reciprocalCondition > 1e-14 else {
      throw .collinear(columns: ["the covariates among those compared"])
    }
    var target = y
    for i in y.indices { target[i] = weight[i] == 0 ? 0 : weight[i] * y[i] }
    var beta = factor.solve(x.transposedTimes(target))
    // One step of refinement takes out what rounding left.
    var fitted = x * beta
    for i in y.indices { target[i] = weight[i] == 0 ? 0 : weight[i] * (y[i] - fitted[i]) }
    let correction = factor.solve(x.transposedTimes(target))
    for c in beta.indices { beta[c] += correction[c] }
    fitted = x * beta
    for i in y.indices { target[i] = weight[i] == 0 ? 0 : weight[i] * (y[i] - fitted[i]) }
    self.fitted = fitted
    inverse = Double(y.count) * factor.inverse
    weightedResidual = target
  }

  /// What estimating the coefficients adds to the influence of something whose derivative by them is given.
  func influence(_ x: Matrix, derivative: [Double]) -> [Double] {
    zip(x * (inverse * derivative), weightedResidual).map { $0 * $1 }
  }
}

extension TreatedShare {
  func influence(_ x: Matrix, treated: [Double], weight: [Double], derivative: [Double]) -> [Double] {
    let leverage = x * (inverseInformation * derivative)
    return leverage.indices.map { weight[$0] * (treated[$0] - probability[$0]) * leverage[$0] }
  }
}
