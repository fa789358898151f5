import NumericalMethods
import Primitives

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Which peer a subdistribution model follows where they differ.
public enum FineGrayConvention: String, Codable, Hashable, Sendable, CaseIterable {
  /// `cmprsk::crr`: those with an event at a time count as at risk of censoring then; ties as Breslow.
  case crr
  /// `survival::finegray` and `coxph`: events come just before censorings, and the probability of censoring is found
  /// without weights; ties as Efron.
  case finegray
}

/// How the errors of a subdistribution model are made.
public enum FineGrayErrors: String, Codable, Hashable, Sendable, CaseIterable {
  /// Fine and Gray's: with the part that comes from estimating the weights. As `cmprsk::crr`.
  case estimatedWeights
  /// Robust by row or cluster, the weights taken as known. As `coxph` on `finegray` data with the person as cluster.
  case knownWeights
  /// The inverse of the information.
  case information
}

/// Fine and Gray's model of one cause's cumulative incidence: −log(1 − F(t | x)) = Λ₀(t) exp(xβ).
///
/// Those who had another event stay at risk with the weight G(t−) / G(T−), G the probability of not being censored.
/// exp β is a subdistribution hazard ratio: above 1 the incidence is higher at all times, but it is no ratio of hazards of
/// people. Use cause-specific models to ask what drives an event, and this one to say who reaches it.
///
/// Fine and Gray 1999, doi:10.1080/01621459.1999.10474144; Geskus 2011, doi:10.1111/j.1541-0420.2010.01420.x.
public struct FineGrayModel: Sendable {
  public let cause: Int
  public let convention: FineGrayConvention
  /// The columns with a coefficient, k of them, and those that depend on others.
  public let names: [String]
  public let aliased: [String]
  /// β, length k: log subdistribution hazard ratios.
  public let coefficients: [Double]
  /// The inverse of the information, k × k.
  public let modelCovariance: Matrix
  public let logLikelihood: Double
  public let initialLogLikelihood: Double
  public let count: Int
  public let events: Int
  public let iterations: Int

  private let scoreStatistic: Double
  let likelihood: FineGrayLikelihood
  let followUp: FollowUp
  let censoringGroups: Clusters
  let curves: CensoringCurves
  let design: ModelMatrix
  let kept: [Int]

  /// - Parameters:
  ///   - design: n rows; an intercept is left out.
  ///   - followUp: n rows without delayed entry; weights are allowed.
  ///   - cause: of interest, 1...causes.
  ///   - censoringGroup: n rows; the probability of censoring is estimated within each. nil for one.
  ///   - ties: nil for what the convention does.
  ///   - progress: stage `likelihood`, in steps.
  /// - Throws: as ``CoxModel``; `.notSupported` for delayed entry or exact ties.
  public init(
    _ design: ModelMatrix, _ followUp: FollowUp, cause: Int = 1, censoringGroup: Clusters? = nil,
    convention: FineGrayConvention = .crr, ties: CoxTies? = nil, progress: ProgressHandler? = nil
  ) throws(StatisticsError) {
    precondition((1...followUp.causes).contains(cause), "the cause is one of the follow-up's causes")
    let design = design.hasIntercept ? design.selecting(columns: Array(1..<design.columnCount)) : design
    guard design.columnCount > 0 else { throw .noColumns }
    guard design.rowCount == followUp.count else {
      throw .lengthsDiffer(array: "the design", expected: followUp.count, found: design.rowCount)
    }
    if let entry = followUp.entry, entry.contains(where: { $0 > 0 }) {
      throw .notSupported(method: "the Fine-Gray model", input: "delayed entry")
    }
    let ties = ties ?? (convention == .crr ? .breslow : .efron)
    guard ties != .exact else { throw .notSupported(method: "the Fine-Gray model", input: "exact ties") }
    let groups = censoringGroup ?? Clusters(labels: [Int](repeating: 0, count: followUp.count))
    try FollowUp.check(lengthOf: groups.codes, "censoring group", followUp.count)
    let curves = CensoringCurves(
      followUp, groups: groups, ties: convention == .crr ? .together : .eventsFirst,
      weight: convention == .crr ? followUp.weight : nil)
    let grid = FineGrayGrid(followUp, cause: cause, groups: groups, curves: curves)
    guard !grid.times.isEmpty else {
      throw .notSupported(method: "the Fine-Gray model", input: "data without an event of the cause")
    }
    var likelihood = FineGrayLikelihood(design, grid, ties: ties)
    let maximum = try maximise(
      &likelihood, method: "the Fine-Gray model",
      progress: progress.map { ThrottledProgress(stage: "likelihood", $0) })
    guard !maximum.kept.isEmpty else { throw .collinear(columns: design.names) }
    self.cause = cause
    self.convention = convention
    kept = maximum.kept
    names = kept.map { design.names[$0] }
    aliased = design.names.indices.filter { !maximum.kept.contains($0) }.map { design.names[$0] }
    coefficients = kept.map { maximum.coefficients[$0] }
    modelCovariance = maximum.covariance
    logLikelihood = maximum.logLikelihood
    initialLogLikelihood = maximum.initialLogLikelihood
    iterations = maximum.iterations
    scoreStatistic = maximum.scoreStatistic
    count = followUp.count
    events = followUp.cause.reduce(0) { $0 + ($1 == cause ? 1 : 0) }
    self.likelihood = likelihood
    self.followUp = followUp
    self.curves = curves
    self.design = design
    censoringGroups = groups
  }

