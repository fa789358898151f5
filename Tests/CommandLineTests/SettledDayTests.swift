import Foundation
import TestSupport
import Testing

/// What was shown when a month was released or locked stays so, whatever is entered later. Everybody is invented.
@Suite struct SettledDayTests {
  /// A workspace `w` with returns of two providers about March 2016, released and locked on the first of May.
  func withLockedMarch(_ body: (SettledDayWorkspace) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let workspace = SettledDayWorkspace(folder: folder)
      try Meedoen.run("new", "w", "--model", "municipality", in: folder)
      #expect(try workspace.submit("a.csv", ["A-1", "A-2"], "entree", "2016-03", "2016-04-11").status == 0)
      #expect(try workspace.submit("b.csv", ["B-1"], "taalschool", "2016-03", "2016-04-12").status == 0)
      #expect(try workspace.run("cycle", "release", "2016-03", "--by", "W", "--on", "2016-05-01").status == 0)
      #expect(try workspace.run("cycle", "lock", "2016-03", "--by", "W", "--on", "2016-05-01").status == 0)
      try body(workspace)
    }
  }

  @Test func nothingEnteredLaterChangesWhatWasKnownWhenAMonthWasLocked() throws {
    try withLockedMarch { workspace in
      let before = try workspace.known("2016-05-01")
      let status = try workspace.run("cycle", "status", "--on", "2016-05-02", "--format", "json").output
      let ids = try workspace.returns()
      let person = try workspace.person(of: ids[0])
      let by = ["--by", "J. Bakker", "--on", "2016-04-20"]
      let attempts: [[String]] = [
        ["submission", "withdraw", ids[0], "--reason", "wrong-file"] + by,
        ["submission", "sign", ids[0]] + by,
        ["submission", "answer", person, "--provider", "entree", "--answer", "entered-in-error", "--reason", "other"]
          + ["--note", "mistaken"] + by,
        ["submission", "correct", person, "--record", "person", "--field", "birth-year", "--value", "1991", "--reason"]
          + ["typing-error"] + by,
        ["link", "merge", person, try workspace.person(of: ids[1]), "--reason", "same"] + by,
      ]
      for attempt in attempts {
        let english = try workspace.run(arguments: attempt + ["--lang", "en"])
        #expect(english.status == 6, "\(attempt): \(english.errors)")
        #expect(english.errors.contains("CYC-09: --on: 2016-04-20 is too early: 2016-03 was locked on 2016-05-01"))
        let dutch = try workspace.run(arguments: attempt + ["--lang", "nl"])
        #expect(dutch.errors.contains("CYC-09: --on: 2016-04-20 is te vroeg: 2016-03 is afgesloten op 2016-05-01"))
        let json = try workspace.run(arguments: attempt + ["--format", "json"]).json()
        #expect(json["code"] as? String == "CYC-09" && json["exitCode"] as? Int == 6)
      }
      let late = try workspace.submit("late.csv", ["C-1"], "entree", "2016-02", "2016-03-20", "--lang", "nl")
      #expect(late.status == 6 && late.errors.contains("late.csv, --received: 2016-03-20 is te vroeg"))
      #expect(try workspace.known("2016-05-01") == before)
      #expect(try workspace.run("cycle", "status", "--on", "2016-05-02", "--format", "json").output == status)
      #expect(try workspace.run("explain", "CYC-09", "--lang", "nl").output.contains("staat"))
      // From a later day it counts, and the day before keeps what it showed.
      let later = try workspace.submit("late.csv", ["C-1"], "entree", "2016-02", "2016-05-02")
      #expect(later.status == 0, "\(later.errors)")
      #expect(try workspace.known("2016-05-01") == before)
      #expect(try workspace.known("2016-05-02") != before)
    }
  }

  @Test func aLockAlsoStopsCorrectionsAndWithdrawalsUntilThePeriodIsOpenedAgain() throws {
    try withLockedMarch { workspace in
      let ids = try workspace.returns()
      let person = try workspace.person(of: ids[0])
      let withdraw = ["submission", "withdraw", ids[1], "--reason", "wrong-file", "--by", "J"]
      let correct = [
        "submission", "correct", person, "--record", "person", "--field", "birth-year", "--value", "1991", "--reason",
        "typing-error", "--by", "J",
      ]
      for attempt in [withdraw, correct, withdraw + ["--on", "2016-05-20"], correct + ["--on", "2016-05-20"]] {
        let refused = try workspace.run(arguments: attempt + ["--lang", "en"])
        #expect(refused.status == 6 && refused.errors.contains("CYC-02"), "\(attempt): \(refused.errors)")
        #expect(refused.errors.contains("cycle reopen 2016-03"))
      }
      let before = try workspace.known("2016-05-01")
      let reopen = try workspace.run(
        "cycle", "reopen", "2016-03", "--by", "W", "--on", "2016-06-01", "--until", "2016-06-30", "--reason", "years")
      #expect(reopen.status == 0)
      for attempt in [correct, withdraw] {
        let run = try workspace.run(arguments: attempt + ["--on", "2016-06-03"])
        #expect(run.status == 0, "\(run.errors)")
      }
      #expect(try workspace.known("2016-05-01") == before)
      let after = try workspace.run("register", "status", "--as-known-on", "2016-06-03", "--lang", "en").output
      #expect(after.contains("2 people"), "\(after)")
      let returns = try workspace.run("submissions", "--lang", "en").output
      #expect(returns.contains("correction") && returns.contains("withdrawn 2016-06-03"), "\(returns)")
      let decisions = try workspace.run("submission", "decisions", "--lang", "nl").output
      #expect(decisions.contains("2016-06-03  (ingevoerd 20"), "\(decisions)")
    }
  }

  @Test func theTrailSaysTheRealMomentWhoAndInWhatRoleBesideTheDayOfTheDecision() throws {
    try withLockedMarch { workspace in
      try workspace.run(
        "cycle", "reopen", "2016-03", "--by", "W", "--on", "2016-06-01", "--until", "2016-06-30", "--reason", "years",
        "--as", "Ada Bakker", "--role", "administrator")
      let ids = try workspace.returns()
      try workspace.run(
        "submission", "withdraw", ids[1], "--reason", "wrong-file", "--by", "J", "--on", "2016-06-03", "--as",
        "Ada Bakker", "--role", "data-officer")
      let first = try workspace.person(of: ids[0], 0)
      let second = try workspace.person(of: ids[0], 1)
      let link = try workspace.run(
        "link", "merge", first, second, "--reason", "same", "--by", "J", "--on", "2016-06-04", "--as", "Ada Bakker",
        "--role", "data-officer")
      #expect(link.status == 0, "\(link.errors)")
      let trail = try workspace.run("audit", "show", "--format", "json").json()
      let entries = try #require(trail["entries"] as? [[String: Any]])
      #expect(entries.allSatisfy { !(($0["at"] as? String) ?? "2016").hasPrefix("2016") }, "no invented moments")
      let last = entries.suffix(3)
      #expect(last.map { $0["day"] as? String } == ["2016-06-01", "2016-06-03", "2016-06-04"])
      #expect(last.allSatisfy { $0["actor"] as? String == "Ada Bakker" })
      #expect(last.map { $0["role"] as? String } == ["administrator", "data-officer", "data-officer"])
      #expect(try workspace.run("audit", "show", "--lang", "nl").output.contains("voor de dag"))
      #expect(try workspace.run("audit", "verify").status == 0)
    }
  }
}

