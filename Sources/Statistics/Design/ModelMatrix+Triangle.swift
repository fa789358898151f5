import COpenBLAS
import NumericalMethods

/// The least-squares problem of a long matrix brought to a small one with the same solution.
public struct Triangle: Sendable {
  /// k × k, zeros below the diagonal: RᵀR = XᵀWX.
  public let r: Matrix
  /// The first k elements of Qᵀ√W y.
  public let qty: [Double]
  /// What is left of Σ w y² beyond the columns' space, when the columns do not depend on each other.
  public let residualSumOfSquares: Double
}

extension ModelMatrix {
  /// Brings √W[X y] to a triangle by Householder reflections, block after block.
  ///
  /// As accurate as a QR decomposition of the whole matrix (Demmel, Grigori, Hoemmen and Langou 2012,
  /// doi:10.1137/080731992), without laying it out.
  ///
  /// - Parameters:
  ///   - response: n numbers.
  ///   - weights: n numbers, zero or more; nil for ones.
  public func triangular(response: [Double], weights: [Double]? = nil) -> Triangle {
    precondition(response.count == rowCount, "each row has one response")
    precondition(weights == nil || weights!.count == rowCount, "each row has one weight")
    let width = columnCount + 1
    let block = max(4 * width, min(4096, 98_304 / width))
    let folded = WorkSharing.reduce(
      count: rowCount, blockSize: block, empty: { Folding(width: width, block: block) },
      add: { folding, rows in
        folding.take(rows) { start, leading in
          fill(rows, into: start, leadingDimension: leading)
          let last = start + (width - 1) * leading
          for i in 0..<rows.count { last[i] = response[rows.lowerBound + i] }
          guard let weights else { return }
          for i in 0..<rows.count {
            let root = weights[rows.lowerBound + i].squareRoot()
            for c in 0..<width { start[i + c * leading] *= root }
          }
        }
      },
      combine: { total, part in total.take(part) })
    let k = width - 1
    let triangle = folded.upper
    return Triangle(
      r: triangle.selecting(rows: Array(0..<k), columns: Array(0..<k)),
      qty: (0..<k).map { triangle[$0, k] }, residualSumOfSquares: triangle[k, k] * triangle[k, k])
  }
}

/// A triangle that takes in blocks of rows one after another.
private final class Folding: @unchecked Sendable {
  private let width: Int
  private let leading: Int
  /// The triangle in the first `width` rows, room for a block below it.
  private let start: UnsafeMutablePointer<Double>
  private let work: UnsafeMutablePointer<Double>
  private let workLength: Int
  private let scales: UnsafeMutablePointer<Double>

  init(width: Int, block: Int) {
    self.width = width
    leading = width + block
    workLength = 64 * width
    start = .allocate(capacity: leading * width)
    start.update(repeating: 0, count: leading * width)
    work = .allocate(capacity: workLength)
    scales = .allocate(capacity: width)
  }

  deinit {
    start.deallocate()
    work.deallocate()
    scales.deallocate()
  }

  func take(_ rows: Range<Int>, _ fill: (UnsafeMutablePointer<Double>, Int) -> Void) {
    fill(start + width, leading)
    fold(rows.count)
  }

  func take(_ other: Folding) {
    for c in 0..<width {
      for r in 0..<width { start[width + r + c * leading] = other.start[r + c * other.leading] }
    }
    fold(width)
  }

  private func fold(_ count: Int) {
    WorkSharing.prepareLinearAlgebra()
    var m = Int32(width + count)
    var n = Int32(width)
    var leading = Int32(self.leading)
    var length = Int32(workLength)
    var info: Int32 = 0
    dgeqrf_(&m, &n, start, &leading, scales, work, &length, &info)
    for c in 0..<width {
      for r in (c + 1)..<max(width, c + 1) { start[r + c * self.leading] = 0 }
    }
  }

  var upper: Matrix {
    var matrix = Matrix(rows: width, columns: width)
    for c in 0..<width {
      for r in 0...c { matrix[r, c] = start[r + c * leading] }
    }
    return matrix
  }
}
