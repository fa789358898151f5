import Crypto
import Foundation

/// A SHA-256 digest of something in its canonical form: equal contents have equal fingerprints.
public struct Fingerprint: Hashable, Comparable, Sendable {
  /// 64 lower-case hexadecimal digits.
  public let hex: String

  public init(of data: some DataProtocol) { hex = hexadecimal(SHA256.hash(data: data)) }

  public init(of text: String) { self.init(of: Data(text.utf8)) }

  /// A fingerprint that was written down before; nil unless it is 64 hexadecimal digits.
  public init?(hex: String) {
    guard hex.utf8.count == 64, hex.allSatisfy(\.isHexDigit) else { return nil }
    self.hex = hex.lowercased()
  }

  /// Eight digits in two groups, to print beside a figure: `3f9a·12c7`.
  public var short: String { "\(hex.prefix(4))·\(hex.dropFirst(4).prefix(4))" }

  public static func < (a: Fingerprint, b: Fingerprint) -> Bool { a.hex < b.hex }
}

extension Fingerprint: Codable, CustomStringConvertible {
  public var description: String { hex }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let fingerprint = Fingerprint(hex: text) else {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a fingerprint"))
    }
    self = fingerprint
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

/// Takes the fingerprint of something too large to hold at once, part by part.
public struct FingerprintBuilder {
  private var hash = SHA256()

  public init() {}

  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }

  public mutating func add(_ data: Data) { hash.update(data: data) }

  public mutating func add(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  public func finish() -> Fingerprint { Fingerprint(hex: hexadecimal(hash.finalize()))! }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
