import DisclosureControl
import Primitives
import Statistics
import Testing

@testable import Studies

/// Five people in the cohort and two who are not, solved by hand.
///
/// Each is followed 11 months = 334 days, at most to 31 December 2017; lost after three months without a contact.
/// a: 10 January; works 1 March to 30 June; seen every two months; followed to 10 December.
/// b: 20 January; seen on 20 March; lost from 20 June; followed to 20 December.
/// c: 1 February; school to 31 August, work from 1 June on, which goes before school.
/// d: 15 March; works 8 hours, which is not work; moves on 20 May.
/// e: 31 January; already works, to 14 February; lost from 30 October to 30 November.
/// f: a child. g: never arrived.
let fivePeople: [String: [RowInTest]] = [
  "person": ["a", "b", "c", "d", "e", "f", "g"].map { ["id": $0, "born": $0 == "f" ? "2005" : "1985"] },
  "arrival": [
    ["id": "a", "on": "2017-01-10"], ["id": "b", "on": "2017-01-20"], ["id": "c", "on": "2017-02-01"],
    ["id": "d", "on": "2017-03-15"], ["id": "e", "on": "2017-01-31"], ["id": "f", "on": "2017-01-05"],
  ],
  "activity": [
    ["id": "a", "kind": "work", "from": "2017-03-01", "to": "2017-06-30", "hours": "24"],
    ["id": "c", "kind": "education", "from": "2017-02-01", "to": "2017-08-31"],
    ["id": "c", "kind": "work", "from": "2017-06-01", "hours": "30"],
    ["id": "d", "kind": "work", "from": "2017-04-01", "hours": "8"],
    ["id": "e", "kind": "work", "from": "2016-12-01", "to": "2017-02-14", "hours": "12"],
  ],
  "contact": [
    ("a", ["2017-03-10", "2017-05-10", "2017-07-10", "2017-09-10", "2017-11-10"]), ("b", ["2017-03-20"]),
    ("c", ["2017-04-15", "2017-07-01", "2017-09-20", "2017-12-15"]),
    ("e", ["2017-04-30", "2017-07-30", "2017-12-01"]),
  ].flatMap { person, days in days.map { ["id": person, "seen": $0] } },
  "guidance": [
    ["id": "a", "manager": "M1", "team": "fast", "from": "2017-01-10"],
    ["id": "b", "manager": "M1", "team": "fast", "from": "2017-01-20", "to": "2017-09-30"],
    ["id": "c", "manager": "M1", "team": "fast", "from": "2017-02-20"],
    ["id": "d", "manager": "M2", "team": "slow", "from": "2017-03-20"],
    ["id": "f", "manager": "M2", "team": "slow", "from": "2017-03-20"],
  ],
  "exit": [["id": "d", "gone": "2017-05-20", "reason": "moved"]],
]

@Suite struct FivePeopleTests {
  let results: StudyResults
  let work = 0
  let education = 1
  let none = 2
  let lost = 3
  let moved = 4

  init() throws {
    results = try Study(
      plan: try smallPlan(), snapshot: snapshot(of: smallModel, fivePeople), codeVersion: "test"
    ).run()
  }

  @Test func attritionCountsEachStep() {
    #expect(results.attrition.start == 7)
    #expect(results.attrition.steps.map(\.id) == ["time-zero", "observed", "year", "child"])
    #expect(results.attrition.steps.map(\.excluded) == [1, 0, 0, 1])
    #expect(results.attrition.steps.map(\.remaining) == [6, 6, 6, 5])
  }

