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
