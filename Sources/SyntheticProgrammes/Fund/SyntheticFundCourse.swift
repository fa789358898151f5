import Foundation
import Primitives

/// What happens to one participant in the fund, as rows for the returns, in the order in which it can happen.
struct FundCourse {
  private let fund: SyntheticFund
  private let person: FundPerson
  private let index: Int
  private(set) var rows: [FundRow] = []

  init(_ fund: SyntheticFund, _ person: FundPerson, index: Int) {
    self.fund = fund
    self.person = person
    self.index = index
    addPerson()
    let baselineOn = addBaseline()
    addHousing()
    addPlan(baselineOn: baselineOn)
    addWork()
    addLastContact()
  }

  private func draws(_ purpose: DrawPurpose) -> SeededGenerator {
    SeededGenerator(seed: fund.seed, person: person.stream, for: purpose)
  }

  /// Adds a row unless the participant was out of contact by then or the fund had ended.
  ///
  /// - Returns: the month of the return that the row is in; nil when there is none.
  @discardableResult
  private mutating func add(
    _ record: FundRecord, on date: CalendarDate, after earlier: CalendarMonth? = nil,
    _ values: [String: String], _ draws: inout SeededGenerator
  ) -> CalendarMonth? {
    let delay = draws.choice([(0, 86), (1, 11), (2, 3)])
    guard date <= fund.until.lastDay, date <= person.lastSeenOn ?? date else { return nil }
    let period = max(date.month.adding(months: record == .person ? 0 : delay), earlier ?? person.enrolledOn.month)
    guard period <= fund.until else { return nil }
    var row = FundRow(
      record: record, person: index, cells: Array(repeating: "", count: record.fields.count), period: period)
    row.cells[0] = person.code
    row.cells[1] = person.team
    if let day = record.dayField { row[day] = date.iso }
    for (field, value) in values { row[field] = value }
    rows.append(row)
    return period
  }

  // MARK: Enrolment

  private mutating func addPerson() {
    var draws = draws(.names)
    let (first, last) = (InventedName.given(&draws), InventedName.family(&draws))
    add(
      .person, on: person.enrolledOn,
      [
        "first_name": first, "last_name": last, "year_of_birth": String(person.enrolledOn.year - person.traits.age),
        "gender": person.traits.gender, "dispersal_area": draws.element(of: person.provider.areas),
        "date_started_service": person.enrolledOn.month.iso,
      ], &draws)
  }

  private mutating func addBaseline() -> CalendarDate {
    var draws = draws(.reporting)
    let traits = person.traits
    let day = person.enrolledOn.adding(days: draws.choice([(draws.integer(in: 0...30), 70), (55, 20), (80, 10)]))
    let granted = person.enrolledOn.month.adding(months: -draws.integer(in: 0...12))
    let arrived = granted.adding(months: -draws.integer(in: 6...40))
    let dependants = traits.children > 0 || draws.chance(0.04)
    var values = [
      "ni_number": draws.chance(0.12) ? "" : nationalNumber(), "nationality": traits.nationality,
      "referral_source": draws.choice([
        ("LA", 18.0), ("Home Office", 6), ("Local VCS", 22), ("HO providers", 12), ("Migrant Help", 9),
        ("Self-referrals", 14), ("DWP", 9), ("Peer", 7), ("Other", 3),
      ]),
      "current_dependants_uk": dependants ? "Yes" : "No",
      "number_u18_HH": traits.children == 0 && draws.chance(0.1) ? "" : String(traits.children),
      "number_over_18_HH": String(traits.adults), "date_arrived_in_uk": arrived.iso,
      "date_asylum_status_granted": granted.iso,
      "language_level_on_entry": FundTraits.languageLevels[traits.english],
      "highest_qualification_achieved": FundTraits.qualifications[traits.qualification],
      "employed_in_home_country": traits.workedBefore ? "Yes" : "No",
      "occupation_goal": draws.element(of: FundWork.occupations).title, "prior_employment": traits.workedInUK,
      "employment_status": traits.status,
      "education_training_status": draws.chance(0.28) ? "formal education" : "Not in formal education",
      "housing_baseline_accommodation": traits.housing,
    ]
    if dependants { values["age_profile_of_dependants_uk"] = ages(traits.children, &draws) }
    if traits.qualification == 5 { values["age_finished_study"] = String(draws.integer(in: 10...19)) }
    if traits.workedBefore {
      let occupation = draws.element(of: FundWork.occupations)
      values["occupation_type"] = occupation.title
      values["occupation_sector"] = occupation.sector
    }
    if traits.isAtWork {
      values["hours_of_employment"] = draws.choice([("8 to 15 hours", 0.4), ("16 to 30 hours", 0.6)])
      if draws.chance(0.8) { values["wage_baseline"] = String(draws.integer(in: 9...13)) }
    }
    if traits.isHomeless {
      let isStatutory = draws.chance(traits.children > 0 ? 0.85 : 0.25)
      values["homelessness_baseline"] = isStatutory ? "Statutory homelessness" : "Non-statutory homelessness"
    }
    // Some people are enrolled and never reach the interview.
    if !draws.chance(0.04) { add(.baseline, on: day, values, &draws) }
    return day
  }

  /// A number in the published form with the letters PZ, which were never given to a person.
  private func nationalNumber() -> String {
    let digits = String((index * 7919 + Int(fund.seed % 1_000_000)) % 1_000_000)
    let letter = ["A", "B", "C", "D"][index % 4]
    return "PZ" + String(repeating: "0", count: 6 - digits.count) + digits + letter
  }

