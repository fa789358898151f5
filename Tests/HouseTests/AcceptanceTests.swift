import Foundation
import Testing
import TestSupport

/// The acceptance tests of the documentation are there, each under its number.
@Suite struct AcceptanceTests {
  @Test func `each acceptance test of the documentation has one test that bears its number`() {
    let rows = tableRows(in: repositoryText("Documentation/AcceptanceTests.md"))
    let listed = rows.filter { $0.first?.wholeMatch(of: /T[0-9]+/) != nil }
    #expect(listed.map { $0[0] } == (1...17).map { "T\($0)" })
    for row in listed where row.count >= 3 {
      let name = row[2].filter { $0 != "`" }
      let text = repositoryText("Tests/CommandLineTests/Acceptance/\(name).swift")
      let count = text.components(separatedBy: "\"\(row[0]): ").count - 1
      #expect(count == 1, "\(name) should have one test whose name begins with “\(row[0]): ”, and has \(count)")
    }
  }
}
