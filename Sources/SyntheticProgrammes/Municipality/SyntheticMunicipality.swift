import Foundation
import Primitives

/// A municipality that does not exist, with refugees who do not exist and a true effect that is known.
///
/// People settle from ``from`` to ``inflowUntil`` and are followed to ``until``. Some get intensive guidance and the
/// others the regular services; who gets it depends on age, schooling, learnability, sex and health, and these matter
/// for work too: comparing the groups as they are misleads on purpose. Each person has a path of jobs under both
/// approaches, so the true effect is a count and not an estimate. Equal settings give equal bytes.
public struct SyntheticMunicipality: Codable, Hashable, Sendable {
  public var persons: Int
  public var seed: UInt64
  public var from: CalendarMonth
  public var inflowUntil: CalendarMonth
  public var until: CalendarMonth
  /// The share that gets intensive guidance by year of settlement; the nearest year stands in for one without.
  public var intensiveShares: [Int: Double]
  /// The logarithm of the hazard ratio of starting paid work, intensive against regular, the same in every month.
  public var effect: Double
  /// Added to ``effect`` for women.
  public var effectDifferenceForWomen: Double
  /// The log odds of intensive guidance per standard deviation of motivation, which is not recorded: 0 leaves no
  /// confounding beyond what the data hold.
  public var hiddenConfounding: Double
  /// The share of the rows of the returns that get an error.
  public var errorRate: Double
  /// The share of the errors that the sender corrects in the next return.
  public var correctionRate: Double
  public var calibration: EmploymentCalibration

  public init(
    persons: Int = 4000, seed: UInt64 = 2016, from: CalendarMonth = CalendarMonth(year: 2016, month: 1)!,
    inflowUntil: CalendarMonth = CalendarMonth(year: 2018, month: 12)!,
    until: CalendarMonth = CalendarMonth(year: 2019, month: 5)!,
    intensiveShares: [Int: Double] = [2016: 0.35, 2017: 0.45, 2018: 0.55], effect: Double = 0.4,
    effectDifferenceForWomen: Double = 0, hiddenConfounding: Double = 0, errorRate: Double = 0.005,
    correctionRate: Double = 0.9, calibration: EmploymentCalibration = .statisticsNetherlands
  ) {
    self.persons = persons
    self.seed = seed
    self.from = from
    self.inflowUntil = inflowUntil
    self.until = until
    self.intensiveShares = intensiveShares
    self.effect = effect
    self.effectDifferenceForWomen = effectDifferenceForWomen
    self.hiddenConfounding = hiddenConfounding
    self.errorRate = errorRate
    self.correctionRate = correctionRate
    self.calibration = calibration
  }

  /// The months of work that are simulated for everybody: to ``until`` for the first to settle, and at least 37.
  var simulatedMonths: Int { max(37, until.months(since: from) + 1) }

  func logHazardRatio(_ approach: Approach, _ sex: Sex) -> Double {
    approach == .regular ? 0 : effect + (sex == .woman ? effectDifferenceForWomen : 0)
  }
}
