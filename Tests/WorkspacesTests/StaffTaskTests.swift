import Foundation
import Primitives
import Registers
import TestSupport
import Testing
import Workspaces

/// The table of roles is one: in the program and in the guide.
@Suite struct StaffTaskTests {
  @Test func theTableOfTheGuideIsTheTableInTheProgram() throws {
    let guide = try String(
      contentsOf: repository.appendingPathComponent("Documentation/Guides/Trust.md"), encoding: .utf8)
    let rows = guide.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let heading = try #require(rows.first { $0.first == "Task" })
    let roles = try heading.dropFirst(2).map { try #require(StaffRole(rawValue: $0), "\($0)") }
    for task in StaffTask.allCases {
      let row = try #require(rows.first { $0.first == "`\(task.rawValue)`" }, "\(task.rawValue)")
      #expect(row[1] == task.title.english, "\(task.rawValue)")
      for (index, role) in roles.enumerated() {
        #expect(row[index + 2] == task.roles[role]?.rawValue ?? "–", "\(task.rawValue) \(role.rawValue)")
      }
      #expect(Set(task.roles.keys).isSubset(of: roles))
    }
  }
}
