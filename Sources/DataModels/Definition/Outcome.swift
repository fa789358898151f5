import Primitives

/// A result that counts, and that may be paid for: which rows show it, what they need, and how often it counts.
public struct Outcome: Sendable {
  public let id: String
  public let title: LocalizedText
  /// The place of the record whose rows show it.
  public let record: Int
  /// Only rows for which this holds.
  public let filter: Condition?
  /// What must have come before.
  public let prerequisite: Condition?
  /// The places of the fields that prove it.
  public let evidence: [Int]
  /// The first and last moment at which it counts.
  public let window: ValueRange?
  /// How often it counts for one person.
  public let mostPerPerson: Int?
  /// How often it counts in all for one provider.
  public let cap: Int?
  public let price: Price?
}

/// An exact amount of money: hundredths of a unit of a currency.
public struct Price: Hashable, Sendable, Codable {
  public let hundredths: Int
  /// Three capitals, as ISO 4217 has them.
  public let currency: String

  public init(hundredths: Int, currency: String) {
    self.hundredths = hundredths
    self.currency = currency
  }

  /// Reads `750`, `750.5` or `750.00`; nil for anything else, and for what is more exact than a hundredth.
  init?(amount: String, currency: String) {
    let parts = amount.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int(parts[0]), (0..<1_000_000_000).contains(whole),
      parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    var cents = 0
    if parts.count == 2 {
      guard (1...2).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      cents = Int(parts[1])! * (parts[1].utf8.count == 1 ? 10 : 1)
    }
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
    self.init(hundredths: whole * 100 + cents, currency: currency)
  }

  /// `750.00 GBP`, the same in every language so that it can be read back.
  public var text: String {
    let cents = hundredths % 100
    return "\(hundredths / 100).\(cents < 10 ? "0" : "")\(cents) \(currency)"
  }
}