  /// 2 (log likelihood − that without columns).
  public var likelihoodRatioTest: WaldTest {
    WaldTest(
      statistic: 2 * (logLikelihood - initialLogLikelihood), degreesOfFreedom: names.count,
      denominatorDegreesOfFreedom: .infinity)
  }

  /// The test from the slope of the likelihood at 0, with the inverse information as its variance.
  public var scoreTest: WaldTest {
    WaldTest(statistic: scoreStatistic, degreesOfFreedom: names.count, denominatorDegreesOfFreedom: .infinity)
  }

  /// The coefficients with the errors of a convention, summed within the follow-up's clusters if it has them.
  ///
  /// - Parameter errors: nil for what the peer of the model's convention does.
  public func estimates(_ errors: FineGrayErrors? = nil) -> CoefficientEstimates {
    let errors = errors ?? (convention == .crr ? .estimatedWeights : .knownWeights)
    let covariance: Matrix
    let words: LocalizedText
    var clusterCounts: [Int] = []
    switch errors {
    case .information:
      covariance = modelCovariance
      words = .inverseInformation
    case .knownWeights, .estimatedWeights:
      let scores = FineGrayScores(self).rows(withWeights: errors == .estimatedWeights).selecting(columns: kept)
      var sums = scores
      if let cluster = followUp.cluster {
        let clusters = Clusters(labels: cluster)
        clusterCounts = [clusters.count]
        sums = Matrix(rows: clusters.count, columns: scores.columns)
        for column in 0..<scores.columns {
          for row in 0..<scores.rows { sums[Int(clusters.codes[row]), column] += scores[row, column] }
        }
      }
      covariance = sums.crossProduct.sandwiched(by: modelCovariance)
      let (unit, dutchUnit) = followUp.cluster == nil ? ("row", "rij") : ("cluster", "cluster")
      words =
        errors == .knownWeights
        ? LocalizedText(
          "robust by \(unit), censoring weights taken as known (survival finegray)",
          nl: "robuust per \(dutchUnit), censureringsgewichten als bekend genomen (finegray van survival)")
        : LocalizedText(
          "robust by \(unit), censoring weights estimated (Fine and Gray; cmprsk crr)",
          nl: "robuust per \(dutchUnit), censureringsgewichten geschat (Fine en Gray; crr van cmprsk)")
    }
    return CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance, convention: words, observations: count,
      aliased: aliased, clusterCounts: clusterCounts)
  }

  /// The names of all columns, those set aside included: what a new row for a prediction has.
  public var columnNames: [String] { design.names }

  /// The distinct times of the event of interest, ascending: T of them.
  public var times: [Double] { likelihood.grid.times }

  /// F(t | x) at each event time for each pattern, patterns × T; 1 − exp(−Λ₀(t) exp(xβ)).
  public func incidence(_ patterns: ModelMatrix) -> [[Double]] {
    let patterns = patterns.hasIntercept ? patterns.selecting(columns: Array(1..<patterns.columnCount)) : patterns
    precondition(patterns.names == design.names, "new rows have the columns that the model was fitted to")
    var all = [Double](repeating: 0, count: design.columnCount)
    for (place, column) in kept.enumerated() { all[column] = coefficients[place] }
    let state = likelihood.state
    return patterns.linearPredictor(all).map { predictor in
      var hazard = 0.0
      return state.increment.map { increment in
        hazard += increment * exp(predictor - state.shift)
        return -expm1(-hazard)
      }
    }
  }
}
