import Foundation
import NumericalMethods

/// Negative binomial regression with its shape estimated: counts that vary more than Poisson's.
///
/// The variance is μ + μ²/θ. Coefficients and θ are raised in turn until neither moves (MASS's `glm.nb`; Lawless 1987,
/// doi:10.2307/3314912). The expected information of coefficients and θ has no cross terms, so the errors of the
/// coefficients are those of a fit with θ known.
///
/// Where the counts vary less than Poisson's there is no finite θ: `shape` is then infinity and `model` is the Poisson
/// model, the limit of the likelihood.
public struct NegativeBinomialModel: Sendable {
  /// The regression with the estimated θ, or the Poisson regression.
  public let model: GeneralisedLinearModel
  /// θ (R's theta, the inverse of Stata's alpha), infinity for Poisson.
  public let shape: Double
  /// From the observed information on θ; nil when θ is infinite.
  public let shapeStandardError: Double?
  /// Of the Poisson model with the same columns.
  public let poissonLogLikelihood: Double

  /// - Parameter convergence: with `.relativeDeviance` the standard error of θ is that of R's last but one step on θ,
  ///   which can differ from that of the maximum in the fourth digit; everything else is the maximum either way.
  /// - Throws: as `GeneralisedLinearModel`.
  public init(
    _ design: ModelMatrix, response: [Double], weights: [Double]? = nil, offset: [Double]? = nil,
    convergence: Convergence = .relativeDeviance
  ) throws(StatisticsError) {
    var model = try GeneralisedLinearModel(
      design, response: response, family: .poisson, weights: weights, offset: offset, convergence: .complete)
    poissonLogLikelihood = model.logLikelihood
    let counts = ShapeLikelihood(response: response, weights: weights)
    guard var shape = counts.start(model.fitted) else {
      self.model = try GeneralisedLinearModel(
        design, response: response, family: .poisson, weights: weights, offset: offset)
      self.shape = .infinity
      shapeStandardError = nil
      return
    }
    for _ in 0..<200 {
      guard let next = counts.maximise(from: shape, means: model.fitted) else { break }
      let move = abs(next - shape)
      shape = next
      let start = (kept: model.keptColumns, coefficients: model.coefficients)
      model = try GeneralisedLinearModel(
        design, response: response, family: .negativeBinomial(shape: shape), weights: weights, offset: offset,
        convergence: .complete, start: start)
      if move <= 1e-10 * shape {
        let curvature =
          convergence == .complete
          ? counts.derivatives(shape, model.fitted).curvature : counts.curvatureOfStep(model.fitted)
        self.model = model
        self.shape = shape
        shapeStandardError = curvature > 0 ? 1 / curvature.squareRoot() : nil
        return
      }
    }
    throw .notConverged(method: "the shape of negative binomial regression", iterations: 200)
  }

  /// 1/θ, Stata's alpha, with its standard error.
  public var dispersion: (value: Double, standardError: Double?) {
    (1 / shape, shapeStandardError.map { $0 / (shape * shape) })
  }

  public var logLikelihood: Double { model.logLikelihood }

  /// −2 log L + 2(k + 1): θ counts as a parameter.
  public var akaikeCriterion: Double { model.akaikeCriterion + 2 }

  public var bayesianCriterion: Double { model.bayesianCriterion + log(Double(model.observations)) }

  /// The likelihood-ratio test of Poisson against more variance. 1/θ = 0 lies at the bound of what is possible, so the
  /// p-value is half that of chi-square with one degree (Self and Liang 1987, doi:10.1080/01621459.1987.10478472).
  public var overdispersionTest: (statistic: Double, pValue: Double) {
    let statistic = max(0, 2 * (logLikelihood - poissonLogLikelihood))
    return (statistic, statistic > 0 ? ChiSquared(degreesOfFreedom: 1).upperTail(statistic) / 2 : 1)
  }
}

