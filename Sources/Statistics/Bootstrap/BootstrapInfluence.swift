import NumericalMethods

extension Bootstrap {
  /// The influence of each unit (row or cluster) on one of the statistics.
  ///
  /// - Throws: `.tooFewObservations` when regression has not more draws than units; `.lengthsDiffer` for values given;
  ///   what the statistic throws without a unit; `.cancelled`.
  public func influence(_ place: Int = 0, _ source: BootstrapInfluence) throws(StatisticsError) -> [Double] {
    switch source {
    case .given(let values):
      try FollowUp.check(lengthOf: values, "influence", plan.unitCount)
      return values
    case .regression: return try regressionInfluence(place)
    case .jackknife, .jackknifeAboutMean:
      let left = try leaveOneOut(place)
      var centres = [Double](repeating: original[place], count: plan.strata.count)
      if source == .jackknifeAboutMean {
        for stratum in centres.indices {
          centres[stratum] = mean(of: left.indices.filter { plan.strata.codes[$0] == stratum }.map { left[$0] })
        }
      }
      return left.indices.map { unit in
        Double(plan.stratumSize(ofUnit: unit) - 1) * (centres[Int(plan.strata.codes[unit])] - left[unit])
      }
    }
  }

  private func leaveOneOut(_ place: Int) throws(StatisticsError) -> [Double] {
    var left: [Double] = []
    left.reserveCapacity(plan.unitCount)
    // In portions, so that cancellation is heard: there is a fit for each unit.
    for start in stride(from: 0, to: plan.unitCount, by: 64) {
      guard !Task.isCancelled else { throw .cancelled }
      let results = WorkSharing.map(min(64, plan.unitCount - start)) { number -> Result<Double, StatisticsError> in
        do throws(StatisticsError) {
          let values = try statistic(plan.leavingOut(unit: start + number))
          return .success(values[place])
        } catch { return .failure(error) }
      }
      for result in results {
        let value = try result.get()
        guard value.isFinite else { throw .notFinite(array: "the statistic without a unit", index: left.count) }
        left.append(value)
      }
    }
    return left
  }

  /// The slopes of the draws on the shares of the units, centred within strata.
  private func regressionInfluence(_ place: Int) throws(StatisticsError) -> [Double] {
    let rows = (0..<plan.draws).filter { replicates[$0, place].isFinite }
    let n = plan.unitCount
    guard rows.count > n else { throw .tooFewObservations(found: rows.count, needed: n + 1) }
    // Shares within a stratum add up to one, so its first unit is left out beside the intercept.
    var seen = Set<Int32>()
    let included = (0..<n).filter { !seen.insert(plan.strata.codes[$0]).inserted }
    var design = Matrix(rows: rows.count, columns: included.count + 1)
    for (r, draw) in rows.enumerated() {
      let frequencies = plan.unitFrequencies(draw)
      design[r, 0] = 1
      for (c, unit) in included.enumerated() {
        design[r, c + 1] = frequencies[unit] / Double(plan.stratumSize(ofUnit: unit))
      }
    }
    let factors = PivotedQR(design)
    let solved = factors.solve(rows.map { replicates[$0, place] })
    var slopes = [Double](repeating: 0, count: n)
    for (position, column) in factors.pivot.prefix(factors.rank).enumerated() where column > 0 {
      slopes[included[column - 1]] = solved[position]
    }
    var sums = [Double](repeating: 0, count: plan.strata.count)
    for unit in 0..<n { sums[Int(plan.strata.codes[unit])] += slopes[unit] }
    return (0..<n).map {
      slopes[$0] - sums[Int(plan.strata.codes[$0])] / Double(plan.stratumSize(ofUnit: $0))
    }
  }
}

extension BootstrapInfluence {
  /// Σ l³ / (6 (Σ l²)^1.5): a sixth of the skewness of the influence values.
  static func acceleration(_ influence: [Double]) -> Double {
    // Divided by the largest first, so that cubes of large numbers stay finite.
    let largest = influence.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return 0 }
    var (squares, cubes) = (0.0, 0.0)
    for value in influence {
      let share = value / largest
      squares += share * share
      cubes += share * share * share
    }
    return cubes / (6 * squares * squares.squareRoot())
  }
}
