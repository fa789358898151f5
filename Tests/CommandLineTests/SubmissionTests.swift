import Foundation
import TestSupport
import Testing

/// What `submit` says when things go otherwise, and what can be seen of it afterwards.
@Suite struct SubmissionTests {
  /// A workspace `w`, and two folders of returns `returns/a` and `returns/b`, one row of each held.
  func withReturns(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (name, provider, day) in [("a", "entree", "2016-04-11"), ("b", "taalschool", "2016-04-12")] {
        let place = folder.appendingPathComponent("returns/\(name)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data(
          "person;birth-year;sex;origin;ground\n\(name)-1;1990;woman;SY;asylum\n\(name)-2;1985;mann;SY;asylum\n".utf8
        ).write(to: place.appendingPathComponent("person.csv"))
        try Data("meedoen: return/1\nprovider: \(provider)\nperiod: 2016-03\nsent-on: \(day)\n".utf8).write(
          to: place.appendingPathComponent("return.yml"))
      }
      #expect(try Meedoen.run("new", "w", "--model", "municipality", in: folder).status == 0)
      try body(folder)
    }
  }

  @Test func anErrorKeepsWhatWasDoneBeforeIt() throws {
    try withReturns { folder in
      try Data("%PDF-1.7".utf8).write(to: folder.appendingPathComponent("returns/b/person.csv"))
      let run = try Meedoen.run("submit", "returns", "-w", "w", "--format", "json", "--lang", "en", in: folder)
      #expect(run.status == 2)
      let error = try run.json()
      #expect(error["schema"] as? String == "meedoen-error/1" && error["code"] as? String == "FIL-03")
      let returns = try #require(error["returns"] as? [[String: Any]])
      #expect(returns.map { $0["provider"] as? String } == ["entree"])
      #expect(returns.first?["schema"] as? String == "meedoen-submitted-return/1")
      let text = try Meedoen.run("submit", "returns", "-w", "w", "--lang", "nl", in: folder)
      #expect(text.status == 2 && text.errors.contains("meedoen: FIL-03: "))
      #expect(text.output.contains("1 aanlevering, eerder ontvangen: er verandert niets."))
    }
  }

  @Test func theClosingLineSaysWhenEverythingWasReceivedBefore() throws {
    try withReturns { folder in
      let first = try Meedoen.run("submit", "returns", "-w", "w", "--lang", "en", in: folder)
      #expect(first.output.contains("2 returns: 2 of 4 rows taken in, 2 held."))
      let second = try Meedoen.run("submit", "returns", "-w", "w", "--lang", "en", in: folder)
      #expect(second.status == 0 && second.output.contains("2 returns, received before: nothing changes."))
      let one = try Meedoen.run("submit", "returns/a", "-w", "w", "--lang", "en", in: folder)
      #expect(one.output.contains("1 return, received before"))
    }
  }

  @Test func heldRowsCanBeSeenWithTheirPlaceAndCodes() throws {
    try withReturns { folder in
      try Meedoen.run("submit", "returns", "-w", "w", in: folder)
      let text = try Meedoen.run("submissions", "--held", "-w", "w", "--lang", "en", in: folder)
      #expect(text.output.split(separator: "\n").count == 3)
      #expect(text.output.contains("person.csv") && text.output.contains("VAL-02"))
      let json = try Meedoen.run(
        "submissions", "--held", "--provider", "entree", "--period", "2016-03", "-w", "w", "--format", "json",
        in: folder
      ).json()
      let rows = try #require(json["rows"] as? [[String: Any]])
      #expect(json["schema"] as? String == "meedoen-held-rows/1" && rows.count == 1)
      #expect(rows.first?["row"] as? Int == 3 && rows.first?["codes"] as? [String] == ["VAL-02"])
      #expect(!text.output.contains("a-2"), "a person's number is never printed")
      let none = try Meedoen.run(
        "submissions", "--held", "--period", "2016-04", "-w", "w", "--lang", "en", in: folder)
      #expect(none.output.contains("No rows are held."))
    }
  }

  @Test func aNewProviderWithANameLikeAKnownOneHasToBeMeant() throws {
    try withReturns { folder in
      try Meedoen.run("submit", "returns", "-w", "w", in: folder)
      let arguments = [
        "submit", "returns/a/person.csv", "--provider", "Entree", "--period", "2016-03", "-w", "w", "--lang", "nl",
      ]
      let refused = try Meedoen.run(arguments: arguments, in: folder)
      #expect(refused.status == 2 && refused.errors.contains("WSP-07") && refused.errors.contains("“entree”"))
      #expect(try Meedoen.run(arguments: arguments + ["--new-provider"], in: folder).status == 1)
    }
  }

  @Test func namesOfFilesDoNotSteerTheTerminal() throws {
    try withReturns { folder in
      let name = "per\u{1B}[31mson\u{9B}.csv"
      try Data("person;birth-year\nx;19x0\n".utf8).write(to: folder.appendingPathComponent(name))
      for format in ["text", "json"] {
        let run = try Meedoen.run("check", name, "--model", "municipality", "--format", format, in: folder)
        let controls = (run.output + run.errors).unicodeScalars.filter {
          $0.properties.generalCategory == .control && $0 != "\n"
        }
        #expect(controls.isEmpty, "\(format)")
        #expect(run.output.contains("[31mson"), "\(format)")
      }
    }
  }

  @Test func controlCSaysWhatIsKeptAndTheCommandCanBeRunAgain() throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("simulate", "municipality", "--persons", "400", "--seed", "5", "--output", "data", in: folder)
      try Meedoen.run("new", "w", "--model", "municipality", "--synthetic", in: folder)
      let arguments = ["submit", "data/returns", "--workspace", "w", "--lang", "nl"]
      // Where the tests run in the background interruptions may be ignored, and the program would go on ignoring them.
      signal(SIGINT, SIG_DFL)
      let (process, output, errors) = Meedoen.process(arguments, in: folder)
      try process.run()
      let start = output.fileHandleForReading.availableData
      kill(process.processIdentifier, SIGINT)
      let rest = output.fileHandleForReading.readDataToEndOfFile()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      #expect(text.components(separatedBy: "gestopt").count == 2, "it is said once")
      let listed = String(decoding: start + rest, as: UTF8.self).split(separator: "\n").count { $0.hasPrefix("20") }
      let kept = try Meedoen.run("submissions", "--workspace", "w", "--format", "json", in: folder).json()
      #expect((kept["returns"] as? [Any])?.count ?? 0 >= listed && listed > 0)
      #expect(try Meedoen.run(arguments: arguments, in: folder).status == 1)
    }
  }
}
