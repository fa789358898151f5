import Primitives

/// Who sends returns.
enum Sender: Int, CaseIterable, Sendable {
  case entree, regular, languageSchool

  var id: String {
    switch self {
    case .entree: "entree"
    case .regular: "regular"
    case .languageSchool: "language-school"
    }
  }

  init(team: Approach) { self = team == .intensive ? .entree : .regular }
}

/// One row that a return will hold: which thing of which person, and whether its end is told.
struct RowDraft: Hashable, Sendable {
  /// The place of the person in the population.
  var person: Int32
  /// The place of the thing among the person's things of this record.
  var item: UInt16
  var record: MunicipalRecord
  var tellsEnd: Bool
}

/// One person's facts, ready to be told.
struct CaseFile: Sendable {
  var person: SyntheticPerson
  var course: LifeCourse
  var managers: [ManagerSpell]
}

/// Which rows each sender sends in each month.
///
/// A fact is sent in the return of the month in which it happened, and now and then a month later. A spell is sent
/// when it starts and again when it ends, or once when both are told in one month. What happened before the settlement
/// is told in the month of the settlement.
struct ReturnSchedule: Sendable {
  let from: CalendarMonth
  /// By month from `from`, then by sender.
  private(set) var drafts: [[[RowDraft]]]
  private let seed: UInt64
  static let delayedShare = 0.04

  init(files: [CaseFile], from: CalendarMonth, until: CalendarMonth, seed: UInt64) {
    self.from = from
    self.seed = seed
    drafts = Array(
      repeating: Array(repeating: [], count: Sender.allCases.count), count: until.months(since: from) + 1)
    for index in files.indices { schedule(files[index], Int32(index)) }
  }

  private mutating func schedule(_ file: CaseFile, _ person: Int32) {
    let someone = file.person
    let first = someone.settledOn.month
    func sender(_ date: CalendarDate) -> Sender { Sender(team: someone.team(on: max(date, someone.settledOn))) }

    func tell(
      _ record: MunicipalRecord, _ item: Int, _ on: CalendarDate, by told: Sender? = nil, mayDelay: Bool = false
    ) {
      let draft = RowDraft(person: person, item: UInt16(item), record: record, tellsEnd: false)
      add(draft, max(first, month(on, draft, mayDelay)), told ?? sender(on))
    }
    func tell(
      _ record: MunicipalRecord, _ item: Int, from start: CalendarDate, to end: CalendarDate?, by told: Sender? = nil,
      mayDelay: Bool = false
    ) {
      let open = RowDraft(person: person, item: UInt16(item), record: record, tellsEnd: false)
      let startMonth = max(first, month(start, open, mayDelay))
      guard let end else { return add(open, startMonth, told ?? sender(start)) }
      var closed = open
      closed.tellsEnd = true
      let endMonth = max(startMonth, month(end, closed, mayDelay))
      if endMonth > startMonth { add(open, startMonth, told ?? sender(start)) }
      add(closed, endMonth, told ?? sender(end))
    }

    tell(.person, 0, someone.settledOn)
    tell(.settlement, 0, someone.settledOn)
    for (item, note) in file.course.households.enumerated() { tell(.household, item, note.on) }
    for (item, spell) in file.managers.enumerated() {
      tell(.caseManager, item, from: spell.from, to: spell.to, by: Sender(team: spell.team))
    }
    if let on = file.course.intakeOn { tell(.intake, 0, on) }
    for (item, plan) in file.course.plans.enumerated() { tell(.plan, item, plan.on) }
    for (item, contact) in file.course.contacts.enumerated() { tell(.contact, item, contact.on, mayDelay: true) }
    for (item, spell) in file.course.instruments.enumerated() {
      tell(.instrument, item, from: spell.from, to: spell.to, mayDelay: true)
    }
    for (item, spell) in file.course.activities.enumerated() {
      tell(.activity, item, from: spell.from, to: spell.to, mayDelay: true)
    }
    for (item, spell) in file.course.benefits.enumerated() { tell(.benefit, item, from: spell.from, to: spell.to) }
    for (item, spell) in file.course.routes.enumerated() {
      tell(.route, item, from: spell.from, to: spell.to, by: .languageSchool)
    }
    for (item, test) in file.course.tests.enumerated() {
      for skill in 0..<4 { tell(.languageTest, item * 4 + skill, test.on, by: .languageSchool) }
    }
    for (item, exam) in file.course.exams.enumerated() { tell(.exam, item, exam.on, by: .languageSchool) }
    if let left = someone.departure.leftOn, someone.departure.lostOn == nil { tell(.exit, 0, left) }
  }

  private func month(_ date: CalendarDate, _ draft: RowDraft, _ mayDelay: Bool) -> CalendarMonth {
    guard mayDelay else { return date.month }
    var draws = SeededGenerator(seed: seed, row: draft, purpose: 1)
    return draws.chance(Self.delayedShare) ? date.month.adding(months: 1) : date.month
  }

  private mutating func add(_ draft: RowDraft, _ month: CalendarMonth, _ sender: Sender) {
    let place = month.months(since: from)
    if drafts.indices.contains(place) { drafts[place][sender.rawValue].append(draft) }
  }
}

extension SeededGenerator {
  /// The stream of one row, whatever return it is in.
  init(seed: UInt64, row draft: RowDraft, purpose: UInt64) {
    let thing = UInt64(draft.item) << 8 | UInt64(draft.record.rawValue) << 2 | (draft.tellsEnd ? 2 : 0)
    self.init(seed: seed &+ purpose &* 0x9E37_79B9_7F4A_7C15, stream: UInt64(draft.person) << 32 | thing << 4 | 0xF)
  }
}
