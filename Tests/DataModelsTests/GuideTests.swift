import DataModels
import Foundation
import TestSupport
import Testing

/// The guide's example is a model, and every condition that the guide shows can be read.
@Suite struct GuideTests {
  let blocks: [String]

  init() throws {
    let guide = try String(
      contentsOf: repository.appendingPathComponent("Documentation/Guides/DataModels.md"), encoding: .utf8)
    blocks = guide.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  @Test func theExampleOfTheGuideLoadsWithItsWorkflow() throws {
    let model = try DataModel(yaml: blocks.joined(), file: "guide.yml")
    #expect(model.records.map(\.id) == ["person", "test", "activity"])
    #expect(model.rules.count == 3)
    #expect(model.workflow.count == 2)
    #expect(model.checks.steady.count == 1 && model.outcomes.map(\.id) == ["into-work"])
  }

  @Test(
    arguments: [
      ("kind = work", "activity"), ("ended-on is given", "activity"), ("hours is missing", "activity"),
      ("level in [A1, A2]", "test"), ("level > A1", "test"), ("person.birth-year in 1980..1999", nil),
      ("any activity(kind = work, hours >= 12)", nil), ("no test", nil), ("always", nil),
      ("any activity(kind = work) on 2016-03-31", nil), ("any activity during 2016-01-01..2016-12-31", nil),
      ("first(test).tested-on + 6 months < last(activity(kind = work)).started-on - 10 days", nil),
      ("weeks-between(started-on, ended-on) >= 4", "activity"), ("count of activity(kind = work) >= 2", nil),
      ("activity(kind = work, started-on = 2016-03-31).hours > 3", nil),
    ] as [(String, String?)])
  func everyFormOfTheGuideCanBeRead(_ text: String, _ own: String?) throws {
    _ = try DataModel(yaml: blocks[0], file: "guide.yml").condition(text, on: own)
  }
}
