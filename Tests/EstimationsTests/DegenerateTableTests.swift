import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// Every method on tables that nobody would hand in on purpose: an estimate, or a typed error; never a trap.
@Suite struct DegenerateTableTests {
  /// What a column may hold. The last ones are the kind of numbers that examples mean.
  static let fillings: [@Sendable (Int, inout SeededGenerator) -> String] = [
    { _, _ in "0" }, { _, _ in "1" }, { _, _ in "" }, { _, _ in "x" }, { row, _ in "\(row)" },
    { row, _ in "\(row % 2)" }, { row, _ in "\(row % 3)" }, { row, _ in row == 0 ? "1" : "0" },
    { row, _ in "\(Double(row) * 1e12)" }, { row, _ in "\(Double(row + 1) * 1e-12)" }, { _, _ in "1e300" },
    { row, _ in "\(-row)" }, { row, _ in ["a", "b"][row % 2] }, { row, _ in row % 4 == 0 ? "" : "2.5" },
    { _, random in "\(Int(random.uniform() * 2))" }, { _, random in "\(Int(random.uniform() * 4))" },
    { _, random in "\(1 + Int(random.uniform() * 20))" }, { _, random in "\(random.uniform() * 10)" },
    { _, random in ["north", "south", "east"][Int(random.uniform() * 3)] },
  ]

  @Test(arguments: estimationMethods.map(\.id))
  func `a method answers whatever a table holds`(_ name: String) throws {
    let method = try estimationMethod(named: name)
    let settings = settings(of: method.example)
    let columns = columns(of: method, settings)
    for seed in 0..<40 {
      var random = SeededGenerator(seed: UInt64(seed), stream: 16)
      let rows = [1, 2, 3, 5, 12, 40][seed % 6]
      let chosen = columns.map { _ in
        // Half of the tables are nearly what they should be.
        Self.fillings[
          seed % 2 == 0
            ? Int(random.uniform() * Double(Self.fillings.count)) : Self.fillings.count - 1 - Int(random.uniform() * 4)]
      }
      var text = columns.map { "\"\($0)\"" }.joined(separator: ",") + ",row\n"
      for row in 0..<rows {
        text += chosen.map { $0(row, &random) }.joined(separator: ",") + ",\(row)\n"
      }
      do {
        let request = try EstimationRequest(method, table: table(text), settings: settings)
        let result = try method.estimate(request)
        for item in result.items { expectDefined(item.value, "\(name), table \(seed): \(item.key)") }
        _ = result.json(.english)
        _ = result.lines(.dutch)
      } catch let error as EstimationError {
        #expect(!error.message.english.isEmpty && error.message.dutch?.isEmpty == false, "\(name), table \(seed)")
      }
    }
  }

  /// What is not defined is nil and never NaN.
  func expectDefined(_ value: ResultValue, _ place: String) {
    var numbers: [Double?] = []
    switch value {
    case .number(let number): numbers = [number]
    case .numbers(let list): numbers = list
    case .group(let items): for item in items { expectDefined(item.value, "\(place).\(item.key)") }
    case .table(let table):
      for column in table.columns {
        if case .numbers(let list) = column.values { expectDefined(.numbers(list), "\(place).\(column.key)") }
      }
    case .whole, .text, .texts, .flag: break
    }
    #expect(numbers.allSatisfy { !($0?.isNaN ?? false) }, "\(place)")
  }

  /// The options of an example, as a shell would cut them.
  func settings(of example: String) -> [String: String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in example {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else if quote == nil, character == " " {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    var settings: [String: String] = [:]
    for (place, word) in words.enumerated() where word.hasPrefix("--") {
      let next = place + 1 < words.count ? words[place + 1] : "--"
      settings[String(word.dropFirst(2))] = next.hasPrefix("--") ? "true" : next
    }
    return settings
  }

  /// The columns that the example names.
  func columns(of method: any EstimationMethod, _ settings: [String: String]) -> [String] {
    var names: [String] = []
    for option in method.options where option.namesColumns {
      guard let value = settings[option.name] else { continue }
      let bare = value.replacing(#/'[^']*'|"[^"]*"/#, with: "")
      for match in bare.matches(of: #/[A-Za-z_][A-Za-z0-9_.]*(?!\w*\()/#) {
        let name = String(match.0)
        if !names.contains(name), name != "TRUE", name != "FALSE" { names.append(name) }
      }
    }
    return names
  }
}
