import DisclosureControl
import Foundation
import Primitives
import Reports
import Testing

/// Protected tables for statistics offices.
@Suite struct AggregateDatasetTests {
  typealias Dimension = AggregateDataset.Dimension

  /// Two places and two groups; four people in one cell.
  func dataset() throws -> AggregateDataset {
    let table = CountTable(
      id: "t", rows: ["GM0363", "=b"], columns: ["m", "w"],
      cells: [[.count(25), .count(40)], [.count(4), .absent(.notApplicable)]])
    let protected = try DisclosurePolicy().protect([table])
    return AggregateDataset(
      id: "t", label: "People",
      rows: Dimension("area", "Area", [.init("GM0363", "Amsterdam"), .init("=b", "B")]),
      columns: Dimension("sex", "Sex", [.init("m", "Men"), .init("w", "Women")]), table: try #require(protected["t"]))
  }

  @Test func valuesGoRowByRowAndWhatIsWithheldHasAReason() throws {
    let file = JSONStat(
      try dataset(), source: "Test", updated: CalendarDate(iso: "2016-03-31")!, notes: ["plan": "x"])
    let json = try #require(try JSONSerialization.jsonObject(with: file.data) as? [String: Any])
    #expect(json["version"] as? String == "2.0" && json["class"] as? String == "dataset")
    #expect(json["id"] as? [String] == ["area", "sex"] && json["size"] as? [Int] == [2, 2])
    #expect((json["value"] as? [Any])?.map { $0 as? Double } == [25, 40, nil, nil])
    #expect(json["status"] as? [String: String] == ["2": "c", "3": "n"])
    #expect(file.data == file.data)
  }

  @Test func inSdmxAWithheldValueIsNeverBlankAndNothingCanRun() throws {
    let text = String(
      decoding: SDMXText(try dataset(), agency: "MEEDOEN", dataflow: (id: "plan_t", version: "2026.1")).data,
      as: UTF8.self)
    #expect(
      text == """
        STRUCTURE,STRUCTURE_ID,ACTION,AREA,SEX,OBS_VALUE,OBS_STATUS,CONF_STATUS
        dataflow,MEEDOEN:PLAN_T(2026.1),R,GM0363,m,25,A,F
        dataflow,MEEDOEN:PLAN_T(2026.1),R,GM0363,w,40,A,F
        dataflow,MEEDOEN:PLAN_T(2026.1),R,_b,m,NaN,Q,C
        dataflow,MEEDOEN:PLAN_T(2026.1),R,_b,w,NaN,M,F

        """)
  }

  @Test func aVersionThatSdmxDoesNotKnowIsOne() throws {
    let text = String(
      decoding: SDMXText(try dataset(), agency: "A", dataflow: (id: "x", version: "draft")).data, as: UTF8.self)
    #expect(text.contains("A:X(1.0)"))
  }
}
