import NumericalMethods

/// Least squares with the effects of one or several groupings of rows taken out: of persons, of months, of municipalities.
///
/// The coefficients are those of a regression with a dummy for every level (Frisch and Waugh 1933), without making them.
/// The way with the most levels is absorbed exactly by its means. Further ways with few levels (months) join the normal
/// equations as dummies, exact too; where they are many, alternating projections are used (Correia 2016). Factors of the
/// design are never laid out as columns. Columns that the effects or earlier columns explain are set aside and named.
public struct AbsorbedRegression: Sendable {
  /// One name for each coefficient.
  public let names: [String]
  public let coefficients: [Double]
  /// The names of columns that the effects or earlier columns explain.
  public let aliased: [String]
  /// The rows that count, among those handed over; nil when all do.
  public let rows: [Int]?
  /// One for each row that counts.
  public let residuals: [Double]
  /// How many rows count.
  public let observations: Int
  public let residualSumOfSquares: Double
  /// The share that the coefficients explain of what the effects leave; nil when they leave nothing.
  public let withinRSquared: Double?
  /// The share that coefficients and effects explain together; nil when the response is constant.
  public let rSquared: Double?
  /// How many levels each way has, in the order handed over, among the rows that count.
  public let levels: [Int]
  let effects: AbsorbedEffects
  let solution: Solution

  enum Solution: Sendable {
    case equations(AbsorbedEquations)
    case projections(RegressionScores)
  }

