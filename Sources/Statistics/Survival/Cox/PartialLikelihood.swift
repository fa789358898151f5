import NumericalMethods

/// A log likelihood in k coefficients that Newton's steps climb.
protocol PartialLikelihood {
  var names: [String] { get }
  /// The weight of all events, by which a step is judged small.
  var eventWeight: Double { get }
  /// Goes to these coefficients.
  ///
  /// - Returns: the log likelihood there; −∞ where it cannot be computed.
  mutating func move(to coefficients: [Double]) -> Double
  /// The derivatives at the coefficients moved to last.
  mutating func derivatives() throws(StatisticsError) -> LikelihoodDerivatives
}

struct LikelihoodDerivatives: Sendable {
  var score: [Double]
  /// Minus the matrix of second derivatives, k × k.
  var information: Matrix
  /// What the information of each column would be if it were known to whom each event happens.
  var firstDiagonal: [Double]
  /// The largest |x| of each column.
  var spread: [Double]
}

/// Where the climb ended.
struct LikelihoodMaximum: Sendable {
  /// Length k; 0 where aliased.
  var coefficients: [Double]
  /// The columns that do not depend on earlier ones, ascending.
  var kept: [Int]
  /// Of the columns kept: the inverse of the information.
  var covariance: Matrix
  /// Of the columns kept, at the maximum.
  var information: Matrix
  var logLikelihood: Double
  var initialLogLikelihood: Double
  /// sᵀ I⁻¹ s at the start: the score test.
  var scoreStatistic: Double
  var iterations: Int
}

/// Climbs to the maximum by Newton's steps, halved when they overshoot.
///
/// Columns whose information, after those before them, is below 1e-11 of `firstDiagonal` are set aside.
///
/// - Parameter mayRunAway: look for coefficients without a finite maximum; otherwise steps are expected to shrink slowly.
/// - Throws: ``StatisticsError/separated(columns:of:)`` when coefficients grow without limit while the likelihood no longer
///   does; `notConverged`; `cancelled`.
func maximise<Likelihood: PartialLikelihood>(
  _ likelihood: inout Likelihood, method: String, maximumIterations: Int = 100, progress: ThrottledProgress? = nil,
  mayRunAway: Bool = true
) throws(StatisticsError) -> LikelihoodMaximum {
  let k = likelihood.names.count
  var coefficients = [Double](repeating: 0, count: k)
  var value = likelihood.move(to: coefficients)
  guard value.isFinite else { throw .notConverged(method: method, iterations: 0) }
  let initial = value
  var derivatives = try likelihood.derivatives()
  let kept = independentColumns(
    of: derivatives.information, tolerance: 1e-11, reference: derivatives.firstDiagonal)
  func separated() -> [String] {
    guard mayRunAway else { return [] }
    return kept.filter { abs(coefficients[$0]) * derivatives.spread[$0] > 5 }.map { likelihood.names[$0] }
  }
  var scoreStatistic = 0.0
  var stretch = 1.0
  var previousStep: [Double] = []
  for iteration in 0..<maximumIterations {
    guard !Task.isCancelled else { throw .cancelled }
    progress?.report(iteration, of: max(iteration + 1, 6))
    let information = derivatives.information.selecting(rows: kept, columns: kept)
    let score = kept.map { derivatives.score[$0] }
    guard let covariance = scaledInverse(information) else {
      let columns = separated()
      guard columns.isEmpty else { throw .separated(columns: columns) }
      throw .notConverged(method: method, iterations: iteration)
    }
    var step = covariance * score
    let decrement = zip(step, score).reduce(0) { $0 + $1.0 * $1.1 }
    if iteration == 0 { scoreStatistic = decrement }
    if mayRunAway, decrement < 1e-8 {
      let runaway = separated()
      let grows = kept.indices.filter {
        abs(step[$0]) > 1e-3 * abs(coefficients[kept[$0]]) && runaway.contains(likelihood.names[kept[$0]])
      }
      if !grows.isEmpty { throw .separated(columns: grows.map { likelihood.names[kept[$0]] }) }
    }
    if !mayRunAway {
      // The information is not the whole curvature here: longer steps while they agree, shorter when they turn round.
      let agreement = zip(step, previousStep).reduce(0) { $0 + $1.0 * $1.1 }
      stretch = agreement < 0 ? stretch * 0.6 : agreement > 0 ? min(2, stretch * 1.3) : 1
      previousStep = step
      step = step.map { $0 * stretch }
    }
    // A step that changes xβ by more than this can land where the likelihood is flat, and no step leads back.
    let reach = kept.indices.map { abs(step[$0]) * derivatives.spread[kept[$0]] }.max() ?? 0
    if reach > 10 { step = step.map { $0 * 10 / reach } }
    let converged = decrement <= (mayRunAway ? 1e-16 : 1e-20) * likelihood.eventWeight
    var halvings = 0
    while true {
      var candidate = coefficients
      for (place, column) in kept.enumerated() { candidate[column] += step[place] }
      let reached = likelihood.move(to: candidate)
      if reached >= value - 1e-12 * abs(value) || (converged && reached.isFinite) {
        coefficients = candidate
        value = reached
        break
      }
      halvings += 1
      guard halvings <= 30 else {
        let columns = separated()
        guard columns.isEmpty else { throw .separated(columns: columns) }
        throw .notConverged(method: method, iterations: iteration + 1)
      }
      step = step.map { $0 / 2 }
    }
    if converged {
      if mayRunAway {
        let flat = flatColumns(&likelihood, coefficients, kept, derivatives.spread, value)
        guard flat.isEmpty else { throw .separated(columns: flat.map { likelihood.names[$0] }) }
      }
      progress?.report(iteration + 1, of: iteration + 1)
      return LikelihoodMaximum(
        coefficients: coefficients, kept: kept, covariance: covariance, information: information,
        logLikelihood: value, initialLogLikelihood: initial, scoreStatistic: scoreStatistic,
        iterations: iteration)
    }
    derivatives = try likelihood.derivatives()
  }
  let columns = separated()
  guard columns.isEmpty else { throw .separated(columns: columns) }
  throw .notConverged(method: method, iterations: maximumIterations)
}

/// The columns whose coefficient can be halved although it is large, and the likelihood stays as it is.
private func flatColumns<Likelihood: PartialLikelihood>(
  _ likelihood: inout Likelihood, _ coefficients: [Double], _ kept: [Int], _ spread: [Double], _ value: Double
) -> [Int] {
  let large = kept.filter { abs(coefficients[$0]) * spread[$0] > 10 }
  guard !large.isEmpty else { return [] }
  let tolerance = 1e-9 * likelihood.eventWeight
  let flat = large.filter { column in
    var halved = coefficients
    halved[column] /= 2
    return value - likelihood.move(to: halved) < tolerance
  }
  _ = likelihood.move(to: coefficients)
  return flat
}

/// The inverse of a positive definite matrix whose rows may have very different sizes; nil when it is singular.
func scaledInverse(_ matrix: Matrix) -> Matrix? {
  guard matrix.rows > 0 else { return matrix }
  let scale = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : .nan }
  var scaled = matrix
  for c in 0..<matrix.columns {
    for r in 0..<matrix.rows { scaled[r, c] *= scale[r] * scale[c] }
  }
  guard let factor = Cholesky(scaled) else { return nil }
  var inverse = factor.inverse
  for c in 0..<matrix.columns {
    for r in 0..<matrix.rows { inverse[r, c] *= scale[r] * scale[c] }
  }
  inverse.symmetrise()
  return inverse
}