  private func ages(_ children: Int, _ draws: inout SeededGenerator) -> String {
    if children == 0 { return "Caring responsibilities for an adult" }
    let bands = ["0-4", "5-11", "12-17"]
    let drawn = Set((0..<children).map { _ in draws.choice([(0, 40), (1, 38), (2, 22)]) })
    return drawn.sorted().map { bands[$0] }.joined(separator: ", ")
  }

  // MARK: Housing and plan

  private mutating func addHousing() {
    var draws = draws(.guidance)
    let chance = person.traits.housing.hasPrefix("Renting") ? 0.12 : 0.6
    guard draws.chance(chance) else { return }
    let entered = person.enrolledOn.adding(days: 14 + Int(-150 * log(1 - draws.uniform())))
    let kind = draws.choice([("RPC", 56), ("RLA", 36), ("other", 8)])
    let period = add(.housingEntry, on: entered, ["housing_entry_accommodation": kind], &draws)
    guard let period, draws.chance(0.82) else { return }
    let kept = entered.adding(months: 6).adding(days: draws.integer(in: 0...21))
    add(.housingSustain, on: kept, after: period, ["housing_sustain_accommodation": kind], &draws)
  }

  private mutating func addPlan(baselineOn: CalendarDate) {
    var draws = draws(.learning)
    guard draws.chance(0.9) else { return }
    // A few plans are late; the data model asks to confirm those.
    let made = baselineOn.adding(days: draws.choice([(draws.integer(in: 0...9), 93), (60, 7)]))
    var period: CalendarMonth? = made.month
    let steps = [("Creation", 0, 1.0), ("6 month", 6, 0.82), ("12 month", 12, 0.76)]
    for (step, months, chance) in steps {
      guard period != nil, draws.chance(chance) else { return }
      let day = months == 0 ? made : made.adding(months: months).adding(days: draws.integer(in: 0...25))
      period = add(
        .integrationPlan, on: day, after: max(period!, person.enrolledOn.month),
        [
          "integration_outcome_type": step, "integration_social": "tbc", "integration_comms_language": "tbc",
          "integration_digital": "tbc",
        ], &draws)
    }
  }

  // MARK: Work

  private static let activities: [(String, Double)] = [
    ("qualifications or skills", 10), ("training course", 18), ("mentoring and/or coaching", 20), ("employability", 20),
    ("Volunteering", 9), ("work experience", 8), ("Internship", 2), ("sector-specific language training", 9),
    ("business plan for self-employment", 2), ("Registered business for self-employment", 1),
    ("another specified activity", 4),
  ]

  private mutating func addWork() {
    var draws = draws(.participation)
    let finished = person.enrolledOn.adding(days: 45 + Int(120 * draws.uniform()))
    var done: Set<String> = []
    let wanted = draws.choice([(3, 60), (4, 28), (5, 12)])
    while done.count < wanted { done.insert(draws.choice(Self.activities)) }
    let takesSteps = draws.chance(person.isIntensive ? 0.75 : 0.55) && !person.traits.isAtWork
    // The steps lead to work, so nobody completes them afterwards.
    let isInTime = person.work.map { finished < $0.from } ?? true
    if takesSteps, isInTime {
      add(
        .employmentIntermediate, on: finished,
        ["intermediate_employment_outcome_type": done.sorted().joined(separator: ", ")], &draws)
    }
    guard let work = person.work else { return }
    let isStudying = draws.chance(0.15) ? "formal education" : "Not in formal education"
    let hasSecond = draws.chance(0.05) && work.status != "ZHC"
    let period = add(
      .employmentEntry, on: work.from,
      [
        "employment_entry_outcome_type": work.isSelfEmployed ? "Self-employment" : "Employment",
        "primary_employment_entry_status": work.status, "secondary_employment_entry_status": hasSecond ? "ZHC" : "",
        "hours_of_employment_entry": work.hours, "wage_employment_entry": String(work.wage),
        "education_training_status_entry": isStudying, "employment_entry_occupation": work.occupation.title,
        "employment_entry_sector": work.occupation.sector,
      ], &draws)
    let kept = work.from.adding(months: 3).adding(days: draws.integer(in: 0...14))
    guard let period, work.lasts(until: kept) else { return }
    add(
      .employmentSustain, on: kept, after: period,
      [
        "employment_sustain_status": work.status, "hours_of_employment_sustain": work.hours,
        "wage_employment_sustain": String(work.wage + (draws.chance(0.2) ? 1 : 0)),
        "education_training_status_sustain": isStudying, "employment_sustain_occupation": work.occupation.title,
        "employment_sustain_sector": work.occupation.sector,
      ], &draws)
  }

  // MARK: Last contact

  /// Last contacts are asked for once a year and stand in the return about March.
  private mutating func addLastContact() {
    var draws = draws(.departure)
    guard let lastSeenOn = person.lastSeenOn, lastSeenOn <= fund.until.lastDay else { return }
    let month = lastSeenOn.month
    let review = CalendarMonth(year: month.parts.month <= 3 ? month.year : month.year + 1, month: 3)!
    let reason = draws.choice([
      ("", 40.0), ("Moved out of area", 28), ("Does not answer calls or messages", 16),
      ("Receives support elsewhere", 9), ("Caring at home", 7),
    ])
    add(.dateLastSeen, on: lastSeenOn, after: max(review, latestPeriod), ["reason_for_disengagement": reason], &draws)
  }

  private var latestPeriod: CalendarMonth { rows.map(\.period).max() ?? person.enrolledOn.month }
}
