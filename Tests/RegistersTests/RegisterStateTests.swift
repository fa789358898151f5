import DataModels
import Foundation
import Primitives
import Tables
import Testing

@testable import Registers
@testable import Submissions

@Suite struct RegisterStateTests {
  let model = fixtureModel()

  @Test func aSnapshotHoldsEveryTypeOfValueAsItWasAccepted() throws {
    try withRegister { register in
      let receipt = try register.append(
        submission(
          model, on: "2024-02-10",
          SentRows(
            record: "person", fields: ["number", "Name", "born", "since", "goals", "note"],
            rows: [
              [
                .text("P1"), .text("Sara"), .year(1990), .month(CalendarMonth(iso: "2023-11")!),
                .list(["work", "a, b", "say \"hi\""]), .text("été"),
              ],
              [.text("P2"), .missing, .missing, .missing, .missing, .missing],
            ]),
          SentRows(
            record: "activity", fields: ["number", "kind", "from", "to", "hours", "days"],
            rows: [[.text("P1"), .text("work"), date("2024-01-05"), .missing, .number(-0.1), .integer(-3)]])))
      #expect(receipt.outcome == .added)
      #expect(receipt.counts("person") == "2 rows: 2 new, 0 changed, 0 unchanged, 0 superseded; 0 waiting")

      let snapshot = try register.snapshot()
      #expect(snapshot.asKnownOn == day("2024-02-10"))
      #expect(snapshot.returnCount == 1)
      #expect(snapshot.people.count == 2 && snapshot.people == snapshot.people.sorted())
      let p1 = snapshot.people.firstIndex(of: try register.pseudonym(ofPerson: "P1", provider: "north"))!
      let person = snapshot.person(p1)
      let row = try #require(person.rows(ofRecord: 0).first)
      #expect(person.value(record: 0, row: row, field: 0) == .text(snapshot.people[p1]))
      #expect(person.value(record: 0, row: row, field: 2) == .year(1990))
      #expect(person.value(record: 0, row: row, field: 3) == .month(CalendarMonth(iso: "2023-11")!))
      #expect(person.value(record: 0, row: row, field: 4) == .list(["work", "a, b", "say \"hi\""]))
      #expect(person.value(record: 0, row: row, field: 5) == .text("été"))
      #expect(snapshot.linesWithoutPerson("activity") == ["work|2024-01-05||-0.1|-3"])
      #expect(snapshot.person(1 - p1).rows(ofRecord: 1).isEmpty)
      guard case .categories(let kinds) = snapshot.records[1].table["kind"] else {
        Issue.record("codes are categories")
        return
      }
      #expect(kinds.levels == ["work", "education"])
    }
  }

  @Test func aReturnSetsTheFieldsItCarriesAndABlankAmongThemClears() throws {
    try withRegister { register in
      try register.append(
        submission(
          model, about: "2024-01", on: "2024-02-01",
          SentRows(
            record: "person", fields: ["number", "born", "note"], rows: [[.text("P1"), .year(1990), .text("first")]])))
      let second = try register.append(
        submission(
          model, about: "2024-02", on: "2024-03-01",
          SentRows(record: "person", fields: ["number", "note"], rows: [[.text("P1"), .missing]])))
      #expect(second.counts("person") == "1 rows: 0 new, 1 changed, 0 unchanged, 0 superseded; 0 waiting")
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1990|||"])
      #expect(try register.snapshot(asKnownOn: day("2024-02-29")).linesWithoutPerson("person") == ["|1990|||first"])
    }
  }

  @Test func aLateReturnForAnEarlierPeriodDoesNotOverwriteWhatALaterPeriodSaid() throws {
    try withRegister { register in
      try register.append(submission(model, about: "2024-03", on: "2024-04-01", persons([.text("P1"), .year(1991)])))
      let late = try register.append(
        submission(
          model, about: "2024-02", on: "2024-05-01",
          SentRows(
            record: "person", fields: ["number", "born", "note"], rows: [[.text("P1"), .year(1990), .text("late")]])))
      #expect(late.counts("person") == "1 rows: 0 new, 1 changed, 0 unchanged, 0 superseded; 0 waiting")
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1991|||late"])
      let older = try register.append(
        submission(model, about: "2024-01", on: "2024-05-02", persons([.text("P1"), .year(1989)])))
      #expect(older.counts("person") == "1 rows: 0 new, 0 changed, 0 unchanged, 1 superseded; 0 waiting")
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1991|||late"])
      let same = try register.append(
        submission(model, about: "2024-04", on: "2024-05-03", persons([.text("P1"), .year(1991)])))
      #expect(same.counts("person") == "1 rows: 0 new, 0 changed, 1 unchanged, 0 superseded; 0 waiting")
    }
  }

