import DisclosureControl
import Foundation
import Primitives
import Registers
import Testing

@testable import Studies

/// A programme of people with random histories.
struct RandomProgramme {
  let rows: [String: [RowInTest]]

  init(seed: UInt64, people: Int) {
    var generator = SeededGenerator(seed: seed)
    func day(_ offset: Int) -> String { CalendarDate(iso: "2017-01-01")!.adding(days: offset).iso }
    var rows: [String: [RowInTest]] = [:]
    func add(_ record: String, _ row: RowInTest) { rows[record, default: []].append(row) }
    for number in 0..<people {
      let id = "p\(1000 + number)"
      add("person", ["id": id, "born": String(Int.random(in: 1960...2002, using: &generator))])
      if Int.random(in: 0..<30, using: &generator) == 0 { continue }
      let start = Int.random(in: -20...350, using: &generator)
      add("arrival", ["id": id, "on": day(start)])
      for _ in 0..<Int.random(in: 0...5, using: &generator) {
        let from = start + Int.random(in: -60...300, using: &generator)
        let length = Int.random(in: 0...200, using: &generator)
        add(
          "activity",
          [
            "id": id, "kind": Bool.random(using: &generator) ? "work" : "education", "from": day(from),
            "to": Int.random(in: 0..<4, using: &generator) == 0 ? "" : day(from + length),
            "hours": Int.random(in: 0..<6, using: &generator) == 0
              ? "" : String(Int.random(in: 4...40, using: &generator)),
          ])
      }
      for _ in 0..<Int.random(in: 0...8, using: &generator) {
        add("contact", ["id": id, "seen": day(start + Int.random(in: 0...330, using: &generator))])
      }
      if Bool.random(using: &generator) {
        add(
          "guidance",
          [
            "id": id, "manager": "M\(Int.random(in: 1...9, using: &generator))",
            "team": Bool.random(using: &generator) ? "fast" : "slow", "from": day(start),
            "to": Bool.random(using: &generator) ? "" : day(start + Int.random(in: 10...200, using: &generator)),
          ])
      }
      if Int.random(in: 0..<6, using: &generator) == 0 {
        add(
          "exit",
          [
            "id": id, "gone": day(start + Int.random(in: -10...330, using: &generator)),
            "reason": Bool.random(using: &generator) ? "moved" : "died",
          ])
      }
    }
    self.rows = rows
  }

  /// The same rows in another order.
  func shuffled(seed: UInt64) -> [String: [RowInTest]] {
    var generator = SeededGenerator(seed: seed)
    return rows.mapValues { $0.shuffled(using: &generator) }
  }
}

@Suite struct PropertyTests {
  func results(_ rows: [String: [RowInTest]]) throws -> StudyResults {
    try Study(plan: try smallPlan(), snapshot: snapshot(of: smallModel, rows), codeVersion: "test").run()
  }

  @Test(arguments: 1...12)
  func flowsBalanceAndStatesAddUpToThePeopleUnderObservation(_ seed: Int) throws {
    let results = try results(RandomProgramme(seed: UInt64(seed), people: 150).rows)
    let flows = results.flows
    #expect(flows.opening[0].allSatisfy { $0 == 0 })
    var observed = 0
    for month in flows.months.indices {
      for state in 0..<flows.stateCount {
        let entered = (0..<flows.stateCount).reduce(0) { $0 + flows.moves[month][$1][state] }
        let left = flows.moves[month][state].reduce(0, +)
        #expect(
          flows.opening[month][state] + flows.new[month][state] + entered - left - flows.ended[month][state]
            == flows.closing[month][state])
        #expect(flows.moves[month][state][state] == 0)
        if month > 0 { #expect(flows.opening[month][state] == flows.closing[month - 1][state]) }
      }
      observed += flows.new[month].reduce(0, +) - flows.ended[month].reduce(0, +)
      #expect(flows.closing[month].reduce(0, +) == observed)
    }
    let size = results.cohortSize
    #expect(flows.new.joined().reduce(0, +) == size)
    #expect(flows.ended.joined().reduce(0, +) + flows.closing.last!.reduce(0, +) == size)
    #expect(results.finalStates.reduce(0, +) == size)
    #expect(results.attrition.start == size + results.attrition.steps.reduce(0) { $0 + $1.excluded })
  }

