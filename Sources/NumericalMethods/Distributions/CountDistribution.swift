/// A distribution of whole numbers: tails are those of the whole number at or below x, quantiles are exact.
protocol CountDistribution: Distribution {
  var isDefined: Bool { get }
  /// The smallest and largest whole number that can occur; the largest may be infinite.
  var support: ClosedRange<Double> { get }
  /// A point near the middle, where the search for a quantile starts.
  var centre: Double { get }
  /// A step of about the standard deviation, at least 1.
  var spread: Double { get }
  /// The probability of a whole number within the support.
  func mass(_ count: Double) -> Double
  /// P(X ≤ count), for a whole number within the support below its upper end.
  func wholeLowerTail(_ count: Double) -> Double
  /// P(X > count), for a whole number within the support below its upper end.
  func wholeUpperTail(_ count: Double) -> Double
}

extension CountDistribution {
  public func density(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    return support.contains(x) && x.isFinite && x == x.rounded() ? mass(x) : 0
  }

  public func lowerTail(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    if x < support.lowerBound { return 0 }
    return x >= support.upperBound ? 1 : wholeLowerTail(x.rounded(.down))
  }

  public func upperTail(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    if x < support.lowerBound { return 1 }
    return x >= support.upperBound ? 0 : wholeUpperTail(x.rounded(.down))
  }

  public func quantile(lowerTail probability: Double) -> Double {
    guard isDefined, (0...1).contains(probability) else { return .nan }
    if probability == 0 { return support.lowerBound }
    if probability == 1 { return support.upperBound }
    // Twice the rounding of the tail: the probability of a count, computed by a caller, must lead back to that count.
    let bar = probability * (1 - 64 * Double.ulpOfOne)
    return smallestCount { lowerTail($0) >= bar }
  }

  public func quantile(upperTail probability: Double) -> Double {
    guard isDefined, (0...1).contains(probability) else { return .nan }
    if probability == 0 { return support.upperBound }
    if probability == 1 { return support.lowerBound }
    let bar = probability * (1 + 64 * Double.ulpOfOne)
    return smallestCount { upperTail($0) <= bar }
  }

  /// The smallest count in the support for which a condition that stays true once true holds.
  private func smallestCount(_ holds: (Double) -> Bool) -> Double {
    let start = min(max(centre.rounded(), support.lowerBound), support.upperBound)
    var low = start
    var high = start
    var step = max(1, spread.rounded())
    if holds(start) {
      while low > support.lowerBound, holds(low) {
        high = low
        low = max(support.lowerBound, low - step)
        step *= 2
      }
      if holds(low) { return low }
    } else {
      while !holds(high) {
        low = high
        high = min(support.upperBound, high + step)
        step *= 2
      }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      guard middle > low, middle < high else { break }
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
