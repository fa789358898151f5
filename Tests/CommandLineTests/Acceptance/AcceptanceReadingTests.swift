import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

/// The acceptance tests about reading what a sender has: T2 to T9, T14 and T17, with the program as a user has it.
/// The list of all is in Documentation/AcceptanceTests.md.
@Suite struct AcceptanceReadingTests {
  @Test("T2: the order of the columns makes no difference")
  func columnsInAnyOrder() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: ["p1,Utrecht,8,2016-03-31,NA,5-11", "p2,Delft,x,2016-03-30,SY,0-4"])
      try work.write(
        "b.csv", "band,started,id,country,hours,town\n5-11,2016-03-31,p1,NA,8,Utrecht\n0-4,2016-03-30,p2,SY,x,Delft\n")
      #expect(try work.codes("a.csv") == ["TYP-04 C3"])
      #expect(try work.codes("b.csv") == ["TYP-04 E3"])
      #expect(try work.submit("a.csv").status == 1)
      let before = try work.fingerprint()
      #expect(try work.submit("b.csv", "--dry-run").output.contains("No data changes"))
      #expect(try work.submit("b.csv").status == 1)
      #expect(try work.fingerprint() == before)
    }
  }

  @Test("T3: trailing blanks, a byte order mark and capitals in the header make no difference")
  func headersAsTheyAreTyped() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: ["p1,Utrecht,8,2016-03-31,NA,5-11"])
      let header = "\u{FEFF}ID ,TOWN\u{A0}, Hours ,Started  ,COUNTRY,Band\t"
      try work.write("b.csv", header + "\np1,Utrecht,8,2016-03-31,NA,5-11\n")
      #expect(try work.codes("b.csv") == [])
      #expect(try work.submit("a.csv").status == 0)
      #expect(try work.submit("b.csv", "--dry-run").output.contains("No data changes"))
      // Around an Excel sheet's header blanks are as invisible.
      let workbook = WorkbookWriter(sheets: [
        WorkbookSheet(
          name: "person", headers: ["Id ", " TOWN", "hours", "started", "country", "band"],
          rows: [[.text("p1"), .text("Utrecht"), .number(8), .text("2016-03-31"), .text("NA"), .text("5-11")]])
      ])
      try work.write("c.xlsx", workbook.data())
      #expect(try work.submit("c.xlsx", "--dry-run").output.contains("No data changes"))
    }
  }

  @Test("T4: semicolons, a decimal comma and Windows-1252 are read, and said")
  func dutchExcelText() throws {
    try AcceptanceWorkspace.make { work in
      let text = "id;town;hours;started;country;band\r\np1;Cura\u{E7}ao;12,5;2016-03-31;NA;5-11\r\n"
      try work.write("a.csv", Data(text.unicodeScalars.map { UInt8($0.value) }))
      let check = try work.check("a.csv")
      #expect(check.status == 0)
      #expect(check.output.contains("read as Windows-1252") && check.output.contains("separated by a semicolon"))
      #expect(try work.submit("a.csv").status == 0)
      #expect(try work.rows() == ["Curaçao,12.5,2016-03-31,NA,5-11"])
    }
  }

  @Test("T5: 03/04/2026 is asked about and not guessed")
  func aDayThatMayBeAMonth() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: ["p1,Utrecht,8,03/04/2026,NA,5-11", "p2,Delft,8,2026-03-30,SY,0-4"])
      let check = try work.check("a.csv")
      #expect(check.status == 1 && check.output.hasPrefix("1 of 2 rows can be taken in."))
      #expect(try work.codes("a.csv") == ["TYP-02 D2"])
      #expect(try work.submit("a.csv").status == 1)
      #expect(try work.rows() == ["Delft,8,2026-03-30,SY,0-4"], "neither 3 April nor 4 March was taken in")
    }
  }

  @Test("T6: dates of Excel and dates as text are the same days")
  func datesOfExcel() throws {
    try AcceptanceWorkspace.make { work in
      func book(_ day: RawCell) throws -> Data {
        try WorkbookWriter(sheets: [
          WorkbookSheet(
            name: "person", headers: AcceptanceWorkspace.header.split(separator: ",").map(String.init),
            rows: [[.text("p1"), .text("Utrecht"), .number(8), day, .text("NA"), .text("5-11")]])
        ]).data()
      }
      try work.write("date.xlsx", book(.date(CalendarDate(iso: "2016-03-31")!)))
      try work.write("text.xlsx", book(.text("2016-03-31")))
      try work.write("text.csv", rows: ["p1,Utrecht,8,2016-03-31,NA,5-11"])
      #expect(try work.submit("date.xlsx").status == 0)
      #expect(try work.rows() == ["Utrecht,8,2016-03-31,NA,5-11"])
      for file in ["text.xlsx", "text.csv"] {
        #expect(try work.submit(file, "--dry-run").output.contains("No data changes"))
      }
      // The number of a day without the form of a date is told and not guessed.
      try work.write("serial.xlsx", book(.number(42460)))
      #expect(try work.codes("serial.xlsx") == ["TYP-03 D2"])
    }
  }

  @Test("T7: the codes NA and NO stay codes, and 5-11 is no date")
  func codesThatLookLikeSomethingElse() throws {
    try AcceptanceWorkspace.make { work in
      let rows = [("p1", "NA"), ("p2", "NO")]
      try work.write("a.csv", rows: rows.map { "\($0.0),Utrecht,8,2016-03-31,\($0.1),5-11" })
      func book(_ band: RawCell) throws -> Data {
        try WorkbookWriter(sheets: [
          WorkbookSheet(
            name: "person", headers: AcceptanceWorkspace.header.split(separator: ",").map(String.init),
            rows: rows.map {
              [.text($0.0), .text("Utrecht"), .number(8), .text("2016-03-31"), .text($0.1), band]
            })
        ]).data()
      }
      try work.write("a.xlsx", book(.text("5-11")))
      #expect(try work.codes("a.csv") == [] && work.codes("a.xlsx") == [])
      #expect(try work.submit("a.csv").status == 0)
      #expect(try work.rows() == ["NA", "NO"].map { "Utrecht,8,2016-03-31,\($0),5-11" })
      #expect(try work.submit("a.xlsx", "--dry-run").output.contains("No data changes"))
      // What Excel made a date of is told; nobody knows any more what it was.
      try work.write("mangled.xlsx", book(.date(CalendarDate(iso: "2016-11-05")!)))
      #expect(try work.codes("mangled.xlsx") == ["TYP-11 F2", "TYP-11 F3"])
    }
  }

  @Test("T8: a cell that is a formula to a spreadsheet is text, and never comes back as a formula")
  func formulasDoNotRun() throws {
    try AcceptanceWorkspace.make { work in
      let bait = ["=cmd|'/C calc'!A0", "@SUM(1)", "+1+1", "-1+1"]
      try work.write("a.csv", rows: bait.enumerated().map { "p\($0),\($1),x,2016-03-31,NA,5-11" })
      let run = try work.check(
        "a.csv", "--annotate", "back", "--held", "back/held.csv", "--csv", "back/findings.csv", "--html", "back/a.html")
      #expect(run.status == 1)
      func isFormula(_ cell: String) -> Bool { cell.first.map { "=+-@\t\r".contains($0) } ?? false }
      for file in ["back/held.csv", "back/findings.csv"] {
        let sheets = try TableFileReader().read(Data(work.read(file).utf8), named: file)
        #expect(!sheets.isEmpty)
        for cell in sheets.flatMap(\.rows).flatMap(\.cells) { #expect(!isFormula(cell.text), "\(file)") }
      }
      let book = try Data(contentsOf: work.folder.appendingPathComponent("back/a-checked.xlsx"))
      let notes = try TableFileReader().read(book, named: "a.xlsx").flatMap(\.notes).map(\.kind)
      #expect(
        !notes.contains { [.formulaValueUsed, .formulaWithoutValue].contains($0) },
        "no cell of the workbook is a formula")
      #expect(try !work.read("back/a.html").contains("<script"))
      // The text is kept as it was sent, and passed on so that it cannot run.
      try work.write("b.csv", rows: ["p1,\(bait[0]),8,2016-03-31,NA,5-11"])
      #expect(try work.submit("b.csv").status == 0)
      #expect(try work.rows() == ["'\(bait[0]),8,2016-03-31,NA,5-11"])
    }
  }

  @Test("T9: of 10,000 rows that are all wrong every one is counted, and the page is short")
  func tenThousandRowsAllWrong() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: (1...10_000).map { "p\($0),Utrecht,x,31/31/2016,ZZ,5-11" })
      let run = try work.check("a.csv", "--format", "json", "--html", "a.html", "--csv", "findings.csv")
      #expect(run.status == 1)
      let json = try run.json()
      #expect((json["counts"] as? [String: Int])?["error"] == 30_000)
      let records = try #require((json["summary"] as? [String: Any])?["records"] as? [[String: Any]])
      #expect(records.count == 1 && records[0]["rows"] as? Int == 10_000)
      #expect(records[0]["held"] as? Int == 10_000 && records[0]["accepted"] as? Int == 0)
      let page = try work.read("a.html")
      #expect(page.contains("10,000 ×") && page.contains("of 30,000"))
      #expect(page.utf8.count < 1_000_000)
      #expect(try work.read("findings.csv").split(whereSeparator: \.isNewline).count == 30_001, "the list is whole")
      let text = try work.check("a.csv")
      #expect(text.output.hasPrefix("0 of 10,000 rows") || text.output.hasPrefix("None of the 10,000 rows"))
      #expect(text.output.split(separator: "\n").count < 120)
    }
  }

  @Test("T14: zip bombs, false sizes and names that climb out of the folder are refused, and nothing is written")
  func hostileArchives() throws {
    try AcceptanceWorkspace.make { work in
      try FileManager.default.createDirectory(
        at: work.folder.appendingPathComponent("inner"), withIntermediateDirectories: true)
      let sheet = Array("<worksheet/>".utf8)
      let place = "xl/worksheets/sheet1.xml"
      let hostile: [(String, ZipArchiveFixture, Set<String>)] = [
        ("bomb.xlsx", .workbook(with: .blanks(1, place, declaring: 3_000_000_000)), ["FIL-10"]),
        ("liar.xlsx", .workbook(with: .blanks(1, place, declaring: 1000)), ["FIL-09", "FIL-10"]),
        ("declared.xlsx", .workbook(with: .stored(sheet, place, declaring: 0xFFFF_FFFE)), ["FIL-09", "FIL-10"]),
        ("climbing.xlsx", ZipArchiveFixture(parts: [.stored(sheet, "../../climbed.xml")]), ["FIL-03", "FIL-09"]),
        (
          "climbing.zip", ZipArchiveFixture(parts: [.stored(Array("id\np1\n".utf8), "../climbed.csv")]),
          ["FIL-03", "FIL-09"]
        ),
      ]
      for (name, archive, codes) in hostile {
        try work.write("inner/\(name)", archive.data)
        let run = try work.check("inner/\(name)", "--format", "json")
        #expect(run.status == 2, "\(name): \(run.output)\(run.errors)")
        let code = try #require(try run.json()["code"] as? String)
        #expect(codes.contains(code), "\(name): \(code)")
        let sent = try work.submit("inner/\(name)")
        #expect(sent.status == 2 && sent.errors.contains(code))
      }
      #expect(try work.returns().isEmpty)
      let files = FileManager.default.enumerator(atPath: work.folder.path)?.compactMap { $0 as? String } ?? []
      #expect(!files.contains { $0.contains("climbed") })
    }
  }

  @Test(
    "T17: the published samples give the counts that were found by reading them",
    .enabled(if: SharedMaterial.folder("rtof/samples") != nil, Comment(rawValue: SharedMaterial.absent)),
    arguments: ["sample_wide.csv", "sample.xlsx"])
  func publishedSamples(_ name: String) throws {
    let sample = try #require(SharedMaterial.folder("rtof/samples")).appendingPathComponent(name).path
    let published = try #require(SharedMaterial.folder("rtof/model/v1.0.2")).path
    try AcceptanceWorkspace.make { work in
      let run = try work.check(sample, model: published, "--format", "json")
      let json = try run.json()
      var counts: [String: Int] = [:]
      for finding in try #require(json["findings"] as? [[String: Any]]) where finding["severity"] as? String == "error"
      {
        let field = "\(finding["code"] ?? "") \(finding["record"] ?? "").\(finding["field"] ?? "")"
        counts[field, default: 0] += finding["count"] as? Int ?? 0
      }
      #expect(
        counts == [
          "CON-01 baseline.age_profile_of_dependants_uk": 58, "VAL-02 baseline.age_profile_of_dependants_uk": 17,
          "CON-03 employment_intermediate.intermediate_employment_outcome_type": 10,
          "DAT-03 person.date_started_service": 1, "DAT-03 date_last_seen.date_last_seen": 23,
          "VAL-03 baseline.ni_number": 1,
        ])
      let records = try #require((json["summary"] as? [String: Any])?["records"] as? [[String: Any]])
      let rows = Dictionary(
        uniqueKeysWithValues: records.compactMap { record in
          (record["record"] as? String).flatMap { name in (record["rows"] as? Int).map { (name, $0) } }
        })
      #expect(
        rows == [
          "person": 250, "baseline": 176, "housing_entry": 128, "housing_sustain": 93, "integration_plan": 441,
          "employment_intermediate": 141, "employment_entry": 183, "employment_sustain": 113, "date_last_seen": 57,
        ])
    }
  }
}
