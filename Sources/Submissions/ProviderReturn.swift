import Fingerprints
import Foundation
import Primitives

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

  public init(provider: String, period: CalendarMonth, receivedOn: CalendarDate, files: [File]) {
    self.provider = provider
    self.period = period
    self.receivedOn = receivedOn
    self.files = files.sorted { $0.name < $1.name }
  }

  /// The fingerprint of what was sent: provider, period, and each file's name and bytes; not the day it was received.
  public var fingerprint: Fingerprint {
    var builder = FingerprintBuilder()
    builder.add("\(provider)\n\(period.iso)\n")
    for file in files { builder.add("\(file.name)\n\(file.fingerprint.hex)\n") }
    return builder.finish()
  }
}
