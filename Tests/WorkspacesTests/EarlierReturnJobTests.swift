import DataModels
import Foundation
import Primitives
import Submissions
import TestSupport
import Testing
import Workspaces

/// Returns that follow each other: what is new in them, what was seen before, and what was only copied.
@Suite struct EarlierReturnJobTests {
  let today = CalendarDate(iso: "2016-08-01")!

  func submit(_ workspace: Workspace, _ folder: URL, _ files: [String: String], _ period: String) throws -> CheckResult
  {
    let place = folder.appendingPathComponent("files-\(period)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: place.appendingPathComponent(name)) }
    let month = CalendarMonth(iso: period)!
    let request = SubmitRequest(
      paths: [place.path], provider: "Entree Noord", period: month,
      receivedOn: month.adding(months: 1).firstDay.adding(days: 10))
    var results: [SubmitResult] = []
    try workspace.submit(request, today: today, language: .english) { results.append($0) }
    return try #require(results.first?.check)
  }

  func withWorkspace(_ body: (Workspace, URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let workspace = try Workspace.create(
        in: folder.appendingPathComponent("w"), model: "municipality", title: nil
      ).workspace
      try body(workspace, folder)
    }
  }

  static let header = "person,birth-year,sex,origin,ground\n"

  @Test func aCauseSaysWhetherTheReturnBeforeHadIt() throws {
    try withWorkspace { workspace, folder in
      let march = try submit(
        workspace, folder,
        ["person.csv": Self.header + "W-1,19x0,woman,SY,asylum\nW-2,19x1,woman,SY,asylum\nW-3,1990,mann,SY,asylum\n"],
        "2016-03")
      #expect(march.causes.allSatisfy { $0.before == nil } && march.comparedWith == nil && march.solved == nil)
      let april = try submit(
        workspace, folder,
        ["person.csv": Self.header + "W-1,19x0,woman,SY,asylum\nW-4,1990,woman,SY,asylm\n"], "2016-04")
      let before = Dictionary(uniqueKeysWithValues: april.causes.map { ($0.field ?? "", $0.before) })
      #expect(before["birth-year"] == 2 && before["ground"] == 0)
      #expect(april.comparedWith?.iso == "2016-03" && april.solved == 1, "the sex of W-3 is not asked about again")
    }
  }

  @Test func aFileOfAnotherMonthIsAskedAbout() throws {
    try withWorkspace { workspace, folder in
      let text = Self.header + "W-1,1990,woman,SY,asylum\n"
      #expect(try submit(workspace, folder, ["person.csv": text], "2016-03").findings.isEmpty)
      let copied = try submit(workspace, folder, ["person.csv": text], "2016-04")
      #expect(copied.findings.map(\.code) == [.copyOfEarlier] && copied.verdict == .confirmationNeeded)
      #expect(copied.findings[0].message.contains("2016-03"))
    }
  }

  @Test func aFileThatCannotBeReadStandsInNobodysWay() throws {
    try withWorkspace { workspace, folder in
      let check = try submit(
        workspace, folder, ["person.csv": Self.header + "W-1,1990,woman,SY,asylum\n", "course.csv": "%PDF-1.7 x"],
        "2016-03")
      #expect(check.findings.map(\.code) == [.fileNoTable] && check.findings[0].file == "course.csv")
      #expect(check.verdict == .blocked && check.summary.accepted == 1)
    }
  }
}

/// The catalogue of codes as files.
@Suite struct FindingCatalogueTests {
  let files = Dictionary(uniqueKeysWithValues: FindingCatalogue().files)

  @Test func everyCodeHasAPageInBothLanguagesAndForms() {
    for code in explainedCodes {
      for name in ["\(code).html", "\(code).nl.html", "\(code).md", "\(code).nl.md"] {
        #expect(files[name]?.contains(code) == true, "\(name)")
      }
    }
    #expect(files.count == 4 * explainedCodes.count + 4)
  }

