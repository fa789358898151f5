import DataModels
import Primitives

/// One thing that is wrong with, or worth knowing about, a return: what, where, and how to mend it.
public struct Finding: Hashable, Sendable {
  public let code: FindingCode
  public let severity: Severity
  /// Whether the rule waits for a record that has not come yet.
  public var isPending: Bool = false
  public let place: FindingPlace
  public var record: String?
  public var field: String?
  /// The rule of the model, or the field's check (`baseline.nationality.list`).
  public var rule: String?
  /// The value that is wrong, as it may be shown (``Swift/String/shown(atMost:)``); never of a field that identifies.
  public var value: String?
  /// Never holds the text of a cell.
  public let message: LocalizedText
  public var fix: LocalizedText?
  /// Whether the message or the fix names a header that the model does not know. Such a header can be anything, a
  /// person's name too, so it is shown to the sender and not kept.
  public var quotesHeader: Bool = false
  /// How many rows or cells it stands for, where it is not about one.
  public var count: Int = 1
  /// The result that does not count because of it; nil when it costs nothing.
  public var cost: FindingCost?
  /// The key of the row, for comparing two forms of one return. Never written out: it holds the person's number.
  public var recordKey: [String] = []
}

/// A result that does not count while a finding stands.
public struct FindingCost: Hashable, Codable, Sendable {
  /// The id of the result in the model.
  public let outcome: String
  public let title: LocalizedText
  /// What it would be paid with; nil when the model names no price.
  public let price: Price?
}

/// Where a finding is. Rows and columns are as a spreadsheet shows them.
public struct FindingPlace: Hashable, Codable, Sendable {
  /// How much of a return a finding is about.
  public enum Scope: String, Codable, Sendable {
    case cell, row, column, sheet, file
    /// All of it, or what it does not have.
    case wholeReturn = "return"
  }

  /// Empty for the return as a whole.
  public var file: String
  public var sheet: String?
  /// From 1, the header row included.
  public var row: Int?
  /// The letters of the column.
  public var column: String?
  /// The header of the column, as written.
  public var header: String?

  /// The return as a whole: for what it does not have, and what it comes to with all that is known.
  public static let wholeReturn = FindingPlace(file: "")

  public var scope: Scope {
    if file.isEmpty { return .wholeReturn }
    switch (row, column) {
    case (_?, _?): return .cell
    case (_?, nil): return .row
    case (nil, _?): return .column
    case (nil, nil): return sheet == nil ? .file : .sheet
    }
  }

  /// `K14`, when it is one cell.
  public var cell: String? {
    guard let row, let column else { return nil }
    return "\(column)\(row)"
  }
}
