import NumericalMethods
import Primitives

/// Cox's proportional-hazards model, λ(t | x) = λ₀(t) exp(xβ); also Cox regression.
///
/// An event of any cause counts: ``FollowUp/censoring(causesOtherThan:)`` first gives the cause-specific hazard. Rows may
/// be intervals of one person (time-varying columns, delayed entry); each stratum has a baseline λ₀ of its own. The
/// coefficients maximise the partial likelihood, by Newton's method until a step changes xβ by less than 10⁻⁸.
///
/// Columns that depend on earlier ones are set aside and named in ``aliased``. A coefficient without a finite estimate
/// (monotone likelihood: everyone with the event has the highest value) is an error that names the column;
/// ``FirthCoxModel`` still gives an estimate there.
///
/// Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x; Andersen and Gill 1982, doi:10.1214/aos/1176345976.
/// As `survival::coxph`.
public struct CoxModel: Sendable {
  /// The columns with a coefficient, k of them.
  public let names: [String]
  /// The columns that depend on others and have none.
  public let aliased: [String]
  /// β, length k: log hazard ratios for one unit.
  public let coefficients: [Double]
  /// The inverse of the information, k × k. See ``estimates(_:clusters:)`` for other conventions.
  public let modelCovariance: Matrix
  public let ties: CoxTies
  /// The log partial likelihood at β, and where all coefficients are 0.
  public let logLikelihood: Double
  public let initialLogLikelihood: Double
  /// The number of rows, and of rows that end with an event.
  public let count: Int
  public let events: Int
  /// How many steps it took.
  public let iterations: Int
  /// xβ and the offset of each row, length n; columns are not centred.
  public let linearPredictor: [Double]

  let followUp: FollowUp
  let stratum: Clusters?
  let columns: CoxColumns
  /// All columns but the intercept, in the order given.
  let design: ModelMatrix
  /// The columns of `design` that are kept.
  let kept: [Int]
  let likelihood: CoxLikelihood
  private let scoreStatistic: Double

  /// - Parameters:
  ///   - design: n rows; an intercept is left out.
  ///   - followUp: n rows, with weights and clusters if any.
  ///   - stratum: n rows; nil for one baseline.
  ///   - offset: n numbers added to xβ.
  ///   - progress: stage `likelihood`, in steps.
  /// - Throws: `.noColumns`, `.lengthsDiffer`, `.notFinite`, `.collinear` when no column is left, `.separated`,
  ///   `.notConverged`, `.notSupported` (weights with exact ties, or no event at all), `.cancelled`.
  public init(
    _ design: ModelMatrix, _ followUp: FollowUp, stratum: Clusters? = nil, offset: [Double]? = nil,
    ties: CoxTies = .efron, progress: ProgressHandler? = nil
  ) throws(StatisticsError) {
    let columns = try CoxColumns(checking: design, followUp, stratum: stratum, offset: offset)
    let throttled = progress.map { ThrottledProgress(stage: "likelihood", $0) }
    let method = "the Cox model"
    let offsets = offset.map { offset in columns.grid.rows.map { offset[Int($0)] } }
    // Residuals, baseline and curves follow Breslow's formula when ties are exact.
    var likelihood = CoxLikelihood(columns, ties: ties, offset: offsets)
    let maximum: LikelihoodMaximum
    if ties == .exact {
      guard followUp.weight == nil else {
        throw .notSupported(method: "the exact likelihood of ties", input: "weights")
      }
      var exact = ExactTiesLikelihood(columns, offset: offsets)
      maximum = try maximise(&exact, method: method, progress: throttled)
      _ = likelihood.move(to: maximum.coefficients)
    } else {
      maximum = try maximise(&likelihood, method: method, progress: throttled)
    }
    let design = columns.source
    guard !maximum.kept.isEmpty else { throw .collinear(columns: design.names) }
    kept = maximum.kept
    names = maximum.kept.map { design.names[$0] }
    aliased = design.names.indices.filter { !maximum.kept.contains($0) }.map { design.names[$0] }
    coefficients = maximum.kept.map { maximum.coefficients[$0] }
    modelCovariance = maximum.covariance
    logLikelihood = maximum.logLikelihood
    initialLogLikelihood = maximum.initialLogLikelihood
    scoreStatistic = maximum.scoreStatistic
    iterations = maximum.iterations
    var linearPredictor = design.linearPredictor(maximum.coefficients)
    if let offset {
      for i in linearPredictor.indices { linearPredictor[i] += offset[i] }
    }
    self.linearPredictor = linearPredictor
    count = followUp.count
    events = followUp.cause.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
    self.ties = ties
    self.followUp = followUp
    self.stratum = stratum
    self.columns = columns
    self.design = design
    self.likelihood = likelihood
  }

  /// 2 (log likelihood − that without columns), with k degrees of freedom.
  public var likelihoodRatioTest: WaldTest { test(2 * (logLikelihood - initialLogLikelihood)) }

  /// βᵀ V⁻¹ β, with V the inverse information or, if given, another covariance.
  ///
  /// - Throws: `.singularCovariance` when a robust V rests on too few clusters.
  public func waldTest(_ covariance: Matrix? = nil) throws(StatisticsError) -> WaldTest {
    test(try Self.quadraticForm(coefficients, covariance ?? modelCovariance))
  }

  /// The test from the slope of the likelihood at 0; for one column of groups it is the log-rank test.
  public var scoreTest: WaldTest { test(scoreStatistic) }

  func test(_ statistic: Double) -> WaldTest {
    WaldTest(statistic: statistic, degreesOfFreedom: names.count, denominatorDegreesOfFreedom: .infinity)
  }

  static func quadraticForm(_ vector: [Double], _ covariance: Matrix) throws(StatisticsError) -> Double {
    guard let inverse = scaledInverse(covariance) else {
      throw .singularCovariance(method: "the test of the Cox model")
    }
    return inverse.quadraticForm(vector)
  }

  /// The weight of concordant pairs among all comparable pairs, with its error.
  public func concordance(level: Double = 0.95) throws(StatisticsError) -> Concordance {
    try Concordance(followUp, score: linearPredictor, stratum: stratum, level: level)
  }
}

extension CoxColumns {
  /// Checks what a Cox likelihood needs and lays the columns out in the order of its grid.
  init(
    checking design: ModelMatrix, _ followUp: FollowUp, stratum: Clusters?, offset: [Double]?
  ) throws(StatisticsError) {
    let design = design.hasIntercept ? design.selecting(columns: Array(1..<design.columnCount)) : design
    guard design.columnCount > 0 else { throw .noColumns }
    guard design.rowCount == followUp.count else {
      throw .lengthsDiffer(array: "the design", expected: followUp.count, found: design.rowCount)
    }
    if let stratum { try FollowUp.check(lengthOf: stratum.codes, "stratum", followUp.count) }
    if let offset {
      try FollowUp.check(lengthOf: offset, "offset", followUp.count)
      for i in offset.indices where !offset[i].isFinite { throw .notFinite(array: "offset", index: i) }
    }
    let grid = CoxGrid(followUp, stratum: stratum)
    guard grid.count > 0 else { throw .notSupported(method: "the Cox model", input: "data without an event") }
    self.init(design, grid)
  }
}
