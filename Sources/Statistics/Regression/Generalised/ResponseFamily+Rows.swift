#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif
import NumericalMethods

/// Numbers of one row: η the linear predictor, μ the mean, y the response. All are stable far from zero.
extension ResponseFamily {
  /// g⁻¹(η).
  @inline(__always) func mean(_ eta: Double) -> Double { link.mean(eta) }

  /// log f(y | η) without what does not depend on η, its derivative by η, and the expected information on η.
  @inline(__always) func row(_ y: Double, _ eta: Double) -> (logLikelihood: Double, score: Double, weight: Double) {
    switch (distribution, link) {
    case (.binomial, .logit):
      let t = exp(-abs(eta))
      let p = 1 / (1 + t)
      let mean = eta >= 0 ? p : t * p
      return (y * eta - max(eta, 0) - log1p(t), y - mean, t * p * p)
    case (.binomial, .probit):
      let upper = logOfNormalTail(-eta)
      let lower = logOfNormalTail(eta)
      // φ/Φ and φ/(1 − Φ), finite where both parts vanish.
      let success = exp(-0.5 * eta * eta - 0.9189385332046727 - upper)
      let failure = exp(-0.5 * eta * eta - 0.9189385332046727 - lower)
      return (y * upper + (1 - y) * lower, y * success - (1 - y) * failure, success * failure)
    case (.binomial, .complementaryLogLog):
      let hazard = exp(min(eta, 700))
      // μ/(dμ/dη) by its series where 1 − exp(−h) loses digits.
      let mean = -expm1(-hazard)
      let success = mean > 0 ? hazard * exp(-hazard) / mean : 1
      let logMean = hazard < 1e-300 ? eta : log(mean)
      return (y * logMean - (1 - y) * hazard, y * success - (1 - y) * hazard, success * hazard)
    case (.poisson, _):
      let mean = exp(eta)
      return (y * eta - mean, y - mean, mean)
    case (.negativeBinomial(let shape), _):
      let mean = exp(eta)
      let share = shape / (shape + mean)
      return (y * eta - (y + shape) * log1p(mean / shape), (y - mean) * share, mean * share)
    default: preconditionFailure("a family has a link of its own")
    }
  }

  /// The derivative of the score by η, with its sign turned: what the observed information is made of.
  func observedWeight(_ y: Double, _ eta: Double) -> Double {
    switch (distribution, link) {
    case (.binomial, .probit):
      let success = exp(-0.5 * eta * eta - 0.9189385332046727 - logOfNormalTail(-eta))
      let failure = exp(-0.5 * eta * eta - 0.9189385332046727 - logOfNormalTail(eta))
      return y * success * (eta + success) + (1 - y) * failure * (failure - eta)
    case (.binomial, .complementaryLogLog):
      let hazard = exp(min(eta, 700))
      let mean = -expm1(-hazard)
      let success = mean > 0 ? hazard * exp(-hazard) / mean : 1
      return y * success * (success + hazard - 1) + (1 - y) * hazard
    case (.negativeBinomial(let shape), _):
      let mean = exp(eta)
      return mean * shape * (y + shape) / ((shape + mean) * (shape + mean))
    default: return row(y, eta).weight
    }
  }

  /// Where R's `glm` starts: a mean near the response but inside its range.
  func startingPredictor(_ y: Double, weight: Double) -> Double {
    switch distribution {
    case .binomial: link.predictor((weight * y + 0.5) / (weight + 1))
    case .poisson: link.predictor(y + 0.1)
    case .negativeBinomial: link.predictor(y == 0 ? 1.0 / 6 : y)
    }
  }

  /// −1 where the likelihood only grows as η falls, 1 where it only grows as η rises, 0 where it has its top between.
  @inline(__always) func direction(_ y: Double) -> Double {
    if y == 0 { return -1 }
    if case .binomial = distribution, y == 1 { return 1 }
    return 0
  }

