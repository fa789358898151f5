import Charts
import Primitives

/// A number as a report shows it: a protected value or the reason that there is none, its interval, and how it is written.
///
/// The only form in which a number enters a report, so that it is written in the reader's language and never with more
/// precision than was decided.
public struct ReportNumber: Hashable, Codable, Sendable {
  public var value: ChartValue
  public var lower: Double?
  public var upper: Double?
  public var style: NumberStyle

  public init(_ value: ChartValue, lower: Double? = nil, upper: Double? = nil, style: NumberStyle) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.style = style
  }

  /// A number of people or things: `4,000`.
  public static func count(_ count: Int) -> ReportNumber { ReportNumber(.number(Double(count)), style: .count) }
  /// A share in hundredths: 44 is `44%`.
  public static func percent(_ share: Double, decimals: Int = 0) -> ReportNumber {
    ReportNumber(.number(share), style: .percent(decimals: decimals))
  }
  /// A plain number: `1.9`.
  public static func decimal(_ value: Double, decimals: Int = 1) -> ReportNumber {
    ReportNumber(.number(value), style: .decimal(decimals))
  }
  /// An estimate with its interval: `+11.8 (8.6 to 15.0)`.
  public static func estimate(_ value: Double, from lower: Double, to upper: Double, style: NumberStyle) -> ReportNumber
  {
    ReportNumber(.number(value), lower: lower, upper: upper, style: style)
  }
  /// No number, for this reason.
  public static func absent(_ absence: Absence) -> ReportNumber { ReportNumber(.absent(absence), style: .count) }

  /// The number as it is written in a language, with its interval when it has one.
  public func text(in language: Language) -> String {
    guard let number = value.number, let lower, let upper else { return style.text(of: value, in: language) }
    return style.text(number, from: lower, to: upper, in: language)
  }
}

extension LocalizedText {
  /// A text that is written once for each language: the way to put numbers and dates into a sentence.
  public init(_ write: (Language) -> String) {
    self.init(write(.english), nl: write(.dutch))
  }

  /// A number, in each language's own form.
  public init(_ number: ReportNumber) {
    self.init { number.text(in: $0) }
  }

  /// A day in words.
  public init(_ date: CalendarDate) {
    self.init { $0.date(date) }
  }
}
