import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The survival that a Cox model predicts for one pattern of columns in one stratum.
public struct CoxCurve: Sendable {
  /// The stratum, 0 when there are none.
  public let stratum: Int
  /// The distinct event times of the stratum, ascending: T of them.
  public let times: [Double]
  /// Λ(t | x), and its standard error, length T.
  public let cumulativeHazard: [Double]
  public let cumulativeHazardErrors: [Double]
  /// exp(−Λ(t | x)), length T.
  public let survival: [Double]
  /// Of the survival, by the delta method, length T.
  public let standardErrors: [Double]
  /// Pointwise, length T.
  public let intervals: [ConfidenceInterval]

  /// The step at or before a time; nil before the first event.
  public func step(at time: Double) -> Int? { lastStep(at: time, in: times) }
}

extension CoxModel {
  /// exp(xβ) for new rows with the same columns: the hazard relative to columns that are all 0.
  public func relativeRisks(_ patterns: ModelMatrix) -> [Double] { linearPredictors(patterns).map { exp($0) } }

  /// xβ for new rows with the same columns.
  public func linearPredictors(_ patterns: ModelMatrix) -> [Double] {
    let patterns = patterns.hasIntercept ? patterns.selecting(columns: Array(1..<patterns.columnCount)) : patterns
    precondition(patterns.names == design.names, "new rows have the columns that the model was fitted to")
    return patterns.linearPredictor(allCoefficients)
  }

  private var allCoefficients: [Double] {
    var all = [Double](repeating: 0, count: design.columnCount)
    for (place, column) in kept.enumerated() { all[column] = coefficients[place] }
    return all
  }

  /// The names of all columns, those set aside included: what a new row for a prediction has.
  public var columnNames: [String] { design.names }

  /// Λ₀, the cumulative hazard where all columns (and the offset) are 0, for each stratum with events.
  public func baseline(
    covariance: Matrix? = nil, confidence: Confidence = Confidence(transform: .log)
  ) throws(StatisticsError) -> [CoxCurve] {
    let zeros = design.names.map { (name: $0, values: [0.0]) }
    return try curves(ModelMatrix(intercept: false, zeros), covariance: covariance, confidence: confidence)[0]
  }

  /// The predicted survival of each pattern, in each stratum with events.
  ///
  /// The increments of Λ₀ are Σ w̄ / q (Efron's or Breslow's, as the likelihood; Breslow's for exact ties). The variance of
  /// Λ(t | x) is exp(2xβ) (Σ w̄ / q² + dᵀ V d), d = ∫ (x − x̄) dΛ₀ (Tsiatis 1981, doi:10.1214/aos/1176345335), with V the model's covariance or
  /// another one. As `survfit` of a `coxph`, whose intervals are on the log scale.
  ///
  /// - Parameters:
  ///   - patterns: rows with the columns of the model, or numeric columns of the same names.
  ///   - offset: of each pattern; nil for 0.
  ///   - covariance: k × k; nil for the inverse information.
  /// - Returns: patterns × strata with events.
  public func curves(
    _ patterns: ModelMatrix, offset: [Double]? = nil, covariance: Matrix? = nil,
    confidence: Confidence = Confidence(transform: .log)
  ) throws(StatisticsError) -> [[CoxCurve]] {
    let z = try confidence.quantile()
    precondition(offset == nil || offset!.count == patterns.rowCount, "each pattern has one offset")
    var predictors = linearPredictors(patterns)
    if let offset { predictors = zip(predictors, offset).map { $0 + $1 } }
    let patterns = patterns.hasIntercept ? patterns.selecting(columns: Array(1..<patterns.columnCount)) : patterns
    let rows = patterns.materialised()
    let integrated = scores(at: likelihood.hazards, likelihood.moments).integratedMeans
    let grid = columns.grid
    return predictors.indices.map { pattern in
      let x = kept.map { rows[pattern, $0] - columns.shift[$0] }
      return (0..<grid.strata).compactMap { stratum in
        let slots = grid.stratumStarts[stratum]..<(grid.stratumStarts[stratum + 1] - 1)
        guard !slots.isEmpty else { return nil }
        return curve(
          stratum, slots.reversed(), x, predictors[pattern], integrated, covariance ?? modelCovariance, confidence, z)
      }
    }
  }

  private func curve(
    _ stratum: Int, _ slots: [Int], _ x: [Double], _ predictor: Double, _ integrated: Matrix, _ covariance: Matrix,
    _ confidence: Confidence, _ z: Double
  ) -> CoxCurve {
    let hazards = likelihood.hazards
    let risk = exp(predictor - hazards.shift)
    var squares = 0.0
    var cumulative: [Double] = []
    var errors: [Double] = []
    for slot in slots {
      squares += hazards.squares[slot]
      let d = kept.indices.map { hazards.cumulative[slot] * x[$0] - integrated[slot, kept[$0]] }
      cumulative.append(risk * hazards.cumulative[slot])
      errors.append(risk * max(0, squares + covariance.quadraticForm(d)).squareRoot())
    }
    let survival = cumulative.map { exp(-$0) }
    let survivalErrors = zip(survival, errors).map { $0 * $1 }
    return CoxCurve(
      stratum: stratum, times: slots.map { columns.grid.times[$0] }, cumulativeHazard: cumulative,
      cumulativeHazardErrors: errors, survival: survival, standardErrors: survivalErrors,
      intervals: zip(survival, survivalErrors).map { confidence.interval($0, $1, quantile: z) })
  }
}
