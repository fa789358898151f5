/// The point in an interval where a function crosses zero, by Brent's method.
///
/// Inverse quadratic interpolation and secant steps inside a bracket that always shrinks, bisection when they do not
/// help (Brent 1973, Algorithms for Minimization without Derivatives, chapter 4).
///
/// - Parameters:
///   - interval: ends at which the function differs in sign; an end where it is 0 is the answer.
///   - tolerance: the answer lies within this distance of a crossing (plus four units in its last place).
/// - Throws: `rootNotBracketed`, `notFinite` when the function is NaN, `notConverged`.
public func findRoot(
  in interval: ClosedRange<Double>, tolerance: Double = 0, maximumIterations: Int = 1000,
  _ function: (Double) -> Double
) throws(NumericalMethodsError) -> Double {
  var a = interval.lowerBound
  var b = interval.upperBound
  var fa = function(a)
  var fb = function(b)
  guard !fa.isNaN, !fb.isNaN else { throw .notFinite(method: "root finding") }
  if fa == 0 { return a }
  if fb == 0 { return b }
  guard (fa < 0) != (fb < 0) else { throw .rootNotBracketed(lower: a, upper: b) }
  var c = a
  var fc = fa
  var step = b - a
  var previousStep = step
  for _ in 0..<maximumIterations {
    // b is the best point, c lies on the other side of the root.
    if abs(fc) < abs(fb) { (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb) }
    let margin = 2 * Double.ulpOfOne * abs(b) + tolerance / 2
    let half = (c - b) / 2
    if fb == 0 || abs(half) <= max(margin, b.ulp) { return b }
    if abs(previousStep) >= margin, abs(fa) > abs(fb), fa.isFinite, fc.isFinite {
      let (p, q) = interpolation(a, b, c, fa, fb, fc)
      if 2 * p < min(3 * half * q - abs(margin * q), abs(previousStep * q)) {
        previousStep = step
        step = p / q
      } else {
        step = half
        previousStep = half
      }
    } else {
      step = half
      previousStep = half
    }
    a = b
    fa = fb
    b += abs(step) > margin ? step : (half > 0 ? max(margin, b.ulp) : -max(margin, b.ulp))
    fb = function(b)
    guard !fb.isNaN else { throw .notFinite(method: "root finding") }
    if (fb < 0) == (fc < 0) {
      c = a
      fc = fa
      step = b - a
      previousStep = step
    }
  }
  throw .notConverged(method: "root finding", iterations: maximumIterations)
}

/// The step p / q from b, with p at least 0: the secant when a and c coincide, else inverse quadratic interpolation.
private func interpolation(
  _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double
) -> (p: Double, q: Double) {
  let half = (c - b) / 2
  let s = fb / fa
  var p: Double
  var q: Double
  if a == c {
    p = 2 * half * s
    q = 1 - s
  } else {
    let r = fb / fc
    let t = fa / fc
    p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
    q = (t - 1) * (r - 1) * (s - 1)
  }
  if p > 0 { q = -q } else { p = -p }
  return (p, q)
}
