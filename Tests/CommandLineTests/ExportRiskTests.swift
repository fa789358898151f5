import Foundation
import TestSupport
import Testing

/// What is asked before records leave, what is written down when they do, and what others can do with them.
@Suite struct ExportRiskTests {
  private func withCourse(_ settings: String? = nil, _ body: (VersionedCourse) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder, workspace: settings)
      try course.submit("sep", "2016-09", "2016-10-10")
      try body(course)
    }
  }

  private func exports(_ course: VersionedCourse) throws -> [[String: Any]] {
    let trail = try course.meedoen("audit", "show", "--action", "records-exported", "--format", "json").json()
    return trail["entries"] as? [[String: Any]] ?? []
  }

  @Test func recordsInWhichPeopleCanBeRecognisedStayUntilSomebodySaysWhyTheyMayLeave() throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("new", "w", "--model", "municipality", in: folder)
      let rows = (0..<30).map { "K-\($0),\(1960 + $0),woman,SY,asylum\n" }.joined()
      try Data(("person,birth-year,sex,origin,ground\n" + rows).utf8).write(
        to: folder.appendingPathComponent("person.csv"))
      try Meedoen.run(
        "submit", "person.csv", "--provider", "entree", "--period", "2016-03", "--received", "2016-04-11", "-w", "w",
        in: folder)
      let export = ["export", "records", "--to", "csv", "--output", "out", "-w", "w"]
      let stopped = try Meedoen.run(arguments: export + ["--lang", "en"], in: folder)
      #expect(stopped.status == 1 && stopped.errors.contains("WSP-52") && stopped.errors.contains("30 of 30"))
      #expect(stopped.errors.contains("--accept-risk"))
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path))
      let dutch = try Meedoen.run(arguments: export + ["--lang", "nl", "--format", "json"], in: folder).json()
      #expect(dutch["code"] as? String == "WSP-52" && (dutch["message"] as? String)?.contains("te herkennen") == true)
      #expect(try Meedoen.run(arguments: export + ["--accept-risk", " "], in: folder).status == 64)
      let accepted = try Meedoen.run(
        arguments: export + [
          "--accept-risk", "agreement 12", "--recipient", "university", "--as", "Eva", "--format", "json",
        ],
        in: folder)
      let result = try accepted.json()
      #expect((result["risk"] as? [String: Any])?["smallestClass"] as? Int == 1)
      let trail = try Meedoen.run(
        "audit", "show", "--action", "records-exported", "-w", "w", "--format", "json", in: folder
      ).json()
      let entry = try #require((trail["entries"] as? [[String: Any]])?.first)
      #expect(entry["object"] as? String == "csv for university: 30 people, 30 rows, as known on 2016-04-11")
      #expect(entry["reason"] as? String == "risk accepted (k 1): agreement 12" && entry["actor"] as? String == "Eva")
      #expect((entry["after"] as? String)?.count == 64)
    }
  }

  @Test func thePolicyOfTheWorkspaceDecidesHowLargeGroupsAre() throws {
    try withCourse("recognition: {k: 61}\n") { course in
      let run = try course.meedoen("export", "records", "--to", "csv", "--output", "out")
      #expect(run.status == 1 && run.errors.contains("WSP-52"))
    }
    try withCourse("recognition: {k: 60, l: 1}\n") { course in
      // Nobody is told apart by anything that the model calls quasi.
      let run = try course.meedoen("export", "records", "--to", "csv", "--output", "out")
      #expect(
        run.status == 0 && run.output.contains("the smallest group of people who are alike has 60"), "\(run.output)")
      #expect(try exports(course).count == 1)
    }
  }

  @Test func twoRecipientsCannotPutTheirPeopleTogetherAndOneCanAcrossExports() throws {
    try withCourse { course in
      func people(_ recipient: String, _ name: String) throws -> Set<String> {
        let run = try course.meedoen(
          "export", "records", "--to", "csv", "--output", name, "--recipient", recipient, "--accept-risk", "test")
        #expect(run.status == 0, "\(run.errors)")
        let text = try String(contentsOf: course.folder.appendingPathComponent("\(name)/person.csv"), encoding: .utf8)
        return Set(text.split(whereSeparator: \.isNewline).dropFirst().map { String($0.prefix { $0 != "," }) })
      }
      let first = try people("university", "a")
      #expect(try people("university", "b") == first && first.count == 60)
      #expect(try people("statistics", "c").isDisjoint(with: first))
      #expect(first.allSatisfy { $0.count == 12 }, "as long as the model lets a number be")
    }
  }

  @Test func aZippedDataPackageIsCheckedAgainstTheModelItCameFromAndItsSumsAreLookedAt() throws {
    try withCourse { course in
      let run = try course.meedoen("export", "records", "--to", "package", "--output", "p.zip", "--accept-risk", "test")
      #expect(run.status == 0 && run.output.contains("p.zip"), "\(run.errors)")
      let check = try course.meedoen("check", "p.zip", "--model", "v1.yml", "--format", "json")
      let json = try check.json()
      #expect(check.status == 0, "\(check.output)")
      let findings = try #require(json["findings"] as? [[String: Any]])
      #expect(!findings.contains { ["error", "setup"].contains($0["severity"] as? String) })
      // The same tables in a folder, one of them changed without a change of its length.
      try course.meedoen("export", "records", "--to", "package", "--output", "p", "--accept-risk", "test")
      let file = course.folder.appendingPathComponent("p/activity.csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try Data(text.replacingOccurrences(of: "2016-03-10", with: "2016-03-11").utf8).write(to: file)
      let sums = try course.meedoen("check", "p", "--model", "v1.yml")
      #expect(sums.output.contains("activity.csv") && sums.output != check.output)
      let notes = try course.meedoen("check", "p", "--model", "v1.yml", "--all", "--format", "json").output
      let whole = try course.meedoen("check", "p.zip", "--model", "v1.yml", "--all", "--format", "json").output
      #expect(notes.contains("describes it otherwise") || notes != whole)
    }
  }

  @Test func aPackageOfTheMunicipalityFitsItsModel() throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("simulate", "municipality", "--persons", "40", "--seed", "5", "--output", "data", in: folder)
      try Meedoen.run("new", "w", "--model", "municipality", "--synthetic", in: folder)
      try Meedoen.run("submit", "data/returns", "-w", "w", in: folder)
      // Invented people may leave as they are.
      #expect(
        try Meedoen.run("export", "records", "--to", "package", "--output", "p.zip", "-w", "w", in: folder).status == 0)
      let check = try Meedoen.run("check", "p.zip", "--model", "municipality", "--format", "json", in: folder)
      let findings = try #require(try check.json()["findings"] as? [[String: Any]])
      #expect(!findings.contains { $0["code"] as? String == "VAL-05" }, "no pseudonym is too long")
      #expect(check.status == 0, "\(check.output.prefix(2000))")
    }
  }
}
