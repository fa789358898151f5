import Crypto

/// The first 128 bits of the SHA-256 of a few bytes, for comparing many small things by their contents.
public struct ShortDigest: Hashable, Comparable, Sendable {
  public let high: UInt64
  public let low: UInt64

  public init(of bytes: UnsafeRawBufferPointer) {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    (high, low) = hash.finalize().withUnsafeBytes { digest in
      (
        digest.loadUnaligned(fromByteOffset: 0, as: UInt64.self).bigEndian,
        digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian
      )
    }
  }

  public static func < (a: ShortDigest, b: ShortDigest) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }
}

extension Fingerprint {
  /// The fingerprint of digests, whatever their order.
  public init(ofUnordered digests: [ShortDigest]) {
    var builder = FingerprintBuilder()
    let ordered = digests.sorted().flatMap { [$0.high.bigEndian, $0.low.bigEndian] }
    ordered.withUnsafeBytes { builder.add($0) }
    self = builder.finish()
  }
}
