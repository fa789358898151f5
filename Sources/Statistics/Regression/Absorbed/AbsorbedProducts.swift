import COpenBLAS
import NumericalMethods

/// The main effect of a regression: the rows of each of its levels together, with their weights.
struct MainEffect: Sendable {
  let order: ClusterOrder
  let weights: [Double]?
  /// Σ w of each level.
  let weightSums: [Double]

  init(_ way: Clusters, weights: [Double]?) {
    order = ClusterOrder(way, rowsPerPiece: 8192)
    self.weights = weights
    var sums = [Double](repeating: 0, count: way.count)
    if let weights {
      for i in way.codes.indices { sums[Int(way.codes[i])] += weights[i] }
    } else {
      for g in sums.indices { sums[g] = Double(order.size(g)) }
    }
    weightSums = sums
  }

  /// Takes each level's weighted mean out of n × d numbers, row after row.
  func takeOutMeans(_ numbers: inout [Double], width: Int) {
    guard width > 0 else { return }
    numbers.withUnsafeMutableBufferPointer { buffer in
      let start = SendablePointer(buffer.baseAddress!)
      WorkSharing.forEach(order.pieces.count) { piece in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { means in
          for g in order.pieces[piece] {
            means.update(repeating: 0)
            for place in order.starts[g]..<order.starts[g + 1] {
              let row = Int(order.rows[place])
              let w = weights?[row] ?? 1
              for c in 0..<width { means[c] += w * start.pointer[row * width + c] }
            }
            for c in 0..<width { means[c] /= weightSums[g] }
            for place in order.starts[g]..<order.starts[g + 1] {
              let row = Int(order.rows[place])
              for c in 0..<width { start.pointer[row * width + c] -= means[c] }
            }
          }
        }
      }
    }
  }
}

extension AbsorbedColumns {
  /// Σ q z zᵀ over all rows, K × K; what lies above the diagonal is copied below.
  ///
  /// - Parameters:
  ///   - q: n numbers; nil for ones.
  ///   - order: rows in pieces.
  ///   - between: what is done with each piece: its clusters and the sums Σ q z of the sparse columns for each, sparse × g.
  func products(
    _ q: [Double]?, _ order: ClusterOrder,
    between: @Sendable (inout Matrix, Range<Int>, inout Matrix) -> Void
  ) -> Matrix {
    let size = count
    let parts = max(1, min(16, 4_194_304 / max(1, size * size)))
    var total = WorkSharing.reduce(
      count: order.pieces.count, blockSize: 1, parts: parts, empty: { Matrix(rows: size, columns: size) },
      add: { sum, piece in
        let range = order.pieces[piece.lowerBound]
        var sums = Matrix(rows: sparseCount, columns: sparseCount > 0 ? range.count : 0)
        addRows(range, order, q, to: &sum, &sums)
        between(&sum, range, &sums)
      },
      combine: { $0 += $1 })
    total.copyUpperToLower()
    return total
  }

  private func addRows(
    _ range: Range<Int>, _ order: ClusterOrder, _ q: [Double]?, to sum: inout Matrix, _ sums: inout Matrix
  ) {
    let (size, blocks, width, sparse) = (count, blockCount, denseCount, sparseCount)
    let rows = order.starts[range.lowerBound]..<order.starts[range.upperBound]
    sum.elements.withUnsafeMutableBufferPointer { sum in
      sums.elements.withUnsafeMutableBufferPointer { sums in
        codes.withUnsafeBufferPointer { codes in
          dense.withUnsafeBufferPointer { dense in
            for g in range {
              let ownSums = sparse > 0 ? sums.baseAddress! + (g - range.lowerBound) * sparse : nil
              for place in order.starts[g]..<order.starts[g + 1] {
                let row = Int(order.rows[place])
                let weight = q?[row] ?? 1
                let x = dense.baseAddress! + row * width
                for a in 0..<blocks {
                  let code = Int(codes[row * blocks + a])
                  guard code >= 0 else { continue }
                  let value = weight * (values?[row * blocks + a] ?? 1)
                  ownSums![code] += value
                  for b in 0..<blocks {
                    let other = Int(codes[row * blocks + b])
                    // Only what lies on and above the diagonal.
                    if other >= code { sum[code + other * size] += value * (values?[row * blocks + b] ?? 1) }
                  }
                  for d in 0..<width { sum[code + (sparse + d) * size] += value * x[d] }
                }
                if width <= 4 {
                  for d in 0..<width {
                    for e in 0...d { sum[sparse + e + (sparse + d) * size] += weight * x[d] * x[e] }
                  }
                }
              }
            }
          }
        }
      }
    }
    if width > 4 { addDenseProducts(rows, order, q, to: &sum) }
  }

