import Testing

@testable import DisclosureControl

/// Tables that cannot be protected as they stand, and what is said of them.
@Suite struct RefusalTests {
  private func message(_ tables: [CountTable], _ relations: [AdditiveRelation] = []) -> String {
    do throws(DisclosureControlError) {
      _ = try DisclosurePolicy.standard.protect(tables, relations: relations)
      return "protected"
    } catch { return "\(error)" }
  }

  private func cell(_ row: String) -> CellID { CellID(table: "t", row: row, column: "count") }

  @Test func wrongTablesAreNamedWithoutTheirCounts() {
    let table = CountTable(id: "t", categories: ["a", "b", "d"], counts: [40, 50, 91])
    #expect(
      message([table], [AdditiveRelation(total: cell("d"), parts: [cell("a"), cell("b")])])
        == "The counts do not add up: t[d, count] = t[a, count] + t[b, count]. Correct the counts or the relation.")
    #expect(
      message([table], [.same(cell("a"), cell("b"))])
        == "The counts do not add up: t[a, count] = t[b, count]. Correct the counts or the relation.")
    #expect(
      message([table], [.same(cell("a"), cell("z"))])
        == "A relation names t[z, count], which is in none of the tables. Add the table or correct the relation.")
    #expect(message([table, table]) == "Table 't' cannot be protected: another table has the same id.")
    #expect(
      message([CountTable(id: "t", rows: ["r"], columns: ["a", "b"], cells: [[.count(1)]])])
        == "Table 't' cannot be protected: row 'r' has 1 cells for 2 columns.")
    #expect(
      message([CountTable(id: "t", categories: ["a"], counts: [-1])])
        == "t[a, count] holds a negative count of people. Count again.")
  }

  @Test func aSmallCountThatReadersKnowEverythingAroundIsRefused() {
    let table = CountTable(
      id: "t", rows: ["all", "a", "b"], columns: ["count"], cells: [[.known(50)], [.known(45)], [.count(5)]],
      totalRow: "all")
    #expect(
      message([table])
        == "t[b, count] follows from the relations alone. Take the cell or a relation out, or merge categories.")
  }

  @Test func whatIsMissingFromATotalIsProtectedToo() throws {
    // Women were not collected, but 60 in all less 54 men leaves 6 of them.
    let table = CountTable(
      id: "t", rows: ["women", "men", "all"], columns: ["count"],
      cells: [[.absent(.notCollected)], [.count(54)], [.count(60)]], totalRow: "all")
    let exact = try DisclosurePolicy(rounding: .none).protect(table)
    #expect(exact["women", "count"] == .absent(.notCollected))
    #expect([exact["men", "count"], exact["all", "count"]].contains(.absent(.protected)))
    let alone = CountTable(
      id: "t", rows: ["women", "men", "all"], columns: ["count"],
      cells: [[.absent(.notCollected)], [.count(54)], [.count(54)]], totalRow: "all")
    #expect(try DisclosurePolicy(rounding: .none).protect([alone]).summary.suppressed == 0)
  }

  @Test func anUnprintedCountIsProtectedThroughItsRelations() throws {
    // Two groups that differ by a few people: printing both would count those few.
    let table = CountTable(
      id: "t", rows: ["all", "adults", "minors"], columns: ["count"],
      cells: [[.count(81)], [.count(80)], [.unprinted(1)]], totalRow: "all")
    let exact = try DisclosurePolicy(rounding: .none).protect(table)
    #expect(exact["adults", "count"] == .absent(.protected) && exact["all", "count"] == .value(81))
    #expect(exact["minors", "count"] == .absent(.protected))
  }
}
