import NumericalMethods
import Primitives

extension AbsorbedRegression {
  /// K: the coefficients, and the effects that count under a rule.
  ///
  /// - Parameter clusters: ways of clustering all rows handed over, which effects may be nested in.
  public func parameters(_ rule: EffectCount = .fixest, clusters: [Clusters] = []) -> Int {
    counted(rule, rows.map { rows in clusters.map { $0.selecting(rows: rows) } } ?? clusters)
  }

  private func counted(_ rule: EffectCount, _ clusters: [Clusters]) -> Int {
    coefficients.count + effects.count(rule, clusters: clusters)
  }

  /// The coefficients with their covariance.
  ///
  /// - Parameters:
  ///   - convention: classical, HC0, HC1 or clustered without adjusted residuals. fixest's and reghdfe's default for
  ///     clusters is `.clustered(.cr1SmallestCount)`, which is `.cr1` for one way.
  ///   - clusters: one or several ways of clustering all rows handed over.
  ///   - counting: which of the absorbed effects count in K. Effects nested in clusters count nowhere but in `.all`.
  /// - Throws: `.tooFewObservations` when n is not above K, `.tooFewClusters`, `.lengthsDiffer`, `.notSupported` for
  ///   conventions that need leverages.
  public func estimates(
    _ convention: CovarianceConvention = .classical, clusters: [Clusters] = [], counting: EffectCount = .fixest
  ) throws(StatisticsError) -> CoefficientEstimates {
    let ways = try countedClusters(convention, clusters)
    let k = counted(counting, ways)
    guard observations > k else { throw .tooFewObservations(found: observations, needed: k + 1) }
    let (n, degrees) = (Double(observations), Double(observations - k))
    var covariance: Matrix
    var reference = degrees
    switch convention {
    case .classical: covariance = residualSumOfSquares / degrees * bread
    case .hc0: covariance = try sandwich(nil)
    case .hc1: covariance = n / degrees * (try sandwich(nil))
    case .clustered(let kind) where kind != .cr2 && kind != .cr3:
      reference = Double(ways.map(\.count).min()! - 1)
      let several = SeveralWays(convention: kind, ways: ways, observations: observations, coefficients: k)
      covariance = try several.covariance(width: coefficients.count) { clusters throws(StatisticsError) in
        try sandwich(clusters)
      }
    default:
      throw .notSupported(
        method: "a convention that needs a leverage", input: "absorbed effects; use classical, HC0, HC1 or clusters")
    }
    covariance.symmetrise()
    func sentence(_ language: Language, _ tail: String) -> String {
      let groups = ways.isEmpty ? "" : ", \(LocalizedText.clusters(ways)[language])"
      return "\(convention.words[language])\(groups); K = \(k) (\(counting.words[language])); \(tail)"
    }
    return CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance, degreesOfFreedom: reference,
      convention: LocalizedText(
        sentence(.english, "t with \(Int(reference)) degrees of freedom"),
        nl: sentence(.dutch, "t met \(Int(reference)) vrijheidsgraden")),
      observations: observations, aliased: aliased, clusterCounts: ways.map(\.count))
  }

  private var bread: Matrix {
    switch solution {
    case .equations(let equations): equations.bread
    case .projections(let scores): scores.bread
    }
  }

  private func sandwich(_ clusters: Clusters?) throws(StatisticsError) -> Matrix {
    switch solution {
    case .equations(let equations): return equations.sandwich(clusters)
    case .projections(let scores):
      guard let clusters else { return try scores.heteroskedastic(nil) }
      return try scores.clustered(clusters)
    }
  }

  private func countedClusters(
    _ convention: CovarianceConvention, _ clusters: [Clusters]
  ) throws(StatisticsError) -> [Clusters] {
    guard case .clustered = convention else { return [] }
    guard !clusters.isEmpty else {
      throw .notSupported(method: "a clustered covariance", input: "rows without clusters; pass at least one way")
    }
    var ways: [Clusters] = []
    for way in clusters {
      if let rows {
        guard way.codes.count > rows.last! else {
          throw .lengthsDiffer(array: "clusters", expected: rows.last! + 1, found: way.codes.count)
        }
        ways.append(way.selecting(rows: rows))
      } else {
        try FollowUp.check(lengthOf: way.codes, "clusters", observations)
        ways.append(way)
      }
      guard ways.last!.count >= 2 else { throw .tooFewClusters(found: ways.last!.count, needed: 2) }
    }
    return ways
  }
}

extension EffectCount {
  /// The rule in words, as it stands beside a result.
  public var words: LocalizedText {
    switch self {
    case .fixest:
      LocalizedText(
        "effects nested in clusters not counted, one redundant level for each further way",
        nl: "effecten binnen clusters niet geteld, één overtollig niveau voor elke volgende indeling")
    case .reghdfe:
      LocalizedText(
        "effects nested in clusters not counted, redundant levels counted exactly",
        nl: "effecten binnen clusters niet geteld, overtollige niveaus precies geteld")
    case .all: LocalizedText("all effects counted", nl: "alle effecten geteld")
    case .none: LocalizedText("no effects counted", nl: "geen effecten geteld")
    }
  }
}
