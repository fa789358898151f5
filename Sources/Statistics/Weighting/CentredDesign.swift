import COpenBLAS
import NumericalMethods

/// A design with every column shifted and divided, expanded block by block: the columns (x − m)/s.
///
/// Shifting after expanding keeps the digits of columns whose mean is large beside their spread.
struct CentredDesign: Sendable {
  let design: ModelMatrix
  /// m and 1/s, one for each column.
  let centres: [Double]
  let inverseScales: [Double]

  /// Sums up something over the rows of a group, block by block, combined in order.
  ///
  /// - Parameters:
  ///   - group: n; whether a row belongs to it.
  ///   - add: receives the block, which has the group's rows only, and their positions.
  func reduce<Part: Sendable>(
    over group: [Bool], empty: @Sendable () -> Part,
    add: @Sendable (inout Part, ModelMatrix.Block, UnsafeBufferPointer<Int32>) -> Void,
    combine: (inout Part, Part) -> Void
  ) -> Part {
    design.reduceBlocks(
      empty: empty,
      add: { part, block in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, block.rows.count)) { chosen in
          var count = 0
          group.withUnsafeBufferPointer { group in
            for i in block.rows where group[i] {
              chosen[count] = Int32(i)
              count += 1
            }
          }
          guard count > 0 else { return }
          let first = Int32(block.rows.lowerBound)
          for c in 0..<block.columnCount {
            // Room is never overtaken: a column's place moves towards the front.
            let from = block.column(c)
            let to = block.values + c * count
            let (centre, inverse) = (centres[c], inverseScales[c])
            if count == block.rows.count {
              for j in 0..<count { to[j] = (from[j] - centre) * inverse }
            } else {
              for j in 0..<count { to[j] = (from[Int(chosen[j] - first)] - centre) * inverse }
            }
          }
          let smaller = ModelMatrix.Block(
            rows: 0..<count, values: block.values, spare: block.spare, columnCount: block.columnCount)
          add(&part, smaller, UnsafeBufferPointer(rebasing: chosen[0..<count]))
        }
      },
      combine: combine)
  }

  /// Σ v (x − m)/s over the rows of a group, k numbers.
  func transposedTimes(_ v: [Double], over group: [Bool]) -> [Double] {
    let width = design.columnCount
    return reduce(
      over: group, empty: { [Double](repeating: 0, count: width) },
      add: { sums, block, rows in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { chosen in
          for j in 0..<rows.count { chosen[j] = v[Int(rows[j])] }
          block.addTransposedTimes(chosen.baseAddress!, to: &sums)
        }
      },
      combine: { total, part in for c in total.indices { total[c] += part[c] } })
  }

  /// (x − m)ᵀβ/s for every row of the group, 0 for others.
  func times(_ coefficients: [Double], over group: [Bool]) -> [Double] {
    var result = [Double](repeating: 0, count: design.rowCount)
    result.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let start = SendablePointer(base)
      reduce(
        over: group, empty: { () },
        add: { _, block, rows in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { predictors in
            block.times(coefficients, into: predictors.baseAddress!)
            for j in 0..<rows.count { start.pointer[Int(rows[j])] = predictors[j] }
          }
        },
        combine: { _, _ in })
    }
    return result
  }

  /// Σ w (x − m)(x − m)ᵀ/s² over the rows of a group, k × k.
  func crossProducts(weights: [Double], over group: [Bool]) -> Matrix {
    let width = design.columnCount
    var result = reduce(
      over: group, empty: { Matrix(rows: width, columns: width) },
      add: { sum, block, rows in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { chosen in
          for j in 0..<rows.count { chosen[j] = weights[Int(rows[j])] }
          block.addCrossProduct(weights: chosen.baseAddress!, to: &sum)
        }
      },
      combine: { $0 += $1 })
    result.copyUpperToLower()
    return result
  }
}

extension ModelMatrix.Block {
  /// Xβ of the block.
  ///
  /// - Parameter target: room for one number for each row.
  func times(_ coefficients: [Double], into target: UnsafeMutablePointer<Double>) {
    guard columnCount > 0, !rows.isEmpty else {
      target.update(repeating: 0, count: rows.count)
      return
    }
    WorkSharing.prepareLinearAlgebra()
    cblas_dgemv(
      CblasColMajor, CblasNoTrans, Int32(rows.count), Int32(columnCount), 1, values, Int32(rows.count), coefficients, 1,
      0, target, 1)
  }
}
