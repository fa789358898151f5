import DataModels
import Primitives

/// Where something stands in a plan's file.
public struct PlanPlace: Hashable, Sendable {
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1.
  public let column: Int
  /// Where the text of an expression starts; nil where that is on a later line.
  private let textColumn: Int?

  init(_ node: DefinitionNode) {
    file = node.file
    line = node.line
    column = node.column
    textColumn = node.textColumn
  }

  func problem(_ message: String) -> DefinitionProblem {
    DefinitionProblem(file: file, line: line, column: column, message: message)
  }

  func problem(_ error: ConditionError, in text: String) -> DefinitionProblem {
    DefinitionProblem(
      file: file, line: line, column: textColumn.map { $0 + error.column - 1 } ?? column,
      message: "\(error.message) (in “\(text)”)")
  }
}

/// A condition, selection or operand as the plan writes it; it gets its meaning from a data model.
public struct PlanExpression: Hashable, Sendable {
  public let text: String
  public let place: PlanPlace
}

/// A length of time as the plan writes it: `6 months`.
public struct PlanDuration: Hashable, Sendable {
  public let count: Int
  public let unit: CalendarDuration.Unit

  /// The day that lies so much later.
  public func after(_ day: CalendarDate) -> CalendarDate { day.shifted(by: CalendarDuration(count, unit)) }
}

/// The one measure of time since time zero: a month is 365/12 days, so that months fall on the same day for everybody.
///
/// Twelve months are 365 days and thirty-six are 1,095; six are 182.
public enum StudyTime {
  /// Days in a month: just below 365/12, so that a whole number of them never exceeds the day it stands for.
  public static let month = (365.0 / 12.0).nextDown.nextDown

  /// The day, counted from time zero, on which so many months are completed.
  public static func days(months: Int) -> Int { 365 * months / 12 }
}
