import NumericalMethods
import Primitives

/// Which degrees of freedom a statistic with clustered errors is compared with.
public enum ClusterDegreesOfFreedom: String, Codable, Hashable, Sendable, CaseIterable {
  /// Satterthwaite's for CR2 and CR3 with one way of clustering, else G − 1 of the way with the fewest; the normal
  /// distribution for models that are tested by it.
  case usual
  /// Satterthwaite's under the working model, with one way of clustering.
  case satterthwaite
  /// G − 1 of the way with the fewest.
  case clusters
  /// n − k, as R's `coeftest` does unless told otherwise.
  case residual
  /// The normal distribution.
  case normal
}

extension RegressionScores {
  /// The covariance of the coefficients, k × k.
  ///
  /// - Throws: `.fullLeverage` where a row or cluster alone determines a coefficient and the convention divides by what
  ///   is left, `.tooFewObservations`, `.tooFewClusters`, `.lengthsDiffer`, `.notSupported` for clusters with a
  ///   convention that has none or none with one that needs them.
  public func covariance(
    _ convention: CovarianceConvention, clusters: [Clusters] = []
  ) throws(StatisticsError) -> Matrix {
    switch convention {
    case .classical: return dispersion * bread
    case .clustered(let kind):
      return try covariance(clustered: kind, checked(clusters))
    default: return try covariance(heteroskedastic: convention)
    }
  }

  /// The coefficients with their covariance and the degrees of freedom of their tests.
  ///
  /// - Parameters:
  ///   - values: k coefficients.
  ///   - aliased: the columns without a coefficient.
  ///   - clusters: one or several ways of clustering, for a clustered convention.
  public func estimates(
    values: [Double], aliased: [String] = [], _ convention: CovarianceConvention, clusters: [Clusters] = [],
    degreesOfFreedom: ClusterDegreesOfFreedom = .usual
  ) throws(StatisticsError) -> CoefficientEstimates {
    guard case .clustered(let kind) = convention else {
      let degrees = degreesOfFreedom == .normal ? .infinity : residualDegreesOfFreedom
      return CoefficientEstimates(
        names: matrix.names, values: values, covariance: try covariance(convention), degreesOfFreedom: degrees,
        convention: Self.sentence(convention.words, Self.reference(degrees)), observations: observations,
        aliased: aliased)
    }
    let ways = try checked(clusters)
    let rule = rule(kind, ways: ways.count, degreesOfFreedom)
    let joint =
      switch rule {
      case .normal: Double.infinity
      case .residual: residualDegreesOfFreedom
      default: Double(ways.map(\.count).min()! - 1)
      }
    var degrees = [Double](repeating: joint, count: columnCount)
    let covariance: Matrix
    if rule == .satterthwaite {
      guard ways.count == 1 else {
        throw .notSupported(method: "Satterthwaite's approximation", input: "several ways of clustering")
      }
      let found = try satterthwaite(kind, ways[0])
      degrees = found.degreesOfFreedom
      let scaled = kind == .cr2 || kind == .cr3
      covariance = scaled ? found.covariance : try self.covariance(clustered: kind, ways)
    } else {
      covariance = try self.covariance(clustered: kind, ways)
    }
    let reference =
      rule == .satterthwaite
      ? LocalizedText("t with Satterthwaite's degrees of freedom", nl: "t met vrijheidsgraden van Satterthwaite")
      : Self.reference(joint)
    return CoefficientEstimates(
      names: matrix.names, values: values, covariance: covariance, degreesOfFreedom: degrees,
      jointDegreesOfFreedom: joint, convention: Self.sentence(convention.words, .clusters(ways), reference),
      observations: observations, aliased: aliased, clusterCounts: ways.map(\.count))
  }

  /// The degrees of freedom of one contrast of the coefficients.
  func degreesOfFreedom(
    ofContrast weights: [Double], _ convention: CovarianceConvention, clusters: [Clusters],
    _ degreesOfFreedom: ClusterDegreesOfFreedom = .usual
  ) throws(StatisticsError) -> Double {
    guard case .clustered(let kind) = convention else { return residualDegreesOfFreedom }
    let ways = try checked(clusters)
    switch rule(kind, ways: ways.count, degreesOfFreedom) {
    case .satterthwaite:
      let contrast = Matrix(rows: 1, columns: weights.count, elements: weights)
      return try satterthwaite(kind, ways[0], contrasts: contrast).degreesOfFreedom[0]
    case .normal: return .infinity
    case .residual: return residualDegreesOfFreedom
    default: return Double(ways.map(\.count).min()! - 1)
    }
  }

