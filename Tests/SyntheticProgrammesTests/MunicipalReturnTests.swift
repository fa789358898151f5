import DataModels
import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@testable import SyntheticProgrammes

@Suite struct MunicipalReturnTests {
  static func small(seed: UInt64 = 7) -> SyntheticMunicipality {
    SyntheticMunicipality(
      persons: 250, seed: seed, inflowUntil: CalendarMonth(year: 2016, month: 12)!,
      until: CalendarMonth(year: 2017, month: 6)!, errorRate: 0.03)
  }

  private func bytes(of folder: URL) throws -> [String: Data] {
    var result: [String: Data] = [:]
    let files = FileManager.default.enumerator(atPath: folder.path)!
    for case let path as String in files {
      let url = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue {
        result[path] = try Data(contentsOf: url)
      }
    }
    return result
  }

  @Test func theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws {
    try withTemporaryFolder { folder in
      let (one, two, three) = ("one", "two", "three")
      let first = try Self.small().write(to: folder.appendingPathComponent(one))
      let second = try Self.small().write(to: folder.appendingPathComponent(two))
      try Self.small(seed: 8).write(to: folder.appendingPathComponent(three))
      let written = try bytes(of: folder.appendingPathComponent(one))
      #expect(first == second)
      #expect(written == (try bytes(of: folder.appendingPathComponent(two))))
      #expect(written["errors.csv"] != (try bytes(of: folder.appendingPathComponent(three)))["errors.csv"])
      #expect(written["returns/2016-03/entree/return.yml"] != nil)
    }
  }

