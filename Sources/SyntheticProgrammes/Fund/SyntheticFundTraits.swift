import Foundation
import Primitives

/// What is true of a participant at enrolment, before any support.
struct FundTraits: Sendable {
  var gender: String
  /// In years.
  var age: Int
  var nationality: String
  /// The place in `language_level_on_entry`, from 0.
  var english: Int
  /// The place in `highest_qualification_achieved`, from 0; 5 when it is not known.
  var qualification: Int
  var children: Int
  var adults: Int
  var workedBefore: Bool
  var workedInUK: String
  /// A code of `employment_status_baseline`.
  var status: String
  var housing: String
  /// A trait that nobody records; standard normal.
  var motivation: Double

  static let languageLevels = [
    "Below formal levels", "Pre-entry", "Entry level 1", "Entry level 2", "Entry level 3", "Level 1", "Level 2",
    "Beyond Level 2",
  ]
  static let qualifications = [
    "Below formal levels", "Entry level", "Level 1-2", "Level 3-4", "Level 5+", "Unknown",
  ]
  static let rough = "Homeless and rough sleeping"
  static let withOthers = "Homeless but not rough sleeping (e.g. living with friends or family)"

  var isAtWork: Bool { !["ULA", "UNLA", "Other"].contains(status) }
  var isHomeless: Bool { housing == Self.rough || housing == Self.withOthers }

  /// The logarithm of how many times likelier than a reference person somebody is to enter work in a month.
  var workReadiness: Double {
    var sum = FundCoefficient.age * Double(age - 31) + FundCoefficient.english * Double(english - 3)
    sum += FundCoefficient.qualification * Double(qualification == 5 ? 2 : qualification)
    sum += FundCoefficient.children * Double(min(children, 3))
    if gender == "Woman" { sum += FundCoefficient.woman }
    if status == "UNLA" { sum += FundCoefficient.notAvailable }
    if workedInUK == "Yes" { sum += FundCoefficient.workedInUK }
    return sum + FundCoefficient.motivation * motivation
  }

  /// The log odds of the intensive variant apart from the constant.
  var intensiveLogit: Double {
    FundCoefficient.assignmentEnglish * Double(english - 3) + FundCoefficient.assignmentAge * Double(age - 31)
      + (status == "UNLA" ? FundCoefficient.assignmentNotAvailable : 0)
      + (workedInUK == "Yes" ? FundCoefficient.assignmentWorkedInUK : 0)
  }
}

/// Every coefficient of the causal model that is not a setting.
enum FundCoefficient {
  static let age = -0.02
  static let english = 0.12
  static let qualification = 0.08
  static let children = -0.15
  static let woman = -0.3
  static let notAvailable = -0.9
  static let workedInUK = 0.35
  static let motivation = 0.3
  static let monthlyJobLoss = 0.03
  static let monthlyDisengagement = 0.009

  static let assignmentEnglish = 0.25
  static let assignmentAge = -0.03
  static let assignmentNotAvailable = -0.8
  static let assignmentWorkedInUK = 0.4

  /// The chance a month of entering work for a reference person under regular support.
  static func monthlyEntry(_ month: Int) -> Double {
    switch month {
    case 0: 0.008
    case 1, 2: 0.02
    case 3...11: 0.034
    default: 0.026
    }
  }
}

extension FundTraits {
  init(using draws: inout SeededGenerator) {
    gender = draws.choice([("Man", 60), ("Woman", 38), ("Non-binary", 0.5), ("Other", 0.5), ("Prefer not to say", 1)])
    age = min(64, 18 + Int(exp(2.5 + 0.6 * draws.normal())))
    nationality = draws.choice([
      ("IR", 18), ("SD", 13), ("ER", 13), ("SY", 11), ("AF", 12), ("IQ", 7), ("ET", 4), ("SV", 3), ("AL", 3), ("TR", 3),
      ("NG", 2), ("PK", 2), ("SO", 2), ("YE", 2), ("VN", 1), ("NA", 1), ("ZW", 1), ("CD", 1), ("CM", 1),
    ])
    let schooling = draws.normal()
    let level = 2.0 + 0.9 * schooling + 1.1 * draws.normal()
    english = max(0, min(7, Int(level.rounded())))
    qualification = draws.chance(0.07) ? 5 : max(0, min(4, Int((1.9 + 1.3 * schooling).rounded())))
    let hasFamily = draws.chance(gender == "Woman" ? 0.5 : 0.24)
    children = hasFamily ? draws.choice([(1, 36), (2, 32), (3, 20), (4, 9), (5, 3)]) : 0
    adults = draws.choice([(1, 62), (2, 26), (3, 8), (4, 4)])
    workedBefore = draws.chance(gender == "Woman" ? 0.48 : 0.74)
    status = draws.choice([
      ("ULA", 66), ("UNLA", 24), ("ZHC", 3), ("TC", 2.5), ("PC", 1.5), ("CIH", 0.5), ("Other", 2.5),
    ])
    let draw = draws.choice([("Yes", 0.18), ("No", 0.78), ("Don't know", 0.04)])
    workedInUK = ["ULA", "UNLA", "Other"].contains(status) ? draw : "Yes"
    housing = draws.choice([
      (Self.rough, 3), (Self.withOthers, 22), ("Asylum accommodation", 34),
      ("Self-funded temporary accommodation (e.g. hotel)", 4), ("Publicly funded temporary accommodation", 14),
      ("Renting - private sector", 12), ("Renting - Local authority or housing association", 8),
      ("Other safe and secure accommodation", 3),
    ])
    motivation = draws.normal()
  }
}
