import Primitives

/// What is true of a synthetic fund, counted over both potential outcomes of its participants.
public struct SyntheticFundTruth: Codable, Hashable, Sendable {
  public typealias Estimand = SyntheticTruth.Estimand

  /// The effect on having entered work no later than so many calendar months after the month of enrolment.
  public struct Effect: Codable, Hashable, Sendable {
    public let estimand: Estimand
    /// `all`, or the id of a provider.
    public let group: String
    public let month: Int
    public let people: Int
    /// The share that enters if all of them get the intensive variant, and if none does.
    public let underIntensive: Double
    public let underRegular: Double
    public let effect: Double
  }

  /// What a comparison of the groups as they are would say.
  public struct NaiveDifference: Codable, Hashable, Sendable {
    public let month: Int
    public let intensive: Double
    public let regular: Double
  }

  /// Always true: the people and the data are invented.
  public let synthetic: Bool
  public let statement: LocalizedText
  public let settings: SyntheticFund
  public let people: Int
  /// Those whom ``effects`` are about: without paid work at enrolment.
  public let studyPeople: Int
  public let treatedPeople: Int
  /// Where the variant is recorded.
  public let variantField: String
  public let logHazardRatio: Double
  public let effects: [Effect]
  public let naiveDifferences: [NaiveDifference]

  public static let months = [6, 12, 18]

  public func effect(_ estimand: Estimand, group: String = "all", month: Int) -> Effect? {
    effects.first { $0.estimand == estimand && $0.group == group && $0.month == month }
  }
}

extension SyntheticFund {
  /// The truth behind the data, without writing anything.
  public func truth() -> SyntheticFundTruth { truth(of: population()) }

  func truth(of population: [FundPerson]) -> SyntheticFundTruth {
    let study = population.filter { !$0.traits.isAtWork }
    let groups =
      [("all", study)]
      + FundProvider.allCases.map { provider in (provider.id, study.filter { $0.provider == provider }) }
    func share(_ people: [FundPerson], _ month: Int, _ work: (FundPerson) -> FundWork?) -> Double {
      people.isEmpty ? 0 : Double(people.count { work($0).map { $0.month <= month } ?? false }) / Double(people.count)
    }
    var effects: [SyntheticFundTruth.Effect] = []
    var naive: [SyntheticFundTruth.NaiveDifference] = []
    for month in SyntheticFundTruth.months {
      for (group, people) in groups {
        for estimand in SyntheticFundTruth.Estimand.allCases {
          let those = estimand == .averageEffect ? people : people.filter(\.isIntensive)
          let (intensive, regular) = (share(those, month, \.underIntensive), share(those, month, \.underRegular))
          effects.append(
            SyntheticFundTruth.Effect(
              estimand: estimand, group: group, month: month, people: those.count, underIntensive: intensive,
              underRegular: regular, effect: intensive - regular))
        }
      }
      naive.append(
        SyntheticFundTruth.NaiveDifference(
          month: month, intensive: share(study.filter(\.isIntensive), month, \.work),
          regular: share(study.filter { !$0.isIntensive }, month, \.work)))
    }
    return SyntheticFundTruth(
      synthetic: true, statement: SyntheticMunicipality.statement, settings: self, people: population.count,
      studyPeople: study.count, treatedPeople: study.count(where: \.isIntensive),
      variantField: "person.provider_id_person", logHazardRatio: effect, effects: effects, naiveDifferences: naive)
  }
}
