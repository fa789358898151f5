import NumericalMethods

/// Influences when there are no covariates and a unit's weight does not change: each is, within a group, a fixed
/// combination of the group's outcomes by period, so the sums of squares and products of these are all that is needed.
///
/// For a unit i of group h the effect (g, t) from base b has the influence a·w·((y_t − y_b) − m), with a = n/W_g and m
/// the mean change of g when h = g, and a = −n/W_C and m the mean change of those compared with when h is one of them.
/// With T periods this needs a (T + 1)² matrix for each group instead of a number for each unit and effect.
struct CohortInfluence: GroupTimeInfluence {
  private let sample: GroupTimeSample
  private let outcome: [Double]
  private let weight: [Double]?
  /// The cluster of each unit of the panel, when units are not independent.
  private let cluster: [Int32]?
  private let clusters: Int
  private let units: [[Int32]]
  /// Σw of each group.
  private let size: [Double]
  /// The weighted mean outcome of each group by period.
  private let means: [[Double]]
  /// For each group Σzzᵀ over its units (sums of clusters are kept apart), z = (w·(y − mean), w).
  private let products: [Matrix]
  /// For each group, clusters × (T + 1): sums of z.
  private let clusterSums: [Matrix]
  private let count: Double
  let effects: [Double?]

  /// - Parameters:
  ///   - outcome: sorted rows.
  ///   - weight: one for each unit of the panel.
  init(
    _ sample: GroupTimeSample, outcome: [Double], weight: [Double]?, cluster: [Int32]?, clusters: Int
  ) {
    self.sample = sample
    self.outcome = outcome
    self.weight = weight
    self.cluster = cluster
    self.clusters = clusters
    var units = [[Int32]](repeating: [], count: sample.cohorts.count)
    for (unit, cohort) in sample.cohortOfUnit.enumerated() where cohort >= 0 { units[Int(cohort)].append(Int32(unit)) }
    self.units = units
    count = Double(units.reduce(0) { $0 + $1.count })
    let periods = sample.periods
    var (size, means, products, sums) = ([Double](), [[Double]](), [Matrix](), [Matrix]())
    for members in units {
      let total = weight.map { weight in members.reduce(0) { $0 + weight[Int($1)] } } ?? Double(members.count)
      let mean = Self.means(sample, outcome, weight, members, periods).map { total > 0 ? $0 / total : 0 }
      size.append(total)
      means.append(mean)
      let (product, sum) = Self.products(sample, outcome, weight, members, mean, cluster, clusters)
      products.append(product)
      sums.append(sum)
    }
    self.size = size
    self.means = means
    self.products = products
    clusterSums = sums
    effects = sample.cells.map { cell in
      if cell.isBase { return 0 }
      let others = cell.comparison.reduce(0) { $0 + size[$1] }
      guard others > 0, size[cell.cohort] > 0 else { return nil }
      let own = means[cell.cohort][cell.period] - means[cell.cohort][cell.base]
      return own - cell.comparison.reduce(0) { $0 + size[$1] * (means[$1][cell.period] - means[$1][cell.base]) }
        / others
    }
  }

  /// Units in one block of the sums.
  private static let unitsPerBlock = 512

  private static func means(
    _ sample: GroupTimeSample, _ outcome: [Double], _ weight: [Double]?, _ members: [Int32], _ periods: Int
  ) -> [Double] {
    WorkSharing.reduce(
      count: members.count, blockSize: unitsPerBlock, empty: { [Double](repeating: 0, count: periods) },
      add: { sum, range in
        outcome.withUnsafeBufferPointer { outcome in
          sum.withUnsafeMutableBufferPointer { sum in
            for place in range {
              let unit = Int(members[place])
              let start = sample.offset(unit)
              if let weight {
                for t in 0..<periods { sum[t] += weight[unit] * outcome[start + t] }
              } else {
                for t in 0..<periods { sum[t] += outcome[start + t] }
              }
            }
          }
        }
      }, combine: { for t in 0..<periods { $0[t] += $1[t] } })
  }

  /// The block z, (T + 1) × units.
  private static func block(
    _ sample: GroupTimeSample, _ outcome: [Double], _ weight: [Double]?, _ members: ArraySlice<Int32>, _ mean: [Double]
  ) -> Matrix {
    let periods = mean.count
    var block = Matrix(rows: periods + 1, columns: members.count)
    block.elements.withUnsafeMutableBufferPointer { block in
      outcome.withUnsafeBufferPointer { outcome in
        mean.withUnsafeBufferPointer { mean in
          for (place, member) in members.enumerated() {
            let start = sample.offset(Int(member))
            let w = weight?[Int(member)] ?? 1
            let target = place * (periods + 1)
            for t in 0..<periods { block[target + t] = w * (outcome[start + t] - mean[t]) }
            block[target + periods] = w
          }
        }
      }
    }
    return block
  }

  private static func products(
    _ sample: GroupTimeSample, _ outcome: [Double], _ weight: [Double]?, _ members: [Int32], _ mean: [Double],
    _ cluster: [Int32]?, _ clusters: Int
  ) -> (products: Matrix, clusterSums: Matrix) {
    let width = mean.count + 1
    if let cluster {
      var sums = Matrix(rows: width, columns: clusters)
      for start in stride(from: 0, to: members.count, by: unitsPerBlock) {
        let slice = members[start..<min(members.count, start + unitsPerBlock)]
        let block = block(sample, outcome, weight, slice, mean)
        for (place, member) in slice.enumerated() {
          let target = Int(cluster[Int(member)]) * width
          for t in 0..<width { sums.elements[target + t] += block.elements[place * width + t] }
        }
      }
      return (Matrix(rows: 0, columns: 0), sums.transposed)
    }
    let products = WorkSharing.reduce(
      count: members.count, blockSize: unitsPerBlock, empty: { Matrix(rows: width, columns: width) },
      add: { sum, range in
        let block = block(sample, outcome, weight, members[range], mean)
        sum += block.timesTransposed(block)
      }, combine: { $0 += $1 })
    return (products, Matrix(rows: 0, columns: 0))
  }

