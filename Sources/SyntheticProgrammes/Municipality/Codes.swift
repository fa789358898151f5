/// The origins that the calibration tells apart.
public enum OriginGroup: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  case syria, eritrea, afghanistan, iraq, iran, other

  /// The codes of the data model that people of this group have, with their weights.
  var countries: [(String, Double)] {
    switch self {
    case .syria: [("SY", 1)]
    case .eritrea: [("ER", 1)]
    case .afghanistan: [("AF", 1)]
    case .iraq: [("IQ", 1)]
    case .iran: [("IR", 1)]
    case .other:
      [
        ("SO", 14), ("ET", 12), ("SD", 12), ("YE", 10), ("TR", 8), ("PK", 7), ("CD", 4), ("BI", 4), ("UG", 5),
        ("XS", 14), ("XX", 10),
      ]
    }
  }
}

// The codes below are those of the data model `municipality`; a test holds them against it.

enum Sex: String, CaseIterable, Sendable { case man, woman }

/// The approach is told by the team that guides the person.
enum Approach: String, CaseIterable, Sendable { case intensive, regular }

enum Household: String, CaseIterable, Sendable {
  case alone, partner
  case partnerAndChildren = "partner-and-children"
  case children, parents
}

enum PermitGround: String, CaseIterable, Sendable {
  case asylum
  case familyReunification = "family-reunification"
  case resettlement
}

enum Education: String, CaseIterable, Sendable {
  case none, primary
  case lowerSecondary = "lower-secondary"
  case upperSecondary = "upper-secondary"
  case higher

  var rank: Int { Self.allCases.firstIndex(of: self)! }
}

enum Learnability: String, CaseIterable, Sendable { case low, middle, high }

enum Health: String, CaseIterable, Sendable { case none, some, serious }

enum Route: String, CaseIterable, Sendable {
  case b1, education
  case selfReliance = "self-reliance"
}

enum Ending: String, CaseIterable, Sendable { case completed, changed, stopped }

enum InstrumentType: String, CaseIterable, Sendable {
  case diagnosis
  case participationAndLanguage = "participation-and-language"
  case caseManagement = "case-management"
  case guidanceAfterPlacement = "guidance-after-placement"
}

enum Instrument: String, CaseIterable, Sendable {
  case competenceAssessment = "competence-assessment"
  case diplomaValuation = "diploma-valuation"
  case languageAndOrientation = "language-and-orientation"
  case languageBoost = "language-boost"
  case languageBuddy = "language-buddy"
  case workExperience = "work-experience"
  case jobHunting = "job-hunting"
  case intensiveConversations = "intensive-conversations"
  case financialCoaching = "financial-coaching"
  case jobCoach = "job-coach"
  case employerAdvice = "employer-advice"
}

enum ContactForm: String, CaseIterable, Sendable { case office, home, phone, message, group }

enum ActivityKind: String, CaseIterable, Sendable { case work, education, internship, volunteering }

enum Sector: String, CaseIterable, Sendable {
  case hospitality, trade
  case agencyWork = "agency-work"
  case cleaning, logistics, industry, construction, care, agriculture, other
}

enum JobLevel: String, CaseIterable, Sendable { case elementary, lower, middle, higher }

enum Contract: String, CaseIterable, Sendable {
  case permanent, temporary, agency
  case onCall = "on-call"
  case selfEmployed = "self-employed"
}

enum ExamResult: String, CaseIterable, Sendable { case passed, failed, exempt }

enum DepartureReason: String, CaseIterable, Sendable {
  case moved
  case leftCountry = "left-country"
  case died, other
}

enum LanguageLevel: String, CaseIterable, Sendable {
  case a0 = "A0"
  case a1 = "A1"
  case a2 = "A2"
  case b1 = "B1"
  case b2 = "B2"
  case c1 = "C1"
  case c2 = "C2"
}
