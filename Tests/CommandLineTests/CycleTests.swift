import Foundation
import TestSupport
import Testing

/// The cycle of returns and what is made of models, as a user goes through it.
@Suite struct CycleTests {
  /// A workspace `w` with one return about January 2016 of each of two providers, one of them late.
  func withWorkspace(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("new", "w", "--model", "municipality", "--title", "Waterstad", in: folder)
      for (provider, day) in [("entree", "2016-02-10"), ("taalschool", "2016-02-17")] {
        try send("\(provider)-1", provider, day, folder)
      }
      try body(folder)
    }
  }

  @discardableResult
  func send(_ person: String, _ provider: String, _ day: String, _ folder: URL) throws -> Meedoen.Run {
    let number = person.prefix(12)
    try Data("person;birth-year;sex;origin;ground\n\(number);1990;woman;SY;asylum\n".utf8).write(
      to: folder.appendingPathComponent("person.csv"))
    try Data("person;settled-on\n\(number);2016-01-04\n".utf8).write(
      to: folder.appendingPathComponent("settlement.csv"))
    return try Meedoen.run(
      "submit", "person.csv", "settlement.csv", "--provider", provider, "--period", "2016-01", "--received", day, "-w",
      "w", "--lang", "en", in: folder)
  }

  func cycle(_ arguments: String..., in folder: URL) throws -> Meedoen.Run {
    try Meedoen.run(arguments: ["cycle"] + arguments + ["-w", "w"], in: folder)
  }

  @Test func theStatusSaysWhoIsLateAndWhatIsExpectedAsKnownOnADay() throws {
    try withWorkspace { folder in
      let before = try cycle("status", "--on", "2016-02-16", "--format", "json", in: folder).json()
      let first = try #require((before["periods"] as? [[String: Any]])?.first)
      #expect(before["schema"] as? String == "meedoen-cycle/1" && first["state"] as? String == "late")
      #expect((first["providers"] as? [[String: Any]])?.count == 1, "taalschool was not known yet")
      let run = try cycle("status", "--on", "2016-03-20", "--format", "json", in: folder)
      #expect(!run.output.contains("entree-1"), "no number of a person is printed")
      let json = try run.json()
      let providers = try #require(json["providers"] as? [[String: Any]])
      #expect(providers.map { $0["late"] as? Int } == [0, 1] && providers.map { $0["missing"] as? Int } == [1, 1])
      let gaps = try #require(json["gaps"] as? [[String: Any]]).map { $0["code"] as? String }
      #expect(gaps.filter { $0 == "CMP-01" }.count == 4, "an intake and a plan of either, ten weeks after 4 January")
      #expect(gaps.filter { $0 == "CMP-04" }.count == 2, "February of either")
      let text = try cycle("status", "--on", "2016-03-20", "--lang", "nl", in: folder)
      #expect(text.output.contains("voorbij de inleverdag") && text.output.contains("Intake binnen tien weken"))
    }
  }

  @Test func aLockedPeriodTakesNothingInUntilItIsOpenedAgain() throws {
    try withWorkspace { folder in
      let by = ["--by", "A. de Wit"]
      func decide(_ arguments: [String]) throws -> Meedoen.Run {
        try Meedoen.run(arguments: ["cycle"] + arguments + by + ["-w", "w", "--lang", "en"], in: folder)
      }
      let early = try decide(["lock", "2016-01", "--on", "2016-02-20"])
      #expect(early.status == 6 && early.errors.contains("CYC-03"))
      #expect(try decide(["release", "2016-01", "--on", "2016-02-20"]).output.contains("is released"))
      #expect(try decide(["lock", "2016-01", "--on", "2016-03-01", "--dry-run"]).output.contains("only tried"))
      #expect(try decide(["lock", "2016-01", "--on", "2016-03-01"]).status == 0)
      for day in ["2016-02-25", "2016-03-05"] {
        let refused = try send("new-\(day)", "entree", day, folder)
        #expect(refused.status == 2 || refused.status == 6)
        #expect(refused.errors.contains("CYC-02"), "\(refused.errors)")
      }
      let again = try send("entree-1", "entree", "2016-02-10", folder)
      #expect(again.status == 0 && again.output.contains("received before"), "what is there changes nothing")
      let reopen = ["reopen", "2016-01", "--on", "2016-04-01", "--until", "2016-04-05", "--reason", "wrong dates"]
      #expect(try decide(reopen).output.contains("open again"))
      #expect(try send("new-1", "entree", "2016-03-05", folder).errors.contains("CYC-02"), "while it was locked")
      #expect(try send("new-2", "entree", "2016-04-02", folder).status == 0)
      #expect(try send("new-3", "entree", "2016-04-06", folder).errors.contains("CYC-02"))
      let status = try cycle("status", "--on", "2016-04-03", "--format", "json", in: folder).json()
      let period = try #require((status["periods"] as? [[String: Any]])?.first)
      #expect(period["state"] as? String == "reopened" && (period["decisions"] as? [Any])?.count == 3)
      let past = try decide(["release", "2016-02", "--on", "2099-01-01"])
      #expect(past.status == 64 && past.errors.contains("CYC-08"))
    }
  }

  @Test func thePageIsWrittenInBothLanguagesAndTheListOfOneProviderForIt() throws {
    try withWorkspace { folder in
      let pages = try cycle("page", "2016-01", "--on", "2016-03-20", "--format", "json", in: folder).json()
      let files = try #require(pages["files"] as? [String])
      #expect(files.count == 2)
      for file in files {
        let html = try String(contentsOfFile: file, encoding: .utf8)
        #expect(html.contains("Waterstad") && !html.contains("<script") && !html.contains("entree-1"))
      }
      let list = try cycle("chase", "entree", "--output", "chase.csv", "--on", "2016-03-20", "--lang", "en", in: folder)
      #expect(list.status == 0 && !list.output.contains("entree-1"))
      let file = folder.appendingPathComponent("chase.csv")
      let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      #expect(lines.count == 4, "the header, an intake, a plan, and a contact by July")
      #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("entree-1") })
      let rights = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(rights == 0o600)
      let read = try Meedoen.run(
        "audit", "show", "--action", "identity-read", "-w", "w", "--format", "json", in: folder
      ).json()
      let entries = try #require(read["entries"] as? [[String: Any]])
      #expect(
        entries.count == 1 && entries[0]["reason"] as? String == "cycle chase"
          && entries[0]["kind"] as? String == "person")
    }
  }

  @Test func modelsBecomeTemplatesFormsAndDifferences() throws {
    try withTemporaryFolder { folder in
      let template = try Meedoen.run(
        "model", "template", "municipality", "--output", "t.xlsx", "--lang", "nl", in: folder)
      #expect(template.status == 0 && template.output.contains("municipality 2026.1"))
      let check = try Meedoen.run("check", "t.xlsx", "--model", "municipality", in: folder)
      #expect(check.status == 0, "an empty template is no return with errors: \(check.output)")
      #expect(
        try Meedoen.run("model", "template", "rtof", "--record", "persn", "--output", "t.xlsx", in: folder).errors
          .contains("“person”"))
      let form = try Meedoen.run("model", "form", "rtof", "--output", "f.xlsx", "--format", "json", in: folder)
      #expect(try form.json()["schema"] as? String == "meedoen-model-file/1")
      let docs = try Meedoen.run("model", "docs", "rtof", "--output", "pages", in: folder)
      #expect(docs.status == 0)
      for language in ["en", "nl"] {
        let page = folder.appendingPathComponent("pages/rtof.\(language).html")
        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.contains("<svg") && html.contains("employment_sustain") && !html.contains("<script"))
      }
      let source = repository.appendingPathComponent("Models/rtof.yml")
      let yaml = try String(contentsOf: source, encoding: .utf8)
      try Data(yaml.utf8).write(to: folder.appendingPathComponent("old.yml"))
      let changed = yaml.replacingOccurrences(of: "identifier-scope: provider", with: "identifier-scope: programme")
      try Data(changed.utf8).write(to: folder.appendingPathComponent("new.yml"))
      #expect(
        try Meedoen.run("model", "diff", "old.yml", "old.yml", "--lang", "en", in: folder).output.contains(
          "no difference"))
      let diff = try Meedoen.run("model", "diff", "old.yml", "new.yml", "--format", "json", in: folder)
      #expect(try diff.status == 1 && diff.json()["canBeOpened"] as? Bool == false)
    }
  }
}
