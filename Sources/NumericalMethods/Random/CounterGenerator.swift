#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// A generator whose n-th number is a function of the seed, the stream and n alone, so that draws made on several
/// threads do not depend on how many there are.
///
/// Philox 4×32 with 10 rounds: a keyed bijection of a 128-bit counter (Salmon, Moraes, Dror, Shaw 2011,
/// doi:10.1145/2063384.2063405). The seed is the key, the stream the upper half of the counter, the position the
/// lower half. Give each draw of a bootstrap, each person or each permutation a stream of its own. Not for secrets.
@frozen
public struct CounterGenerator: RandomNumberGenerator, Sendable {
  @usableFromInline let seed: UInt64
  @usableFromInline let stream: UInt64
  @usableFromInline var taken: UInt64
  @usableFromInline var second: UInt64 = 0

  public init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
    taken = position
    if position & 1 == 1 { second = Self.block(seed: seed, stream: stream, number: position >> 1).second }
  }

  /// How many numbers of 64 bits were taken from the stream.
  public var position: UInt64 { taken }

  /// Continues at another position of the same stream, in constant time.
  public mutating func jump(to position: UInt64) {
    self = CounterGenerator(seed: seed, stream: stream, position: position)
  }

  /// 64 uniform bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let isSecond = taken & 1 == 1
    let number = taken >> 1
    taken &+= 1
    if isSecond { return second }
    let block = Self.block(seed: seed, stream: stream, number: number)
    second = block.second
    return block.first
  }

  /// The four words of one block: the counter (low words first) after ten rounds.
  @inlinable
  static func block(seed: UInt64, stream: UInt64, number: UInt64) -> (first: UInt64, second: UInt64) {
    var c0 = UInt32(truncatingIfNeeded: number)
    var c1 = UInt32(truncatingIfNeeded: number >> 32)
    var c2 = UInt32(truncatingIfNeeded: stream)
    var c3 = UInt32(truncatingIfNeeded: stream >> 32)
    var k0 = UInt32(truncatingIfNeeded: seed)
    var k1 = UInt32(truncatingIfNeeded: seed >> 32)
    for _ in 0..<10 {
      let p0 = UInt64(c0) &* 0xD251_1F53
      let p1 = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: p1)
      c2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: p0)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (UInt64(c0) | UInt64(c1) << 32, UInt64(c2) | UInt64(c3) << 32)
  }
}

extension CounterGenerator {
  /// A number in [0, 1), with 53 random bits; takes one position.
  @inlinable
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number strictly between 0 and 1, with 52 random bits; takes one position.
  @inlinable
  public mutating func openUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// A standard normal number by inversion: one position each, so that draws can be addressed.
  public mutating func normal() -> Double {
    // The lower tail, so that a larger uniform number gives a larger normal one.
    -standardNormalQuantile(upperTail: openUniform())
  }

  /// An exponential number with mean 1; takes one position.
  public mutating func exponential() -> Double { -log(openUniform()) }

  /// A whole number from 0 up to but not including a bound above 0, without bias (Lemire 2019, doi:10.1145/3230636).
  ///
  /// Takes one position; more with probability below bound / 2⁶⁴.
  @inlinable
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "an index needs at least one place")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A random order of 0 up to but not including a count (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int32] {
    var order = [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      for i in 0..<count { buffer[i] = Int32(truncatingIfNeeded: i) }
      filled = count
    }
    guard count > 1 else { return order }
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, index(below: i + 1)) }
    return order
  }
}
