import Foundation
import TestSupport
import Testing

/// What a submission says of what it changed, and decisions that name people as people do. Everybody is invented.
@Suite struct NextStepTests {
  private let fixture = DecisionCommandTests()

  @Test func aSubmissionSaysWhatChangedAndWhatComesNext() throws {
    try fixture.withWorkspace { folder in
      let text =
        "person,birth-year,sex,origin,ground,own-remark\nP-1,1991,woman,SY,asylum,x\nP-3,19x9,man,AF,asylum,y\n"
      try Data(text.utf8).write(to: folder.appendingPathComponent("april.csv"))
      let run = try fixture.submit("april.csv", "2016-04", "2016-05-10", folder)
      let name = try fixture.latest(folder)
      #expect(
        run.output.contains(
          "Changes: 0 rows new, 1 row changed (1 cell), 0 rows unchanged, 1 row no longer sent. 1 person no longer in it."
        ), "\(run.output)")
      for command in [
        "meedoen submissions --held --provider 'entree' --period 2016-04 --workspace 'w'",
        "meedoen submission findings \(name) --open --workspace 'w'",
        "meedoen submission missing \(name) --numbers --workspace 'w'", "meedoen diff \(name) --workspace 'w'",
      ] {
        #expect(run.output.contains(command), "\(run.output)")
        // Each command that is named works as it is written.
        let words = command.replacingOccurrences(of: "'", with: "").split(separator: " ").dropFirst().map(String.init)
        #expect(try Meedoen.run(arguments: words, in: folder).status == 0, "\(command)")
      }
      try fixture.write("may.csv", ["P-1,1991,woman,SY,asylum", "P-3,19x9,man,AF,asylum"], folder)
      let dutch = try Meedoen.run(
        "submit", "may.csv", "--provider", "entree", "--period", "2016-05", "--received", "2016-06-10", "-w", "w",
        "--lang", "nl", in: folder)
      #expect(dutch.output.contains("Wat u nu kunt doen:") && dutch.output.contains("Eerder: 1 ×."), "\(dutch.output)")
    }
  }

  @Test func peopleAreNamedByNumber() throws {
    try fixture.withWorkspace { folder in
      try fixture.write("april.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try fixture.submit("april.csv", "2016-04", "2016-05-10", folder).status == 0)
      func correct(_ more: String...) throws -> Meedoen.Run {
        try Meedoen.run(
          arguments: ["submission", "correct"] + more + [
            "--record", "person", "--field", "sex", "--value", "other", "--reason", "wrong-code", "--by", "J. Bakker",
            "--on", "2016-05-20", "-w", "w", "--lang", "en",
          ], in: folder)
      }
      let done = try correct("--number", "P-1", "--provider", "entree")
      #expect(done.status == 0 && done.output.contains("Corrected: person.sex"), "\(done.errors)")
      #expect(try correct("--number", "P-1").status == 64, "whose number it is has to be said")
      #expect(try correct("P-1").errors.contains("a number is given with --number"))
      func answer(_ number: String, _ answer: String, _ reason: String) throws -> Meedoen.Run {
        try fixture.meedoen(
          "submission", "answer", "--number", number, "--provider", "entree", "--answer", answer, "--reason", reason,
          "--by",
          "J. Bakker", "--on", "2016-05-21", in: folder)
      }
      let refused = try answer("P-2", "left", "entered-twice")
      #expect(refused.status == 64 && refused.errors.contains("moved-away") && !refused.errors.contains("left-out"))
      #expect(try answer("P-2", "left", "moved-away").status == 0)
      let odd = try answer("P-1", "left", "moved-away")
      #expect(odd.status == 0 && odd.errors.contains("nobody asked"), "\(odd.errors)")
      let list = try Meedoen.run("submission", "decisions", "-w", "w", "--lang", "nl", in: folder).output
      #expect(list.contains("vertrokken") && !list.contains("  left  "), "\(list)")
      let missing = try fixture.meedoen("submission", "missing", try secondReturn(folder), "--numbers", in: folder)
      #expect(missing.output.contains("P-2") && missing.output.contains("left"), "\(missing.output)")
    }
  }

  @Test func aConfirmationSaysOfWhichFindingAndADecisionThatDoesNotApplySaysSo() throws {
    try fixture.withWorkspace { folder in
      try Data("person,birth-year,sex,origin,ground,own-remark\nP-1,1990,woman,SY,asylum,x\n".utf8).write(
        to: folder.appendingPathComponent("april.csv"))
      #expect(try fixture.submit("april.csv", "2016-04", "2016-05-10", folder).status == 0)
      let name = try fixture.latest(folder)
      let done = try fixture.meedoen(
        "submission", "confirm", name, "--all", "--reason", "own-column", "--by", "J. Bakker", "--on", "2016-05-11",
        in: folder)
      #expect(done.output.contains("\(name)  finding 1  STR-02"), "\(done.output)")
      #expect(try fixture.meedoen("submission", "decisions", in: folder).output.contains("\(name)  finding 1"))
      func withdraw() throws -> Meedoen.Run {
        try fixture.meedoen(
          "submission", "withdraw", name, "--reason", "wrong-file", "--by", "J. Bakker", "--on", "2016-05-12",
          in: folder)
      }
      #expect(try withdraw().status == 0)
      let again = try withdraw()
      #expect(again.status == 6 && again.errors.contains("\(name) was withdrawn already"), "\(again.errors)")
    }
  }

  /// The first digits of the second return in the list.
  private func secondReturn(_ folder: URL) throws -> String {
    let list = try Meedoen.run("submissions", "-w", "w", "--format", "json", in: folder).json()
    let returns = try #require(list["returns"] as? [[String: Any]])
    let whole = returns.filter { $0["extent"] as? String == "whole" }
    return String(try #require(whole[1]["fingerprint"] as? String).prefix(8))
  }
}
