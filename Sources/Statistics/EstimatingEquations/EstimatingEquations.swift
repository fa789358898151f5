import NumericalMethods

/// Equations whose sum over the rows is zero at the estimate: Σᵢ ψᵢ(θ) = 0, as many as there are parameters.
///
/// Several models are stacked by putting their equations after one another; the errors of the later then carry the
/// uncertainty of the earlier. Also called M-estimation or exactly identified generalised method of moments. The
/// covariance is A⁻¹BA⁻ᵀ with A = Σ ∂ψ/∂θ and B = Σ ψψᵀ (Stefanski and Boos 2002, doi:10.1198/000313002753631330).
/// The families of this module that weight and standardise compute the same in closed form (`InfluenceValues`), without
/// a matrix of all parameters; this type is for equations of one's own.
public struct EstimatingEquations: Sendable {
  /// Writes the contributions of a range of rows at some parameters: element (i, j) of the block, row i of the range
  /// and equation j, to place i + j · (number of rows in the range).
  public typealias Contributions =
    @Sendable (
      _ rows: Range<Int>, _ parameters: [Double], _ start: UnsafeMutablePointer<Double>
    ) -> Void

  /// How derivatives are computed when none are given.
  public enum Differences: Codable, Hashable, Sendable {
    /// Central differences of four steps extrapolated to none: correct to about ten digits.
    case extrapolated
    /// Central differences of this one step, the same for every parameter; statsmodels' treatment effects take 1e-4,
    /// which costs their errors up to the fifth digit.
    case central(step: Double)
  }

  public let rowCount: Int
  /// q names.
  public let names: [String]
  public let differences: Differences
  private let contributions: Contributions
  private let derivative: (@Sendable ([Double]) -> Matrix)?

  /// - Parameters:
  ///   - rowCount: n.
  ///   - names: q names of the parameters; there are as many equations.
  ///   - derivative: the q × q derivative of the sum of the contributions, rows for equations and columns for
  ///     parameters; when nil it is computed by differences.
  ///   - contributions: ψ.
  public init(
    rowCount: Int, names: [String], differences: Differences = .extrapolated,
    derivative: (@Sendable ([Double]) -> Matrix)? = nil, contributions: @escaping Contributions
  ) {
    self.differences = differences
    self.rowCount = rowCount
    self.names = names
    self.contributions = contributions
    self.derivative = derivative
  }

