import DataModels
import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct RTOFModelTests {
  private func model() throws -> DataModel {
    try DataModel(contentsOf: repository.appendingPathComponent("Models/rtof.yml"))
  }

  @Test func `the model of the fund has 9 records and 76 fields`() throws {
    let model = try model()
    #expect(model.version == "1.0.2")
    #expect(
      model.records.map(\.id) == [
        "person", "baseline", "housing_entry", "housing_sustain", "integration_plan", "employment_intermediate",
        "employment_entry", "employment_sustain", "date_last_seen",
      ])
    #expect(model.records.map(\.fields.count).reduce(0, +) == 76)
    #expect(model.record("integration_plan")?.key == ["unique_id", "integration_outcome_type"])
  }

  @Test func `Norway and Namibia are codes of the list of countries`() throws {
    let countries = try #require(try model().codeList("nationality"))
    #expect(countries.codes.count == 249)
    #expect(countries.label(of: "NO")?.english == "Norway")
    #expect(countries.label(of: "NA")?.dutch == "Namibië")
  }

  @Test func `every text of the model is there in Dutch`() throws {
    let model = try model()
    #expect(
      model.records.flatMap(\.fields).allSatisfy { $0.label.dutch != nil && ($0.help == nil || $0.help?.dutch != nil) })
    #expect(model.rules.allSatisfy { $0.says.dutch != nil && $0.fix?.dutch != nil })
    #expect(model.records.allSatisfy { $0.title.dutch != nil })
  }

  @Test func `names and National Insurance numbers go to the vault`() throws {
    let direct = try model().records.flatMap(\.fields).filter { $0.privacy == .direct }.map(\.id)
    #expect(direct == ["first_name", "last_name", "ni_number"])
  }

  @Test func `only the instruments that were never decided are blocked`() throws {
    let blocked = try model().records.flatMap(\.fields).filter { $0.status == .blocked }.map(\.id)
    #expect(blocked == ["integration_social", "integration_comms_language", "integration_digital"])
  }
}
