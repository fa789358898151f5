import Primitives

/// Checks that a model asks for beyond its fields and rules: what should stay as it is, and what is odd for its people.
public struct DeclaredChecks: Sendable {
  /// The field of the person record that says when the person was born.
  public var born: String?
  /// Fields that are not expected to change once they are known.
  public var steady: [FieldPath]
  /// After how many months what happened counts as settled; a change in it is then to be confirmed.
  public var frozenAfterMonths: Int?
  /// Whether numbers and dates are compared with the others of their column.
  public var comparesWithColumn: Bool
  /// The days of the contract: what happened outside them is to be confirmed.
  public var contract: ValueRange? = nil
  /// Whether it is told that fields are filled in far less often than in the return before.
  public var comparesWithLastReturn = false
  /// Whether new people are looked for among those who are known under another number.
  public var looksForSamePerson = false
  /// Stocks that have to follow from the stock before, and what came in and went out.
  public var balances: [FlowBalance] = []
  /// Shares of each provider that are compared with those of the others.
  public var peerShares: [PeerShare] = []

  public static let none = DeclaredChecks(
    born: nil, steady: [], frozenAfterMonths: nil, comparesWithColumn: false)
}

/// Rows that last for some time, of which the number at the end of a month is that at its beginning, and what came in
/// less what went out in between.
public struct FlowBalance: Sendable {
  public let id: String
  public let title: LocalizedText
  /// The place of the record whose rows are counted.
  public let record: Int
  /// Only rows for which this holds.
  public let filter: Condition?
  /// The places of the fields with the first day, and with the first day on which it is over.
  public let from: Int
  public let until: Int
}

/// A share of rows that is compared between providers.
public struct PeerShare: Sendable {
  public let id: String
  public let title: LocalizedText
  /// The place of the record whose rows are counted.
  public let record: Int
  /// The rows of which the share is taken; nil for all.
  public let filter: Condition?
  /// The rows that make up the share.
  public let share: Condition
}

/// A field with its record, by their places in the model.
public struct FieldPath: Hashable, Sendable {
  public let record: Int
  public let field: Int
}

/// Until when a check is milder than it will be: time to get used to a new rule or field.
public struct Grace: Hashable, Sendable {
  /// The last month for which it is.
  public let until: CalendarMonth
  public let severity: Severity
}

extension Severity {
  /// The severity for a return about a month; without a month, the one that holds in the end.
  public func eased(by grace: Grace?, in period: CalendarMonth?) -> Severity {
    guard let grace, let period, period <= grace.until else { return self }
    return min(self, grace.severity)
  }
}

extension Field {
  /// Whether a return about a month cannot do without it; without a month, whether it is required in the end.
  public func isRequired(in period: CalendarMonth?) -> Bool {
    isRequired && Severity.error.eased(by: grace, in: period) >= .error
  }
}
