import Foundation
import Primitives
import Testing

@testable import Studies

/// The keys of the JSON are a promise (`Documentation/Guides/StudyPlans.md`).
@Suite struct DisclosedKeysTests {
  let json: [String: Any]

  init() throws {
    let rows = RandomProgramme(seed: 5, people: 2000).rows
    let plan = try smallPlan(("until: 2017-12-31", "until: 2018-06-30"))
    let study = try Study(
      plan: plan, snapshot: snapshot(of: smallModel, rows), codeVersion: "0.1"
    ).run().disclosed(plan.report.policy)
    json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(study)) as! [String: Any]
  }

  @Test func theKeysOfTheResultsAreKept() throws {
    #expect(json["schema"] as? String == "meedoen/study/1")
    #expect(
      json.keys.sorted() == [
        "attrition", "caseload", "caveats", "codeVersion", "data", "flows", "keyResults", "methodNotes", "occupancy",
        "origins", "outcomes", "plan", "planInWords", "policy", "routes", "schema", "states", "suppressedCells",
      ])
    #expect(keys(json["flows"]) == ["months", "periods", "stock", "transitions"])
    #expect(keys(json["attrition"]) == ["cohort", "steps"])
    #expect(keys(json["routes"]) == ["columns", "links"])
    #expect(keys(json["caseload"]) == ["months", "monthsAboveNorm", "monthsShown", "norm", "teams"])
    #expect(keys(json["data"]) == ["asKnownOn", "fingerprint", "observedUntil", "returnCount"])
    let outcome = try #require((json["outcomes"] as? [[String: Any]])?.first)
    #expect(outcome.keys.sorted() == ["alreadyThere", "causes", "comparisons", "id", "main", "name"])
    let occupancy = try #require((json["occupancy"] as? [[String: Any]])?.last)
    #expect(occupancy.keys.sorted() == ["grouping", "groups", "marks", "meanMonths"])
  }

  @Test func theReportOpensWithTheNumbersThatThePlanPutsFirst() throws {
    let kinds = (json["keyResults"] as! [[String: Any]]).map { $0.keys.first! }
    #expect(kinds == ["cohort", "outcome", "outcome", "difference", "caseload", "lost"])
  }

  @Test func everyResultSaysWhereItComesFrom() throws {
    let origins = json["origins"] as! [[String: Any]]
    #expect(
      origins.map { $0["result"] as! String } == [
        "attrition", "flows", "routes", "outcome.into-work", "occupancy", "caseload",
      ])
    for origin in origins {
      #expect(
        origin.keys.sorted() == [
          "asKnownOn", "codeVersion", "data", "fingerprint", "method", "name", "people", "plan", "result",
        ])
    }
    #expect(Set(origins.map { $0["fingerprint"] as! String }).count == origins.count)
  }

  /// No code of a professional and no number of a person may leave.
  @Test func noCodeOfAProfessionalOrPersonIsInTheResults() throws {
    let text = String(decoding: try JSONSerialization.data(withJSONObject: json), as: UTF8.self)
    for number in 1...9 { #expect(!text.contains("\"M\(number)\"")) }
    #expect(!text.contains("p10"))
  }

  private func keys(_ value: Any?) -> [String] { ((value as? [String: Any]) ?? [:]).keys.sorted() }
}
