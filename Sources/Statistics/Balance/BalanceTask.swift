import NumericalMethods

/// The work for one variable of a table of balance.
enum BalanceTask: Sendable {
  case column(String, [Double], BalanceRow.Kind)
  case factor(String, [Int32], [String])
  case product(String, [Double], [Double])

  func rows(_ groups: BalanceGroups, _ settings: BalanceSettings, _ pairs: BalancePairs?) -> [BalanceRow] {
    switch self {
    case .column(let name, let values, let kind):
      return [Self.row(name, values, kind, groups, settings, pairs)]
    case .factor(let name, let codes, let levels):
      return Self.rows(name, codes, levels, groups, settings, pairs)
    case .product(let name, let a, let b):
      let values = zip(a, b).map { $0 * $1 }
      // A product that is zero everywhere, or the column itself, tells nothing new.
      if values.allSatisfy({ abs($0) < 0x1p-26 }) { return [] }
      if zip(values, a).allSatisfy({ abs($0 - $1) < 0x1p-26 }) { return [] }
      return [Self.row(name, values, .interaction, groups, settings, pairs)]
    }
  }

  private static func row(
    _ name: String, _ x: [Double], _ kind: BalanceRow.Kind, _ groups: BalanceGroups, _ settings: BalanceSettings,
    _ pairs: BalancePairs?
  ) -> BalanceRow {
    let isBinary = x.allSatisfy { $0 == 0 || $0 == 1 }
    let before = Moments(x, groups.before, groups.treated, groups.totalsBefore, isBinary: isBinary)
    let after = groups.after.map { Moments(x, $0, groups.treated, groups.totalsAfter, isBinary: isBinary) }
    let deviation = StandardDeviation(
      x, settings.denominator, before: before, after: after, groups: groups, isBinary: isBinary)
    var differences: (before: DistributionDifference, after: DistributionDifference?)?
    var pairDistance: Double?
    if isBinary {
      pairDistance = pairs?.averageDistance(x, order: nil)
    } else {
      let order = sortedOrder(of: x)
      differences = DistributionDifference.both(x, order, groups)
      pairDistance = pairs?.averageDistance(x, order: order)
    }
    let isDivided = settings.standardisesBinary || !isBinary
    return BalanceRow(
      name: name, kind: isBinary && kind == .numeric ? .binary : kind,
      before: balance(
        before, groups.totalsBefore, isBinary ? nil : differences?.before, deviation, isDivided, isBinary, nil),
      after: after.map {
        balance($0, groups.totalsAfter, differences?.after, deviation, isDivided, isBinary, pairDistance)
      })
  }

  private static func balance(
    _ moments: Moments, _ totals: BalanceGroups.Totals, _ difference: DistributionDifference?,
    _ deviation: StandardDeviation, _ isDivided: Bool, _ isBinary: Bool, _ pairDistance: Double?
  ) -> CovariateBalance {
    let difference0 = moments.means[1] - moments.means[0]
    let divides = isDivided && abs(difference0) > 0x1p-26
    var standardised: Double? = difference0
    var pair = pairDistance
    if divides {
      let spread = totals.isTooSmall ? nil : deviation.value
      standardised = spread.flatMap { $0 > 0 ? difference0 / $0 : nil }
      if let distance = pairDistance, abs(distance) > 1e-8 { pair = spread.flatMap { $0 > 0 ? distance / $0 : nil } }
    }
    let ratio =
      isBinary || totals.isTooSmall || !(moments.variances[0] > 0) || !moments.variances[0].isFinite
        || !moments.variances[1].isFinite
      ? nil : moments.variances[1] / moments.variances[0]
    return CovariateBalance(
      meanTreated: moments.means[1], meanControl: moments.means[0], standardisedDifference: standardised,
      varianceRatio: ratio,
      averageDistributionDifference: isBinary ? abs(difference0) : totals.isTooSmall ? nil : difference?.average,
      largestDistributionDifference: isBinary ? abs(difference0) : totals.isTooSmall ? nil : difference?.largest,
      standardisedPairDistance: pair)
  }

  /// One row for each level, from one pass over the codes.
  private static func rows(
    _ name: String, _ codes: [Int32], _ levels: [String], _ groups: BalanceGroups, _ settings: BalanceSettings,
    _ pairs: BalancePairs?
  ) -> [BalanceRow] {
    let count = levels.count
    func sums(_ weights: [Double]) -> [Double] {
      var sums = [Double](repeating: 0, count: 2 * count)
      for i in codes.indices { sums[2 * Int(codes[i]) + (groups.treated[i] ? 1 : 0)] += weights[i] }
      return sums
    }
    let sumsBefore = sums(groups.before)
    let sumsAfter = groups.after.map(sums)
    let distances = pairs?.averageDifferences(codes, count)
    return levels.indices.map { level in
      let before = Moments(binarySums: sumsBefore[2 * level...2 * level + 1], groups.totalsBefore)
      let after = sumsAfter.map { Moments(binarySums: $0[2 * level...2 * level + 1], groups.totalsAfter) }
      let deviation = StandardDeviation(
        [], settings.denominator, before: before, after: after, groups: groups, isBinary: true)
      return BalanceRow(
        name: name + levels[level], kind: .binary,
        before: balance(before, groups.totalsBefore, nil, deviation, settings.standardisesBinary, true, nil),
        after: after.map {
          balance(
            $0, groups.totalsAfter, nil, deviation, settings.standardisesBinary, true, distances?[level])
        })
    }
  }
}