/// The negative binomial likelihood as a function of its shape.
struct ShapeLikelihood {
  let response: [Double]
  let weights: [Double]?
  /// The different counts, and which of them each row has: there are far fewer of them than rows.
  private let distinct: [Double]
  private let codes: [Int32]

  init(response: [Double], weights: [Double]?) {
    self.response = response
    self.weights = weights
    var places: [Double: Int32] = [:]
    var distinct: [Double] = []
    codes = response.map { y in
      if let place = places[y] { return place }
      places[y] = Int32(distinct.count)
      distinct.append(y)
      return Int32(distinct.count - 1)
    }
    self.distinct = distinct
  }

  /// The moment estimate Σ μ² / Σ ((y − μ)² − μ); nil when the counts vary no more than Poisson's.
  func start(_ means: [Double]) -> Double? {
    var (excess, square) = (0.0, 0.0)
    for i in response.indices {
      let weight = weights?[i] ?? 1
      guard weight > 0 else { continue }
      let difference = response[i] - means[i]
      // The derivative of the log-likelihood by 1/θ at 0 is half of this sum.
      excess += weight * (difference * difference - response[i])
      square += weight * means[i] * means[i]
    }
    guard excess > 0, square > 0 else { return nil }
    return square / excess
  }

  /// The derivative of the log-likelihood by θ, and the second one with its sign turned.
  func derivatives(_ shape: Double, _ means: [Double]) -> (slope: Double, curvature: Double) {
    let (base, spread) = (digamma(shape), trigamma(shape))
    let own = distinct.map { $0 == 0 ? 0 : digamma(shape + $0) - base }
    let bend = distinct.map { $0 == 0 ? 0 : spread - trigamma(shape + $0) }
    let sums = WorkSharing.reduce(
      count: response.count, empty: { (0.0, 0.0) },
      add: { sums, rows in
        for i in rows {
          let weight = weights?[i] ?? 1
          guard weight > 0 else { continue }
          let (y, total) = (response[i], shape + means[i])
          let ratio = (y - means[i]) / total
          let place = Int(codes[i])
          sums.0 += weight * (own[place] - log1p(means[i] / shape) - ratio)
          sums.1 += weight * (bend[place] - 1 / shape + 2 / total - (y + shape) / (total * total))
        }
      },
      combine: { $0 = ($0.0 + $1.0, $0.1 + $1.1) })
    return (sums.0, sums.1)
  }

  /// The shape of the largest likelihood for given means, by Newton's steps on its logarithm; nil when it runs away.
  func maximise(from start: Double, means: [Double]) -> Double? {
    var shape = start
    for _ in 0..<100 {
      let (slope, curvature) = derivatives(shape, means)
      // By log θ the slope is θ·slope and the curvature θ²·curvature − θ·slope.
      let (gradient, bend) = (shape * slope, shape * shape * curvature - shape * slope)
      let step = bend > 0 ? gradient / bend : (gradient > 0 ? 1 : -1)
      let bounded = max(-2, min(2, step))
      shape *= exp(bounded)
      guard shape < 1e12, shape > 1e-12 else { return nil }
      if abs(bounded) < 1e-12 { return shape }
    }
    return shape
  }

  /// The curvature at the last step of MASS's `theta.ml`, which ends when a step is below the fourth root of rounding.
  func curvatureOfStep(_ means: [Double]) -> Double {
    var (total, ratio) = (0.0, 0.0)
    for i in response.indices {
      let weight = weights?[i] ?? 1
      let share = response[i] / means[i] - 1
      total += weight
      ratio += weight * share * share
    }
    var shape = total / ratio
    var curvature = 0.0
    for _ in 1..<10 {
      shape = abs(shape)
      let found = derivatives(shape, means)
      curvature = found.curvature
      let step = found.slope / curvature
      shape += step
      if abs(step) <= pow(Double.ulpOfOne, 0.25) { break }
    }
    return curvature
  }
}
