import NumericalMethods

/// Influences kept as a number for each unit and effect: with covariates, changing weights, or missing periods.
struct UnitInfluence: GroupTimeInfluence {
  /// For each cell one number for each unit of the sample; empty where there is no effect.
  var columns: [[Double]]
  /// The group of each unit of the sample, and its weight.
  let cohort: [Int32]
  let weight: [Double]
  /// The cluster of each unit, when units are not independent.
  let cluster: [Int32]?
  let clusters: Int

  private var units: Int { cohort.count }

  /// n × combinations.
  private func scores(_ combinations: [EffectCombination]) -> Matrix {
    Matrix(
      columns: combinations.map { combination in
        WorkSharing.array(count: units, blockSize: 16_384) { range, target in
          for unit in range { target[unit] = 0 }
          for (cell, factor) in combination.cells where !columns[cell].isEmpty {
            columns[cell].withUnsafeBufferPointer { column in
              for unit in range { target[unit] += factor * column[unit] }
            }
          }
          for (group, factor) in combination.groups {
            for unit in range where cohort[unit] == Int32(group) { target[unit] += factor * weight[unit] }
          }
        }
      })
  }

  private func clustered(_ scores: Matrix) -> Matrix {
    guard let cluster else { return scores }
    var sums = Matrix(rows: clusters, columns: scores.columns)
    for c in 0..<scores.columns {
      for unit in 0..<units { sums.elements[c * clusters + Int(cluster[unit])] += scores.elements[c * units + unit] }
    }
    return sums
  }

  func covariance(_ combinations: [EffectCombination]) -> Matrix {
    (1 / (Double(units) * Double(units))) * clustered(scores(combinations)).crossProduct
  }

  func cellVariances() -> [Double] {
    WorkSharing.map(columns.count) { cell in
      let column = columns[cell]
      guard !column.isEmpty else { return 0 }
      let square = Double(units) * Double(units)
      guard let cluster else { return column.reduce(0) { $0 + $1 * $1 } / square }
      var sums = [Double](repeating: 0, count: clusters)
      for unit in 0..<units { sums[Int(cluster[unit])] += column[unit] }
      return sums.reduce(0) { $0 + $1 * $1 } / square
    }
  }

  func draws(_ combinations: [EffectCombination], numbers: Range<Int>, seed: UInt64) -> Matrix {
    let draws = numbers.count
    let scores = clustered(scores(combinations))
    let rows = scores.rows
    let result = WorkSharing.reduce(
      count: rows, blockSize: 512, parts: 4, empty: { Matrix(rows: draws, columns: combinations.count) },
      add: { sum, range in
        var multipliers = Matrix(rows: draws, columns: range.count)
        multipliers.elements.withUnsafeMutableBufferPointer { buffer in
          for draw in 0..<draws {
            MammenMultiplier.fill(
              range, seed: seed, draw: numbers.lowerBound + draw, into: buffer.baseAddress! + draw, stride: draws)
          }
        }
        sum += multipliers * scores.selecting(rows: Array(range))
      }, combine: { $0 += $1 })
    return (1 / Double(units)) * result
  }
}
