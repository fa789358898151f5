import COpenBLAS
import NumericalMethods

/// Sums over clusters from which the covariance and its degrees of freedom follow.
private struct AdjustedSums: Sendable {
  /// Σ_g s sᵀ of the adjusted standardised scores.
  var meat: Matrix
  /// For each contrast Σ_g d², Σ_g d yᵀKy, Σ_g (d + yᵀKy) and Σ_g yyᵀ.
  var ownSquares: [Double]
  var mixed: [Double]
  var traces: [Double]
  var shared: [Matrix]
  /// The parts of all clusters, when they are asked for.
  var parts: [ClusterPart] = []
  var problem: StatisticsError?

  init(width: Int, contrasts: Int, sharedWidth: Int) {
    meat = Matrix(rows: width, columns: width)
    ownSquares = [Double](repeating: 0, count: contrasts)
    mixed = ownSquares
    traces = ownSquares
    shared = Array(repeating: Matrix(rows: sharedWidth, columns: sharedWidth), count: contrasts)
  }

  mutating func add(_ part: ClusterPart, kernel: SharedKernel, keeps: Bool) {
    cblas_dsyr(
      CblasColMajor, CblasUpper, Int32(meat.rows), 1, part.score, 1, &meat.elements, Int32(meat.rows))
    if keeps { parts.append(part) }
    guard !shared.isEmpty else { return }
    let turned = kernel.times(part.shared)
    for c in shared.indices {
      let (own, width) = (part.own[c, c], part.shared.rows)
      var form = 0.0
      for r in 0..<width { form += part.shared[r, c] * turned[r, c] }
      ownSquares[c] += own * own
      mixed[c] += own * form
      traces[c] += own + form
      part.shared.elements.withUnsafeBufferPointer { y in
        cblas_dsyr(
          CblasColMajor, CblasUpper, Int32(width), 1, y.baseAddress! + c * width, 1, &shared[c].elements,
          Int32(width))
      }
    }
  }

  mutating func add(_ other: AdjustedSums) {
    meat += other.meat
    for c in shared.indices {
      ownSquares[c] += other.ownSquares[c]
      mixed[c] += other.mixed[c]
      traces[c] += other.traces[c]
      shared[c] += other.shared[c]
    }
    parts += other.parts
    problem = problem ?? other.problem
  }
}

extension RegressionScores {
  /// R⁻¹ (Σ_g s sᵀ) R⁻ᵀ with adjusted scores.
  func adjusted(_ convention: ClusterConvention, _ clusters: Clusters) throws(StatisticsError) -> Matrix {
    let none = Matrix(rows: columnCount, columns: 0)
    return try adjustedSums(convention, clusters, contrasts: none, keeps: false).meat.sandwiched(by: root)
  }

  /// Satterthwaite's degrees of freedom of each contrast's variance under the working model.
  ///
  /// With P the G × G covariance of the clusters' contributions to the contrast, (tr P)²/tr P² (Bell and McCaffrey 2002;
  /// Pustejovsky and Tipton 2018, doi:10.1080/07350015.2016.1247004).
  ///
  /// - Parameter contrasts: m × k, one a row; nil for each coefficient.
  func satterthwaite(
    _ convention: ClusterConvention, _ clusters: Clusters, contrasts: Matrix? = nil
  ) throws(StatisticsError) -> (covariance: Matrix, degreesOfFreedom: [Double]) {
    let sums = try adjustedSums(
      convention, clusters, contrasts: contrasts?.transposed ?? .identity(columnCount), keeps: false)
    let kernel = kernel(convention)
    let degrees = sums.shared.indices.map { c -> Double in
      var spread = sums.shared[c]
      spread.copyUpperToLower()
      let turned = kernel.times(spread)
      var cross = 0.0
      for i in 0..<turned.rows {
        for j in 0..<turned.columns { cross += turned[i, j] * turned[j, i] }
      }
      let squares = sums.ownSquares[c] + 2 * sums.mixed[c] + cross
      return squares > 0 ? sums.traces[c] * sums.traces[c] / squares : 0
    }
    return (sums.meat.sandwiched(by: root), degrees)
  }

  /// The approximate Hotelling test of several contrasts (HTZ of Pustejovsky and Tipton 2018).
  ///
  /// - Parameters:
  ///   - l: q × k, one contrast a row.
  ///   - difference: q numbers, what each contrast's value differs from the hypothesis by.
  func hotelling(
    _ convention: ClusterConvention, _ clusters: Clusters, _ l: Matrix, _ difference: [Double]
  ) throws(StatisticsError) -> HotellingTest {
    let q = l.rows
    let first = try adjustedSums(convention, clusters, contrasts: l.transposed, keeps: true)
    let kernel = kernel(convention)
    var omega = Matrix(rows: q, columns: q)
    for part in first.parts { omega += part.own + part.shared.transposedTimes(kernel.times(part.shared)) }
    omega.symmetrise()
    let spread = first.meat.sandwiched(by: root).sandwiched(by: l)
    guard let eigen = SymmetricEigen(omega), let least = eigen.values.first, least > 0, let factor = Cholesky(spread),
      factor.reciprocalCondition > 1e-14
    else { throw .singularCovariance(method: "the Hotelling test") }
    let toUnit = eigen.applying { 1 / $0.squareRoot() }
    let parts = first.parts.map {
      ClusterPart(score: [], own: $0.own.sandwiched(by: toUnit), shared: $0.shared * toUnit)
    }
    var variance = 0.0
    for s in 0..<q {
      for t in 0..<q {
        variance += crossSum(parts, kernel, (s, t), (t, s)) + crossSum(parts, kernel, (s, s), (t, t))
      }
    }
    let solved = factor.solve(difference)
    var statistic = 0.0
    for i in difference.indices { statistic += difference[i] * solved[i] }
    return HotellingTest(statistic: statistic, contrasts: q, eta: Double(q * (q + 1)) / variance)
  }

