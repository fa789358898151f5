import Foundation

/// What pairs of two people of one household look like: a third kind beside pairs of one person and pairs by chance.
///
/// Members of a household share a family name, an origin and often the day of a permit, and so does one person with
/// themselves. A model of two kinds takes each such agreement as new evidence, for its fields agree independently within
/// each kind; so it is far too sure of a brother with a like name. Here the kind is fitted beside the others, by
/// expectation and maximisation over all pairs that were compared, with the other two kinds as they are: how often a pair
/// is of one household, and how often its fields agree. Only the first name is not learnt: of two people of one household
/// it agrees as by chance.
///
/// A mixture of more than two kinds for that reason: Winkler 1993, Proceedings of the Section on Survey Research Methods of
/// the American Statistical Association, 274–279; Larsen and Rubin 2001, doi:10.1198/016214501750332956.
struct HouseholdPairs: Hashable, Sendable {
  /// The share of all pairs that are of two people of one household.
  let prevalence: Double
  /// By field and level, given the household; empty for the first name.
  let shares: [[Double]]
  /// For each pattern that was given: the probability that it is of one household.
  let posteriors: [Double]

  /// - Parameters:
  ///   - patterns: of all pairs that were compared, those with another first name too.
  ///   - companies: of the patterns.
  ///   - firstName: the place of the first name among the fields.
  ///   - prior: how many pairs the starting shares count for.
  init(
    _ patterns: [AgreementPattern], companies: [Int], fit: FellegiSunter, kinds: [LinkageField.Kind], firstName: Int,
    pairTotal: Double, prior: Double
  ) {
    let start = kinds.enumerated().map { field, kind in field == firstName ? [] : Self.expected(kind) }
    let fields = kinds.indices.filter { $0 != firstName }
    var shares = start
    var prevalence = min(0.25, fit.prevalence)
    var posteriors = patterns.map { _ in 0.0 }
    // By pattern: the likelihood of one person and of chance, which do not change.
    let person = patterns.map { fit.likelihood($0.levels) * fit.prevalence }
    let chance = zip(patterns, companies).map { fit.likelihoodOfOthers($0.levels, in: $1) }
    let name = zip(patterns, companies).map { pattern, company in
      pattern.levels[firstName] == PreparedRecords.missing
        ? 1 : fit.other(field: firstName, level: Int(pattern.levels[firstName]), in: company)
    }
    var change = 1.0
    var iteration = 0
    while change > 1e-6, iteration < 500 {
      iteration += 1
      var counts = start.map { $0.map { $0 * prior } }
      var sum = 0.0
      for (place, pattern) in patterns.enumerated() {
        var own = prevalence * name[place]
        for field in fields where pattern.levels[field] != PreparedRecords.missing {
          own *= shares[field][Int(pattern.levels[field])]
        }
        let all = own + person[place] + chance[place] * max(0, 1 - prevalence - fit.prevalence)
        posteriors[place] = all > 0 ? own / all : 0
        let weight = posteriors[place] * pattern.count
        sum += weight
        for field in fields where pattern.levels[field] != PreparedRecords.missing {
          counts[field][Int(pattern.levels[field])] += weight
        }
      }
      change = 0
      for field in fields {
        let total = counts[field].reduce(0, +)
        let new = counts[field].map { $0 / total }
        for level in new.indices { change = max(change, abs(new[level] - shares[field][level])) }
        shares[field] = new
      }
      let new = min(0.25, (sum + 0.5) / pairTotal)
      change = max(change, abs(new - prevalence) / prevalence)
      prevalence = new
    }
    self.prevalence = prevalence
    self.shares = shares
    self.posteriors = posteriors
  }

  /// How often the levels occur among two people of one household before any were seen.
  private static func expected(_ kind: LinkageField.Kind) -> [Double] {
    switch kind {
    case .name: [0.15, 0.02, 0.03, 0.05, 0.15, 0.60]
    case .date: [0.66, 0.05, 0.02, 0.02, 0.01, 0.24]
    case .year: [0.75, 0.1, 0.1, 0.05]
    case .code: [0.25, 0.75]
    case .identifier: [0.98, 0.01, 0.01]
    }
  }
}
