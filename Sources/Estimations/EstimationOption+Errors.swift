import Primitives
import Statistics

/// How standard errors are made: one pair of options, `errors` and `cluster`, for every model with coefficients.
extension EstimationOption {
  /// Columns by which rows belong together, for ``errors``.
  public static let clusters = EstimationOption(
    "cluster", .columns, "Columns by which rows belong together, one or several; errors are then clustered.",
    nl: "Kolommen waarop rijen bij elkaar horen, een of meer; de fouten zijn dan geclusterd.")

  /// The convention of the standard errors; `cr1` when clusters are given, otherwise `classical`.
  public static let errors = EstimationOption(
    "errors", .choice(CovarianceConvention.choices.map(\.choice)),
    "Convention of the standard errors; without it cr1 when --cluster is given, otherwise classical.",
    nl: "Conventie van de standaardfouten; zonder dit cr1 als --cluster is gegeven, anders classical.")
}

/// Conventions as they are called wherever errors are chosen.
extension EstimationChoice {
  static let classical = EstimationChoice("classical", "from the model", nl: "uit het model")
  static let white = EstimationChoice("hc0", "White's, no factor", nl: "White, zonder factor")
  static let hc3 = EstimationChoice("hc3", "divided by (1 − h)²", nl: "gedeeld door (1 − h)²")
}

extension CovarianceConvention {
  static let choices: [(choice: EstimationChoice, convention: CovarianceConvention)] = [
    (.classical, .classical),
    (.white, .hc0),
    (EstimationChoice("hc1", "times n/(n − k): Stata's robust", nl: "maal n/(n − k): robust van Stata"), .hc1),
    (
      EstimationChoice(
        "hc1-likelihood", "times n/(n − 1): Stata's robust for a likelihood",
        nl: "maal n/(n − 1): robust van Stata bij een likelihood"), .hc1Likelihood
    ),
    (EstimationChoice("hc2", "divided by 1 − h", nl: "gedeeld door 1 − h"), .hc2),
    (.hc3, .hc3),
    (EstimationChoice("hc4", "for rows of high leverage", nl: "bij rijen met veel hefboom"), .hc4),
    (EstimationChoice("cr0", "clustered, no factor", nl: "geclusterd, zonder factor"), .clustered(.cr0)),
    (
      EstimationChoice(
        "cr1", "clustered, G/(G − 1) · (n − 1)/(n − k): Stata, R's vcovCL for least squares",
        nl: "geclusterd, G/(G − 1) · (n − 1)/(n − k): Stata, vcovCL van R bij kleinste kwadraten"), .clustered(.cr1)
    ),
    (
      EstimationChoice(
        "cr1-likelihood", "clustered, G/(G − 1): Stata for a likelihood, R's vcovCL for a logit",
        nl: "geclusterd, G/(G − 1): Stata bij een likelihood, vcovCL van R bij een logit"),
      .clustered(.cr1Likelihood)
    ),
    (EstimationChoice("cr1p", "clustered, G/(G − k)", nl: "geclusterd, G/(G − k)"), .clustered(.cr1p)),
    (
      EstimationChoice(
        "cr1-smallest", "several ways, all with the smallest G: fixest, reghdfe",
        nl: "meer indelingen, alle met de kleinste G: fixest, reghdfe"), .clustered(.cr1SmallestCount)
    ),
    (
      EstimationChoice(
        "cr1-white", "several ways, the rows' own without a factor: Petersen",
        nl: "meer indelingen, die van de rijen zelf zonder factor: Petersen"), .clustered(.cr1WhiteIntersection)
    ),
    (
      EstimationChoice(
        "cr2", "clustered, Bell and McCaffrey with Satterthwaite's degrees of freedom",
        nl: "geclusterd, Bell en McCaffrey met vrijheidsgraden van Satterthwaite"), .clustered(.cr2)
    ),
    (
      EstimationChoice("cr3", "clustered, close to the jackknife", nl: "geclusterd, dicht bij de jackknife"),
      .clustered(.cr3)
    ),
  ]
}

extension EstimationRequest {
  /// The convention that the options ``EstimationOption/errors`` and ``EstimationOption/clusters`` ask, with the
  /// clusters.
  ///
  /// - Parameters:
  ///   - unclustered: the convention when neither is given.
  ///   - clustered: the convention when only clusters are given.
  public func covariance(
    unclustered: CovarianceConvention = .classical, clustered: CovarianceConvention = .clustered(.cr1)
  ) throws(EstimationError) -> (convention: CovarianceConvention, clusters: [Clusters]) {
    let clusters = try severalClusters("cluster")
    guard let name = text("errors"), let given = CovarianceConvention.choices.first(where: { $0.choice.name == name })
    else { return (clusters.isEmpty ? unclustered : clustered, clusters) }
    if case .clustered = given.convention, clusters.isEmpty {
      throw .optionsConflict(
        LocalizedText("--errors \(name) needs --cluster.", nl: "--errors \(name) heeft --cluster nodig."))
    }
    if case .clustered = given.convention { return (given.convention, clusters) }
    guard clusters.isEmpty else {
      throw .optionsConflict(
        LocalizedText(
          "--errors \(name) knows no clusters. Leave --cluster out, or choose one of cr0 to cr3.",
          nl: "--errors \(name) kent geen clusters. Laat --cluster weg, of kies een van cr0 tot cr3."))
    }
    return (given.convention, clusters)
  }
}
