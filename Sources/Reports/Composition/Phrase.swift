import Charts
import Primitives

/// One language's half of a sentence, with places for what is named or counted: `\(people) people had \(cause)`.
///
/// What stands in a place is written in the sentence's own language.
struct Phrase: ExpressibleByStringInterpolation {
  private var parts: [LocalizedText]

  init(stringLiteral text: String) { parts = [LocalizedText(text)] }
  init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  func text(in language: Language) -> String { parts.map { $0[language] }.joined() }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [LocalizedText] = []

    init(literalCapacity: Int, interpolationCount: Int) { parts.reserveCapacity(2 * interpolationCount + 1) }

    mutating func appendLiteral(_ literal: String) { parts.append(LocalizedText(literal)) }
    mutating func appendInterpolation(_ text: LocalizedText) { parts.append(text) }
    mutating func appendInterpolation(_ number: ReportNumber) { parts.append(LocalizedText(number)) }
    mutating func appendInterpolation(_ date: CalendarDate) { parts.append(LocalizedText(date)) }
    mutating func appendInterpolation(_ month: CalendarMonth) { parts.append(LocalizedText { $0.month(month) }) }
    mutating func appendInterpolation(_ number: Int) { parts.append(LocalizedText { $0.number(number) }) }
    /// Something that is written alike in every language, such as a code.
    mutating func appendInterpolation(_ code: String) { parts.append(LocalizedText(code)) }
  }
}

extension LocalizedText {
  /// A sentence that is written once for each language.
  init(en english: Phrase, nl dutch: Phrase) {
    self.init(english.text(in: .english), nl: dutch.text(in: .dutch))
  }

  /// Items as a sentence names them: `a, b and c`.
  init(list items: [LocalizedText]) {
    self.init { language in language.list(items.map { $0[language] }) }
  }

  /// Sentences after one another.
  init(sentences: [LocalizedText]) {
    self.init { language in sentences.map { $0[language] }.joined(separator: " ") }
  }

  /// A number of months: `1 month`, `36 months`.
  static func months(_ count: Int) -> LocalizedText {
    LocalizedText(en: "\(count) \(count == 1 ? "month" : "months")", nl: "\(count) \(count == 1 ? "maand" : "maanden")")
  }

  /// The name of a state, event or step as it stands inside a sentence: without its capital.
  ///
  /// Abbreviations and names of languages keep theirs.
  var inSentence: LocalizedText { LocalizedText { NameInSentence.lowered(self[$0]) } }

  /// The name of a group as it stands inside a sentence. A group may be called after a place or a team, so a capital
  /// goes only from a name of several words of which no other has one, and from a few words that are no names.
  var asGroup: LocalizedText {
    LocalizedText { language in
      let words = self[language].split(separator: " ")
      let isOrdinary =
        words.count > 1
        ? !words.dropFirst().contains { $0.first?.isUppercase ?? false }
        : NameInSentence.noNames.contains(self[language])
      return isOrdinary ? NameInSentence.lowered(self[language]) : self[language]
    }
  }

  /// The text with a capital, for the beginning of a line.
  var atStart: LocalizedText {
    LocalizedText { language in self[language].prefix(1).uppercased() + self[language].dropFirst() }
  }
}

private enum NameInSentence {
  /// Words that have a capital wherever they stand, by how they begin.
  private static let alwaysCapital = [
    "Dutch", "English", "Arabic", "Tigrinya", "Ukrain", "Syria", "Eritre", "Nederland", "Engels", "Arabisch", "Oekraïn",
    "Syri", "Europ",
  ]

  /// Single words that groups are often called, and that are no names of anything.
  static let noNames: Set = [
    "Women", "Men", "Girls", "Boys", "Others", "Other", "Unknown", "Yes", "No", "None", "Young", "Old", "Vrouwen",
    "Mannen",
    "Meisjes", "Jongens", "Anderen", "Anders", "Overig", "Onbekend", "Ja", "Nee", "Geen", "Jong", "Oud",
  ]

  static func lowered(_ name: String) -> String {
    let word = name.prefix { $0.isLetter }
    guard word.count > 1, !word.dropFirst().contains(where: \.isUppercase),
      !alwaysCapital.contains(where: word.hasPrefix)
    else { return name }
    // `B1 and higher` and `Level-2` begin with something that is no ordinary word.
    if let next = name.dropFirst(word.count).first, next.isNumber { return name }
    return name.prefix(1).lowercased() + name.dropFirst()
  }
}
