import Foundation
import TestSupport
import Testing

/// What `check` prints, and what it never prints.
@Suite struct CheckTests {
  func check(_ files: [String: String], _ arguments: String...) throws -> Meedoen.Run {
    var result: Meedoen.Run?
    try withTemporaryFolder { folder in
      for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
      let (process, output, errors) = Meedoen.process(["check"] + files.keys.sorted() + arguments, in: folder)
      try process.run()
      let text = output.fileHandleForReading.readDataToEndOfFile()
      let problems = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      result = Meedoen.Run(
        status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
        errors: String(decoding: problems, as: UTF8.self))
    }
    return try #require(result)
  }

  static let header = "person,birth-year,sex,origin,ground,extra\n"

  @Test func theGravestFindingsComeFirstWithValueAndRemedy() throws {
    let file = Self.header + "W-1,1990,woman,SY,asylum,x\nW-2,19x0,woman,SY,asylum,x\nW-3,1985,mann,SY,asylum,x\n"
    let output = try check(["person.csv": file], "--model", "municipality", "--lang", "en").output
    #expect(output.hasPrefix("1 of 3 rows can be taken in. 2 rows are held until they are mended."))
    let list = try #require(output.components(separatedBy: "One by one").last)
    let error = try #require(list.range(of: "error person.csv B3 TYP-09"))
    let confirm = try #require(list.range(of: "confirm person.csv F1 STR-02"))
    #expect(error.lowerBound < confirm.lowerBound)
    #expect(list.contains("“mann” → Did you mean “man”?"))
    #expect(output.contains("`meedoen explain CODE` explains a code.") && !output.contains("says more"))
    #expect(output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let errors = try check(["person.csv": file], "--model", "municipality", "--lang", "en", "--errors").output
    #expect(errors.contains("TYP-09") && !errors.contains("STR-02"))
  }

  @Test func theSameMistakeInAColumnIsSaidOnce() throws {
    let rows = (1...12).map { "W-\($0),19x0,woman,SY,asylum\n" }.joined()
    let file = "person,birth-year,sex,origin,ground\n" + rows
    let output = try check(["person.csv": file], "--model", "municipality", "--lang", "en").output
    #expect(output.contains("The same in 12 rows of column B."))
    let dutch = try check(["person.csv": file], "--model", "municipality", "--lang", "nl").output
    #expect(dutch.contains("Hetzelfde in 12 rijen van kolom B."))
  }

  @Test func aFileThatCannotBeReadAmongOthersIsAFinding() throws {
    let person = "person,birth-year,sex,origin,ground\nW-1,1990,woman,SY,asylum\n"
    let run = try check(["person.csv": person, "course.csv": "%PDF-1.7 x"], "--model", "municipality", "--lang", "en")
    #expect(run.status == 1 && run.output.contains("FIL-03") && run.output.contains("The only row can be taken in."))
    let alone = try check(["course.csv": "%PDF-1.7 x"], "--model", "municipality", "--lang", "en")
    #expect(alone.status == 2 && alone.errors.contains("FIL-03"))
  }

  @Test func resultsThatDoNotCountSayWhatTheyCost() throws {
    let model = """
      meedoen: data-model/1
      id: jobs
      version: "1"
      title: Jobs
      records:
        person:
          is: person
          purpose: test
          key: [id]
          fields:
            id: {type: text, privacy: identifier, required: yes, label: Number}
            worked-on: {type: date, label: {en: First day of work, nl: Eerste werkdag}}
            proof: {type: text, label: {en: Proof, nl: Bewijs}}
      outcomes:
        work:
          title: {en: Into work, nl: Aan het werk}
          on: person
          where: worked-on is given
          evidence: [proof]
          price: {amount: 750, currency: EUR}

      """
    let rows = "id,worked-on,proof\np1,2016-03-01,contract\np2,2016-03-02,\np3,,\n"
    try withTemporaryFolder { folder in
      try Data(model.utf8).write(to: folder.appendingPathComponent("jobs.yml"))
      try Data(rows.utf8).write(to: folder.appendingPathComponent("person.csv"))
      let text = try Meedoen.run("check", "person.csv", "--model", "jobs.yml", "--lang", "en", in: folder)
      #expect(text.status == 0 && text.output.contains("Results that count"))
      #expect(text.output.contains("PAY-01") && text.output.contains("Not counted: Into work, 750.00 EUR."))
      let json = try Meedoen.run("check", "person.csv", "--model", "jobs.yml", "--format", "json", in: folder).json()
      let outcome = try #require((json["outcomes"] as? [[String: Any]])?.first)
      #expect(outcome["counted"] as? Int == 1 && outcome["notCounted"] as? Int == 1)
      #expect(outcome["amountNotCounted"] as? String == "750.00 EUR")
    }
  }

