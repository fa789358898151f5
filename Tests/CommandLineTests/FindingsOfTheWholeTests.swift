import Foundation
import TestSupport
import Testing

/// Findings that need more than one return, as `submit` and `check` tell them. All people are invented.
@Suite struct FindingsOfTheWholeTests {
  typealias Programme = CheckedProgramme

  func people(_ numbers: ClosedRange<Int>) -> String {
    "id,born,sex,since\n" + numbers.map { "P-\($0),1990,woman,2022-01-05\n" }.joined()
  }

  func findings(_ run: Meedoen.Run, _ code: String) throws -> [[String: Any]] {
    try Programme.findings(run).filter { $0["code"] as? String == code }
  }

  @Test func whatIsOverdueIsToldAtThePersonsRowAndInTheStatusOfTheCycle() throws {
    try Programme.inWorkspace { programme in
      let person = "id,born,sex,since\nP-1,1990,woman,2022-01-05\nP-2,1985,man,2022-01-05\n"
      let baseline = "id,asked-on\nP-2,2021-03-01\n"
      let early = try programme.submit(
        ["person.csv": person, "baseline.csv": baseline], "2022-01", of: "north", on: "2022-02-10", "--format", "json")
      #expect(try findings(early, "CMP-01").isEmpty)
      #expect(try findings(early, "CMP-02").isEmpty)
      // A file of one of them: the other is counted, and named by nobody.
      let late = try programme.submit(
        ["person.csv": "id,born,sex,since\nP-1,1990,woman,2022-01-05\n"], "2022-04", of: "north", on: "2022-05-10",
        "--format", "json")
      let first = try #require(try findings(late, "CMP-01").first)
      #expect(first["cell"] as? String == "A2" && first["scope"] as? String == "cell" && first["value"] == nil)
      #expect((first["message"] as? String)?.contains("was due by 2022-04-05") == true)
      let silent = try #require(try findings(late, "CMP-02").first)
      #expect(silent["scope"] as? String == "return" && silent["count"] as? Int == 1)
      let status = try Meedoen.run(
        "cycle", "status", "--on", "2022-05-10", "-w", "w", "--format", "json", in: programme.folder
      ).json()
      let gaps = try #require(status["gaps"] as? [[String: Any]])
      #expect(gaps.filter { $0["code"] as? String == "CMP-01" }.map { $0["count"] as? Int } == [1])
      #expect(gaps.filter { $0["code"] as? String == "CMP-02" }.map { $0["count"] as? Int } == [1])
      #expect(gaps.filter { $0["code"] as? String == "CMP-04" }.count == 2)
      #expect(try findings(late, "CMP-04").count == 2, "nothing came about February and March")
    }
  }