  /// - Parameters:
  ///   - design: n × k; an intercept is left out, for the effects hold it.
  ///   - response: n numbers.
  ///   - effects: one or more ways of grouping the rows.
  ///   - weights: n numbers, zero or more; nil for ones. Rows of weight zero do not count.
  ///   - dropsSingletons: whether rows that are alone in a level are left out, as reghdfe does; coefficients stay the same.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`, `.negativeWeight`, `.weightsSumToZero`, `.collinear` when
  ///   no column is left, `.notConverged`, `.setting` without any way, `.cancelled`.
  public init(
    _ design: ModelMatrix, response: [Double], absorbing effects: [Clusters], weights: [Double]? = nil,
    dropsSingletons: Bool = false
  ) throws(StatisticsError) {
    guard design.rowCount > 0 else { throw .noObservations }
    guard !effects.isEmpty else {
      throw .setting(name: "effects", reason: "name at least one way of grouping, or use LinearRegression")
    }
    try FollowUp.check(lengthOf: response, "response", design.rowCount)
    for i in 0..<response.count where !response[i].isFinite { throw .notFinite(array: "response", index: i) }
    for way in effects { try FollowUp.check(lengthOf: way.codes, "effects", design.rowCount) }
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", design.rowCount)
      try FollowUp.check(weights: weights)
    }
    let rows = Self.countedRows(effects, weights, dropsSingletons)
    if rows?.isEmpty == true { throw .noObservations }
    let (design, response) =
      rows.map { rows in (design.selecting(rows: rows), rows.map { response[$0] }) }
      ?? (design, response)
    let weights = weights.map { all in rows.map { $0.map { all[$0] } } ?? all }
    let ways = rows.map { rows in effects.map { $0.selecting(rows: rows) } } ?? effects
    // The way with the most levels first, as its means cost least.
    let ordered = ways.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
    let (solution, found) = try Self.solve(design, response, weights, ordered)
    guard !found.coefficients.isEmpty else { throw .collinear(columns: design.names.filter { $0 != "(Intercept)" }) }
    self.solution = solution
    self.rows = rows
    self.effects = AbsorbedEffects(ways: ordered)
    names = found.kept.map { design.names[$0] }
    coefficients = found.coefficients
    let intercepts = design.interceptColumns
    aliased = design.names.indices.filter { !found.kept.contains($0) && !intercepts.contains($0) }
      .map { design.names[$0] }
    residuals = found.residuals
    observations = response.count
    levels = ways.map(\.count)
    let sum = LinearRegression.sumOfSquares(found.residuals, weights)
    residualSumOfSquares = sum
    let total = LinearRegression.sumOfSquaresAroundMean(response, weights)
    withinRSquared = found.totalWithin > 1e-20 * total ? 1 - sum / found.totalWithin : nil
    rSquared = total > 0 ? 1 - sum / total : nil
  }

  /// The coefficient of a column; nil when it is aliased or there is none of that name.
  public subscript(name: String) -> Double? { names.firstIndex(of: name).map { coefficients[$0] } }

  private struct Found {
    var kept: [Int]
    var coefficients: [Double]
    var residuals: [Double]
    var totalWithin: Double
  }

  /// Up to so many dummies of further ways and columns are solved for at once.
  private static let largestSystem = 1500

  private static func solve(
    _ design: ModelMatrix, _ response: [Double], _ weights: [Double]?, _ ways: [Clusters]
  ) throws(StatisticsError) -> (Solution, Found) {
    let further = ways.dropFirst().reduce(0) { $0 + $1.count }
    let size = further + design.columnCount
    if further == 0 || size <= 200 || size <= largestSystem && size * size <= 4_000_000_000 / max(1, ways[0].count) {
      let equations = AbsorbedEquations(design, response: response, weights: weights, ways: ways)
      return (
        .equations(equations),
        Found(
          kept: equations.keptDesign, coefficients: equations.coefficients, residuals: equations.residuals,
          totalWithin: equations.totalWithin)
      )
    }
    return try project(design, response, weights, ways)
  }

  private static func project(
    _ design: ModelMatrix, _ response: [Double], _ weights: [Double]?, _ ways: [Clusters]
  ) throws(StatisticsError) -> (Solution, Found) {
    let projections = AlternatingProjections(ways, weights: weights)
    let intercepts = design.interceptColumns
    let candidates = design.names.indices.filter { !intercepts.contains($0) }
    let columns = try Cancellation.heard { cancellation throws(StatisticsError) in
      let found = WorkSharing.map(candidates.count + 1) { number in
        Result { () throws(StatisticsError) -> (column: [Double], share: Double) in
          let column = number < candidates.count ? design.column(candidates[number]) : response
          let before = LinearRegression.sumOfSquaresAroundMean(column, weights)
          let after = try projections.residual(column, cancellation)
          return (after, before > 0 ? LinearRegression.sumOfSquares(after, weights) / before : 0)
        }
      }
      var columns: [(column: [Double], share: Double)] = []
      for column in found { columns.append(try column.get()) }
      return columns
    }
    let free = candidates.indices.filter { columns[$0].share > 1e-10 }
    let target = columns[candidates.count].column
    guard !free.isEmpty else {
      throw .collinear(columns: candidates.map { design.names[$0] })
    }
    let matrix = try ModelMatrix(
      rowCount: response.count, terms: free.map { .numeric(design.names[candidates[$0]], columns[$0].column) })
    let regression = try LinearRegression(matrix, response: target, weights: weights)
    return (
      .projections(regression.scores),
      Found(
        kept: regression.kept.map { candidates[free[$0]] }, coefficients: regression.coefficients,
        residuals: regression.residuals, totalWithin: LinearRegression.sumOfSquares(target, weights))
    )
  }

  private static func countedRows(_ effects: [Clusters], _ weights: [Double]?, _ dropsSingletons: Bool) -> [Int]? {
    var rows: [Int]?
    if let weights, weights.contains(0) { rows = weights.indices.filter { weights[$0] > 0 } }
    guard dropsSingletons else { return rows }
    let ways = rows.map { rows in effects.map { $0.selecting(rows: rows) } } ?? effects
    let kept = AbsorbedEffects(ways: ways).rowsWithCompany()
    guard kept.count < ways[0].codes.count else { return rows }
    return rows.map { rows in kept.map { rows[$0] } } ?? kept
  }
}

extension ModelMatrix {
  /// The columns of ones that intercept terms have.
  var interceptColumns: [Int] {
    terms.indices.flatMap { number -> [Int] in
      if case .intercept = terms[number] { columns(ofTerm: number) } else { [] }
    }
  }
}
