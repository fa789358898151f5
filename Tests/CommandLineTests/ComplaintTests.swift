import Foundation
import TestSupport
import Testing

/// What users of other systems complain about, one test each, as a user would meet it. All people are invented.
@Suite struct ComplaintTests {
  typealias Programme = CheckedProgramme

  func data(_ text: String) -> Data { Data(text.utf8) }

  /// Three rows, the second and third held.
  let mixed = "id,born,sex,goal\nP-1,1990,woman,work\nP-2,19x0,woman,work\nP-3,1985,mann,\"work, later\"\n"

  @Test("Complaint 1: “tell me which rows were not imported”")
  func rejectedRowsAreListedByNumberAndByTheirOwnId() throws {
    try Programme.inWorkspace { programme in
      let run = try programme.submit(["person.csv": mixed], "2022-01", of: "north", on: nil, "--held", "held.csv")
      #expect(run.status == 1)
      let held = try programme.text("held.csv").split(whereSeparator: \.isNewline)
      #expect(held.count == 3 && held[1].hasPrefix("P-2,") && held[2].hasPrefix("P-3,"))
      let list = try Meedoen.run("submissions", "--held", "-w", "w", "--format", "json", in: programme.folder).json()
      #expect((list["rows"] as? [[String: Any]])?.map { $0["row"] as? Int } == [3, 4])
    }
  }