  @Test func monthlyFlowsAreThoseOfTheCalendar() {
    let flows = results.flows
    #expect(flows.months.map(\.iso).first == "2017-01" && flows.months.count == 12)
    // work, education, none, lost, moved at the end of each month
    #expect(
      flows.closing == [
        [1, 0, 2, 0, 0], [0, 1, 3, 0, 0], [1, 1, 3, 0, 0], [1, 1, 3, 0, 0], [1, 1, 2, 0, 1], [2, 0, 1, 1, 1],
        [1, 0, 2, 1, 1], [1, 0, 2, 1, 1], [1, 0, 2, 1, 1], [1, 0, 1, 2, 1], [1, 0, 1, 2, 1], [1, 0, 1, 0, 1],
      ])
    #expect(flows.new[0] == [1, 0, 2, 0, 0] && flows.new[1] == [0, 1, 0, 0, 0] && flows.new[2] == [0, 0, 1, 0, 0])
    #expect(flows.moves[1][work][none] == 1)
    #expect(flows.moves[4][none][moved] == 1)
    #expect(flows.moves[5][education][work] == 1 && flows.moves[5][none][lost] == 1)
    // a and b have been followed eleven months in December; e comes back into view.
    #expect(flows.ended[11] == [0, 0, 1, 1, 0])
    #expect(flows.moves[11][lost][none] == 1)
    #expect(flows.transitions.joined().reduce(0, +) == 8)
    #expect(results.finalStates == [1, 0, 2, 1, 1])
  }

  @Test func theFirstEventAndTheLossOfSightEndTheFollowUpOfAnOutcome() throws {
    let outcome = results.outcomes[0]
    let everyone = outcome.comparisons[0].groups[0]
    #expect(outcome.alreadyThere == 1)
    #expect(everyone.events == [3, 1] && everyone.withoutEvent == 1)
    let incidence = try #require(everyone.incidence)
    // e on day 0, a on day 50, d leaves on day 66, c on day 120, b is lost from day 151.
    #expect(incidence.times == [0, 50, 66, 120])
    #expect(zip(incidence.incidence[0], [0.2, 0.4, 0.4, 0.6]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(incidence.incidence[1], [0, 0, 0.2, 0.2]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(everyone.exitDays == [0, 50, 66, 120, 151] && everyone.atRisk == [5, 4, 3, 2, 1])
  }

  @Test func groupsRoutesAndOccupancyCountTheSamePeople() throws {
    let routes = try #require(results.routes)
    #expect(routes.people[0] == [5])
    #expect(routes.people[1] == [3, 2], "a, b and c have the fast team a month after arrival")
    // c was at school on 212 days and at work on 214; d and e had a job however few its hours.
    #expect(routes.people[2] == [0, 4, 1])
    #expect(routes.people[3] == results.finalStates)
    let occupancy = results.occupancies[0]
    let day = StudyTime.days(months: 6)
    #expect(day == 182)
    #expect((0..<5).map { occupancy.people(group: 0, state: $0, day: day) } == [1, 0, 2, 1, 1])
    let mean = occupancy.meanMonths(group: 0, minimum: 1)
    #expect(abs(mean.months.reduce(0, +) - mean.horizon) < 1e-9)
    #expect(abs(mean.horizon - 334 / (365.0 / 12)) < 1e-9)
  }

  @Test func caseloadCountsPeoplePerManagerAgainstTheNorm() throws {
    let caseload = try #require(results.caseload)
    #expect(caseload.all[0] == .init(people: 2, managers: 1, aboveNorm: 0))
    #expect(caseload.all[2] == .init(people: 5, managers: 2, aboveNorm: 1))
    #expect(
      caseload.all[8] == .init(people: 5, managers: 2, aboveNorm: 1), "who is released on the last day is still there")
    #expect(caseload.all[9] == .init(people: 4, managers: 2, aboveNorm: 0))
    #expect(caseload.byTeam[1][2] == .init(people: 2, managers: 1, aboveNorm: 0))
  }

  @Test func fivePeopleAreTooFewForAnyNumber() throws {
    let disclosed = try results.disclosed(.standard)
    for period in disclosed.flows.periods {
      #expect(period.table.values.joined().allSatisfy { $0 == .zero || $0.absence == .protected })
    }
    #expect(disclosed.attrition.cohort.value == .absent(.protected))
    #expect(disclosed.outcomes[0].comparisons[0].groups[0].curves.allSatisfy { $0.points.count == 1 && $0.end == 0 })
    #expect(disclosed.outcomes[0].comparisons[0].groups[0].estimates.allSatisfy { $0.estimate.value.number == nil })
  }
}