  /// Σᵢ ψᵢ, q numbers.
  public func sums(at parameters: [Double]) -> [Double] {
    let q = names.count
    precondition(parameters.count == q, "each parameter has a value")
    return WorkSharing.reduce(
      count: rowCount, blockSize: 1024, empty: { [Double](repeating: 0, count: q) },
      add: { sums, rows in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count * q)) { block in
          contributions(rows, parameters, block.baseAddress!)
          for j in 0..<q {
            var sum = 0.0
            for i in 0..<rows.count { sum += block[i + j * rows.count] }
            sums[j] += sum
          }
        }
      },
      combine: { total, part in for j in total.indices { total[j] += part[j] } })
  }

  /// Newton's method from a start, with halved steps where a whole one does not bring the sums closer to zero.
  ///
  /// - Throws: `.notConverged`, `.singularCovariance` where the equations do not determine all parameters.
  public func solve(from start: [Double], maximumSteps: Int = 100) throws(StatisticsError) -> [Double] {
    let method = "solving the estimating equations"
    var parameters = start
    var sums = sums(at: parameters)
    let scales = magnitudes(at: parameters)
    var distance = EstimatingEquations.distance(sums, scales)
    for _ in 0..<maximumSteps {
      guard distance.isFinite else { break }
      let slope = jacobian(at: parameters)
      guard let step = solveLinearSystem(slope, Matrix(rows: names.count, columns: 1, elements: sums))?.elements
      else { throw .singularCovariance(method: method) }
      var length = 1.0
      var next = zip(parameters, step).map { $0 - $1 }
      var nextSums = self.sums(at: next)
      while !(EstimatingEquations.distance(nextSums, scales) <= distance), length > 1e-6 {
        length /= 2
        next = zip(parameters, step).map { $0 - length * $1 }
        nextSums = self.sums(at: next)
      }
      let change = zip(parameters, next).map { abs($0 - $1) / max(1e-8, abs($0)) }.max() ?? 0
      let nextDistance = EstimatingEquations.distance(nextSums, scales)
      guard nextDistance <= distance else { break }
      parameters = next
      sums = nextSums
      distance = nextDistance
      if change < 1e-11 || distance < 1e-14 { return parameters }
    }
    guard distance < 1e-9 else { throw .notConverged(method: method, iterations: maximumSteps) }
    return parameters
  }

  /// The influence of each row on each parameter at a solution.
  ///
  /// - Throws: `.singularCovariance`, `.notFinite`.
  public func influence(at parameters: [Double]) throws(StatisticsError) -> InfluenceValues {
    let q = names.count
    let n = rowCount
    guard n > 0 else { throw .noObservations }
    // Rows and columns scaled to ones, so that the size of a variable does not decide what counts as singular.
    let slope = jacobian(at: parameters)
    guard slope.isFinite else { throw .notFinite(array: "the estimating equations", index: 0) }
    let rowScale = (0..<q).map { r in 1 / max(Double.leastNormalMagnitude, (0..<q).map { abs(slope[r, $0]) }.max()!) }
    let columnScale = (0..<q).map { c in
      1 / max(Double.leastNormalMagnitude, (0..<q).map { abs(slope[$0, c]) * rowScale[$0] }.max()!)
    }
    let scaled = Matrix.diagonal(rowScale) * slope * .diagonal(columnScale)
    guard let inverse = solveLinearSystem(scaled, .identity(q)),
      inverse.elements.allSatisfy({ abs($0) < 1e14 })
    else { throw .singularCovariance(method: "the errors of the estimating equations") }
    let bread = Matrix.diagonal(columnScale) * inverse * .diagonal(rowScale)
    var influence = [[Double]](repeating: [Double](repeating: 0, count: n), count: q)
    var block = [Double](repeating: 0, count: min(n, 1024) * q)
    for start in stride(from: 0, to: n, by: 1024) {
      let rows = start..<min(n, start + 1024)
      block.withUnsafeMutableBufferPointer { contributions(rows, parameters, $0.baseAddress!) }
      for j in 0..<q {
        for i in 0..<rows.count {
          var sum = 0.0
          for l in 0..<q { sum -= bread[j, l] * block[i + l * rows.count] }
          influence[j][start + i] = sum
        }
      }
    }
    return InfluenceValues(names: names, values: parameters, influence: influence)
  }

  /// The derivative of the sums, q × q, rows for equations.
  public func jacobian(at parameters: [Double]) -> Matrix {
    if let derivative { return derivative(parameters) }
    let q = names.count
    var result = Matrix(rows: q, columns: q)
    if case .central(let step) = differences {
      for c in 0..<q {
        let slopes = central(parameters, c, step)
        for r in 0..<q { result[r, c] = slopes[r] }
      }
      return result
    }
    for c in 0..<q {
      // Ridders' extrapolation of central differences of step h, h/2, h/4, h/8: the error falls from h² to h⁸.
      let step = 1e-3 * max(abs(parameters[c]), 1e-3)
      var table = (0..<4).map { central(parameters, c, step / Double(1 << $0)) }
      for order in 1..<4 {
        let power = Double(1 << (2 * order))
        for level in 0..<(4 - order) {
          table[level] = zip(table[level + 1], table[level]).map { $0 + ($0 - $1) / (power - 1) }
        }
      }
      for r in 0..<q { result[r, c] = table[0][r] }
    }
    return result
  }

  /// The derivative of the sums by one parameter.
  private func central(_ parameters: [Double], _ c: Int, _ step: Double) -> [Double] {
    var (above, below) = (parameters, parameters)
    above[c] += step
    below[c] -= step
    return zip(sums(at: above), sums(at: below)).map { ($0 - $1) / (above[c] - below[c]) }
  }

  /// What makes a sum of an equation large: the root of the sum of squares of its contributions.
  private func magnitudes(at parameters: [Double]) -> [Double] {
    let q = names.count
    let squares = WorkSharing.reduce(
      count: rowCount, blockSize: 1024, empty: { [Double](repeating: 0, count: q) },
      add: { sums, rows in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count * q)) { block in
          contributions(rows, parameters, block.baseAddress!)
          for j in 0..<q {
            for i in 0..<rows.count { sums[j] += block[i + j * rows.count] * block[i + j * rows.count] }
          }
        }
      },
      combine: { total, part in for j in total.indices { total[j] += part[j] } })
    return squares.map { $0 > 0 && $0.isFinite ? 1 / $0.squareRoot() : 1 }
  }

  private static func distance(_ sums: [Double], _ scales: [Double]) -> Double {
    var distance = 0.0
    for j in sums.indices { distance += (sums[j] * scales[j]) * (sums[j] * scales[j]) }
    return distance.squareRoot()
  }
}
