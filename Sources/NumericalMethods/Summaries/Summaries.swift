/// The mean, in two passes so that rounding does not grow with the number of values; NaN for none.
public func mean(of values: [Double]) -> Double {
  var sum = 0.0
  for value in values { sum += value }
  let rough = sum / Double(values.count)
  // A sum that overflows, or values that are not finite, have no rest to spread.
  guard rough.isFinite else { return rough }
  var rest = 0.0
  for value in values { rest += value - rough }
  return rough + rest / Double(values.count)
}

/// The variance with divisor n − 1, in two passes; NaN for fewer than two values.
public func variance(of values: [Double]) -> Double {
  guard values.count > 1 else { return .nan }
  let centre = mean(of: values)
  var (squares, rest) = (0.0, 0.0)
  for value in values {
    squares += (value - centre) * (value - centre)
    rest += value - centre
  }
  return (squares - rest * rest / Double(values.count)) / Double(values.count - 1)
}

/// The value below which a share of ascending values lies, interpolated between neighbours: R's `quantile`, type 7.
///
/// Of n values the place is (n − 1)p after the first; one within rounding of a whole number counts as whole, as in R.
/// (Hyndman and Fan 1996, doi:10.2307/2684934.)
///
/// - Parameter probability: from 0 to 1.
/// - Returns: NaN for no values.
public func quantile(ofAscending values: [Double], _ probability: Double) -> Double {
  precondition((0...1).contains(probability), "a quantile belongs to a probability")
  guard let last = values.indices.last else { return .nan }
  let place = probability * Double(last)
  let fuzz = 4 * Double.ulpOfOne
  let low = Int((place + fuzz).rounded(.down))
  let part = place - Double(low)
  guard low < last, abs(part) > fuzz else { return values[min(low, last)] }
  return values[low] + part * (values[low + 1] - values[low])
}
