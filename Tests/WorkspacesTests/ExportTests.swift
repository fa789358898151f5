import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing
import Workspaces

/// What leaves a workspace, in each format, and what must not be in it.
@Suite struct ExportTests {
  static let day = CalendarDate(iso: "2020-01-01")!

  /// A workspace with invented people, and the folder it is in.
  func withWorkspace(_ persons: Int, _ body: (Workspace, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      _ = try simulate(
        SimulationRequest(kind: .municipality, persons: persons, seed: 8, errorRate: nil, folder: data))
      let workspace = try Workspace.create(
        in: folder.appendingPathComponent("w"), model: "municipality", title: "Waterstad", isSynthetic: true
      ).workspace
      try workspace.submit(SubmitRequest(paths: [data.path]), today: Self.day, language: .english) { _ in }
      try body(workspace, folder)
    }
  }

  func sheets(in folder: URL) throws -> [String: RawSheet] {
    let files = try ReturnFiles.load(try ReturnFiles.collect([folder.path]).files)
    return Dictionary(
      try ReturnFiles.sheets(of: files).sheets.map { ($0.sheet ?? String($0.file.prefix { $0 != "." }), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func code(_ task: () throws(WorkspaceError) -> Void) -> String? {
    do throws(WorkspaceError) {
      try task()
      return nil
    } catch {
      return error.code
    }
  }

  @Test func everyFormatHoldsTheSameRows() throws {
    try withWorkspace(40) { workspace, folder in
      var results: [RecordFormat: ExportResult] = [:]
      for format in RecordFormat.allCases {
        let target = folder.appendingPathComponent("out-\(format.rawValue)" + (format == .xlsx ? ".xlsx" : ""))
        results[format] = try workspace.export(
          ExportRequest(format: format, target: target, recipient: "archive"), asKnownOn: nil)
      }
      let expected = try #require(results[.csv])
      #expect(expected.people > 20 && expected.leftOut.contains("person.given-name"))
      for (format, result) in results {
        #expect(result.records.map(\.rows) == expected.records.map(\.rows), "\(format)")
      }
      let csv = try sheets(in: folder.appendingPathComponent("out-csv"))
      for (format, name) in [
        ("package", "out-package"), ("xlsx", "out-xlsx.xlsx"), ("sav", "out-sav"), ("zsav", "out-zsav"),
      ] {
        let read = try sheets(in: folder.appendingPathComponent(name))
        for record in expected.records {
          let (a, b) = (try #require(csv[record.record]), try #require(read[record.record], "\(format)"))
          #expect(b.rows.count == record.rows && b.headers.count == record.columns, "\(format) \(record.record)")
          let months = Set(b.headers.indices.filter { b.headers[$0].name.hasSuffix("month") })
          for (x, y) in zip(a.rows, b.rows) {
            for position in x.cells.indices where !months.contains(position) {
              // A number of a CSV file is text.
              #expect(
                x.cells[position].text == y.cells[position].text,
                "\(format) \(record.record) \(b.headers[position].name)")
            }
          }
        }
      }
    }
  }

  @Test func noIdentifyingValueAndNoPseudonymOfTheRegisterIsInIt() throws {
    try withWorkspace(30) { workspace, folder in
      let target = folder.appendingPathComponent("out")
      let result = try workspace.export(ExportRequest(format: .csv, target: target), asKnownOn: nil)
      var text = ""
      for file in result.files { text += try String(contentsOfFile: file, encoding: .utf8) }
      let place = try firstReturn(in: folder.appendingPathComponent("data"))
      let sent = try sheets(in: #require(place))
      let person = try #require(sent["person"])
      for name in ["person", "given-name", "family-name"] {
        let position = try #require(person.headers.firstIndex { $0.name == name })
        for row in person.rows where !row.cells[position].isBlank {
          let value = row.cells[position].text
          #expect(!text.contains(",\(value),") && !text.contains("\n\(value),"), "a value of \(name)")
        }
      }
      let pseudonyms = try pseudonyms(target)
      #expect(pseudonyms == pseudonyms.sorted(), "the order of the register would tell who is who")
      #expect(Set(pseudonyms).count == result.people)
    }
  }

  /// The first folder of a return with a CSV file of people.
  func firstReturn(in folder: URL) throws -> URL? {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .first { $0.hasSuffix("/person.csv") }.map { folder.appendingPathComponent($0).deletingLastPathComponent() }
  }

  func pseudonyms(_ folder: URL) throws -> [String] {
    try #require(try sheets(in: folder)["person"]).rows.map { $0.cells[0].text }
  }

  @Test func pseudonymsFitOtherExportsForTheSameRecipientOnly() throws {
    try withWorkspace(20) { workspace, folder in
      func export(_ name: String, for recipient: String?) throws -> Set<String> {
        let target = folder.appendingPathComponent(name)
        _ = try workspace.export(
          ExportRequest(format: .csv, target: target, records: ["person"], recipient: recipient), asKnownOn: nil)
        return Set(try pseudonyms(target))
      }
      let all = [
        try export("a", for: nil), try export("b", for: nil), try export("c", for: "university"),
        try export("d", for: "archive"),
      ]
      for i in all.indices {
        for j in all.indices where i < j { #expect(all[i].isDisjoint(with: all[j]), "\(i) and \(j)") }
      }
      #expect(try export("e", for: "University") == all[2])
      let key = folder.appendingPathComponent("w/store/keys/export-university.key")
      #expect(try FileManager.default.attributesOfItem(atPath: key.path)[.posixPermissions] as? Int == 0o600)
      #expect(
        code { () throws(WorkspaceError) in
          _ = try workspace.export(
            ExportRequest(format: .csv, target: folder.appendingPathComponent("f"), recipient: "../a"), asKnownOn: nil)
        } == "WSP-41")
    }
  }

  @Test func nothingIsWrittenOverAndNothingIsLeftBehind() throws {
    try withWorkspace(10) { workspace, folder in
      let target = folder.appendingPathComponent("there")
      try Data("mine".utf8).write(to: target)
      for format in RecordFormat.allCases {
        #expect(
          code { () throws(WorkspaceError) in
            _ = try workspace.export(ExportRequest(format: format, target: target), asKnownOn: nil)
          } == "WSP-40")
      }
      #expect(try String(contentsOf: target, encoding: .utf8) == "mine")
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(
        code { () throws(WorkspaceError) in
          _ = try workspace.export(
            ExportRequest(format: .csv, target: folder.appendingPathComponent("x"), records: ["persn"]), asKnownOn: nil)
        } == "DEF-05")
      #expect(
        code { () throws(WorkspaceError) in
          _ = try workspace.export(
            ExportRequest(format: .sqlite, target: folder.appendingPathComponent("no/x.sqlite")), asKnownOn: nil)
        } == "WSP-17")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == before)
    }
  }

  @Test func checkedFilesAreWrittenWithoutTheirHeldRows() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("person.csv")
      try Data(
        """
        person;birth-year;sex;origin;ground;given-name
        W-2;1990;woman;SY;asylum;=cmd
        W-1;1985;man;ER;asylum;Anna
        W-3;1985;mann;ER;asylum;Bob

        """.utf8
      ).write(to: file)
      let target = folder.appendingPathComponent("out")
      let result = try exportFiles(
        [file.path], model: try ModelLibrary().find("municipality").model, on: Self.day,
        ExportRequest(format: .package, target: target, records: ["person"]))
      #expect(result.held == 1 && result.people == 2 && result.records.map(\.rows) == [2])
      let sheet = try #require(try sheets(in: target)["person"])
      #expect(!sheet.headers.contains { $0.name == "given-name" })
      let sex = try #require(sheet.headers.firstIndex { $0.name == "sex" })
      #expect(Set(sheet.rows.map { $0.cells[sex].text }) == ["man", "woman"])
      #expect(sheet.headers[sex].codeLabels["woman"] == "Woman")
    }
  }