  @Test func linksLeadToPagesThatAreThere() {
    for (name, text) in files where name.hasSuffix(".html") {
      for match in text.matches(of: #/href="([^"]+)"/#) { #expect(files[String(match.1)] != nil, "\(name)") }
      #expect(!text.contains("<script") && !text.contains("http"), "\(name)")
    }
  }

  @Test func aPageSaysWhatHappensToTheRow() {
    #expect(files["VAL-02.html"]?.contains("the row is held until it is mended") == true)
    #expect(files["PRI-01.nl.html"]?.contains("de rij wordt opgenomen") == true)
    #expect(files["VAL-02.html"]?.contains("<code>meedoen model show MODEL LIST</code>") == true)
    #expect(files["index.nl.html"]?.contains("Resultaten die meetellen") == true)
  }
}

/// The list of what a check of returns has to know, which was drawn up from what ten other systems do and lack, against
/// our codes.
@Suite struct RequiredCodeTests {
  /// Each entry: what has to be found, and the code or codes that find it here.
  static let required: [(code: String, what: String, ours: [String])] = [
    ("FIL-01", "empty", ["FIL-01"]), ("FIL-02", "too large", ["FIL-02"]),
    ("FIL-03", "type or extension mismatch", ["FIL-03", "STR-15"]), ("FIL-04", "encrypted workbook", ["FIL-04"]),
    ("FIL-05", "encoding", ["FIL-05", "STR-15"]), ("FIL-06", "same bytes as an earlier upload", ["FIL-06"]),
    ("STR-01", "sheet missing", ["STR-01"]), ("STR-02", "unknown column", ["STR-02"]),
    ("STR-03", "missing column", ["STR-03"]), ("STR-04", "duplicate column", ["STR-04"]),
    ("STR-05", "blank header", ["STR-05"]), ("STR-06", "ragged row", ["STR-06"]), ("STR-07", "blank row", ["STR-07"]),
    ("STR-08", "title row above the header", ["STR-08"]), ("STR-09", "formula in a cell", ["STR-09"]),
    ("STR-10", "hidden sheet or rows with data", ["STR-10"]), ("STR-11", "merged cells", ["STR-11"]),
    ("TYP-01", "not a date", ["TYP-01"]), ("TYP-02", "ambiguous day and month", ["TYP-02"]),
    ("TYP-03", "Excel serial in text", ["TYP-03"]), ("TYP-04", "not an integer", ["TYP-04"]),
    ("TYP-05", "decimal comma", ["TYP-13"]), ("TYP-06", "number stored as text", ["TYP-06"]),
    ("TYP-07", "lost leading zeros", ["TYP-07"]), ("TYP-08", "list separator", ["VAL-02"]),
    ("VAL-01", "required blank", ["VAL-01"]), ("VAL-02", "not in the code list", ["VAL-02"]),
    ("VAL-03", "pattern", ["VAL-03"]), ("VAL-04", "range", ["VAL-04"]), ("VAL-05", "too long", ["VAL-05"]),
    ("VAL-06", "whitespace or look-alike letters", ["VAL-06", "VAL-08"]),
    ("VAL-07", "stand-in for unknown", ["VAL-07"]), ("KEY-01", "duplicate key in the file", ["KEY-01"]),
    ("KEY-02", "orphan", ["KEY-02"]), ("KEY-03", "key changed since last month", ["KEY-04", "KEY-05"]),
    ("KEY-04", "likely the same person under two ids", ["KEY-04"]),
    ("KEY-05", "person missing who was present before", ["KEY-05"]), ("DAT-01", "future", ["DAT-01"]),
    ("DAT-02", "outside the contract", ["DAT-02"]), ("DAT-03", "before a required event", ["DAT-03"]),
    ("DAT-04", "before the year of birth", ["DAT-04"]), ("DAT-05", "implausible gap", ["DAT-05"]),
    ("DAT-06", "month precision only", ["TYP-01"]), ("CON-01", "required if", ["CON-01"]),
    ("CON-02", "must be blank if", ["CON-02"]), ("CON-03", "count of items", ["CON-03"]),
    ("CON-04", "mutually exclusive outcomes", ["CON-05", "CON-02"]),
    ("HIS-01", "reverses an outcome already paid", ["HIS-01"]), ("HIS-02", "changes a frozen period", ["HIS-02"]),
    ("HIS-03", "value flips back", ["HIS-03"]), ("HIS-04", "stock is not opening + in − out", ["HIS-04"]),
    ("CMP-01", "baseline overdue", ["CMP-01"]), ("CMP-02", "no activity for n months", ["CMP-02"]),
    ("CMP-03", "field fill rate fell", ["CMP-03"]), ("CMP-04", "file not received", ["CMP-04"]),
    ("PLA-01", "outlier", ["PLA-01"]), ("PLA-02", "heaping", ["PLA-02"]), ("PLA-03", "copy of last month", ["PLA-03"]),
    ("PLA-04", "share differs from peers", ["PLA-04"]), ("PAY-01", "evidence missing", ["PAY-01"]),
    ("PAY-02", "outcome not in the contract", ["PAY-02", "DAT-02"]), ("PAY-03", "cap reached", ["PAY-03"]),
    ("PAY-04", "prerequisite missing", ["PAY-04"]),
    ("PRI-01", "name, e-mail, telephone or citizen's number in free text", ["PRI-01"]),
    ("PRI-02", "personal data in a column outside the model", ["PRI-02"]),
    ("PRI-03", "special category of data", ["PRI-03"]),
  ]

  @Test func everythingThatHasToBeFoundHasACodeWithAPageAndAnExample() {
    #expect(Self.required.count == 66)
    for entry in Self.required {
      for code in entry.ours {
        #expect(FindingCode(rawValue: code) != nil, "\(entry.code): \(entry.what)")
        #expect(explanation(of: code) != nil && example(of: code) != nil, "\(code)")
      }
    }
  }

  @Test func everyCodeOfAFindingHasAnExampleInBothLanguagesOnItsPage() {
    let files = Dictionary(uniqueKeysWithValues: FindingCatalogue().files)
    for code in FindingCode.allCases {
      let example = code.example
      #expect(!example.english.isEmpty && !example[.dutch].isEmpty)
      #expect(files["\(code.rawValue).md"]?.contains("For example: \(example.english)") == true, "\(code.rawValue)")
      #expect(files["\(code.rawValue).nl.md"]?.contains("Bijvoorbeeld: \(example[.dutch])") == true, "\(code.rawValue)")
    }
  }
}
