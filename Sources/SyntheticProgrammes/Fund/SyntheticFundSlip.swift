import Primitives

/// One mistake that was put into the returns on purpose.
struct FundSlip: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case requiredBlank = "required-blank"
    case notInList = "not-in-list"
    case dependantsWithoutAges = "dependants-without-ages"
    case excludedNationalNumber = "excluded-ni-number"
    case monthForDay = "month-for-day"
    case beforeEnrolment = "before-enrolment"
    case tooFewActivities = "too-few-activities"
    case codeAsDate = "code-as-date"
    case contradictingTwin = "contradicting-twin"
    case unknownPerson = "unknown-person"
    case weeklyWage = "weekly-wage"
    case keptTooSoon = "kept-too-soon"

    var weight: Double {
      switch self {
      case .requiredBlank: 24
      case .notInList: 22
      case .dependantsWithoutAges, .monthForDay, .beforeEnrolment: 9
      case .unknownPerson: 8
      case .weeklyWage, .keptTooSoon, .tooFewActivities: 6
      case .contradictingTwin: 5
      case .excludedNationalNumber, .codeAsDate: 4
      }
    }

    var movesDay: Bool { self == .beforeEnrolment || self == .contradictingTwin || self == .keptTooSoon }
  }

  var kind: Kind
  /// The field that the finding is about: the wrong one, or the key of rows that contradict each other.
  var field: String
  /// The code of the finding that a review has to make.
  var expected: String
  /// `error` or `confirm`.
  var severity: String
  /// The month of the return that puts it right; nil when nobody does.
  var correctedIn: CalendarMonth?
}

/// A row as it is sent: right, or with a slip.
struct FundSentRow: Sendable {
  /// Where the row belongs in a wide sheet: its record, and the step for an integration plan.
  var step: Int
  var row: FundRow
  var slip: FundSlip?
  /// Whether the row is right and a rule asks to confirm it all the same.
  var needsConfirmation = false

  init(_ row: FundRow, slip: FundSlip? = nil) {
    self.row = row
    self.slip = slip
    step =
      row.record == .integrationPlan
      ? ["Creation": 0, "6 month": 1, "12 month": 2][row["integration_outcome_type"]]! : 0
  }
}

/// Turns rows into rows as they are sent: some with a slip, and most of those sent again rightly a month later.
struct FundSlipMaker {
  private struct Sending: Hashable {
    let person: Int
    let period: CalendarMonth
  }

  let fund: SyntheticFund
  let people: [FundPerson]
  private var sent: [FundSentRow] = []
  /// How many rows of a person a return has.
  private var rowCounts: [Sending: Int] = [:]

  init(_ fund: SyntheticFund, people: [FundPerson]) {
    self.fund = fund
    self.people = people
  }

  mutating func sent(_ rows: [FundRow]) -> [FundSentRow] {
    sent.reserveCapacity(rows.count)
    for row in rows { rowCounts[Sending(person: row.person, period: row.period), default: 0] += 1 }
    for (index, row) in rows.enumerated() { send(row, index) }
    return sent
  }

  private mutating func send(_ row: FundRow, _ index: Int) {
    let next = row.period.adding(months: 1)
    let sending = Sending(person: row.person, period: row.period)
    var entry = FundSentRow(row)
    entry.needsConfirmation = isLatePlan(row)
    var draws = SeededGenerator(seed: fund.seed &+ 0x51_1B, stream: UInt64(index))
    let mustBeCorrected = row.record.laterRowsBuildOnIt
    guard draws.chance(fund.errorRate), !entry.needsConfirmation, !mustBeCorrected || next <= fund.until,
      let (made, changed) = wrong(row, people[row.person], isAlone: rowCounts[sending] == 1, &draws)
    else { return sent.append(entry) }
    var slip = made
    if mustBeCorrected || draws.chance(fund.correctionRate), next <= fund.until { slip.correctedIn = next }
    // Both rows of a contradiction are wrong: nobody can tell which is right.
    if slip.kind == .contradictingTwin { sent.append(FundSentRow(row, slip: slip)) }
    entry.slip = slip
    entry.row = changed
    sent.append(entry)
    if slip.correctedIn != nil { sendAgain(row, in: next) }
  }

