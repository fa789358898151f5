import Foundation
import TestSupport
import Testing

/// Seeing what a return changes, and deciding about it, as a user does. Everybody in these tests is invented.
@Suite struct DecisionCommandTests {
  /// A workspace `w` whose returns hold everything, with a return about March: P-1 and P-2.
  func withWorkspace(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("new", "w", "--model", "municipality", in: folder)
      let model = folder.appendingPathComponent("w/models/municipality.yml")
      let text = try String(contentsOf: model, encoding: .utf8)
      try Data(text.replacingOccurrences(of: "returns-hold: changes", with: "returns-hold: everything").utf8).write(
        to: model)
      try write("march.csv", ["P-1,1990,woman,SY,asylum", "P-2,1985,man,ER,asylum"], folder)
      #expect(try submit("march.csv", "2016-03", "2016-04-11", folder).status == 0)
      try body(folder)
    }
  }

  func write(_ name: String, _ rows: [String], _ folder: URL) throws {
    let text = (["person,birth-year,sex,origin,ground"] + rows).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  func submit(
    _ file: String, _ period: String, _ day: String, _ folder: URL, _ more: String...
  ) throws -> Meedoen.Run {
    try Meedoen.run(
      arguments: [
        "submit", file, "--provider", "entree", "--period", period, "--received", day, "-w", "w", "--lang", "en",
      ] + more, in: folder)
  }

  func meedoen(_ arguments: String..., in folder: URL) throws -> Meedoen.Run {
    try Meedoen.run(arguments: arguments + ["-w", "w", "--lang", "en"], in: folder)
  }

  /// The first digits of the latest return.
  func latest(_ folder: URL) throws -> String {
    let list = try Meedoen.run("submissions", "-w", "w", "--format", "json", in: folder).json()
    let returns = try #require(list["returns"] as? [[String: Any]])
    return String(try #require(returns.last?["fingerprint"] as? String).prefix(8))
  }

  @Test func aDryRunShowsEachChangedCellAndTheEffectAndKeepsNothing() throws {
    try withWorkspace { folder in
      try write("april.csv", ["P-1,1991,woman,SY,asylum", "P-3,1999,man,AF,asylum"], folder)
      let plan = repositoryPlan
      let run = try submit("april.csv", "2016-04", "2016-05-10", folder, "--dry-run", "--effect", plan)
      #expect(run.status == 0, "\(run.errors)")
      #expect(
        run.output.contains("Changes: 1 row new, 1 row changed (1 cell), 0 rows unchanged, 1 row no longer sent."))
      #expect(run.output.contains("birth-year: 1990 → 1991"))
      #expect(run.output.contains("Effect on") && run.output.contains("--based-on nothing"))
      #expect(!run.output.contains("P-1"), "numbers are shown only when they are asked for")
      let named = try submit("april.csv", "2016-04", "2016-05-10", folder, "--dry-run", "--numbers")
      #expect(named.output.contains("person · P-1"))
      let json = try submit(
        "april.csv", "2016-04", "2016-05-10", folder, "--dry-run", "--effect", plan, "--format", "json"
      ).json()
      let result = try #require((json["returns"] as? [[String: Any]])?.first)
      let comparison = try #require(result["comparison"] as? [String: Any])
      #expect(comparison["schema"] as? String == "meedoen-diff/1" && comparison["changedCells"] as? Int == 1)
      #expect((result["effects"] as? [[String: Any]])?.count == 1)
      let list = try meedoen("submissions", "--format", "json", in: folder).json()
      #expect((list["returns"] as? [Any])?.count == 1)
    }
  }

  var repositoryPlan: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Examples/municipality/plan.yml").path
  }

  @Test func theSameContentsInOtherBytesAreSaidToBeNoChange() throws {
    try withWorkspace { folder in
      try write("again.csv", ["P-2,1985,man,ER,asylum", "P-1,1990,woman,SY,asylum"], folder)
      let run = try submit("again.csv", "2016-03", "2016-04-12", folder, "--dry-run")
      #expect(run.output.contains("No data changes"))
      #expect(try submit("again.csv", "2016-03", "2016-04-12", folder).status == 0)
      #expect(try meedoen("diff", try latest(folder), in: folder).output.contains("No data changes"))
    }
  }

  @Test func ofTwoAtOneTimeOneWinsAndTheOtherGetsTheDifference() throws {
    try withWorkspace { folder in
      try write("mine.csv", ["P-1,1990,woman,SY,asylum"], folder)
      try write("theirs.csv", ["P-1,1992,woman,SY,asylum"], folder)
      #expect(try submit("theirs.csv", "2016-04", "2016-05-10", folder, "--based-on", "nothing").status == 0)
      let lost = try submit("mine.csv", "2016-04", "2016-05-10", folder, "--based-on", "nothing")
      #expect(lost.status == 1 && lost.output.contains("DEC-04") && lost.output.contains("birth-year: 1992 → 1990"))
      let basis = try latest(folder)
      #expect(lost.output.contains("--based-on \(basis)"))
      #expect(try submit("mine.csv", "2016-04", "2016-05-10", folder, "--based-on", basis).status == 0)
    }
  }

  @Test func missingPeopleAreAskedAboutAndReturnsWithdrawn() throws {
    try withWorkspace { folder in
      try write("april.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try submit("april.csv", "2016-04", "2016-05-10", folder, "--signed-by", "J. Bakker").status == 0)
      let april = try latest(folder)
      let list = try meedoen("submission", "missing", april, "--numbers", "--format", "json", in: folder).json()
      let people = try #require(list["people"] as? [[String: Any]])
      #expect(people.count == 1 && people[0]["number"] as? String == "P-2")
      let person = try #require(people[0]["person"] as? String)
      let refused = try meedoen(
        "submission", "answer", person, "--provider", "entree", "--answer", "left", "--by", "J. Bakker", "--on",
        "2016-05-11",
        in: folder)
      #expect(refused.status == 64 && refused.errors.contains("DEC-01") && refused.errors.contains("moved-away"))
      let answered = try meedoen(
        "submission", "answer", person, "--provider", "entree", "--answer", "entered-in-error", "--reason",
        "never-took-part", "--by", "J. Bakker", "--on", "2016-05-11", in: folder)
      #expect(answered.status == 0, "\(answered.errors)")
      #expect(try meedoen("register", "status", in: folder).output.contains("1 person"))
      #expect(
        try meedoen("register", "status", "--as-known-on", "2016-05-10", in: folder).output.contains("2 people"))
      let withdrawn = try meedoen(
        "submission", "withdraw", april, "--reason", "wrong-file", "--by", "J. Bakker", "--on", "2016-05-12", in: folder
      )
      #expect(withdrawn.status == 0)
      let submissions = try meedoen("submissions", in: folder).output
      #expect(submissions.contains("withdrawn 2016-05-12") && submissions.contains("signed by J. Bakker"))
      let again = try submit("april.csv", "2016-04", "2016-05-13", folder)
      #expect(again.output.contains("withdrawn on 2016-05-12"))
      let decisions = try meedoen("submission", "decisions", in: folder).output
      #expect(decisions.split(separator: "\n").count == 3)
      #expect(!decisions.contains("P-2"))
    }
  }

  @Test func oneCellIsPutRightUnderTheRulesOfAReturn() throws {
    try withWorkspace { folder in
      try write("april.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try submit("april.csv", "2016-04", "2016-05-10", folder).status == 0)
      let missing = try meedoen("submission", "missing", try latest(folder), "--format", "json", in: folder).json()
      let person = try #require((missing["people"] as? [[String: Any]])?.first?["person"] as? String)
      func correct(_ value: String, _ day: String) throws -> Meedoen.Run {
        try meedoen(
          "submission", "correct", person, "--record", "person", "--field", "sex", "--value", value, "--reason",
          "wrong-code", "--by", "J. Bakker", "--on", day, in: folder)
      }
      let held = try correct("mann", "2016-05-20")
      #expect(held.status == 1 && held.errors.contains("DEC-03") && held.errors.contains("VAL-02"))
      #expect(try correct("woman", "2016-04-10").status == 64, "before the return that it corrects")
      // To and fro on one day: the last counts.
      for value in ["woman", "other", "woman"] {
        let done = try correct(value, "2016-05-20")
        #expect(done.status == 0, "\(value) \(done.errors)")
      }
      let list = try meedoen("submissions", in: folder).output
      #expect(list.components(separatedBy: "correction of a cell").count == 4)
      try write("again.csv", ["P-2,1985,woman,ER,asylum"], folder)
      let check = try submit("again.csv", "2016-03", "2016-05-21", folder, "--dry-run")
      #expect(check.output.contains("Nothing that is known changes") || check.output.contains("1 row unchanged"))
    }
  }

  @Test func aConfirmationIsShownNextMonthInsteadOfAsked() throws {
    try withWorkspace { folder in
      for (file, period, day) in [("april.csv", "2016-04", "2016-05-10"), ("may.csv", "2016-05", "2016-06-10")] {
        // A column of the sender's own is asked about; it stands elsewhere next month.
        let text =
          file == "april.csv"
          ? "person,birth-year,sex,origin,ground,own-remark\nP-1,1990,woman,SY,asylum,x\nP-2,1985,man,ER,asylum,\n"
          : "own-remark,person,birth-year,sex,origin,ground\ny,P-1,1990,woman,SY,asylum\n,P-2,1985,man,ER,asylum\n"
        try Data(text.utf8).write(to: folder.appendingPathComponent(file))
        let run = try submit(file, period, day, folder, "--format", "json").json()
        let result = try #require((run["returns"] as? [[String: Any]])?.first)
        let check = try #require(result["check"] as? [String: Any])
        let counts = try #require(check["counts"] as? [String: Int])
        #expect(counts["confirm"] == 1)
        if file == "april.csv" {
          let open = try meedoen("submission", "findings", try latest(folder), "--open", in: folder)
          #expect(open.output.contains("confirm"))
          let done = try meedoen(
            "submission", "confirm", try latest(folder), "--all", "--by", "J. Bakker", "--reason",
            "own-column", "--on", "2016-05-11", in: folder)
          #expect(done.status == 0, "\(done.errors)")
          let asked = try meedoen(
            "submission", "discuss", try latest(folder), "1", "--by", "funder", "--note", "Is it right?", "--on",
            "2016-05-12", in: folder)
          #expect(asked.status == 0, "\(asked.errors)")
        } else {
          #expect(check["confirmedBefore"] as? Int == counts["confirm"])
          #expect(check["verdict"] as? String == "accepted")
          let findings = try meedoen("submission", "findings", try latest(folder), in: folder).output
          #expect(findings.contains("a column of our own") && findings.contains("“Is it right?”"))
        }
      }
    }
  }
}
