import NumericalMethods
import Primitives

/// What each row contributes to the error of one or several estimates.
///
/// To first order, estimate − truth is the sum over the rows of their influence. The influence of an estimate that
/// solves stacked estimating equations Σᵢ ψᵢ(θ) = 0 is −(Σ ∂ψ/∂θ)⁻¹ ψᵢ, so the sum of squares of the influence is the
/// empirical sandwich variance (Huber 1967; Stefanski and Boos 2002, doi:10.1198/000313002753631330). It carries the
/// uncertainty of every model that came before: propensity score, balancing weights, outcome regression.
public struct InfluenceValues: Sendable {
  /// q names.
  public let names: [String]
  /// q numbers.
  public let values: [Double]
  /// For each of the q estimates n numbers, which sum to zero.
  public let influence: [[Double]]

  public init(names: [String], values: [Double], influence: [[Double]]) {
    precondition(names.count == values.count && names.count == influence.count, "each estimate has its influence")
    precondition(Set(influence.map(\.count)).count <= 1, "each row has an influence on each estimate")
    self.names = names
    self.values = values
    self.influence = influence
  }

  public var rowCount: Int { influence.first?.count ?? 0 }

  /// The q × q covariance of the estimates.
  ///
  /// - Parameters:
  ///   - convention: `hc0` (no factor), `hc1Likelihood` (n/(n − 1)), or clustered by `cr0` (no factor) or
  ///     `cr1Likelihood` (G/(G − 1)); others need a leverage, which estimating equations do not have.
  ///   - clusters: one or several ways of clustering.
  /// - Throws: `.notSupported`, `.tooFewClusters`, `.tooFewObservations`, `.lengthsDiffer`.
  public func covariance(
    _ convention: CovarianceConvention = .hc0, clusters: [Clusters] = []
  ) throws(StatisticsError) -> Matrix {
    let n = rowCount
    switch convention {
    case .hc0, .hc1Likelihood:
      guard clusters.isEmpty else {
        throw .notSupported(method: "a covariance without clusters", input: "clusters; choose a clustered one")
      }
      guard n > 1 else { throw .tooFewObservations(found: n, needed: 2) }
      let factor = convention == .hc0 ? 1 : Double(n) / Double(n - 1)
      return factor * InfluenceValues.products(influence)
    case .clustered(let rule) where rule == .cr0 || rule == .cr1Likelihood:
      guard !clusters.isEmpty else {
        throw .notSupported(method: "a clustered covariance", input: "rows without clusters; pass at least one way")
      }
      for way in clusters { try FollowUp.check(lengthOf: way.codes, "clusters", n) }
      return try clustered(clusters, factor: rule == .cr1Likelihood)
    default:
      throw .notSupported(method: "an error from estimating equations", input: "conventions that need a leverage")
    }
  }

  /// The estimates with their covariance and normal intervals.
  public func estimates(
    _ convention: CovarianceConvention = .hc0, clusters: [Clusters] = [], aliased: [String] = []
  ) throws(StatisticsError) -> CoefficientEstimates {
    CoefficientEstimates(
      names: names, values: values, covariance: try covariance(convention, clusters: clusters),
      convention: LocalizedText(
        "stacked estimating equations, \(convention.sentence[.english])",
        nl: "gestapelde schattingsvergelijkingen, \(convention.sentence[.dutch])"),
      observations: rowCount, aliased: aliased, clusterCounts: clusters.map(\.count))
  }

  /// Functions of the estimates, by the delta method.
  ///
  /// - Parameter gradient: one row for each function, one column for each of these estimates.
  public func transformed(names: [String], values: [Double], gradient: Matrix) -> InfluenceValues {
    precondition(gradient.rows == values.count && gradient.columns == self.values.count, "one slope for each pair")
    let n = rowCount
    let combined = (0..<gradient.rows).map { row in
      let weights = gradient.row(row)
      return WorkSharing.array(count: n) { rows, start in
        for i in rows {
          var sum = 0.0
          for (j, weight) in weights.enumerated() where weight != 0 { sum += weight * influence[j][i] }
          start[i] = sum
        }
      }
    }
    return InfluenceValues(names: names, values: values, influence: combined)
  }

  /// Σ over all ways and their intersections, with alternating sign (Cameron, Gelbach and Miller 2011,
  /// doi:10.1198/jbes.2010.07136).
  private func clustered(_ clusters: [Clusters], factor: Bool) throws(StatisticsError) -> Matrix {
    let q = values.count
    var total = Matrix(rows: q, columns: q)
    for subset in 1..<(1 << clusters.count) {
      let chosen = clusters.indices.filter { subset >> $0 & 1 == 1 }
      let way = chosen.dropFirst().reduce(clusters[chosen[0]]) { $0.intersection(clusters[$1]) }
      guard way.count > 1 else { throw .tooFewClusters(found: way.count, needed: 2) }
      let sums = influence.map { values in
        var sums = [Double](repeating: 0, count: way.count)
        for i in values.indices { sums[Int(way.codes[i])] += values[i] }
        return sums
      }
      let size = factor ? Double(way.count) / Double(way.count - 1) : 1
      total += (chosen.count % 2 == 1 ? size : -size) * InfluenceValues.products(sums)
    }
    return total
  }

  /// All sums of products of pairs of columns.
  private static func products(_ columns: [[Double]]) -> Matrix {
    let q = columns.count
    guard let n = columns.first?.count else { return Matrix(rows: 0, columns: 0) }
    return WorkSharing.reduce(
      count: n, empty: { Matrix(rows: q, columns: q) },
      add: { sum, rows in
        for a in 0..<q {
          for b in 0...a {
            let product = columns[a].withUnsafeBufferPointer { first in
              columns[b].withUnsafeBufferPointer { second in
                var product = 0.0
                for i in rows { product += first[i] * second[i] }
                return product
              }
            }
            sum[a, b] += product
            if a != b { sum[b, a] += product }
          }
        }
      },
      combine: { $0 += $1 })
  }
}

extension CovarianceConvention {
  /// The convention in the words of the conventions of influence values.
  fileprivate var sentence: LocalizedText {
    switch self {
    case .hc0:
      LocalizedText(
        "robust (HC0, no small-sample factor)", nl: "robuust (HC0, zonder factor voor kleine steekproeven)")
    case .hc1Likelihood: LocalizedText("robust with n/(n - 1)", nl: "robuust met n/(n - 1)")
    case .clustered(.cr0):
      LocalizedText(
        "clustered (CR0, no small-sample factor)", nl: "geclusterd (CR0, zonder factor voor kleine steekproeven)")
    case .clustered(.cr1Likelihood): LocalizedText("clustered with G/(G - 1)", nl: "geclusterd met G/(G - 1)")
    case .clustered(let rule): LocalizedText("clustered (\(rule.rawValue))", nl: "geclusterd (\(rule.rawValue))")
    default: words
    }
  }
}
