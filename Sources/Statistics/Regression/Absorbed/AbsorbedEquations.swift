import COpenBLAS
import NumericalMethods

/// Least squares with effects absorbed exactly: the way with the most levels by means, the others as dummies in the normal
/// equations, whose cross-products are counts.
struct AbsorbedEquations: Sendable {
  let columns: AbsorbedColumns
  let main: MainEffect
  let way: Clusters
  let factor: SequentialCholesky
  /// The columns of the design that have a coefficient, and their places among the factor's.
  let keptDesign: [Int]
  let places: [Int]
  let coefficients: [Double]
  let residuals: [Double]
  /// Σ w y² after all effects.
  let totalWithin: Double

  /// - Parameter ways: the one with the most levels first.
  init(_ design: ModelMatrix, response: [Double], weights: [Double]?, ways: [Clusters]) {
    var columns = AbsorbedColumns(design: design, response: response, further: Array(ways.dropFirst()))
    let main = MainEffect(ways[0], weights: weights)
    let scales = columns.squares(weights)
    main.takeOutMeans(&columns.dense, width: columns.denseCount)
    let products = columns.products(without: main)
    let designOrder = columns.designPositions.indices.filter { columns.designPositions[$0] != nil }
    let order = columns.effects + designOrder.map { columns.designPositions[$0]! }
    let factor = SequentialCholesky(products, order: order, scales: scales)
    let right = columns.response
    var solved = factor.solve(factor.kept.map { products[$0, right] })
    var (residuals, gradient) = Self.rest(solved, factor.kept, columns, main)
    // The products of long columns keep fewer digits than the columns themselves; one step on what is left returns them.
    let change = factor.solve(factor.kept.map { gradient[$0] })
    for i in solved.indices { solved[i] += change[i] }
    (residuals, gradient) = Self.rest(solved, factor.kept, columns, main)
    let effectCount = columns.effects.count
    let effectPlaces = factor.kept.indices.filter { factor.kept[$0] < effectCount }
    // What the effects explain of the response: Σ (L⁻¹ A_y)² over the effects, which come first.
    var forward = factor.kept.map { products[$0, right] }
    if !forward.isEmpty {
      let n = Int32(forward.count)
      cblas_dtrsv(
        CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, factor.lower.elements, n, &forward, 1)
    }
    totalWithin = max(0, effectPlaces.reduce(products[right, right]) { $0 - forward[$1] * forward[$1] })
    var placeOf: [Int: Int] = [:]
    for (place, position) in factor.kept.enumerated() { placeOf[position] = place }
    keptDesign = designOrder.filter { placeOf[columns.designPositions[$0]!] != nil }
    places = keptDesign.map { placeOf[columns.designPositions[$0]!]! }
    coefficients = places.map { solved[$0] }
    self.residuals = residuals
    self.columns = columns
    self.main = main
    self.factor = factor
    way = ways[0]
  }

  private static func rest(
    _ solved: [Double], _ kept: [Int], _ columns: AbsorbedColumns, _ main: MainEffect
  ) -> (residuals: [Double], gradient: [Double]) {
    var all = [Double](repeating: 0, count: columns.count)
    for (place, position) in kept.enumerated() { all[position] = solved[place] }
    let residuals = columns.residuals(all, without: main)
    return (residuals, columns.sums(of: product(main.weights, residuals)))
  }

  private static func product(_ weights: [Double]?, _ residuals: [Double]) -> [Double] {
    guard let weights else { return residuals }
    return WorkSharing.array(count: residuals.count) { rows, start in
      for i in rows { start[i] = weights[i] * residuals[i] }
    }
  }

  /// (XᵀWMX)⁻¹ of the design's columns.
  var bread: Matrix { factor.inverse.selecting(rows: places, columns: places) }

  /// The sandwich without a factor: clustered, or White's when there are no clusters.
  func sandwich(_ clusters: Clusters?) -> Matrix {
    let inverse = factor.inverse.selecting(rows: places)
    let u = Self.product(main.weights, residuals)
    let meat: Matrix
    if let clusters, clusters.count < columns.rowCount {
      meat = way.isNested(in: clusters) ? nestedMeat(clusters, u) : crossingMeat(clusters, u)
    } else {
      meat = whiteMeat(u)
    }
    return meat.selecting(rows: factor.kept, columns: factor.kept).sandwiched(by: inverse)
  }

  /// Residuals sum to zero in each level of the main effect, so scores within whole levels need no means taken out.
  private func nestedMeat(_ clusters: Clusters, _ u: [Double]) -> Matrix {
    let size = columns.count
    let order = clusters == way ? main.order : ClusterOrder(clusters, rowsPerPiece: 8192)
    let parts = max(1, min(16, 4_194_304 / max(1, size * size)))
    var total = WorkSharing.reduce(
      count: order.pieces.count, blockSize: 1, parts: parts, empty: { Matrix(rows: size, columns: size) },
      add: { meat, piece in
        let range = order.pieces[piece.lowerBound]
        // Several rounds for a piece of many small clusters, so that the scores stay few.
        for first in stride(from: range.lowerBound, to: range.upperBound, by: 1024) {
          let some = first..<min(first + 1024, range.upperBound)
          var scores = Matrix(rows: size, columns: some.count)
          scores.elements.withUnsafeMutableBufferPointer { scores in
            for g in some {
              let own = scores.baseAddress! + (g - first) * size
              for place in order.starts[g]..<order.starts[g + 1] {
                let row = Int(order.rows[place])
                columns.addScore(row, u[row], to: own)
              }
            }
          }
          WorkSharing.prepareLinearAlgebra()
          cblas_dsyrk(
            CblasColMajor, CblasUpper, CblasNoTrans, Int32(size), Int32(some.count), 1, scores.elements, Int32(size), 1,
            &meat.elements, Int32(size))
        }
      },
      combine: { $0 += $1 })
    total.copyUpperToLower()
    return total
  }

