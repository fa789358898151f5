import DataModels
import Primitives
import Testing

/// A person in tests: rows as arrays of values, per record of the model below.
struct PersonInTest: PersonRecords {
  var rows: [[[Value]]]
  func rows(ofRecord record: Int) -> Range<Int> { rows[record].indices }
  func value(record: Int, row: Int, field: Int) -> Value { rows[record][row][field] }
}

let smallModel = """
  meedoen: data-model/1
  id: small
  version: "1"
  title: {en: Small, nl: Klein}
  code-lists:
    kind: {codes: {work: {en: Work, nl: Werk}, education: {en: Education, nl: Opleiding}}}
    cefr: {ordered: yes, codes: [A0, A1, A2, B1]}
  records:
    person:
      is: person
      purpose: test
      key: [id]
      fields:
        id: {type: text, privacy: identifier, required: yes, label: Number}
        born: {type: year, privacy: quasi, range: 1920..2012, label: Born}
        started: {type: month, label: Started}
    activity:
      is: spell
      of: person
      from: from
      to: to
      purpose: test
      key: [id, kind, from]
      fields:
        id: {type: text, privacy: identifier, required: yes, label: Number}
        kind: {type: code, list: kind, required: yes, label: Kind}
        from: {type: date, required: yes, label: From}
        to: {type: date, label: To}
        hours: {type: number, range: 0..80, required-if: kind = work, label: Hours}
        level: {type: code, list: cefr, label: Level}
  rules:
    after-start:
      on: activity
      hold: from >= person.started
      says: {en: Too early., nl: Te vroeg.}
  """

@Suite struct ConditionTests {
  let model = try! DataModel(yaml: smallModel, file: "small.yml")
  let person = PersonInTest(rows: [
    [[.text("p"), .year(1990), .month(CalendarMonth(iso: "2016-03")!)]],
    [
      [
        .text("p"), .text("education"), .date(CalendarDate(iso: "2016-03-01")!),
        .date(CalendarDate(iso: "2016-08-31")!),
        .missing, .text("A1"),
      ],
      [.text("p"), .text("work"), .date(CalendarDate(iso: "2016-09-15")!), .missing, .number(24), .text("A2")],
    ],
  ])

  func holds(_ text: String, row: Int? = nil) throws -> Bool? {
    let condition = try model.condition(text, on: row == nil ? nil : "activity", parameters: ["day": .date])
    return condition.holds(
      at: EvaluationPoint(record: 1, row: row, parameters: ["day": .date(CalendarDate(iso: "2016-10-01")!)]), in: person
    )
  }

  @Test(arguments: [
    ("any activity(kind = work, hours >= 12) on day", true), ("any activity(kind = work) on 2016-09-01", false),
    ("no activity(kind = education) on day", true), ("activity(kind = work) on day", true),
    ("count of activity = 2", true), ("count of activity(kind = work) >= 2", false),
    ("years-between(person.born, day) in 18..64", true), ("years-between(person.born, day) in ..20", false),
    ("first(activity).from >= person.started", true), ("last(activity).from = 2016-09", true),
    ("last(activity).from > 2016-09", false), ("person.started + 6 months = 2016-09", true),
    ("months-between(first(activity).from, last(activity).from) = 6", true),
    ("days-between(first(activity).from, day) > 200 and not person.born is missing", true),
    ("any activity(level < B1) during 2016-01..2016-04", true), ("any activity(level >= B1)", false),
    ("any activity(kind in [work, education]) before 2016-03-02", true), ("person.born in 1980..1990", true),
    ("person.born in 1991..", false), ("first(activity(kind = work)).to is missing", true),
  ])
  func conditionsOnAPersonMeanWhatTheySay(_ text: String, _ expected: Bool) throws {
    #expect(try holds(text) == expected)
  }

  @Test func aDayAndAMonthCompareAtTheMonth() throws {
    #expect(try holds("from >= person.started", row: 0) == true)
    #expect(try holds("from > person.started", row: 0) == false)
    #expect(try holds("from = person.started", row: 0) == true)
  }

  @Test func comparingWithTheMissingGivesNoAnswer() throws {
    #expect(try holds("hours > 10", row: 0) == nil)
    #expect(try holds("not hours > 10", row: 0) == nil)
    #expect(try holds("hours > 10 and kind = work", row: 0) == false)
    #expect(try holds("hours > 10 or kind = education", row: 0) == true)
    #expect(try holds("hours is missing", row: 0) == true)
    #expect(try holds("to is given", row: 0) == true)
  }

  @Test(arguments: [
    ("kind = wrok", 8, "did you mean “work”"), ("hourz > 3", 1, "did you mean “hours”"),
    ("hours > work", 9, "nothing here is called"), ("from > 3 kg", 10, "should end"),
    ("activity.from > 2016-01", 1, "several rows"), ("hours > 'x", 9, "not closed"), ("from >", 7, "too early"),
    ("kind < work", 1, "no order"), ("from > 'a'", 8, "cannot be compared"), ("any exits", 5, "no record is called"),
    ("(hours > 3", 11, "expected"),
  ])
  func aWrongConditionIsRefusedWithItsColumnAndANearMiss(_ text: String, _ column: Int, _ part: String) {
    do {
      _ = try model.condition(text, on: "activity")
      Issue.record("“\(text)” was accepted")
    } catch {
      #expect(error.column == column, "\(error.message)")
      #expect(error.message.contains(part), "\(error.message)")
    }
  }
}
