import NumericalMethods

/// The model of who is treated.
public enum PropensityLink: String, Codable, Hashable, Sendable, CaseIterable {
  case logit
  case probit
  case complementaryLogLog

  var family: ResponseFamily {
    switch self {
    case .logit: .binomial
    case .probit: .probit
    case .complementaryLogLog: .complementaryLogLog
    }
  }
}

/// Everybody's chance of being treated given what was known before: e = P(treated | x).
///
/// Rosenbaum and Rubin 1983, doi:10.1093/biomet/70.1.41. Fitted by maximum likelihood on all rows, or within each of
/// several groups by itself, or given.
public struct PropensityScores: Sendable {
  public let treated: [Bool]
  /// n numbers strictly between 0 and 1.
  public let values: [Double]
  public let samplingWeights: [Double]?
  /// The fits, one for each group, and their rows; empty when scores were given.
  public let models: [GeneralisedLinearModel]
  /// The columns that depend on others, of any fit.
  public var aliased: [String] { Array(Set(parts.flatMap { $0.model.aliased })).sorted() }
  /// dη → e: the slope of the score by its linear predictor, n numbers; zeros when scores were given.
  let slopes: [Double]
  private let parts: [(rows: [Int]?, model: NuisanceModel)]

  /// Fits the scores.
  ///
  /// - Parameters:
  ///   - treated: n.
  ///   - design: n × k, usually with an intercept.
  ///   - link: the shape of the model.
  ///   - groups: the model is fitted within each of these by itself when given.
  ///   - samplingWeights: n numbers, zero or more.
  ///   - convergence: when the steps end; R's `glm`, and what builds on it, stops a little before the maximum.
  /// - Throws: `.oneGroupOnly`, also of a group that is fitted by itself; `.separated` naming columns that tell the
  ///   treated from the others without error; see `GeneralisedLinearModel`.
  public init(
    treated: [Bool], design: ModelMatrix, link: PropensityLink = .logit, within groups: Clusters? = nil,
    samplingWeights: [Double]? = nil, convergence: Convergence = .complete
  ) throws(StatisticsError) {
    try checkGroups(treated, rowCount: design.rowCount, weights: samplingWeights)
    var values = [Double](repeating: 0, count: treated.count)
    var slopes = values
    var models: [GeneralisedLinearModel] = []
    var parts: [(rows: [Int]?, model: NuisanceModel)] = []
    for rows in try PropensityScores.parts(groups, treated.count) {
      let own = rows.map { design.selecting(rows: $0) } ?? design
      let response = (rows.map { $0.map { treated[$0] } } ?? treated).map { $0 ? 1.0 : 0 }
      let weights = samplingWeights.map { weights in rows.map { $0.map { weights[$0] } } ?? weights }
      let model: GeneralisedLinearModel
      do throws(StatisticsError) {
        model = try GeneralisedLinearModel(
          own, response: response, family: link.family, weights: weights, convergence: convergence)
      } catch {
        throw error.ofTreatment
      }
      parts.append((rows, try NuisanceModel(model, full: own)))
      models.append(model)
      for (place, eta) in model.linearPredictor.enumerated() {
        let row = rows?[place] ?? place
        let mean = link.family.link.meanAndSlopes(eta)
        values[row] = mean.mean
        slopes[row] = mean.slope
      }
    }
    self.treated = treated
    self.values = values
    self.samplingWeights = samplingWeights
    self.models = models
    self.slopes = slopes
    self.parts = parts
  }

  /// Scores that are known or come from elsewhere; errors then treat them as known.
  ///
  /// - Throws: `.oneGroupOnly`, `.lengthsDiffer`, `.notAProbability`.
  public init(
    treated: [Bool], values: [Double], samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    try checkGroups(treated, rowCount: values.count, weights: samplingWeights)
    guard values.allSatisfy({ $0 > 0 && $0 < 1 }) else { throw .notAProbability(name: "every propensity score") }
    self.treated = treated
    self.values = values
    self.samplingWeights = samplingWeights
    models = []
    slopes = [Double](repeating: 0, count: values.count)
    parts = []
  }

  public var rowCount: Int { treated.count }