  /// The weighted means of the sparse columns in one level of the main effect.
  private func means(_ level: Int, _ means: UnsafeMutablePointer<Double>) {
    let blocks = columns.blockCount
    means.update(repeating: 0, count: columns.sparseCount)
    for place in main.order.starts[level]..<main.order.starts[level + 1] {
      let row = Int(main.order.rows[place])
      let weight = (main.weights?[row] ?? 1) / main.weightSums[level]
      for a in 0..<blocks {
        let code = Int(columns.codes[row * blocks + a])
        if code >= 0 { means[code] += weight * (columns.values?[row * blocks + a] ?? 1) }
      }
    }
  }

  private func crossingMeat(_ clusters: Clusters, _ u: [Double]) -> Matrix {
    let (size, sparse) = (columns.count, columns.sparseCount)
    let length = size * clusters.count
    let parts = max(1, min(16, 2_097_152 / max(1, length)))
    let scores = WorkSharing.reduce(
      count: main.order.pieces.count, blockSize: 1, parts: parts,
      empty: { [Double](repeating: 0, count: length) },
      add: { scores, piece in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, sparse)) { room in
          scores.withUnsafeMutableBufferPointer { scores in
            for level in main.order.pieces[piece.lowerBound] {
              means(level, room.baseAddress!)
              for place in main.order.starts[level]..<main.order.starts[level + 1] {
                let row = Int(main.order.rows[place])
                let own = scores.baseAddress! + Int(clusters.codes[row]) * size
                columns.addScore(row, u[row], to: own)
                for c in 0..<sparse { own[c] -= u[row] * room[c] }
              }
            }
          }
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
    let matrix = Matrix(rows: size, columns: clusters.count, elements: scores)
    return matrix.timesTransposed(matrix)
  }

  /// Σ u² (z − z̄)(z − z̄)ᵀ = Σ u² z zᵀ less, for each level, P z̄ᵀ + z̄ Pᵀ − U z̄ z̄ᵀ with P = Σ u² z and U = Σ u².
  private func whiteMeat(_ u: [Double]) -> Matrix {
    let (size, sparse, dense) = (columns.count, columns.sparseCount, columns.denseCount)
    let squares = u.map { $0 * $0 }
    return columns.products(squares, main.order) { sum, range, sums in
      guard sparse > 0 else { return }
      var centres = Matrix(rows: sparse, columns: range.count)
      var denseSums = Matrix(rows: dense, columns: range.count)
      centres.elements.withUnsafeMutableBufferPointer { centres in
        for level in range {
          let column = level - range.lowerBound
          let centre = centres.baseAddress! + column * sparse
          means(level, centre)
          var total = 0.0
          for place in main.order.starts[level]..<main.order.starts[level + 1] {
            let row = Int(main.order.rows[place])
            total += squares[row]
            for d in 0..<dense { denseSums[d, column] += squares[row] * columns.dense[row * dense + d] }
          }
          for c in 0..<sparse { sums[c, column] -= total / 2 * centre[c] }
        }
      }
      WorkSharing.prepareLinearAlgebra()
      sum.elements.withUnsafeMutableBufferPointer { target in
        cblas_dsyr2k(
          CblasColMajor, CblasUpper, CblasNoTrans, Int32(sparse), Int32(range.count), -1, sums.elements, Int32(sparse),
          centres.elements, Int32(sparse), 1, target.baseAddress!, Int32(size))
        cblas_dgemm(
          CblasColMajor, CblasNoTrans, CblasTrans, Int32(sparse), Int32(dense), Int32(range.count), -1,
          centres.elements, Int32(sparse), denseSums.elements, Int32(dense), 1,
          target.baseAddress! + sparse * size, Int32(size))
      }
    }
  }
}

extension AbsorbedColumns {
  /// What each column's sum of squares is before any effect is taken out: around zero for the sparse ones, around the mean
  /// for the dense.
  func squares(_ weights: [Double]?) -> [Double] {
    let (blocks, width, sparse) = (blockCount, denseCount, sparseCount)
    let sums = WorkSharing.reduce(
      count: rowCount, empty: { [Double](repeating: 0, count: sparse + width + 1) },
      add: { sums, rows in
        for row in rows {
          let w = weights?[row] ?? 1
          for a in 0..<blocks {
            let code = Int(codes[row * blocks + a])
            guard code >= 0 else { continue }
            let value = values?[row * blocks + a] ?? 1
            sums[code] += w * value * value
          }
          for d in 0..<width { sums[sparse + d] += w * dense[row * width + d] }
          sums[sparse + width] += w
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
    let means = (0..<width).map { sums[sparse + $0] / sums[sparse + width] }
    let spread = WorkSharing.reduce(
      count: rowCount, empty: { [Double](repeating: 0, count: width) },
      add: { sums, rows in
        for row in rows {
          for d in 0..<width {
            let distance = dense[row * width + d] - means[d]
            sums[d] += (weights?[row] ?? 1) * distance * distance
          }
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
    return Array(sums[..<sparse]) + spread
  }
}
