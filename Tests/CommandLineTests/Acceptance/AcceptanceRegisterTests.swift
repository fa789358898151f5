import Foundation
import Primitives
import TableFiles
import Testing
import Workspaces

/// The acceptance tests about what becomes of returns: T1, T10 to T13, T15 and T16, with the program as a user has it.
/// The list of all is in Documentation/AcceptanceTests.md.
@Suite struct AcceptanceRegisterTests {
  static let march = [
    "p1,Utrecht,8,2016-03-01,NA,5-11", "p2,Delft,12.5,2016-03-02,NO,0-4", "p3,Gouda,20,2016-03-03,SY,5-11",
  ]

  @Test("T1: the same file twice changes nothing")
  func theSameFileTwice() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: Self.march)
      #expect(try work.submit("a.csv").status == 0)
      let (before, returns) = (try work.fingerprint(), try work.returns())
      let again = try work.submit("a.csv")
      #expect(again.status == 0 && again.output.contains("received before, nothing changes"), "\(again.output)")
      #expect(try work.fingerprint() == before)
      #expect(try work.returns().count == returns.count)
      let trail = try work.run("audit", "show", "-w", "w", "--format", "json").json()
      let actions = try #require(trail["entries"] as? [[String: Any]]).compactMap { $0["action"] as? String }
      #expect(actions.suffix(2) == ["return-taken-in", "return-received-again"])
      // Under another name, which may say of which record a table is, it is another return that says the same.
      try work.write("renamed.csv", rows: Self.march)
      #expect(try work.submit("renamed.csv", "--dry-run").output.contains("No data changes"))
      #expect(try work.submit("renamed.csv").status == 0)
      #expect(try work.fingerprint() == before)
      #expect(try work.run("audit", "verify", "-w", "w").status == 0)
    }
  }

  @Test("T10: correcting one row leaves the others untouched")
  func oneRowIsCorrected() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: Self.march.dropLast() + ["p3,Gouda,20,2016-03-33,SY,5-11"])
      #expect(try work.submit("a.csv", "--held", "held.csv").status == 1)
      #expect(try work.rows().count == 2)
      try work.write("mended.csv", work.read("held.csv").replacingOccurrences(of: "2016-03-33", with: "2016-03-03"))
      let dry = try work.submit("mended.csv", "--dry-run")
      #expect(dry.output.contains("1 row new") && dry.output.contains("0 rows changed"), "\(dry.output)")
      #expect(try work.submit("mended.csv").status == 0)
      let rows = Self.march.map { String($0.dropFirst(3)) }.sorted()
      #expect(try work.rows() == rows)
      // A row that was taken in is corrected by sending it again.
      try work.write("again.csv", rows: Self.march.prefix(2) + ["p3,Gouda,24,2016-03-03,SY,5-11"])
      let change = try work.submit("again.csv", "--dry-run").output
      #expect(change.contains("0 rows new, 1 row changed (1 cell), 2 rows unchanged") && change.contains("20 → 24"))
      #expect(try work.submit("again.csv").status == 0)
      #expect(try work.rows() == rows.map { $0.replacingOccurrences(of: "Gouda,20", with: "Gouda,24") })
    }
  }

  @Test("T11: the annotated workbook can be sent back as it is")
  func theAnnotatedWorkbookComesBack() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: Self.march + ["p4,Hoorn,8,2016-03-04,ZZ,5-11"])
      #expect(try work.submit("a.csv", "--annotate", "back").status == 1)
      let (before, codes) = (try work.fingerprint(), try work.codes("a.csv"))
      #expect(codes == ["VAL-02 E5"])
      let book = "back/a-checked.xlsx"
      #expect(try work.codes(book).filter { !$0.hasPrefix("STR-") } == codes)
      let dry = try work.submit(book, "--dry-run")
      #expect(dry.output.contains("3 of 4 rows") && dry.output.contains("No data changes"), "\(dry.output)")
      #expect(!dry.output.contains("STR-02"), "what was added is known as added")
      #expect(try work.submit(book).status == 1)
      #expect(try work.fingerprint() == before)
    }
  }

  @Test("T12: a person who is no longer sent is asked about and stays")
  func aPersonVanishes() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("march.csv", rows: Self.march)
      try work.write("april.csv", rows: Array(Self.march.prefix(2)))
      #expect(try work.submit("march.csv").status == 0)
      #expect(try work.submit("april.csv", month: 4, "--dry-run").output.contains("1 row no longer sent"))
      #expect(try work.submit("april.csv", month: 4).status == 0)
      let missing = try work.run(
        "submission", "missing", try work.latest(), "--numbers", "-w", "w", "--format", "json"
      ).json()
      let people = try #require(missing["people"] as? [[String: Any]])
      #expect(people.compactMap { $0["number"] as? String } == ["p3"])
      #expect(try work.register()["people"] as? Int == 3, "nobody goes in silence")
      let answer = try work.run(
        "submission", "answer", try #require(people.first?["person"] as? String), "--provider", "entree", "--answer",
        "entered-in-error", "--reason", "never-took-part", "--by", "Bo", "--on", "2016-05-11", "-w", "w")
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(try work.register()["people"] as? Int == 2)
      #expect(try work.register(asKnownOn: "2016-05-10")["people"] as? Int == 3, "the past stays as it was known")
    }
  }

  @Test("T13: a rule that changes between two months judges the second only")
  func rulesChangeBetweenMonths() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("march.csv", rows: Self.march + ["p4,Hoorn,50,2016-03-04,SY,5-11"])
      #expect(try work.submit("march.csv").status == 0)
      let before = try work.fingerprint()
      let ranged = try work.read("w/models/jobs.yml")
        .replacingOccurrences(of: "version: \"1\"", with: "version: \"2\"")
        .replacingOccurrences(of: "{type: number, label", with: "{type: number, range: 0..40, label")
      try work.write("w/models/jobs.yml", ranged)
      #expect(try work.fingerprint() == before, "what was taken in under the old rule stays")
      #expect(try work.submit("march.csv").output.contains("received before, nothing changes"))
      try work.write("april.csv", rows: Self.march + ["p4,Hoorn,50,2016-03-04,SY,5-11"].map { $0 + " " })
      let april = try work.submit("april.csv", month: 4, "--format", "json")
      #expect(april.status == 1)
      let result = try #require((try april.json()["returns"] as? [[String: Any]])?.first)
      let check = try #require(result["check"] as? [String: Any])
      #expect((check["model"] as? [String: Any])?["version"] as? String == "2")
      let findings = try #require(check["findings"] as? [[String: Any]])
      #expect(findings.contains { $0["code"] as? String == "VAL-04" && $0["cell"] as? String == "C5" })
      #expect(try work.rows().count == 4, "the row of March is still what is known")
      // A rule with a time of grace is milder for the months in it.
      let grace = ranged.replacingOccurrences(of: "0..40, label", with: "0..40, grace: {until: 2016-06}, label")
      try work.write("w/models/jobs.yml", grace.replacingOccurrences(of: "version: \"2\"", with: "version: \"3\""))
      #expect(try work.submit("april.csv", month: 5, "--dry-run").status == 0)
      #expect(try work.submit("april.csv", month: 7, "--dry-run").status == 1)
      #expect(try work.run("audit", "verify", "-w", "w").status == 0)
    }
  }

  @Test("T15: of two returns at one moment one is taken in and the other gets the difference")
  func twoAtOneMoment() throws {
    try AcceptanceWorkspace.make { work in
      let rivals = try (1...4).map { number in
        let rows = Self.march.dropLast() + ["p3,Gouda,2\(number),2016-03-03,SY,5-11"]
        try work.write("\(number).csv", rows: Array(rows))
        return Meedoen.process(
          work.submission("\(number).csv", month: 3) + ["--based-on", "nothing"], in: work.folder)
      }
      for (process, _, _) in rivals { try process.run() }
      let outputs = rivals.map { process, output, errors in
        let text = output.fileHandleForReading.readDataToEndOfFile()
        _ = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (status: process.terminationStatus, text: String(decoding: text, as: UTF8.self))
      }
      #expect(outputs.map(\.status).sorted() == [0, 1, 1, 1])
      let basis = try work.latest()
      let won = try #require(outputs.firstIndex { $0.status == 0 })
      for (number, lost) in outputs.enumerated() where number != won {
        #expect(lost.text.contains("DEC-04") && lost.text.contains("2\(won + 1) → 2\(number + 1)"), "\(lost.text)")
        #expect(lost.text.contains("--based-on \(basis)"))
      }
      #expect(try work.returns().count == 1)
      #expect(try work.rows().contains { $0.hasPrefix("Gouda,2\(won + 1),") })
      #expect(try work.run("audit", "verify", "-w", "w").status == 0)
      // Who has seen the difference may go on.
      let loser = try #require(outputs.indices.first { $0 != won })
      #expect(try work.submit("\(loser + 1).csv", "--based-on", basis).status == 0)
    }
  }

  /// The day it is where the test runs, as the program takes it.
  private var today: CalendarDate {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return CalendarDate(year: parts.year!, month: parts.month!, day: parts.day!)!
  }

  /// There is no server yet. What one would send is the result of the library, in the one form that results have as JSON:
  /// those bytes are held against what the program prints.
  @Test("T16: the program prints, byte for byte, the result of the library")
  func programAndLibraryAgree() throws {
    try AcceptanceWorkspace.make { work in
      try work.write("a.csv", rows: Self.march + ["p4,H\u{85}oorn \u{1F3E0},x,03/04/2026,ZZ,5-11"])
      for language in Language.allCases {
        let printed = try work.run(
          "check", "a.csv", "--model", "jobs.yml", "--format", "json", "--lang", language == .dutch ? "nl" : "en")
        let model = try ModelLibrary().find(work.folder.appendingPathComponent("jobs.yml").path).model
        let result = try checkFiles(
          [work.folder.appendingPathComponent("a.csv").path], model: model, language: language,
          receivedOn: today)
        #expect(printed.output == (try resultJSON(result)) + "\n")
      }
      #expect(try work.submit("a.csv").status == 1)
      let status = try work.run("register", "status", "-w", "w", "--format", "json", "--lang", "en")
      let workspace = try Workspace.open(work.folder.appendingPathComponent("w"))
      #expect(status.output == (try resultJSON(workspace.registerStatus(asKnownOn: nil))) + "\n")
    }
  }
}
