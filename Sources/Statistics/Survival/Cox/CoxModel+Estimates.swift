import NumericalMethods
import Primitives

extension CoxModel {
  /// What R's `coxph` would use: clustered when the follow-up has clusters, robust when weights are not whole numbers.
  public var customaryConvention: CovarianceConvention {
    if followUp.cluster != nil { return .clustered(.cr0) }
    if let weight = followUp.weight, weight.contains(where: { $0 != $0.rounded() }) { return .hc0 }
    return .classical
  }

  /// The coefficients with the errors of a convention; normal intervals and chi-square tests.
  ///
  /// Robust errors are the sum of squared dfbeta residuals, of rows (`hc0`) or summed within clusters (`cr0`, the grouped
  /// jackknife of R's `coxph`); `hc1Likelihood` and `cr1Likelihood` multiply by n/(n − 1) or G/(G − 1), as Stata does.
  /// With several ways of clustering the covariances are added and subtracted over intersections.
  ///
  /// Lin and Wei 1989, doi:10.1080/01621459.1989.10478874.
  ///
  /// - Parameters:
  ///   - convention: nil for ``customaryConvention``.
  ///   - clusters: of n rows; empty for the follow-up's own.
  /// - Throws: `.notSupported` for exact ties or a convention that has no meaning here, `.tooFewClusters`.
  public func estimates(
    _ convention: CovarianceConvention? = nil, clusters: [Clusters] = []
  ) throws(StatisticsError) -> CoefficientEstimates {
    let convention = convention ?? (clusters.isEmpty ? customaryConvention : .clustered(.cr0))
    let (covariance, words) = try covariance(convention, clusters)
    return CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance, convention: words, observations: count,
      aliased: aliased, clusterCounts: try clusterCounts(convention, clusters))
  }

  private func covariance(
    _ convention: CovarianceConvention, _ clusters: [Clusters]
  ) throws(StatisticsError) -> (Matrix, LocalizedText) {
    switch convention {
    case .classical:
      return (modelCovariance, .inverseInformation)
    case .hc0, .hc1Likelihood:
      let meat = try robustScores(at: likelihood.hazards, likelihood.moments).outerProducts(nil)
      let n = Double(count)
      let factor = convention == .hc0 ? 1 : n / (n - 1)
      return (
        factor * sandwich(meat),
        convention == .hc0
          ? LocalizedText(
            "robust: squared dfbeta of each row, no small-sample factor (R coxph)",
            nl: "robuust: gekwadrateerde dfbeta van elke rij, zonder factor voor kleine steekproeven (coxph van R)")
          : LocalizedText(
            "robust: squared dfbeta of each row, times n/(n − 1) (Stata)",
            nl: "robuust: gekwadrateerde dfbeta van elke rij, maal n/(n − 1) (Stata)")
      )
    case .clustered(let kind):
      guard kind == .cr0 || kind == .cr1Likelihood else {
        throw .notSupported(method: "the cluster convention \(kind.rawValue)", input: "a Cox model")
      }
      let ways = try self.ways(clusters)
      let scores = try robustScores(at: likelihood.hazards, likelihood.moments)
      var meat = Matrix(rows: design.columnCount, columns: design.columnCount)
      for subset in 1..<(1 << ways.count) {
        let chosen = ways.indices.filter { subset & (1 << $0) != 0 }
        let joint = chosen.dropFirst().reduce(ways[chosen[0]]) { $0.intersection(ways[$1]) }
        let size = Double(joint.count)
        let factor = (kind == .cr0 ? 1 : size / (size - 1)) * (chosen.count.isMultiple(of: 2) ? -1 : 1)
        meat += factor * scores.outerProducts(joint)
      }
      let sizes = LocalizedText.clusters(ways)
      return (
        sandwich(meat),
        kind == .cr0
          ? LocalizedText(
            "clustered: squared dfbeta summed within \(sizes[.english]), no small-sample factor (R coxph)",
            nl:
              "geclusterd: gekwadrateerde dfbeta, opgeteld binnen \(sizes[.dutch]), zonder factor voor kleine steekproeven (coxph van R)"
          )
          : LocalizedText(
            "clustered: squared dfbeta summed within \(sizes[.english]), times G/(G − 1) (Stata)",
            nl: "geclusterd: gekwadrateerde dfbeta, opgeteld binnen \(sizes[.dutch]), maal G/(G − 1) (Stata)")
      )
    case .hc1, .hc2, .hc3, .hc4:
      throw .notSupported(method: "the convention \(convention)", input: "a Cox model")
    }
  }

  private func clusterCounts(
    _ convention: CovarianceConvention, _ clusters: [Clusters]
  ) throws(StatisticsError) -> [Int] {
    if case .clustered = convention { try ways(clusters).map(\.count) } else { [] }
  }

  private func ways(_ clusters: [Clusters]) throws(StatisticsError) -> [Clusters] {
    var ways = clusters
    if ways.isEmpty, let own = followUp.cluster { ways = [Clusters(labels: own)] }
    guard !ways.isEmpty else { throw .setting(name: "clusters", reason: "clustered errors need to know the clusters") }
    for way in ways {
      try FollowUp.check(lengthOf: way.codes, "cluster", count)
      guard way.count >= 2 else { throw .tooFewClusters(found: way.count, needed: 2) }
    }
    return ways
  }

  private func sandwich(_ meat: Matrix) -> Matrix {
    meat.selecting(rows: kept, columns: kept).sandwiched(by: modelCovariance)
  }

  /// The score test with the squared scores of rows, or clusters, as its variance: `coxph`'s robust score test,
  /// which however leaves out an offset where the coefficients are 0; this keeps it.
  ///
  /// - Parameter clusters: nil for the follow-up's own clusters, or every row for itself.
  public func robustScoreTest(clusters: Clusters? = nil) throws(StatisticsError) -> WaldTest {
    let hazards = likelihood.hazards(at: [Double](repeating: 0, count: design.columnCount))
    let sums = columns.derivatives(hazards, expected: hazards.expected(columns.grid), keepsMoments: true)
    let scores = try robustScores(at: hazards, sums.moments)
    let meat = scores.outerProducts(clusters ?? followUp.cluster.map { Clusters(labels: $0) })
    let score = kept.map { sums.score[$0] }
    return test(try Self.quadraticForm(score, meat.selecting(rows: kept, columns: kept)))
  }

  func robustScores(at hazards: CoxHazards, _ moments: CoxMoments?) throws(StatisticsError) -> CoxScores {
    guard ties != .exact else { throw .notSupported(method: "robust errors", input: "exact ties") }
    return scores(at: hazards, moments)
  }

  func scores(at hazards: CoxHazards, _ moments: CoxMoments?) -> CoxScores {
    let moments =
      moments
      ?? columns.derivatives(hazards, expected: hazards.expected(columns.grid), keepsMoments: true).moments!
    return CoxScores(columns, hazards, moments)
  }
}

extension LocalizedText {
  static let inverseInformation = LocalizedText(
    "the inverse of the information", nl: "de inverse van de informatie")
}
