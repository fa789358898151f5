import Foundation
import NumericalMethods

/// What changed in a series of one population when something happened: its level, its slope, and what would have been.
///
/// Segmented regression: y_t = β₀ + β₁t + Σ_j (γ_j D_jt + δ_j (t − T_j) D_jt) + season + covariates + e_t, with D_jt one
/// from the time T_j on. γ is the change of level at T_j itself, δ the change of slope per unit of time (Wagner, Soumerai,
/// Zhang and Ross-Degnan 2002, doi:10.1046/j.1365-2710.2002.00430.x; Bernal, Cummins and Gasparrini 2017,
/// doi:10.1093/ije/dyw098). See Documentation/Methods/InterruptedTimeSeries.md.
public struct InterruptedTimeSeries: Sendable {
  /// How the dependence of errors on those before is dealt with.
  public enum Errors: Codable, Hashable, Sendable {
    /// Not at all.
    case independent
    /// Least squares, with standard errors that allow for it.
    case neweyWest(NeweyWest)
    /// A first-order autoregression, e_t = ρe_{t−1} + u_t, taken out of the series.
    case autoregressive(AutoregressiveFit.Method)
  }

  /// A pattern that comes back every so many times.
  public enum Seasonality: Codable, Hashable, Sendable {
    case none
    /// One level for each place in the cycle.
    case indicators(length: Int)
    /// Pairs of a sine and a cosine, of the cycle and its halves, thirds …
    case harmonics(length: Int, pairs: Int)
  }

  public struct Settings: Codable, Hashable, Sendable {
    public var errors: Errors
    public var seasonality: Seasonality
    /// Whether the slope may change too; otherwise only the level.
    public var changesSlope: Bool
    public var level: Double

    public init(
      errors: Errors = .neweyWest(NeweyWest()), seasonality: Seasonality = .none, changesSlope: Bool = true,
      level: Double = 0.95
    ) {
      self.errors = errors
      self.seasonality = seasonality
      self.changesSlope = changesSlope
      self.level = level
    }
  }

  /// One time of the series.
  public struct Point: Hashable, Sendable {
    public var time: Int
    public var observed: Double
    public var fitted: Double
    /// What the model expects had nothing happened.
    public var counterfactual: Estimate
    /// Fitted less counterfactual; nil before the first interruption.
    public var effect: Estimate?
  }

  public let settings: Settings
  /// `(Intercept)`, `trend`, `level@T`, `slope@T` for each interruption, season, covariates.
  public let estimates: CoefficientEstimates
  public let points: [Point]
  /// The mean effect over the times after the first interruption.
  public let averageEffect: Estimate
  /// The sum of the effects over these times.
  public let cumulativeEffect: Estimate
  /// ρ, when a first-order autoregression was taken out.
  public let autocorrelation: Double?
  /// Residuals: of the transformed series when an autoregression was taken out.
  public let residuals: [Double]
  /// Near 2 without dependence on the error before, toward 0 with positive dependence.
  public let durbinWatson: Double
  private let design: ModelMatrix

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - time: n whole numbers, one after another without gaps.
  ///   - interruptions: the first time after each event, ascending.
  ///   - covariates: n rows, no intercept.
  /// - Throws: `.setting` when times have gaps or an interruption leaves fewer than two times on a side,
  ///   `.tooFewObservations`, `.collinear`, `.notConverged`.
  public init(
    outcome: [Double], time: [Int], interruptions: [Int], covariates: ModelMatrix? = nil,
    settings: Settings = Settings()
  ) throws(StatisticsError) {
    let n = outcome.count
    guard n > 0 else { throw .noObservations }
    guard settings.level > 0, settings.level < 1 else { throw .notAProbability(name: "the confidence level") }
    try FollowUp.check(lengthOf: time, "time", n)
    for i in 1..<max(n, 1) where time[i] != time[i - 1] + 1 {
      throw .setting(name: "time", reason: "goes up by one from row to row; row \(i) does not follow the one before")
    }
    for i in 0..<n where !outcome[i].isFinite { throw .notFinite(array: "outcome", index: i) }
    try Self.check(interruptions, time, settings)
    let terms = try Self.terms(time, interruptions, settings)
    var design = try ModelMatrix(rowCount: n, terms: terms)
    if let covariates { design = try design.appending(covariates.terms) }
    let ordinary = try LinearRegression(design, response: outcome)
    guard ordinary.aliased.isEmpty else { throw .collinear(columns: ordinary.aliased) }
    guard n > design.columnCount + 1 else { throw .tooFewObservations(found: n, needed: design.columnCount + 2) }
    switch settings.errors {
    case .independent:
      estimates = try ordinary.estimates(.classical)
      residuals = ordinary.residuals
      autocorrelation = nil
    case .neweyWest(let rule):
      estimates = try ordinary.estimates(rule)
      residuals = ordinary.residuals
      autocorrelation = nil
    case .autoregressive(let method):
      let fit = try AutoregressiveFit(design, response: outcome, method: method)
      estimates = fit.estimates
      residuals = fit.innovations
      autocorrelation = fit.rho
    }
    durbinWatson = SerialCorrelation.durbinWatson(residuals)
    self.design = design
    self.settings = settings
    let (points, average, total) = try Self.comparison(
      outcome, time, interruptions.min()!, design, estimates, settings.level)
    self.points = points
    averageEffect = average
    cumulativeEffect = total
  }

