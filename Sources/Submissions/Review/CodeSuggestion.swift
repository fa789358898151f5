import DataModels
import Primitives

/// Finds the code that was probably meant, so that a finding can name it.
struct CodeSuggestion {
  let list: CodeList
  /// Codes by their spelling without case and blanks.
  private let folded: [String: String]
  /// For each code its own words and those of its labels, as ` words between blanks `.
  private let words: [(code: String, phrases: [String])]

  init(_ list: CodeList) {
    self.list = list
    folded = Dictionary(list.codes.map { (comparable($0.code), $0.code) }, uniquingKeysWith: { first, _ in first })
    words = list.codes.map { code in
      (code.code, [phrase(code.code)] + Language.allCases.map { phrase(code.label[$0]) })
    }
  }

  /// The code that replaces it, the code spelled otherwise, the code of this label, the only code that holds the value's words or that the value
  /// holds (`Trafford` for `Trafford Council`), or else the one with nearly the same letters; nil when none is near.
  func code(for text: String) -> String? {
    list.replaces[text] ?? folded[comparable(text)] ?? byLabel(text) ?? byWords(text)
      ?? nearMiss(text, among: list.codes.map(\.code))
  }

  private func byLabel(_ text: String) -> String? {
    let name = comparable(text)
    return list.codes.first { code in Language.allCases.contains { comparable(code.label[$0]) == name } }?.code
  }

  private func byWords(_ text: String) -> String? {
    let meant = phrase(text)
    // Shorter ones, such as “a” or “of”, stand in too much.
    func fits(_ phrase: String) -> Bool {
      phrase.count >= 5 && meant.count >= 5 && (phrase.contains(meant) || meant.contains(phrase))
    }
    let fitting = words.filter { $0.phrases.contains(where: fits) }
    return fitting.count == 1 ? fitting[0].code : nil
  }
}

/// Lower-case words between single blanks, with a blank at both ends.
private func phrase(_ text: String) -> String {
  " " + text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
}
