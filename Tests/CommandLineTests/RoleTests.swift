import Foundation
import TestSupport
import Testing

/// Who may do what where meedoen.yml says who works there, and who looked at names. Everybody is invented.
@Suite struct RoleTests {
  private static let people = """
    people:
      - {name: Ada Bakker, role: administrator}
      - {name: Cas Smit, role: contract-manager}
      - {name: Bo Jansen, role: data-officer, provider: Reed}
      - {name: Mo Visser, role: provider-manager, provider: Reed}
      - {name: Li Postma, role: data-officer, provider: Elm}
      - {name: Eva Mulder, role: evaluator}
      - {name: Au Kok, role: auditor}

    """

  private func withCourse(_ body: (VersionedCourse) throws -> Void) throws {
    try withTemporaryFolder { folder in try body(VersionedCourse(in: folder, workspace: Self.people)) }
  }

  @Test func eachRoleDoesItsOwnWorkAndARefusalSaysWhoMayAndIsWrittenDown() throws {
    try withCourse { course in
      // Sending is for the provider's own people.
      for (who, code) in [("Eva Mulder", "WSP-54"), ("Li Postma", "WSP-54"), ("Somebody", "WSP-53")] {
        let run = try course.submit("sep", "2016-09", "2016-10-10", "--as", who)
        #expect(run.status == 6 && run.errors.contains(code), "\(who) \(run.errors)")
      }
      let elsewhere = try course.submit("sep", "2016-09", "2016-10-10", "--as", "Bo Jansen", "--role", "auditor")
      #expect(elsewhere.status == 6 && elsewhere.errors.contains("WSP-53") && elsewhere.errors.contains("auditor"))
      #expect(try course.submit("sep", "2016-09", "2016-10-10", "--as", "Bo Jansen").status == 0)
      // Signing is for the manager.
      let list = try course.meedoen("submissions", "--format", "json").json()
      let first = try #require((list["returns"] as? [[String: Any]])?.first?["fingerprint"] as? String)
      let officer = try course.meedoen("submission", "sign", String(first.prefix(8)), "--by", "Bo Jansen")
      #expect(officer.status == 6 && officer.errors.contains("provider-manager"), "\(officer.errors)")
      #expect(try course.meedoen("submission", "sign", String(first.prefix(8)), "--by", "Mo Visser").status == 0)
      // Records are for the evaluator.
      let export = ["export", "records", "--to", "csv", "--output", "out", "--accept-risk", "agreement", "-w", "w"]
      let officerExports = try Meedoen.run(
        arguments: export + ["--as", "Bo Jansen", "--lang", "nl"], in: course.folder)
      #expect(officerExports.status == 6 && officerExports.errors.contains("Records exporteren is voor evaluator"))
      #expect(try Meedoen.run(arguments: export + ["--as", "Eva Mulder"], in: course.folder).status == 0)
      // Erasing, seeing who somebody is and adopting a version take two.
      let person = ["--number", "P1", "--provider", "Reed", "--reason", "asked", "-w", "w", "--as", "Ada Bakker"]
      for command in [["person", "export", "--output", "mine"], ["person", "erase", "--yes"]] {
        let alone = try Meedoen.run(arguments: command + person + ["--lang", "en"], in: course.folder)
        #expect(alone.status == 6 && alone.errors.contains("WSP-55") && alone.errors.contains("--second"))
        let own = try Meedoen.run(arguments: command + person + ["--second", "Ada Bakker"], in: course.folder)
        #expect(own.status == 6 && own.errors.contains("WSP-55"))
        let two = try Meedoen.run(arguments: command + person + ["--second", "Cas Smit"], in: course.folder)
        #expect(two.status == 0, "\(two.errors)")
      }
      let adopt = ["model", "adopt", "v2.yml", "--from", "2016-11", "--yes", "--reason", "decided", "-w", "w"]
      #expect(try Meedoen.run(arguments: adopt + ["--as", "Eva Mulder"], in: course.folder).status == 6)
      #expect(try Meedoen.run(arguments: adopt + ["--as", "Ada Bakker"], in: course.folder).status == 6)
      let adopted = try Meedoen.run(
        arguments: adopt + ["--as", "Ada Bakker", "--second", "Eva Mulder"], in: course.folder)
      #expect(adopted.status == 0, "\(adopted.errors)")
      // The trail is for the auditor, and knows of every refusal and of both people.
      #expect(try course.meedoen("audit", "show", "--as", "Eva Mulder").status == 6)
      let trail = try course.meedoen("audit", "show", "--format", "json", "--as", "Au Kok").json()
      let entries = try #require(trail["entries"] as? [[String: Any]])
      let refused = entries.filter { $0["action"] as? String == "refused" }.compactMap { $0["object"] as? String }
      #expect(refused.count { $0 == "send-returns" } == 4 && refused.count { $0 == "erase-people" } == 2)
      #expect(
        Set(refused).isSuperset(of: ["sign-returns", "export-records", "reidentify", "adopt-model", "read-audit"]))
      let erased = try #require(entries.first { $0["action"] as? String == "person-erased" })
      #expect(erased["reason"] as? String == "asked; with Cas Smit" && erased["role"] as? String == "administrator")
      #expect(try course.meedoen("audit", "verify", "--as", "Au Kok").status == 0)
      for code in ["WSP-53", "WSP-54", "WSP-55"] {
        #expect(try Meedoen.run("explain", code, "--lang", "nl", in: course.folder).status == 0)
      }
    }
  }

  @Test func aListNeedsAnAdministratorAndKnownRoles() throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(
        in: folder, workspace: "people:\n  - {name: Bo, role: data-officer}\n")
      let run = try course.meedoen("register", "status")
      #expect(run.status == 3 && run.errors.contains("meedoen.yml:") && run.errors.contains("an administrator"))
    }
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder, workspace: "people:\n  - {name: Bo, role: boss}\n")
      #expect(try course.meedoen("register", "status").errors.contains("administrator"))
    }
  }

  @Test func readingNamesOrNumbersIsWrittenDownWithoutThem() throws {
    try withTemporaryFolder { folder in
      let course = try VersionedCourse(in: folder)
      try course.submit("sep", "2016-09", "2016-10-10")
      func reads() throws -> [[String: Any]] {
        let trail = try course.meedoen("audit", "show", "--action", "identity-read", "--format", "json").json()
        return trail["entries"] as? [[String: Any]] ?? []
      }
      try course.write("few/person.csv", "person,surname,area\nP1,Name1,south\nP2,Name2,south\n")
      let quiet = try course.submit("few", "2016-10", "2016-11-10", "--dry-run")
      #expect(try quiet.status == 0 && reads().isEmpty)
      let loud = try course.submit("few", "2016-10", "2016-11-10", "--dry-run", "--numbers", "--as", "Bo Jansen")
      #expect(loud.output.contains("P1"))
      // Sixty people are more than are written down one by one.
      let many = try #require(try reads().first)
      #expect(many["object"] as? String == "submit --numbers, 60 people" && many["actor"] as? String == "Bo Jansen")
      try course.submit("few", "2016-10", "2016-11-10")
      let list = try course.meedoen("submissions", "--format", "json").json()
      let last = try #require((list["returns"] as? [[String: Any]])?.last?["fingerprint"] as? String)
      let diff = try course.meedoen("diff", last, "--with", last, "--numbers", "--as", "Cas", "--reason", "call")
      #expect(diff.status == 0)
      #expect(try course.meedoen("submission", "missing", last, "--numbers", "--as", "Cas").status == 0)
      let all = try reads()
      #expect(all.contains { ($0["object"] as? String)?.hasPrefix("submission missing --numbers, 58") == true })
      let text = try course.meedoen("audit", "show", "--format", "json").output
      #expect(!text.contains("P1") && !text.contains("Name1") && !text.contains("Merel"))
      #expect(try course.meedoen("audit", "verify").status == 0)
    }
  }

  @Test func chasingAndReviewingAreReadings() throws {
    try withTemporaryFolder { folder in
      #expect(
        try Meedoen.run("simulate", "duplicates", "--persons", "200", "--seed", "8", "--output", "data", in: folder)
          .status == 0)
      try Meedoen.run("new", "w", "--model", "data/model.yml", "--synthetic", in: folder)
      try Meedoen.run("submit", "data/returns", "-w", "w", in: folder)
      let review = try Meedoen.run(
        "link", "review", "--certain", "--limit", "1", "-w", "w", "--as", "Ada", "--reason", "linkage of May",
        "--format", "json", in: folder
      ).json()
      #expect((review["pairs"] as? [Any])?.count == 1)
      let trail = try Meedoen.run(
        "audit", "show", "--action", "identity-read", "-w", "w", "--format", "json", in: folder
      ).json()
      let entries = try #require(trail["entries"] as? [[String: Any]])
      #expect(entries.count == 2, "an entry for each of the pair")
      #expect(entries.allSatisfy { $0["reason"] as? String == "link review: linkage of May" })
      #expect(entries.allSatisfy { $0["kind"] as? String == "person" })
    }
  }
}
