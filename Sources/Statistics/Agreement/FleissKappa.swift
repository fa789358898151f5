import NumericalMethods

/// Agreement of the same number of raters for each subject, who need not be the same people: Fleiss' kappa.
///
/// κ = (P̄ − P̄ₑ) / (1 − P̄ₑ), with P̄ the mean share of agreeing pairs of raters within a subject and P̄ₑ the sum of
/// the squared shares of the categories (Fleiss 1971, doi:10.1037/h0031619). The error is that under κ = 0 (Fleiss, Nee
/// and Landis 1979, doi:10.1037/0033-2909.86.5.974) and serves the test only; the interval is of the jackknife over
/// subjects, which holds for any κ.
public struct FleissKappa: Sendable {
  /// Of one category against all others.
  public struct Category: Codable, Hashable, Sendable {
    /// nil for a category that nobody, or everybody, uses.
    public var kappa: Double?
    public var share: Double
    /// If κ were 0.
    public var nullStandardError: Double
  }

  /// κ with its jackknife error and t interval, cut at 1; no error with fewer than 2 subjects.
  public let estimate: Estimate
  /// P̄.
  public let observedAgreement: Double
  /// P̄ₑ.
  public let expectedAgreement: Double
  public let nullStandardError: Double
  /// Of the two-sided test of κ = 0.
  public let pValue: Double
  public let categories: [Category]
  public let raters: Int

  /// - Parameter counts: subjects × categories: how many raters gave each category; the same number of raters for each
  ///   subject. Use ``KrippendorffAlpha`` when it differs.
  /// - Throws: `.noObservations`, `.notFinite`, `.negativeWeight`, `.setting` for a count that is not whole,
  ///   `.lengthsDiffer` when a subject has another number of ratings than the first, `.tooFewGroups` for fewer than 2
  ///   raters, `.constant` when one category has all ratings.
  public init(counts: Matrix, level: Double = 0.95) throws(StatisticsError) {
    try checkLevel(level)
    let (n, k) = (counts.rows, counts.columns)
    guard n > 0, k > 0 else { throw .noObservations }
    try checkFinite(counts.elements, "counts")
    for (i, count) in counts.elements.enumerated() {
      if count < 0 { throw .negativeWeight(index: i) }
      guard isWholeCount(count) else { throw .setting(name: "counts", reason: "they are whole numbers of raters") }
    }
    let raters = counts.row(0).reduce(0, +)
    guard raters >= 2 else { throw .tooFewGroups(found: Int(raters)) }
    for subject in 1..<max(1, n) {
      let found = counts.row(subject).reduce(0, +)
      guard found == raters else {
        throw .lengthsDiffer(array: "ratings of subject \(subject)", expected: Int(raters), found: Int(found))
      }
    }
    let total = Double(n) * raters
    let sums = (0..<k).map { counts.column($0).reduce(0, +) }
    guard sums.allSatisfy({ $0 < total }) else { throw .constant(variable: "the category given by all raters") }
    let agreements = (0..<n).map { subject in
      counts.row(subject).reduce(0) { $0 + $1 * ($1 - 1) } / (raters * (raters - 1))
    }
    func kappa(_ agreement: Double, _ sums: [Double], _ total: Double) -> (value: Double, expected: Double) {
      var expected = 0.0
      for sum in sums { expected += sum / total * (sum / total) }
      return ((agreement - expected) / (1 - expected), expected)
    }
    let agreementSum = agreements.reduce(0, +)
    let whole = kappa(agreementSum / Double(n), sums, total)
    observedAgreement = agreementSum / Double(n)
    expectedAgreement = whole.expected
    self.raters = Int(raters)
    let shares = sums.map { $0 / total }
    let doubt = shares.reduce(0) { $0 + $1 * (1 - $1) }
    let skew = shares.reduce(0) { $0 + $1 * (1 - $1) * (1 - 2 * $1) }
    nullStandardError =
      (2 * max(0, doubt * doubt - skew)).squareRoot() / (doubt * (Double(n) * raters * (raters - 1)).squareRoot())
    pValue =
      nullStandardError > 0
      ? 2 * Normal.standard.upperTail(abs(whole.value) / nullStandardError)
      : whole.value == 0 ? 1 : 0
    categories = (0..<k).map { category in
      let share = shares[category]
      let column = counts.column(category)
      let disagreeing = column.reduce(0) { $0 + $1 * (raters - $1) }
      let expected = Double(n) * raters * (raters - 1) * share * (1 - share)
      return Category(
        kappa: expected > 0 ? 1 - disagreeing / expected : nil, share: share,
        nullStandardError: (2 / (Double(n) * raters * (raters - 1))).squareRoot())
    }
    let error = Self.jackknife(n) { left in
      let rest = (0..<k).map { sums[$0] - counts[left, $0] }
      guard rest.allSatisfy({ $0 < total - raters }) else { return nil }
      return kappa((agreementSum - agreements[left]) / Double(n - 1), rest, total - raters).value
    }
    let quantile = n > 1 ? StudentT(degreesOfFreedom: Double(n - 1)).quantile(upperTail: (1 - level) / 2) : 0
    estimate = Estimate(
      value: whole.value, standardError: error,
      interval: ConfidenceInterval(
        lower: error.map { whole.value - quantile * $0 }, upper: error.map { min(1, whole.value + quantile * $0) },
        level: level),
      count: n)
  }

  /// The jackknife error of a statistic; nil when it has no value without one of the subjects.
  private static func jackknife(_ n: Int, _ without: (Int) -> Double?) -> Double? {
    guard n > 1 else { return nil }
    var values: [Double] = []
    for left in 0..<n {
      guard let value = without(left) else { return nil }
      values.append(value)
    }
    let centre = mean(of: values)
    let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    return (squares * Double(n - 1) / Double(n)).squareRoot()
  }
}
