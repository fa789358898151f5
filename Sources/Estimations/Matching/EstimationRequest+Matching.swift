import NumericalMethods
import Primitives
import Statistics

/// The people to be matched, as the options give them.
struct MatchingInput {
  /// The covariates of the formula and what other options name, and the score if one is needed.
  let units: MatchingUnits
  /// The covariates of the formula.
  let covariates: [ModelMatrix.Term]
}

extension EstimationRequest {
  var estimand: MatchingEstimand { choice("estimand", as: MatchingEstimand.self) }

  /// Reads who was treated, the covariates and the score.
  ///
  /// - Parameter needsScore: whether the score is estimated when none is given.
  func matchingInput(needsScore: Bool, alsoFrom options: [String] = []) throws(EstimationError) -> MatchingInput {
    let model = try model("formula")
    let treated = try treated(model)
    let covariates = model.design.terms.filter { if case .intercept = $0 { false } else { true } }
    var terms = covariates
    for option in options {
      guard let design = try designIfGiven(option, intercept: false) else { continue }
      let known = terms.map(\.names)
      terms += design.terms.filter { !known.contains($0.names) }
    }
    var score: [Double]?
    if needsScore {
      if let given = try numbersIfGiven("score") {
        score = given
      } else {
        score = try run { () throws(StatisticsError) in
          let fit: GeneralisedLinearModel
          do throws(StatisticsError) {
            fit = try GeneralisedLinearModel(
              model.design, response: model.response, family: .binomial, offset: model.offset)
          } catch {
            throw error.ofTreatment
          }
          return text("score-scale") == "linear" ? fit.linearPredictor : fit.fitted
        }
      }
    }
    let units = try run { () throws(StatisticsError) in
      try MatchingUnits(treated: treated, score: score, covariates: terms)
    }
    return MatchingInput(units: units, covariates: covariates)
  }

  /// The names of the variables that an option of terms lists.
  func variables(named option: String) throws(EstimationError) -> [String] {
    try designIfGiven(option, intercept: false)?.variables ?? []
  }

  /// Reads as `matchingInput` for a method that pairs people, with what its conditions name.
  func pairingInput(_ distance: MatchingDistance) throws(EstimationError) -> MatchingInput {
    try matchingInput(
      needsScore: distance == .score || has("caliper") || has("score") || choice("discard") != "none",
      alsoFrom: ["distance-on", "exact-on", "differ-on"])
  }

  /// The limits of the options `least` and `most`; nil for the same number of matches for all.
  var ratioLimits: NearestNeighbourMatching.RatioLimits? {
    wholeIfGiven("most").map { .init(least: wholeIfGiven("least") ?? 1, most: $0) }
  }

  /// The distance that the options name.
  func matchingDistance() throws(EstimationError) -> MatchingDistance {
    let kind: CovariateDistance
    switch choice("distance") {
    case "mahalanobis": kind = .mahalanobis
    case "robust-mahalanobis": kind = .robustMahalanobis
    case "scaled-euclidean": kind = .scaledEuclidean
    case "euclidean": kind = .euclidean
    default: return .score
    }
    let names = try variables(named: "distance-on")
    return .covariates(kind, names.isEmpty ? try model("formula").design.variables : names)
  }

  private func caliper(_ width: Double) -> Caliper {
    choice("caliper-scale") == "raw" ? .own(width) : .standardDeviations(width)
  }

  var scoreCaliper: Caliper? { numberIfGiven("caliper").map(caliper) }

  /// The calipers of the option `caliper-on`.
  func covariateCalipers() throws(EstimationError) -> [String: Caliper] {
    var calipers: [String: Caliper] = [:]
    for part in texts("caliper-on") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, let width = Double(sides[1]), width >= 0, width.isFinite else {
        throw .notANumber(option: "caliper-on", found: part, limits: .zeroOrMore)
      }
      calipers[sides[0]] = caliper(width)
    }
    return calipers
  }

  /// How a unit is called in lists.
  func unitNames() throws(EstimationError) -> (Int) -> String {
    guard let ids = try categoriesIfGiven("id") else { return { String(fileRow(of: $0)) } }
    return { ids.levels[Int(ids.codes[$0])] }
  }
}

extension ModelMatrix {
  /// The names of the variables that have a term of their own.
  fileprivate var variables: [String] {
    terms.compactMap { term in
      switch term {
      case .numeric(let name, _), .factor(let name, _, _, _), .spline(let name, _, _): name
      case .intercept, .product: nil
      }
    }
  }
}
