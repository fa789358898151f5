import NumericalMethods

/// Matching on full agreement: everybody with the same values of the covariates is one stratum.
///
/// Strata that lack treated units or controls are left out. What remains is balanced on the covariates without any
/// model, at the price of the people who have no equal.
public struct ExactMatching: Codable, Hashable, Sendable {
  public var estimand: MatchingEstimand
  /// The covariates to agree on; all when none is named.
  public var covariates: [String]

  public init(estimand: MatchingEstimand = .treated, covariates: [String] = []) {
    self.estimand = estimand
    self.covariates = covariates
  }

  static let name = "exact matching"

  /// - Throws: `.noMatches` when no treated unit equals a control; `.noColumns`; `.setting` for an unknown covariate.
  public func match(_ units: MatchingUnits) throws(StatisticsError) -> MatchedSample {
    var terms = units.covariates
    if !covariates.isEmpty {
      terms = []
      for name in covariates { terms.append(try units.covariate(name, for: "covariates")) }
    }
    guard !terms.isEmpty else { throw .noColumns }
    let columns = terms.map { $0.exactColumn() }
    return try stratified(
      units, Strata(columns, rows: units.count), estimand: estimand, method: Self.name)
  }
}

/// The sample in which strata are the matched sets; those that lack a group are left out.
func stratified(
  _ units: MatchingUnits, _ strata: Strata, estimand: MatchingEstimand, method: String, discarded: [Bool]? = nil,
  setsAreMatches: Bool = true
) throws(StatisticsError) -> MatchedSample {
  let made = strata.withBothGroups(units.treated)
  let weights = try matchingWeights(
    sets: made.codes, count: made.count, treated: units.treated, estimand: estimand, method: method)
  return MatchedSample(
    treated: units.treated, estimand: estimand, weights: weights, sets: made.codes, setCount: made.count, matches: nil,
    discarded: discarded, tiedUnits: nil, setsAreMatches: setsAreMatches)
}

extension Strata {
  /// Only the strata in which there are treated units and controls, numbered in order of first appearance.
  func withBothGroups(_ treated: [Bool]) -> Strata {
    var has = [UInt8](repeating: 0, count: count)
    for i in codes.indices where codes[i] >= 0 { has[Int(codes[i])] |= treated[i] ? 2 : 1 }
    var number = [Int32](repeating: -1, count: count)
    var next: Int32 = 0
    var result = codes
    for i in codes.indices where codes[i] >= 0 {
      let code = Int(codes[i])
      if has[code] == 3, number[code] < 0 {
        number[code] = next
        next += 1
      }
      result[i] = number[code]
    }
    return Strata(codes: result, count: Int(next))
  }
}