  /// For each group the factors of z, T + 1 numbers for each combination.
  private func factors(_ combinations: [EffectCombination]) -> [Matrix] {
    let periods = sample.periods
    var factors = [Matrix](
      repeating: Matrix(rows: periods + 1, columns: combinations.count), count: sample.cohorts.count)
    for (place, combination) in combinations.enumerated() {
      for (number, factor) in combination.cells {
        let cell = sample.cells[number]
        guard !cell.isBase, effects[number] != nil else { continue }
        let others = cell.comparison.reduce(0) { $0 + size[$1] }
        let meanOfOthers =
          cell.comparison.reduce(0) { $0 + size[$1] * (means[$1][cell.period] - means[$1][cell.base]) } / others
        factors[cell.cohort][cell.period, place] += factor * count / size[cell.cohort]
        factors[cell.cohort][cell.base, place] -= factor * count / size[cell.cohort]
        for cohort in cell.comparison {
          let a = -factor * count / others
          factors[cohort][cell.period, place] += a
          factors[cohort][cell.base, place] -= a
          factors[cohort][periods, place] +=
            a * (means[cohort][cell.period] - means[cohort][cell.base] - meanOfOthers)
        }
      }
      for (cohort, factor) in combination.groups { factors[cohort][periods, place] += factor }
    }
    return factors
  }

  func covariance(_ combinations: [EffectCombination]) -> Matrix {
    let factors = factors(combinations)
    var sum = Matrix(rows: combinations.count, columns: combinations.count)
    if cluster == nil {
      for (cohort, factor) in factors.enumerated() { sum += factor.transposedTimes(products[cohort] * factor) }
    } else {
      var scores = Matrix(rows: clusters, columns: combinations.count)
      for (cohort, factor) in factors.enumerated() { scores += clusterSums[cohort] * factor }
      sum = scores.crossProduct
    }
    sum.symmetrise()
    return (1 / (count * count)) * sum
  }

  func cellVariances() -> [Double] {
    guard cluster == nil else {
      return sample.cells.indices.map { covariance([EffectCombination(cells: [($0, 1)])])[0, 0] }
    }
    let last = sample.periods
    return sample.cells.indices.map { number in
      let cell = sample.cells[number]
      guard !cell.isBase, effects[number] != nil else { return 0 }
      /// Σ(w(y_t − y_b − shift))², where y is counted from the group's mean.
      func square(_ cohort: Int, _ shift: Double) -> Double {
        let s = products[cohort]
        let (t, b) = (cell.period, cell.base)
        return s[t, t] + s[b, b] - 2 * s[t, b]
          + shift * (shift * s[last, last] + 2 * (s[t, last] - s[b, last]))
      }
      let others = cell.comparison.reduce(0) { $0 + size[$1] }
      let meanOfOthers =
        cell.comparison.reduce(0) { $0 + size[$1] * (means[$1][cell.period] - means[$1][cell.base]) } / others
      let own = square(cell.cohort, 0) / (size[cell.cohort] * size[cell.cohort])
      let other = cell.comparison.reduce(0) {
        $0 + square($1, means[$1][cell.period] - means[$1][cell.base] - meanOfOthers)
      }
      return own + other / (others * others)
    }
  }

  func draws(_ combinations: [EffectCombination], numbers: Range<Int>, seed: UInt64) -> Matrix {
    let draws = numbers.count
    let factors = factors(combinations)
    var result = Matrix(rows: draws, columns: combinations.count)
    for (cohort, factor) in factors.enumerated() where factor.elements.contains(where: { $0 != 0 }) {
      let sums: Matrix
      if cluster == nil {
        let members = units[cohort]
        sums = WorkSharing.reduce(
          count: members.count, blockSize: Self.unitsPerBlock, parts: 4,
          empty: { Matrix(rows: draws, columns: sample.periods + 1) },
          add: { sum, range in
            let block = Self.block(sample, outcome, weight, members[range], means[cohort])
            var multipliers = Matrix(rows: draws, columns: range.count)
            multipliers.elements.withUnsafeMutableBufferPointer { buffer in
              for draw in 0..<draws {
                MammenMultiplier.fill(
                  range, seed: seed, draw: numbers.lowerBound + draw, group: cohort, into: buffer.baseAddress! + draw,
                  stride: draws)
              }
            }
            sum += multipliers.timesTransposed(block)
          }, combine: { $0 += $1 })
      } else {
        var multipliers = Matrix(rows: draws, columns: clusters)
        multipliers.elements.withUnsafeMutableBufferPointer { buffer in
          for draw in 0..<draws {
            MammenMultiplier.fill(
              0..<clusters, seed: seed, draw: numbers.lowerBound + draw, into: buffer.baseAddress! + draw, stride: draws
            )
          }
        }
        sums = multipliers * clusterSums[cohort]
      }
      result += sums * factor
    }
    return (1 / count) * result
  }
}