  /// The influence of each row on an estimate through the scores.
  ///
  /// - Parameter slopes: n; the derivative of the estimate by each row's linear predictor.
  func carry(slopes: [Double]) -> [Double] {
    guard parts.count != 1 || parts[0].rows != nil else { return parts[0].model.carry(slopes: slopes) }
    var result = [Double](repeating: 0, count: rowCount)
    for (rows, model) in parts {
      guard let rows else { continue }
      let own = model.carry(slopes: rows.map { slopes[$0] })
      for (place, row) in rows.enumerated() { result[row] = own[place] }
    }
    return result
  }

  private static func parts(_ groups: Clusters?, _ count: Int) throws(StatisticsError) -> [[Int]?] {
    guard let groups else { return [nil] }
    try FollowUp.check(lengthOf: groups.codes, "groups", count)
    var rows = [[Int]](repeating: [], count: groups.count)
    for i in groups.codes.indices { rows[Int(groups.codes[i])].append(i) }
    return rows.map { Optional($0) }
  }
}

extension StatisticsError {
  /// As an error of a model of who is treated.
  public var ofTreatment: StatisticsError {
    guard case .separated(let columns, _) = self else { return self }
    return .separated(columns: columns, of: "the treatment")
  }
}

/// Which people are too unlike the other group to be compared.
public enum PropensityTrimming: Codable, Hashable, Sendable {
  /// Scores outside these two are left out.
  case range(lower: Double, upper: Double)
  /// Scores outside [a, 1 − a] are left out, with the a that makes the variance smallest (Crump, Hotz, Imbens and Mitnik
  /// 2009, doi:10.1093/biomet/asn055).
  case optimal
  /// Scores outside the range that both groups share are left out.
  case commonRange

  /// The lowest and the highest score kept.
  public func limits(_ scores: PropensityScores) throws(StatisticsError) -> (lower: Double, upper: Double) {
    switch self {
    case .range(let lower, let upper):
      guard lower >= 0, upper <= 1, lower < upper else {
        throw .setting(name: "trimming", reason: "the range of scores kept lies between 0 and 1")
      }
      return (lower, upper)
    case .optimal:
      let a = PropensityTrimming.optimalLimit(scores)
      return (a, 1 - a)
    case .commonRange:
      var (lower, upper) = (0.0, 1.0)
      for isTreated in [true, false] {
        let own = scores.values.indices.filter { scores.treated[$0] == isTreated }.map { scores.values[$0] }
        lower = max(lower, own.min() ?? 0)
        upper = min(upper, own.max() ?? 1)
      }
      guard lower < upper else { throw .notSupported(method: "trimming", input: "groups whose scores do not overlap") }
      return (lower, upper)
    }
  }

  /// The positions of the rows kept, to fit the scores anew among them.
  public func keptRows(_ scores: PropensityScores) throws(StatisticsError) -> [Int] {
    let (lower, upper) = try limits(scores)
    return scores.values.indices.filter { scores.values[$0] >= lower && scores.values[$0] <= upper }
  }

  /// a with 1/(a(1 − a)) = 2 · mean of 1/(e(1 − e)) over those with 1/(e(1 − e)) ≤ 1/(a(1 − a)); 0 when all are kept.
  private static func optimalLimit(_ scores: PropensityScores) -> Double {
    let order = scores.values.indices.sorted {
      let (a, b) = (scores.values[$0], scores.values[$1])
      return 1 / (a * (1 - a)) < 1 / (b * (1 - b))
    }
    let inverse = order.map { 1 / (scores.values[$0] * (1 - scores.values[$0])) }
    let weights = order.map { scores.samplingWeights?[$0] ?? 1 }
    let total = zip(inverse, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    guard let largest = inverse.last, largest > 2 * total else { return 0 }
    // The largest cut γ with γ ≤ 2 · mean of those at most γ; between two values the mean does not change.
    var (sum, weight, cut) = (0.0, 0.0, 4.0)
    for place in inverse.indices {
      sum += weights[place] * inverse[place]
      weight += weights[place]
      guard weight > 0 else { continue }
      let bound = 2 * sum / weight
      let next = place + 1 < inverse.count ? inverse[place + 1] : Double.infinity
      if bound >= inverse[place], bound < next { cut = bound }
    }
    return 0.5 - max(0, 0.25 - 1 / cut).squareRoot()
  }
}
