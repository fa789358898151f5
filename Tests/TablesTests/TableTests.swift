import Primitives
import Tables
import Testing

@Suite struct TableTests {
  static func column(_ kind: ColumnBuilder.Kind, _ values: [Value]) -> Column {
    var builder = ColumnBuilder(kind)
    for value in values { builder.append(value) }
    return builder.finish()
  }

  @Test(arguments: [
    (ColumnBuilder.Kind.categories, [Value.text("a"), .missing, .text("b"), .text("a")]),
    (.texts, [.text("x"), .missing]), (.integers, [.integer(3), .missing]), (.numbers, [.number(0.5), .missing]),
    (.dates, [.date(CalendarDate(iso: "2016-02-29")!), .missing]),
    (.months, [.month(CalendarMonth(iso: "2016-02")!), .missing]), (.lists, [.list(["a", "b"]), .missing]),
  ])
  func aColumnGivesBackWhatWasPutIn(_ kind: ColumnBuilder.Kind, _ values: [Value]) {
    let column = Self.column(kind, values)
    #expect((0..<column.count).map { column[$0] } == values)
    #expect(column.selecting([1, 0])[0] == .missing)
    #expect(column.selecting([1, 0])[1] == values[0])
  }

  @Test func groupsComeInOrderOfFirstOccurrence() {
    let table = Table(
      names: ["kind"], columns: [Self.column(.categories, [.text("b"), .text("a"), .missing, .text("b")])])
    let groups = table.groups(by: "kind")
    #expect(groups.map(\.value) == [.text("b"), .text("a"), .missing])
    #expect(groups.map(\.rows) == [[0, 3], [1], [2]])
  }
}
