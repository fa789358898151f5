import Foundation

/// Numbers that look random and are the same on every machine (SplitMix64).
struct RandomStream {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In (0, 1).
  mutating func uniform() -> Double { (Double(bits() >> 11) + 0.5) * 0x1p-53 }

  mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }

  mutating func exponential() -> Double { -log(uniform()) }

  /// A position drawn with the given shares, which are cumulative and end at 1.
  mutating func pick(_ cumulative: [Double]) -> Int {
    let u = uniform()
    return cumulative.firstIndex { u < $0 } ?? cumulative.count - 1
  }
}

/// Shares that fall off as 1/rank^power, cumulative.
func fallingShares(_ count: Int, power: Double) -> [Double] {
  let weights = (1...count).map { pow(Double($0), -power) }
  let total = weights.reduce(0, +)
  var sum = 0.0
  return weights.map { weight in
    sum += weight / total
    return sum
  }
}