  @Test func everyLineOfTheKeyPointsAtACellThatIsThere() throws {
    try withTemporaryFolder { folder in
      let summary = try Self.small().write(to: folder)
      let key = try #require(
        try TableFileReader().read(contentsOf: folder.appendingPathComponent("errors.csv")).first)
      func text(_ row: RawRow, _ header: String) -> String {
        row.cells[key.headers.firstIndex { $0.name == header }!].text
      }
      #expect(key.headers.map(\.name) == ErrorKeyRow.headers)
      var sheets: [String: [RawSheet]] = [:]
      for line in key.rows {
        let path = "returns/\(text(line, "return"))/\(text(line, "file"))"
        if sheets[path] == nil {
          sheets[path] = try TableFileReader().read(contentsOf: folder.appendingPathComponent(path))
        }
        let name = text(line, "sheet")
        let sheet = try #require(sheets[path]!.first { name.isEmpty || $0.sheet == name })
        let row = try #require(sheet.rows.first { String($0.number) == text(line, "row") })
        let position = try #require(
          sheet.headers.firstIndex { CellAddress.columnLetters($0.column) == text(line, "column") })
        let header = sheet.headers[position].name
        let field = text(line, "field")
        #expect(header == field || header == "\(text(line, "record")).\(field)")
        let cell = row.cells[position]
        switch text(line, "kind") {
        case "missing-value", "missing-because-of-another-answer": #expect(cell.isBlank)
        case "unknown-person": #expect(cell.text.hasPrefix("W-9"))
        case "month-for-date": #expect(CalendarMonth(iso: cell.text) != nil)
        case "day-that-does-not-exist": #expect(CalendarDate(iso: cell.text) == nil && cell.text.count == 10)
        case "date-turned-into-number": #expect(Int(cell.text).map { $0 > 40_000 } ?? false)
        case "year-a-century-off": #expect(cell.text.hasPrefix("19"))
        case "text-for-number": #expect(Double(cell.text) == nil)
        default: #expect(!cell.isBlank)
        }
      }
      let errors = key.rows.filter { text($0, "kind") != ErrorKeyRow.workBeforeSettlement }
      let doubles = errors.filter { text($0, "kind") == "duplicate-key" }.count / 2
      #expect(errors.count - doubles == summary.errors)
      #expect(abs(Double(summary.errors) / Double(summary.rows) - 0.03) < 0.006)
    }
  }

  @Test func theColumnsAreThoseOfTheModel() throws {
    let model = try DataModel(contentsOf: repository.appendingPathComponent("Models/municipality.yml"))
    #expect(model.records.map(\.id).sorted() == MunicipalRecord.allCases.map(\.id).sorted())
    for record in MunicipalRecord.allCases {
      let definition = try #require(model.record(record.id))
      #expect(record.columns.map(\.name) == definition.fields.map(\.id))
      #expect(record.columns.filter(\.isRequired).map(\.name) == definition.fields.filter(\.isRequired).map(\.id))
      for column in record.columns where column.isKey { #expect(definition.key.contains(column.name)) }
    }
  }

  @Test func everyCodeIsInTheModelsListAndEveryTypoIsNot() throws {
    let model = try DataModel(contentsOf: repository.appendingPathComponent("Models/municipality.yml"))
    let municipality = Self.small()
    let composer = municipality.composer(for: municipality.population())
    var typos = 0
    for month in composer.schedule.drafts.indices {
      for sender in Sender.allCases {
        for (record, rows) in composer.rows(month: month, sender: sender) {
          let fields = try #require(model.record(record.id)).fields
          for row in rows {
            for (place, cell) in row.cells.enumerated() where cell != .empty {
              guard let name = fields[place].type.codeList, let list = model.codeList(name) else { continue }
              if row.error == RowError(kind: .codeTypo, column: place) {
                typos += 1
                #expect(!list.contains(cell.text))
              } else {
                for code in cell.text.components(separatedBy: ", ") {
                  #expect(list.contains(code), "\(code) of \(name)")
                }
              }
            }
          }
        }
      }
    }
    #expect(typos > 20)
  }

  @Test func whatWasHeldComesAgainInTheNextReturn() {
    let municipality = Self.small()
    let composer = municipality.composer(for: municipality.population())
    var (again, gone) = (0, 0)
    for month in composer.schedule.drafts.indices.dropLast() {
      for sender in Sender.allCases {
        let next = composer.rows(month: month + 1, sender: sender)
        for (record, rows) in composer.rows(month: month, sender: sender) {
          for row in rows where row.error != nil {
            let isBack = (next[record] ?? []).contains {
              $0.draft.person == row.draft.person && $0.draft.item == row.draft.item
            }
            if isBack { again += 1 } else { gone += 1 }
            #expect(isBack || !composer.files[Int(row.draft.person)].mustBeCorrected(row.draft))
          }
        }
      }
    }
    #expect(again > 5 * gone && gone > 0)
  }

  @Test func aReturnHoldsWhatIsNewAndASpellIsSentWhenItStartsAndWhenItEnds() {
    let municipality = SyntheticMunicipality(persons: 150, seed: 30, errorRate: 0)
    let composer = municipality.composer(for: municipality.population())
    var told: [RowDraft: Int] = [:]
    for month in composer.schedule.drafts.indices {
      for sender in Sender.allCases {
        for row in composer.rows(month: month, sender: sender).values.joined() {
          #expect(row.error == nil)
          told[row.draft, default: 0] += 1
          if row.draft.tellsEnd {
            var open = row.draft
            open.tellsEnd = false
            // An end is never told before or together with its start.
            #expect(composer.schedule.drafts[month].allSatisfy { !$0.contains(open) })
          }
        }
      }
    }
    #expect(told.values.allSatisfy { $0 == 1 })
    #expect(told.keys.contains { $0.tellsEnd } && told.keys.contains { $0.record == .exit })
  }

  @Test func aFolderWithReturnsIsNotWrittenOver() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("returns"), withIntermediateDirectories: true)
      #expect(throws: SyntheticProgrammeError.folderInUse(name: folder.lastPathComponent)) {
        try Self.small().write(to: folder)
      }
    }
  }

  @Test func settingsThatMakeNoProgrammeAreRefusedByName() {
    func refused(_ change: (inout SyntheticMunicipality) -> Void) -> String? {
      var municipality = Self.small()
      change(&municipality)
      do throws(SyntheticProgrammeError) {
        try municipality.check()
        return nil
      } catch {
        guard case .settingNotAllowed(let name, _, _) = error else { return nil }
        return name
      }
    }
    #expect(refused { $0.persons = 0 } == "persons")
    #expect(refused { $0.inflowUntil = $0.until.adding(months: 1) } == "inflowUntil")
    #expect(refused { $0.errorRate = 0.9 } == "errorRate")
    #expect(refused { $0.correctionRate = -1 } == "correctionRate")
    #expect(refused { $0.intensiveShares = [2016: 1.2] } == "intensiveShares")
    #expect(refused { $0.effect = 9 } == "effect")
    #expect(refused { _ in } == nil)
  }

  @Test func settingsSurviveJSON() throws {
    let municipality = Self.small()
    let data = try JSONEncoder().encode(municipality)
    #expect(try JSONDecoder().decode(SyntheticMunicipality.self, from: data) == municipality)
  }
}
