import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import SubmissionCycles
import TestSupport
import Testing

@testable import Registers
@testable import Submissions

/// Whatever is entered, and for whatever day: what was known on a day of release or locking stays. Everybody is invented.
@Suite struct SettledDayPropertyTests {
  static let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: settled
      version: "1"
      title: Settled
      identifier-scope: programme
      cycle: {every: month, due-day: 10, release-day: 20, time-zone: Europe/Amsterdam}
      records:
        person:
          is: person
          purpose: test
          key: [number]
          fields:
            number: {type: text, privacy: identifier, required: yes, label: Number}
            born: {type: year, privacy: quasi, label: Born}
      """, file: "settled.yml")

  @Test(arguments: 0..<12)
  func theSnapshotOfASettledDayNeverChanges(seed: Int) throws {
    try withRegister(Self.model) { register in
      var course = SettledCourse(register: register, random: SeededGenerator(seed: 32, stream: UInt64(seed)))
      for _ in 0..<60 { try course.step() }
      #expect(course.settled.count > 3, "days were settled")
      #expect(course.accepted > 10 && course.refused > 0, "\(course.accepted) accepted, \(course.refused) refused")
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func monthsThatWereNotReleasedYetAreLoadedWithTheDaysOnWhichTheyCameIn() throws {
    try withRegister(Self.model) { register in
      // All in 2026, long after the calendar would have released them.
      let stamp = AuditStamp.named("loader", on: day("2026-11-22"))
      for (month, received) in [("2016-01", "2016-02-09"), ("2016-03", "2016-04-08"), ("2016-02", "2016-03-11")] {
        try register.append(
          submission(Self.model, about: month, on: received, persons([.text("P-\(month)"), .year(1990)])), by: stamp)
      }
      #expect(try register.snapshot(asKnownOn: day("2016-03-11")).people.count == 2)
      // From the first release on that the register sees, what was known is settled.
      try register.append(
        submission(Self.model, about: "2026-10", on: "2026-11-10", persons([.text("P-new"), .year(1990)])),
        by: .named("loader", on: day("2026-11-10")))
      #expect(throws: RegisterError.self) {
        try register.append(
          submission(Self.model, about: "2016-04", on: "2016-05-08", persons([.text("P-4"), .year(1990)])),
          by: .named("loader", on: day("2026-11-23")))
      }
    }
  }

  @Test func decisionsOfBeforeTheDayOfEntryWasKeptAreReadAsTheyWere() throws {
    try withRegister(Self.model) { register in
      let sent = submission(Self.model, about: "2016-01", on: "2016-02-09", persons([.text("P-1"), .year(1990)]))
      try register.append(sent)
      try register.database.write { connection in
        try Schema.withoutGuards(["receipts"], connection) {
          try connection.execute("UPDATE main.receipts SET entered_on = NULL")
        }
      }
      let gate = try register.database.read { try CycleGate(Self.model, $0) }
      #expect(gate?.lastSettled(seenOn: day("2026-11-22")) == nil, "nobody knows what the calendar showed then")
      #expect(try register.snapshot(asKnownOn: day("2016-02-09")).people.count == 1)
    }
  }
}

/// A register into which things are entered on one day after another, each for a day at random.
private struct SettledCourse {
  let register: Register
  var random: SeededGenerator
  var today = day("2024-02-01")
  private(set) var settled: [CalendarDate: Fingerprint] = [:]
  private(set) var accepted = 0
  private(set) var refused = 0
  private var sent: [Fingerprint] = []
  private var count = 0

  init(register: Register, random: SeededGenerator) {
    self.register = register
    self.random = random
  }

  private mutating func pick(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func step() throws {
    today = today.adding(days: pick(0..<9))
    try settle()
    let stamp = AuditStamp(
      actor: "w", role: .unstated,
      moment: Date(timeIntervalSince1970: Double(today.daysSinceEpoch) * 86_400 + 43_200))
    let stated = today.adding(days: -pick(0..<70) * pick(0..<2))
    do throws(RegisterError) {
      try enter(stated, stamp)
      accepted += 1
    } catch {
      guard case .cycleRefused = error else {
        guard case .decisionRefused = error else { throw error }
        return
      }
      refused += 1
    }
    for (day, fingerprint) in settled {
      #expect(try register.fingerprint(asKnownOn: day) == fingerprint, "as known on \(day.iso), on \(today.iso)")
    }
  }

  /// Remembers what was known on a settled day, once that day is over.
  private mutating func settle() throws {
    let gate = try #require(try register.database.read { try CycleGate(register.model, $0) })
    guard let last = gate.lastSettled(seenOn: today), last.day < today else { return }
    for day in [last.day, last.day.adding(days: -3)] where settled[day] == nil {
      settled[day] = try register.fingerprint(asKnownOn: day)
    }
  }

  private mutating func enter(_ stated: CalendarDate, _ stamp: AuditStamp) throws(RegisterError) {
    let making = DecisionMaking(by: "w", on: stated, reason: .other, note: "n", stamp: stamp)
    let month = stated.month.adding(months: -1 - pick(0..<2))
    switch pick(0..<10) {
    case 0..<5:
      count += 1
      let accepted = submission(
        register.model, from: ["north", "south"][pick(0..<2)], about: month.iso, on: stated.iso,
        persons([.text("P\(pick(0..<8))"), .year(1950 + count)]))
      try register.append(accepted, by: stamp)
      sent.append(accepted.source.fingerprint)
    case 5:
      guard let fingerprint = sent.randomElement(using: &random) else { return }
      try register.withdraw(fingerprint, making)
    case 6:
      guard let fingerprint = sent.randomElement(using: &random) else { return }
      try register.restore(fingerprint, making)
    case 7:
      guard let person = try register.snapshot().people.randomElement(using: &random) else { return }
      try register.answer(.enteredInError, about: person, provider: "north", making)
    default: try decide(month, stated, stamp)
    }
  }

  private mutating func decide(
    _ month: CalendarMonth, _ stated: CalendarDate, _ stamp: AuditStamp
  ) throws(RegisterError) {
    let decisions = try register.cycleDecisions()
    let known = max(stated, decisions.map(\.day).max() ?? stated)
    let returns = try register.returns(asKnownOn: known)
    let book = CycleBook(
      cycle: register.model.cycle!, decisions: decisions,
      returns: returns.map { CycleReturn(provider: $0.provider, month: $0.period, receivedOn: $0.receivedOn) },
      asKnownOn: known)
    let kind = CycleDecision.Kind.allCases[1 + pick(0..<3)]
    let decision = CycleDecision(
      kind, month, on: stated, by: "w", reason: "r", until: kind == .reopen ? stated.adding(days: 10) : nil)
    guard (try? book.check(decision)) != nil else { return }
    try register.append(decision, by: stamp)
  }
}
