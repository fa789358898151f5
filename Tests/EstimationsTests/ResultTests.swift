import Estimations
import Foundation
import Primitives
import Testing

/// How results print.
@Suite struct ResultTests {
  var result: EstimationResult {
    var result = EstimationResult(
      method: "probe", title: LocalizedText("Probe", nl: "Proef"), rows: RowCount(read: 1200, filtered: 100, missing: 1)
    )
    result.add("zeta", 0.1 + 0.2)
    result.add("alpha", Double?.none)
    result.add("quote", .text("a \"b\"\n\u{7}"))
    var table = ResultTable()
    table.add("term", ["x", "y"])
    table.add("estimate", [1234.5, 1e-9])
    table.add("pValue", [nil, 1.0])
    result.add("coefficients", .table(table))
    result.addConvention("As R.", nl: "Als R.")
    return result
  }

  @Test func `JSON keeps the order, names every number and loses no digit`() throws {
    let json = result.json(.english)
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let values = try #require(root["results"] as? [String: Any])
    #expect(json.contains("0.30000000000000004"))
    #expect(values["alpha"] is NSNull)
    #expect(values["quote"] as? String == "a \"b\"\n\u{7}")
    let rows = try #require(values["coefficients"] as? [[String: Any]])
    #expect(rows[1]["term"] as? String == "y" && rows[1]["estimate"] as? Double == 1e-9)
    #expect(rows[0]["pValue"] is NSNull)
    #expect(try #require(json.range(of: "zeta")).lowerBound < json.range(of: "alpha")!.lowerBound)
    #expect((root["rows"] as? [String: Int]) == ["read": 1200, "filtered": 100, "missing": 1, "used": 1099])
    #expect(root["conventions"] as? [String] == ["As R."])
  }

  @Test func `text is aligned and in the language that is asked`() {
    let english = result.lines(.english, width: 120).joined(separator: "\n")
    #expect(english.contains("1,099 rows were used of 1,200. 100 were left out by --where. 1 was left out because"))
    #expect(english.contains("estimate") && english.contains("1,234.5") && english.contains("1.00e-09"))
    let dutch = result.lines(.dutch, width: 120).joined(separator: "\n")
    #expect(dutch.contains("1.099 rijen zijn gebruikt van 1.200") && dutch.contains("1.234,5"))
    #expect(dutch.contains("Hoe het is berekend") && dutch.contains("p-waarde"))
  }

  @Test func `long tables show their ends`() {
    var result = EstimationResult(method: "p", title: LocalizedText("P"), rows: RowCount(read: 1))
    var table = ResultTable()
    table.add("time", (1...100).map(Double.init))
    result.add("curve", .table(table))
    let lines = result.lines(.english, longest: 10)
    #expect(lines.contains { $0.contains("90 more rows") })
    #expect(lines.count < 20)
  }

  @Test func `no line is wider than asked; tables go on below with their first column`() {
    var result = EstimationResult(method: "group-time-effects", title: LocalizedText("P"), rows: RowCount(read: 9))
    var table = ResultTable()
    table.add("term", ["north", "south"])
    for column in 1...9 {
      table.add("c\(column)", [1.5, -20], title: LocalizedText("a heading of several words \(column)"))
    }
    result.add("balance", .table(table))
    result.addWarning(String(repeating: "word ", count: 40) + "end", nl: "")
    for width in [60, 80] {
      let lines = result.lines(.english, width: width)
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.count { $0.hasPrefix("  north") } > 1)
      #expect(lines.contains("What has to be true") && lines.contains { $0.hasSuffix("end.") })
    }
  }

  @Test func `numbers of a column have one number of decimals, and small p-values are told as such`() {
    var result = EstimationResult(method: "p", title: LocalizedText("P"), rows: RowCount(read: 1))
    var table = ResultTable()
    table.add("estimate", [1085.786, -2.31117, 90.2742])
    table.add("pValue", [6e-248, 0.0468, nil])
    result.add("coefficients", .table(table))
    let lines = result.lines(.english)
    #expect(lines.suffix(3) == ["  1,085.786  <0.0001", "     -2.311   0.0468", "     90.274        –"])
    #expect(lines.contains("Coefficients"))
  }

  @Test func `estimates that follow each other are one table, and covariances are left to JSON`() {
    var result = EstimationResult(method: "p", title: LocalizedText("P"), rows: RowCount(read: 1))
    for (key, value) in [("cost", 2767.11), ("effect", 0.0951363)] {
      result.add(key, .group([ResultItem("estimate", .number(value)), ResultItem("lower", .number(0.5))]))
    }
    result.add("none", .group([ResultItem("estimate", .number(nil)), ResultItem("lower", .number(nil))]))
    var covariance = ResultTable()
    covariance.add("x", [1.0])
    result.add("covariance", .table(covariance))
    let lines = result.lines(.english)
    #expect(lines.contains("  cost     2,767.11    0.5") && lines.contains("  effect  0.0951363    0.5"))
    #expect(!lines.contains { $0.contains("none") })
    #expect(lines.contains { $0.contains("covariance") && $0.contains("--format json") })
  }
}
