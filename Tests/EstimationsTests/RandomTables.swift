import Estimations
import Primitives

/// Invented tables with the columns that the example of a method names, and calls of the method that fit them.
enum RandomTables {
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

  /// - Parameter isPlausible: whether columns hold only the kind of numbers that examples mean.
  static func text(
    for method: any EstimationMethod, _ settings: [String: String], seed: Int, isPlausible: Bool
  ) -> String {
    let columns = columns(of: method, settings)
    var random = SeededGenerator(seed: UInt64(seed), stream: 16)
    let chosen = columns.map { _ in
      fillings[
        isPlausible ? fillings.count - 1 - Int(random.uniform() * 4) : Int(random.uniform() * Double(fillings.count))]
    }
    var text = columns.map { "\"\($0)\"" }.joined(separator: ",") + ",row,fifth\n"
    for row in 0..<[1, 2, 3, 5, 12, 40][seed % 6] {
      text += chosen.map { $0(row, &random) }.joined(separator: ",") + ",\(row),\(row % 5)\n"
    }
    return text
  }

  /// The call of the example, and one for each choice of each option and each flag; clustered by `fifth` where it can be.
  static func calls(of method: any EstimationMethod) -> [[String: String]] {
    let example = settings(of: method.example)
    var calls = [example]
    for option in method.options {
      switch option.kind {
      case .choice(let choices):
        for choice in choices { calls.append(example.merging([option.name: choice.name]) { $1 }) }
      case .flag: calls.append(example.merging([option.name: "true"]) { $1 })
      default: break
      }
    }
    guard method.options.contains(where: { $0.name == "cluster" }) else { return calls }
    return calls + calls.map { $0.merging(["cluster": "fifth"]) { $1 } }
  }

  /// The options of an example, as a shell would cut them.
  static func settings(of example: String) -> [String: String] {
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
  static func columns(of method: any EstimationMethod, _ settings: [String: String]) -> [String] {
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
