/// Every coefficient of the causal model that is not a setting; `truth.json` and the guide list them.
enum Coefficient {
  // Readiness for work: differences in the log hazard of starting paid work.
  static let age = -0.03
  static let education = [-0.5, -0.3, 0, 0.15, 0.1]
  static let health = [0, -0.4, -1.3]
  static let learnability = 0.15
  static let workYears = 0.015
  static let motivation = 0.3
  static let motherhood = -0.5
  static let minor = -1.2
  static let pensionAge = -3.0

  // Work that ends and starts again.
  static let monthlyJobLoss = 0.025
  /// The hazard of somebody who worked here before, as a multiple of that of somebody who did not.
  static let worksAgain = 2.5

  // Assignment to intensive guidance: differences in log odds. The constant is solved for each year.
  static let assignmentAge = -0.05
  static let assignmentEducation = 0.35
  static let assignmentLearnability = 0.25
  static let assignmentMan = 0.2
  static let assignmentSeriousHealth = -0.8

  // Leaving and vanishing, a month; none depends on the approach or on work.
  static let monthlyMove = 0.0028
  static let monthlyMoveAlone = 0.0017
  static let monthlyLeavingCountry = 0.0006
  static let monthlyOtherDeparture = 0.0002
  static let monthlyLost = 0.0035
  static let yearlyDeathAtThirty = 0.0008
  static let deathDoublingYears = 9.0

  static let documented: [(name: String, value: Double, english: String, dutch: String)] = [
    (
      "work.age", age, "per year of age from 30, log hazard of starting paid work",
      "per levensjaar vanaf 30, log hazard van beginnen met betaald werk"
    ),
    (
      "work.education.none", education[0], "no education, against lower secondary",
      "geen onderwijs, ten opzichte van lager voortgezet"
    ),
    ("work.education.primary", education[1], "primary education", "basisonderwijs"),
    ("work.education.upper-secondary", education[3], "upper secondary education", "hoger voortgezet onderwijs"),
    ("work.education.higher", education[4], "higher education", "hoger onderwijs"),
    ("work.health.some", health[1], "some health restriction", "enige gezondheidsbeperking"),
    ("work.health.serious", health[2], "serious health restriction", "ernstige gezondheidsbeperking"),
    (
      "work.learnability", learnability, "high against middle, and middle against low learnability",
      "hoge tegenover midden, en midden tegenover lage leerbaarheid"
    ),
    ("work.work-years", workYears, "per year of work before arrival, up to 15", "per jaar werk vóór aankomst, tot 15"),
    (
      "work.motivation", motivation, "per standard deviation of motivation, which is not recorded",
      "per standaardafwijking motivatie, die niet is vastgelegd"
    ),
    ("work.mother", motherhood, "woman with children at home", "vrouw met thuiswonende kinderen"),
    ("work.minor", minor, "younger than 18 at settlement", "jonger dan 18 bij vestiging"),
    ("work.pension-age", pensionAge, "65 or older at settlement", "65 of ouder bij vestiging"),
    (
      "work.again", worksAgain, "hazard of starting again after work, as a multiple",
      "hazard van opnieuw beginnen na werk, als veelvoud"
    ),
    ("work.loss", monthlyJobLoss, "chance a month that work ends", "kans per maand dat werk eindigt"),
    (
      "approach.age", assignmentAge, "per year of age from 30, log odds of intensive guidance",
      "per levensjaar vanaf 30, log odds op intensieve begeleiding"
    ),
    ("approach.education", assignmentEducation, "per level of education", "per opleidingsniveau"),
    ("approach.learnability", assignmentLearnability, "per level of learnability", "per niveau van leerbaarheid"),
    ("approach.man", assignmentMan, "man", "man"),
    ("approach.health.serious", assignmentSeriousHealth, "serious health restriction", "ernstige gezondheidsbeperking"),
    ("leaving.move", monthlyMove, "chance a month of moving away", "kans per maand op verhuizen"),
    ("leaving.move.alone", monthlyMoveAlone, "added for people who live alone", "erbij voor wie alleen woont"),
    (
      "leaving.country", monthlyLeavingCountry, "chance a month of leaving the country",
      "kans per maand op vertrek uit het land"
    ),
    (
      "leaving.other", monthlyOtherDeparture, "chance a month of leaving for another reason",
      "kans per maand op ander vertrek"
    ),
    (
      "leaving.lost", monthlyLost, "chance a month that contact stops for good, from month 6",
      "kans per maand dat het contact blijvend stopt, vanaf maand 6"
    ),
    (
      "leaving.death", yearlyDeathAtThirty, "chance a year of dying at 30, doubling every 9 years",
      "kans per jaar op overlijden op 30-jarige leeftijd, verdubbelt elke 9 jaar"
    ),
  ]
}
