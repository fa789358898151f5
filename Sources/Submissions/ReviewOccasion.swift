import DataModels
import Primitives
import TableFiles

/// What a review knows besides the sheets: which month a return is about, on which day it came, what came with it.
///
/// Everything in it is optional; a check that needs what is not there is not made.
public struct ReviewOccasion: Sendable {
  public var period: CalendarMonth?
  public var receivedOn: CalendarDate?
  /// Files of the return that could not be read.
  public var unread: [UnreadFile]
  /// Files of the return that this provider sent before, byte by byte.
  public var repeated: [RepeatedFile]
  /// The order of day and month in dates that do not show it; nil when nobody said.
  public var dates: DateOrder?
  /// The days within which the sender's contract runs; nil for those of the model, if it names any.
  public var contract: ValueRange?

  public init(
    period: CalendarMonth? = nil, receivedOn: CalendarDate? = nil, unread: [UnreadFile] = [],
    repeated: [RepeatedFile] = [], dates: DateOrder? = nil,
    contract: ValueRange? = nil
  ) {
    self.contract = contract
    self.period = period
    self.receivedOn = receivedOn
    self.unread = unread
    self.repeated = repeated
    self.dates = dates
  }
}

/// A file of a return that could not be read, and why.
public struct UnreadFile: Sendable {
  public let file: String
  public let error: TableFileError

  public init(file: String, error: TableFileError) {
    self.file = file
    self.error = error
  }

  var finding: Finding {
    let code = FindingCode(rawValue: error.code) ?? .fileDamaged
    return Finding(
      code: code, severity: .setup, place: FindingPlace(file: file), message: error.message, fix: code.explanation.text,
      quotesHeader: true)
  }
}

/// A file with the same bytes as one that came in before.
public struct RepeatedFile: Sendable {
  public let file: String
  /// The month of the return that it came in with.
  public let period: CalendarMonth

  public init(file: String, period: CalendarMonth) {
    self.file = file
    self.period = period
  }

  func finding(in current: CalendarMonth?) -> Finding {
    let isSame = period == current
    let code: FindingCode = isSame ? .fileSentBefore : .copyOfEarlier
    let name = file.shown(atMost: 255)
    return Finding(
      code: code, severity: isSame ? .notice : .confirm, place: FindingPlace(file: file), rule: "file.repeated",
      message: isSame
        ? LocalizedText(
          "“\(name)” came in before with a return about this month.",
          nl: "“\(name)” kwam al binnen met een aanlevering over deze maand.")
        : LocalizedText(
          "“\(name)” is, byte by byte, a file of the return about \(period.iso).",
          nl: "“\(name)” is byte voor byte een bestand van de aanlevering over \(period.iso)."),
      fix: code.explanation.text)
  }
}
