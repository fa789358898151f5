/// A form that a text must have, known by name.
public enum ValueFormat: String, Codable, CaseIterable, Sendable {
  /// A United Kingdom National Insurance number: two prefix letters, six digits, a suffix A–D.
  ///
  /// As the Department for Work and Pensions publishes it (github.com/dwp/nino-format-validation): D, F, I, Q, U and V
  /// are in neither letter, O is not the second, and BG, GB, KN, NK, NT, TN and ZZ are never issued. Upper case, no spaces.
  case ukNationalInsuranceNumber = "uk-nino"
  /// A Dutch citizen service number (burgerservicenummer): nine digits that pass the test of eleven.
  case dutchCitizenServiceNumber = "nl-bsn"
  case email

  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .ukNationalInsuranceNumber:
      guard bytes.count == 9, bytes[2..<8].allSatisfy({ (0x30...0x39).contains($0) }),
        bytes[0...1].allSatisfy({ (0x41...0x5A).contains($0) && !Array("DFIQUV".utf8).contains($0) }),
        bytes[1] != 0x4F, (0x41...0x44).contains(bytes[8])
      else { return false }
      return !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(String(decoding: bytes[0...1], as: UTF8.self))
    case .dutchCitizenServiceNumber:
      guard bytes.count == 9, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
      let digits = bytes.map { Int($0) - 0x30 }
      let sum = (0..<8).reduce(-digits[8]) { $0 + (9 - $1) * digits[$1] }
      return sum % 11 == 0 && digits.contains { $0 != 0 }
    case .email:
      let parts = text.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
        && parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
  }
}
