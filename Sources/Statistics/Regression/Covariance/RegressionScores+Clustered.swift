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

  /// One way of clustering, or several by adding and subtracting the covariances of their intersections (Cameron,
  /// Gelbach and Miller 2011, doi:10.1198/jbes.2010.07136).
  func covariance(
    clustered convention: ClusterConvention, _ ways: [Clusters]
  ) throws(StatisticsError) -> Matrix {
    let smallest = ways.map(\.count).min()!
    let every = (1 << ways.count) - 1
    var total = Matrix(rows: columnCount, columns: columnCount)
    // Singles first, then pairs, as one writes the formula.
    let subsets = (1...every).sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    for subset in subsets {
      let members = ways.indices.filter { subset & (1 << $0) != 0 }.map { ways[$0] }
      let clusters = members.dropFirst().reduce(members[0]) { $0.intersection($1) }
      let isIntersectionOfAll = subset == every && ways.count > 1
      let term: Matrix
      switch convention {
      case .cr2, .cr3:
        term = try adjusted(convention, clusters)
      case .cr1WhiteIntersection where isIntersectionOfAll:
        term = try heteroskedastic(nil)
      default:
        let factor = try smallSampleFactor(convention, clusters: clusters.count, smallest: smallest)
        term = factor * (try clustered(clusters))
      }
      total += (members.count % 2 == 1 ? 1 : -1) * term
    }
    return total
  }

  private func smallSampleFactor(
    _ convention: ClusterConvention, clusters: Int, smallest: Int
  ) throws(StatisticsError) -> Double {
    let (n, k, g, m) = (Double(observations), Double(columnCount), Double(clusters), Double(smallest))
    switch convention {
    case .cr0, .cr2, .cr3: return 1
    case .cr1Likelihood: return g / (g - 1)
    case .cr1p:
      guard g > k else { throw .tooFewClusters(found: clusters, needed: columnCount + 1) }
      return g / (g - k)
    case .cr1, .cr1WhiteIntersection, .cr1SmallestCount:
      guard n > k else { throw .tooFewObservations(found: observations, needed: columnCount + 1) }
      let groups = convention == .cr1SmallestCount ? m / (m - 1) : g / (g - 1)
      return groups * (n - 1) / (n - k)
    }
  }
}
