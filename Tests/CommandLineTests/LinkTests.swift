import Foundation
import Testing
import TestSupport

/// People under two numbers, from the invented returns to the undone decision.
@Suite struct LinkTests {
  @Test func peopleUnderTwoNumbersAreFoundLookedAtMergedAndUndone() throws {
    try withTemporaryFolder { folder in
      let simulated = try Meedoen.run(
        "simulate", "duplicates", "--persons", "400", "--seed", "8", "--output", "data", "--lang", "nl", in: folder)
      #expect(simulated.status == 0 && simulated.output.contains("paren van één persoon"))
      #expect(try Meedoen.run("new", "w", "--model", "data/model.yml", "--synthetic", in: folder).status == 0)
      #expect(try Meedoen.run("submit", "data/returns", "-w", "w", in: folder).status == 0)

      let found = try Meedoen.run("link", "find", "-w", "w", "--format", "json", in: folder).json()
      #expect(found["schema"] as? String == "meedoen-links/1")
      let certain = try #require(found["certain"] as? Int)
      #expect(certain > 20)
      let text = try Meedoen.run("link", "find", "-w", "w", "--lang", "nl", in: folder)
      #expect(text.status == 0 && text.output.contains("zeker één persoon"))

      let review = try Meedoen.run(
        "link", "review", "--certain", "--limit", "1", "-w", "w", "--format", "json", in: folder
      ).json()
      let pair = try #require((review["pairs"] as? [[String: Any]])?.first)
      let (first, second) = (try #require(pair["first"] as? String), try #require(pair["second"] as? String))
      let shown = try Meedoen.run("link", "review", "--certain", "-w", "w", "--lang", "en", in: folder)
      #expect(shown.output.contains("person.given-name") && shown.output.contains("pairs."))

      func people() throws -> Int {
        let status = try Meedoen.run("register", "status", "-w", "w", "--format", "json", in: folder).json()
        return try #require(status["people"] as? Int)
      }
      let before = try people()
      let why = ["--by", "steward", "--reason", "test", "-w", "w"]
      let dry = try Meedoen.run(
        arguments: ["link", "merge", "--certain", "--dry-run", "--lang", "en"] + why, in: folder)
      #expect(try dry.output.contains("would be one person") && (try people()) == before)
      let merged = try Meedoen.run(
        arguments: ["link", "merge", first, second, "--on", "2024-03-01", "--lang", "nl"] + why, in: folder)
      #expect(try merged.status == 0 && merged.output.contains("één persoon") && (try people()) == before - 1)
      // Given again, it is the same decision.
      let again = try Meedoen.run(arguments: ["link", "merge", first, second, "--on", "2024-03-01"] + why, in: folder)
      #expect(try again.status == 0 && (try people()) == before - 1)
      let contradiction = try Meedoen.run(
        arguments: ["link", "undo", first, "aaaa", "--on", "2024-03-02", "--lang", "en"] + why, in: folder)
      #expect(contradiction.status == 64 && contradiction.errors.contains("LNK-02"))
      let undone = try Meedoen.run(
        arguments: ["link", "undo", first, second, "--on", "2024-03-02"] + why, in: folder)
      #expect(try undone.status == 0 && (try people()) == before)
      let all = try Meedoen.run(arguments: ["link", "merge", "--certain", "--on", "2024-03-03"] + why, in: folder)
      #expect(try all.status == 0 && (try people()) < before - 20)
      // The third decision, under all the later ones, by its number; then it stands no more.
      func undo(_ more: String...) throws -> Meedoen.Run {
        try Meedoen.run(arguments: ["link", "undo", "--on", "2024-03-04", "--lang", "en"] + more + why, in: folder)
      }
      let merges = try people()
      let third = try undo("--number", "3")
      #expect(third.status == 0 && third.output.contains("undone"), "\(third.errors)")
      #expect(try third.output.contains("still one person") || (try people()) == merges + 1)
      let again = try undo("--number", "3")
      #expect(again.status == 64 && again.errors.contains("LNK-04"))
      let none = try undo("--number", "100000")
      #expect(none.status == 64 && none.errors.contains("LNK-06"))
      #expect(try undo().status == 64)
      let list = try Meedoen.run("link", "list", "--as-known-on", "2024-03-02", "-w", "w", "--lang", "en", in: folder)
      #expect(list.output.split(separator: "\n").count == 2 && list.output.contains("undone"))
    }
  }

  @Test func whoAndWhyHaveToBeSaid() throws {
    let run = try Meedoen.run("link", "merge", "a", "b", "--by", " ", "--reason", "x")
    #expect(run.status == 64)
    #expect(try Meedoen.run("link", "merge", "a", "--by", "x", "--reason", "x").status == 64)
  }
}
