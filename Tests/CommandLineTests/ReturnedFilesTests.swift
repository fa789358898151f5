import Foundation
import TestSupport
import Testing

/// `check` and `submit` write files for the sender. All people are invented.
@Suite struct ReturnedFileCommandTests {
  static let canary = "Zq9Canary"
  static let people = """
    person,given-name,birth-year,sex,origin,ground
    W-1,\(canary),1990,woman,SY,asylum
    \(canary)-2,\(canary),19x0,woman,SY,asylum
    W-3,\(canary),1985,mann,SY,asylum

    """

  func inFolder(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Data(Self.people.utf8).write(to: folder.appendingPathComponent("person.csv"))
      try body(folder)
    }
  }

  @Test func checkWritesAllFourAndNamesThem() throws {
    try inFolder { folder in
      let run = try Meedoen.run(
        "check", "person.csv", "--model", "municipality", "--lang", "en", "--annotate", "back", "--held",
        "back/held.csv", "--csv", "back/findings.csv", "--html", "back/check.html", in: folder)
      #expect(run.status == 1)
      for name in ["person-checked.xlsx", "held.csv", "findings.csv", "check.html"] {
        #expect(run.errors.contains("Written: back/\(name)"))
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("back/\(name)").path))
      }
      let page = try String(contentsOf: folder.appendingPathComponent("back/check.html"), encoding: .utf8)
      #expect(page.contains("<h1>1 of 3 rows can be taken in.</h1>") && page.contains("href=\"person-checked.xlsx\""))
      #expect(page.contains("Did you mean “man”?") && !page.contains("<script") && !page.contains(Self.canary))
      let findings = try String(contentsOf: folder.appendingPathComponent("back/findings.csv"), encoding: .utf8)
      #expect(findings.contains("TYP-09") && !findings.contains(Self.canary))
      // The held rows are the sender's own, mended here and checked again.
      let held = try String(contentsOf: folder.appendingPathComponent("back/held.csv"), encoding: .utf8)
      #expect(held.contains("\(Self.canary)-2"))
      let mended = held.replacingOccurrences(of: "19x0", with: "1990").replacingOccurrences(of: "mann", with: "man")
      try Data(mended.utf8).write(to: folder.appendingPathComponent("again.csv"))
      let again = try Meedoen.run("check", "again.csv", "--model", "municipality", "--lang", "en", in: folder)
      #expect(again.status == 0 && again.output.hasPrefix("All 2 rows can be taken in."), "\(again.output)")
      // So is the annotated workbook, which says the same as the file.
      let same = try Meedoen.run(
        "check", "back/person-checked.xlsx", "--model", "municipality", "--lang", "en", in: folder)
      #expect(same.status == 1 && same.output.hasPrefix("1 of 3 rows can be taken in."))
      #expect(!same.output.contains("STR-02"))
    }
  }

  @Test func jsonNamesTheFilesAndStandardOutputStaysClean() throws {
    try inFolder { folder in
      let run = try Meedoen.run(
        "check", "person.csv", "--model", "municipality", "--format", "json", "--html", "check.html", in: folder)
      let written = try #require(try run.json()["written"] as? [[String: String]])
      #expect(written == [["kind": "page", "path": "check.html"]])
    }
  }

  @Test func whatWasSentIsNeverWrittenOver() throws {
    try inFolder { folder in
      let run = try Meedoen.run(
        "check", "person.csv", "--model", "municipality", "--lang", "en", "--held", "./person.csv", in: folder)
      #expect(run.status == 64 && run.errors.contains("WSP-31"))
      #expect(try Data(contentsOf: folder.appendingPathComponent("person.csv")) == Data(Self.people.utf8))
    }
  }

  @Test func heldRowsOfTwoTablesNeedAWorkbook() throws {
    try inFolder { folder in
      let settlement = "person,settled-on\nW-1,notaday\n"
      try Data(settlement.utf8).write(to: folder.appendingPathComponent("settlement.csv"))
      let refused = try Meedoen.run(
        "check", "person.csv", "settlement.csv", "--model", "municipality", "--lang", "nl", "--held", "held.csv",
        in: folder)
      #expect(
        refused.status == 64 && refused.errors.contains("WSP-30") && refused.errors.contains("person, settlement"))
      let run = try Meedoen.run(
        "check", "person.csv", "settlement.csv", "--model", "municipality", "--lang", "nl", "--held", "held.xlsx",
        in: folder)
      #expect(run.status == 1 && run.errors.contains("Geschreven: held.xlsx"))
    }
  }

  @Test func submitWritesThemTooAndSaysWhatChanged() throws {
    try inFolder { folder in
      #expect(try Meedoen.run("new", "w", "--model", "municipality", in: folder).status == 0)
      let arguments = [
        "submit", "person.csv", "--provider", "oost", "--period", "2016-03", "--workspace", "w", "--lang", "en",
        "--html", "page.html", "--held", "held.xlsx",
      ]
      let run = try Meedoen.run(arguments: arguments, in: folder)
      #expect(run.status == 1 && run.errors.contains("Written: held.xlsx"), "\(run.errors)")
      let page = try String(contentsOf: folder.appendingPathComponent("page.html"), encoding: .utf8)
      #expect(page.contains("What changes") && page.contains("<dt>New rows</dt><dd>1</dd>"))
      let again = try Meedoen.run(arguments: arguments, in: folder)
      #expect(again.status == 0 && again.errors.contains("received before"))
      // The held rows as they were given back, unmended, are held again; nothing is said of what was added.
      let held = try Meedoen.run(
        "submit", "held.xlsx", "--provider", "oost", "--period", "2016-03", "--workspace", "w", "--lang", "en",
        in: folder)
      #expect(held.status == 1 && held.output.contains("0 of 2 rows taken in") && !held.output.contains("STR-02"))
    }
  }

  @Test func aPageOfManyMistakesCountsAllAndListsSome() throws {
    try withTemporaryFolder { folder in
      let rows = (1...1200).map { "W-\($0),19x0,woman,SY,asylum\n" }.joined()
      try Data(("person,birth-year,sex,origin,ground\n" + rows).utf8).write(
        to: folder.appendingPathComponent("person.csv"))
      _ = try Meedoen.run(
        "check", "person.csv", "--model", "municipality", "--lang", "en", "--html", "check.html", in: folder)
      let page = try String(contentsOf: folder.appendingPathComponent("check.html"), encoding: .utf8)
      #expect(page.contains("Shown here are 500 of 1,200") && page.contains("1,200 ×"))
      #expect(page.components(separatedBy: "<tr><td>").count == 501)
    }
  }
}
