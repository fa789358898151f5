/// The Dutch for the English phrases that errors hold: names of methods, of settings and of kinds of input, and reasons.
///
/// An error is thrown with English facts, at many places and in many families. Their Dutch stands here, by family, under
/// the English, with `{}` for a part that is filled in. A test reads the sources and asks that every phrase has its Dutch.
enum DutchPhrases {
  /// A phrase of ours; itself when there is no Dutch.
  static func dutch(_ phrase: String) -> String {
    if let found = plain[phrase] { return found }
    for template in templates {
      guard let parts = template.parts(of: phrase) else { continue }
      return template.filled(parts.map(dutch))
    }
    return phrase
  }

  /// A name, which may be that of a column in somebody's data: only what has blanks is ours for sure.
  static func name(_ name: String) -> String { name.contains(" ") ? dutch(name) : name }

  /// Every English phrase that has its Dutch.
  static var english: Set<String> { Set(all.keys) }

  private static let all: [String: String] = [
    survival, regression, weighting, matching, panels, agreementAndCounts, economics, sensitivity, resampling,
    imputation, shared,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

  private static let plain = all.filter { !$0.key.contains("{}") }

  /// The most specific first.
  private static let templates = all.filter { $0.key.contains("{}") }
    .map { PhraseTemplate(english: $0.key.split("{}"), dutch: $0.value.split("{}")) }
    .sorted { ($1.length, $0.english.joined()) < ($0.length, $1.english.joined()) }
}

/// A phrase with gaps, in both languages; the gaps come in the same order.
private struct PhraseTemplate: Sendable {
  /// What stands before, between and after the gaps.
  let english: [Substring]
  let dutch: [Substring]

  var length: Int { english.reduce(0) { $0 + $1.count } }

  /// What fills the gaps of a phrase; nil when it is not of this shape.
  func parts(of phrase: String) -> [String]? {
    guard let first = english.first, let last = english.last, phrase.hasPrefix(first), phrase.hasSuffix(last),
      phrase.count >= length
    else { return nil }
    var rest = phrase.dropFirst(first.count).dropLast(last.count)
    var parts: [String] = []
    for between in english.dropFirst().dropLast() {
      guard let place = rest.firstRange(of: between) else { return nil }
      parts.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return parts + [String(rest)]
  }

  func filled(_ parts: [String]) -> String {
    var text = String(dutch[0])
    for (part, after) in zip(parts, dutch.dropFirst()) { text += part + after }
    return text
  }
}

extension String {
  /// At every `separator`, empty pieces kept.
  fileprivate func split(_ separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
