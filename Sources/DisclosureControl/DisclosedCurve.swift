/// One cumulative incidence curve before protection, as a step function.
///
/// All arrays have one entry for each time at which the estimate may change, in ascending order.
public struct EstimatedCurve: Hashable, Sendable {
  /// The cause, or another id.
  public let id: String
  /// Times since the start, all above or at 0, strictly ascending.
  public let times: [Double]
  /// The probability that the event has happened by each time; never falls. For one cause alone this is 1 − S(t).
  public let estimate: [Double]
  public let lower: [Double]
  public let upper: [Double]
  /// How many people had this event at or before each time.
  public let cumulativeEvents: [Int]

  public init(
    id: String, times: [Double], estimate: [Double], lower: [Double], upper: [Double], cumulativeEvents: [Int]
  ) {
    self.id = id
    self.times = times
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.cumulativeEvents = cumulativeEvents
  }
}

/// How many people are under observation and without any event just before each time; it never rises.
public struct NumberAtRisk: Hashable, Sendable {
  /// Strictly ascending.
  public let times: [Double]
  public let counts: [Int]

  public init(times: [Double], counts: [Int]) {
    self.times = times
    self.counts = counts
  }

  /// The number at risk just before a time: that of the first listed time not before it; 0 after the last.
  public func count(at time: Double) -> Int {
    times.firstIndex { $0 >= time }.map { counts[$0] } ?? 0
  }
}

/// A cumulative incidence curve that may be drawn and tabulated.
public struct DisclosedCurve: Hashable, Encodable, Sendable {
  /// From its time onward the curve is at this height, until the next point or the end.
  public struct Point: Hashable, Encodable, Sendable {
    public let time: Double
    public let value: Double
    public let lower: Double
    public let upper: Double
  }

  public let id: String
  /// The first is the origin: nobody has had the event at time 0.
  public let points: [Point]
  /// Where the drawing stops: the last asked time with enough people at risk; 0 when there is none.
  public let end: Double
  /// Digits after the decimal sign of the probabilities.
  public let decimals: Int
  /// To what the probabilities are rounded, such as 0.02.
  public let grain: Double

  init(id: String, points: [Point], end: Double, decimals: Int, grain: Double) {
    self.id = id
    self.points = points
    self.end = end
    self.decimals = decimals
    self.grain = grain
  }

  /// The height of the curve at a time with its band, as an estimate; withheld unless the curve steps at that time, for
  /// its height then is that of an earlier time.
  public func estimate(at time: Double) -> DisclosedEstimate {
    let point = points.dropFirst().first { abs($0.time - time) < 1e-9 }
    func value(_ height: Double?) -> DisclosedValue { height.map { .value($0) } ?? .absent(.protected) }
    return DisclosedEstimate(
      value: value(point?.value), lower: value(point?.lower), upper: value(point?.upper), decimals: decimals,
      contributors: [])
  }

  /// The height at a time; nil after the end.
  public func value(at time: Double) -> Double? {
    time > end ? nil : points.last { $0.time <= time }?.value
  }
}

/// The curves of one group of people, one for each cause, with the numbers at risk under them.
public struct DisclosedCurves: Hashable, Encodable, Sendable {
  /// In the order in which they were given.
  public let curves: [DisclosedCurve]
  /// The asked times, in ascending order.
  public let times: [Double]
  /// One value for each of ``times``.
  public let numbersAtRisk: [DisclosedValue]

  init(curves: [DisclosedCurve], times: [Double], numbersAtRisk: [DisclosedValue]) {
    self.curves = curves
    self.times = times
    self.numbersAtRisk = numbersAtRisk
  }
}
