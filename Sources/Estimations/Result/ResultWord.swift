import Primitives

/// Words for people in the place of the stable names that JSON has, where a value is one of ours and not of the data.
enum ResultWord {
  /// A value of an item or of a column; itself when there is no other word.
  ///
  /// - Parameter key: of the item; for a cell, of the table and the column, joined by a point.
  static func of(_ value: String, key: String, _ language: Language) -> String {
    words[key]?[value]?[language] ?? value
  }

  private static let sides: [String: LocalizedText] = [
    "treated": LocalizedText("treated", nl: "behandeld"),
    "control": LocalizedText("control", nl: "controle"),
    "untreated": LocalizedText("untreated", nl: "onbehandeld"),
    "all": LocalizedText("all", nl: "allen"),
  ]

  private static let words: [String: [String: LocalizedText]] = [
    "estimand": sides, "sizes.group": sides, "weights.group": sides,
    "quadrant": [
      "moreEffectMoreCost": LocalizedText("more effect, more cost", nl: "meer effect, meer kosten"),
      "dominant": LocalizedText("more effect at no more cost", nl: "meer effect zonder meer kosten"),
      "dominated": LocalizedText("less effect at no less cost", nl: "minder effect zonder minder kosten"),
      "lessEffectLessCost": LocalizedText("less effect, less cost", nl: "minder effect, minder kosten"),
      "equal": LocalizedText("no difference in effect or in cost", nl: "geen verschil in effect of kosten"),
    ],
  ]
}
