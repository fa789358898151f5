import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@testable import SyntheticProgrammes

@Suite struct SyntheticFundFilesTests {
  private static let fund = SyntheticFund(
    participants: 150, seed: 5, enrolmentUntil: CalendarMonth(year: 2022, month: 6)!,
    until: CalendarMonth(year: 2022, month: 12)!, errorRate: 0.08)

  private func files(in folder: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: folder.path)! {
      let url = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue {
        files[path] = try Data(contentsOf: url)
      }
    }
    return files
  }

  /// The sheets of a return, by file and sheet.
  private func sheets(_ returned: String, in folder: URL) throws -> [String: RawSheet] {
    let source = folder.appendingPathComponent("returns/\(returned)")
    var sheets: [String: RawSheet] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) where !name.hasSuffix(".yml") {
      for sheet in try TableFileReader().read(contentsOf: source.appendingPathComponent(name)) {
        sheets["\(name)|\(sheet.sheet ?? "")"] = sheet
      }
    }
    return sheets
  }

  private func key(in folder: URL) throws -> [[String: String]] {
    let sheet = try TableFileReader().read(contentsOf: folder.appendingPathComponent("errors.csv"))[0]
    return sheet.rows.map { row in
      Dictionary(uniqueKeysWithValues: zip(sheet.headers.map(\.name), row.cells.map(\.text)))
    }
  }

  @Test func `equal settings give equal bytes, another seed gives others`() throws {
    var written: [[String: Data]] = []
    for seed: UInt64 in [5, 5, 6] {
      var fund = Self.fund
      fund.seed = seed
      try withTemporaryFolder { folder in
        try fund.write(to: folder)
        written.append(try files(in: folder))
      }
    }
    #expect(written[0] == written[1])
    #expect(written[0] != written[2])
  }

  @Test func `each provider sends in its own form, with a description`() throws {
    try withTemporaryFolder { folder in
      let summary = try Self.fund.write(to: folder)
      let written = try files(in: folder)
      #expect(written["returns/2022-03/provider-a/caseload.csv"] != nil)
      #expect(written["returns/2022-03/provider-b/person.csv"]?.starts(with: [0xEF, 0xBB, 0xBF]) == true)
      #expect(written["returns/2022-03/provider-c/caseload.xlsx"] != nil)
      #expect(written["returns/2022-03/provider-d/caseload.xlsx"] != nil)
      let description = String(decoding: try #require(written["returns/2022-03/provider-a/return.yml"]), as: UTF8.self)
      let lines = description.split(separator: "\n").map(String.init)
      #expect(lines[0...2] == ["meedoen: return/1", "provider: provider-a", "period: 2022-03"])
      #expect(lines[3].hasPrefix("sent-on: 2022-04-"))
      #expect(lines[4...] == ["model: rtof", "synthetic: yes"])
      #expect(summary.returns == written.keys.count { $0.hasSuffix("return.yml") })
      #expect(summary.people == 150)
    }
  }

  @Test func `the key points at the cells that are wrong`() throws {
    try withTemporaryFolder { folder in
      try Self.fund.write(to: folder)
      let key = try key(in: folder)
      #expect(key.count > 20)
      for line in key {
        let place = "\(line["file"]!)|\(line["sheet"]!)"
        let sheet = try #require(try sheets(line["return"]!, in: folder)[place])
        let row = try #require(sheet.rows.first { String($0.number) == line["row"] })
        let column = try #require(
          sheet.headers.firstIndex { CellAddress.columnLetters($0.column) == line["column"] })
        #expect(sheet.headers[column].name.hasPrefix(line["field"]!))
        let cell = row.cells[column]
        switch line["kind"]! {
        case "required-blank", "dependants-without-ages": #expect(cell == .empty)
        case "excluded-ni-number": #expect(cell.text.hasPrefix("TN"))
        case "month-for-day": #expect(CalendarMonth(iso: cell.text) != nil)
        case "unknown-person": #expect(cell.text.hasSuffix("X"))
        case "weekly-wage": #expect(Int(cell.text)! > 50)
        default: #expect(cell != .empty)
        }
        if let corrected = CalendarMonth(iso: line["corrected-in"]!) {
          #expect(corrected.iso > line["return"]!.prefix(7))
        }
      }
    }
  }

  @Test func `without errors the key has only rows to confirm`() throws {
    var fund = Self.fund
    fund.errorRate = 0
    try withTemporaryFolder { folder in
      let summary = try fund.write(to: folder)
      #expect(summary.errors == 0)
      #expect(try key(in: folder).allSatisfy { $0["kind"] == "late-plan" && $0["severity"] == "confirm" })
    }
  }

  @Test func `the truth is written as it is told`() throws {
    try withTemporaryFolder { folder in
      try Self.fund.write(to: folder)
      let data = try Data(contentsOf: folder.appendingPathComponent("truth.json"))
      #expect(try JSONDecoder().decode(SyntheticFundTruth.self, from: data) == Self.fund.truth())
    }
  }

  @Test func `a folder with returns is not written into again`() throws {
    try withTemporaryFolder { folder in
      try Self.fund.write(to: folder)
      #expect(throws: SyntheticProgrammeError.folderInUse(name: folder.lastPathComponent)) {
        try Self.fund.write(to: folder)
      }
    }
  }

  @Test func `settings that make no fund are refused`() throws {
    func refused(_ change: (inout SyntheticFund) -> Void) -> String? {
      var fund = Self.fund
      change(&fund)
      do throws(SyntheticProgrammeError) {
        try fund.check()
        return nil
      } catch {
        if case .settingNotAllowed(let name, _, _) = error { return name }
        return "another error"
      }
    }
    #expect(refused { $0.participants = 0 } == "participants")
    #expect(refused { $0.until = CalendarMonth(year: 2021, month: 1)! } == "enrolmentUntil")
    #expect(refused { $0.intensiveShare = 1.5 } == "intensiveShare")
    #expect(refused { $0.errorRate = 0.6 } == "errorRate")
    #expect(refused { $0.correctionRate = -1 } == "correctionRate")
    #expect(refused { $0.effect = 9 } == "effect")
    #expect(refused { _ in } == nil)
  }
}