  @Test func aFieldThatIsFilledInFarLessOftenIsAskedAbout() throws {
    try Programme.inWorkspace { programme in
      let full = "id,on,plan,hours\n" + (1...40).map { "P-\($0),2022-01-\($0 % 20 + 10),a,20\n" }.joined()
      let thin =
        "id,on,plan,hours\n" + (1...40).map { "P-\($0),2022-02-\($0 % 18 + 10),a,\($0 < 12 ? "20" : "")\n" }.joined()
      try programme.submit(["person.csv": people(1...40), "job.csv": full], "2022-01")
      let run = try programme.checkKnown(
        ["person.csv": people(1...40), "job.csv": thin], "2022-02", of: "north", on: nil, "--format", "json")
      let found = try findings(run, "CMP-03")
      #expect(found.map { $0["field"] as? String } == ["hours"] && found[0]["column"] as? String == "D")
      #expect(
        found[0]["message"] as? String
          == "“Hours” is filled in for 28 % of the rows; in the return before it was 100 %.")
    }
  }

  @Test func aShareUnlikeTheOthersIsToldWithoutAnyFigureOfOthers() throws {
    try Programme.inWorkspace { programme in
      func send(_ provider: String, _ women: Int, _ letter: String, _ options: String...) throws -> Meedoen.Run {
        let rows = (1...50).map { "\(letter)-\($0),1990,\($0 <= women ? "woman" : "man"),2022-01-05\n" }.joined()
        return try Meedoen.run(
          arguments: ["submit", try file("id,born,sex,since\n" + rows, "\(provider).csv", programme)]
            + [
              "--provider", provider, "--period", "2022-01", "--received", "2022-02-10", "-w", "w", "--format", "json",
            ]
            + options, in: programme.folder)
      }
      #expect(try findings(try send("north", 21, "N"), "PLA-04").isEmpty)
      #expect(try findings(try send("south", 48, "S"), "PLA-04").isEmpty, "one other provider's figure would be told")
      let run = try send("west", 2, "W")
      let found = try #require(try findings(run, "PLA-04").first)
      let message = try #require(found["message"] as? String)
      #expect(message.contains("2 of your 50 rows (4 %)") && message.contains("less than chance"))
      for figure in ["69", "42", "96", "north", "south"] { #expect(!message.contains(figure)) }
      // 33 of 50 is what the others have together, give or take chance.
      #expect(try findings(try send("east", 33, "E"), "PLA-04").isEmpty)
    }
  }

  func file(_ text: String, _ name: String, _ programme: Programme) throws -> String {
    try programme.write(name, text)
    return name
  }

  @Test func aStockFollowsFromTheOneBeforeAndWhatCameAndWent() throws {
    try Programme.inWorkspace { programme in
      let person = people(1...5)
      func homes(_ rows: String...) -> String { "id,moved-in,moved-out\n" + rows.map { $0 + "\n" }.joined() }
      try programme.submit(
        ["person.csv": person, "home.csv": homes("P-1,2022-01-10,", "P-2,2022-01-10,")], "2022-01")
      let sound = try programme.submit(
        ["person.csv": person, "home.csv": homes("P-1,2022-01-10,2022-02-20", "P-2,2022-01-10,", "P-3,2022-02-03,")],
        "2022-02", of: "north", on: nil, "--format", "json")
      #expect(try findings(sound, "HIS-04").isEmpty)
      let late = try programme.submit(
        ["person.csv": person, "home.csv": homes("P-2,2022-01-10,", "P-4,2022-02-01,", "P-5,2022-03-01,")],
        "2022-03", of: "north", on: nil, "--format", "json")
      let found = try #require(try findings(late, "HIS-04").first)
      #expect(
        found["message"] as? String
          == "“People in a home”: 2 were known at the end of 2022-02, 1 came and 0 left in 2022-03, which makes 3; there are 4, 1 more."
      )
    }
  }

  @Test func aContractOfAProviderCountsBeforeThatOfTheModel() throws {
    try Programme.inWorkspace("providers:\n  - {name: north, contract: 2022-06..}\n") { programme in
      let files = ["person.csv": people(1...1), "job.csv": "id,on,plan\nP-1,2022-03-01,a\n"]
      let north = try programme.submit(files, "2022-06", of: "north", on: nil, "--format", "json")
      let found = try #require(try findings(north, "DAT-02").first)
      #expect(found["message"] as? String == "“Day” lies outside the time of the contract (from 2022-06).")
      let south = try programme.submit(files, "2022-06", of: "south", on: nil, "--format", "json")
      #expect(try findings(south, "DAT-02").isEmpty)
    }
  }

  @Test func somebodyUnderTwoNumbersIsAskedAboutWithoutTheirName() throws {
    let given = [
      "Zqamina", "Bolanle", "Curtisov", "Dwezi", "Efremia", "Fikadu", "Ghislane", "Hodanka", "Ismeta", "Jovanko",
    ]
    let family = [
      "Vkarrow", "Westoby", "Ximenesh", "Yolcuo", "Zandberg", "Abrehet", "Bultum", "Crnkovic", "Drammeh", "Elmi",
    ]
    let names = (0..<30).map { (place: Int) -> (String, String, Int) in
      let other: Int = (place * 3 + place / 10) % 10
      return (given[place % 10], family[other], 1950 + place)
    }
    func row(_ number: String, _ name: (String, String, Int)) -> String {
      "\(number),\(name.0),\(name.1),\(name.2),\(name.2 % 2 == 0 ? "man" : "woman")\n"
    }
    let header = "id,given,family,born,sex\n"
    let known = header + names.enumerated().map { row("P-\($0)", $1) }.joined()
    try Programme.inWorkspace { programme in
      try programme.submit(["person.csv": known], "2022-01")
      let again = known + row("X-7", names[6])
      let run = try programme.submit(["person.csv": again], "2022-02", of: "north", on: nil, "--format", "json")
      let found = try findings(run, "KEY-04")
      #expect(found.map { $0["cell"] as? String } == ["A32"], "\(run.output.prefix(500))")
      for name in given + family + ["X-7"] { #expect(!run.output.contains(name)) }
    }
  }

  @Test func somebodyWhoIsMissingIsAskedAboutUntilItIsAnswered() throws {
    try Programme.inWorkspace { programme in
      try programme.submit(["person.csv": people(1...3)], "2022-01")
      let february = ["person.csv": people(1...2)]
      let asked = try programme.checkKnown(february, "2022-02", of: "north", on: nil, "--format", "json")
      let found = try findings(asked, "KEY-05")
      let pseudonym = try #require(found.first?["value"] as? String)
      #expect(found.count == 1 && !asked.output.contains("P-3"))
      try programme.submit(february, "2022-02")
      let latest = try programme.latest()
      let missing = try Meedoen.run("submission", "missing", latest, "-w", "w", in: programme.folder)
      #expect(missing.output.contains(pseudonym), "it is the same list")
      // Back in March and gone again in April, after it was said that they left.
      try programme.submit(["person.csv": people(1...3)], "2022-03")
      try Meedoen.run(
        "submission", "answer", pseudonym, "--provider", "north", "--answer", "left", "--reason", "finished", "--by",
        "J. Bakker", "--on", "2022-04-20", "-w", "w", in: programme.folder)
      let april = try programme.checkKnown(
        ["person.csv": people(1...2) + "\n"], "2022-04", of: "north", on: nil, "--format", "json")
      #expect(try findings(april, "KEY-05").isEmpty)
    }
  }

  @Test func everySingleFindingSaysWhetherItIsNewSeenOrConfirmedInEveryOutput() throws {
    try Programme.inWorkspace { programme in
      let january = "id,born,sex,since\nP-1,1890,woman,2022-01-05\nP-2,1990,womam,2022-01-05\n"
      try programme.submit(["person.csv": january], "2022-01")
      try Meedoen.run(
        "submission", "confirm", try programme.latest(), "--code", "DAT-05", "--reason", "known-exception", "--by",
        "J. Bakker", "--on", "2022-02-11", "-w", "w", in: programme.folder)
      let february = january + "P-3,19x0,woman,2022-02-05\n"
      let run = try programme.submit(
        ["person.csv": february], "2022-02", of: "north", on: nil, "--format", "json", "--html", "page.html", "--csv",
        "all.csv", "--held", "held.csv", "--annotate", "back")
      let status = Dictionary(
        try Programme.findings(run).map { ($0["code"] as? String ?? "", $0["status"] as? String ?? "") }
      ) { first, _ in first }
      #expect(status["DAT-05"] == "confirmed" && status["VAL-02"] == "seen" && status["TYP-09"] == "new")
      let words = [
        "confirmed on 2022-02-11 by J. Bakker: a known exception", "found in 2022-01 too", "new since 2022-01",
      ]
      for name in ["page.html", "all.csv"] {
        let text = try programme.text(name)
        for word in words { #expect(text.contains(word), "\(name): \(word)") }
      }
      let held = try programme.text("held.csv")
      #expect(held.contains("__status") && held.contains(words[1]) && held.contains(words[2]))
      let text = try programme.checkKnown(
        ["person.csv": february + "P-4,1990,woman,2022-02-05\n"], "2022-03", of: "north", on: "2022-03-20", "--lang",
        "nl")
      // Lines are broken at the width of the screen.
      let told = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(told.contains("[bevestigd op 2022-02-11 door J. Bakker: een bekende uitzondering]"))
      #expect(told.contains("[ook gevonden in 2022-02]") && told.contains("eerder bevestigd"))
      let page = try programme.text("page.html")
      #expect(page.contains("What changes") && page.contains("Not paid") && page.contains("submission withdraw"))
      let order = ["<h1>", "What changes", "What was found, by cause", "One by one", "What you can do now"]
      let places = order.map { page.range(of: $0)!.lowerBound }
      #expect(places == places.sorted())
    }
  }

  @Test func whatTheRegisterHeldIsComparedWith() throws {
    try Programme.inWorkspace { programme in
      func files(_ born: Int, _ wage: String, _ month: String) -> [String: String] {
        [
          "person.csv": "id,born,sex\nP-1,\(born),woman\n",
          "job.csv": "id,on,wage,contract,plan\nP-1,2022-01-10,\(wage),C-1,\(month)\n",
        ]
      }
      func codes(_ files: [String: String], _ period: String) throws -> Set<String> {
        try Programme.codes(try programme.submit(files, period, of: "north", on: nil, "--format", "json"))
      }
      #expect(try codes(files(1990, "2000", "a"), "2022-01").isDisjoint(with: ["HIS-01", "HIS-05", "FIL-06"]))
      #expect(try codes(files(1991, "2000", "b"), "2022-02").contains("HIS-05"))
      let march = try codes(files(1990, "0", "c"), "2022-03")
      #expect(march.isSuperset(of: ["HIS-03", "HIS-01"]))
      #expect(try codes(files(1990, "0", "d"), "2022-10").contains("HIS-02"))
      var copied = files(1990, "0", "d")
      copied["person.csv"] = "id,born,sex\nP-1,1990,woman\nP-2,1990,woman\n"
      #expect(try codes(copied, "2022-10").contains("FIL-06"))
      #expect(try codes(copied, "2022-11").contains("PLA-03"))
    }
  }

  @Test func filesThatAreNotThereOrTooLargeAreToldByTheirCodes() throws {
    try Programme.inWorkspace { programme in
      let absent = try Meedoen.run(
        "estimate", "kaplan-meier", "--data", "retrun.csv", "--time", "t", "--event", "e", "--format", "json",
        in: programme.folder)
      #expect(absent.status == 2)
      #expect(try Programme.codes(absent) == ["FIL-07"])
      let big = programme.folder.appendingPathComponent("big.csv")
      try Data().write(to: big)
      let handle = try FileHandle(forWritingTo: big)
      try handle.truncate(atOffset: 5_000_000_000)
      try handle.close()
      let large = try Meedoen.run(
        "check", "big.csv", "--model", "checked.yml", "--format", "json", in: programme.folder)
      #expect(large.status == 2)
      #expect(try Programme.codes(large) == ["FIL-02"])
    }
  }
}
