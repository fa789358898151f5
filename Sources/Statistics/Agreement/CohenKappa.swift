import NumericalMethods

/// How much a disagreement between two categories counts.
public enum AgreementWeights: Codable, Hashable, Sendable {
  /// Any disagreement counts fully.
  case nominal
  /// In proportion to the distance between the categories, which are ordered.
  case linear
  /// In proportion to the squared distance.
  case quadratic
  /// k rows of k agreements: 1 for full agreement (on the diagonal), 0 for none.
  case custom([[Double]])

  /// The agreement between two of k categories.
  func agreement(_ i: Int, _ j: Int, _ k: Int) -> Double {
    switch self {
    case .nominal: i == j ? 1 : 0
    case .linear: k > 1 ? 1 - Double(abs(i - j)) / Double(k - 1) : 1
    case .quadratic: k > 1 ? 1 - Double((i - j) * (i - j)) / Double((k - 1) * (k - 1)) : 1
    case .custom(let rows): rows[i][j]
    }
  }

  func check(categories k: Int) throws(StatisticsError) {
    guard case .custom(let rows) = self else { return }
    guard rows.count == k, rows.allSatisfy({ $0.count == k }) else {
      throw .lengthsDiffer(array: "weights of agreement", expected: k, found: rows.count)
    }
    for i in 0..<k {
      guard rows[i].allSatisfy({ $0.isFinite && $0 <= 1 }), rows[i][i] == 1 else {
        throw .setting(name: "weights of agreement", reason: "they are at most 1, and 1 for equal categories")
      }
    }
  }
}

/// Agreement of two raters beyond what their habits alone would give: Cohen's kappa, plain or weighted.
///
/// κ = (pₒ − pₑ) / (1 − pₑ), with pₒ the weighted share of agreement and pₑ the one expected from both margins
/// (Cohen 1960, doi:10.1177/001316446002000104; 1968, doi:10.1037/h0026256). The standard error is that of Fleiss,
/// Cohen and Everitt (1969, doi:10.1037/h0028106); the test uses their error under κ = 0.
public struct CohenKappa: Sendable {
  /// κ with its error and normal interval, cut at 1.
  public let estimate: Estimate
  /// pₒ.
  public let observedAgreement: Double
  /// pₑ.
  public let expectedAgreement: Double
  /// The standard error if κ were 0; nil where it is 0.
  public let nullStandardError: Double?
  /// Of the two-sided test of κ = 0; nil where the error is.
  public let pValue: Double?
  /// The highest plain κ that these margins allow; nil for weights.
  public let maximum: Double?
  /// k × k numbers of subjects: row the first rater, column the second.
  public let table: Matrix
  /// Subjects that one of the raters did not rate; they do not count.
  public let missing: Int

  /// The table is square.
  private static let mostCategories = 2000

  /// - Parameters:
  ///   - first: the code of each subject by the first rater, 0 to k − 1; nil where missing.
  ///   - second: the same by the second rater.
  ///   - categories: k; in their order for linear and quadratic weights. nil for one more than the highest code.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.unknownLevel`, `.notAProbability`, `.setting` for more than 2,000
  ///   categories; `.constant` when both raters use one and the same category for everybody, for which κ has no value.
  public init(
    first: [Int?], second: [Int?], categories: Int? = nil, weights: AgreementWeights = .nominal, level: Double = 0.95
  ) throws(StatisticsError) {
    guard first.count == second.count else {
      throw .lengthsDiffer(array: "ratings of the second rater", expected: first.count, found: second.count)
    }
    let highest = (first + second).compactMap { $0 }.max() ?? -1
    guard highest < Self.mostCategories, categories ?? 0 <= Self.mostCategories else {
      throw .setting(name: "categories", reason: "there are at most \(Self.mostCategories); are these identifiers?")
    }
    let k = categories ?? highest + 1
    var table = Matrix(rows: max(0, k), columns: max(0, k))
    var missing = 0
    for i in first.indices {
      for (name, code) in [("ratings of the first rater", first[i]), ("ratings of the second rater", second[i])] {
        if let code, !(0..<k).contains(code) { throw .unknownLevel(variable: name, index: i, levels: k) }
      }
      if let row = first[i], let column = second[i] { table[row, column] += 1 } else { missing += 1 }
    }
    try self.init(table: table, weights: weights, level: level, missing: missing)
  }

  /// - Parameter table: k × k numbers of subjects, row the first rater, column the second; zero or more.
  public init(
    table: Matrix, weights: AgreementWeights = .nominal, level: Double = 0.95, missing: Int = 0
  ) throws(StatisticsError) {
    try checkLevel(level)
    let k = table.rows
    guard table.columns == k else { throw .lengthsDiffer(array: "columns", expected: k, found: table.columns) }
    try checkFinite(table.elements, "table")
    for (i, count) in table.elements.enumerated() where count < 0 { throw .negativeWeight(index: i) }
    let total = table.elements.reduce(0, +)
    guard total > 0 else { throw .noObservations }
    guard total <= 0x1p52 else { throw .setting(name: "table", reason: "it has at most 4.5e15 subjects") }
    try weights.check(categories: k)
    let rows = (0..<k).map { row in table.row(row).reduce(0, +) / total }
    let columns = (0..<k).map { column in table.column(column).reduce(0, +) / total }
    // Mean agreement of a category of one rater with the other rater's margin.
    var ofRow = [Double](repeating: 0, count: k)
    var ofColumn = [Double](repeating: 0, count: k)
    var (observed, expected) = (0.0, 0.0)
    for i in 0..<k {
      for j in 0..<k {
        let weight = weights.agreement(i, j, k)
        observed += weight * table[i, j] / total
        expected += weight * rows[i] * columns[j]
        ofRow[i] += weight * columns[j]
        ofColumn[j] += weight * rows[i]
      }
    }
    guard expected < 1 - 1e-12 else { throw .constant(variable: "the category given by both raters") }
    let kappa = (observed - expected) / (1 - expected)
    var (squares, nullSquares) = (0.0, 0.0)
    for i in 0..<k {
      for j in 0..<k {
        let weight = weights.agreement(i, j, k)
        let term = weight - (ofRow[i] + ofColumn[j]) * (1 - kappa)
        squares += table[i, j] / total * term * term
        let null = weight - (ofRow[i] + ofColumn[j])
        nullSquares += rows[i] * columns[j] * null * null
      }
    }
    let centre = kappa - expected * (1 - kappa)
    let error = (max(0, squares - centre * centre) / total).squareRoot() / (1 - expected)
    let nullError = (max(0, nullSquares - expected * expected) / total).squareRoot() / (1 - expected)
    let z = Normal.standard.quantile(upperTail: (1 - level) / 2)
    estimate = Estimate(
      value: kappa, standardError: error,
      interval: ConfidenceInterval(lower: kappa - z * error, upper: min(1, kappa + z * error), level: level),
      count: Int(total.rounded()))
    observedAgreement = observed
    expectedAgreement = expected
    nullStandardError = nullError > 0 ? nullError : nil
    pValue = nullError > 0 ? 2 * Normal.standard.upperTail(abs(kappa) / nullError) : nil
    if case .nominal = weights {
      var most = 0.0
      for i in 0..<k { most += min(rows[i], columns[i]) }
      maximum = (most - expected) / (1 - expected)
    } else {
      maximum = nil
    }
    self.table = table
    self.missing = missing
  }
}
