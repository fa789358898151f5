import CNumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The logarithm of the gamma function, for x above 0.
public func logGamma(_ x: Double) -> Double { x > 0 ? meedoen_log_gamma(x) : .nan }

/// The derivative of the logarithm of the gamma function, for x above 0.
public func digamma(_ x: Double) -> Double { x > 0 ? meedoen_digamma(x) : .nan }

/// The second derivative of the logarithm of the gamma function, for x above 0.
public func trigamma(_ x: Double) -> Double { x > 0 ? meedoen_trigamma(x) : .nan }

/// The logarithm of the beta function B(a, b), for a and b above 0.
public func logBeta(_ a: Double, _ b: Double) -> Double { a > 0 && b > 0 ? meedoen_log_beta(a, b) : .nan }

/// The logarithm of the number of ways to choose k of n; minus infinity when k is below 0 or above n.
public func logBinomialCoefficient(_ n: Int, _ k: Int) -> Double {
  guard n >= 0, k >= 0, k <= n else { return -.infinity }
  if k == 0 || k == n { return 0 }
  return -log(Double(n) + 1) - logBeta(Double(n - k) + 1, Double(k) + 1)
}

/// The regularised incomplete beta function I(x; a, b): the lower tail of the beta distribution.
public func regularisedIncompleteBeta(_ x: Double, a: Double, b: Double) -> Double { Beta(a: a, b: b).lowerTail(x) }

/// The regularised lower incomplete gamma function P(shape, x).
public func regularisedIncompleteGamma(lower shape: Double, _ x: Double) -> Double {
  Gamma(shape: shape, scale: 1).lowerTail(x)
}

/// The regularised upper incomplete gamma function Q(shape, x).
public func regularisedIncompleteGamma(upper shape: Double, _ x: Double) -> Double {
  Gamma(shape: shape, scale: 1).upperTail(x)
}

/// The logarithm of a sum of exponentials, without overflow; minus infinity for no terms.
public func logSumExponentials(_ exponents: [Double]) -> Double {
  guard let largest = exponents.max() else { return -.infinity }
  guard largest.isFinite else { return largest }
  var sum = 0.0
  for exponent in exponents { sum += exp(exponent - largest) }
  return largest + log(sum)
}

/// 1 / (1 + e⁻ˣ), without overflow and with full relative precision at both ends.
public func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}

/// log(p / (1 − p)), for p between 0 and 1; infinite at the ends.
public func logit(_ p: Double) -> Double { log(p) - log1p(-p) }
