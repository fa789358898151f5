import Primitives

/// How a number is written: its decimals, its sign, and what stands before and after it.
///
/// A number is given in the unit in which it is read: 44 with ``percent(decimals:)`` is written `44%`.
public struct NumberStyle: Hashable, Codable, Sendable {
  public var decimals: Int
  /// Whether a number above zero has a plus sign, as a difference should.
  public var showsPlus: Bool
  public var prefix: LocalizedText
  public var suffix: LocalizedText

  public init(
    decimals: Int = 0, showsPlus: Bool = false, prefix: LocalizedText = LocalizedText(""),
    suffix: LocalizedText = LocalizedText("")
  ) {
    self.decimals = decimals
    self.showsPlus = showsPlus
    self.prefix = prefix
    self.suffix = suffix
  }

  /// A whole number: `4,000`.
  public static let count = NumberStyle()
  /// A plain number: `1.9`.
  public static func decimal(_ decimals: Int) -> NumberStyle { NumberStyle(decimals: decimals) }
  /// A share in hundredths: `44%`.
  public static func percent(decimals: Int = 0) -> NumberStyle {
    NumberStyle(decimals: decimals, suffix: LocalizedText("%"))
  }
  /// A difference, with its sign: `+11.8`.
  public static func difference(decimals: Int = 1) -> NumberStyle { NumberStyle(decimals: decimals, showsPlus: true) }
  /// People per professional: `1 : 63`.
  public static let oneTo = NumberStyle(prefix: LocalizedText("1\u{202F}:\u{202F}"))

  /// The number in a language's own form. Minus is the real minus sign, and nothing is ever written as minus zero.
  public func text(_ value: Double, in language: Language) -> String {
    prefix[language] + bare(value, in: language) + suffix[language]
  }

  /// A number with its interval: `+11.8 (8.6 to 15.0)`.
  public func text(_ value: Double, from lower: Double, to upper: Double, in language: Language) -> String {
    "\(text(value, in: language)) (\(range(from: lower, to: upper, in: language)))"
  }

  /// A range: `8.6 to 15.0`, `24 tot 31%`.
  public func range(from lower: Double, to upper: Double, in language: Language) -> String {
    var ends = self
    ends.showsPlus = false
    let word = language == .dutch ? "tot" : "to"
    return prefix[language] + ends.bare(lower, in: language) + " \(word) " + ends.bare(upper, in: language)
      + suffix[language]
  }

  /// A number, or the sign of the reason that there is none.
  public func text(of value: ChartValue, in language: Language) -> String {
    switch value {
    case .number(let number): text(number, in: language)
    case .absent(let absence): absence.sign[language]
    }
  }

  private func bare(_ value: Double, in language: Language) -> String {
    let digits = language.number(value.magnitude, decimals: decimals)
    let isZero = !digits.contains { ("1"..."9").contains($0) }
    if value < 0, !isZero { return "\u{2212}" + digits }
    return showsPlus && !isZero ? "+" + digits : digits
  }
}
