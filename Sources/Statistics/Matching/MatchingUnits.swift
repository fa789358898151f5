import NumericalMethods

/// The people among whom matches are sought: who was treated, their score, and what is known of them.
public struct MatchingUnits: Sendable {
  /// n values.
  public let treated: [Bool]
  /// n numbers, usually a propensity score or its logit; nil when units are compared by their covariates only.
  public let score: [Double]?
  /// What can be named in the settings of a method; numeric variables and factors.
  public let covariates: [ModelMatrix.Term]

  public var count: Int { treated.count }

  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`, `.unknownLevel`; `.oneGroupOnly` when nobody or
  ///   everybody is treated.
  public init(
    treated: [Bool], score: [Double]? = nil, covariates: [ModelMatrix.Term] = []
  ) throws(StatisticsError) {
    guard !treated.isEmpty else { throw .noObservations }
    guard treated.contains(true), treated.contains(false) else { throw .oneGroupOnly(variable: "treated") }
    if let score {
      try FollowUp.check(lengthOf: score, "score", treated.count)
      for i in score.indices where !score[i].isFinite { throw .notFinite(array: "score", index: i) }
    }
    for term in covariates { try term.check(rowCount: treated.count) }
    self.treated = treated
    self.score = score
    self.covariates = covariates
  }

  /// The covariate of that name.
  func covariate(_ name: String, for setting: String) throws(StatisticsError) -> ModelMatrix.Term {
    for term in covariates where term.variable == name { return term }
    throw .setting(name: setting, reason: "\(name) is not one of the covariates")
  }

  /// The numbers of the covariate of that name.
  func numbers(_ name: String, for setting: String) throws(StatisticsError) -> [Double] {
    guard case .numeric(_, let values) = try covariate(name, for: setting) else {
      throw .setting(name: setting, reason: "\(name) is not numeric")
    }
    return values
  }

  func requiredScore(for method: String) throws(StatisticsError) -> [Double] {
    guard let score else { throw .notSupported(method: method, input: "units without a score") }
    return score
  }
}

extension ModelMatrix.Term {
  /// The name of the variable, nil for a product or an intercept.
  var variable: String? {
    switch self {
    case .numeric(let name, _), .factor(let name, _, _, _), .spline(let name, _, _): name
    case .intercept, .product: nil
    }
  }
}
