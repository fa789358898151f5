import Foundation
import Primitives

/// What is true of a person on the day of settlement, before any guidance.
struct Traits: Sendable {
  var sex: Sex
  var origin: OriginGroup
  /// In years, with a fraction.
  var age: Double
  var education: Education
  var schoolYears: Int
  var readsLatinScript: Bool
  /// Years of work before arrival.
  var workYears: Int
  var learnability: Learnability
  /// The latent ability behind learnability and language growth; not in the data.
  var ability: Double
  /// A trait that nobody records; standard normal.
  var motivation: Double
  var health: Health
  var household: Household
  var children: Int
  var ground: PermitGround
  var centreDays: Int

  var isOfWorkingAge: Bool { age >= 18 && age < 65 }

  /// The logarithm of how many times likelier than a reference person somebody is to start paid work in a month,
  /// apart from sex and origin, which the calibration sets.
  var workReadiness: Double {
    var sum = Coefficient.age * (age - 30)
    sum += Coefficient.education[education.rank]
    sum += Coefficient.health[health == .none ? 0 : health == .some ? 1 : 2]
    sum += Coefficient.learnability * Double(learnability == .low ? -1 : learnability == .high ? 1 : 0)
    sum += Coefficient.workYears * Double(min(workYears, 15))
    sum += Coefficient.motivation * motivation
    if sex == .woman, household == .children || household == .partnerAndChildren { sum += Coefficient.motherhood }
    if age < 18 { sum += Coefficient.minor }
    if age >= 65 { sum += Coefficient.pensionAge }
    return sum
  }

  /// The log odds of intensive guidance apart from the constant of the year.
  var intensiveLogit: Double {
    Coefficient.assignmentAge * (age - 30)
      + Coefficient.assignmentEducation * Double(education.rank - 2)
      + Coefficient.assignmentLearnability * Double(learnability == .low ? -1 : learnability == .high ? 1 : 0)
      + (sex == .man ? Coefficient.assignmentMan : 0)
      + (health == .serious ? Coefficient.assignmentSeriousHealth : 0)
  }
}

extension Traits {
  /// Traits of somebody of this origin; the number of random numbers used differs from person to person.
  init(origin: OriginGroup, sex: Sex? = nil, using generator: inout SeededGenerator) {
    let shape = OriginShape(origin)
    self.origin = origin
    self.sex = sex ?? (generator.chance(shape.men) ? .man : .woman)
    let u = generator.uniform()
    let drawn = 17.5 + exp(log(shape.medianAge - 17.5) + shape.ageSpread * generator.normal())
    age = u < 0.02 ? 16.2 + 1.7 * generator.uniform() : u < 0.035 ? 65 + 9 * generator.uniform() : min(drawn, 64.5)
    let background = generator.choice(zip(Education.allCases, shape.education).map { ($0, $1) })
    education = age < 20 && background == .higher ? .upperSecondary : background
    schoolYears = max(0, [0, 6, 9, 12, 15][education.rank] + generator.integer(in: -1...1))
    readsLatinScript = generator.chance([0.1, 0.35, 0.55, 0.8, 0.95][education.rank])
    workYears = max(0, min(Int((age - 18) * generator.uniform()), 45))
    ability = 0.45 * Double(education.rank - 2) - 0.02 * (age - 30) + generator.normal()
    learnability = ability < -0.7 ? .low : ability > 0.8 ? .high : .middle
    motivation = generator.normal()
    let h = generator.uniform()
    let serious = 0.03 + 0.003 * max(0, age - 18)
    health = h < serious ? .serious : h < serious + 0.14 + 0.003 * max(0, age - 18) ? .some : .none
    let alone = self.sex == .man ? shape.alone * 1.12 : shape.alone * 0.75
    if generator.chance(min(alone, 0.95)) {
      household = .alone
    } else if age < 23, generator.chance(0.7) {
      household = .parents
    } else {
      household = generator.choice([
        (.partnerAndChildren, 0.66), (.partner, 0.18), (.children, self.sex == .woman ? 0.22 : 0.05),
      ])
    }
    switch household {
    case .partnerAndChildren, .children:
      children = generator.choice([(1, 30), (2, 32), (3, 21), (4, 11), (5, 4), (6, 2)])
    case .parents: children = generator.integer(in: 1...4)
    case .alone, .partner: children = 0
    }
    ground = generator.choice([(.asylum, 0.72), (.familyReunification, shape.following), (.resettlement, 0.04)])
    centreDays =
      ground == .familyReunification
      ? generator.integer(in: 0...60)
      : min(2800, Int(shape.medianCentreDays * exp(0.45 * generator.normal())))
  }
}

extension Traits {
  /// The share of men among the people of an origin.
  static func shareOfMen(_ origin: OriginGroup) -> Double { OriginShape(origin).men }
}

/// How the people of one origin are distributed. Sources and assumptions are listed in the guide.
private struct OriginShape {
  var men: Double
  var medianAge: Double
  var ageSpread: Double
  var education: [Double]
  var alone: Double
  var following: Double
  var medianCentreDays: Double

  init(_ origin: OriginGroup) {
    switch origin {
    case .syria: self.init(0.62, 31, 0.65, [0.10, 0.28, 0.25, 0.20, 0.17], 0.46, 0.24, 300)
    case .eritrea: self.init(0.68, 26, 0.55, [0.18, 0.35, 0.30, 0.13, 0.04], 0.86, 0.10, 400)
    case .afghanistan: self.init(0.62, 29, 0.65, [0.25, 0.25, 0.20, 0.20, 0.10], 0.50, 0.15, 430)
    case .iraq: self.init(0.62, 33, 0.65, [0.15, 0.25, 0.25, 0.20, 0.15], 0.52, 0.15, 420)
    case .iran: self.init(0.60, 34, 0.60, [0.04, 0.10, 0.20, 0.33, 0.33], 0.66, 0.08, 420)
    case .other: self.init(0.60, 30, 0.65, [0.15, 0.27, 0.25, 0.20, 0.13], 0.62, 0.12, 410)
    }
  }

  private init(
    _ men: Double, _ medianAge: Double, _ ageSpread: Double, _ education: [Double], _ alone: Double,
    _ following: Double, _ medianCentreDays: Double
  ) {
    self.men = men
    self.medianAge = medianAge
    self.ageSpread = ageSpread
    self.education = education
    self.alone = alone
    self.following = following
    self.medianCentreDays = medianCentreDays
  }
}
