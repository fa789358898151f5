/// The one rule by which everything that a report prints is protected: tables, single numbers, curves, sentences.
///
/// A count of people below ``threshold`` is never printed and cannot be computed from what is printed
/// (``protect(_:relations:)`` audits that with linear programming). What is printed is rounded by ``rounding``.
///
/// The default is the "10-5" rule: suppress below ten, round to the nearest five.
public struct DisclosurePolicy: Codable, Hashable, Sendable {
  /// The smallest count of people that may be printed.
  public let threshold: Int
  public let rounding: Rounding
  /// Whether "nobody" says something about people, so that a zero is protected as a small count is.
  ///
  /// It also covers its mirror image, a share of 100 %.
  public let zeroIsDisclosive: Bool
  /// How far apart the smallest and the largest value must be that an attacker can hold possible for a protected cell.
  public let minimumWidth: Int

  /// Suppress below ten, round to the nearest five, print zeros.
  public static let standard = DisclosurePolicy(
    checkedThreshold: 10, rounding: .nearest(base: 5), zeroIsDisclosive: false, minimumWidth: nil)

  /// A policy of its own.
  ///
  /// - Parameter minimumWidth: nil for the default. With rounding to base *b* that is *b* − 1, so that at least *b*
  ///   whole numbers stay possible, as for any rounded count; without rounding it is the threshold, so that a group of
  ///   protected cells whose sum can be computed holds at least that many people.
  /// - Throws: `invalidPolicy` when the threshold is below 2, the base below 2 or above the threshold, or the width
  ///   below 1.
  public init(
    threshold: Int = 10, rounding: Rounding = .nearest(base: 5), zeroIsDisclosive: Bool = false,
    minimumWidth: Int? = nil
  ) throws(DisclosureControlError) {
    if threshold < 2 {
      throw .invalidPolicy("the threshold is \(threshold) and must be at least 2")
    }
    if let base = rounding.base, !(2...threshold).contains(base) {
      throw .invalidPolicy("the rounding base is \(base) and must lie between 2 and the threshold, \(threshold)")
    }
    if let minimumWidth, minimumWidth < 1 {
      throw .invalidPolicy("the minimum width is \(minimumWidth) and must be at least 1")
    }
    self.init(
      checkedThreshold: threshold, rounding: rounding, zeroIsDisclosive: zeroIsDisclosive, minimumWidth: minimumWidth)
  }

  private init(checkedThreshold: Int, rounding: Rounding, zeroIsDisclosive: Bool, minimumWidth: Int?) {
    threshold = checkedThreshold
    self.rounding = rounding
    self.zeroIsDisclosive = zeroIsDisclosive
    self.minimumWidth = minimumWidth ?? rounding.base.map { $0 - 1 } ?? checkedThreshold
  }

  private enum CodingKeys: CodingKey { case threshold, rounding, zeroIsDisclosive, minimumWidth }

  /// Reads a policy; each setting that is absent has its default.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      threshold: container.decodeIfPresent(Int.self, forKey: .threshold) ?? 10,
      rounding: container.decodeIfPresent(Rounding.self, forKey: .rounding) ?? .nearest(base: 5),
      zeroIsDisclosive: container.decodeIfPresent(Bool.self, forKey: .zeroIsDisclosive) ?? false,
      minimumWidth: container.decodeIfPresent(Int.self, forKey: .minimumWidth))
  }

  /// Whether a count may not be printed: from 1 up to the threshold, and 0 when zeros are disclosive.
  func isSensitive(_ count: Int) -> Bool {
    count < threshold && (count > 0 || zeroIsDisclosive)
  }

  /// The whole numbers that a reader can hold possible for a printed count, who knows the rounding and the threshold.
  func range(ofPublished count: Int) -> ClosedRange<Int> {
    guard count > 0 else { return 0...0 }
    let range = rounding.range(of: count)
    // A small count is printed only in what-if audits of a pattern that protection would not choose.
    if count < threshold { return range }
    return max(range.lowerBound, threshold)...range.upperBound
  }
}
