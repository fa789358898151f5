import COpenBLAS
import Foundation
import NumericalMethods

/// A difference of weighted means as a statistic of a bootstrap: the logistic scores are fitted anew for each draw.
///
/// `Bootstrap(plan, statistic: weighting.statistic)` gives the same numbers as fitting `PropensityScores` with the draw's
/// frequencies as weights each time, many times faster: no row is copied, the fit starts from that of the whole sample,
/// and one information matrix serves several steps. Statistic 0 is the difference, 1 the mean of the untreated and 2
/// the mean of the treated.
public struct RefittedWeighting: Sendable {
  public let target: TargetPopulation
  /// Of the whole sample.
  public let scores: PropensityScores
  private let outcome: [Double]
  private let treated: [Bool]
  private let samplingWeights: [Double]?
  private let columns: StandardisedBlocks
  /// The linear predictors of the whole sample, where every draw starts.
  private let predictors: [Double]

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - design: n × k columns of the scores.
  /// - Throws: see `PropensityScores`; `.lengthsDiffer` and `.notFinite` of the outcome.
  public init(
    outcome: [Double], treated: [Bool], design: ModelMatrix, target: TargetPopulation = .everyone,
    samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    let scores = try PropensityScores(treated: treated, design: design, samplingWeights: samplingWeights)
    try RegressionStandardisation.check(outcome, treated.count)
    self.target = target
    self.scores = scores
    self.outcome = outcome
    self.treated = treated
    self.samplingWeights = samplingWeights
    columns = StandardisedBlocks(scores.models[0].design)
    predictors = scores.models[0].linearPredictor
  }

  /// The difference, the mean of the untreated and the mean of the treated of the rows weighted.
  ///
  /// - Throws: `.oneGroupOnly` and `.separated` where the rows that have a weight have no finite fit, `.notConverged`.
  public func statistic(_ weights: [Double]) throws(StatisticsError) -> [Double] {
    let n = treated.count
    precondition(weights.count == n, "each row has a weight")
    var own = weights
    if let samplingWeights { for i in 0..<n { own[i] *= samplingWeights[i] } }
    try checkGroups(treated, rowCount: n, weights: own)
    let fitted = try fit(own)
    var sums = (some: 0.0, ofSome: 0.0, others: 0.0, ofOthers: 0.0)
    for i in 0..<n where own[i] > 0 {
      let weight = own[i] * target.weight(treated: treated[i], fitted[i])
      if treated[i] {
        sums.some += weight
        sums.ofSome += weight * outcome[i]
      } else {
        sums.others += weight
        sums.ofOthers += weight * outcome[i]
      }
    }
    let (high, low) = (sums.ofSome / sums.some, sums.ofOthers / sums.others)
    return [high - low, low, high]
  }

  /// Newton's steps from the whole sample's fit; the information is made anew only when a step shrinks too little.
  private func fit(_ weights: [Double]) throws(StatisticsError) -> [Double] {
    let n = treated.count
    let k = columns.columnCount
    var change = [Double](repeating: 0, count: k)
    var fitted = [Double](repeating: 0, count: n)
    var rest = [Double](repeating: 0, count: n)
    var factor: SteadyCholesky?
    var before = Double.infinity
    for _ in 0..<100 {
      var gradient = [Double](repeating: 0, count: k)
      var largest = 0.0
      columns.forEachBlock { rows, block in
        let start = rows.lowerBound
        rest.withUnsafeMutableBufferPointer { rest in
          let place = rest.baseAddress! + start
          block.times(change, into: place)
          for i in 0..<rows.count {
            let row = start + i
            guard weights[row] > 0 else {
              place[i] = 0
              continue
            }
            let eta = predictors[row] + place[i]
            largest = max(largest, abs(eta))
            let e = 1 / (1 + exp(-eta))
            fitted[row] = e
            place[i] = weights[row] * ((treated[row] ? 1 : 0) - e)
          }
          block.addTransposedTimes(place, to: &gradient)
        }
      }
      guard largest < 500 else { throw .separated(columns: []) }
      if factor == nil {
        var information = Matrix(rows: k, columns: k)
        columns.forEachBlock { rows, block in
          block.addCrossProductOfPositive(rows, to: &information) { weights[$0] * fitted[$0] * (1 - fitted[$0]) }
        }
        information.copyUpperToLower()
        factor = SteadyCholesky(information)
      }
      let step = factor!.solve(gradient)
      let gain = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard gain.isFinite else { throw .separated(columns: []) }
      for c in 0..<k { change[c] += step[c] }
      // The distance from the maximum in standard errors is the root of the gain.
      if gain < 1e-13 { return try finished(change, weights) }
      if gain > 0.05 * before { factor = nil }
      before = gain
    }
    throw .notConverged(method: "the scores of a draw", iterations: 100)
  }

