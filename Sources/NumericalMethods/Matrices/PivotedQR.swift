import Foundation

/// The factors of a tall matrix, A = QR, with columns that depend on earlier ones set aside.
///
/// Columns are taken in their order. One whose remaining length falls below `tolerance` times its own is moved to the
/// end and not counted in the rank: the limited pivoting of R's `lm` (the LINPACK routine dqrdc2). Householder
/// reflections (Golub and Van Loan 2013, Matrix Computations, algorithm 5.4.1), for matrices of moderate size: long
/// design matrices are brought to a triangle block by block first.
public struct PivotedQR: Sendable {
  /// How many columns do not depend on earlier ones.
  public let rank: Int
  /// The columns of A: first those kept, in their order, then those set aside, in theirs.
  public let pivot: [Int]
  /// rank × rank, zeros below the diagonal: the R of the columns kept.
  public let upper: Matrix
  /// rank × (n − rank): the columns set aside are A(kept) times this, so it tells what each depends on.
  public let dependence: Matrix
  private let reflectors: Matrix
  private let scales: [Double]

  /// - Parameters:
  ///   - matrix: m × n, finite.
  ///   - tolerance: the share of a column's length that must be left when earlier columns are taken out.
  public init(_ matrix: Matrix, tolerance: Double = 1e-7) {
    var a = matrix
    let (m, n) = (a.rows, a.columns)
    var pivot = Array(0..<n)
    var scales: [Double] = []
    let original = (0..<n).map { PivotedQR.length(a, from: 0, column: $0) }
    var step = 0
    var candidates = n
    while step < min(m, candidates) {
      let left = PivotedQR.length(a, from: step, column: step)
      let before = original[pivot[step]]
      if left <= tolerance * before || before == 0 {
        PivotedQR.moveToEnd(&a, &pivot, column: step)
        candidates -= 1
        continue
      }
      scales.append(PivotedQR.reflect(&a, step: step, length: left))
      step += 1
    }
    rank = step
    self.pivot = pivot
    self.scales = scales
    reflectors = a
    var upper = Matrix(rows: step, columns: step)
    for c in 0..<step {
      for r in 0...c { upper[r, c] = a[r, c] }
    }
    self.upper = upper
    var dependence = Matrix(rows: step, columns: n - step)
    for c in step..<n {
      for r in stride(from: step - 1, through: 0, by: -1) {
        var rest = a[r, c]
        for later in (r + 1)..<max(step, r + 1) { rest -= upper[r, later] * dependence[later, c - step] }
        dependence[r, c - step] = rest / upper[r, r]
      }
    }
    self.dependence = dependence
  }

  /// Qᵀb, m numbers; the first `rank` are in the space of the columns kept, the others are left over.
  public func transposedQTimes(_ b: [Double]) -> [Double] {
    precondition(b.count == reflectors.rows, "the right-hand side has as many rows as the matrix")
    var result = b
    for step in 0..<rank { apply(step, to: &result) }
    return result
  }

  /// The least-squares solution for the columns kept, in the order of `pivot`; `rank` numbers.
  public func solve(_ b: [Double]) -> [Double] { solveUpper(Array(transposedQTimes(b).prefix(rank))) }

  /// x with Rx = y for the columns kept.
  public func solveUpper(_ y: [Double]) -> [Double] {
    var x = y
    for r in stride(from: rank - 1, through: 0, by: -1) {
      for c in (r + 1)..<max(rank, r + 1) { x[r] -= upper[r, c] * x[c] }
      x[r] /= upper[r, r]
    }
    return x
  }

  /// R⁻¹, rank × rank; (AᵀA)⁻¹ of the columns kept is R⁻¹R⁻ᵀ.
  public var upperInverse: Matrix {
    var result = Matrix(rows: rank, columns: rank)
    for c in 0..<rank {
      var unit = [Double](repeating: 0, count: rank)
      unit[c] = 1
      let x = solveUpper(unit)
      for r in 0...c { result[r, c] = x[r] }
    }
    return result
  }

  /// (AᵀA)⁻¹ of the columns kept, rank × rank.
  public var crossProductInverse: Matrix {
    let inverse = upperInverse
    var result = inverse.timesTransposed(inverse)
    result.symmetrise()
    return result
  }

  private func apply(_ step: Int, to vector: inout [Double]) {
    guard scales[step] != 0 else { return }
    let m = reflectors.rows
    var product = vector[step]
    for r in (step + 1)..<max(m, step + 1) { product += reflectors[r, step] * vector[r] }
    product *= scales[step]
    vector[step] -= product
    for r in (step + 1)..<max(m, step + 1) { vector[r] -= product * reflectors[r, step] }
  }

  private static func length(_ a: Matrix, from row: Int, column: Int) -> Double {
    var largest = 0.0
    for r in row..<a.rows { largest = max(largest, abs(a[r, column])) }
    guard largest > 0 else { return 0 }
    var sum = 0.0
    for r in row..<a.rows {
      let share = a[r, column] / largest
      sum += share * share
    }
    return largest * sum.squareRoot()
  }

  private static func moveToEnd(_ a: inout Matrix, _ pivot: inout [Int], column: Int) {
    let moved = a.column(column)
    for c in column..<(a.columns - 1) {
      for r in 0..<a.rows { a[r, c] = a[r, c + 1] }
    }
    for r in 0..<a.rows { a[r, a.columns - 1] = moved[r] }
    pivot.append(pivot.remove(at: column))
  }

  /// Makes the column zero below the diagonal and keeps the reflector there, scaled to 1 at the diagonal.
  private static func reflect(_ a: inout Matrix, step: Int, length: Double) -> Double {
    let (m, n) = (a.rows, a.columns)
    guard step < m - 1 else { return 0 }
    let first = a[step, step]
    let target = first > 0 ? -length : length
    let scale = (target - first) / target
    let divisor = first - target
    for r in (step + 1)..<m { a[r, step] /= divisor }
    a[step, step] = target
    for c in (step + 1)..<max(n, step + 1) {
      var product = a[step, c]
      for r in (step + 1)..<m { product += a[r, step] * a[r, c] }
      product *= scale
      a[step, c] -= product
      for r in (step + 1)..<m { a[r, c] -= product * a[r, step] }
    }
    return scale
  }
}
