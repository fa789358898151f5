import Foundation
import Primitives
import TableFiles
import Tables
import TestSupport
import Testing

/// Files as typed columns.
@Suite struct TypedSheetTests {
  func sheet(_ text: String) throws -> TypedSheet {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("t.csv")
      try Data(text.utf8).write(to: url)
      return try #require(try TableFileReader().readTyped(contentsOf: url).first)
    }
  }

  func numbers(_ column: Column?) -> [Double]? { if case .numbers(let numbers)? = column { numbers } else { nil } }

  func texts(_ column: Column?) -> [String?]? {
    guard case .categories(let column)? = column else { return nil }
    return column.codes.indices.map { column[$0] }
  }

  @Test func `numbers are read to the last bit`() throws {
    let written = [
      "0.1", "-3", "1e-300", "123456789012345678901234567890", "4.9406564584124654e-324", "1.7976931348623157e308",
      "2.2250738585072011e-308", "9007199254740993", "0.30000000000000004", "+5", ".5", "5.",
    ]
    let read = try #require(numbers(try sheet("x,y\n" + written.map { $0 + ",1\n" }.joined()).table["x"]))
    let expected = written.map { text in
      Double(text.hasPrefix(".") ? "0" + text : text.hasSuffix(".") ? text + "0" : text)!
    }
    for (found, expected) in zip(read, expected) { #expect(found == expected) }
  }

  @Test func `random numbers survive writing and reading`() throws {
    var state: UInt64 = 7
    var values: [Double] = []
    while values.count < 20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state)
      if value.isFinite { values.append(value) }
      values.append(Double(Int64(bitPattern: state) >> 40) / 1000)
    }
    let text = "x,y\n" + values.map { "\($0),a\n" }.joined()
    #expect(numbers(try sheet(text).table["x"]) == values)
  }

  @Test func `a column is what all of its cells are`() throws {
    let text = #"""
      id,code,day,name,flag,gap,late,land
      1,0363,2016-03-31,Ann,TRUE,1.5,1,NA
      2,0518,2016-04-01,"Bo ""B""",FALSE,NA,2,SY
      3,0599,,Cem,TRUE,.,x,ER

      """#
    let table = try sheet(text).table
    #expect(numbers(table["id"]) == [1, 2, 3])
    #expect(texts(table["code"]) == ["0363", "0518", "0599"], "leading zeros are part of a code")
    guard case .dates(let days)? = table["day"] else {
      Issue.record("no dates")
      return
    }
    #expect(days[0]?.iso == "2016-03-31" && days[2] == nil)
    #expect(texts(table["name"]) == ["Ann", "Bo \"B\"", "Cem"])
    let gaps = try #require(numbers(table["gap"]))
    #expect(gaps[0] == 1.5 && gaps[1].isNaN && gaps[2].isNaN)
    #expect(texts(table["late"]) == ["1", "2", "x"])
    #expect(texts(table["land"]) == ["NA", "SY", "ER"], "Namibia")
  }

  @Test func `a cell that does not fit after the first thousand rows makes its column text`() throws {
    let rows = (1...3000).map { "\($0),\($0 == 2500 ? "x" : "1")\n" }.joined()
    let table = try sheet("a,b\n" + rows).table
    #expect(numbers(table["a"])?.last == 3000)
    #expect(texts(table["b"])?[2499] == "x")
    #expect(texts(table["b"])?[0] == "1")
  }

  @Test func `decimal commas are read where the delimiter is another, and never mixed with points`() throws {
    #expect(numbers(try sheet("a;b\n1,5;x\n2;y\n").table["a"]) == [1.5, 2])
    #expect(texts(try sheet("a;b\n1,5;x\n2.5;y\n").table["a"]) == ["1,5", "2.5"])
    #expect(numbers(try sheet("a,b\n\"1,5\",x\n\"2,5\",y\n").table["a"]) == [1.5, 2.5])
  }

  @Test func `rows know where they are in the file`() throws {
    let sheet = try sheet("a,b\n1,2\n\n3,4\n5\n")
    #expect((0..<3).map { sheet.fileRow(of: $0) } == [2, 4, 5])
    #expect(numbers(sheet.table["b"])?[2].isNaN == true)
    #expect(sheet.notes.contains { $0.kind == .rowTooShort && $0.rows == [5] })
  }

  @Test func `columns without a name or with one name twice can be told apart`() throws {
    let table = try sheet("a,a,,d,\n1,2,3,4,\n").table
    #expect(table.names == ["a", "a (2)", "C", "d"])
  }

  @Test func `sheets of a workbook are typed too`() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("t.xlsx")
      let rows: [[RawCell]] = [
        [.number(1), .text("x"), .boolean(true)], [.number(2.5), .empty, .boolean(false)],
      ]
      try WorkbookWriter(sheets: [WorkbookSheet(name: "S", headers: ["n", "t", "b"], rows: rows)]).write(to: url)
      let sheet = try #require(try TableFileReader().readTyped(contentsOf: url).first)
      #expect(numbers(sheet.table["n"]) == [1, 2.5])
      #expect(texts(sheet.table["t"]) == ["x", nil])
      #expect(texts(sheet.table["b"]) == ["TRUE", "FALSE"])
    }
  }
}
