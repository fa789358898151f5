import Crypto
import Foundation

/// The secret with which a workspace turns identifiers into pseudonyms. Whoever has it can test a guess; keep it apart.
public struct PseudonymKey: Sendable {
  private let key: SymmetricKey

  /// A new random key of 256 bits.
  public init() { key = SymmetricKey(size: .bits256) }

  /// A key that was kept; nil unless it has 32 bytes.
  public init?(bytes: Data) {
    guard bytes.count == 32 else { return nil }
    key = SymmetricKey(data: bytes)
  }

  public var bytes: Data { key.withUnsafeBytes { Data($0) } }

  /// The pseudonym of a value within a name space (a field, a provider): 20 characters of base 32.
  ///
  /// The first 100 bits of HMAC-SHA256 (RFC 2104) over the name space and the value, each preceded by its length.
  public func pseudonym(of value: String, in namespace: [String]) -> String {
    var message: [UInt8] = []
    message.reserveCapacity(64)
    func add(_ part: String) {
      withUnsafeBytes(of: UInt32(part.utf8.count).littleEndian) { message.append(contentsOf: $0) }
      message.append(contentsOf: part.utf8)
    }
    for part in namespace { add(part) }
    add(value)
    let alphabet: StaticString = "abcdefghijkmnpqrstuvwxyz23456789"
    return HMAC<SHA256>.authenticationCode(for: message, using: key).withUnsafeBytes { bytes in
      String(unsafeUninitializedCapacity: 20) { text in
        var (bits, buffer, count) = (0, 0, 0)
        for byte in bytes where count < 20 {
          buffer = buffer << 8 | Int(byte)
          bits += 8
          while bits >= 5, count < 20 {
            text[count] = alphabet.utf8Start[buffer >> (bits - 5) & 31]
            count += 1
            bits -= 5
          }
          buffer &= (1 << bits) - 1
        }
        return count
      }
    }
  }
}

/// The secret that seals what the vault holds.
///
/// While a vault goes over from one key to the next, its key opens what either of them sealed, and seals with the next.
public struct VaultKey: Sendable {
  private let key: SymmetricKey
  /// The key that is being left.
  private var earlier: SymmetricKey?

  public init() { key = SymmetricKey(size: .bits256) }

  public init?(bytes: Data) {
    guard bytes.count == 32 else { return nil }
    key = SymmetricKey(data: bytes)
  }

  public var bytes: Data { key.withUnsafeBytes { Data($0) } }

  /// This key, which opens what `earlier` sealed too.
  public func replacing(_ earlier: VaultKey) -> VaultKey {
    var both = self
    both.earlier = earlier.key
    return both
  }

  /// This key alone, without the one that is being left.
  public var alone: VaultKey {
    var single = self
    single.earlier = nil
    return single
  }

  /// 16 hexadecimal digits by which a key is known again; nothing of the key can be told from them.
  public var mark: String { String(Fingerprint(of: Data("meedoen vault key mark".utf8) + bytes).hex.prefix(16)) }

  /// Seals data with AES-256-GCM under a fresh random nonce.
  public func seal(_ data: Data) throws -> Data { try AES.GCM.seal(data, using: key).combined! }

  /// Opens what ``seal(_:)`` made. Throws when the key is another one or a bit was changed.
  public func open(_ sealed: Data) throws -> Data {
    let box = try AES.GCM.SealedBox(combined: sealed)
    do {
      return try AES.GCM.open(box, using: key)
    } catch {
      guard let earlier else { throw error }
      return try AES.GCM.open(box, using: earlier)
    }
  }
}