  private func finished(_ change: [Double], _ weights: [Double]) throws(StatisticsError) -> [Double] {
    var fitted = [Double](repeating: 0, count: treated.count)
    var isCertain = true
    columns.forEachBlock { rows, block in
      fitted.withUnsafeMutableBufferPointer { fitted in
        let place = fitted.baseAddress! + rows.lowerBound
        block.times(change, into: place)
        for i in 0..<rows.count {
          let row = rows.lowerBound + i
          let eta = predictors[row] + place[i]
          place[i] = 1 / (1 + exp(-eta))
          if weights[row] > 0, abs((treated[row] ? 1 : 0) - place[i]) > 1e-6 { isCertain = false }
        }
      }
    }
    // Everybody is predicted without error: the likelihood has no maximum.
    guard !isCertain else { throw .separated(columns: []) }
    return fitted
  }
}

/// The columns of a design less their mean (beside an intercept) and divided by their spread, in blocks of rows that are
/// kept when they take little room and expanded anew otherwise.
struct StandardisedBlocks: Sendable {
  let columnCount: Int
  private let design: ModelMatrix
  private let centres: [Double]
  private let inverseScales: [Double]
  private let stored: [Double]?
  private let blockSize: Int

  init(_ design: ModelMatrix) {
    let k = design.columnCount
    let n = design.rowCount
    self.design = design
    columnCount = k
    blockSize = design.rowsPerBlock
    let moments = BalancedMoments(
      design: design, treated: [Bool](repeating: true, count: n), target: .everyone, samplingWeights: nil)
    centres =
      design.hasIntercept ? (0..<k).map { moments.varies[$0] ? moments.means[$0] : 0 } : Array(repeating: 0, count: k)
    inverseScales = moments.scales.map { 1 / $0 }
    guard n * k <= 8_000_000 else {
      stored = nil
      return
    }
    let (centres, inverseScales, blockSize) = (centres, inverseScales, blockSize)
    var stored = [Double](repeating: 0, count: n * k)
    stored.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for start in stride(from: 0, to: n, by: blockSize) {
        let rows = start..<min(n, start + blockSize)
        Self.expand(design, rows, centres, inverseScales, into: base + start * k)
      }
    }
    self.stored = stored
  }

  /// Calls with each block in turn, on this thread: draws are what is shared over the cores.
  func forEachBlock(_ body: (Range<Int>, ModelMatrix.Block) -> Void) {
    let n = design.rowCount
    let size = blockSize * columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, stored == nil ? 2 * size : size)) { room in
      for start in stride(from: 0, to: n, by: blockSize) {
        let rows = start..<min(n, start + blockSize)
        if let stored {
          stored.withUnsafeBufferPointer { all in
            // Nothing writes through this pointer: the products of a block read it only.
            let values = UnsafeMutablePointer(mutating: all.baseAddress! + start * columnCount)
            body(
              rows,
              ModelMatrix.Block(
                rows: 0..<rows.count, values: values, spare: room.baseAddress!, columnCount: columnCount))
          }
        } else {
          let values = room.baseAddress!
          Self.expand(design, rows, centres, inverseScales, into: values)
          body(
            rows,
            ModelMatrix.Block(rows: 0..<rows.count, values: values, spare: values + size, columnCount: columnCount))
        }
      }
    }
  }

  private static func expand(
    _ design: ModelMatrix, _ rows: Range<Int>, _ centres: [Double], _ inverseScales: [Double],
    into start: UnsafeMutablePointer<Double>
  ) {
    design.fill(rows, into: start, leadingDimension: rows.count)
    for c in centres.indices {
      let column = start + c * rows.count
      for i in 0..<rows.count { column[i] = (column[i] - centres[c]) * inverseScales[c] }
    }
  }
}

