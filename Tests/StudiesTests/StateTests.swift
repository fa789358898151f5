import Primitives
import Testing

@testable import Studies

/// States of one person who arrives on 1 January 2017, as text: `none 01-01..02-28, work 03-01..12-01`.
@Suite struct StateTests {
  func states(_ rows: [String: [RowInTest]], _ changes: (String, String)...) throws -> String {
    var text = smallPlanText
    for (old, new) in changes {
      precondition(text.contains(old), old)
      text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
    let plan = try StudyPlan(yaml: text, file: "plan.yml", model: smallModel)
    var all = rows
    all["person"] = [["id": "a", "born": "1985", "enrolled": "2017-02"]]
    all["arrival"] = [["id": "a", "on": "2017-01-01"]]
    let snapshot = snapshot(of: smallModel, all)
    let resolved = try plan.resolved(in: smallModel)
    let cohort = try CohortSearch(plan: resolved, snapshot: snapshot).run(StageReporter("cohort") { _ in })
    let histories = try LifeHistories(
      cohort, resolved, IndexedSnapshot(snapshot, resolved.selections), StageReporter("histories") { _ in })
    return histories.segments(of: 0).map { segment in
      func day(_ day: Int32) -> String { String(CalendarDate(daysSinceEpoch: day).iso.dropFirst(5)) }
      return "\(plan.states[Int(segment.state)].id) \(day(segment.first))..\(day(segment.last))"
    }.joined(separator: ", ")
  }

  let seen: [RowInTest] = ["02-20", "04-20", "06-20", "08-20", "10-20"].map { ["id": "a", "seen": "2017-\($0)"] }

  func work(_ from: String, _ to: String = "") -> RowInTest {
    ["id": "a", "kind": "work", "from": from, "to": to, "hours": "20"]
  }

  @Test func aSpellLastsFromItsFirstDayToItsLast() throws {
    #expect(
      try states(["contact": seen, "activity": [work("2017-03-01", "2017-03-31"), work("2017-04-01", "2017-04-30")]])
        == "none 01-01..02-28, work 03-01..04-30, none 05-01..12-01")
  }

  @Test func anAbsorbingStateGoesBeforeAllAndStays() throws {
    #expect(
      try states([
        "contact": seen, "activity": [work("2016-01-01")],
        "exit": [["id": "a", "gone": "2017-06-01", "reason": "moved"]],
      ]) == "work 01-01..05-31, moved 06-01..12-01")
  }

  @Test func whoLeftBeforeTimeZeroHasLeftFromTheFirstDay() throws {
    #expect(
      try states(["exit": [["id": "a", "gone": "2016-06-01", "reason": "moved"]]]) == "moved 01-01..12-01")
  }

  @Test func lossStartsSoLongAfterTheLastSightingAndEndsWithTheNext() throws {
    #expect(
      try states(["contact": [["id": "a", "seen": "2017-07-15"]]])
        == "none 01-01..03-31, lost 04-01..07-14, none 07-15..10-14, lost 10-15..12-01")
  }

  @Test func workGoesBeforeLossWhereThePlanPutsItFirst() throws {
    #expect(try states(["activity": [work("2017-02-01")]]) == "none 01-01..01-31, work 02-01..12-01")
  }

  @Test func aSpellDuringWhichPeopleAreSeenKeepsThemInSight() throws {
    #expect(
      try states(
        ["activity": [work("2017-02-01", "2017-05-31")]],
        ("seen-by: [contact]", "seen-by: [contact], seen-while: [activity]"))
        == "none 01-01..01-31, work 02-01..05-31, none 06-01..08-30, lost 08-31..12-01")
  }

  @Test func anEventHoldsFromItsDayOn() throws {
    #expect(
      try states(
        ["contact": [["id": "a", "seen": "2017-02-20"]]],
        ("Opleiding}, when: activity(kind = education)", "Opleiding}, when: contact"))
        == "none 01-01..02-19, education 02-20..12-01")
  }

  @Test(arguments: [
    ("any activity(kind = education) before day", "none 01-01..03-01, education 03-02..12-01"),
    ("any activity(kind = education) on day - 1 month", "none 01-01..03-31, education 04-01..05-10, none 05-11..12-01"),
    (
      "any activity(kind = education) during day - 1 month..day",
      "none 01-01..02-28, education 03-01..05-10, none 05-11..12-01"
    ),
    ("any activity(kind = education) after day", "education 01-01..02-28, none 03-01..12-01"),
    ("day >= time-zero + 10 months", "none 01-01..10-31, education 11-01..12-01"),
    (
      "not activity(kind = education) and day < 2017-05-01",
      "education 01-01..02-28, none 03-01..04-10, education 04-11..04-30, none 05-01..12-01"
    ),
    ("day in 2017-02..2017-03", "none 01-01..01-31, education 02-01..03-31, none 04-01..12-01"),
    ("day = person.enrolled", "none 01-01..01-31, education 02-01..02-28, none 03-01..12-01"),
    ("day > person.enrolled + 1 month", "none 01-01..03-31, education 04-01..12-01"),
    (
      "activity(kind = education) or day > 2017-11",
      "none 01-01..02-28, education 03-01..04-10, none 04-11..11-30, education 12-01..12-01"
    ),
    ("any activity(kind = education) on time-zero + 3 months", "education 01-01..12-01"),
    ("person.born > 1990", "none 01-01..12-01"),
  ])
  func conditionsOnTheDayHoldOnTheDaysTheySay(_ condition: String, _ expected: String) throws {
    #expect(
      try states(
        [
          "contact": seen,
          "activity": [["id": "a", "kind": "education", "from": "2017-03-01", "to": "2017-04-10"]],
        ], ("Opleiding}, when: activity(kind = education)", "Opleiding}, when: \"\(condition)\"")) == expected)
  }
}
