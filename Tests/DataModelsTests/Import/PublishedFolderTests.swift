import DataModels
import Foundation
import Primitives
import TestSupport
import Testing

/// A small folder of our own, with what the published ones do not have.
@Suite struct PublishedFolderTests {
  private static let person = """
    description: A person.
    fields:
      number:
        name: Number
        type: string
        primary_key: true
        validation: {required: true, unique: true}
        status: Decided
      born:
        type: year
        status: Decided
    """

  private static let visit = """
    fields:
      number:
        type: string
        primary_key: true
        foreign_keys: [{record: person, field: number}]
        validation: {required: true}
        status: Decided
      kind:
        type: categorical
        validation: {dimension: kind}
        status: Decided
      day:
        type: date
        validation: {required: true, date_after: born}
        status: Decided
      remark:
        type: string
        validation:
          conditional:
            - expression: one_of(kind, ['it''s', "b"])
              validation: {required: true}
        status: Decided
    """

  private func importing(
    person: String = person, visit: String = visit, kind: String = "- \"it's\"\n- b\n- c\n",
    name: String = "model-v2.1",
    version: String? = nil, more: [String: String] = [:]
  ) throws -> ImportedModel {
    try withTemporaryFolder { root in
      let folder = root.appendingPathComponent(name)
      let files = ["records/person.yml": person, "records/visit.yml": visit, "categories/kind.yml": kind]
      for (path, text) in files.merging(more, uniquingKeysWith: { $1 }) {
        let url = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
      }
      let imported = try PublishedModelImporter(folder: folder, id: "small", version: version).import()
      _ = try DataModel(yaml: imported.yaml, file: "small.yml")
      return imported
    }
  }

  private func notes(_ code: ImportNoteCode, in imported: ImportedModel) -> [String] {
    imported.report.filter { $0.code == code }.map { "\($0.file):\($0.line ?? 0) \($0.field ?? "-")" }
  }

  private func problems(_ run: () throws -> ImportedModel) -> [String] {
    do {
      _ = try run()
      return []
    } catch ModelImportError.refused(let problems) {
      return problems.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `the version is that of the folder's name, or the one that is given`() throws {
    #expect(try importing().yaml.contains("version: \"2.1\"\n"))
    #expect(try importing(name: "model", version: "7").yaml.contains("version: \"7\"\n"))
    #expect(throws: ModelImportError.noVersion(folderName: "model")) { try importing(name: "model") }
    #expect(throws: ModelImportError.noVersion(folderName: "model2")) { try importing(name: "model2") }
  }

  @Test func `a condition becomes a requirement`() throws {
    let visit = Self.visit.replacingOccurrences(of: "['it''s', \"b\"]", with: "[\"it's\", 'b']")
    let imported = try importing(visit: visit)
    #expect(imported.yaml.contains(#"required-if: "kind in ['it''s', 'b']""#))
    #expect(notes(.conditionNotReadable, in: imported).isEmpty)
  }

  @Test(arguments: [
    "one_of(day, ['2020-01-01'])", "one_of(kind, ['unheard of'])", "kind == 'b'", "one_of(kind, [])",
    "one_of(kind, ['b')",
    "one_of(nothing, ['b'])", "one_of(kind, ['b',])", "not one_of(kind, ['b'])", "one_of(born, ['1980'])",
  ])
  func `a condition of another form is not enforced, and said so`(expression: String) throws {
    let visit = Self.visit.replacingOccurrences(of: "one_of(kind, ['it''s', \"b\"])", with: expression)
    let imported = try importing(visit: visit)
    #expect(notes(.conditionNotReadable, in: imported) == ["records/visit.yml:20 remark"])
    #expect(!imported.yaml.contains("required-if"))
  }

  @Test func `a validator under a condition, other than required, is lost`() throws {
    let visit = Self.visit.replacingOccurrences(of: "{required: true}\n    status: Decided", with: "{unique: true}")
      .replacingOccurrences(of: "validation: {required: true}\n", with: "validation: {required: true, unique: true}\n")
    #expect(try notes(.conditionPartLost, in: importing(visit: visit)).count == 1)
  }

  @Test func `a date is compared with a year at the precision of the year`() throws {
    let imported = try importing()
    #expect(imported.yaml.contains("hold: day >= person.born\n"))
    #expect(notes(.orderRead, in: imported) == ["records/visit.yml:14 day"])
  }

  @Test func `an order that two records could mean, or with no date, is not enforced`() throws {
    let other = Self.visit.replacingOccurrences(of: "date_after: born", with: "date_after: kind")
    let imported = try importing(visit: other)
    #expect(notes(.orderNotComparable, in: imported) == ["records/visit.yml:14 day"])
    let second = Self.visit.replacingOccurrences(of: "  day:", with: "  began:")
    let third = Self.visit.replacingOccurrences(of: "date_after: born", with: "date_after: began")
      .replacingOccurrences(of: "  day:", with: "  ended:")
    let twice = try importing(visit: second, more: ["records/stay.yml": second, "records/trip.yml": third])
    #expect(notes(.orderNotComparable, in: twice) == ["records/trip.yml:14 ended"])
  }

  @Test func `codes are trimmed, and one that stands twice is read once`() throws {
    let imported = try importing(kind: "- \"it's\"\n- b \n- ' c'\n- b\n")
    #expect(notes(.codeTrimmed, in: imported) == ["categories/kind.yml:2 -", "categories/kind.yml:3 -"])
    #expect(notes(.codeRepeated, in: imported) == ["categories/kind.yml:4 -"])
    let model = try DataModel(yaml: imported.yaml, file: "small.yml")
    #expect(model.codeList("kind")?.codes.map(\.code) == ["it's", "b", "c"])
  }

  @Test func `a code list that is not there leaves the field as text`() throws {
    let imported = try importing(
      visit: Self.visit.replacingOccurrences(of: "dimension: kind", with: "dimension: kinds"))
    #expect(notes(.codeListMissing, in: imported) == ["records/visit.yml:10 kind"])
    #expect(notes(.codeListUnused, in: imported) == ["categories/kind.yml:0 -"])
  }

  @Test func `what the format does not know is named`() throws {
    let person = Self.person.replacingOccurrences(of: "    type: year\n", with: "    type: era\n    colour: red\n")
      .replacingOccurrences(of: "unique: true}", with: "unique: true, checksum: true}")
    let visit = Self.visit.replacingOccurrences(of: "date_after: born", with: "count_min: 3")
    let imported = try importing(person: person, visit: visit)
    #expect(notes(.typeRead, in: imported) == ["records/person.yml:9 born"])
    #expect(notes(.settingUnknown, in: imported) == ["records/person.yml:11 born"])
    #expect(notes(.validatorUnknown, in: imported) == ["records/person.yml:7 number"])
    #expect(notes(.validatorMisplaced, in: imported) == ["records/visit.yml:14 day"])
  }

  @Test func `free text that nobody classified is treated as identifying together with others`() throws {
    let model = try DataModel(yaml: try importing().yaml, file: "small.yml")
    #expect(model.record("visit")?.field("remark")?.privacy == .quasi)
    #expect(model.record("visit")?.field("number")?.privacy == .identifier)
  }

  @Test func `texts with quotation marks, colons and line breaks survive`() throws {
    let help = #"Say "yes": or \\no.\n\nThen # stop"#
    let person = Self.person.replacingOccurrences(
      of: "description: A person.",
      with: "description: \"\(help.replacingOccurrences(of: "\"yes\"", with: "\\\"yes\\\""))\"")
    let model = try DataModel(yaml: try importing(person: person).yaml, file: "small.yml")
    #expect(model.person.help?.english == "Say \"yes\": or \\no.\n\nThen # stop")
  }