extension ModelMatrix.Block {
  /// Adds XᵀWX of the rows whose weight is above zero to what lies on and above the diagonal.
  ///
  /// - Parameters:
  ///   - all: the rows of the block among all rows.
  ///   - weight: of one of all rows.
  func addCrossProductOfPositive(_ all: Range<Int>, to sum: inout Matrix, weight: (Int) -> Double) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, rows.count)) { chosen in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count)) { roots in
        var count = 0
        for i in 0..<rows.count {
          let own = weight(all.lowerBound + i)
          guard own > 0 else { continue }
          chosen[count] = Int32(i)
          roots[count] = own.squareRoot()
          count += 1
        }
        guard count > 0 else { return }
        for c in 0..<columnCount {
          let (from, to) = (column(c), spare + c * count)
          for j in 0..<count { to[j] = from[Int(chosen[j])] * roots[j] }
        }
        WorkSharing.prepareLinearAlgebra()
        cblas_dsyrk(
          CblasColMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(count), 1, spare, Int32(count), 1,
          &sum.elements, Int32(columnCount))
      }
    }
  }
}

/// A Cholesky factor that leaves out columns which depend on earlier ones, as a level that no row of a draw has.
struct SteadyCholesky {
  private let kept: [Int]
  private let factor: Cholesky?
  private let scales: [Double]
  private let size: Int

  init(_ matrix: Matrix) {
    size = matrix.rows
    var kept = Array(0..<matrix.rows)
    var factor = SteadyCholesky.scaled(matrix, kept)
    if factor.cholesky == nil || factor.cholesky!.reciprocalCondition < 1e-12 {
      kept = SteadyCholesky.independent(matrix)
      factor = SteadyCholesky.scaled(matrix, kept)
    }
    self.kept = kept
    scales = factor.scales
    self.factor = factor.cholesky
  }

  /// x with Ax = b for the columns kept, 0 for others; not finite when there is no factor.
  func solve(_ b: [Double]) -> [Double] {
    var result = [Double](repeating: factor == nil ? .nan : 0, count: size)
    guard let factor else { return result }
    let solved = factor.solve(kept.indices.map { b[kept[$0]] * scales[$0] })
    for (place, column) in kept.enumerated() { result[column] = solved[place] * scales[place] }
    return result
  }

  private static func scaled(_ matrix: Matrix, _ kept: [Int]) -> (cholesky: Cholesky?, scales: [Double]) {
    let scales = kept.map { matrix[$0, $0] > 0 ? 1 / matrix[$0, $0].squareRoot() : 0 }
    var own = matrix.selecting(rows: kept, columns: kept)
    for c in kept.indices {
      for r in kept.indices { own[r, c] *= scales[r] * scales[c] }
    }
    return (Cholesky(own), scales)
  }

  private static func independent(_ matrix: Matrix) -> [Int] {
    independentPositions(matrix, tolerance: 1e-10)
  }
}

/// The columns of a cross-product that do not depend on earlier ones, by Cholesky's decomposition in their order.
///
/// - Parameter tolerance: the share of a diagonal element that must be left.
func independentPositions(_ matrix: Matrix, tolerance: Double) -> [Int] {
  let k = matrix.rows
  var lower = Matrix(rows: k, columns: k)
  var kept: [Int] = []
  for c in 0..<k where matrix[c, c] > 0 {
    var row = [Double](repeating: 0, count: kept.count)
    var rest = matrix[c, c]
    for (place, earlier) in kept.enumerated() {
      var sum = matrix[c, earlier]
      for before in 0..<place { sum -= row[before] * lower[earlier, before] }
      row[place] = sum / lower[earlier, place]
      rest -= row[place] * row[place]
    }
    guard rest > tolerance * matrix[c, c] else { continue }
    for place in row.indices { lower[c, place] = row[place] }
    lower[c, kept.count] = rest.squareRoot()
    kept.append(c)
  }
  return kept
}
