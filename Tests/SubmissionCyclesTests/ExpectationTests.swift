import DataModels
import Primitives
import SubmissionCycles
import Testing

private func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }

/// People of which a test says the rows.
private struct Rows: PersonRecords {
  /// By record, rows of values in the order of the model's fields.
  let rows: [[[Value]]]
  func rows(ofRecord record: Int) -> Range<Int> { 0..<rows[record].count }
  func value(record: Int, row: Int, field: Int) -> Value { rows[record][row][field] }
}

@Suite struct ExpectationTests {
  static func yaml(_ expectation: String) -> String {
    """
    meedoen: data-model/1
    id: small
    version: "1"
    title: Small
    code-lists: {kind: {codes: [first, later]}}
    records:
      person:
        is: person
        key: [id]
        purpose: test
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Id}
          since: {type: month, label: Since}
      entry:
        is: event
        of: person
        at: on
        key: [id, on]
        purpose: test
        fields:
          id: {type: text, privacy: identifier, required: yes, label: Id}
          on: {type: date, required: yes, label: On}
          kind: {type: code, list: kind, required: yes, label: Kind}
      baseline:
        is: measurement
        of: person
        key: [id]
        purpose: test
        fields: {id: {type: text, privacy: identifier, required: yes, label: Id}}
    expectations:
      it: \(expectation)
    """
  }

  func outcomes(
    _ expectation: String, _ on: String, since: Value = .missing, entries: [(String, String)] = [],
    baseline: Bool = false
  ) throws -> [ExpectedOutcome] {
    let model = try DataModel(yaml: Self.yaml(expectation), file: "small.yml")
    let rows = Rows(rows: [
      [[.text("p"), since]], entries.map { [.text("p"), .date(day($0.0)), .text($0.1)] },
      baseline ? [[.text("p")]] : [],
    ])
    return model.expectations[0].outcomes(of: rows, in: model, on: day(on))
  }

  let sustained =
    "{on: entry, where: kind = first, from: on, expect: entry(kind = later), opens: 3 months, within: 6 months}"

  @Test(arguments: [
    ("2016-04-14", ExpectedOutcome.Standing.notYet), ("2016-04-15", .due), ("2016-07-15", .due),
    ("2016-07-16", .overdue),
  ])
  func aWindowOpensIsDueAndPasses(_ on: String, _ standing: ExpectedOutcome.Standing) throws {
    let found = try outcomes(sustained, on, entries: [("2016-01-15", "first")])
    #expect(found.map(\.standing) == [standing])
    #expect(found[0].opensOn == day("2016-04-15") && found[0].dueOn == day("2016-07-15"))
  }

  @Test(arguments: [
    ("2016-04-14", ExpectedOutcome.Standing.metEarly), ("2016-04-15", .met), ("2016-07-15", .met),
    ("2016-07-16", .metLate),
  ])
  func whatCameIsEarlyInTimeOrLate(_ came: String, _ standing: ExpectedOutcome.Standing) throws {
    let found = try outcomes(sustained, "2017-01-01", entries: [("2016-01-15", "first"), (came, "later")])
    #expect(found.map(\.standing) == [standing])
  }

  @Test func withoutAnOpeningItMayComeBeforeTheClockStarts() throws {
    let early = "{on: entry, where: kind = first, from: on, expect: entry(kind = later), within: 1 month}"
    let entries = [("2016-01-15", "first"), ("2015-12-01", "later")]
    #expect(try outcomes(early, "2017-01-01", entries: entries).map(\.standing) == [.met])
  }

  @Test func aMonthIsReadGenerously() throws {
    let baseline = "{on: person, from: since, expect: baseline, within: 3 months}"
    // Started somewhere in January: three months later may be 30 April.
    let since = Value.month(CalendarMonth(iso: "2016-01")!)
    #expect(try outcomes(baseline, "2016-04-30", since: since).map(\.standing) == [.due])
    #expect(try outcomes(baseline, "2016-05-01", since: since).map(\.standing) == [.overdue])
    #expect(try outcomes(baseline, "2016-05-01", since: since, baseline: true).map(\.standing) == [.met])
    #expect(try outcomes(baseline, "2016-05-01").isEmpty, "a blank starts no clock")
  }

  @Test func nothingIsExpectedWhereTheModelExcusesIt() throws {
    let excused = "{on: person, from: since, expect: baseline, within: 1 month, unless: any entry(kind = later)}"
    let since = Value.month(CalendarMonth(iso: "2016-01")!)
    #expect(
      try outcomes(excused, "2016-09-01", since: since, entries: [("2016-02-01", "later")]).map(\.standing) == [
        .excused
      ])
    #expect(
      try outcomes(excused, "2016-09-01", since: since, entries: [("2016-02-01", "first")]).map(\.standing) == [
        .overdue
      ])
  }

  @Test func whatIsExpectedAgainAndAgainIsCountedFromTheLast() throws {
    let yearly = "{on: person, from: since, expect: entry, every: 1 year}"
    let since = Value.month(CalendarMonth(iso: "2016-01")!)
    #expect(try outcomes(yearly, "2017-01-31", since: since).map(\.standing) == [.due])
    #expect(try outcomes(yearly, "2017-02-01", since: since).map(\.standing) == [.overdue])
    let entries = [("2016-06-10", "first"), ("2016-12-05", "later")]
    #expect(try outcomes(yearly, "2017-12-05", since: since, entries: entries).map(\.standing) == [.met])
    #expect(try outcomes(yearly, "2017-12-06", since: since, entries: entries).map(\.standing) == [.overdue])
  }

  @Test(arguments: [
    ("{on: persn, from: since, expect: baseline, within: 3 months}", "did you mean “person”"),
    ("{on: person, from: sinc, expect: baseline, within: 3 months}", "did you mean “since”"),
    ("{on: person, from: id, expect: baseline, within: 3 months}", "not a date, month or year"),
    ("{on: person, from: since, expect: baselin, within: 3 months}", "did you mean “baseline”"),
    ("{on: person, from: since, expect: baseline, within: soon}", "not a length of time"),
    ("{on: person, from: since, expect: baseline, within: 0 days}", "at least one day"),
    ("{on: person, from: since, expect: baseline, opens: 1 year, within: 11 months}", "could never be met in time"),
    ("{on: person, from: since, expect: baseline}", "needs “within”"),
    ("{on: person, from: since, expect: entry, within: 1 year, every: 1 year}", "needs “within”"),
    ("{on: person, from: since, expect: baseline, every: 1 year}", "no day of its own"),
    (
      "{on: person, from: since, expect: entry, within: 1 year, unless: any entry(kind = lter)}", "did you mean “later”"
    ),
  ])
  func whatCannotBeExpectedIsRefused(_ expectation: String, _ message: String) {
    do throws(DefinitionError) {
      _ = try DataModel(yaml: Self.yaml(expectation), file: "small.yml")
      Issue.record("\(expectation) is not refused")
    } catch {
      #expect(error.problems.contains { $0.message.contains(message) }, "\(error)")
    }
  }
}
