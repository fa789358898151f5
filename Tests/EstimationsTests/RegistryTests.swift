import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// What every method owes to those who use it.
@Suite struct RegistryTests {
  @Test func `methods have names of their own, in lower case with hyphens`() {
    let names = estimationMethods.map(\.id)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.wholeMatch(of: #/[a-z0-9]+(-[a-z0-9]+)*/#) != nil, "\(name)") }
  }

  @Test(arguments: estimationMethods.map(\.id))
  func `a method says in both languages what it is and what its options mean`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    for text in [method.title, method.summary] + method.options.map(\.help) {
      #expect(!text.english.isEmpty && text.dutch?.isEmpty == false, "\(name): \(text.english)")
    }
    for option in method.options {
      if case .choice(let choices) = option.kind {
        #expect(choices.count > 1 && choices.allSatisfy { $0.help.dutch?.isEmpty == false }, "\(name) \(option.name)")
        if let standard = option.standard {
          #expect(choices.contains { $0.name == standard }, "\(name) \(option.name)")
        }
      }
      #expect(option.name.wholeMatch(of: #/[a-z0-9]+(-[a-z0-9]+)*/#) != nil, "\(name) \(option.name)")
      #expect(!Self.reserved.contains(option.name), "\(name) \(option.name) is an option of every method")
    }
    #expect(Set(method.options.map(\.name)).count == method.options.count, "\(name)")
  }

  static let reserved = [
    "data", "sheet", "missing", "where", "reference", "rows", "format", "lang", "progress", "help",
  ]

  @Test(arguments: estimationMethods.map(\.id))
  func `a method has a page among the methods`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    let page = repository.appendingPathComponent("Documentation/Methods/\(method.page).md")
    #expect(FileManager.default.fileExists(atPath: page.path), "\(name): \(method.page).md")
  }

  @Test(arguments: estimationMethods.map(\.id))
  func `the example of a method gives what it needs and names its options`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    let given = Set(method.example.matches(of: #/--([a-z0-9-]+)/#).map { String($0.1) })
    let options = Set(method.options.map(\.name))
    #expect(given.isSubset(of: options), "\(name): \(given.subtracting(options))")
    for option in method.options where option.isRequired {
      #expect(given.contains(option.name), "\(name): \(option.name)")
    }
  }

  @Test func `a mistyped method is met with the nearest`() {
    let found = refusal { _ = try estimationMethod(named: "kaplan-mier") }
    #expect(found.code == "EST-02" && found.message.contains("“kaplan-meier”"))
  }
}