  @Test("Complaint 2: “the error says: contact support”")
  func everyCodeAndEveryFindingSaysWhatToDo() throws {
    try withTemporaryFolder { folder in
      try Meedoen.run("explain", "--all", "--output", "pages", in: folder)
      let pages = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("pages").path)
      #expect(pages.count > 400)
      for name in pages {
        let text = try String(contentsOf: folder.appendingPathComponent("pages/\(name)"), encoding: .utf8)
        #expect(!text.lowercased().contains("support") && !text.lowercased().contains("helpdesk"), "\(name)")
      }
    }
    try Programme.inWorkspace { programme in
      for (code, files) in FindingsByCommandTests.single {
        for finding in try Programme.findings(try programme.check(files, "--format", "json")) {
          // A file that is the only one and cannot be read is an error, whose one sentence ends in what to do.
          if finding["severity"] == nil { continue }
          #expect((finding["fix"] as? String)?.isEmpty == false, "\(code)")
        }
      }
    }
  }

  @Test("Complaint 3: “the saved failed rows lack the message”")
  func heldRowsKeepTheirColumnsAndSayWhatIsWrongAndWhatToDo() throws {
    try Programme.inWorkspace { programme in
      _ = try programme.check(["person.csv": data(mixed)], "--held", "held.csv")
      let lines = try programme.text("held.csv").split(whereSeparator: \.isNewline)
      #expect(lines[0].hasSuffix("id,born,sex,goal,__row_id,__code,__message,__fix"))
      #expect(lines[1].hasPrefix("P-2,19x0,woman,work,3,TYP-09,") && lines[2].contains("“man”"))
    }
  }

  @Test("Complaint 4: “a good correction is blocked by older bad data”")
  func whatWasAlreadyWrongHoldsNoGoodRowAndIsMarked() throws {
    try Programme.inWorkspace { programme in
      // The person was born in 1890 by what the register holds; the correction of the sex is sound.
      let first = "id,born,sex,since\nP-1,1890,man,2022-01-05\n"
      #expect(try programme.submit(["person.csv": first], "2022-01").status == 0)
      let corrected = "id,born,sex,since\nP-1,1890,woman,2022-01-05\n"
      let run = try programme.submit(["person.csv": corrected], "2022-02", of: "north", on: nil, "--format", "json")
      #expect(run.status == 0)
      let old = try #require(try Programme.findings(run).first { $0["code"] as? String == "DAT-05" })
      #expect(old["status"] as? String == "seen" && old["statusText"] as? String == "found in 2022-01 too")
      // A row whose rule looks at older rows is not held for their sake.
      let home = "id,moved-in,moved-out\nP-1,2023-05-01,\n"
      try programme.submit(["person.csv": corrected, "home.csv": home], "2022-03")
      let job = "id,on,kind,plan\nP-1,2022-03-01,other,a\n"
      let later = try programme.submit(
        ["person.csv": corrected + "\n", "job.csv": job], "2022-04", of: "north", on: nil, "--format", "json")
      #expect(later.status == 0)
      let shown = try #require(try Programme.findings(later).first { $0["code"] as? String == "DAT-03" })
      #expect(shown["severity"] as? String == "confirm")
      #expect((shown["message"] as? String)?.contains("together with what was sent before") == true)
    }
  }

  /// A return of which ten thousand rows are all wrong.
  func manyWrong(_ body: (Programme, String) throws -> Void) throws {
    try Programme.inWorkspace { programme in
      try body(programme, "id,born\n" + (1...10_000).map { "P-\($0),19x0\n" }.joined())
    }
  }

  @Test("Complaints 5 and 6: “only the first 50 rows are shown”, “the statistics say 0 rows after the cap”")
  func listsAreCutShortAndCountsAreNot() throws {
    try manyWrong { programme, text in
      let run = try programme.check(["person.csv": data(text)], "--csv", "all.csv", "--html", "page.html")
      #expect(run.output.contains("0 of 10,000 rows can be taken in."))
      #expect(run.output.contains("10,000 ×") && run.output.contains("showing 20 of 10,000"))
      #expect(run.output.contains("The same in 10,000 rows of column B."))
      #expect(try programme.text("all.csv").split(whereSeparator: \.isNewline).count == 10_001)
      let page = try programme.text("page.html")
      #expect(page.contains("Shown here are 500 of 10,000") && page.contains("10,000 ×"))
      let json = try programme.check(["person.csv": data(text)], "--format", "json").json()
      #expect((json["counts"] as? [String: Int])?["error"] == 10_000)
      #expect((json["findings"] as? [Any])?.count == 10_000)
    }
  }

  @Test("Complaint 7: “fixing one error reveals others”")
  func allThatCanBeCheckedIsCheckedAndTheRestIsNamed() throws {
    try Programme.inWorkspace { programme in
      let files = [
        "person.csv": data("id,borm,sex,since\nP-1,1990,womam,03/04/2022\n"), "notes.csv": data("x1,x2\na,b\n"),
        "home.csv": data("id,moved-in,moved-out\nP-1,2022-03-01,2022-01-01\n"),
        "job.csv": data("id,on,hours,plan\nP-1,2022-03-01,about 20,\n"),
      ]
      let json = try programme.check(files, "--format", "json")
      #expect(
        try Programme.codes(json).isSuperset(of: ["STR-01", "STR-02", "VAL-02", "TYP-02", "TYP-04", "VAL-01", "DAT-03"])
      )
      let left = try #require(try json.json()["notChecked"] as? [String])
      #expect(
        left.contains { $0.contains("2 cells that cannot be read") || $0.contains("3 cells that cannot be read") })
      #expect(left.contains { $0.contains("What was sent before is not compared with") })
      let text = try programme.check(files)
      #expect(text.output.contains("What could not be checked"))
    }
  }

  @Test("Complaint 8: “the wording is not for people”")
  func theVerdictComesFirstAndWordsAreThoseOfPeople() throws {
    try Programme.inWorkspace { programme in
      let run = try programme.check(["person.csv": data(mixed)])
      #expect(run.output.hasPrefix("1 of 3 rows can be taken in. 2 rows are held until they are mended."))
      let words = [
        "invalid", "illegal", "constraint", "null", "exception", "regex", "schema", "boolean",
      ]
      for (code, files) in FindingsByCommandTests.single {
        for language in ["en", "nl"] {
          let run = try programme.check(files, "--format", "json", "--lang", language)
          for finding in try Programme.findings(run) {
            let text = ["message", "fix"].compactMap { finding[$0] as? String }.joined(separator: " ").lowercased()
            let own = Set(text.split { !$0.isLetter }.map(String.init))
            for word in words { #expect(!own.contains(word), "\(code): \(text)") }
          }
        }
      }
    }
  }

  @Test("Complaint 9: “the severity cannot be chosen”")
  func aModelChoosesTheSeverityOfAFieldOrRuleAndFromWhen() throws {
    try Programme.inWorkspace { programme in
      func severity(_ replacing: String, _ by: String, _ code: String, _ files: [String: Data], _ month: String) throws
        -> String?
      {
        try programme.write("checked.yml", Programme.model.replacing(replacing, with: by))
        let run = try programme.check(files, "--format", "json", "--period", month)
        return try Programme.findings(run).first { $0["code"] as? String == code }?["severity"] as? String
      }
      let job = ["job.csv": data("id,on,hours,plan\nP-1,2022-03-01,168,a\n")]
      let plain = "range: 0..80, label: Hours"
      let milder = "range: 0..80, severity: confirm, label: Hours"
      let grace = "range: 0..80, severity: error, grace: {until: 2022-06, severity: notice}, label: Hours"
      let of = [
        try severity(plain, plain, "VAL-04", job, "2022-03"), try severity(plain, milder, "VAL-04", job, "2022-03"),
        try severity(plain, grace, "VAL-04", job, "2022-06"), try severity(plain, grace, "VAL-04", job, "2022-07"),
      ]
      #expect(of == ["error", "confirm", "notice", "error"])
      let rule = ["job.csv": data("id,on,hours,plan\nP-1,2022-03-01,70,a\n")]
      let hours = "hold: hours <= 60\n    otherwise: error"
      let asked = try severity(hours, "hold: hours <= 60\n    otherwise: confirm", "CON-05", rule, "2022-03")
      #expect(asked == "confirm")
    }
  }

  @Test("Complaint 10: “editing in bulk does not run the checks again”")
  func aCorrectedCellMeetsTheSameRules() throws {
    try Programme.inWorkspace { programme in
      try programme.submit(
        ["person.csv": "id,born,sex\nP-1,1990,woman\n", "job.csv": "id,on,hours,plan\nP-1,2022-01-10,20,a\n"], "2022-01"
      )
      let diff = try Meedoen.run(
        "diff", try programme.latest(), "-w", "w", "--format", "json", in: programme.folder
      ).json()
      let rows = try #require(diff["rows"] as? [[String: Any]])
      let person = try #require(rows.first?["person"] as? String)
      func correct(_ value: String) throws -> Meedoen.Run {
        try Meedoen.run(
          "submission", "correct", person, "--record", "job", "--key", "on=2022-01-10", "--field", "hours", "--value",
          value, "--reason", "typing-error", "--by", "J. Bakker", "--on", "2022-03-01", "-w", "w", "--format", "json",
          in: programme.folder)
      }
      let run = try correct("168")
      #expect(run.status != 0 && run.output.contains("VAL-04"), "\(run.output) \(run.errors)")
      #expect(try correct("70").output.contains("CON-05"))
      #expect(try correct("24").status == 0)
    }
  }

  @Test("Complaint 11: “the status is missing in the sheets of repeated rows”")
  func everySheetOfReadRowsHasTheStatusOfEachRow() throws {
    try Programme.inWorkspace { programme in
      try programme.submit(["person.csv": "id,born,sex\nP-1,1990,woman\n"], "2022-01")
      let files = [
        "person.csv": "id,born,sex\nP-1,19x0,woman\n",
        "job.csv": "id,on,hours,plan\nP-1,2022-01-10,168,a\nP-1,2022-01-12,20,a\n",
      ]
      _ = try programme.submit(files, "2022-02", of: "north", on: nil, "--annotate", "back", "--held", "back/held.xlsx")
      for name in ["person", "job"] {
        let again = try Meedoen.run(
          "check", "back/\(name)-checked.xlsx", "--model", "checked.yml", "--format", "json", in: programme.folder)
        #expect(try !Programme.codes(again).contains("STR-02"), "what was added is known again")
        let bytes = try Data(contentsOf: programme.folder.appendingPathComponent("back/\(name)-checked.xlsx"))
        #expect(bytes.count > 1000)
      }
      let held = try Meedoen.run(
        "check", "back/held.xlsx", "--model", "checked.yml", "--format", "json", in: programme.folder
      ).json()
      #expect((held["sheets"] as? [[String: Any]])?.map { $0["sheet"] as? String } == ["job", "person"])
    }
  }

  @Test("Complaint 12: “the e-mail has no link to the rules, and holds people”")
  func theTextForAMailHasCountsTheRulesAndNoPeople() throws {
    try Programme.inWorkspace { programme in
      let text = "id,given,born,sex,goal\nZq9-7,Zq9Name,19x0,womam,Zq9Goal\n"
      let run = try programme.check(
        ["person.csv": data(text)], "--message", "mail.txt", "--html", "check.html", "--lang", "nl")
      #expect(run.errors.contains("mail.txt"))
      let mail = try programme.text("mail.txt")
      #expect(mail.contains("0 van 1 rij") && mail.contains("1 × TYP-09 (fout)") && mail.contains("checked 1 ("))
      #expect(mail.contains("check.html") && mail.contains("meedoen explain") && !mail.contains("Zq9"))
      #expect(!mail.contains("19x0") && !mail.contains("womam") && !mail.contains("person.csv"))
    }
  }

  @Test("Complaint 13: “only twenty values, and no row”")
  func everyFindingOfARowSaysWhich() throws {
    try Programme.inWorkspace { programme in
      let text = "id,born,sex\n" + (1...30).map { "P-\($0),19x\($0 % 10),mann\n" }.joined()
      let findings = try Programme.findings(try programme.check(["person.csv": data(text)], "--format", "json"))
      #expect(findings.count == 60)
      for finding in findings {
        #expect(finding["file"] as? String == "person.csv" && finding["row"] is Int && finding["cell"] is String)
        #expect(finding["scope"] as? String == "cell" && finding["record"] as? String == "person")
      }
      #expect(Set(findings.compactMap { $0["row"] as? Int }) == Set(2...31))
    }
  }

  @Test("Complaint 14: “warnings and errors look alike”")
  func gravityHasASignAWordAndAColour() throws {
    try Programme.inWorkspace { programme in
      let text = "id,born,sex,since,own\nP-1,19x0,woman,2022-01-05,x\n\nP-2,1890,woman,2022-01-05,x\n"
      let run = try programme.check(["person.csv": data(text)], "--html", "page.html")
      for word in ["  error  TYP-09", "  confirm  DAT-05", "  notice  STR-07"] { #expect(run.output.contains(word)) }
      let page = try programme.text("page.html")
      for (sign, word, name) in [("✕", "error", "error"), ("?", "confirm", "confirm"), ("i", "notice", "notice")] {
        #expect(page.contains("<span class=\"badge \(name)\"><span aria-hidden=\"true\">\(sign)</span> \(word)</span>"))
      }
      #expect(
        page.contains(".badge.error,.badge.setup{color:var(--held)}")
          && page.contains(".badge.confirm{color:var(--ask)}"))
    }
  }
}
