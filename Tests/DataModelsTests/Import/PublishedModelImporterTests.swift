import DataModels
import Foundation
import Primitives
import TestSupport
import Testing

private let newest = SharedMaterial.folder("rtof/model/v1.0.2")
private let before = SharedMaterial.folder("rtof/model/v1.0.1")

/// The import of the folders as they were published.
@Suite(.enabled(if: newest != nil && before != nil, "\(SharedMaterial.absent)"))
struct PublishedModelImporterTests {
  private func imported(_ folder: URL?) throws -> ImportedModel {
    try PublishedModelImporter(folder: try #require(folder), id: "rtof").import()
  }

  private func model(_ folder: URL?) throws -> DataModel {
    try DataModel(yaml: try imported(folder).yaml, file: "rtof.yml")
  }

  @Test func `both published versions load as models of ours`() throws {
    for (folder, version) in [(newest, "1.0.2"), (before, "1.0.1")] {
      let model = try model(folder)
      #expect(model.version == version)
      #expect(model.records.count == 9)
      #expect(model.records.map(\.fields.count).reduce(0, +) == 76)
      #expect(model.records.flatMap(\.fields).filter(\.isRequired).count == 55)
      #expect(model.codeLists.count == 23)
      #expect(model.rules.count == 9)
    }
  }

  @Test func `the age band that changed between the versions is the one of the folder`() throws {
    #expect(try model(newest).codeList("age_profile_of_dependants_uk")?.contains("12-17") == true)
    #expect(try model(before).codeList("age_profile_of_dependants_uk")?.contains("11-17") == true)
  }

  @Test func `the same folder gives the same text and report twice`() throws {
    #expect(try imported(newest) == imported(newest))
  }

  @Test func `the notes are those that are known`() throws {
    let counts = Dictionary(grouping: try imported(newest).report, by: \.code).mapValues(\.count)
    #expect(
      counts == [
        .orderFieldUnknown: 1, .orderRead: 9, .keyPartUnique: 1, .keyReadAsKey: 3, .codeListUnused: 1, .codeTrimmed: 4,
        .helpCutOff: 1, .typeRead: 3, .itemsCountedOnce: 1, .formatRead: 1, .commentsDropped: 1, .appearanceDropped: 1,
        .privacyChosen: 4, .natureChosen: 8, .scopeChosen: 1, .languageMissing: 1,
      ])
    let older = Dictionary(grouping: try imported(before).report, by: \.code).mapValues(\.count)
    #expect(older[.statusRead] == 2)
  }

  @Test func `the date of birth that no record has is the one thing that is not enforced`() throws {
    let lost = try imported(newest).report.filter { $0.effect == .notEnforced }
    #expect(
      lost == [
        ImportNote(
          code: .orderFieldUnknown, file: "records/baseline.yml", line: 107, record: "baseline",
          field: "date_arrived_in_uk",
          message: LocalizedText(
            "“date_arrived_in_uk” should come after “date_of_birth”, but no record has a field “date_of_birth”; "
              + "this is not enforced. Write a rule by hand if another field is meant.",
            nl: "“date_arrived_in_uk” moet na “date_of_birth” komen, maar geen enkel record heeft een veld "
              + "“date_of_birth”; dit wordt niet gecontroleerd. Schrijf zelf een regel als een ander veld is bedoeld."))
      ])
  }

  @Test func `notes point at the line where it stands`() throws {
    let places = try imported(newest).report.map { "\($0.code.rawValue) \($0.file):\($0.line ?? 0)" }
    for place in [
      "IMP-04 records/integration_plan.yml:19", "IMP-06 categories/housing_sustain_accommodation.yml:0",
      "IMP-07 categories/homelessness_baseline.yml:1", "IMP-07 categories/hours_of_employment.yml:1",
      "IMP-07 categories/intermediate_employment_outcome_type.yml:1",
      "IMP-07 categories/intermediate_employment_outcome_type.yml:19", "IMP-10 validators.yml:53",
      "IMP-18 records/baseline.yml:34",
    ] { #expect(places.contains(place)) }
  }

  @Test func `unique on a part of a key is read as the key`() throws {
    let plan = try #require(try model(newest).record("integration_plan"))
    #expect(plan.key == ["unique_id", "integration_outcome_type"])
    #expect(plan.fields.allSatisfy { $0.unique == nil })
    #expect(try model(newest).record("baseline")?.field("ni_number")?.unique == .provider)
  }

  @Test func `an order across records waits for the other record`() throws {
    let rule = try #require(try model(newest).rules.first { $0.record == "person" })
    #expect(rule.severity == .error)
    #expect(rule.whenAbsent == .pending)
    #expect(rule.field == "date_started_service")
  }

  @Test func `what is imported agrees with the model that we wrote`() throws {
    let theirs = try model(newest)
    let ours = try DataModel(contentsOf: repository.appendingPathComponent("Models/rtof.yml"))
    #expect(Set(theirs.records.map(\.id)) == Set(ours.records.map(\.id)))
    for record in ours.records {
      let other = try #require(theirs.record(record.id))
      #expect(record.key == other.key)
      #expect(record.nature == other.nature)
      #expect(record.fields.map(\.id) == other.fields.map(\.id))
      for (a, b) in zip(record.fields, other.fields) {
        let same =
          a.type == b.type && a.privacy == b.privacy && a.isRequired == b.isRequired && a.requiredIf == b.requiredIf
          && a.maximumLength == b.maximumLength && a.minimumItems == b.minimumItems && a.format == b.format
          && a.unique == b.unique && a.status == b.status
        #expect(same, "\(record.id).\(a.id)")
      }
    }
    for list in ours.codeLists {
      #expect(theirs.codeList(list.id)?.codes.map(\.code) == list.codes.map(\.code), "\(list.id)")
    }
    #expect(theirs.codeLists.count == ours.codeLists.count)
  }

  @Test func `Norway and the answers yes and no stay text`() throws {
    let model = try model(newest)
    #expect(model.codeList("nationality")?.label(of: "NO")?.english == "Norway")
    #expect(model.codeList("current_dependants_uk")?.codes.map(\.code) == ["Yes", "No"])
  }
}