  private mutating func sendAgain(_ row: FundRow, in period: CalendarMonth) {
    var again = row
    again.period = period
    rowCounts[Sending(person: row.person, period: period), default: 0] += 1
    var entry = FundSentRow(again)
    entry.needsConfirmation = isLatePlan(row)
    sent.append(entry)
  }

  /// Whether a plan was made more than three months after enrolment, which the data model asks to confirm.
  private func isLatePlan(_ row: FundRow) -> Bool {
    guard row.record == .integrationPlan, row["integration_outcome_type"] == "Creation",
      let made = CalendarDate(iso: row["integration_outcome_achieved_date"])
    else { return false }
    return made.month.months(since: people[row.person].enrolledOn.month) > 3
  }

  /// The row with a slip; nil when none of a few kinds drawn fits the row.
  private func wrong(
    _ row: FundRow, _ person: FundPerson, isAlone: Bool, _ draws: inout SeededGenerator
  ) -> (FundSlip, FundRow)? {
    for _ in 0..<8 {
      let kind = draws.choice(FundSlip.Kind.allCases.map { ($0, $0.weight) })
      // A wrong day would make other rows of the person look wrong too.
      if kind.movesDay, !isAlone { continue }
      if let wrong = wrong(kind, row, person, &draws) { return wrong }
    }
    return nil
  }

  private func wrong(
    _ kind: FundSlip.Kind, _ row: FundRow, _ person: FundPerson, _ draws: inout SeededGenerator
  ) -> (FundSlip, FundRow)? {
    var changed = row
    func made(
      _ field: String, _ written: String, _ expected: String, severity: String = "error"
    ) -> (FundSlip, FundRow) {
      changed[field] = written
      let slip = FundSlip(
        kind: kind, field: kind == .contradictingTwin ? "unique_id" : field, expected: expected, severity: severity,
        correctedIn: nil)
      return (slip, changed)
    }
    switch kind {
    case .requiredBlank:
      return made(draws.element(of: row.record.blankable), "", "VAL-01")
    case .notInList:
      guard let field = row.record.spelled.isEmpty ? nil : draws.element(of: row.record.spelled) else { return nil }
      return made(field, Self.misspelled(row[field]), "VAL-02")
    case .dependantsWithoutAges:
      guard row.record == .baseline, row["current_dependants_uk"] == "Yes" else { return nil }
      return made("age_profile_of_dependants_uk", "", "CON-01")
    case .excludedNationalNumber:
      guard row.record == .baseline, !row["ni_number"].isEmpty else { return nil }
      return made("ni_number", "TN" + row["ni_number"].dropFirst(2), "VAL-03")
    case .monthForDay:
      guard let field = row.record.dayField else { return nil }
      return made(field, String(row[field].prefix(7)), "TYP-01")
    case .beforeEnrolment:
      guard let field = row.record.dayField, row.record.startsAfterEnrolment,
        row.record != .integrationPlan || row["integration_outcome_type"] == "Creation"
      else { return nil }
      let day = person.enrolledOn.adding(months: -draws.integer(in: 2...8))
      return made(field, day.iso, "DAT-03")
    case .tooFewActivities:
      guard row.record == .employmentIntermediate else { return nil }
      let field = "intermediate_employment_outcome_type"
      let two = row[field].split(separator: ",").prefix(2).joined(separator: ",")
      return made(field, two, "CON-03")
    case .codeAsDate:
      guard row.record == .baseline, row["age_profile_of_dependants_uk"] == "5-11" else { return nil }
      return made("age_profile_of_dependants_uk", "05-Nov", person.provider.sendsWorkbooks ? "TYP-11" : "VAL-02")
    case .contradictingTwin:
      guard let field = row.record.dayField, row.record != .integrationPlan, row.record != .dateLastSeen,
        let day = CalendarDate(iso: row[field])
      else { return nil }
      return made(field, day.adding(days: draws.integer(in: 1...9)).iso, "KEY-01")
    case .unknownPerson:
      // What is kept is compared with what was entered, so an unknown person would be found twice.
      guard ![.person, .housingSustain, .employmentSustain].contains(row.record),
        row.record != .integrationPlan || row["integration_outcome_type"] == "Creation"
      else { return nil }
      let digits = String(9000 + draws.integer(in: 0...999))
      return made("unique_id", "\(person.provider.letter)-\(digits)X", "KEY-02", severity: "confirm")
    case .weeklyWage:
      guard row.record == .employmentEntry || row.record == .employmentSustain,
        let field = row.record.fields.first(where: { $0.hasPrefix("wage_") }), let wage = Int(row[field])
      else { return nil }
      return made(field, String(wage * 38), "CON-05", severity: "confirm")
    case .keptTooSoon:
      let early = [FundRecord.housingSustain: 60, .employmentSustain: 45]
      guard let days = early[row.record], let field = row.record.dayField, let day = CalendarDate(iso: row[field])
      else {
        return nil
      }
      return made(field, day.adding(days: -days).iso, "DAT-03", severity: "confirm")
    }
  }

