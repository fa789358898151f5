import Primitives

/// Names put together from syllables, so that no list of real names is needed.
enum InventedName {
  private static let syllables = [
    "ba", "be", "bo", "da", "de", "du", "fa", "fe", "ga", "gi", "ha", "jo", "ka", "ke", "la", "le", "li", "lo", "ma",
    "mi", "mo", "na", "ne", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "so", "su", "ta", "te", "ti", "to",
    "va", "ve", "vo", "wa", "za", "zo", "më", "né", "sö", "rï", "ça",
  ]

  static func given(_ draws: inout SeededGenerator) -> String { name(syllables: 2...3, &draws) }
  static func family(_ draws: inout SeededGenerator) -> String { name(syllables: 2...4, &draws) }

  private static func name(syllables range: ClosedRange<Int>, _ draws: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<draws.integer(in: range) { text += draws.element(of: syllables) }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
