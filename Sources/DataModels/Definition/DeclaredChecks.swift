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

  public static let none = DeclaredChecks(
    born: nil, steady: [], frozenAfterMonths: nil, comparesWithColumn: false)
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
