import Foundation
import Primitives

/// The published figures that a synthetic population is made to resemble.
///
/// Percentages of people aged 18 to 64 with paid work by months since the permit, for permits of 2014, from Statistics
/// Netherlands ("Asiel en integratie", 2018 to 2025); the share of countries of origin by year of permit (2023); the
/// gap between men and women has the shape of the Dutch and German cohort studies. What was not published is set here
/// so that the published totals come out: those points are marked in the guide as assumed.
public struct EmploymentCalibration: Codable, Hashable, Sendable {
  /// A line through points, level before the first and after the last.
  public struct Curve: Codable, Hashable, Sendable {
    public var months: [Double]
    public var values: [Double]

    public init(_ points: [(month: Double, value: Double)]) {
      months = points.map(\.month)
      values = points.map(\.value)
    }

    public func value(at month: Double) -> Double {
      guard let after = months.firstIndex(where: { $0 >= month }) else { return values[values.count - 1] }
      guard after > 0 else { return values[0] }
      let share = (month - months[after - 1]) / (months[after] - months[after - 1])
      return values[after - 1] + share * (values[after] - values[after - 1])
    }
  }

  /// One published percentage with paid work for all origins together.
  public struct Anchor: Codable, Hashable, Sendable {
    public var cohort: Int
    public var month: Int
    public var percent: Double

    public init(cohort: Int, month: Int, percent: Double) {
      self.cohort = cohort
      self.month = month
      self.percent = percent
    }
  }

  /// Percent with paid work by months since settlement, at the speed of the cohort of 2014.
  public var employed: [OriginGroup: Curve]
  /// The percentage of men divided by that of women.
  public var menToWomen: Curve
  /// What later cohorts reached: each makes its cohort live through the curves faster.
  public var anchors: [Anchor]
  /// Thousands of permits by year and origin.
  public var permits: [Int: [OriginGroup: Double]]

  public init(
    employed: [OriginGroup: Curve], menToWomen: Curve, anchors: [Anchor], permits: [Int: [OriginGroup: Double]]
  ) {
    self.employed = employed
    self.menToWomen = menToWomen
    self.anchors = anchors
    self.permits = permits
  }

  /// The shares of the origins among permits of a year; the nearest year with figures stands in.
  public func originShares(in year: Int) -> [(OriginGroup, Double)] {
    let known = permits.keys.min { (abs($0 - year), $0) < (abs($1 - year), $1) }!
    let total = OriginGroup.allCases.reduce(0) { $0 + (permits[known]![$1] ?? 0) }
    return OriginGroup.allCases.map { ($0, (permits[known]![$0] ?? 0) / total) }
  }

  /// How many months of the cohort of 2014 this cohort lives through in one month.
  ///
  /// Solved so that the cohort reaches its anchor; a cohort between two cohorts with an anchor takes the mean weighted
  /// by distance, one outside them the nearest.
  public func speed(ofCohort year: Int) -> Double {
    let known = [(2014, 1.0)] + anchors.map { ($0.cohort, speed(reaching: $0)) }.sorted { $0.0 < $1.0 }
    guard let after = known.firstIndex(where: { $0.0 >= year }) else { return known[known.count - 1].1 }
    guard after > 0, known[after].0 != year else { return known[after].1 }
    let (before, next) = (known[after - 1], known[after])
    let share = Double(year - before.0) / Double(next.0 - before.0)
    return before.1 + share * (next.1 - before.1)
  }

  private func speed(reaching anchor: Anchor) -> Double {
    let shares = originShares(in: anchor.cohort)
    var (low, high) = (0.5, 4.0)
    for _ in 0..<50 {
      let middle = (low + high) / 2
      let percent = shares.reduce(0) {
        $0 + $1.1 * employed[$1.0]!.value(at: Double(anchor.month) * middle)
      }
      if percent < anchor.percent { low = middle } else { high = middle }
    }
    return low
  }
}

extension EmploymentCalibration {
  /// The figures of Statistics Netherlands, continued to nine years.
  public static let statisticsNetherlands = EmploymentCalibration(
    employed: [
      .syria: curve([0.3, 0.5, 1.5, 3, 5.7, 10.5], later: [18.5, 29, 36.5, 41.5, 43, 43.5, 46]),
      .iraq: curve([3.5, 4.4, 5.4, 5.8, 10.4, 14], later: [17, 22, 27, 30, 33, 33.5, 35]),
      .afghanistan: curve([5.2, 9.8, 16.3, 19.4, 25.8, 29.7], later: [34, 41, 45, 47, 48, 48.5, 50]),
      .eritrea: curve([0.2, 0.2, 0.9, 0.9, 2.7, 5.8], later: [16, 33, 47, 55, 61, 62, 63]),
      .iran: curve([1.5, 1.7, 2.9, 5.5, 7.4, 12.3], later: [18, 27, 34, 39, 41, 42, 44]),
      .other: curve([3, 4.1, 5.7, 7.2, 10.5, 15], later: [20, 27, 33, 37, 39, 40, 42]),
    ],
    menToWomen: Curve([(0, 7), (18, 7), (36, 4.5), (60, 3), (84, 2.4), (108, 2.17)]),
    anchors: [
      Anchor(cohort: 2016, month: 36, percent: 27), Anchor(cohort: 2017, month: 24, percent: 12),
      Anchor(cohort: 2019, month: 30, percent: 20), Anchor(cohort: 2020, month: 36, percent: 31),
    ],
    permits: [
      2014: row(12, 3.2, 0.8, 1, 1, 2), 2016: row(26.205, 5.065, 0.75, 1.33, 0.585, 2.75),
      2017: row(16.98, 4.98, 0.94, 1.31, 1.02, 3.425), 2018: row(6.685, 4.135, 0.725, 0.525, 0.605, 3.485),
      2019: row(6.56, 3.605, 0.475, 0.35, 0.56, 3.94), 2020: row(8, 2.755, 0.475, 0.48, 0.585, 5.24),
      2021: row(12.45, 2.195, 3.115, 0.62, 1.795, 7.39),
    ])

  /// The published points at 3 to 30 months; at settlement a third of the first; then 36, 48, 60, 72, 90, 96, 108.
  private static func curve(_ published: [Double], later: [Double]) -> Curve {
    let months: [Double] = [3, 6, 12, 18, 24, 30, 36, 48, 60, 72, 90, 96, 108]
    return Curve([(0, published[0] / 3)] + zip(months, published + later).map { (month: $0, value: $1) })
  }

  private static func row(
    _ syria: Double, _ eritrea: Double, _ afghanistan: Double, _ iraq: Double, _ iran: Double, _ other: Double
  ) -> [OriginGroup: Double] {
    [.syria: syria, .eritrea: eritrea, .afghanistan: afghanistan, .iraq: iraq, .iran: iran, .other: other]
  }
}
