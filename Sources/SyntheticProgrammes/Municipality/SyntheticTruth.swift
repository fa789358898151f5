import Primitives

/// What is true of a synthetic municipality, counted over both potential outcomes of its people.
public struct SyntheticTruth: Codable, Hashable, Sendable {
  public enum Outcome: String, Codable, Sendable, CaseIterable {
    /// Started paid work after settlement and no later than the month.
    case enteredPaidWork = "entered-paid-work"
    /// Is at work on the day that many months after settlement.
    case inPaidWork = "in-paid-work"
  }

  /// How many hours a week count as work.
  public enum WorkDefinition: String, Codable, Sendable, CaseIterable {
    case anyHours = "any-hours"
    case twelveHours = "twelve-hours-or-more"

    var hours: Double { self == .anyHours ? 0 : 12 }
  }

  public enum Estimand: String, Codable, Sendable, CaseIterable {
    /// Over everybody.
    case averageEffect = "ATE"
    /// Over those who got the intensive variant.
    case averageEffectOnTheTreated = "ATT"
  }

  public struct Effect: Codable, Hashable, Sendable {
    public let outcome: Outcome
    public let work: WorkDefinition
    public let estimand: Estimand
    /// `all`, `man`, `woman` or an origin.
    public let group: String
    public let month: Int
    public let people: Int
    /// The share with the outcome if all of them had been guided intensively, and if none had been.
    public let underIntensive: Double
    public let underRegular: Double

    /// The difference of the two shares.
    public let effect: Double

    init(
      outcome: Outcome, work: WorkDefinition, estimand: Estimand, group: String, month: Int, people: Int,
      underIntensive: Double, underRegular: Double
    ) {
      self.outcome = outcome
      self.work = work
      self.estimand = estimand
      self.group = group
      self.month = month
      self.people = people
      self.underIntensive = underIntensive
      self.underRegular = underRegular
      effect = underIntensive - underRegular
    }
  }

  /// What a comparison of the groups as they are would say, over the same people and the same months.
  public struct NaiveDifference: Codable, Hashable, Sendable {
    public let outcome: Outcome
    public let work: WorkDefinition
    public let month: Int
    public let intensive: Double
    public let regular: Double
  }

  public struct NamedCoefficient: Codable, Hashable, Sendable {
    public let name: String
    public let value: Double
    public let meaning: LocalizedText
  }

  /// Always true: the people and the data are invented.
  public let synthetic: Bool
  public let statement: LocalizedText
  public let settings: SyntheticMunicipality
  public let coefficients: [NamedCoefficient]
  /// Everybody who settles, and those whom ``effects`` are about: aged 18 to 64 in the year of settlement, by the
  /// year of birth that the data hold, and without paid work at settlement.
  public let people: Int
  public let studyPeople: Int
  public let treatedPeople: Int
  public let logHazardRatio: [String: Double]
  public let effects: [Effect]
  public let naiveDifferences: [NaiveDifference]

  public static let months = [12, 24, 36]

  /// The effect that these words name, or nil when there is none.
  public func effect(
    _ outcome: Outcome, work: WorkDefinition = .anyHours, _ estimand: Estimand, group: String = "all", month: Int
  ) -> Effect? {
    effects.first {
      $0.outcome == outcome && $0.work == work && $0.estimand == estimand && $0.group == group && $0.month == month
    }
  }
}

extension SyntheticMunicipality {
  /// The truth behind the data, without writing anything.
  public func truth() -> SyntheticTruth { truth(of: population()) }

  func truth(of population: [SyntheticPerson]) -> SyntheticTruth {
    let study = population.filter(\.isInStudy)
    var groups: [(String, [SyntheticPerson])] = [("all", study)]
    for sex in Sex.allCases { groups.append((sex.rawValue, study.filter { $0.traits.sex == sex })) }
    for origin in OriginGroup.allCases { groups.append((origin.rawValue, study.filter { $0.traits.origin == origin })) }

    var effects: [SyntheticTruth.Effect] = []
    var naive: [SyntheticTruth.NaiveDifference] = []
    for outcome in SyntheticTruth.Outcome.allCases {
      for work in SyntheticTruth.WorkDefinition.allCases {
        for month in SyntheticTruth.months {
          func share(_ people: [SyntheticPerson], _ approach: Approach) -> Double {
            people.isEmpty
              ? 0
              : Double(people.count { has(outcome, work, month, $0, $0.work(under: approach)) }) / Double(people.count)
          }
          for (group, people) in groups {
            for estimand in SyntheticTruth.Estimand.allCases {
              let those = estimand == .averageEffect ? people : people.filter { $0.approach == .intensive }
              effects.append(
                SyntheticTruth.Effect(
                  outcome: outcome, work: work, estimand: estimand, group: group, month: month, people: those.count,
                  underIntensive: share(those, .intensive), underRegular: share(those, .regular)))
            }
          }
          naive.append(
            SyntheticTruth.NaiveDifference(
              outcome: outcome, work: work, month: month,
              intensive: share(study.filter { $0.approach == .intensive }, .intensive),
              regular: share(study.filter { $0.approach == .regular }, .regular)))
        }
      }
    }
    return SyntheticTruth(
      synthetic: true, statement: Self.statement, settings: self,
      coefficients: Coefficient.documented.map {
        .init(name: $0.name, value: $0.value, meaning: LocalizedText($0.english, nl: $0.dutch))
      },
      people: population.count, studyPeople: study.count, treatedPeople: study.count { $0.approach == .intensive },
      logHazardRatio: Dictionary(
        uniqueKeysWithValues: Sex.allCases.map { ($0.rawValue, logHazardRatio(.intensive, $0)) }),
      effects: effects, naiveDifferences: naive)
  }

  private func has(
    _ outcome: SyntheticTruth.Outcome, _ work: SyntheticTruth.WorkDefinition, _ month: Int, _ person: SyntheticPerson,
    _ path: WorkPath
  ) -> Bool {
    let date = person.settledOn.adding(months: month)
    switch outcome {
    case .enteredPaidWork: return path.hasEntered(by: date, after: person.settledOn, hours: work.hours)
    case .inPaidWork: return path.isAtWork(on: date, hours: work.hours)
    }
  }

  static let statement = LocalizedText(
    """
    Synthetic: every person, date and outcome is invented by a program. Nothing here says anything about a person who \
    exists or about the effect of a programme that exists.
    """,
    nl: """
      Synthetisch: elke persoon, datum en uitkomst is door een programma verzonnen. Niets hiervan zegt iets over een \
      bestaand persoon of over het effect van een bestaand programma.
      """)
}
