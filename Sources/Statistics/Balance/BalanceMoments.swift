/// Weighted means and variances of the two groups, controls first.
struct Moments: Sendable {
  var means = [0.0, 0.0]
  /// p(1 − p) for a column of 0 and 1; otherwise Σw(x − m)² / (1 − Σw²) with weights that sum to 1. NaN with one unit.
  var variances = [0.0, 0.0]

  init(
    _ x: [Double], _ weights: [Double], _ treated: [Bool], _ totals: BalanceGroups.Totals, isBinary: Bool
  ) {
    var sums = (0.0, 0.0)
    Self.inBlocks(x.count) { rows in
      var part = (0.0, 0.0)
      for i in rows {
        let value = weights[i] * x[i]
        if treated[i] { part.1 += value } else { part.0 += value }
      }
      sums = (sums.0 + part.0, sums.1 + part.1)
    }
    means = [sums.0 / totals.weights[0], sums.1 / totals.weights[1]]
    guard !isBinary else {
      variances = means.map { $0 * (1 - $0) }
      return
    }
    let (mean0, mean1) = (means[0], means[1])
    var squares = (0.0, 0.0)
    Self.inBlocks(x.count) { rows in
      var part = (0.0, 0.0)
      for i in rows {
        let difference = x[i] - (treated[i] ? mean1 : mean0)
        let value = weights[i] * difference * difference
        if treated[i] { part.1 += value } else { part.0 += value }
      }
      squares = (squares.0 + part.0, squares.1 + part.1)
    }
    variances = [
      squares.0 / totals.weights[0] / totals.correction(0), squares.1 / totals.weights[1] / totals.correction(1),
    ]
  }

  /// - Parameter binarySums: the weights of the ones among controls and treated.
  init(binarySums: ArraySlice<Double>, _ totals: BalanceGroups.Totals) {
    means = [binarySums.first! / totals.weights[0], binarySums.last! / totals.weights[1]]
    variances = means.map { $0 * (1 - $0) }
  }

  /// Long sums in parts, so that rounding does not grow with their length.
  private static func inBlocks(_ count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: 4096) { body(start..<min(count, start + 4096)) }
  }
}

/// What differences in means are divided by.
struct StandardDeviation {
  /// nil when it is not defined.
  let value: Double?

  init(
    _ x: [Double], _ denominator: BalanceDenominator, before: Moments, after: Moments?, groups: BalanceGroups,
    isBinary: Bool
  ) {
    let variance: Double =
      switch denominator {
      case .treated: before.variances[1]
      case .control: before.variances[0]
      case .pooled: (before.variances[0] + before.variances[1]) / 2
      case .all: Self.together(before, groups.totalsBefore, isBinary)
      case .weighted: Self.together(after ?? before, after == nil ? groups.totalsBefore : groups.totalsAfter, isBinary)
      }
    let root = variance.squareRoot()
    if root.isFinite, root >= 0x1p-26 {
      value = root
      return
    }
    // As MatchIt: the spread within the groups, where the one named is nil.
    let within = Self.within(before, groups.totalsBefore, isBinary).squareRoot()
    value = within.isFinite && within > 0 ? within : nil
  }

  /// The variance of both groups together.
  private static func together(_ moments: Moments, _ totals: BalanceGroups.Totals, _ isBinary: Bool) -> Double {
    let total = totals.weights[0] + totals.weights[1]
    let mean = (moments.means[0] * totals.weights[0] + moments.means[1] * totals.weights[1]) / total
    if isBinary { return mean * (1 - mean) }
    var sum = 0.0
    for group in 0...1 {
      let between = (moments.means[group] - mean) * (moments.means[group] - mean)
      let spread = moments.variances[group] * totals.correction(group)
      sum += totals.weights[group] * ((spread.isFinite ? spread : 0) + between)
    }
    return sum / total / (1 - (totals.squares[0] + totals.squares[1]) / (total * total))
  }

  /// The variance about the groups' own means.
  private static func within(_ moments: Moments, _ totals: BalanceGroups.Totals, _ isBinary: Bool) -> Double {
    let total = totals.weights[0] + totals.weights[1]
    var sum = 0.0
    for group in 0...1 {
      let spread = isBinary ? moments.variances[group] : moments.variances[group] * totals.correction(group)
      sum += totals.weights[group] * (spread.isFinite ? spread : 0)
    }
    guard !isBinary else { return sum / total }
    let isUnweighted = totals.squares[0] == totals.weights[0] && totals.squares[1] == totals.weights[1]
    return isUnweighted
      ? sum / (total - 2) : sum / total / (1 - (totals.squares[0] + totals.squares[1]) / (total * total))
  }
}

/// How far two empirical distribution functions are apart.
struct DistributionDifference: Sendable {
  var average: Double
  var largest: Double

  /// Before and after, along one order of the values.
  static func both(
    _ x: [Double], _ order: [Int32], _ groups: BalanceGroups
  ) -> (before: DistributionDifference, after: DistributionDifference?) {
    let hasAfter = groups.after != nil
    var sums = (before: 0.0, after: 0.0)
    var totals = (before: 0.0, after: 0.0)
    var largest = (before: 0.0, after: 0.0)
    var distinct = 0.0
    order.withUnsafeBufferPointer { order in
      x.withUnsafeBufferPointer { x in
        groups.sharesBefore.withUnsafeBufferPointer { before in
          groups.sharesAfter.withUnsafeBufferPointer { after in
            for k in 0..<order.count {
              let i = Int(order[k])
              sums.before += before[i]
              if hasAfter { sums.after += after[i] }
              if k + 1 < order.count, x[Int(order[k + 1])] == x[i] { continue }
              distinct += 1
              totals.before += abs(sums.before)
              largest.before = max(largest.before, abs(sums.before))
              totals.after += abs(sums.after)
              largest.after = max(largest.after, abs(sums.after))
            }
          }
        }
      }
    }
    return (
      DistributionDifference(average: totals.before / distinct, largest: largest.before),
      hasAfter ? DistributionDifference(average: totals.after / distinct, largest: largest.after) : nil
    )
  }
}
