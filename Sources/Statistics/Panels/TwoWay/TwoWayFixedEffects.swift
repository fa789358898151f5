import NumericalMethods

/// Least squares with an effect for every unit and every period: y = xβ + unit + period + e.
///
/// Other names: two-way within regression, generalised difference-in-differences. Exact for balanced and unbalanced
/// panels, with weights. With one treatment column and effects that change with time or group, β is an average in which
/// some effects may count negatively (Goodman-Bacon 2021, doi:10.1016/j.jeconom.2021.03.014). See
/// Documentation/Methods/TwoWayFixedEffects.md.
public struct TwoWayFixedEffects: Sendable {
  /// The names of the columns that have a coefficient.
  public let names: [String]
  public let coefficients: [Double]
  /// The columns that depend on earlier ones, or do not change within units.
  public let aliased: [String]
  /// One for each row that counts, in the order of the rows given.
  public let residuals: [Double]
  /// Σ w e².
  public let residualSumOfSquares: Double
  /// The share of the variation left by units and periods that the columns explain.
  public let withinRSquared: Double
  public let observations: Int
  public let unitCount: Int
  public let periodCount: Int
  /// The rows that count, when some had weight zero.
  public let countedRows: [Int]?

  let design: TwoWayDesign
  /// Positions of the kept columns among the regressors.
  let kept: [Int]
  /// (X̃ᵀWX̃)⁻¹ with X̃ the columns less their unit and period effects.
  let bread: Matrix
  /// Periods × columns: the period effects of each column.
  let periodEffects: Matrix
  /// Sorted rows.
  let sortedResiduals: [Double]

  /// A column whose remaining sum of squares is a smaller share of what its unit means leave depends on others.
  static let tolerance = 1e-10

