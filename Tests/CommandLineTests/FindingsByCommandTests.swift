import Foundation
import TestSupport
import Testing

/// Every code of a finding comes about by a command, as it would for a user. All people are invented.
@Suite struct FindingsByCommandTests {
  /// Files that `check` is given, and the code that it has to find.
  static let single: [(code: String, files: [String: Data])] =
    texts.map { ($0.0, [$0.1: Data($0.2.utf8)]) } + other + workbooks

  private static let texts: [(String, String, String)] = [
    ("FIL-01", "person.csv", ""),
    ("FIL-03", "person.csv", "%PDF-1.7"),
    ("FIL-12", "person.csv", "id,born\nP-1,19\u{0}90\n"),
    ("FIL-13", "person.csv", "id,goal\nP-1,\"to work\n"),
    ("STR-01", "other.csv", "name,remark2\na,b\n"),
    ("STR-02", "person.csv", "id,borm\nP-1,1990\n"),
    ("STR-03", "job.csv", "id,wage,hours\nP-1,10,8\n"),
    ("STR-04", "person.csv", "id,born,born\nP-1,1990,1990\n"),
    ("STR-05", "person.csv", "id,born,\nP-1,1990,x\n"),
    ("STR-06", "person.csv", "id,born\nP-1,1990,y\n"),
    ("STR-07", "person.csv", "id,born\nP-1,1990\n\nP-2,1990\n"),
    ("STR-08", "person.csv", "Return of March\n\nid,born,sex\nP-1,1990,man\n"),
    ("STR-12", "sheet.csv", "id,asked-on\nP-1,2022-03-01\n"),
    ("STR-13", "wide.csv", "id,born,sex,asked-on\nP-1,1990,man,2022-03-01\n"),
    ("STR-14", "person.csv", "id,goal\nP-1,to\u{7}work\n"),
    ("TYP-01", "person.csv", "id,since\nP-1,2020-02-31\n"),
    ("TYP-01", "person.csv", "id,since\nP-1,2022-03\n"),
    ("VAL-02", "person.csv", "id,help\nP-1,other;5-11\n"),
    ("TYP-02", "person.csv", "id,since\nP-1,03/04/2020\n"),
    ("TYP-03", "person.csv", "id,since\nP-1,43925\n"),
    ("TYP-04", "job.csv", "id,on,hours,plan\nP-1,2022-03-01,about 20,a\n"),
    ("TYP-05", "person.csv", "id,since\nP-1,31-3-2020\nP-2,3-4-2020\n"),
    ("TYP-08", "job.csv", "id,on,paid,plan\nP-1,2022-03-01,2022-13,a\n"),
    ("TYP-09", "person.csv", "id,born\nP-1,19x0\n"),
    ("TYP-13", "job.csv", "id,on,wage,plan\nP-1,2022-03-01,\"1.234\",a\nP-2,2022-03-01,\"1.250\",a\n"),
    ("VAL-01", "job.csv", "id,on,plan\nP-1,2022-03-01,\n"),
    ("VAL-02", "person.csv", "id,sex\nP-1,womam\n"),
    ("VAL-03", "person.csv", "id,nino\nP-1,AB12345C\n"),
    ("VAL-04", "job.csv", "id,on,hours,plan\nP-1,2022-03-01,168,a\n"),
    ("VAL-05", "person.csv", "id,goal\nP-1,a goal of more than twenty characters\n"),
    ("VAL-06", "person.csv", "id,born\nP-1\u{200B},1990\n"),
    ("VAL-07", "job.csv", "id,on,plan\nP-1,2022-03-01,unknown\n"),
    ("VAL-08", "person.csv", "id,born\n\u{420}A-17,1990\n"),
    ("KEY-01", "person.csv", "id,born\nP-1,1990\nP-1,1991\n"),
    ("KEY-02", "job.csv", "id,on,plan\nP-71,2022-03-01,a\n"),
    ("KEY-03", "person.csv", "id,nino\nP-1,AB123456C\nP-2,AB123456C\n"),
    ("DAT-01", "baseline.csv", "id,asked-on\nP-1,2061-03-01\n"),
    ("DAT-02", "baseline.csv", "id,asked-on\nP-1,2019-03-01\n"),
    ("DAT-03", "home.csv", "id,moved-in,moved-out\nP-1,2022-03-01,2022-01-01\n"),
    ("DAT-04", "person.csv", "id,born,since\nP-1,1990,1985-01-01\n"),
    ("DAT-05", "person.csv", "id,born,since\nP-1,1890,2020-01-01\n"),
    ("DAT-06", "job.csv", "id,on,kind,plan\nP-1,2022-03-01,other,a\n"),
    ("DAT-07", "home.csv", "id,moved-in,moved-out\nP-1,2022-01-01,2022-03-01\nP-1,2022-02-01,2022-04-01\n"),
    ("CON-01", "person.csv", "id,born,why\nP-1,1940,\n"),
    ("CON-02", "person.csv", "id,born,why\nP-1,1990,because\n"),
    ("CON-03", "person.csv", "id,help\nP-1,other\n"),
    ("CON-04", "job.csv", "id,on,plan\nP-1,2022-03-01,a\nP-1,2022-03-02,a\nP-1,2022-03-03,a\n"),
    ("CON-05", "job.csv", "id,on,hours,plan\nP-1,2022-03-01,70,a\n"),
    ("PLA-01", "job.csv", "id,on,wage,plan\n" + jobs(40) { $0 == 0 ? "240000" : "\(2400 + 10 * $0)" }),
    (
      "PLA-02", "person.csv",
      "id,since\n" + (0..<40).map { "P-\($0),\($0 < 28 ? "2022-03-31" : "2022-04-\($0 - 18)")\n" }.joined()
    ),
    ("PAY-01", "both.csv", "id,sex,on,wage,contract,plan\nP-1,man,2022-03-01,2000,,a\n"),
    ("PAY-02", "both.csv", "id,sex,on,wage,contract,plan\nP-1,man,2021-03-01,2000,C-1,a\n"),
    (
      "PAY-03", "both.csv",
      "id,sex,on,wage,contract,plan\nP-1,man,2022-03-01,2000,C-1,a\nP-1,man,2022-05-01,2000,C-2,a\n"
    ),
    ("PAY-04", "both.csv", "id,sex,on,wage,contract,plan\nP-1,,2022-03-01,2000,C-1,a\n"),
    ("PRI-01", "job.csv", "id,on,plan,remark\nP-1,2022-03-01,a,write to a.b@example.org\n"),
    ("PRI-02", "person.csv", "id,born,contact2\nP-1,1990,a@example.org\nP-2,1991,b@example.org\n"),
    ("PRI-03", "person.csv", "id,born,religion\nP-1,1990,x\n"),
  ]

