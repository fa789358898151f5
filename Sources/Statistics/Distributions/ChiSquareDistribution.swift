#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The probability that a chi-square variable exceeds a value: the p-value of a test.
///
/// For whole degrees of freedom the tail is a finite sum of positive terms, so nothing cancels and the relative error
/// is that of `erfc` and `exp` even far in the tail (Abramowitz and Stegun 1964, 26.4.4 and 26.4.5).
///
/// - Parameters:
///   - statistic: zero or more; a value below zero by rounding counts as zero.
///   - degreesOfFreedom: at least 1.
func chiSquareUpperTail(_ statistic: Double, degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom >= 1, "a chi-square distribution has at least one degree of freedom")
  let half = max(0, statistic) / 2
  var term: Double
  var tail: Double
  var shape: Double
  if degreesOfFreedom.isMultiple(of: 2) {
    term = exp(-half)
    tail = term
    shape = 1
  } else {
    tail = erfc(half.squareRoot())
    term = 2 * (half / Double.pi).squareRoot() * exp(-half)
    shape = 0.5
    if degreesOfFreedom > 1 { tail += term }
    shape += 1
  }
  while shape + 0.5 < Double(degreesOfFreedom) / 2 {
    term *= half / shape
    tail += term
    shape += 1
  }
  return min(1, tail)
}