  /// The largest value that `row`'s log-likelihood can have for a response: that of a model which fits it exactly.
  func saturated(_ y: Double) -> Double {
    switch distribution {
    case .binomial: y > 0 && y < 1 ? y * log(y) + (1 - y) * log1p(-y) : 0
    case .poisson: y > 0 ? y * log(y) - y : 0
    case .negativeBinomial(let shape): y > 0 ? y * log(y) - (y + shape) * log1p(y / shape) : 0
    }
  }

  /// Twice how far `row`'s log-likelihood lies below its largest value: the square of a deviance residual.
  func deviance(_ y: Double, _ eta: Double) -> Double {
    switch distribution {
    case .binomial: return 2 * (saturated(y) - row(y, eta).logLikelihood)
    case .poisson: return 2 * ((y > 0 ? y * (log(y) - eta) : 0) - (y - exp(eta)))
    case .negativeBinomial(let shape):
      let mean = exp(eta)
      return 2 * ((y > 0 ? y * (log(y) - eta) : 0) - (y + shape) * log1p((y - mean) / (mean + shape)))
    }
  }

  /// What `row` leaves out of the log-likelihood.
  func constant(_ y: Double, weight: Double) -> Double {
    switch distribution {
    case .binomial:
      let successes = weight * y
      guard y > 0, y < 1 else { return 0 }
      return logGamma(weight + 1) - logGamma(successes + 1) - logGamma(weight - successes + 1)
    case .poisson: return -weight * logGamma(y + 1)
    case .negativeBinomial(let shape):
      let pair = logGamma(shape + y) - logGamma(shape) - logGamma(y + 1) - y * log(shape)
      return weight * pair
    }
  }
}

extension ResponseFamily.Link {
  /// g⁻¹(η).
  @inline(__always) func mean(_ eta: Double) -> Double {
    switch self {
    case .logit:
      let t = exp(-abs(eta))
      return eta >= 0 ? 1 / (1 + t) : t / (1 + t)
    case .probit: return 0.5 * erfc(-eta * 0.7071067811865476)
    case .complementaryLogLog: return -expm1(-exp(eta))
    case .log: return exp(eta)
    }
  }

  /// g⁻¹ with its first and second derivative.
  @inline(__always) func meanAndSlopes(_ eta: Double) -> (mean: Double, slope: Double, curvature: Double) {
    switch self {
    case .logit:
      let t = exp(-abs(eta))
      let p = 1 / (1 + t)
      let slope = t * p * p
      let mean = eta >= 0 ? p : t * p
      return (mean, slope, eta >= 0 ? slope * (t - 1) * p : slope * (1 - t) * p)
    case .probit:
      let density = exp(-0.5 * eta * eta) * 0.3989422804014327
      return (mean(eta), density, -eta * density)
    case .complementaryLogLog:
      let hazard = exp(eta)
      let slope = exp(eta - hazard)
      return (-expm1(-hazard), slope, hazard.isFinite ? slope * (1 - hazard) : 0)
    case .log:
      let mean = exp(eta)
      return (mean, mean, mean)
    }
  }

  /// g(μ).
  func predictor(_ mean: Double) -> Double {
    switch self {
    case .logit: logarithm(mean / (1 - mean))
    case .probit: Normal.standard.quantile(lowerTail: mean)
    case .complementaryLogLog: logarithm(-log1p(-mean))
    case .log: logarithm(mean)
    }
  }
}

/// The logarithm, which inside the type is hidden by its case of the same name.
private func logarithm(_ x: Double) -> Double { log(x) }

/// log P(Z > x) of a standard normal Z, with all its digits in both tails.
@inline(__always) private func logOfNormalTail(_ x: Double) -> Double {
  if x < 35 { return log(0.5 * erfc(x * 0.7071067811865476)) }
  // Laplace's continued fraction, exact to working precision this far out.
  let square = x * x
  return -0.5 * square - log(x) - 0.9189385332046727 + log1p(-1 / square + 3 / (square * square))
}
