import Foundation
import NumericalMethods

/// How far apart two units are when they are compared by several covariates at once.
///
/// A factor counts by one column of 0 and 1/√2 for each level, so that two different levels are as far apart as a binary
/// variable's 0 and 1. Columns that do not vary count for nothing.
public enum CovariateDistance: String, Codable, Hashable, Sendable, CaseIterable {
  /// √((x − y)ᵀ S⁻¹ (x − y)) with S the covariance within the groups, pooled (Rubin 1980, doi:10.2307/2529981).
  case mahalanobis
  /// Mahalanobis' distance of ranks with the variance of untied ranks (Rosenbaum 2010,
  /// doi:10.1007/978-1-4419-1213-8, chapter 8): outliers and rare levels weigh less.
  case robustMahalanobis
  /// Each covariate divided by its standard deviation within the groups, pooled.
  case scaledEuclidean
  /// The covariates as they are.
  case euclidean

  /// Coordinates whose Euclidean distance is the distance meant.
  ///
  /// - Parameters:
  ///   - terms: numeric variables and factors.
  ///   - treated: n values.
  ///   - discarded: units that do not count for the spread.
  /// - Returns: n × p; p is at least 1.
  func coordinates(_ terms: [ModelMatrix.Term], treated: [Bool], discarded: [Bool]? = nil) -> Matrix {
    var columns = terms.flatMap { $0.distanceColumns() }
    let moving = columns.filter { $0.max()! - $0.min()! >= 0x1p-26 }
    guard !moving.isEmpty else {
      return Matrix(columns: [columns.first ?? [Double](repeating: 0, count: treated.count)])
    }
    columns = moving
    let kept = treated.indices.filter { !(discarded?[$0] ?? false) }
    switch self {
    case .euclidean: break
    case .scaledEuclidean:
      for c in columns.indices {
        let spread = Self.pooledStandardDeviation(columns[c], treated: treated, kept: kept)
        for i in columns[c].indices { columns[c][i] /= spread }
      }
    case .mahalanobis:
      for c in columns.indices { standardise(&columns[c]) }
      let covariance = Self.pooledCovariance(columns, treated: treated, kept: kept)
      return Self.rotated(columns, by: covariance)
    case .robustMahalanobis:
      for c in columns.indices {
        let ranked = ranks(of: kept.map { columns[c][$0] })
        columns[c] = [Double](repeating: 0, count: treated.count)
        for (place, i) in kept.enumerated() { columns[c][i] = ranked[place] }
      }
      var covariance = Self.covariance(columns, kept: kept)
      let n = Double(kept.count)
      // The standard deviation of 1…n.
      let untied = (n * (n + 1) / 12).squareRoot()
      let scales = covariance.diagonal.map { $0 > 0 ? untied / $0.squareRoot() : 1 }
      for c in 0..<covariance.columns {
        for r in 0..<covariance.rows { covariance[r, c] *= scales[r] * scales[c] }
      }
      return Self.rotated(columns, by: covariance)
    }
    return Matrix(columns: columns)
  }

  private func standardise(_ column: inout [Double]) {
    let n = Double(column.count)
    let mean = column.reduce(0, +) / n
    var squares = 0.0
    for value in column { squares += (value - mean) * (value - mean) }
    let spread = (squares / (n - 1)).squareRoot()
    for i in column.indices { column[i] = (column[i] - mean) / spread }
  }

  /// The covariance about the groups' own means, over n − 2.
  private static func pooledCovariance(_ columns: [[Double]], treated: [Bool], kept: [Int]) -> Matrix {
    let centred = columns.map { column in
      let means = groupSums(of: column, treated: treated, kept: kept).means
      return column.indices.map { column[$0] - (treated[$0] ? means.treated : means.untreated) }
    }
    let n = Double(kept.count)
    return ((n - 1) / (n - 2)) * covariance(centred, kept: kept)
  }

  private static func covariance(_ columns: [[Double]], kept: [Int]) -> Matrix {
    let n = Double(kept.count)
    let means = columns.map { column in kept.reduce(0) { $0 + column[$1] } / n }
    var result = Matrix(rows: columns.count, columns: columns.count)
    for c in columns.indices {
      for r in 0...c {
        var sum = 0.0
        for i in kept { sum += (columns[r][i] - means[r]) * (columns[c][i] - means[c]) }
        result[r, c] = sum / (n - 1)
        result[c, r] = result[r, c]
      }
    }
    return result
  }

