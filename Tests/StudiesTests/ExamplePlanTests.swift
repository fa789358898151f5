import DataModels
import DisclosureControl
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Studies

@Suite struct ExamplePlanTests {
  func model(_ name: String) throws -> DataModel {
    try DataModel(contentsOf: repository.appendingPathComponent("Models/\(name).yml"))
  }

  func plan(_ name: String) throws -> StudyPlan {
    try StudyPlan(contentsOf: repository.appendingPathComponent("Examples/\(name)/plan.yml"))
  }

  @Test(arguments: ["municipality", "rtof"])
  func theExamplePlansFitTheShippedModels(_ name: String) throws {
    let plan = try plan(name)
    #expect(plan.problems(in: try model(name)) == [])
    for language in Language.allCases { #expect(!plan.inWords(language).contains("nil")) }
  }

  @Test func thePlanInTheGuideFitsTheShippedModel() throws {
    let guide = try String(
      contentsOf: repository.appendingPathComponent("Documentation/Guides/StudyPlans.md"), encoding: .utf8)
    let block = try #require(guide.range(of: "```yaml\n").map { guide[$0.upperBound...] })
    let yaml = try #require(block.range(of: "```").map { String(block[..<$0.lowerBound]) })
    let plan = try StudyPlan(yaml: yaml, file: "guide.yml", model: try model("municipality"))
    #expect(plan.outcomes.count == 1)
  }

  @Test func aPlanForAnotherModelIsRefused() throws {
    let problems = try plan("rtof").problems(in: try model("municipality"))
    #expect(problems.count == 1)
    #expect(
      problems.first?.message
        == "the plan is written for the model “rtof >= 1.0.2” and the data have “municipality 2026.1”")
  }

  @Test(.enabled(if: SharedMaterial.folder("rtof/samples") != nil, "\(SharedMaterial.absent)"))
  func theFundsPublishedSampleCanBeStudied() throws {
    let folder = try #require(SharedMaterial.folder("rtof/samples"))
    let model = try model("rtof")
    var rows: [String: [RowInTest]] = [:]
    for record in model.records {
      let file = folder.appendingPathComponent("sample_record_\(record.id).csv")
      rows[record.id] = records(in: try String(contentsOf: file, encoding: .utf8))
    }
    let study = Study(
      plan: try plan("rtof"), snapshot: snapshot(of: model, asKnownOn: "2025-01-31", rows), codeVersion: "test")
    let results = try study.run()
    #expect(results.attrition.start == 250)
    #expect(results.cohortSize > 200)
    #expect(results.isTimeZeroMonthly)
    let disclosed = try results.disclosed(study.plan.report.policy)
    #expect(disclosed.attrition.cohort.value.number != nil)
    #expect(disclosed.outcomes.count == 2)
    #expect(disclosed.outcomes[0].comparisons[0].groups[0].curves[0].points.count > 5)
    #expect(disclosed.methodNotes.contains { $0.english.contains("first day of its month") })
  }

  /// Reads the sample's simple CSV: a comma in a cell stands between quotation marks.
  private func records(in text: String) -> [RowInTest] {
    let lines = text.split(whereSeparator: \.isNewline).map { line -> [String] in
      var cells = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == ",", !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
    return lines.dropFirst().map { RowInTest(uniqueKeysWithValues: zip(lines[0], $0)) }
  }
}