  @Test func rowsWaitUntilTheirPersonIsThere() throws {
    try withRegister { register in
      let early = try register.append(
        submission(
          model, about: "2024-01", on: "2024-02-01",
          visits([.text("P1"), date("2024-01-03"), .integer(1)], [.text("P2"), date("2024-01-04"), .integer(1)]),
          persons([.text("P2"), .year(1990)])))
      #expect(early.counts("visit") == "2 rows: 2 new, 0 changed, 0 unchanged, 0 superseded; 1 waiting")
      #expect(try register.snapshot().linesWithoutPerson("visit") == ["2024-01-04|1"])
      #expect(try register.status().waiting == 1)
      #expect(try register.status().peopleWaiting == 1)
      try register.append(submission(model, about: "2024-02", on: "2024-03-01", persons([.text("P1"), .missing])))
      #expect(Set(try register.snapshot().linesWithoutPerson("visit")) == ["2024-01-03|1", "2024-01-04|1"])
      #expect(try register.snapshot(asKnownOn: day("2024-02-15")).linesWithoutPerson("visit") == ["2024-01-04|1"])
      #expect(try register.status().waiting == 0)
    }
  }

  @Test func theSameReturnAgainChangesNothingUnlessItWasReceivedEarlier() throws {
    try withRegister { register in
      func sent(_ received: String) -> AcceptedSubmission {
        submission(model, about: "2024-01", on: received, persons([.text("P1"), .year(1990)]))
      }
      try register.append(sent("2024-02-10"))
      let fingerprint = try register.fingerprint()
      let history = try register.historyFingerprint()
      let again = try register.append(sent("2024-02-10"))
      #expect(again.outcome == .receivedBefore)
      #expect(again.counts("person") == "1 rows: 0 new, 0 changed, 1 unchanged, 0 superseded; 0 waiting")
      #expect(try register.historyFingerprint() == history)
      let later = try register.append(sent("2024-02-20"))
      #expect(later.outcome == .receivedBefore && later.receivedOn == day("2024-02-10"))
      #expect(try register.fingerprint() == fingerprint)
      #expect(try register.snapshot(asKnownOn: day("2024-02-09")).people.isEmpty)
      let earlier = try register.append(sent("2024-02-05"))
      #expect(earlier.outcome == .receivedEarlier && earlier.receivedOn == day("2024-02-05"))
      #expect(try register.snapshot(asKnownOn: day("2024-02-09")).people.count == 1)
      #expect(try register.returns().map(\.receivedOn) == [day("2024-02-05")])
      #expect(try register.status().records[0].storedRows == 1)
    }
  }

  @Test func numbersOfTwoProvidersAreOnePersonOrTwoAsTheModelSays() throws {
    for (scope, people) in [("programme", 1), ("provider", 2)] {
      let model = fixtureModel(scope: scope)
      try withRegister(model) { register in
        for provider in ["north", "south"] {
          try register.append(submission(model, from: provider, on: "2024-02-01", persons([.text("P1"), .missing])))
        }
        #expect(try register.snapshot().people.count == people)
      }
    }
  }

  @Test func aPersonsRowsAreOrderedByTheirKeyAsValues() throws {
    let model = fixtureModel(visitKey: "[number, order, on]")
    try withRegister(model) { register in
      try register.append(
        submission(
          model, on: "2024-02-01", persons([.text("P1"), .missing]),
          visits(
            [.text("P1"), date("2024-01-03"), .integer(10)], [.text("P1"), date("2024-01-02"), .integer(9)],
            [.text("P1"), date("2024-01-04"), .integer(-1)], [.text("P1"), date("2024-01-01"), .integer(10)])))
      #expect(
        try register.snapshot().linesWithoutPerson("visit") == [
          "2024-01-04|-1", "2024-01-02|9", "2024-01-01|10", "2024-01-03|10",
        ])
    }
  }

  @Test func anEmptyRegisterHasAnEmptySnapshot() throws {
    try withRegister { register in
      let snapshot = try register.snapshot()
      #expect(snapshot.people.isEmpty && snapshot.returnCount == 0)
      #expect(snapshot.records.map(\.table.rowCount) == [0, 0, 0])
      #expect(snapshot.records.map(\.starts) == [[0], [0], [0]])
      #expect(try register.returns().isEmpty)
      #expect(try register.status().firstPeriod == nil)
    }
  }

  @Test func aListIsReadBackFromItsCanonicalText() {
    for list in [[], ["a"], ["a", "b"], ["a, b", "c"], ["\"", "x\"y", "é"], [" a", "b "], ["a,b", ",", "\", \""]] {
      #expect(items(of: Value.list(list).canonicalText) == list)
    }
  }
}
