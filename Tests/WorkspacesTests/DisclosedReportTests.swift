import Foundation
import Primitives
import TestSupport
import Testing
import Workspaces

/// What an attacker finds in a published report: its page and its results as JSON.
@Suite struct DisclosedReportTests {
  @Test func noCountBelowTheThresholdIsInTheReportOrItsData() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data")
      _ = try simulate(SimulationRequest(kind: .municipality, persons: 700, seed: 21, errorRate: nil, folder: data))
      let workspace = try Workspace.create(
        in: folder.appendingPathComponent("w"), model: "municipality", title: nil, isSynthetic: true
      ).workspace
      try workspace.submit(
        SubmitRequest(paths: [data.path]), today: CalendarDate(iso: "2020-01-01")!, language: .english
      ) { _ in }
      let run = try workspace.runStudy(
        repository.appendingPathComponent("Examples/municipality/plan.yml"), asKnownOn: nil, codeVersion: "test")
      for file in run.files {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        if file.hasSuffix(".json") {
          let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
          var counts = 0
          try walk(json, path: "") { path, number in
            // Values of tables, nodes, links, numbers at risk and contributors are counts of people.
            let isCount = [
              ".table.values", ".stock.values", ".transitions.values", ".people.", ".atRisk", ".events.values",
              "contributors", "numerator", "denominator", "remaining", "excluded", "cohort",
            ]
            .contains { path.contains($0) }
            guard isCount, path.hasSuffix(".value"), !path.contains("aboveNorm") else { return }
            counts += 1
            #expect(number >= 10 && number.truncatingRemainder(dividingBy: 5) == 0, "\(path): \(number)")
          }
          #expect(counts > 500)
          let attack = try PublishedTablesAttack(try #require(json as? [String: Any]))
          let widths = try #require(attack.widths(), "the relations between the tables hold")
          #expect(widths.count > 20)
          let narrowest = try #require(widths.values.min())
          #expect(narrowest >= Double(attack.width), "a number can be told within \(narrowest)")
        } else {
          // Whole numbers from 1 to 9 in cells of people.
          #expect(text.contains("<table"))
          for cell in cells(of: text, captions: ["Number of people", "From the register", "In and out"]) {
            if let number = Int(cell) { #expect(number == 0 || number >= 10, "a cell holds \(number)") }
          }
        }
      }
    }
  }

  func walk(_ value: Any, path: String, _ visit: (String, Double) throws -> Void) throws {
    switch value {
    case let object as [String: Any]: for (key, inner) in object { try walk(inner, path: "\(path).\(key)", visit) }
    case let array as [Any]: for inner in array { try walk(inner, path: path, visit) }
    case let number as Double: try visit(path, number)
    default: break
    }
  }

  /// The contents of the cells of tables whose caption begins with one of these.
  func cells(of page: String, captions: [String]) -> [String] {
    var found: [String] = []
    for table in page.components(separatedBy: "<table").dropFirst() {
      guard let end = table.range(of: "</table>") else { continue }
      let body = String(table[..<end.lowerBound])
      guard captions.contains(where: { body.contains($0) }) else { continue }
      for cell in body.components(separatedBy: "<td").dropFirst() {
        let content = cell.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
        found.append(content.filter { $0.isNumber })
      }
    }
    return found
  }
}
