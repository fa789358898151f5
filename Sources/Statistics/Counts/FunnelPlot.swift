import NumericalMethods

/// Which of many providers differ from a target by more than chance: a funnel plot in numbers.
///
/// Around a target θ the limits for a provider of size n are those between which its count would fall with the stated
/// probability: exact binomial or Poisson quantiles, interpolated between counts so that they are smooth
/// (Spiegelhalter 2005, doi:10.1002/sim.1970, appendix A). Where providers differ more than chance allows for reasons
/// that nobody can help, limits are widened by an overdispersion estimated from all.
public struct FunnelPlot: Sendable {
  public enum Measure: String, Codable, Hashable, Sendable, CaseIterable {
    /// Events among people; the size is the number of people.
    case proportion
    /// Events in an exposure: person-years, or expected events for a standardised ratio.
    case rate
  }

  public enum Overdispersion: Codable, Hashable, Sendable {
    case none
    /// Variances times φ, where that is above 1. The most extreme shares of z-scores at each side are drawn in first.
    case multiplicative(winsorised: Double)
    /// Variances plus τ², the variance of true differences between providers.
    case additive(winsorised: Double)
  }

  /// One provider.
  public struct Unit: Codable, Hashable, Sendable {
    public var value: Double
    /// How many standard errors it lies from the target, overdispersion included.
    public var deviate: Double
    /// Two-sided: exact with mid-p without overdispersion, normal with it.
    public var pValue: Double
  }

  public let measure: Measure
  /// θ: given, or all events over all sizes.
  public let target: Double
  /// One for each provider, in the order given.
  public let units: [Unit]
  /// φ, the mean square of the (winsorised) z-scores; nil without overdispersion.
  public let dispersion: Double?
  /// By how much variances are multiplied, at least 1.
  public let factor: Double
  /// τ².
  public let betweenVariance: Double

  /// - Parameters:
  ///   - events: of each provider, zero or more.
  ///   - sizes: of each provider, above 0; whole numbers of people for a proportion, none below its events.
  ///   - target: nil for the overall mean. Strictly between 0 and 1 for a proportion, above 0 for a rate.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`, `.setting`; `.constant` when there is no target
  ///   because nobody, or everybody, has the event.
  public init(
    events: [Int], sizes: [Double], measure: Measure, target: Double? = nil, overdispersion: Overdispersion = .none
  ) throws(StatisticsError) {
    guard !events.isEmpty else { throw .noObservations }
    try checkFinite(sizes, "sizes", count: events.count)
    for i in events.indices {
      guard events[i] >= 0, sizes[i] > 0 else {
        throw .setting(name: "provider \(i)", reason: "events are zero or more and the size is above 0")
      }
      guard measure == .rate || (sizes[i] >= Double(events[i]) && isWholeCount(sizes[i])) else {
        throw .setting(name: "provider \(i)", reason: "the number of people is whole and at least that of events")
      }
    }
    let overall = Double(events.reduce(0, +)) / sizes.reduce(0, +)
    guard target != nil || (overall > 0 && (measure == .rate || overall < 1)) else {
      throw .constant(variable: "the outcome of all providers")
    }
    let theta = target ?? overall
    guard theta > 0, theta.isFinite, measure == .rate || theta < 1 else {
      throw .setting(name: "target", reason: "it is above 0, and below 1 for a proportion")
    }
    let variances = sizes.map { measure.variance(theta, size: $0) }
    let values = events.indices.map { Double(events[$0]) / sizes[$0] }
    let naive = events.indices.map { (values[$0] - theta) / variances[$0].squareRoot() }
    (dispersion, factor, betweenVariance) = try Self.spread(naive, variances, overdispersion)
    var units: [Unit] = []
    for i in events.indices {
      let deviate = (values[i] - theta) / (variances[i] * factor + betweenVariance).squareRoot()
      var pValue = min(1, 2 * Normal.standard.upperTail(abs(deviate)))
      if factor == 1, betweenVariance == 0 {
        let tails =
          measure == .proportion
          ? CountTails(Binomial(trials: Int(sizes[i]), probability: theta), count: events[i], midP: true)
          : CountTails(Poisson(mean: theta * sizes[i]), count: events[i], midP: true)
        pValue = tails.pValue(.twoSided)
      }
      units.append(Unit(value: values[i], deviate: deviate, pValue: pValue))
    }
    self.units = units
    self.measure = measure
    self.target = theta
  }

  /// Between which values a provider of this size lies with the given probability.
  ///
  /// - Parameters:
  ///   - size: above 0; rounded to whole people for a proportion.
  ///   - level: 0.95 and 0.998 are usual: two and three standard errors.
  public func limits(size: Double, level: Double) throws(StatisticsError) -> (lower: Double, upper: Double) {
    try checkLevel(level)
    guard size > 0, size.isFinite, measure == .rate || size <= 0x1p52 else {
      throw .setting(name: "size", reason: "it is above 0, and for a proportion at most 4.5e15")
    }
    let tail = (1 - level) / 2
    if factor == 1, betweenVariance == 0 {
      let size = measure == .proportion ? max(1, size.rounded()) : size
      return (exactLimit(size, lowerTail: tail), exactLimit(size, lowerTail: 1 - tail))
    }
    let z = Normal.standard.quantile(upperTail: tail)
    let reach = z * (measure.variance(target, size: size) * factor + betweenVariance).squareRoot()
    return (max(0, target - reach), measure == .proportion ? min(1, target + reach) : target + reach)
  }

  /// The count r at which the lower tail passes p, less the share of its probability that is not needed, over the size.
  private func exactLimit(_ size: Double, lowerTail p: Double) -> Double {
    let distribution: any Distribution =
      measure == .proportion
      ? Binomial(trials: Int(size), probability: target) : Poisson(mean: target * size)
    let count = distribution.quantile(lowerTail: p)
    let excess = (distribution.lowerTail(count) - p) / distribution.density(count)
    return max(0, count - excess) / size
  }

  /// φ, the factor and τ².
  private static func spread(
    _ deviates: [Double], _ variances: [Double], _ overdispersion: Overdispersion
  ) throws(StatisticsError) -> (Double?, Double, Double) {
    let share: Double
    switch overdispersion {
    case .none: return (nil, 1, 0)
    case .multiplicative(let winsorised), .additive(let winsorised): share = winsorised
    }
    guard share >= 0, share < 0.5 else {
      throw .setting(name: "winsorised share", reason: "it is zero or more and below a half")
    }
    let drawnIn = winsorised(deviates, share)
    let count = Double(deviates.count)
    let phi = drawnIn.reduce(0) { $0 + $1 * $1 } / count
    if case .multiplicative = overdispersion { return (phi, max(1, phi), 0) }
    let weights = variances.map { 1 / $0 }
    let sum = weights.reduce(0, +)
    let scale = sum - weights.reduce(0) { $0 + $1 * $1 } / sum
    return (phi, 1, scale > 0 ? max(0, (count * phi - (count - 1)) / scale) : 0)
  }

  /// Values beyond the share's quantiles (those of R's `quantile`) moved to them.
  private static func winsorised(_ values: [Double], _ share: Double) -> [Double] {
    let ascending = values.sorted()
    let (low, high) = (quantile(ofAscending: ascending, share), quantile(ofAscending: ascending, 1 - share))
    return values.map { min(high, max(low, $0)) }
  }
}

extension FunnelPlot.Measure {
  /// Of a provider's value, were the target true of it.
  func variance(_ target: Double, size: Double) -> Double {
    switch self {
    case .proportion: target * (1 - target) / size
    case .rate: target / size
    }
  }
}
