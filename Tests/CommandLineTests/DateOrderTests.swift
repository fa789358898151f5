import Foundation
import TestSupport
import Testing

/// Held rows carry the reading that was used, and a sender can say the order of its dates. Everybody is invented.
@Suite struct DateOrderTests {
  private func inFolder(_ rows: [String], _ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let text = (["person,settled-on"] + rows).joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: folder.appendingPathComponent("settlement.csv"))
      let people = "person,birth-year,sex,origin,ground\nP-1,1990,woman,SY,asylum\nP-2,1985,man,ER,asylum\n"
      try Data(people.utf8).write(to: folder.appendingPathComponent("person.csv"))
      try body(folder)
    }
  }

  private func check(_ file: String, _ folder: URL, _ more: String...) throws -> Meedoen.Run {
    try Meedoen.run(arguments: ["check", file, "--model", "municipality"] + more, in: folder)
  }

  @Test(arguments: ["held.csv", "held.xlsx"])
  func aHeldRowComesBackWithTheDayThatWasRead(_ held: String) throws {
    try withTemporaryFolder { folder in
      // The second row shows the order; the first is held for its kind alone.
      let text =
        "person,kind,started-on,hours\nP-1,wrok,03/04/2023,\"1,250\"\nP-2,paid-work,31/05/2023,\"12,5\"\n"
      try Data(text.utf8).write(to: folder.appendingPathComponent("activity.csv"))
      let first = try check("activity.csv", folder, "--lang", "en", "--held", held)
      #expect(
        first.status == 1 && first.output.contains("VAL-02") && !first.output.contains("TYP-02"), "\(first.output)")
      if held.hasSuffix(".csv") {
        let url = folder.appendingPathComponent(held)
        let rows = try String(contentsOf: url, encoding: .utf8)
        #expect(rows.contains("2023-04-03") && rows.contains("1.25"), "\(rows)")
        try Data(rows.replacingOccurrences(of: "wrok", with: "paid-work").utf8).write(to: url)
      }
      let again = try check(held, folder, "--lang", "en")
      #expect(!again.output.contains("TYP-02") && !again.output.contains("TYP-11"), "\(again.output)")
    }
  }

  @Test func aSenderSaysTheOrderOfItsDates() throws {
    try inFolder(["P-1,03/04/2016", "P-2,05/06/2016"]) { folder in
      #expect(try check("settlement.csv", folder, "--lang", "en").output.contains("TYP-02"))
      let english = try check("settlement.csv", folder, "--lang", "en", "--dates", "day-month", "--all")
      #expect(!english.output.contains("TYP-02"), "\(english.output)")
      #expect(english.output.contains("read as day-month-year, as the sender says they are"), "\(english.output)")
      let dutch = try check("settlement.csv", folder, "--lang", "nl", "--dates", "month-day", "--all")
      #expect(dutch.output.contains("gelezen als maand-dag-jaar, zoals de afzender zegt"), "\(dutch.output)")
      let json = try check("settlement.csv", folder, "--dates", "day-month", "--format", "json").json()
      #expect(json["dates"] as? String == "day-month")
      #expect(try check("settlement.csv", folder, "--dates", "year-first").status == 64)
    }
  }

  @Test func whatContradictsTheOrderThatWasSaidIsAnError() throws {
    try inFolder(["P-1,03/04/2016", "P-2,31/05/2016"]) { folder in
      let run = try check("settlement.csv", folder, "--lang", "en", "--dates", "month-day")
      #expect(run.status == 1 && run.output.contains("TYP-01"), "\(run.output)")
    }
  }

  @Test func aReturnIsTakenInAgainWhenTheOrderIsSaid() throws {
    try inFolder(["P-1,03/04/2016", "P-2,05/06/2016"]) { folder in
      #expect(try Meedoen.run("new", "w", "--model", "municipality", in: folder).status == 0)
      let arguments = [
        "submit", "person.csv", "settlement.csv", "--provider", "oost", "--period", "2016-07", "-w", "w", "--lang",
        "en",
      ]
      #expect(try Meedoen.run(arguments: arguments, in: folder).output.contains("2 of 4 rows taken in"))
      let run = try Meedoen.run(arguments: arguments + ["--dates", "day-month"], in: folder)
      #expect(run.status == 0 && run.output.contains("4 of 4 rows taken in"), "\(run.output)")
    }
  }
}
