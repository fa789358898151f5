import Primitives

/// What the settings of every synthetic programme must keep to.
enum SettingsCheck {
  static func refuse(
    _ name: String, _ value: String, _ allowed: String, _ toegestaan: String
  ) -> SyntheticProgrammeError {
    .settingNotAllowed(name: name, value: value, allowed: LocalizedText(allowed, nl: toegestaan))
  }

  static func people(_ name: String, _ count: Int, below limit: Int) throws(SyntheticProgrammeError) {
    let (english, dutch) = (Language.english.number(limit - 1), Language.dutch.number(limit - 1))
    guard (1..<limit).contains(count) else {
      throw refuse(name, String(count), "it lies from 1 to \(english)", "het ligt van 1 tot en met \(dutch)")
    }
  }

  /// The last month of inflow lies between the first month and the last.
  static func months(
    _ name: String, from: CalendarMonth, inflowUntil: CalendarMonth, until: CalendarMonth
  ) throws(SyntheticProgrammeError) {
    guard from <= inflowUntil, inflowUntil <= until, until.months(since: from) <= 240 else {
      throw refuse(
        name, inflowUntil.iso, "it lies from the first to the last month, at most 20 years apart",
        "het ligt tussen de eerste en de laatste maand, die hoogstens 20 jaar uit elkaar liggen")
    }
  }

  static func share(_ name: String, _ share: Double) throws(SyntheticProgrammeError) {
    guard (0...1).contains(share) else {
      throw refuse(name, String(share), "a share lies from 0 to 1", "een aandeel ligt van 0 tot 1")
    }
  }

  static func rates(error: Double, correction: Double) throws(SyntheticProgrammeError) {
    guard (0...0.5).contains(error) else {
      throw refuse("errorRate", String(error), "it lies from 0 to 0.5", "het ligt van 0 tot 0,5")
    }
    guard (0...1).contains(correction) else {
      throw refuse("correctionRate", String(correction), "it lies from 0 to 1", "het ligt van 0 tot 1")
    }
  }

  /// - Parameter effects: log hazard ratios of everybody, or of each group.
  static func effect(_ effect: Double, _ effects: [Double]) throws(SyntheticProgrammeError) {
    guard effects.allSatisfy((-3...3).contains) else {
      throw refuse(
        "effect", String(effect), "a log hazard ratio lies from -3 to 3", "een log hazard ratio ligt van -3 tot 3")
    }
  }
}