  private static func jobs(_ count: Int, _ wage: (Int) -> String) -> String {
    (0..<count).map { "P-\($0),2022-03-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1),\(wage($0)),a\n" }.joined()
  }

  private static let other: [(code: String, files: [String: Data])] = [
    ("FIL-04", ["person.xlsx": compound("EncryptedPackage")]),
    ("FIL-05", ["person.csv": Data("id,goal\nP-1,".utf8) + Data([0xC3, 0x81, 0x81, 0x8D, 0x0A])]),
    ("FIL-08", ["person.xls": compound("Workbook")]),
    ("STR-15", ["person.csv": Data("id;born;goal\nP-1;1990;caf".utf8) + Data([0xE9, 0x0A])]),
    ("FIL-09", ["person.xlsx": WorkbookFixture(sheet("<c r=\"A1\"><v>1</v></c>")).data.prefix(300)]),
    ("FIL-10", ["person.xlsx": bomb]),
    (
      "STR-16",
      [
        "datapackage.json": Data(
          #"{"name":"p","resources":[{"name":"person","path":"person.csv","schema":{"missingValues":["99"],"fields":[{"name":"id","type":"string"},{"name":"goal","type":"string"}]}}]}"#
            .utf8), "person.csv": Data("id,goal\nP-1,99\n".utf8),
      ]
    ),
  ]