  /// Within the groups, over n − 2; a column of 0 and 1 by its shares, over n.
  private static func pooledStandardDeviation(_ column: [Double], treated: [Bool], kept: [Int]) -> Double {
    let (sums, means) = groupSums(of: column, treated: treated, kept: kept)
    let n = Double(kept.count)
    if kept.allSatisfy({ column[$0] == 0 || column[$0] == 1 }) {
      return ((sums.untreated * (1 - means.untreated) + sums.treated * (1 - means.treated)) / n).squareRoot()
    }
    var squares = 0.0
    for i in kept {
      let difference = column[i] - (treated[i] ? means.treated : means.untreated)
      squares += difference * difference
    }
    return (squares / (n - 2)).squareRoot()
  }

  private typealias ByGroup = (untreated: Double, treated: Double)

  /// Of the rows kept.
  private static func groupSums(
    of column: [Double], treated: [Bool], kept: [Int]
  ) -> (sums: ByGroup, means: ByGroup) {
    var sums: ByGroup = (0, 0)
    var counts: ByGroup = (0, 0)
    for i in kept {
      if treated[i] {
        sums.treated += column[i]
        counts.treated += 1
      } else {
        sums.untreated += column[i]
        counts.untreated += 1
      }
    }
    return (sums, (sums.untreated / counts.untreated, sums.treated / counts.treated))
  }

  /// The columns times the transposed factor of the inverse covariance, pivoted as R's `chol`, so that the first
  /// coordinate, by which ties are settled, is the one that R's users see.
  private static func rotated(_ columns: [[Double]], by covariance: Matrix) -> Matrix {
    let p = columns.count
    let inverse: Matrix
    if let factor = Cholesky(covariance), factor.reciprocalCondition > 1e-13, factor.logDeterminant > log(1e-8) {
      inverse = factor.inverse
    } else {
      inverse = SingularValues(covariance)?.pseudoInverse(tolerance: 1e-8) ?? .identity(p)
    }
    let factor = pivotedFactor(inverse)
    let n = columns[0].count
    var result = Matrix(rows: n, columns: p)
    for r in 0..<p {
      for c in 0..<p where factor[r, c] != 0 {
        let weight = factor[r, c]
        for i in 0..<n { result.elements[i + r * n] += weight * columns[c][i] }
      }
    }
    // Rows of the factor beyond the rank are zero, and so are their coordinates.
    let rank = (0..<p).last { r in (0..<p).contains { factor[r, $0] != 0 } } ?? 0
    return result.selecting(columns: Array(0...rank))
  }

  /// U with UᵀU = A in the order of A's columns, by Cholesky's decomposition with the largest remaining diagonal first.
  private static func pivotedFactor(_ a: Matrix) -> Matrix {
    let p = a.rows
    var work = a
    var upper = Matrix(rows: p, columns: p)
    var left = Array(0..<p)
    let threshold = Double(p) * 0x1p-53 * (a.diagonal.max() ?? 0)
    for step in 0..<p {
      guard let pivot = left.max(by: { work[$0, $0] < work[$1, $1] }), work[pivot, pivot] > threshold else { break }
      let root = work[pivot, pivot].squareRoot()
      for c in left { upper[step, c] = c == pivot ? root : work[pivot, c] / root }
      left.removeAll { $0 == pivot }
      for c in left { for r in left { work[r, c] -= upper[step, r] * upper[step, c] } }
    }
    return upper
  }
}

extension ModelMatrix.Term {
  /// All levels of a factor, divided by √2; other terms as they are.
  fileprivate func distanceColumns() -> [[Double]] {
    switch self {
    case .intercept: return []
    case .factor(_, let codes, let levels, _):
      let one = 0.5.squareRoot()
      return levels.indices.map { level in codes.map { Int($0) == level ? one : 0 } }
    default: return expandedColumns()
    }
  }

  /// The term's columns, laid out.
  func expandedColumns() -> [[Double]] {
    let rows: Int
    switch self {
    case .intercept: return []
    case .numeric(_, let values): return [values]
    case .factor(_, let codes, _, _): rows = codes.count
    case .spline(_, let values, _): rows = values.count
    case .product(let a, _): rows = a.expandedColumns().first?.count ?? 0
    }
    guard let matrix = try? ModelMatrix(rowCount: rows, terms: [self]) else { return [] }
    return (0..<matrix.columnCount).map { matrix.column($0) }
  }
}
