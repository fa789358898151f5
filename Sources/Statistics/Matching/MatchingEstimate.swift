import NumericalMethods

/// Abadie and Imbens' estimate and its variances, from who is compared with whom.
///
/// N units; K(i) how often unit i serves as a match, each use counting 1/(number of the unit's matches); K′(i) the same
/// with squared weights; the effect is the mean over the units compared of their own outcome less that of their matches
/// (the other way round for controls). With σ²(i) the variance of the outcome given the covariates, the variance for
/// the sample is Σσ²(i)(1{compared} + K(i))² / N² over the units that count, and for the population it adds the spread
/// of the single effects: Σ(τ(i) − τ)²/N² + Σσ²(i)(K(i)² − K′(i))/N², and 2K(i) more for all units.
struct MatchingEstimate {
  let effect: Double
  let unadjusted: Double
  let sampleVariance: Double
  let populationVariance: Double
  /// For the population, of the units that were compared alone.
  let comparedVariance: Double
  let pairVariance: Double

  /// - Parameters:
  ///   - treated: whether matches are sought in the other group for a unit of this kind (swapped for the controls).
  ///   - focal: the units compared, ascending; `matches` theirs.
  ///   - adjustment: columns for the regression adjustment; none without one.
  ///   - unitVariances: σ² of every unit; nil for one common variance.
  init(
    outcome: [Double], treated: [Bool], isForAll: Bool, focal: [Int], matches: [[Int32]], adjustment: [[Double]],
    unitVariances: [Double]?
  ) throws(StatisticsError) {
    let n = treated.count
    var uses = [Double](repeating: 0, count: n)
    var squaredUses = [Double](repeating: 0, count: n)
    for near in matches {
      let share = 1 / Double(near.count)
      for unit in near {
        uses[Int(unit)] += share
        squaredUses[Int(unit)] += share * share
      }
    }
    let slopes =
      adjustment.isEmpty
      ? (control: [], treated: [])
      : (
        control: try Self.slopes(outcome, adjustment, treated.indices.map { treated[$0] ? 0 : uses[$0] }),
        treated: isForAll
          ? try Self.slopes(outcome, adjustment, treated.indices.map { treated[$0] ? uses[$0] : 0 }) : []
      )

    var pairEffects: [(effect: Double, weight: Double)] = []
    var plain = 0.0
    var unitEffects: [Double] = []
    for (number, unit) in focal.enumerated() {
      let near = matches[number]
      let share = 1 / Double(near.count)
      let sign = treated[unit] ? 1.0 : -1
      let slope = treated[unit] ? slopes.control : slopes.treated
      var mean = 0.0
      for match in near {
        let difference = sign * (outcome[unit] - outcome[Int(match)])
        plain += share * difference
        var adjusted = difference
        for c in slope.indices {
          adjusted -= sign * (adjustment[c][unit] - adjustment[c][Int(match)]) * slope[c]
        }
        pairEffects.append((adjusted, share))
        mean += share * adjusted
      }
      unitEffects.append(mean)
    }
    let total = Double(focal.count)
    let effect = unitEffects.reduce(0, +) / total
    self.effect = effect
    unadjusted = plain / total
    // As R's Matching: of the pairs without adjustment.
    var spread = 0.0
    for (number, unit) in focal.enumerated() {
      let sign = treated[unit] ? 1.0 : -1
      for match in matches[number] {
        let deviation = sign * (outcome[unit] - outcome[Int(match)]) - plain / total
        spread += deviation * deviation / Double(matches[number].count)
      }
    }
    pairVariance = spread / (total * total)

    let common = pairEffects.reduce(0) { $0 + $1.weight * ($1.effect - effect) * ($1.effect - effect) } / total / 2
    let sought = isForAll ? Double(n) : Double(treated.count { $0 })
    var sample = 0.0
    var population = 0.0
    for i in 0..<n {
      let sigma = unitVariances?[i] ?? common
      let isSought = isForAll || treated[i]
      let counted = isForAll || !treated[i] ? uses[i] : 0
      let own = isSought ? 1.0 : 0
      sample += sigma * (own + counted) * (own + counted)
      let squared = isForAll || !treated[i] ? squaredUses[i] : 0
      population += sigma * (counted * counted - squared + (isForAll ? 2 * counted : 0))
    }
    var deviations = 0.0
    for value in unitEffects { deviations += (value - effect) * (value - effect) }
    comparedVariance = (population + deviations) / (total * total)
    sampleVariance = sample / (sought * sought)
    // A unit that found no match counts with an effect of zero, as in R's Matching.
    populationVariance = (population + deviations + (sought - total) * effect * effect) / (sought * sought)
  }

  /// The slopes of the outcome on the columns by weighted least squares with an intercept, without it.
  private static func slopes(
    _ outcome: [Double], _ columns: [[Double]], _ weights: [Double]
  ) throws(StatisticsError) -> [Double] {
    let rows = weights.indices.filter { weights[$0] > 0 }
    let roots = rows.map { weights[$0].squareRoot() }
    // About their weighted means, so that the intercept drops out.
    let sum = rows.reduce(0) { $0 + weights[$1] }
    func centred(_ column: [Double]) -> [Double] {
      let mean = rows.reduce(0) { $0 + weights[$1] * column[$1] } / sum
      return zip(rows, roots).map { (column[$0] - mean) * $1 }
    }
    let design = Matrix(columns: columns.map(centred))
    let decomposition = PivotedQR(design, tolerance: 1e-10)
    let solution = decomposition.solve(centred(outcome))
    var slopes = [Double](repeating: 0, count: columns.count)
    // A column that depends on others takes out nothing more.
    for (place, value) in solution.enumerated() where place < decomposition.rank {
      slopes[decomposition.pivot[place]] = value
    }
    return slopes
  }
}
