import NumericalMethods
import Primitives

/// Regression of a series whose errors follow e_t = ρe_{t−1} + u_t, by generalised least squares with ρ estimated.
///
/// ρ is the regression of each residual on the one before; the series is transformed to y_t − ρy_{t−1} and fitted again,
/// until ρ stays. Standard errors take ρ as known, as Stata's `prais` does.
public struct AutoregressiveFit: Sendable {
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// Keeps the first time, multiplied by √(1 − ρ²) (Prais and Winsten 1954).
    case praisWinsten
    /// Leaves the first time out (Cochrane and Orcutt 1949, doi:10.1080/01621459.1949.10483290).
    case cochraneOrcutt
  }

  public let rho: Double
  public let iterations: Int
  public let estimates: CoefficientEstimates
  /// Residuals of the transformed series.
  public let innovations: [Double]
  /// The transformed regression, for errors under another convention.
  public let fit: LinearRegression

  /// - Throws: `.notConverged` when ρ does not settle or reaches one (a series that wanders off: take differences).
  public init(
    _ design: ModelMatrix, response: [Double], method: Method = .praisWinsten
  ) throws(StatisticsError) {
    let n = response.count
    let x = design.materialised()
    var rho = 0.0
    var coefficients = try LinearRegression(design, response: response).coefficients
    guard coefficients.count == design.columnCount else { throw .collinear(columns: design.names) }
    for iteration in 1...500 {
      let fitted = x * coefficients
      let error = response.indices.map { response[$0] - fitted[$0] }
      var (cross, square) = (0.0, 0.0)
      for t in 1..<n {
        cross += error[t] * error[t - 1]
        square += error[t - 1] * error[t - 1]
      }
      let next = square > 0 ? cross / square : 0
      guard abs(next) < 1 else { break }
      let (transformed, target) = try Self.transform(x, response, next, method, design.names)
      let fit = try LinearRegression(transformed, response: target)
      guard fit.aliased.isEmpty else { throw .collinear(columns: fit.aliased) }
      coefficients = fit.coefficients
      if abs(next - rho) < 1e-10 {
        self.rho = next
        iterations = iteration
        innovations = fit.residuals
        self.fit = fit
        let classical = try fit.estimates(.classical)
        estimates = CoefficientEstimates(
          names: classical.names, values: classical.values, covariance: classical.covariance,
          degreesOfFreedom: classical.degreesOfFreedom, jointDegreesOfFreedom: classical.jointDegreesOfFreedom,
          convention: Self.convention(method, classical.convention),
          observations: n, aliased: [])
        return
      }
      rho = next
    }
    throw .notConverged(method: "the first-order autoregression", iterations: 500)
  }

  private static func convention(_ method: Method, _ errors: LocalizedText) -> LocalizedText {
    method == .praisWinsten
      ? LocalizedText(
        "first-order autoregression, Prais and Winsten; \(errors[.english])",
        nl: "autoregressie van de eerste orde, Prais en Winsten; \(errors[.dutch])")
      : LocalizedText(
        "first-order autoregression, Cochrane and Orcutt; \(errors[.english])",
        nl: "autoregressie van de eerste orde, Cochrane en Orcutt; \(errors[.dutch])")
  }

  private static func transform(
    _ x: Matrix, _ y: [Double], _ rho: Double, _ method: Method, _ names: [String]
  ) throws(StatisticsError) -> (ModelMatrix, [Double]) {
    let first = (1 - rho * rho).squareRoot()
    func changed(_ values: [Double]) -> [Double] {
      let later = (1..<values.count).map { values[$0] - rho * values[$0 - 1] }
      return method == .praisWinsten ? [first * values[0]] + later : later
    }
    let columns = (0..<x.columns).map { (name: names[$0], values: changed(x.column($0))) }
    return (try ModelMatrix(intercept: false, columns), changed(y))
  }
}