  @Test func `a workflow keeps its stages, and unknown records in it are named`() throws {
    let workflow = """
      - name: Start
        steps:
        - name: 1 visit
          records: [{id: visit}, {id: nothing}]
        - name: 1 visit
      """
    let imported = try importing(more: ["workflow.yml": workflow])
    let model = try DataModel(yaml: imported.yaml, file: "small.yml")
    #expect(model.workflow.first?.flows.map(\.id) == ["stage-1-visit", "stage-1-visit-2"])
    #expect(model.workflow.first?.flows.first?.records == ["visit"])
    #expect(notes(.referenceLost, in: imported) == ["workflow.yml:0 -"])
  }

  // MARK: Folders that are refused

  @Test func `a folder that is not there, or has no records, is refused`() throws {
    #expect(throws: ModelImportError.noFolder(path: "/nowhere/v1")) {
      try PublishedModelImporter(folder: URL(fileURLWithPath: "/nowhere/v1"), id: "x").import()
    }
    _ = try withTemporaryFolder { folder in
      #expect(throws: ModelImportError.noRecords(path: folder.path)) {
        try PublishedModelImporter(folder: folder, id: "x", version: "1").import()
      }
    }
  }

  @Test func `problems of several files are named at once, with file, line and column`() {
    let found = problems {
      try importing(
        person: Self.person.replacingOccurrences(of: "    type: year\n", with: ""),
        visit: Self.visit.replacingOccurrences(of: "primary_key: true", with: "primary_key: perhaps"),
        kind: "a: b\n")
    }
    #expect(
      found == [
        "records/person.yml:9:3: the field “born” has no type",
        "records/visit.yml:4:18: “perhaps” should be true or false",
        "categories/kind.yml:1:1: a list is expected here",
      ])
  }

  @Test func `text that is not YAML is refused with its place`() {
    let found = problems { try importing(visit: "fields:\n  number: {type: string\n") }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("records/visit.yml:3:1: not readable as YAML") == true)
  }

  @Test func `a record that does not refer to the person is refused`() {
    let lost = problems {
      try importing(visit: Self.visit.replacingOccurrences(of: "field: number", with: "field: id"))
    }
    #expect(
      lost == [
        "records/visit.yml:1:1: the record “visit” needs the field “number” as primary_key with a foreign key to “person.number”"
      ])
    let two = problems {
      try importing(
        visit: Self.visit.replacingOccurrences(of: "    foreign_keys: [{record: person, field: number}]\n", with: ""))
    }
    #expect(
      two == [
        "records:1:1: one record should be the person and the others refer to it; without foreign_keys are “person”, “visit”"
      ])
  }
}
