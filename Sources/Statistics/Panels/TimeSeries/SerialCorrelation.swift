import NumericalMethods

/// Whether the errors of a regression depend on those before.
public enum SerialCorrelation {
  /// Σ(e_t − e_{t−1})² / Σe_t² (Durbin and Watson 1950, doi:10.1093/biomet/37.3-4.409); 2 when there are no errors.
  public static func durbinWatson(_ residuals: [Double]) -> Double {
    var (changes, squares) = (0.0, 0.0)
    for t in residuals.indices {
      squares += residuals[t] * residuals[t]
      if t > 0 { changes += (residuals[t] - residuals[t - 1]) * (residuals[t] - residuals[t - 1]) }
    }
    return squares > 0 ? changes / squares : 2
  }

  /// The test that no error depends on the `order` before it: n·R² of the residuals on the columns and the residuals
  /// before, zero before the first (Breusch 1978; Godfrey 1978, doi:10.2307/1913829). As R's `bgtest`.
  public struct BreuschGodfrey: Codable, Hashable, Sendable {
    public var order: Int
    public var statistic: Double
    public var pValue: Double

    /// - Throws: `.setting` for an order below 1 or not below the number of rows.
    public init(_ fit: LinearRegression, order: Int = 1) throws(StatisticsError) {
      let residuals = fit.residuals
      let n = residuals.count
      guard order >= 1, order < n else {
        throw .setting(name: "order", reason: "is from 1 to \(n - 1), the number of earlier errors")
      }
      var design = fit.design
      for lag in 1...order {
        design = try design.appending([
          .numeric("lag \(lag)", (0..<n).map { $0 < lag ? 0 : residuals[$0 - lag] })
        ])
      }
      let auxiliary = try LinearRegression(design, response: residuals)
      let total = residuals.reduce(0) { $0 + $1 * $1 }
      self.order = order
      statistic = total > 0 ? Double(n) * (1 - auxiliary.residualSumOfSquares / total) : 0
      pValue = ChiSquared(degreesOfFreedom: Double(order)).upperTail(statistic)
    }
  }
}
