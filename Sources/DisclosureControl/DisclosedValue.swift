import Primitives

/// Why no number is printed. A zero is not an absence: it is a value.
public enum Absence: String, CaseIterable, Hashable, Encodable, Sendable {
  /// Withheld, because people could be recognised from it or from what follows from it.
  case protected
  /// The question does not arise here.
  case notApplicable
  /// It could have been known but was not asked or not recorded.
  case notCollected
  /// It was due and had not come in on the day of the report.
  case tooLate

  /// The mark that stands in the place of a number: `c`, `n/a`, `…` or `late`.
  public var mark: String {
    switch self {
    case .protected: "c"
    case .notApplicable: "n/a"
    case .notCollected: "…"
    case .tooLate: "late"
    }
  }

  /// The mark in words, for a legend and for a screen reader.
  public var meaning: LocalizedText {
    switch self {
    case .protected:
      LocalizedText(
        "protected: too few people, here or in a number that follows from it",
        nl: "beschermd: te weinig mensen, hier of in een getal dat eruit volgt")
    case .notApplicable: LocalizedText("not applicable", nl: "niet van toepassing")
    case .notCollected: LocalizedText("not collected", nl: "niet verzameld")
    case .tooLate: LocalizedText("not received in time", nl: "niet op tijd ontvangen")
    }
  }
}

/// What may be printed in the place of one number: a value, zero, or the reason why there is none.
///
/// The five states zero, protected, not applicable, not collected and too late stay apart everywhere, also when
/// encoded: `{"state": "zero"}`, `{"state": "protected"}`, `{"state": "value", "value": 25}`.
public enum DisclosedValue: Hashable, Sendable {
  case value(Double)
  /// Exactly none; not a small number that was rounded.
  case zero
  case absent(Absence)

  /// The number, 0 for zero, nil when absent.
  public var number: Double? {
    switch self {
    case .value(let value): value
    case .zero: 0
    case .absent: nil
    }
  }

  public var absence: Absence? {
    if case .absent(let absence) = self { absence } else { nil }
  }

  /// The number or the mark as a table prints it.
  public func text(in language: Language, decimals: Int = 0) -> String {
    switch self {
    case .value(let value): language.number(value, decimals: decimals)
    case .zero: "0"
    case .absent(let absence): absence.mark
    }
  }
}

extension DisclosedValue: Encodable {
  private enum CodingKeys: CodingKey { case state, value }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .value(let value):
      try container.encode("value", forKey: .state)
      try container.encode(value, forKey: .value)
    case .zero: try container.encode("zero", forKey: .state)
    case .absent(let absence): try container.encode(absence, forKey: .state)
    }
  }
}
