import Foundation
import Primitives

/// The monthly hazard of starting paid work for each origin and sex, solved so that one cohort follows the published
/// percentages under the regular approach.
///
/// People differ in readiness, so a hazard cannot be read off the percentages. The readiness of a reference sample is
/// put into 24 groups of equal size; the three states (never worked, at work, out of work again) of each group are
/// carried forward month by month, and each month's hazard is the root of one increasing concave function, found by
/// Newton's method from below. Nothing is drawn from the programme's own seed, so all programmes share one model.
struct EmploymentHazards: Sendable {
  /// The chance to be at work on the day of settlement of somebody with the mean readiness of origin and sex.
  private var atSettlement: [Double] = []
  /// Hazard in month `m` (from `m` to `m + 1` months after settlement), for readiness 0.
  private var monthly: [[Double]] = []
  private var meanReadiness: [Double] = []

  init(cohort year: Int, months: Int, calibration: EmploymentCalibration) {
    let speed = calibration.speed(ofCohort: year)
    for origin in OriginGroup.allCases {
      let samples = Sex.allCases.map { ReadinessSample.all[Self.index(origin, $0)] }
      let men = Traits.shareOfMen(origin)
      for sex in Sex.allCases {
        let target = (0...months).map { month in
          let clock = Double(month) * speed
          let percent = calibration.employed[origin]!.value(at: clock)
          let ratio = calibration.menToWomen.value(at: clock)
          let women = percent / (men * ratio + 1 - men)
          return min(0.93, (sex == .man ? women * ratio : women) / 100)
        }
        let sample = samples[sex == .man ? 0 : 1]
        let mean = sample.reduce(0, +) / Double(sample.count)
        atSettlement.append(target[0])
        meanReadiness.append(mean)
        monthly.append(Self.solve(target: target, readiness: sample, mean: mean))
      }
    }
  }

  /// The hazard of entering paid work for the first time in month `month` of somebody with readiness `exp(0)`.
  func hazard(_ traits: Traits, month: Int) -> Double {
    let hazards = monthly[Self.index(traits.origin, traits.sex)]
    return hazards[min(month, hazards.count - 1)]
  }

  func chanceAtSettlement(_ traits: Traits) -> Double {
    let cell = Self.index(traits.origin, traits.sex)
    return min(0.5, atSettlement[cell] * exp(traits.workReadiness) / meanReadiness[cell])
  }

  static func index(_ origin: OriginGroup, _ sex: Sex) -> Int {
    OriginGroup.allCases.firstIndex(of: origin)! * 2 + (sex == .man ? 0 : 1)
  }

  private static func solve(target: [Double], readiness: [Double], mean: Double) -> [Double] {
    let weight = 1 / Double(readiness.count)
    var working = readiness.map { weight * min(0.5, target[0] * $0 / mean) }
    var never = working.map { weight - $0 }
    var between = readiness.map { _ in 0.0 }
    let stays = 1 - Coefficient.monthlyJobLoss
    var hazards: [Double] = []
    for month in 1..<target.count {
      let missing = target[month] - stays * working.reduce(0, +)
      var hazard = 0.0
      for _ in 0..<40 {
        var (value, slope) = (-missing, 0.0)
        for group in readiness.indices {
          let first = exp(-hazard * readiness[group])
          let again = exp(-hazard * readiness[group] * Coefficient.worksAgain)
          value += never[group] * (1 - first) + between[group] * (1 - again)
          slope += readiness[group] * (never[group] * first + Coefficient.worksAgain * between[group] * again)
        }
        if value >= -1e-12 || slope < 1e-9 { break }
        hazard -= value / slope
      }
      hazards.append(hazard)
      for group in readiness.indices {
        let first = never[group] * (1 - exp(-hazard * readiness[group]))
        let again = between[group] * (1 - exp(-hazard * readiness[group] * Coefficient.worksAgain))
        between[group] += Coefficient.monthlyJobLoss * working[group] - again
        working[group] = stays * working[group] + first + again
        never[group] -= first
      }
    }
    return hazards
  }
}

/// The readiness of people of working age, by origin and sex, in groups of equal size.
enum ReadinessSample {
  static let size = 2400
  static let groups = 24

  /// The mean of `exp(workReadiness)` in each group, in the order of `EmploymentHazards.index`.
  static let all: [[Double]] = OriginGroup.allCases.flatMap { origin in
    Sex.allCases.map { sex in
      var generator = SeededGenerator(seed: 20_140_101, stream: UInt64(EmploymentHazards.index(origin, sex)))
      var values: [Double] = []
      while values.count < size {
        let traits = Traits(origin: origin, sex: sex, using: &generator)
        if traits.isOfWorkingAge { values.append(exp(traits.workReadiness)) }
      }
      values.sort()
      let length = size / groups
      return (0..<groups).map { values[($0 * length)..<(($0 + 1) * length)].reduce(0, +) / Double(length) }
    }
  }
}
