import Foundation
import TestSupport
import Testing

/// Held rows that are mended and sent back are laid over the return they were made of. Everybody is invented.
@Suite struct PartialReturnTests {
  private let fixture = DecisionCommandTests()

  /// A workspace with April's return after March's (P-1 and P-2): of three rows one is held.
  private func withApril(_ body: (URL, String) throws -> Void) throws {
    try fixture.withWorkspace { folder in
      try fixture.write(
        "april.csv", ["P-1,1990,woman,SY,asylum", "P-2,19x5,man,ER,asylum", "P-3,1999,man,AF,asylum"], folder)
      let run = try fixture.submit("april.csv", "2016-04", "2016-05-10", folder, "--held", "held.csv")
      #expect(run.status == 1, "\(run.errors)")
      try body(folder, try fixture.latest(folder))
    }
  }

  private func mend(_ folder: URL) throws {
    let held = try String(contentsOf: folder.appendingPathComponent("held.csv"), encoding: .utf8)
    try Data(held.replacingOccurrences(of: "19x5", with: "1985").utf8).write(
      to: folder.appendingPathComponent("mended.csv"))
  }

  private func missing(_ fingerprint: String, _ folder: URL) throws -> [String] {
    let list = try fixture.meedoen("submission", "missing", fingerprint, "--numbers", "--format", "json", in: folder)
      .json()
    return try #require(list["people"] as? [[String: Any]]).compactMap { $0["number"] as? String }
  }

  @Test func whoseRowIsHeldWasSentAndIsNotMissing() throws {
    try withApril { folder, april in
      #expect(try missing(april, folder) == [])
      let diff = try fixture.meedoen("diff", april, "--numbers", in: folder).output
      #expect(diff.contains("sent, but held  person · P-2") && !diff.contains("no longer sent  "), "\(diff)")
      let dutch = try Meedoen.run("diff", april, "-w", "w", "--lang", "nl", in: folder).output
      #expect(dutch.contains("1 rij gestuurd, maar vastgehouden"), "\(dutch)")
    }
  }

  @Test func heldRowsThatComeBackMakeNobodyMissing() throws {
    try withApril { folder, april in
      try mend(folder)
      for day in ["2016-05-10", "2016-05-12"] {
        let tried = try fixture.submit("mended.csv", "2016-04", day, folder, "--dry-run")
        #expect(tried.status == 0 && tried.output.contains("A part: laid over"), "\(tried.output)")
        #expect(!tried.output.contains("no longer"), "\(tried.output)")
      }
      // On the day of the return itself, the part comes after it.
      #expect(try fixture.submit("mended.csv", "2016-04", "2016-05-10", folder).status == 0)
      let list = try fixture.meedoen("submissions", "--format", "json", in: folder).json()
      let returns = try #require(list["returns"] as? [[String: Any]])
      #expect(returns.map { $0["extent"] as? String } == ["whole", "whole", "part"])
      let part = String(try #require(returns.last?["fingerprint"] as? String).prefix(8))
      #expect(try missing(april, folder) == [] && missing(part, folder) == [])
      let told = try Meedoen.run("submission", "missing", part, "-w", "w", "--lang", "nl", in: folder).output
      #expect(told.contains("Dit is een deel van \(april); samen:") && told.contains("Iedereen staat er nog in."))

      // The next whole return is compared with both: P-2, who came with the part, and P-3 are missing.
      try fixture.write("may.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try fixture.submit("may.csv", "2016-05", "2016-06-10", folder).status == 0)
      #expect(try missing(try fixture.latest(folder), folder).sorted() == ["P-2", "P-3"])
    }
  }

  @Test func somebodyWhoComesWithADeclaredPartIsNotMissing() throws {
    try fixture.withWorkspace { folder in
      try fixture.write("april.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try fixture.submit("april.csv", "2016-04", "2016-05-10", folder).status == 0)
      let april = try fixture.latest(folder)
      #expect(try missing(april, folder) == ["P-2"])
      try fixture.write("forgotten.csv", ["P-2,1985,man,ER,asylum"], folder)
      let sent = try fixture.submit("forgotten.csv", "2016-04", "2016-05-11", folder, "--part")
      #expect(sent.status == 0 && sent.output.contains("A part"), "\(sent.output)")
      #expect(try missing(april, folder) == [])
      #expect(try fixture.meedoen("audit", "verify", in: folder).status == 0)
      #expect(try fixture.meedoen("submissions", in: folder).output.contains("a part"))
      // Sent as a whole by mistake, it is another return.
      let whole = try fixture.submit("forgotten.csv", "2016-04", "2016-05-11", folder, "--dry-run")
      #expect(whole.output.contains("1 person no longer in it"), "\(whole.output)")
    }
  }

  @Test func aCorrectedCellIsLaidOverTheReturnToo() throws {
    try fixture.withWorkspace { folder in
      try fixture.write("april.csv", ["P-1,1990,woman,SY,asylum", "P-2,1985,man,ER,asylum"], folder)
      #expect(try fixture.submit("april.csv", "2016-04", "2016-05-10", folder).status == 0)
      let list = try fixture.meedoen("diff", try fixture.latest(folder), "--with", "\(try first(folder))", in: folder)
      #expect(list.status == 0)
      try fixture.write("may.csv", ["P-1,1990,woman,SY,asylum"], folder)
      #expect(try fixture.submit("may.csv", "2016-05", "2016-06-10", folder).status == 0)
      let may = try fixture.latest(folder)
      let people = try fixture.meedoen("submission", "missing", may, "--format", "json", in: folder).json()
      let person = try #require((people["people"] as? [[String: Any]])?.first?["person"] as? String)
      let done = try fixture.meedoen(
        "submission", "correct", person, "--record", "person", "--field", "sex", "--value", "other", "--reason",
        "wrong-code", "--by", "J. Bakker", "--on", "2016-06-20", in: folder)
      #expect(done.status == 0, "\(done.errors)")
      // A correction of April says nothing of who is in May.
      #expect(try missing(may, folder) == ["P-2"])
      try fixture.write("june.csv", ["P-1,1990,woman,SY,asylum", "P-2,1985,man,ER,asylum"], folder)
      let june = try fixture.submit("june.csv", "2016-06", "2016-07-10", folder, "--dry-run")
      #expect(june.output.contains("sex: other → man"), "\(june.output)")
    }
  }

  private func first(_ folder: URL) throws -> String {
    let list = try Meedoen.run("submissions", "-w", "w", "--format", "json", in: folder).json()
    let returns = try #require(list["returns"] as? [[String: Any]])
    return String(try #require(returns.first?["fingerprint"] as? String).prefix(8))
  }
}
