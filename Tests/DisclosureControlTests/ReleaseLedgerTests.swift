import Foundation
import Testing

@testable import DisclosureControl

/// Two releases beside each other.
@Suite struct ReleaseLedgerTests {
  private func table(_ counts: [[Int]]) -> CountTable {
    CountTable(
      id: "t", rows: counts.indices.map { "r\($0)" }, columns: counts[0].indices.map { "c\($0)" },
      addingTotalsTo: counts)
  }

  private func ledger(
    of tables: [CountTable], _ policy: DisclosurePolicy, data: String = "a", relations: [AdditiveRelation] = []
  ) throws -> ReleaseLedger {
    var ledger = ReleaseLedger()
    ledger.add(try policy.protect(tables, relations: relations).release(named: "first", data: data))
    return ledger
  }

  private func conflict(
    _ ledger: ReleaseLedger, _ tables: [CountTable], _ policy: DisclosurePolicy, data: String = "a",
    relations: [AdditiveRelation] = []
  ) throws -> ReleaseConflict? {
    try ledger.conflict(
      of: try policy.protect(tables, relations: relations), tables, relations: relations, policy: policy, data: data)
  }

  private let all = [[64, 31, 22], [48, 27, 18]]
  /// Without the one who is under 18.
  private let adults = [[64, 31, 21], [48, 27, 18]]

  @Test func theTableOfAdultsAfterTheTableOfAllIsRefusedWhenTheyDifferByOneChild() throws {
    let exact = try DisclosurePolicy(rounding: .none)
    let ledger = try ledger(of: [table(all)], exact)
    let found = try #require(try conflict(ledger, [table(adults)], exact, data: "b"))
    #expect(found.kind == .difference && found.release == "first")
    #expect(found.cell == CellID(table: "t", row: "r0", column: "c2"))
    // Of one person or of data that came later, it is the same.
    #expect(try conflict(ledger, [table(adults)], exact, data: "a")?.kind == .difference)
    #expect(try conflict(ledger, [table(all)], exact, data: "a") == nil, "the same again tells nothing new")
  }

  @Test func roundedNumbersDoNotTellSoSmallADifference() throws {
    let ledger = try ledger(of: [table(all)], .standard)
    #expect(try conflict(ledger, [table(adults)], .standard, data: "b") == nil)
    // Fifteen after ten may be one more or seven.
    let ten = try self.ledger(of: [CountTable(id: "t", categories: ["a"], counts: [12])], .standard)
    #expect(try conflict(ten, [CountTable(id: "t", categories: ["a"], counts: [13])], .standard, data: "b") == nil)
    // A rounded number after an exact one may tell, and does not here: 22 is printed as 20, of 18 to 22 people.
    let before = try self.ledger(of: [table(all)], try DisclosurePolicy(rounding: .none))
    #expect(try conflict(before, [table(adults)], .standard, data: "b") == nil)
  }

  @Test func whatOneReleasePrintsAndTheOtherWithholdsIsRefused() throws {
    // 40, 31, 6 and 77: the 6 takes another number with it. Once 40 goes, once 31; side by side 77 − 40 − 31 is told.
    let exact = try DisclosurePolicy(rounding: .none)
    let counts = CountTable(id: "t", categories: ["a", "b", "d"], counts: [40, 31, 6], addingTotal: true)
    let printed = try exact.protect([counts])
    #expect(printed.tables[0]["b", "count"] == .absent(.protected))
    var ledger = ReleaseLedger()
    ledger.add(
      ReleaseLedger.Release(
        name: "other", data: "a",
        tables: [
          ReleaseLedger.Table(
            id: "t", rows: ["a", "b", "d", "total"], columns: ["count"],
            ranges: [[nil], [[31, 31]], [nil], [[77, 77]]])
        ]))
    #expect(
      try conflict(ledger, [counts], exact)
        == ReleaseConflict(
          release: "other", cell: CellID(table: "t", row: "d", column: "count"), kind: .together))
    // Of other data the numbers cannot be put together.
    #expect(try conflict(ledger, [counts], exact, data: "b") == nil)
  }

  @Test func theLedgerIsKeptAndReadAgainAndHoldsNoCountThatWasNotPrinted() throws {
    let exact = try DisclosurePolicy(rounding: .none)
    let counts = CountTable(id: "t", categories: ["a", "b", "d"], counts: [40, 31, 6], addingTotal: true)
    var ledger = try ledger(of: [counts], exact)
    ledger.add(ledger.releases[0])
    #expect(ledger.releases.count == 1)
    let data = try JSONEncoder().encode(ledger)
    #expect(try JSONDecoder().decode(ReleaseLedger.self, from: data) == ledger)
    #expect(ledger.releases[0].tables[0].ranges == [[[40, 40]], [nil], [nil], [[77, 77]]])
  }
}
