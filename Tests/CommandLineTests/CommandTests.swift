import Foundation
import TestSupport
import Testing

/// The commands as a person types them: what they print, and how they end.
@Suite struct CommandTests {
  /// A workspace with one small return on disk.
  func withReturn(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Data(
        """
        person;birth-year;sex;origin;ground
        W-1;1990;woman;SY;asylum
        W-2;19x0;woman;SY;asylum
        W-3;1985;mann;SY;asylum
        """.utf8
      ).write(to: folder.appendingPathComponent("person.csv"))
      try body(folder)
    }
  }

  @Test func checkingSaysWhatIsWrongWhereAndHowToMendIt() throws {
    try withReturn { folder in
      let run = try Meedoen.run("check", "person.csv", "--model", "municipality", "--lang", "en", in: folder)
      #expect(run.status == 1)
      #expect(run.output.contains("rows can be taken in"))
      #expect(run.output.contains("TYP-09") && run.output.contains("person.csv B3"))
      #expect(run.output.contains("VAL-02") && run.output.contains("“man”"))
      let dutch = try Meedoen.run("check", "person.csv", "--model", "municipality", "--lang", "nl", in: folder)
      #expect(dutch.output.contains("1 van 3 rijen kan worden opgenomen"))
      let json = try Meedoen.run("check", "person.csv", "--model", "municipality", "--format", "json", in: folder)
      let value = try json.json()
      #expect(value["schema"] as? String == "meedoen-check/1")
      #expect(value["verdict"] as? String == "partly-held")
      let findings = try #require(value["findings"] as? [[String: Any]])
      #expect(findings.contains { $0["cell"] as? String == "C4" && $0["value"] as? String == "mann" })
      #expect(!json.output.contains("W-2"), "a person's number is never printed")
    }
  }

  @Test func exitCodesTellTheKindOfFailure() throws {
    try withReturn { folder in
      func status(_ arguments: String...) throws -> Int32 {
        let (process, _, _) = Meedoen.process(arguments, in: folder)
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
      }
      #expect(try status("check", "nowhere.csv", "--model", "municipality") == 2)
      try Data([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31, 0x2E, 0x37]).write(to: folder.appendingPathComponent("a.pdf"))
      #expect(try status("check", "a.pdf", "--model", "municipality") == 2)
      #expect(try status("check", "person.csv", "--model", "municipalty") == 3)
      try Data("meedoen: data-model/1\nid: 5\n".utf8).write(to: folder.appendingPathComponent("wrong.yml"))
      #expect(try status("model", "check", "wrong.yml") == 3)
      #expect(try status("submissions") == 5)
      #expect(try status("check") == 64)
      #expect(try status("check", "person.csv", "--modell", "x") == 64)
      #expect(try status("explain", "VAL-99") == 64)
      #expect(try status("model", "list") == 0)
      #expect(try status("new", "w", "--model", "municipality") == 0)
      #expect(try status("new", "w", "--model", "municipality") == 5)
      try Data("meedoen: study-plan/1\nid: x\n".utf8).write(to: folder.appendingPathComponent("plan.yml"))
      #expect(try status("study", "run", "plan.yml", "--workspace", "w") == 3)
      let plan = repository.appendingPathComponent("Examples/municipality/plan.yml").path
      #expect(try status("study", "run", plan, "--workspace", "w") == 4)
    }
  }

  @Test func aRefusedModelNamesFileLineAndColumn() throws {
    try withTemporaryFolder { folder in
      try Data("meedoen: data-model/1\nid: x\nversion: 1\ntitel: x\n".utf8).write(
        to: folder.appendingPathComponent("m.yml"))
      let run = try Meedoen.run("model", "check", "m.yml", in: folder)
      #expect(run.errors.contains("m.yml:4:1") && run.errors.contains("did you mean “title”"))
    }
  }

  @Test func aReturnGoesInOnceAndIsRememberedByDay() throws {
    try withReturn { folder in
      #expect(try Meedoen.run("new", "w", "--model", "municipality", in: folder).status == 0)
      let arguments = [
        "submit", "person.csv", "--provider", "a", "--period", "2016-03", "--received", "2016-04-12", "--workspace",
        "w", "--lang", "en",
      ]
      let dry = try run(arguments + ["--dry-run"], folder)
      #expect(dry.output.contains("only tried"))
      #expect(
        try Meedoen.run("submissions", "--workspace", "w", "--lang", "en", in: folder).output.contains(
          "Nothing was received"))
      let first = try run(arguments, folder)
      #expect(first.status == 1 && first.output.contains("1 of 3 rows taken in · 2 held"))
      let second = try run(arguments, folder)
      #expect(second.status == 0 && second.output.contains("received before, nothing changes"))
      let before = try Meedoen.run(
        "register", "status", "--workspace", "w", "--as-known-on", "2016-04-11", "--format", "json", in: folder)
      let after = try Meedoen.run("register", "status", "--workspace", "w", "--format", "json", in: folder)
      #expect(try before.json()["fingerprint"] as? String != after.json()["fingerprint"] as? String)
      let who = try run(["submit", "person.csv", "--workspace", "w"], folder)
      #expect(who.status == 2 && who.errors.contains("--provider"))
      let register = try Data(contentsOf: folder.appendingPathComponent("w/store/register.sqlite"))
      #expect(register.range(of: Data("W-1".utf8)) == nil, "the register holds pseudonyms only")
    }
  }

  func run(_ arguments: [String], _ folder: URL) throws -> Meedoen.Run {
    try Meedoen.run(arguments: arguments, in: folder)
  }

  @Test func modelsCanBeListedShownAndImported() throws {
    #expect(try Meedoen.run("model", "list", "--lang", "en").output.contains("rtof"))
    let record = try Meedoen.run("model", "show", "municipality", "activity", "--lang", "nl")
    #expect(record.output.contains("activity") && record.output.contains("verplicht"))
    #expect(try Meedoen.run("model", "show", "municipality", "activty").errors.contains("“activity”"))
    guard let folder = SharedMaterial.folder("rtof/model/v1.0.2") else { return }
    try withTemporaryFolder { temporary in
      let run = try Meedoen.run(
        "model", "import", folder.path, "--id", "rtof-2022", "--output", "m.yml", "--lang", "en", in: temporary)
      #expect(run.status == 0)
      #expect(run.errors.contains("date_of_birth") && run.errors.contains("integration_plan.yml"))
      #expect(try Meedoen.run("model", "check", "m.yml", in: temporary).status == 0)
    }
  }

  @Test func everyCommandHasHelpWithAnExample() throws {
    for command in [
      ["check"], ["submit"], ["submissions"], ["new"], ["register", "status"], ["model", "list"], ["model", "show"],
      ["model", "check"], ["model", "import"], ["study", "check"], ["study", "run"], ["simulate"], ["explain"],
      ["cycle", "status"], ["cycle", "page"], ["cycle", "chase"], ["cycle", "open"], ["cycle", "release"],
      ["cycle", "lock"], ["cycle", "reopen"], ["model", "diff"], ["model", "template"], ["model", "form"],
      ["model", "docs"],
    ] {
      let help = try run(command + ["--help"], repository)
      #expect(help.status == 0 && help.output.contains("xample"), "\(command)")
    }
  }

  @Test func codesAreExplainedInBothLanguages() throws {
    #expect(try Meedoen.run("explain", "val-02", "--lang", "en").output.contains("Not a code of the list"))
    #expect(try Meedoen.run("explain", "VAL-02", "--lang", "nl").output.contains("Geen code uit de lijst"))
  }
}