/// A workspace on the disk, and what a user does with it.
struct SettledDayWorkspace {
  let folder: URL

  @discardableResult
  func run(_ arguments: String...) throws -> Meedoen.Run { try run(arguments: arguments) }

  @discardableResult
  func run(arguments: [String]) throws -> Meedoen.Run {
    try Meedoen.run(arguments: arguments + (arguments.first == "explain" ? [] : ["-w", "w"]), in: folder)
  }

  func submit(
    _ file: String, _ numbers: [String], _ provider: String, _ period: String, _ day: String, _ more: String...
  ) throws -> Meedoen.Run {
    let rows = ["person,birth-year,sex,origin,ground"] + numbers.map { "\($0),1990,woman,SY,asylum" }
    try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(file))
    return try run(
      arguments: ["submit", file, "--provider", provider, "--period", period, "--received", day] + more)
  }

  /// What the register says that it knew on a day.
  func known(_ day: String) throws -> String {
    try run("register", "status", "--as-known-on", day, "--format", "json").output
  }

  /// The first digits of the returns, in order.
  func returns() throws -> [String] {
    let list = try run("submissions", "--format", "json").json()
    return try #require(list["returns"] as? [[String: Any]]).map {
      String(($0["fingerprint"] as? String ?? "").prefix(12))
    }
  }

  /// The pseudonym of somebody in a return.
  func person(of fingerprint: String, _ place: Int = 0) throws -> String {
    let difference = try run("diff", fingerprint, "--format", "json").json()
    let rows = try #require(difference["rows"] as? [[String: Any]])
    return try #require(rows[place]["person"] as? String)
  }
}