  @Test func theCatalogueIsWrittenAsPages() throws {
    try withTemporaryFolder { folder in
      let run = try Meedoen.run("explain", "--all", "--output", "pages", "--lang", "en", in: folder)
      #expect(run.status == 0 && run.output.contains("index.html"))
      let page = try String(contentsOf: folder.appendingPathComponent("pages/PRI-01.nl.html"), encoding: .utf8)
      #expect(page.contains("Persoonsgegevens in vrije tekst"))
      #expect(try Meedoen.run("explain", "--all", in: folder).status == 64)
      #expect(try Meedoen.run("explain", in: folder).status == 64)
    }
  }

  @Test func oneIsSpokenOfAsOne() throws {
    let one = ["person.csv": "person,birth-year,sex,origin,ground\nW-1,19x0,woman,SY,asylum\n"]
    let english = try check(one, "--model", "municipality", "--lang", "en").output
    #expect(english.contains("1 row is held until it is mended.") && english.contains("1 row\n"))
    let dutch = try check(one, "--model", "municipality", "--lang", "nl").output
    #expect(dutch.contains("1 rij wacht tot die is verbeterd.") && dutch.contains("1 rij\n"))
  }

  @Test func aBlockedCheckSaysHowManyRowsAreHeld() throws {
    let output = try check(
      ["person.csv": "person,birth-year,sex,ground\nW-1,1990,woman,asylum\n"], "--model", "municipality", "--lang", "en"
    ).output
    #expect(output.contains("cannot be read against the model") && output.contains("1 row is held"))
  }

  @Test func returnsOfAnotherShippedModelAreRecognised() throws {
    let file = "person,birth-year,sex,origin,ground\nW-1,1990,woman,SY,asylum\n"
    let run = try check(["person.csv": file], "--model", "rtof", "--lang", "en")
    #expect(run.status == 1)
    #expect(run.output.contains("These look like returns of the model “municipality”"))
  }

  @Test func filesInAFolderThatAreNoTablesAreTold() throws {
    try withTemporaryFolder { folder in
      try Data("person,birth-year,sex,origin,ground\nW-1,1990,woman,SY,asylum\n".utf8).write(
        to: folder.appendingPathComponent("person.csv"))
      try Data("%PDF-1.7".utf8).write(to: folder.appendingPathComponent("letter.pdf"))
      let run = try Meedoen.run("check", ".", "--model", "municipality", "--lang", "en", in: folder)
      #expect(run.status == 0 && run.errors.contains("letter.pdf"))
      let json = try Meedoen.run("check", ".", "--model", "municipality", "--format", "json", in: folder).json()
      #expect((json["skipped"] as? [String])?.contains { $0.hasSuffix("letter.pdf") } == true)
    }
  }

  @Test func nothingThatIdentifiesIsPrintedOrKept() throws {
    let canary = "Zq9Canary"
    let people = """
      person,birth-year,sex,origin,ground,\(canary) Header
      \(canary)-1,1990,woman,SY,asylum,x
      \(canary)-1,1991,woman,SY,asylum,x
      \(canary)-2,\u{1B}[31m,woman,SY,asylum,x
      \(canary)-\u{200B}3,1990,man,SY,asylum,\(canary)

      """
    let json = try check(["person.csv": people], "--model", "municipality", "--format", "json").output
    let root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let findings = try #require(root["findings"] as? [[String: Any]])
    #expect(Set(findings.compactMap { $0["code"] as? String }) == ["STR-02", "KEY-01", "TYP-09", "VAL-06", "STR-14"])
    for finding in findings where finding["code"] as? String != "STR-02" {
      #expect(!"\(finding)".contains(canary))
    }
    let text = try check(["person.csv": people], "--model", "municipality", "--lang", "en").output
    #expect(!text.contains("\u{1B}") && !text.contains(canary + "-") && text.contains("\\u{1B}[31m"))
    #expect(text.contains(canary + " Header"), "the sender sees the header")

    try withTemporaryFolder { folder in
      try Data(people.utf8).write(to: folder.appendingPathComponent("person.csv"))
      #expect(try Meedoen.run("new", "w", "--model", "municipality", in: folder).status == 0)
      let run = try Meedoen.run(
        "submit", "person.csv", "--provider", "oost", "--period", "2016-03", "--workspace", "w", in: folder)
      #expect(run.status == 1, "\(run.errors)")
      let register = try Data(contentsOf: folder.appendingPathComponent("w/store/register.sqlite"))
      #expect(register.range(of: Data(canary.utf8)) == nil, "neither a number nor a header is kept")
      #expect(register.range(of: Data("STR-02".utf8)) != nil)
    }
  }
}
