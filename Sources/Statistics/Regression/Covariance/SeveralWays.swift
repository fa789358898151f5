import NumericalMethods

/// One way of clustering, or several by adding and subtracting the covariances of their intersections (Cameron, Gelbach
/// and Miller 2011, doi:10.1198/jbes.2010.07136), with the small-sample factors of a convention.
struct SeveralWays {
  let convention: ClusterConvention
  let ways: [Clusters]
  /// n.
  let observations: Int
  /// K: coefficients, and absorbed effects that count.
  let coefficients: Int

  /// - Parameter term: the covariance without a factor for the clusters given, or White's when there are none.
  func covariance(
    width: Int, _ term: (Clusters?) throws(StatisticsError) -> Matrix
  ) throws(StatisticsError) -> Matrix {
    let every = (1 << ways.count) - 1
    var total = Matrix(rows: width, columns: width)
    // Singles first, then pairs, as one writes the formula.
    for subset in (1...every).sorted(by: { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }) {
      let members = ways.indices.filter { subset & (1 << $0) != 0 }.map { ways[$0] }
      let sign = members.count % 2 == 1 ? 1.0 : -1.0
      if convention == .cr1WhiteIntersection, subset == every, ways.count > 1 {
        total += sign * (try term(nil))
      } else {
        let clusters = members.dropFirst().reduce(members[0]) { $0.intersection($1) }
        total += sign * (try factor(clusters.count)) * (try term(clusters))
      }
    }
    return total
  }

  private func factor(_ clusters: Int) throws(StatisticsError) -> Double {
    let (n, k, g) = (Double(observations), Double(coefficients), Double(clusters))
    switch convention {
    case .cr0, .cr2, .cr3: return 1
    case .cr1Likelihood: return g / (g - 1)
    case .cr1p:
      guard g > k else { throw .tooFewClusters(found: clusters, needed: coefficients + 1) }
      return g / (g - k)
    case .cr1, .cr1WhiteIntersection, .cr1SmallestCount:
      guard n > k else { throw .tooFewObservations(found: observations, needed: coefficients + 1) }
      let counted = convention == .cr1SmallestCount ? Double(ways.map(\.count).min()!) : g
      return counted / (counted - 1) * (n - 1) / (n - k)
    }
  }
}