  /// A code as somebody types it by hand.
  private static func misspelled(_ code: String) -> String {
    switch code {
    case "Man": return "Male"
    case "Woman": return "Female"
    default:
      if code.hasSuffix(" Council") { return String(code.dropLast(" Council".count)) }
      let upper = code.uppercased()
      return upper == code ? code + "?" : upper
    }
  }
}

extension FundProvider {
  var sendsWorkbooks: Bool {
    switch form {
    case .wideCSV, .singleCSVs: false
    case .workbook, .wideWorkbook: true
    }
  }
}

extension FundRecord {
  /// Whether rows of later returns are compared with rows of this record, so that a mistake in it is always put right.
  fileprivate var laterRowsBuildOnIt: Bool {
    switch self {
    case .person, .housingEntry, .employmentEntry, .integrationPlan: true
    case .baseline, .housingSustain, .employmentIntermediate, .employmentSustain, .dateLastSeen: false
    }
  }

  /// Required fields, apart from those that tell one row from another.
  fileprivate var blankable: [String] {
    switch self {
    case .person: ["first_name", "last_name", "year_of_birth", "gender", "dispersal_area", "date_started_service"]
    case .baseline:
      [
        "nationality", "referral_source", "date_arrived_in_uk", "date_asylum_status_granted", "language_level_on_entry",
        "occupation_goal", "education_training_status",
      ]
    case .housingEntry: ["housing_entry_date", "housing_entry_accommodation"]
    case .housingSustain: ["housing_sustainment_date", "housing_sustain_accommodation"]
    case .integrationPlan: ["integration_outcome_achieved_date", "integration_digital"]
    case .employmentIntermediate: ["date_intermediate_employment_outcome", "intermediate_employment_outcome_type"]
    case .employmentEntry:
      ["date_employment_entry", "hours_of_employment_entry", "wage_employment_entry", "employment_entry_sector"]
    case .employmentSustain:
      ["employment_sustainment_date", "wage_employment_sustain", "employment_sustain_occupation"]
    case .dateLastSeen: ["date_last_seen"]
    }
  }

  /// Required fields with codes that people spell in their own way.
  fileprivate var spelled: [String] {
    switch self {
    case .person: ["gender", "dispersal_area"]
    case .baseline: ["referral_source", "language_level_on_entry", "education_training_status", "prior_employment"]
    case .housingEntry: ["housing_entry_accommodation"]
    case .housingSustain: ["housing_sustain_accommodation"]
    case .employmentEntry: ["employment_entry_outcome_type", "hours_of_employment_entry"]
    case .employmentSustain: ["hours_of_employment_sustain"]
    case .integrationPlan, .employmentIntermediate, .dateLastSeen: []
    }
  }

  /// Whether a day before the month of enrolment is found by one rule and no other.
  fileprivate var startsAfterEnrolment: Bool {
    switch self {
    case .housingEntry, .integrationPlan, .employmentIntermediate, .employmentEntry: true
    case .person, .baseline, .housingSustain, .employmentSustain, .dateLastSeen: false
    }
  }
}
