import Foundation
import TableFiles
import TestSupport
import Testing

@Suite("The published samples of the Refugee Transitions Outcomes Fund")
struct PublishedSampleTests {
  static let hasSamples = SharedMaterial.folder("rtof/samples") != nil
  static let hasCases = SharedMaterial.folder("rtof/parser-cases") != nil

  func read(_ path: String) throws -> [RawSheet] {
    try TableFileReader().read(contentsOf: #require(SharedMaterial.folder(path)))
  }

  @Test(
    "The workbook has nine sheets with the published numbers of rows",
    .enabled(if: hasSamples, "\(SharedMaterial.absent)"))
  func sheets() throws {
    let counts = Dictionary(
      uniqueKeysWithValues: try read("rtof/samples/sample.xlsx").map { ($0.sheet ?? "", $0.rows.count) })
    #expect(
      counts == [
        "person": 250, "baseline": 176, "housing_entry": 128, "housing_sustain": 93, "integration_plan": 441,
        "employment_intermediate": 141, "employment_entry": 183, "employment_sustain": 113, "date_last_seen": 57,
      ])
  }

  @Test(
    "Each sheet of the workbook equals its CSV file cell by cell", .enabled(if: hasSamples, "\(SharedMaterial.absent)"))
  func bothRoutes() throws {
    for sheet in try read("rtof/samples/sample.xlsx") {
      let name = try #require(sheet.sheet)
      let csv = try #require(try read("rtof/samples/sample_record_\(name).csv").first)
      #expect(csv.names == sheet.names, "\(name)")
      #expect(csv.rows.map(\.number) == sheet.rows.map(\.number), "\(name)")
      var different = 0
      for (left, right) in zip(csv.texts.joined(), sheet.texts.joined()) where left != right { different += 1 }
      #expect(different == 0, "\(name)")
      #expect(sheet.notes.isEmpty && csv.notes.count == 1, "\(name)")
    }
  }

  @Test("The wide file has 80 columns and 250 rows", .enabled(if: hasSamples, "\(SharedMaterial.absent)"))
  func wide() throws {
    let sheet = try #require(try read("rtof/samples/sample_wide.csv").first)
    #expect(sheet.headers.count == 80)
    #expect(sheet.rows.count == 250)
    #expect(sheet.notes.map(\.kind) == [.delimiterRecognised])
  }

  @Test("A workbook with an Excel table reads like one without", .enabled(if: hasCases, "\(SharedMaterial.absent)"))
  func tables() throws {
    let sheets = try read("rtof/parser-cases/parser_sample_1.xlsx")
    let csv = try #require(try read("rtof/parser-cases/parser_sample_1.csv").first)
    #expect(sheets.map(\.sheet) == ["Sheet1", "Sheet2"])
    for sheet in sheets {
      #expect(sheet.names == csv.names)
      #expect(sheet.texts == csv.texts)
    }
  }
}
