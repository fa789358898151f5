import CNumericalMethods

/// The number of marked elements among those drawn without replacement.
public struct Hypergeometric: CountDistribution {
  public var marked: Int
  public var unmarked: Int
  public var drawn: Int

  /// - Parameters:
  ///   - marked: how many elements carry the mark, zero to 2⁵².
  ///   - unmarked: how many do not, zero to 2⁵².
  ///   - drawn: how many are drawn, at most all.
  public init(marked: Int, unmarked: Int, drawn: Int) {
    self.marked = marked
    self.unmarked = unmarked
    self.drawn = drawn
  }

  private var population: Int { marked + unmarked }
  // The bound keeps the sum of both from overflowing.
  var isDefined: Bool {
    (0...1 << 52).contains(marked) && (0...1 << 52).contains(unmarked) && drawn >= 0 && drawn <= population
  }
  var support: ClosedRange<Double> { Double(max(0, drawn - unmarked))...Double(min(drawn, marked)) }
  var centre: Double { population == 0 ? 0 : Double(drawn) * Double(marked) / Double(population) }

  var spread: Double {
    guard population > 1 else { return 1 }
    let share = Double(marked) / Double(population)
    let left = Double(population - drawn) / Double(population - 1)
    return max(1, (Double(drawn) * share * (1 - share) * left).squareRoot())
  }

  func mass(_ count: Double) -> Double {
    guard support.lowerBound < support.upperBound else { return 1 }
    return meedoen_hypergeometric_mass(UInt64(marked), UInt64(drawn), UInt64(population), UInt64(count))
  }

  func wholeLowerTail(_ count: Double) -> Double {
    meedoen_hypergeometric_lower_tail(UInt64(marked), UInt64(drawn), UInt64(population), UInt64(count))
  }

  func wholeUpperTail(_ count: Double) -> Double {
    meedoen_hypergeometric_upper_tail(UInt64(marked), UInt64(drawn), UInt64(population), UInt64(count))
  }
}
