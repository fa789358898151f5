import COpenBLAS
import NumericalMethods

extension RegressionScores {
  /// The sums of the scores xwe within each cluster, k × G.
  public func clusterScores(_ clusters: Clusters) -> Matrix {
    let clusters = restricted(clusters)
    return matrix.groupSums(of: multipliers, by: clusters.codes, count: clusters.count)
  }

  /// Scores are kept for all clusters at once up to so many numbers; beyond, cluster after cluster.
  private static let scoresAtOnce = 4_194_304

  /// R⁻¹ (Σ_g R⁻ᵀ s_g s_gᵀ R⁻¹) R⁻ᵀ, with s_g a cluster's score.
  func clustered(_ clusters: Clusters) throws(StatisticsError) -> Matrix {
    if clusters.count == observations { return try heteroskedastic(nil) }
    let width = columnCount
    if width * clusters.count <= Self.scoresAtOnce {
      var scores = matrix.groupSums(of: multipliers, by: clusters.codes, count: clusters.count)
      standardise(scores: &scores)
      return scores.timesTransposed(scores).sandwiched(by: root)
    }
    let order = ClusterOrder(clusters, rowsPerPiece: 4096)
    let meat = WorkSharing.reduce(
      count: order.pieces.count, blockSize: 1, empty: { Matrix(rows: width, columns: width) },
      add: { meat, piece in
        let range = order.pieces[piece.lowerBound]
        let rows = order.rows(of: range)
        let u = rows.map { multipliers[$0] }
        var codes = [Int32](repeating: 0, count: rows.count)
        for (place, row) in rows.enumerated() { codes[place] = clusters.codes[row] - Int32(range.lowerBound) }
        var scores = matrix.selecting(rows: rows).groupSums(of: u, by: codes, count: range.count)
        standardise(scores: &scores)
        cblas_dsyrk(
          CblasColMajor, CblasUpper, CblasNoTrans, Int32(width), Int32(range.count), 1, scores.elements, Int32(width),
          1, &meat.elements, Int32(width))
      },
      combine: { $0 += $1 })
    var whole = meat
    whole.copyUpperToLower()
    return whole.sandwiched(by: root)
  }

  /// One or several ways of clustering with the factors of a convention.
  func covariance(
    clustered convention: ClusterConvention, _ ways: [Clusters]
  ) throws(StatisticsError) -> Matrix {
    let several = SeveralWays(
      convention: convention, ways: ways, observations: observations, coefficients: columnCount)
    return try several.covariance(width: columnCount) { clusters throws(StatisticsError) in
      guard let clusters else { return try heteroskedastic(nil) }
      if convention == .cr2 || convention == .cr3 { return try adjusted(convention, clusters) }
      return try clustered(clusters)
    }
  }
}
