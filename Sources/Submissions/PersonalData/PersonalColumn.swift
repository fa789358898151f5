import Primitives

/// What the name of a column says about the people in it, for columns that the model does not know.
enum PersonalColumn {
  /// Names, addresses, numbers: what points to one person.
  case identifying
  /// What the law protects apart (General Data Protection Regulation, articles 9 and 10).
  case specialCategory

  /// - Parameter header: a name as it is compared, in lower case with underscores.
  init?(header: String) {
    if Self.identifyingNames.contains(header) || Self.identifyingParts.contains(where: { Self.holds(header, $0) }) {
      self = .identifying
    } else if Self.specialParts.contains(where: { Self.holds(header, $0) }) {
      self = .specialCategory
    } else {
      return nil
    }
  }

  /// Whether words stand whole in a header: `client_last_name` holds `last_name`, `surnames` does not hold `surname`.
  private static func holds(_ header: String, _ words: String) -> Bool {
    header == words || header.hasPrefix(words + "_") || header.hasSuffix("_" + words)
      || header.contains("_" + words + "_")
  }

  /// Only as the whole header: `course_name` is no person's.
  private static let identifyingNames: Set<String> = [
    "name", "naam", "names", "namen", "client", "contact", "address", "adres", "street", "straat", "mail", "mobile",
    "mobiel", "postcode", "zip", "passport", "paspoort",
  ]
  private static let identifyingParts = [
    "first_name", "last_name", "family_name", "given_name", "full_name", "surname", "voornaam", "achternaam",
    "roepnaam",
    "volledige_naam", "email", "e_mail", "e_mailadres", "emailadres", "phone", "telephone", "phone_number", "telefoon",
    "telefoonnummer", "mobiel_nummer", "gsm", "home_address", "street_address", "woonadres", "huisnummer", "bsn",
    "burgerservicenummer", "nino", "ni_number", "national_insurance_number", "passport_number", "paspoortnummer",
    "v_nummer", "date_of_birth", "birth_date", "dob", "geboortedatum", "iban", "rekeningnummer",
  ]
  private static let specialParts = [
    "religion", "faith", "godsdienst", "geloof", "ethnicity", "ethnic_group", "etniciteit", "health", "medical",
    "diagnosis", "disability", "medication", "gezondheid", "medisch", "diagnose", "handicap", "medicatie",
    "sexual_orientation", "sexuality", "seksuele_geaardheid", "geaardheid", "political_opinion", "politieke_voorkeur",
    "trade_union", "vakbond", "criminal_record", "conviction", "strafblad", "veroordeling", "biometric", "fingerprints",
    "vingerafdrukken", "trauma", "torture", "marteling",
  ]
}