  /// Whether errors depend on the `order` errors before them (of least squares, before anything is taken out).
  public func breuschGodfrey(order: Int = 1) throws(StatisticsError) -> SerialCorrelation.BreuschGodfrey {
    try SerialCorrelation.BreuschGodfrey(
      try LinearRegression(design, response: points.map(\.observed)), order: order)
  }

  private static func check(
    _ interruptions: [Int], _ time: [Int], _ settings: Settings
  ) throws(StatisticsError) {
    guard !interruptions.isEmpty else { throw .setting(name: "interruptions", reason: "there is at least one") }
    var start = time[0]
    for point in interruptions + [time.last! + 1] {
      guard point >= start + 2 || (!settings.changesSlope && point >= start + 1) else {
        throw .setting(
          name: "interruptions", reason: "ascend and leave at least two times before, between and after them")
      }
      start = point
    }
    switch settings.seasonality {
    case .none: break
    case .indicators(let length):
      guard length >= 2, length <= time.count else {
        throw .setting(name: "seasonality", reason: "the cycle has from 2 times to as many as the series")
      }
    case .harmonics(let length, let pairs):
      guard length >= 2, pairs >= 1, 2 * pairs < length else {
        throw .setting(name: "seasonality", reason: "there are fewer than half as many pairs as times in the cycle")
      }
    }
  }

  private static func terms(
    _ time: [Int], _ interruptions: [Int], _ settings: Settings
  ) throws(StatisticsError) -> [ModelMatrix.Term] {
    var terms: [ModelMatrix.Term] = [.intercept, .numeric("trend", time.map { Double($0 - time[0]) })]
    for point in interruptions {
      terms.append(.numeric("level@\(point)", time.map { $0 >= point ? 1 : 0 }))
      if settings.changesSlope {
        terms.append(.numeric("slope@\(point)", time.map { $0 >= point ? Double($0 - point) : 0 }))
      }
    }
    switch settings.seasonality {
    case .none: break
    case .indicators(let length):
      let place = time.map { Int32((($0 % length) + length) % length) }
      terms.append(.factor("season", codes: place, levels: (0..<length).map(String.init), reference: 0))
    case .harmonics(let length, let pairs):
      for pair in 1...pairs {
        let turn = time.map { 2 * Double.pi * Double(pair) * Double($0 % length) / Double(length) }
        terms.append(.numeric("sine\(pair)", turn.map { sin($0) }))
        terms.append(.numeric("cosine\(pair)", turn.map { cos($0) }))
      }
    }
    return terms
  }

  private static func comparison(
    _ outcome: [Double], _ time: [Int], _ first: Int, _ design: ModelMatrix, _ estimates: CoefficientEstimates,
    _ level: Double
  ) throws(StatisticsError) -> ([Point], Estimate, Estimate) {
    let x = design.materialised()
    let isChange = design.names.map { $0.hasPrefix("level@") || $0.hasPrefix("slope@") }
    var points: [Point] = []
    var sum = [Double](repeating: 0, count: x.columns)
    for (row, now) in time.enumerated() {
      let all = x.row(row)
      let change = zip(all, isChange).map { $1 ? $0 : 0 }
      let base = zip(all, isChange).map { $1 ? 0 : $0 }
      let isAfter = now >= first
      if isAfter { for c in sum.indices { sum[c] += change[c] } }
      points.append(
        Point(
          time: now, observed: outcome[row], fitted: zip(all, estimates.values).reduce(0) { $0 + $1.0 * $1.1 },
          counterfactual: try estimates.linearCombination(base, level: level),
          effect: isAfter ? try estimates.linearCombination(change, level: level) : nil))
    }
    let after = Double(time.count { $0 >= first })
    return (
      points, try estimates.linearCombination(sum.map { $0 / after }, level: level),
      try estimates.linearCombination(sum, level: level)
    )
  }
}
