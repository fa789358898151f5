import Primitives

/// Why a number is not shown. Zero is not among the reasons: none is a number.
public enum Absence: String, CaseIterable, Codable, Hashable, Sendable {
  /// So few people that the number could tell about one of them, or a number from which such a one could be found.
  case protected
  /// The question does not arise here.
  case notApplicable
  /// Nobody asked or kept it.
  case notCollected
  /// It is collected, and has not come in yet.
  case late

  /// The short sign in a cell or on a mark: `c`, `n/a`, `…` or `late`.
  public var sign: LocalizedText {
    switch self {
    case .protected: LocalizedText("c")
    case .notApplicable: LocalizedText("n/a", nl: "n.v.t.")
    case .notCollected: LocalizedText("…")
    case .late: LocalizedText("late", nl: "laat")
    }
  }

  /// The sign in words.
  public var meaning: LocalizedText {
    switch self {
    case .protected:
      LocalizedText(
        "protected: too few people, here or in a number that follows from it",
        nl: "beschermd: te weinig mensen, hier of in een getal dat eruit volgt")
    case .notApplicable: LocalizedText("does not apply", nl: "niet van toepassing")
    case .notCollected: LocalizedText("not collected", nl: "niet verzameld")
    case .late: LocalizedText("not yet in", nl: "nog niet binnen")
    }
  }
}

/// What stands at one place of a chart or table: a number, or the reason that there is none.
///
/// With zero, which is a number, these are five different states; no two are ever drawn alike.
public enum ChartValue: Hashable, Codable, Sendable {
  case number(Double)
  case absent(Absence)

  public var number: Double? { if case .number(let number) = self { number } else { nil } }
  public var absence: Absence? { if case .absent(let absence) = self { absence } else { nil } }
}

extension ChartValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
}
