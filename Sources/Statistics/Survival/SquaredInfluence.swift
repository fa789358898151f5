/// The weighted sum over rows of squared influences, at every event time, when each influence is linear in two curves.
///
/// At position q (just after the q-th event time) a row that entered before `from` and leaves at `to` has the influence
/// G(q) − slope·F(q) + constant while from < q < to, and finalConstant + finalSlope·F(q) once q ≥ to.
struct SquaredInfluence {
  // Totals over the rows at risk of the products of (1, slope, constant), as changes per position.
  private var one: [Double]
  private var slope: [Double]
  private var slopeSlope: [Double]
  private var constant: [Double]
  private var constantSlope: [Double]
  private var constantConstant: [Double]
  // Totals over the rows that left of the products of (finalConstant, finalSlope), as changes per position.
  private var leftSlopeSlope: [Double]
  private var leftConstantSlope: [Double]
  private var leftConstantConstant: [Double]

  /// - Parameter steps: T, the number of event times.
  init(steps: Int) {
    let zeros = [Double](repeating: 0, count: steps + 2)
    one = zeros
    slope = zeros
    slopeSlope = zeros
    constant = zeros
    constantSlope = zeros
    constantConstant = zeros
    leftSlopeSlope = zeros
    leftConstantSlope = zeros
    leftConstantConstant = zeros
  }

  /// - Parameters:
  ///   - square: the squared weight of the row.
  ///   - from: the first position at risk.
  ///   - to: the position after the last at risk.
  mutating func add(
    _ square: Double, from: Int, to: Int, slope a: Double, constant c: Double, finalConstant u: Double,
    finalSlope v: Double
  ) {
    one[from + 1] += square
    one[to] -= square
    if a != 0 || c != 0 {
      Self.change(&slope, square * a, from, to)
      Self.change(&slopeSlope, square * a * a, from, to)
      Self.change(&constant, square * c, from, to)
      Self.change(&constantSlope, square * c * a, from, to)
      Self.change(&constantConstant, square * c * c, from, to)
    }
    leftSlopeSlope[to] += square * v * v
    leftConstantSlope[to] += square * u * v
    leftConstantConstant[to] += square * u * u
  }

  private static func change(_ totals: inout [Double], _ amount: Double, _ from: Int, _ to: Int) {
    totals[from + 1] += amount
    totals[to] -= amount
  }

  /// - Parameters:
  ///   - level: G, length T + 1, its first element before the first event time.
  ///   - factor: F, likewise.
  /// - Returns: the sum at each event time, length T.
  func sums(level g: [Double], factor f: [Double]) -> [Double] {
    var w = 0.0
    var a = 0.0
    var aa = 0.0
    var c = 0.0
    var ca = 0.0
    var cc = 0.0
    var vv = 0.0
    var uv = 0.0
    var uu = 0.0
    return (1..<g.count).map { q in
      w += one[q]
      a += slope[q]
      aa += slopeSlope[q]
      c += constant[q]
      ca += constantSlope[q]
      cc += constantConstant[q]
      vv += leftSlopeSlope[q]
      uv += leftConstantSlope[q]
      uu += leftConstantConstant[q]
      let g = g[q]
      let f = f[q]
      let present = g * (g * w - 2 * f * a + 2 * c) + f * (f * aa - 2 * ca) + cc
      // Rounding can leave a tiny negative remainder where everyone has left.
      return max(0, present) + max(0, f * (f * vv + 2 * uv) + uu)
    }
  }
}
