import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles
import TestSupport
import Testing

/// The published samples of the Refugee Transitions Outcomes Fund against the published models.
@Suite(.enabled(if: SharedMaterial.folder("rtof/samples") != nil, Comment(rawValue: SharedMaterial.absent)))
struct PublishedSampleTests {
  static let forms = ["single", "wide", "workbook"]

  static func model(_ version: String) throws -> DataModel {
    let folder = try #require(SharedMaterial.folder("rtof/model/v\(version)"))
    let imported = try PublishedModelImporter(folder: folder, id: "rtof").import()
    return try DataModel(yaml: imported.yaml, file: "rtof-\(version).yml")
  }

  static func sheets(_ form: String) throws -> [RawSheet] {
    let folder = try #require(SharedMaterial.folder("rtof/samples"))
    let reader = TableFileReader()
    switch form {
    case "wide": return try reader.read(contentsOf: folder.appendingPathComponent("sample_wide.csv"))
    case "workbook": return try reader.read(contentsOf: folder.appendingPathComponent("sample.xlsx"))
    default:
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
        $0.hasPrefix("sample_record_")
      }
      return try names.sorted().flatMap { try reader.read(contentsOf: folder.appendingPathComponent($0)) }
    }
  }

  /// What a finding says, without where it stands.
  static func substance(_ finding: Finding) -> String {
    ([
      finding.code.rawValue, "\(finding.severity)", "\(finding.isPending)", finding.record ?? "", finding.field ?? "",
      finding.rule ?? "", finding.value ?? "",
    ]
      + finding.recordKey).joined(separator: "|")
  }

  static func counts(_ review: Review) -> [String: Int] {
    Dictionary(grouping: review.findings) {
      "\($0.code.rawValue) \($0.record ?? "").\($0.field ?? "") \($0.severity)\($0.isPending ? " pending" : "")"
    }
    .mapValues { $0.reduce(0) { $0 + $1.count } }
  }

  static let expected = [
    "CON-01 baseline.age_profile_of_dependants_uk error": 58,
    "VAL-02 baseline.age_profile_of_dependants_uk error": 17,
    "CON-03 employment_intermediate.intermediate_employment_outcome_type error": 10,
    "DAT-03 person.date_started_service error": 1,
    "DAT-03 date_last_seen.date_last_seen error": 23,
    "DAT-06 person.date_started_service notice pending": 74,
    // Rows of people whose own row is held: sound, and told to wait.
    "KEY-02 integration_plan.unique_id notice pending": 3,
    "VAL-03 baseline.ni_number error": 1,
    // The samples' names and texts are words drawn at random; two people have a name of their own in a text.
    "PRI-01 person.provider_id_person confirm": 1,
    "PRI-01 integration_plan.provider_id_integration confirm": 1,
  ]

  @Test(arguments: forms)
  func theNewestModelFindsWhatIsWrongAndNothingElse(_ form: String) throws {
    let review = try Self.model("1.0.2").review(try Self.sheets(form))
    #expect(Self.counts(review) == Self.expected)
    #expect(review.summary.rows == 1582)
  }

  @Test(arguments: forms)
  func theOlderModelFindsTheSameWithoutTheAgeBand(_ form: String) throws {
    let review = try Self.model("1.0.1").review(try Self.sheets(form))
    #expect(Self.counts(review) == Self.expected.filter { !$0.key.hasPrefix("VAL-02") })
  }

  @Test func theThreeFormsGiveTheSameFindings() throws {
    let model = try Self.model("1.0.2")
    let all = try Self.forms.map { form in model.review(try Self.sheets(form)).findings.map(Self.substance).sorted() }
    #expect(all[0] == all[1] && all[1] == all[2])
  }

  @Test func everyFindingIsLocatedAndNoIdentifyingValueIsShown() throws {
    let model = try Self.model("1.0.2")
    for form in Self.forms {
      let sheets = try Self.sheets(form)
      for finding in model.review(sheets).findings {
        let row = try #require(finding.place.row)
        let column = try #require(finding.place.column)
        let sheet = try #require(sheets.first { $0.file == finding.place.file && $0.sheet == finding.place.sheet })
        let position = try #require(sheet.headers.firstIndex { CellAddress.columnLetters($0.column) == column })
        let cell = try #require(sheet.rows.first { $0.number == row }).cells[position].text
        if ["ni_number", "unique_id"].contains(finding.field) || finding.code == .personalDataInText {
          #expect(finding.value == nil)
          #expect(!"\(finding.message)".contains(cell))
        } else {
          #expect(finding.value ?? "" == cell)
        }
      }
    }
  }

  /// The shipped model asks more: business rules as confirmations and notices, and the same errors.
  @Test func theShippedModelFindsTheSameErrors() throws {
    let model = try DataModel(contentsOf: repository.appendingPathComponent("Models/rtof.yml"))
    let review = model.review(try Self.sheets("wide"))
    let errors = Self.counts(review).filter { $0.key.hasSuffix("error") }
    #expect(errors == Self.expected.filter { $0.key.hasSuffix("error") })
  }

  @Test func theParserCasesReadAsTheirTwoLayouts() throws {
    let folder = try #require(SharedMaterial.folder("rtof/parser-cases"))
    let model = try Self.model("1.0.2")
    let csv = model.review(try TableFileReader().read(contentsOf: folder.appendingPathComponent("parser_sample_1.csv")))
    #expect(csv.layouts.map(\.kind) == [.oneRecord])
    #expect(csv.layouts.map(\.records) == [["person"]])
    #expect(csv.layouts.map(\.rows) == [6])
    #expect(csv.findings.filter { $0.code == .missingColumn }.map(\.field) == ["first_name", "last_name"])
    let book = model.review(
      try TableFileReader().read(contentsOf: folder.appendingPathComponent("parser_sample_1.xlsx")))
    #expect(book.layouts.map(\.kind) == [.oneRecord, .oneRecord])
    #expect(book.layouts.map(\.records) == [["person"], ["person"]])
    #expect(book.summary.rows == 6, "the same six people stand on both sheets")
  }

  /// Defects T1, T2, T6, T8, T9 and T10 of the tool that the samples were published with.
  @Test func theDefectsOfTheReferenceToolDoNotOccur() throws {
    let model = try Self.model("1.0.2")
    let wide = model.review(try Self.sheets("wide"))
    let rows = Dictionary(uniqueKeysWithValues: wide.summary.records.map { ($0.record, $0.rows) })
    #expect(rows["baseline"] == 176 && rows["employment_entry"] == 183 && rows["employment_sustain"] == 113)
    #expect(rows["integration_plan"] == 441 && rows["date_last_seen"] == 57)
    #expect(!wide.findings.contains { $0.code == .requiredBlank || $0.code == .notADate || $0.code == .unknownColumn })
    #expect(wide.findings.filter { $0.field == "ni_number" }.count == 1, "a blank number is no error")
    for (header, near) in [("genders", "gender"), ("unique_id_comment", nil as String?)] {
      let sheet = RawSheet(
        file: "x.csv",
        headers: [
          "unique_id", "first_name", "last_name", "year_of_birth", "gender", "dispersal_area", "date_started_service",
          header,
        ]
        .enumerated().map { RawHeader(name: $1, column: $0) }, rows: [])
      let findings = model.review([sheet]).findings
      #expect(findings.map(\.code) == [.unknownColumn])
      if let near { #expect(findings.first?.fix?.english.contains(near) == true) }
    }
  }
}