  /// A file in the container of old Office, with one stream.
  private static func compound(_ stream: String) -> Data {
    Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 504)
      + Data(stream.utf16.flatMap { [UInt8($0), 0] }) + Data(count: 128)
  }

  /// A workbook of which one part would unpack to far more than it has.
  private static var bomb: Data {
    var parts = WorkbookFixture(sheet("<c r=\"A1\"><v>1</v></c>")).parts
    let place = parts.firstIndex { $0.name.hasPrefix("xl/worksheets") }!
    parts[place].packed = (ZipFixture.deflatedRun(of: 0x20, count: 40_000_000).stream, 8)
    parts[place].declaredSize = 4_000_000_000
    return ZipFixture(parts: parts).data
  }

  private static func text(_ cell: String, _ text: String) -> String {
    "<c r=\"\(cell)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  /// A sheet of `id`, `born`, `since`, `goal` with one person, and some cells of its own.
  private static func sheet(_ cells: String, row: String = "", third: String = "", behind: String = "") -> String {
    "<sheetData><row r=\"1\">\(text("A1", "id"))\(text("B1", "born"))\(text("C1", "since"))\(text("D1", "goal"))</row>"
      + "<row r=\"2\"\(row)>\(text("A2", "P-1"))\(cells)</row><row r=\"3\">\(text("A3", "P-2"))\(third)</row></sheetData>"
      + behind
  }

  private static let workbooks: [(code: String, files: [String: Data])] = {
    let styles =
      "<numFmts><numFmt numFmtId=\"171\" formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/><xf numFmtId=\"171\"/><xf numFmtId=\"14\"/></cellXfs>"
    func book(_ content: String) -> [String: Data] {
      ["person.xlsx": WorkbookFixture(content, styles: styles).data]
    }
    let job =
      "<sheetData><row r=\"1\">\(text("A1", "id"))\(text("B1", "on"))\(text("C1", "kind"))\(text("D1", "plan"))</row>"
      + "<row r=\"2\">\(text("A2", "P-1"))\(text("B2", "2022-03-01"))<c r=\"C2\" s=\"3\"><v>45235</v></c>\(text("D2", "a"))</row></sheetData>"
    return [
      ("FIL-11", book(sheet("<c r=\"ZZZZ2\"><v>1</v></c>"))),
      ("STR-09", book(sheet("<c r=\"B2\"><f>1980+10</f><v>1990</v></c>"))),
      ("STR-10", book(sheet("<c r=\"B2\"><v>1990</v></c>", row: " hidden=\"1\""))),
      (
        "STR-11",
        book(sheet("<c r=\"B2\"><v>1990</v></c>", behind: "<mergeCells><mergeCell ref=\"D2:D3\"/></mergeCells>"))
      ),
      ("TYP-06", book(sheet(text("B2", "1990"), third: "<c r=\"B3\"><v>1991</v></c>"))),
      ("TYP-07", book(sheet("<c r=\"D2\" s=\"2\"><v>42</v></c>"))),
      ("TYP-10", book(sheet("<c r=\"B2\" t=\"e\"><v>#REF!</v></c>"))),
      ("TYP-11", ["job.xlsx": WorkbookFixture(job, styles: styles).data]),
      ("TYP-12", book(sheet("<c r=\"C2\" s=\"1\"><v>44652.6</v></c>"))),
    ]
  }()

  @Test(arguments: single.indices) func checkFindsIt(_ place: Int) throws {
    let (code, files) = Self.single[place]
    try CheckedProgramme.inWorkspace { programme in
      let run = try programme.check(files, "--format", "json")
      #expect(try CheckedProgramme.codes(run).contains(code), "\(code): \(run.output.prefix(900)) \(run.errors)")
    }
  }

  /// Codes that need more than one return or a file of an odd size: ``FindingsOfTheWholeTests`` has
  /// them, and `TrustTests` somebody who was erased.
  static let elsewhere: Set = [
    "FIL-02", "FIL-06", "FIL-07", "KEY-04", "KEY-05", "KEY-06", "HIS-01", "HIS-02", "HIS-03", "HIS-04", "HIS-05",
    "CMP-01",
    "CMP-02", "CMP-03", "CMP-04", "PLA-03", "PLA-04",
  ]

  @Test func everyCodeOfAFindingIsAmongThem() throws {
    let run = try Meedoen.run("explain", "no-such-code", "--lang", "en")
    let families: Set = ["FIL", "STR", "TYP", "VAL", "KEY", "DAT", "CON", "HIS", "CMP", "PLA", "PAY", "PRI"]
    let codes = Set(run.errors.matches(of: #/[A-Z]{3}-[0-9]{2}/#).map { String($0.output) })
      .filter { families.contains(String($0.prefix(3))) }
    let here = Set(Self.single.map(\.code))
    // Files that cannot be written are no findings.
    #expect(codes.subtracting(here).subtracting(Self.elsewhere) == ["FIL-15", "FIL-16"])
    #expect(here.isDisjoint(with: Self.elsewhere) && here.union(Self.elsewhere).isSubset(of: codes))
    for code in codes {
      for language in ["en", "nl"] {
        let page = try Meedoen.run("explain", code, "--lang", language)
        #expect(page.status == 0 && page.output.contains(code))
      }
    }
  }
}
