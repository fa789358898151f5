import Fingerprints
import Foundation
import Primitives

/// How much of a provider's month a return holds.
public enum SubmissionExtent: String, Hashable, Codable, Sendable, CaseIterable {
  /// Everything that the provider has to say: who is not in it is missing, where returns hold everything.
  case whole
  /// Some rows, laid over the whole return about the month: who is not in it is not missing.
  case part
}

/// What one provider sent about one month: who, about when, on which day, and the files as they were.
public struct ProviderReturn: Sendable {
  public struct File: Sendable {
    /// The file's name, without its folder.
    public let name: String
    public let content: Data
    /// Of the bytes.
    public let fingerprint: Fingerprint

    public init(name: String, content: Data) {
      self.name = name
      self.content = content
      fingerprint = Fingerprint(of: content)
    }
  }

  public let provider: String
  public let period: CalendarMonth
  /// The day on which it was received: from this day on it is known.
  public let receivedOn: CalendarDate
  public let files: [File]
  /// Whether the sender says that it holds some rows only. One that is made of held rows is a part without a word.
  public let isDeclaredPart: Bool
  /// The order of day and month that the sender says its dates have.
  public let dates: DateOrder?

  public init(
    provider: String, period: CalendarMonth, receivedOn: CalendarDate, files: [File], isDeclaredPart: Bool = false,
    dates: DateOrder? = nil
  ) {
    self.provider = provider
    self.period = period
    self.receivedOn = receivedOn
    self.isDeclaredPart = isDeclaredPart
    self.dates = dates
    self.files = files.sorted { $0.name < $1.name }
  }

  /// The fingerprint of what was sent: provider, period, each file's name and bytes, and what was said of
  /// it (that it is a part, the order of its dates); not the day it was received.
  public var fingerprint: Fingerprint {
    var builder = FingerprintBuilder()
    builder.add("\(provider)\n\(period.iso)\n")
    if isDeclaredPart { builder.add("part\n") }
    if let dates { builder.add("dates \(dates.rawValue)\n") }
    for file in files { builder.add("\(file.name)\n\(file.fingerprint.hex)\n") }
    return builder.finish()
  }
}