  @Test func tablesOfAStudyHoldNoSmallCountInEitherFormat() throws {
    try withWorkspace(400) { workspace, folder in
      let plan = repository.appendingPathComponent("Examples/municipality/plan.yml")
      func export(_ format: TableFormat) throws -> TableExportResult {
        try workspace.exportTables(
          of: plan, as: format, to: folder.appendingPathComponent(format.rawValue), asKnownOn: nil, language: .dutch,
          codeVersion: "test")
      }
      let stat = try export(.jsonStat)
      #expect(stat.withheld > 0 && stat.files.contains { $0.hasSuffix("flows.json") })
      var numbers: [[Double?]] = []
      for file in stat.files {
        let json = try #require(
          try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any])
        let values = try #require(json["value"] as? [Any]).map { $0 as? Double }
        let size = try #require(json["size"] as? [Int])
        #expect(values.count == size.reduce(1, *))
        for number in values.compactMap({ $0 }) {
          #expect(number == 0 || (number >= 10 && number.truncatingRemainder(dividingBy: 5) == 0), "\(file)")
        }
        let status = json["status"] as? [String: String] ?? [:]
        #expect(values.indices.filter { values[$0] == nil }.map(String.init).sorted() == status.keys.sorted())
        numbers.append(values)
      }
      let sdmx = try export(.sdmxCSV)
      #expect(sdmx.withheld == stat.withheld && sdmx.files.count == stat.files.count)
      for (place, file) in sdmx.files.enumerated() {
        let sheet = try #require(try TableFileReader().read(contentsOf: URL(fileURLWithPath: file)).first)
        #expect(sheet.headers.prefix(3).map(\.name) == ["STRUCTURE", "STRUCTURE_ID", "ACTION"])
        let value = try #require(sheet.headers.firstIndex { $0.name == "OBS_VALUE" })
        // Both name the files alike, and both go through the values in the same order.
        #expect(sheet.rows.map { Double($0.cells[value].text)! }.map { $0.isNaN ? nil : $0 } == numbers[place])
        for row in sheet.rows where row.cells[value].text == "NaN" {
          #expect(row.cells[value + 1].text != "A")
          #expect((row.cells[value + 2].text == "C") == (row.cells[value + 1].text == "Q"))
        }
      }
    }
  }
}
