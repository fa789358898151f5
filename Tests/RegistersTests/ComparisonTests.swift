import DataModels
import Foundation
import Primitives
import Submissions
import Testing

@testable import Registers

/// What a return changes, cell by cell, and the taking in that is undone. Everybody in these tests is invented.
@Suite struct ComparisonTests {
  let model = fixtureModel()

  func activity(_ number: String, _ kind: String, _ from: String, _ hours: Value) -> [Value] {
    [.text(number), .text(kind), date(from), hours]
  }

  func activities(_ rows: [Value]...) -> SentRows {
    SentRows(record: "activity", fields: ["number", "kind", "from", "hours"], rows: rows)
  }

  @Test func eachCellThatChangedIsToldWithItsOldAndNewValue() throws {
    try withRegister(model) { register in
      try register.append(
        submission(
          model, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(1990)], [.text("B"), .year(1980)]),
          activities(activity("A", "work", "2024-01-05", .number(20)), activity("B", "work", "2024-01-06", .number(8))))
      )
      let next = submission(
        model, about: "2024-02", on: "2024-03-10", persons([.text("A"), .year(1990)], [.text("C"), .year(1970)]),
        activities(
          activity("A", "work", "2024-01-05", .number(24.5)), activity("C", "education", "2024-02-01", .missing)))
      let preview = try register.preview(next, withSnapshots: false)
      let comparison = preview.comparison
      #expect(comparison.records.map(\.record) == ["person", "activity"])
      #expect(
        comparison.records.map { [$0.added, $0.changed, $0.unchanged, $0.removed] } == [[1, 0, 1, 1], [1, 1, 0, 1]])
      let changed = try #require(comparison.rows.first { $0.change == .changed })
      #expect(changed.key == ["work", "2024-01-05"])
      #expect(changed.cells.map { [$0.field, $0.old, $0.new] } == [["hours", "20", "24.5"]])
      #expect(comparison.newPeople == 1)
      #expect(comparison.absentPeople == [try register.pseudonym(ofPerson: "B", provider: "north")])
      #expect(!comparison.isWithoutChanges && !comparison.saysTheSame)
      // It was only tried.
      #expect(try register.returns().count == 1)
      #expect(try register.identity(of: register.pseudonym(ofPerson: "C", provider: "north")) == nil)
      // Taken in, it says the same of itself.
      try register.append(next)
      let stored = try register.comparison(of: next.source.fingerprint)
      #expect(stored.comparison == comparison && stored.previous == preview.previous)
    }
  }

  @Test func otherBytesWithTheSameContentsAreNoChange() throws {
    try withRegister(model) { register in
      let first = submission(
        model, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(1990)], [.text("B"), .year(1980)]))
      try register.append(first)
      let again = submission(
        model, about: "2024-01", on: "2024-02-11", persons([.text("B"), .year(1980)], [.text("A"), .year(1990)]))
      #expect(first.source.fingerprint != again.source.fingerprint)
      let comparison = try register.preview(again, withSnapshots: false).comparison
      #expect(comparison.isWithoutChanges && comparison.saysTheSame && comparison.unchanged == 2)
    }
  }

  @Test func aCellThatALaterMonthSaysOtherwiseOfIsMarked() throws {
    try withRegister(model) { register in
      try register.append(submission(model, about: "2024-01", on: "2024-02-10", persons([.text("A"), .year(1990)])))
      try register.append(submission(model, about: "2024-03", on: "2024-04-10", persons([.text("A"), .year(1992)])))
      let late = submission(model, about: "2024-02", on: "2024-05-01", persons([.text("A"), .year(1991)]))
      let row = try #require(try register.preview(late, withSnapshots: true).comparison.rows.first)
      #expect(row.cells.map(\.isOverruled) == [true] && row.cells.map(\.old) == ["1990"])
      let snapshots = try #require(try register.preview(late, withSnapshots: true).snapshots)
      #expect(snapshots.before.fingerprint == snapshots.after.fingerprint)
    }
  }

  @Test func valuesThatIdentifyAreNeverShown() throws {
    try withRegister(model) { register in
      func named(_ name: String, _ period: String, _ received: String) -> AcceptedSubmission {
        submission(
          model, from: "north", about: period, on: received,
          [SentRows(record: "person", fields: ["number", "Name"], rows: [[.text("A"), .text(name)]])])
      }
      try register.append(named("Invented One", "2024-01", "2024-02-10"))
      let cells = try register.preview(named("Invented Two", "2024-02", "2024-03-10"), withSnapshots: false).comparison
        .rows.flatMap(\.cells)
      #expect(cells.map(\.isHidden) == [true] && cells.allSatisfy { $0.old == nil && $0.new == nil })
    }
  }

  @Test func whatAPreviewShowsIsWhatHappens() throws {
    var random = SeededGenerator(seed: 20_261_122)
    try withRegister(model) { register in
      for month in 1...8 {
        let rows = (0..<12).compactMap { number -> [Value]? in
          Bool.random(using: &random) ? [.text("P\(number)"), .year(.random(in: 1980...1983, using: &random))] : nil
        }
        guard !rows.isEmpty else { continue }
        let period = "2024-0\(Int.random(in: 1...8, using: &random))"
        let sent = submission(
          model, from: "north", about: period, on: "2024-1\(month % 3)-0\(month)",
          [SentRows(record: "person", fields: ["number", "born"], rows: rows)])
        let preview = try register.preview(sent, withSnapshots: true)
        let snapshots = try #require(preview.snapshots)
        #expect(try register.fingerprint() == snapshots.before.fingerprint)
        let receipt = try register.append(sent)
        #expect(receipt == preview.receipt)
        #expect(try register.fingerprint() == snapshots.after.fingerprint)
        let comparison = preview.comparison
        #expect(comparison.count(.added) + comparison.count(.changed) + comparison.unchanged == rows.count)
        let isSame = snapshots.before.fingerprint == snapshots.after.fingerprint
        #expect(comparison.isWithoutChanges == isSame, "month \(month)")
      }
    }
  }
}
