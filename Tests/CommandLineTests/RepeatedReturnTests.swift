import Foundation
import TestSupport
import Testing

/// The same rows sent again, as a sender sees it. Everybody is invented.
@Suite struct RepeatedReturnTests {
  private let rows = ["K-1;1990;woman;SY;asylum", "K-2;1985;man;ER;asylum", "K-3;1979;man;AF;resettlement"]

  @Test func theSameRowsInAnotherFileAndOrderChangeNothingAndAreSaidTo() throws {
    try withTemporaryFolder { folder in
      func submit(_ name: String, _ order: [Int], _ received: String, _ more: String...) throws -> String {
        let text = (["person;birth-year;sex;origin;ground"] + order.map { rows[$0] }).joined(separator: "\n")
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        let run = try Meedoen.run(
          arguments: [
            "submit", name, "--provider", "entree", "--period", "2016-03", "--received", received, "-w", "w",
          ] + more, in: folder)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        return run.output
      }
      try Meedoen.run("new", "w", "--model", "municipality", in: folder)
      #expect(try !submit("person.csv", [0, 1, 2], "2016-04-11", "--lang", "en").contains("no data changes"))
      #expect(try submit("person-sorted.csv", [2, 1, 0], "2016-04-12", "--lang", "en").contains("no data changes"))
      let dutch = try submit("person-3.csv", [1, 2, 0], "2016-04-13", "--lang", "nl")
      #expect(dutch.contains("geen wijzigingen in de gegevens"))
      let json = try submit("person-4.csv", [1, 0, 2], "2016-04-14", "--format", "json")
      #expect(json.contains("\"unchanged\" : 3"))
      let list = try Meedoen.run("submissions", "-w", "w", "--format", "json", in: folder).json()
      #expect((list["returns"] as? [Any])?.count == 4)
      #expect(try Meedoen.run("audit", "verify", "-w", "w", in: folder).status == 0)
    }
  }
}
