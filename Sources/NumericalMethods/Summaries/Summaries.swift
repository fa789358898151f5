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
/// - Parameter probability: from 0 to 1.
/// - Returns: NaN for no values.
public func quantile(ofAscending values: [Double], _ probability: Double) -> Double {
  precondition((0...1).contains(probability), "a quantile belongs to a probability")
  guard let last = values.indices.last else { return .nan }
  let place = probability * Double(last)
  let low = Int(place.rounded(.down))
  guard low < last else { return values[last] }
  return values[low] + (place - Double(low)) * (values[low + 1] - values[low])
}
