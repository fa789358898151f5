import Foundation
import TestSupport

/// A text in the sources of Statistics that an error holds.
struct ErrorPhrase {
  /// With `{}` for what is filled in.
  var text: String
  let file: String
  /// Whether it may also be the name of a column, so that only what has blanks is ours.
  let isName: Bool

  var filled: String { text.replacing("{}", with: "7") }

  /// Cases of errors, with what they hold that is said to people.
  private static let cases = [
    "setting", "notSupported", "singularCovariance", "notConverged", "noComparisonGroup", "noTreatedGroup", "noMatches",
    "notAProbability", "beyondFollowUp", "oneGroupOnly", "constant", "separated", "collinear", "lengthsDiffer",
    "notFinite", "negativeVariance",
  ]

  private static let names = ["name", "variable", "array", "columns"]

  /// Names of methods and families that errors take from a constant.
  private static let constants = [
    "nearest-neighbour matching", "optimal pair matching", "full matching", "exact matching",
    "coarsened exact matching", "subclassification", "the matching estimator", "logistic regression",
    "probit regression", "complementary log-log regression", "Poisson regression", "negative binomial regression",
    "solving the estimating equations", "segments of observer {}",
  ]

  static func all() throws -> [ErrorPhrase] {
    var found = constants.map { ErrorPhrase(text: $0, file: "constants", isName: false) }
    let folder = repository.appendingPathComponent("Sources/Statistics").resolvingSymlinksInPath()
    for case let url as URL in FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)! {
      guard url.pathExtension == "swift", !url.lastPathComponent.hasPrefix("StatisticsError") else { continue }
      let source = try String(contentsOf: url, encoding: .utf8)
      for match in source.matches(of: #/method: "([^"\\]*)"/#) {
        found.append(ErrorPhrase(text: String(match.1), file: url.lastPathComponent, isName: false))
      }
      for match in source.matches(of: #/\.([a-zA-Z]+)\(/#) where cases.contains(String(match.1)) {
        found += inCall(Array(source[match.range.upperBound...].prefix(800)), file: url.lastPathComponent)
      }
    }
    return found.filter { $0.text.contains(where: \.isLetter) && (!$0.isName || $0.text.contains(" ")) }
  }

  /// The texts among the arguments of a call; those joined by a plus sign are one.
  private static func inCall(_ characters: [Character], file: String) -> [ErrorPhrase] {
    var found: [ErrorPhrase] = []
    var (place, depth, label, word, between) = (0, 1, "", "", "")
    while place < characters.count, depth > 0 {
      let character = characters[place]
      if character == "\"" {
        let text = literal(characters, &place)
        if !found.isEmpty, between.allSatisfy({ $0 == "+" || $0.isWhitespace }) {
          found[found.count - 1].text += text
        } else {
          found.append(ErrorPhrase(text: text, file: file, isName: names.contains(label)))
        }
        between = ""
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ":", depth == 1, !word.isEmpty { label = word }
      word = character.isLetter ? word + String(character) : ""
      between.append(character)
      place += 1
    }
    return found
  }

  /// The text that opens here; moves to what follows it.
  private static func literal(_ characters: [Character], _ place: inout Int) -> String {
    var text = ""
    place += 1
    while characters[place] != "\"" {
      if characters[place] == "\\", characters[place + 1] == "(" {
        var depth = 1
        place += 2
        while depth > 0 {
          if characters[place] == "(" { depth += 1 }
          if characters[place] == ")" { depth -= 1 }
          place += 1
        }
        text += "{}"
      } else {
        text.append(characters[place])
        place += 1
      }
    }
    place += 1
    return text
  }
}
