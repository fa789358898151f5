import NumericalMethods

/// What nearest-neighbour, optimal pair and full matching have in common: how far apart two units are, and who may be
/// matched to whom.
protocol PairingSettings {
  /// Of the method, for errors.
  static var name: String { get }
  var distance: MatchingDistance { get }
  var caliper: Caliper? { get }
  var covariateCalipers: [String: Caliper] { get }
  var differing: [String] { get }
  var exactly: [String] { get }
  var support: CommonSupport { get }
}

extension PairingSettings {
  func checkCaliper(_ units: MatchingUnits) throws(StatisticsError) {
    guard let caliper else { return }
    try caliper.check("the score")
    _ = try units.requiredScore(for: "a caliper")
  }

  /// The units outside the common support; nil when nobody is left out because of the score.
  func discarded(_ units: MatchingUnits) throws(StatisticsError) -> [Bool]? {
    guard support != .none else { return nil }
    return support.discarded(try units.requiredScore(for: "a common support"), treated: units.treated)
  }

  /// Where each unit lies for a distance of covariates; nil for a distance in the score.
  func coordinates(_ units: MatchingUnits, discarded: [Bool]?) throws(StatisticsError) -> Matrix? {
    guard case .covariates(let kind, let names) = distance else { return nil }
    var terms = units.covariates
    if !names.isEmpty {
      terms = []
      for name in names { terms.append(try units.covariate(name, for: "distance")) }
    }
    guard !terms.isEmpty else { throw .noColumns }
    return kind.coordinates(terms, treated: units.treated, discarded: discarded)
  }

  /// The caliper of the score is a condition only beside a distance of covariates.
  func conditions(_ units: MatchingUnits, discarded: [Bool]?) throws(StatisticsError) -> MatchingConditions {
    var conditions = MatchingConditions()
    for (name, caliper) in covariateCalipers.sorted(by: { $0.key < $1.key }) {
      try caliper.check(name)
      let values = try units.numbers(name, for: "covariateCalipers")
      conditions.calipers.append(.init(values: values, width: caliper.width(of: values, discarded: discarded)))
    }
    if let caliper, case .covariates = distance, let score = units.score {
      conditions.calipers.append(.init(values: score, width: caliper.width(of: score, discarded: discarded)))
    }
    for name in differing {
      conditions.differing.append(try units.covariate(name, for: "differing").exactColumn().codes)
    }
    return conditions
  }
}

extension NearestNeighbourMatching: PairingSettings {}
extension OptimalPairMatching: PairingSettings {}
extension FullMatching: PairingSettings {}