  private func rule(
    _ kind: ClusterConvention, ways: Int, _ wanted: ClusterDegreesOfFreedom
  ) -> ClusterDegreesOfFreedom {
    guard wanted == .usual else { return wanted }
    if kind == .cr2 || kind == .cr3, ways == 1 { return .satterthwaite }
    return residualDegreesOfFreedom.isFinite ? .clusters : .normal
  }

  /// The clusters of the rows that count; each way has two or more.
  func checked(_ clusters: [Clusters]) throws(StatisticsError) -> [Clusters] {
    guard !clusters.isEmpty else {
      throw .notSupported(method: "a clustered covariance", input: "rows without clusters; pass at least one way")
    }
    var ways: [Clusters] = []
    for way in clusters {
      try FollowUp.check(lengthOf: way.codes, "clusters", rowCount)
      let counted = restricted(way)
      guard counted.count >= 2 else { throw .tooFewClusters(found: counted.count, needed: 2) }
      ways.append(counted)
    }
    return ways
  }

  private static func sentence(_ words: LocalizedText, _ reference: LocalizedText) -> LocalizedText {
    LocalizedText("\(words[.english]); \(reference[.english])", nl: "\(words[.dutch]); \(reference[.dutch])")
  }

  private static func sentence(
    _ words: LocalizedText, _ clusters: LocalizedText, _ reference: LocalizedText
  ) -> LocalizedText {
    LocalizedText(
      "\(words[.english]), \(clusters[.english]); \(reference[.english])",
      nl: "\(words[.dutch]), \(clusters[.dutch]); \(reference[.dutch])")
  }

  private static func reference(_ degrees: Double) -> LocalizedText {
    guard degrees.isFinite else { return LocalizedText("normal distribution", nl: "normale verdeling") }
    let number = degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)
    return LocalizedText("t with \(number) degrees of freedom", nl: "t met \(number) vrijheidsgraden")
  }
}

extension CovarianceConvention {
  /// The convention in words, as it stands beside a result.
  public var words: LocalizedText {
    switch self {
    case .classical: LocalizedText("errors of one size, independent", nl: "fouten van één grootte, onafhankelijk")
    case .hc0: LocalizedText("HC0, White's sandwich without a factor", nl: "HC0, de sandwich van White zonder factor")
    case .hc1: LocalizedText("HC1, White's sandwich times n/(n − k)", nl: "HC1, de sandwich van White maal n/(n − k)")
    case .hc1Likelihood:
      LocalizedText("White's sandwich times n/(n − 1)", nl: "de sandwich van White maal n/(n − 1)")
    case .hc2: LocalizedText("HC2, squared residuals over 1 − h", nl: "HC2, kwadraten van residuen gedeeld door 1 − h")
    case .hc3:
      LocalizedText("HC3, squared residuals over (1 − h)²", nl: "HC3, kwadraten van residuen gedeeld door (1 − h)²")
    case .hc4:
      LocalizedText(
        "HC4, squared residuals over (1 − h) to the power min(4, nh/k)",
        nl: "HC4, kwadraten van residuen gedeeld door (1 − h) tot de macht min(4, nh/k)")
    case .clustered(let convention): convention.words
    }
  }
}

extension ClusterConvention {
  /// The convention in words, as it stands beside a result.
  public var words: LocalizedText {
    switch self {
    case .cr0: LocalizedText("CR0, clustered without a factor", nl: "CR0, geclusterd zonder factor")
    case .cr1:
      LocalizedText(
        "CR1, clustered, times G/(G − 1) · (n − 1)/(n − k), each way its own G",
        nl: "CR1, geclusterd, maal G/(G − 1) · (n − 1)/(n − k), elke indeling haar eigen G")
    case .cr1Likelihood:
      LocalizedText(
        "CR1, clustered, times G/(G − 1), each way its own G",
        nl: "CR1, geclusterd, maal G/(G − 1), elke indeling haar eigen G")
    case .cr1p: LocalizedText("CR1p, clustered, times G/(G − k)", nl: "CR1p, geclusterd, maal G/(G − k)")
    case .cr1SmallestCount:
      LocalizedText(
        "CR1, clustered, times G/(G − 1) · (n − 1)/(n − k), G the smallest of all ways",
        nl: "CR1, geclusterd, maal G/(G − 1) · (n − 1)/(n − k), G de kleinste van alle indelingen")
    case .cr1WhiteIntersection:
      LocalizedText(
        "CR1, clustered, the intersection of all ways as HC0",
        nl: "CR1, geclusterd, de doorsnede van alle indelingen als HC0")
    case .cr2:
      LocalizedText(
        "CR2, clustered, residuals times (I − H)^(−1/2)", nl: "CR2, geclusterd, residuen maal (I − H)^(−1/2)")
    case .cr3:
      LocalizedText("CR3, clustered, residuals times (I − H)⁻¹", nl: "CR3, geclusterd, residuen maal (I − H)⁻¹")
    }
  }
}