  @Test(arguments: 1...12)
  func groupsNodesAndEventsAddUpToTheCohort(_ seed: Int) throws {
    let results = try results(RandomProgramme(seed: UInt64(100 + seed), people: 120).rows)
    let size = results.cohortSize
    let routes = try #require(results.routes)
    for column in routes.people { #expect(column.reduce(0, +) == size) }
    for (index, links) in routes.links.enumerated() {
      #expect(links.map { $0.reduce(0, +) } == routes.people[index])
      #expect(
        routes.people[index + 1].indices.map { to in links.reduce(0) { $0 + $1[to] } } == routes.people[index + 1])
    }
    for comparison in results.outcomes[0].comparisons {
      #expect(comparison.groups.reduce(0) { $0 + $1.people } == size)
      for group in comparison.groups { #expect(group.withoutEvent >= 0) }
    }
    let all = results.occupancies[0]
    let groups = results.occupancies[1]
    for day in stride(from: 0, to: all.dayCount, by: 30) {
      for state in 0..<all.stateCount {
        #expect(
          all.people(group: 0, state: state, day: day)
            == (0..<groups.groupCount).reduce(0) { $0 + groups.people(group: $1, state: state, day: day) })
      }
    }
    #expect(all.followed(group: 0, day: 0) == size)
  }

  @Test(arguments: 1...6)
  func theOrderOfRowsPlaysNoPart(_ seed: Int) throws {
    let programme = RandomProgramme(seed: UInt64(200 + seed), people: 150)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let policy = DisclosurePolicy.standard
    let first = try encoder.encode(try results(programme.rows).disclosed(policy))
    let second = try encoder.encode(try results(programme.shuffled(seed: 7)).disclosed(policy))
    #expect(first == second)
  }

  @Test(arguments: [9, 20, 35, 60, 150, 300])
  func noCountBelowTheThresholdIsPrinted(_ people: Int) throws {
    let results = try results(RandomProgramme(seed: UInt64(300 + people), people: people).rows)
    for policy in [DisclosurePolicy.standard, try DisclosurePolicy(threshold: 5, rounding: .none)] {
      let study = try results.disclosed(policy)
      var values: [DisclosedValue] = []
      func add(_ table: DisclosedTable) { values += table.values.joined() }
      study.flows.periods.forEach { add($0.table) }
      add(study.flows.stock)
      add(study.flows.transitions)
      values += study.attrition.steps.flatMap { [$0.remaining, $0.excluded] }
      values += study.routes!.columns.flatMap { $0.nodes.map(\.people) } + study.routes!.links.map(\.people)
      for comparison in study.outcomes.flatMap(\.comparisons) {
        add(comparison.events)
        values += comparison.groups.flatMap { $0.atRisk.map(\.people) }
        values += comparison.groups.flatMap { $0.estimates.flatMap { $0.estimate.contributors.map(\.value) } }
      }
      for occupancy in study.occupancy {
        for mark in occupancy.marks {
          add(mark.table)
          values += mark.shares.joined().flatMap { [$0.numerator.value, $0.denominator.value] }
        }
        values += occupancy.meanMonths.flatMap { $0.states.map(\.contributors.value) }
      }
      for month in study.caseload!.months {
        for load in [month.all] + month.teams {
          values.append(load.people)
          // Professionals, of whom three are enough.
          let above = load.aboveNorm.numerator.value.number ?? 0
          #expect(above == 0 || above >= 3)
        }
      }
      #expect(values.count > 300)
      #expect(values.allSatisfy { ($0.number ?? 0) == 0 || $0.number! >= Double(policy.threshold) })
    }
  }

  @Test func progressTellsEachStageFromItsStartToItsEnd() throws {
    final class Log: @unchecked Sendable {
      var seen: [StageProgress] = []
    }
    let log = Log()
    let rows = RandomProgramme(seed: 1, people: 40).rows
    _ = try Study(plan: try smallPlan(), snapshot: snapshot(of: smallModel, rows), codeVersion: "test")
      .run { log.seen.append($0) }
    for stage in ["cohort", "histories", "results"] {
      let own = log.seen.filter { $0.stage == stage }
      #expect(own.first?.completed == 0)
      #expect(own.last?.isComplete == true)
    }
  }

  @Test func aCohortOfNobodyAndAPlanThatDoesNotFitAreErrors() throws {
    #expect(throws: StudyError.self) { try results(["person": [["id": "a"]]]) }
    do {
      _ = try results(["person": [["id": "a"]]])
    } catch let error as StudyError {
      #expect(
        error.description
          == "Nobody is left in the cohort after the step “With a known date of arrival”. Check the step's condition, or wait for more returns."
      )
    }
  }
}