  /// Σ_gh P_ab,gh P_cd,gh with P_ab,gh = own_ab(g = h) + y_a,gᵀ K y_b,h.
  private func crossSum(
    _ parts: [ClusterPart], _ kernel: SharedKernel, _ first: (Int, Int), _ second: (Int, Int)
  ) -> Double {
    let size = parts.first?.shared.rows ?? 0
    var sum = 0.0
    var (ca, bd) = (Matrix(rows: size, columns: size), Matrix(rows: size, columns: size))
    for part in parts {
      let y = part.shared
      let turned = kernel.times(y)
      let firstOwn = part.own[first.0, first.1]
      let secondOwn = part.own[second.0, second.1]
      var firstForm = 0.0
      var secondForm = 0.0
      for r in 0..<size {
        firstForm += y[r, first.0] * turned[r, first.1]
        secondForm += y[r, second.0] * turned[r, second.1]
        for c in 0..<size {
          ca[r, c] += y[r, second.0] * y[c, first.0]
          bd[r, c] += y[r, first.1] * y[c, second.1]
        }
      }
      sum += firstOwn * secondOwn + firstOwn * secondForm + secondOwn * firstForm
    }
    // Σ_gh (y_a,gᵀKy_b,h)(y_c,gᵀKy_d,h) = tr(CA·K·BD·K) with CA = Σ_g y_c y_aᵀ, BD = Σ_h y_b y_dᵀ.
    let left = kernel.times(bd.transposed).transposed
    let right = kernel.times(ca.transposed).transposed
    for i in 0..<size {
      for j in 0..<size { sum += right[i, j] * left[j, i] }
    }
    return sum
  }

  private func kernel(_ convention: ClusterConvention) -> SharedKernel {
    ClusterAdjuster(self, ClusterAdjustment(convention), contrasts: .identity(columnCount)).kernel
  }

  private func adjustedSums(
    _ convention: ClusterConvention, _ clusters: Clusters, contrasts: Matrix, keeps: Bool
  ) throws(StatisticsError) -> AdjustedSums {
    var standardised = contrasts
    standardise(scores: &standardised)
    let adjuster = ClusterAdjuster(self, ClusterAdjustment(convention), contrasts: standardised)
    let width = columnCount
    let kernel = adjuster.kernel
    let sharedWidth = if case .weighted = kernel { 2 * width } else { width }
    let order = ClusterOrder(clusters, rowsPerPiece: 2048)
    let count = keeps ? 0 : contrasts.columns
    var sums = WorkSharing.reduce(
      count: order.pieces.count, blockSize: 1,
      empty: { AdjustedSums(width: width, contrasts: count, sharedWidth: sharedWidth) },
      add: { sums, piece in
        let range = order.pieces[piece.lowerBound]
        do throws(StatisticsError) {
          try add(range, of: order, adjuster, keeps: keeps, to: &sums)
        } catch {
          sums.problem = sums.problem ?? error
        }
      },
      combine: { $0.add($1) })
    if let problem = sums.problem { throw problem }
    sums.meat.copyUpperToLower()
    return sums
  }

  private func add(
    _ range: Range<Int>, of order: ClusterOrder, _ adjuster: ClusterAdjuster, keeps: Bool, to sums: inout AdjustedSums
  ) throws(StatisticsError) {
    let kernel = adjuster.kernel
    var values: Matrix?
    if range.count > 1 {
      var z = matrix.selecting(rows: order.rows(of: range)).materialised()
      z.elements.withUnsafeMutableBufferPointer { standardise($0.baseAddress!, rows: z.rows) }
      values = z
    }
    var problem: StatisticsError?
    let leading = values?.rows ?? 0
    func addClusters(_ pointer: UnsafeMutablePointer<Double>?) {
      for g in range where problem == nil {
        let start = order.starts[g] - order.starts[range.lowerBound]
        let rows = ClusterRows(
          self, rows: order.rows[order.starts[g]..<order.starts[g + 1]], piece: pointer.map { ($0, leading, start) })
        do throws(StatisticsError) {
          guard let part = try adjuster.part(rows) else { throw .fullLeverage(array: "cluster", index: g) }
          sums.add(part, kernel: kernel, keeps: keeps)
        } catch {
          problem = error
        }
      }
    }
    if values == nil {
      addClusters(nil)
    } else {
      values!.elements.withUnsafeMutableBufferPointer { addClusters($0.baseAddress) }
    }
    if let problem { throw problem }
  }
}

/// A test of several contrasts whose reference is Hotelling's T² with estimated degrees of freedom.
public struct HotellingTest: Hashable, Sendable {
  /// The Wald statistic.
  public let statistic: Double
  /// q.
  public let contrasts: Int
  /// The degrees of freedom η of the covariance.
  public let eta: Double

  /// (η − q + 1)/(ηq) times the Wald statistic.
  public var f: Double { max(0, (eta - Double(contrasts) + 1) / eta) * statistic / Double(contrasts) }

  /// η − q + 1; the test is not defined where this is not above 0.
  public var denominatorDegreesOfFreedom: Double { eta - Double(contrasts) + 1 }

  /// nil where the degrees of freedom do not suffice.
  public var pValue: Double? {
    denominatorDegreesOfFreedom > 0
      ? FisherF(numerator: Double(contrasts), denominator: denominatorDegreesOfFreedom).upperTail(f) : nil
  }
}
