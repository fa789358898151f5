import Estimations
import Foundation

/// The words after `meedoen estimate`: the method, the options that every method has, and those of the method.
struct EstimateArguments {
  /// Options that every method has, with a value.
  static let common = ["data", "sheet", "missing", "where", "reference", "rows", "format", "lang", "progress"]

  private(set) var method: String?
  private(set) var common: [String: String] = [:]
  private(set) var asksHelp = false
  private var own: [(name: String, value: String?)] = []

  init(_ words: [String]) throws(EstimationError) {
    var place = 0
    while place < words.count {
      let word = words[place]
      place += 1
      if word == "--help" || word == "-h" {
        asksHelp = true
        continue
      }
      guard word.hasPrefix("--"), word.count > 2 else {
        guard method == nil else {
          throw .unknownOption(method: method ?? "", name: word, near: nil)
        }
        method = word
        continue
      }
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      var value = parts.count > 1 ? String(parts[1]) : nil
      if value == nil, place < words.count, !words[place].hasPrefix("--") {
        value = words[place]
        place += 1
      }
      guard !own.contains(where: { $0.name == name }), common[name] == nil else { throw .optionRepeated(name: name) }
      if Self.common.contains(name) {
        guard let value, !value.isEmpty else { throw .valueMissing(option: name) }
        common[name] = value
      } else {
        own.append((name, value))
      }
    }
    for (name, choices) in [
      ("format", OutputFormat.allCases.map(\.rawValue)), ("lang", LanguageOption.allCases.map(\.rawValue)),
      ("progress", ProgressFormat.allCases.map(\.rawValue)),
    ] {
      guard let value = common[name], !choices.contains(value) else { continue }
      throw .unknownChoice(option: name, found: value, near: nil, choices: choices)
    }
  }

  /// Format, language and progress, also when the other words cannot be read.
  static func output(_ words: [String]) -> OutputOptions {
    func value(_ name: String) -> String? {
      if let joined = words.first(where: { $0.hasPrefix("--\(name)=") }) {
        return String(joined.dropFirst(name.count + 3))
      }
      guard let place = words.firstIndex(of: "--" + name), place + 1 < words.count else { return nil }
      return words[place + 1]
    }
    var options = OutputOptions()
    options.format = value("format").flatMap(OutputFormat.init) ?? .text
    options.lang = value("lang").flatMap(LanguageOption.init)
    options.progress = value("progress").flatMap(ProgressFormat.init) ?? .auto
    return options
  }

  /// The options of the method; a flag without a value is true.
  ///
  /// A flag takes no value, so a word after it would be one too many.
  func settings(of method: any EstimationMethod) throws(EstimationError) -> [String: String] {
    var settings: [String: String] = [:]
    for (name, value) in own {
      let option = method.options.first { $0.name == name }
      if case .flag? = option?.kind {
        settings[name] = value ?? "true"
      } else if let value {
        settings[name] = value
      } else if option == nil {
        settings[name] = ""
      } else {
        throw .valueMissing(option: name)
      }
    }
    return settings
  }

  /// `--reference race=white,region=north`.
  func references() throws(EstimationError) -> [String: String] {
    var references: [String: String] = [:]
    for part in (common["reference"] ?? "").split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw .unknownChoice(option: "reference", found: String(part), near: nil, choices: ["COLUMN=LEVEL"])
      }
      references[sides[0]] = sides[1]
    }
    return references
  }

  /// Cells that count as empty: `--missing NA,unknown`.
  var missing: [String] {
    (common["missing"] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// How many rows of a table are shown.
  func longest() throws(EstimationError) -> Int {
    guard let text = common["rows"] else { return 40 }
    guard let rows = Int(text), rows >= 2 else {
      throw .notWhole(option: "rows", found: text, range: 2...Int.max)
    }
    return rows
  }
}