  private func addDenseProducts(_ places: Range<Int>, _ order: ClusterOrder, _ q: [Double]?, to sum: inout Matrix) {
    let (size, width) = (count, denseCount)
    WorkSharing.prepareLinearAlgebra()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: width * min(2048, places.count)) { room in
      for first in stride(from: places.lowerBound, to: places.upperBound, by: 2048) {
        let stretch = first..<min(first + 2048, places.upperBound)
        for (column, place) in stretch.enumerated() {
          let row = Int(order.rows[place])
          let root = (q?[row] ?? 1).squareRoot()
          for c in 0..<width { room[column * width + c] = root * dense[row * width + c] }
        }
        sum.elements.withUnsafeMutableBufferPointer { target in
          cblas_dsyrk(
            CblasColMajor, CblasUpper, CblasNoTrans, Int32(width), Int32(stretch.count), 1, room.baseAddress!,
            Int32(width), 1, target.baseAddress! + sparseCount * (size + 1), Int32(size))
        }
      }
    }
  }

  /// ZᵀWM₁Z: products after the main effect has been taken out of the sparse columns too.
  func products(without main: MainEffect) -> Matrix {
    let size = count
    let sparse = sparseCount
    return products(main.weights, main.order) { sum, range, sums in
      guard sparse > 0 else { return }
      for g in range {
        let scale = 1 / main.weightSums[g].squareRoot()
        for c in 0..<sparse { sums[c, g - range.lowerBound] *= scale }
      }
      WorkSharing.prepareLinearAlgebra()
      cblas_dsyrk(
        CblasColMajor, CblasUpper, CblasNoTrans, Int32(sparse), Int32(range.count), -1, sums.elements, Int32(sparse), 1,
        &sum.elements, Int32(size))
    }
  }

  /// The response less the other columns times their coefficients, the main effect taken out; n numbers.
  func residuals(_ coefficients: [Double], without main: MainEffect) -> [Double] {
    let (blocks, width, sparse) = (blockCount, denseCount, sparseCount)
    var rest = WorkSharing.array(count: rowCount) { rows, start in
      for row in rows {
        var value = dense[row * width + width - 1]
        for d in 0..<width - 1 { value -= dense[row * width + d] * coefficients[sparse + d] }
        for a in 0..<blocks {
          let code = Int(codes[row * blocks + a])
          if code >= 0 { value -= coefficients[code] * (values?[row * blocks + a] ?? 1) }
        }
        start[row] = value
      }
    }
    if sparse > 0 { main.takeOutMeans(&rest, width: 1) }
    return rest
  }

  /// Σ u z over all rows, K numbers.
  func sums(of u: [Double]) -> [Double] {
    let size = count
    return WorkSharing.reduce(
      count: rowCount, empty: { [Double](repeating: 0, count: size) },
      add: { sums, rows in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in rows { addScore(row, u[row], to: sums.baseAddress!) }
        }
      },
      combine: { total, part in for c in total.indices { total[c] += part[c] } })
  }

  @inline(__always)
  func addScore(_ row: Int, _ u: Double, to sums: UnsafeMutablePointer<Double>) {
    for a in 0..<blockCount {
      let code = Int(codes[row * blockCount + a])
      if code >= 0 { sums[code] += u * (values?[row * blockCount + a] ?? 1) }
    }
    for d in 0..<denseCount { sums[sparseCount + d] += u * dense[row * denseCount + d] }
  }
}
