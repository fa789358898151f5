import NumericalMethods
import Primitives

extension TwoWayFixedEffects {
  /// Which absorbed effects count as parameters in small-sample factors.
  public enum AbsorbedCount: String, Codable, Hashable, Sendable, CaseIterable {
    /// All but effects that lie within clusters, such as units' when clustered by unit: fixest and reghdfe.
    case nonNested
    /// All: Stata's `areg`, least squares with indicators.
    case all
    /// None: the columns only, as after subtracting means by hand.
    case none
  }

  /// The coefficients with their covariance.
  ///
  /// `classical` has n − K degrees of freedom, K counting all effects; `hc1` the factor n/(n − K). Clustered errors of
  /// one way have G/(G − 1) · (n − 1)/(n − K) and are compared with t on G − 1 degrees (the smallest G of several ways).
  /// A joint Wald test has n − K degrees with all effects counted, as in fixest.
  ///
  /// - Parameters:
  ///   - convention: `classical`, `hc0`, `hc1`, or clustered `cr0`, `cr1`, `cr1Likelihood`, `cr1SmallestCount`.
  ///   - clusters: one or more ways; the units when empty. One label for each row given.
  ///   - counting: for K.
  /// - Throws: `.tooFewClusters`, `.notSupported` for other conventions.
  public func estimates(
    _ convention: CovarianceConvention = .clustered(.cr1SmallestCount), clusters: [Clusters] = [],
    counting: AbsorbedCount = .nonNested
  ) throws(StatisticsError) -> CoefficientEstimates {
    let n = Double(observations)
    let full = Double(kept.count + unitCount + periodCount - 1)
    let columns = Double(kept.count)
    var covariance: Matrix
    var degrees = n - (counting == .none ? columns : full)
    let words: LocalizedText
    var clusterCounts: [Int] = []
    switch convention {
    case .classical:
      covariance = (residualSumOfSquares / degrees) * bread
      let number = Int(degrees)
      words =
        counting == .none
        ? LocalizedText(
          "classical; \(number) degrees of freedom, without all effects",
          nl: "klassiek; \(number) vrijheidsgraden, zonder de effecten")
        : LocalizedText(
          "classical; \(number) degrees of freedom, with all effects",
          nl: "klassiek; \(number) vrijheidsgraden, met alle effecten")
    case .hc0, .hc1:
      covariance = sandwich(rowMeat())
      if convention == .hc1 { covariance = (n / degrees) * covariance }
      words =
        convention == .hc1
        ? LocalizedText(
          "HC1, n/(n − K) with K = \(Int(n - degrees))", nl: "HC1, n/(n − K) met K = \(Int(n - degrees))")
        : CovarianceConvention.hc0.words
    case .clustered(let rule):
      guard [.cr0, .cr1, .cr1Likelihood, .cr1SmallestCount].contains(rule) else {
        throw .notSupported(method: "two-way fixed effects", input: "the cluster convention \(rule.rawValue)")
      }
      let ways = try ways(clusters)
      let nested = counting == .nonNested
      let unitsNested = nested && ways.contains { $0.containsUnits }
      let periodsNested = nested && ways.contains { $0.containsPeriods }
      let parameters =
        counting == .none
        ? columns
        : full - (unitsNested ? Double(unitCount - 1) : 0) - (periodsNested ? Double(periodCount - 1) : 0)
      let smallest = ways.map(\.count).min()!
      covariance = Matrix(rows: kept.count, columns: kept.count)
      for subset in 1..<(1 << ways.count) {
        let chosen = ways.indices.filter { subset >> $0 & 1 == 1 }.map { ways[$0] }
        let (meat, count) = meat(of: chosen)
        let groups = Double(rule == .cr1SmallestCount ? smallest : count)
        var factor = chosen.count % 2 == 1 ? 1.0 : -1
        if rule != .cr0 { factor *= groups / (groups - 1) }
        covariance += factor * sandwich(meat)
      }
      if rule == .cr1 || rule == .cr1SmallestCount { covariance = ((n - 1) / (n - parameters)) * covariance }
      degrees = Double(smallest - 1)
      clusterCounts = ways.map(\.count)
      let counts = LocalizedText.clusters(clusterCounts)
      words = LocalizedText(
        "\(rule.words[.english]), \(counts[.english]), K = \(Int(parameters)), t with \(smallest - 1) degrees of freedom",
        nl:
          "\(rule.words[.dutch]), \(counts[.dutch]), K = \(Int(parameters)), t met \(smallest - 1) vrijheidsgraden"
      )
    default:
      throw .notSupported(
        method: "two-way fixed effects", input: "this convention; use classical, HC0, HC1 or clusters")
    }
    covariance.symmetrise()
    return CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance,
      degreesOfFreedom: [Double](repeating: degrees, count: kept.count), jointDegreesOfFreedom: n - full,
      convention: words, observations: observations, aliased: aliased, clusterCounts: clusterCounts)
  }

  private func sandwich(_ meat: Matrix) -> Matrix { meat.sandwiched(by: bread) }

  /// One way of clustering: a cluster for each unit, or for each sorted row.
  struct Way {
    var count: Int
    var ofUnit: [Int32]?
    var ofRow: [Int32]?
    var containsUnits: Bool { ofUnit != nil }
    var containsPeriods: Bool
  }

  private func ways(_ clusters: [Clusters]) throws(StatisticsError) -> [Way] {
    guard unitCount > 1 else { throw .tooFewClusters(found: unitCount, needed: 2) }
    let panel = design.panel
    guard !clusters.isEmpty else {
      return [Way(count: unitCount, ofUnit: (0..<Int32(unitCount)).map { $0 }, ofRow: nil, containsPeriods: false)]
    }
    var ways: [Way] = []
    for cluster in clusters {
      let chosen = countedRows.map { cluster.selecting(rows: $0) } ?? cluster
      try FollowUp.check(lengthOf: chosen.codes, "clusters", panel.rowCount)
      guard chosen.count > 1 else { throw .tooFewClusters(found: chosen.count, needed: 2) }
      if let ofUnit = try? panel.perUnit(chosen.codes, "clusters") {
        ways.append(Way(count: chosen.count, ofUnit: ofUnit, ofRow: nil, containsPeriods: false))
      } else {
        let sorted = panel.sorted(chosen.codes)
        var ofPeriod = [Int32](repeating: -1, count: periodCount)
        var nested = true
        for unit in 0..<unitCount {
          for row in panel.starts[unit]..<panel.starts[unit + 1] {
            let period = panel.period(row, ofUnit: unit)
            if ofPeriod[period] < 0 { ofPeriod[period] = sorted[row] }
            if ofPeriod[period] != sorted[row] { nested = false }
          }
        }
        ways.append(Way(count: chosen.count, ofUnit: nil, ofRow: sorted, containsPeriods: nested))
      }
    }
    return ways
  }

  /// Σ ssᵀ over the sums of scores of clusters that are equal in all the ways given.
  private func meat(of ways: [Way]) -> (Matrix, Int) {
    let panel = design.panel
    if ways.allSatisfy(\.containsUnits) {
      let joined =
        ways.count == 1
        ? (ways[0].ofUnit!, ways[0].count)
        : denseNumbers(
          (0..<unitCount).map { unit in ways.reduce(0) { $0 * $1.count + Int($1.ofUnit![unit]) } })
      return (unitMeat(joined.0, joined.1), joined.1)
    }
    var labels = [Int](repeating: 0, count: panel.rowCount)
    for unit in 0..<unitCount {
      for row in panel.starts[unit]..<panel.starts[unit + 1] {
        labels[row] = ways.reduce(0) { $0 * $1.count + Int($1.ofUnit?[unit] ?? $1.ofRow![row]) }
      }
    }
    let (codes, count) = denseNumbers(labels)
    let k = kept.count
    var sums = Matrix(rows: k, columns: count)
    for start in stride(from: 0, to: unitCount, by: 256) {
      let units = start..<min(unitCount, start + 256)
      let scores = rowScores(units)
      let first = panel.starts[start]
      for row in first..<panel.starts[units.upperBound] {
        let target = Int(codes[row]) * k
        for c in 0..<k { sums.elements[target + c] += scores[row - first, c] }
      }
    }
    return (sums.timesTransposed(sums), count)
  }

  /// Clustered by something that contains units: the sums of each unit need no unit means.
  private func unitMeat(_ cluster: [Int32], _ count: Int) -> Matrix {
    let k = kept.count
    let isUnit = count == unitCount
    if isUnit {
      return WorkSharing.reduce(
        count: unitCount, blockSize: 256, empty: { Matrix(rows: k, columns: k) },
        add: { sum, units in
          let scores = unitScores(units)
          sum += scores.timesTransposed(scores)
        }, combine: { $0 += $1 })
    }
    var sums = Matrix(rows: k, columns: count)
    for start in stride(from: 0, to: unitCount, by: 4096) {
      let units = start..<min(unitCount, start + 4096)
      let scores = unitScores(units)
      for unit in units {
        let target = Int(cluster[unit]) * k
        for c in 0..<k { sums.elements[target + c] += scores.elements[(unit - start) * k + c] }
      }
    }
    return sums.timesTransposed(sums)
  }

  /// Columns × units: Σ w e x̃ over each unit's rows. As Σ w e is zero within a unit, x̃ needs no unit mean.
  private func unitScores(_ units: Range<Int>) -> Matrix {
    let panel = design.panel
    let k = kept.count
    let periods = periodCount
    let (indicatorPlace, numericPlace) = placesOfKept
    var weighted = Matrix(rows: periods, columns: units.count)
    var scores = Matrix(rows: k, columns: units.count)
    weighted.elements.withUnsafeMutableBufferPointer { weighted in
      scores.elements.withUnsafeMutableBufferPointer { scores in
        sortedResiduals.withUnsafeBufferPointer { residual in
          for unit in units {
            let rows = panel.starts[unit]..<panel.starts[unit + 1]
            let target = (unit - units.lowerBound) * k
            let periodTarget = (unit - units.lowerBound) * periods
            for row in rows {
              let we = (design.weights?[row] ?? 1) * residual[row]
              weighted[periodTarget + panel.period(row, ofUnit: unit)] = we
              for codes in design.indicators where codes[row] >= 0 {
                let place = indicatorPlace[Int(codes[row])]
                if place >= 0 { scores[target + place] += we }
              }
            }
            for (number, place) in numericPlace {
              design.numeric[number].withUnsafeBufferPointer { column in
                var sum = 0.0
                for row in rows { sum += (design.weights?[row] ?? 1) * residual[row] * column[row] }
                scores[target + place] += sum
              }
            }
          }
        }
      }
    }
    return scores - periodEffects.transposedTimes(weighted)
  }

  /// For each indicator the place of its column among those kept, or −1; and the numeric columns kept with theirs.
  private var placesOfKept: ([Int], [(number: Int, place: Int)]) {
    var indicators = [Int](repeating: -1, count: design.indicatorCount)
    var numeric: [(Int, Int)] = []
    for (place, column) in kept.enumerated() {
      let at = design.places[column]
      if at.isNumeric { numeric.append((at.number, place)) } else { indicators[at.number] = place }
    }
    return (indicators, numeric)
  }

  /// Rows × columns: w e x̃ of each row of some units.
  private func rowScores(_ units: Range<Int>) -> Matrix {
    let panel = design.panel
    let (indicatorPlace, numericPlace) = placesOfKept
    let first = panel.starts[units.lowerBound]
    var scores = Matrix(rows: panel.starts[units.upperBound] - first, columns: kept.count)
    for unit in units {
      let rows = panel.starts[unit]..<panel.starts[unit + 1]
      for row in rows {
        let period = panel.period(row, ofUnit: unit)
        for c in 0..<kept.count { scores[row - first, c] = -periodEffects[period, c] }
        for codes in design.indicators where codes[row] >= 0 {
          let place = indicatorPlace[Int(codes[row])]
          if place >= 0 { scores[row - first, place] += 1 }
        }
        for (number, place) in numericPlace { scores[row - first, place] += design.numeric[number][row] }
      }
      for c in 0..<kept.count {
        var (sum, total) = (0.0, 0.0)
        for row in rows {
          let w = design.weights?[row] ?? 1
          sum += w * scores[row - first, c]
          total += w
        }
        for row in rows {
          scores[row - first, c] =
            (design.weights?[row] ?? 1) * sortedResiduals[row] * (scores[row - first, c] - sum / total)
        }
      }
    }
    return scores
  }

  private func rowMeat() -> Matrix {
    WorkSharing.reduce(
      count: unitCount, blockSize: 128, empty: { Matrix(rows: kept.count, columns: kept.count) },
      add: { sum, units in
        let scores = rowScores(units)
        sum += scores.transposedTimes(scores)
      }, combine: { $0 += $1 })
  }
}