  /// - Parameters:
  ///   - panel: the unit and the period of each of n rows.
  ///   - response: n numbers.
  ///   - regressors: n rows, no intercept. Factors cost little however many levels they have.
  ///   - weights: n numbers, zero or more.
  /// - Throws: `.collinear` when no column has a coefficient, `.tooFewObservations`, `.notSupported` beyond 4,000
  ///   periods and indicators, or what is wrong with the arrays.
  public init(
    _ panel: Panel, response: [Double], regressors: ModelMatrix, weights: [Double]? = nil
  ) throws(StatisticsError) {
    try FollowUp.check(lengthOf: response, "response", panel.rowCount)
    guard regressors.rowCount == panel.rowCount else {
      throw .lengthsDiffer(array: "regressors", expected: panel.rowCount, found: regressors.rowCount)
    }
    guard !regressors.hasIntercept else {
      throw .setting(name: "regressors", reason: "have no intercept: the unit effects hold it")
    }
    for i in response.indices where !response[i].isFinite { throw .notFinite(array: "response", index: i) }
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", panel.rowCount)
      try FollowUp.check(weights: weights)
      if weights.contains(0) {
        let rows = weights.indices.filter { weights[$0] > 0 }
        try self.init(
          counted: panel.selecting(rows), response: rows.map { response[$0] },
          regressors: regressors.selecting(rows: rows), weights: rows.map { weights[$0] }, rows: rows)
        return
      }
    }
    try self.init(counted: panel, response: response, regressors: regressors, weights: weights, rows: nil)
  }

  private init(
    counted panel: Panel, response: [Double], regressors: ModelMatrix, weights: [Double]?, rows: [Int]?
  ) throws(StatisticsError) {
    let design = try TwoWayDesign(panel, regressors, response: response, weights: weights)
    guard design.sparseCount + design.numeric.count <= 4000 else {
      throw .notSupported(
        method: "two-way fixed effects", input: "more than 4,000 periods and columns; take longer periods")
    }
    let sums = TwoWaySums(design)
    guard sums.products.isFinite, sums.rawSquares.allSatisfy(\.isFinite) else {
      throw .setting(
        name: "columns", reason: "the squares of their numbers are not finite; divide the columns by a constant")
    }
    let periods = Array(0..<design.periodCount)
    let columns = design.names.indices.map(design.position)
    let last = sums.products.rows - 1
    let period = SequentialCholesky(
      sums.products, order: periods, scales: periods.map { sums.products[$0, $0] }, tolerance: 1e-9)
    // What the periods leave of the columns and the response.
    let all = columns + [last]
    let across = sums.products.selecting(rows: period.kept, columns: all)
    let effects = period.solve(across)
    let rest = sums.products.selecting(rows: all, columns: all) - across.transposedTimes(effects)
    let count = columns.count
    let reference = columns.enumerated().map { place, column in
      // A number that hardly changes within units has only rounding left of it.
      let within = sums.products[column, column]
      let numeric = design.places[place].isNumeric
      return numeric && within < 1e-13 * sums.rawSquares[column - design.sparseCount] ? Double.infinity : within
    }
    let own = Array(0..<count)
    let elimination = SequentialCholesky(rest, order: own, scales: reference, tolerance: Self.tolerance)
    kept = elimination.kept
    names = elimination.kept.map { design.names[$0] }
    aliased = own.filter { !elimination.kept.contains($0) }.map { design.names[$0] }
    guard !kept.isEmpty else { throw .collinear(columns: design.names) }
    let beta = elimination.solve(kept.map { rest[$0, count] })
    coefficients = beta
    bread = elimination.inverse
    var periodEffects = Matrix(rows: design.periodCount, columns: kept.count)
    var periodCoefficients = [Double](repeating: 0, count: design.periodCount)
    for (place, position) in period.kept.enumerated() {
      periodCoefficients[position] = effects[place, count]
      for (c, column) in kept.enumerated() {
        periodEffects[position, c] = effects[place, column]
        periodCoefficients[position] -= effects[place, column] * beta[c]
      }
    }
    self.periodEffects = periodEffects
    let sorted = Self.residuals(design, kept, beta, periodCoefficients)
    sortedResiduals = sorted
    var sum = 0.0
    for row in sorted.indices { sum += (design.weights?[row] ?? 1) * sorted[row] * sorted[row] }
    residualSumOfSquares = sum
    withinRSquared = rest[count, count] > 0 ? 1 - sum / rest[count, count] : 0
    observations = panel.rowCount
    unitCount = panel.unitCount
    periodCount = design.periodCount
    residuals = panel.inGivenOrder(sorted)
    countedRows = rows
    self.design = design
    let parameters = kept.count + panel.unitCount + design.periodCount - 1
    guard panel.rowCount > parameters else {
      throw .tooFewObservations(found: panel.rowCount, needed: parameters + 1)
    }
  }

  /// The coefficients of the indicators and of the numeric columns, zero for those set aside.
  private static func coefficients(
    _ design: TwoWayDesign, _ kept: [Int], _ beta: [Double]
  ) -> (indicators: [Double], numeric: [Double]) {
    var indicators = [Double](repeating: 0, count: design.indicatorCount)
    var numeric = [Double](repeating: 0, count: design.numeric.count)
    for (place, column) in kept.enumerated() {
      let at = design.places[column]
      if at.isNumeric { numeric[at.number] = beta[place] } else { indicators[at.number] = beta[place] }
    }
    return (indicators, numeric)
  }

  /// y less the columns and periods, less the unit's mean of that.
  private static func residuals(
    _ design: TwoWayDesign, _ kept: [Int], _ beta: [Double], _ periods: [Double]
  ) -> [Double] {
    let panel = design.panel
    let (ofIndicator, ofNumeric) = coefficients(design, kept, beta)
    return [Double](unsafeUninitializedCapacity: panel.rowCount) { buffer, filled in
      let start = SendablePointer(buffer.baseAddress!)
      let unitsPerBlock = 1024
      WorkSharing.forEach((panel.unitCount + unitsPerBlock - 1) / unitsPerBlock) { block in
        for unit in block * unitsPerBlock..<min(panel.unitCount, (block + 1) * unitsPerBlock) {
          let rows = panel.starts[unit]..<panel.starts[unit + 1]
          let e = start.pointer
          if panel.isBalanced {
            for row in rows { e[row] = design.response[row] - periods[row - rows.lowerBound] }
          } else {
            for row in rows { e[row] = design.response[row] - periods[Int(panel.sortedPeriod[row])] }
          }
          for (number, column) in design.numeric.enumerated() where ofNumeric[number] != 0 {
            for row in rows { e[row] -= ofNumeric[number] * column[row] }
          }
          for codes in design.indicators {
            for row in rows where codes[row] >= 0 { e[row] -= ofIndicator[Int(codes[row])] }
          }
          var (sum, total) = (0.0, 0.0)
          for row in rows {
            let w = design.weights?[row] ?? 1
            sum += w * e[row]
            total += w
          }
          for row in rows { e[row] -= sum / total }
        }
      }
      filled = panel.rowCount
    }
  }
}
