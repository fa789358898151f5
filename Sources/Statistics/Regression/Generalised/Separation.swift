import Foundation
import NumericalMethods

/// Columns that tell responses apart without error, so that the likelihood has no finite maximum.
///
/// Complete: a combination of the columns is above zero for every success and below for every failure. Quasi-complete: it is
/// zero for some rows and on the right side for all others (Albert and Anderson 1984, doi:10.1093/biomet/71.1.1). For
/// counts only zeros can be separated (Santos Silva and Tenreyro 2010, doi:10.1016/j.econlet.2010.02.020).
struct Separation {
  /// The columns that take part.
  let columns: [String]

  var error: StatisticsError { .separated(columns: columns) }

  /// Coefficients under which every response lies on its own side.
  init(complete rows: LikelihoodRows, _ coefficients: [Double]) {
    columns = Separation.names(rows, coefficients)
  }

  /// Looks along the direction in which the steps keep going for one that separates, and proves it.
  ///
  /// The rows whose linear predictor does not move leave some combinations of the columns free. The direction brought
  /// into that free space must move no row away from its response.
  ///
  /// - Returns: nil when the direction cannot be proved to separate.
  init?(quasi rows: LikelihoodRows, along direction: [Double]) {
    for threshold in [0.3, 0.03, 0.8] {
      let still = Separation.crossProductOfStill(rows, direction, threshold: threshold)
      guard still.moved > 0, let free = Separation.project(direction, onNullSpaceOf: still.matrix, rows: still.count)
      else { continue }
      let margins = Separation.margins(rows, free)
      guard margins.largest > 0, margins.smallest >= -1e-6 * margins.largest else { continue }
      columns = Separation.names(rows, free)
      return
    }
    return nil
  }

  private struct Still: Sendable {
    var matrix: Matrix
    var count = 0
    var moved = 0
  }

  private static func crossProductOfStill(
    _ rows: LikelihoodRows, _ direction: [Double], threshold: Double
  ) -> (matrix: Matrix, count: Int, moved: Int) {
    let width = direction.count
    var sum = rows.design.reduceBlocks(
      empty: { Still(matrix: Matrix(rows: width, columns: width)) },
      add: { part, block in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * block.rows.count) { room in
          let (move, keep) = (room.baseAddress!, room.baseAddress! + block.rows.count)
          block.times(direction, offset: nil, into: move)
          for i in 0..<block.rows.count {
            let place = block.rows.lowerBound + i
            let counts = rows.weights.map { $0[place] > 0 } ?? true
            let leaves = counts && rows.family.direction(rows.response[place]) * move[i] > threshold
            keep[i] = counts && !leaves ? 1 : 0
            part.count += counts && !leaves ? 1 : 0
            part.moved += leaves ? 1 : 0
          }
          block.addCrossProduct(weights: keep, to: &part.matrix)
        }
      },
      combine: {
        $0.matrix += $1.matrix
        $0.count += $1.count
        $0.moved += $1.moved
      })
    sum.matrix.copyUpperToLower()
    return (sum.matrix, sum.count, sum.moved)
  }

  private static func project(_ direction: [Double], onNullSpaceOf matrix: Matrix, rows: Int) -> [Double]? {
    guard rows > 0 else { return direction }
    let scales = matrix.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
    var unit = matrix
    for c in 0..<unit.columns {
      for r in 0..<unit.rows { unit[r, c] *= scales[r] * scales[c] }
    }
    guard let eigen = SymmetricEigen(unit), let largest = eigen.values.last else { return nil }
    let scaled = zip(direction, scales).map { $0 / $1 }
    var free = [Double](repeating: 0, count: direction.count)
    for (j, value) in eigen.values.enumerated() where value <= 1e-10 * max(largest, 1) {
      let vector = eigen.vectors.column(j)
      var share = 0.0
      for i in vector.indices { share += vector[i] * scaled[i] }
      for i in vector.indices { free[i] += share * vector[i] }
    }
    let found = zip(free, scales).map { $0 * $1 }
    return found.contains { $0 != 0 } ? found : nil
  }

  private static func margins(_ rows: LikelihoodRows, _ direction: [Double]) -> (smallest: Double, largest: Double) {
    rows.design.reduceBlocks(
      empty: { (0.0, 0.0) },
      add: { part, block in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: block.rows.count) { room in
          let move = room.baseAddress!
          block.times(direction, offset: nil, into: move)
          for i in 0..<block.rows.count {
            let place = block.rows.lowerBound + i
            guard rows.weights.map({ $0[place] > 0 }) ?? true else { continue }
            let side = rows.family.direction(rows.response[place])
            // A response between its bounds may not move at all.
            let margin = side == 0 ? -abs(move[i]) : side * move[i]
            part.0 = min(part.0, margin)
            part.1 = max(part.1, margin)
          }
        }
      },
      combine: { $0 = (min($0.0, $1.0), max($0.1, $1.1)) })
  }

  /// The columns that a direction uses, by how far each moves the linear predictor over its range.
  private static func names(_ rows: LikelihoodRows, _ direction: [Double]) -> [String] {
    let design = rows.design
    let width = direction.count
    let sizes = design.reduceBlocks(
      empty: { [Double](repeating: 0, count: width) },
      add: { part, block in
        for c in 0..<width {
          let column = block.column(c)
          var size = part[c]
          for i in 0..<block.rows.count { size = max(size, abs(column[i])) }
          part[c] = size
        }
      },
      combine: { total, part in for c in total.indices { total[c] = max(total[c], part[c]) } })
    let first = design.design.hasIntercept ? 1 : 0
    let reach = direction.indices.map { abs(direction[$0]) * sizes[$0] }
    let largest = reach[first...].max() ?? 0
    let named = direction.indices[first...].filter { reach[$0] > 1e-3 * largest && largest > 0 }
    return (named.isEmpty ? Array(direction.indices) : Array(named)).map { design.design.names[$0] }
  }
}
