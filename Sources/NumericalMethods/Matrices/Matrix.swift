import COpenBLAS

/// A dense matrix of numbers, column after column.
///
/// Element (r, c) lies at `elements[r + c · rows]`, as LAPACK and R keep it. Shapes that do not fit are mistakes of the
/// caller and stop the program; values are not checked.
public struct Matrix: Hashable, Sendable {
  public let rows: Int
  public let columns: Int
  /// rows · columns numbers.
  public var elements: [Double]

  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0 && elements.count == rows * columns, "a matrix has rows · columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: rows * columns))
  }

  /// From rows of equal length, as one writes a matrix down.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows of a matrix have the same length")
    self.init(rows: rows.count, columns: columns)
    for r in rows.indices {
      for c in 0..<columns { self[r, c] = rows[r][c] }
    }
  }

  /// From columns of equal length.
  public init(columns: [[Double]]) {
    let rows = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "the columns of a matrix have the same length")
    self.init(rows: rows, columns: columns.count, elements: columns.flatMap { $0 })
  }

  public static func identity(_ size: Int) -> Matrix { diagonal([Double](repeating: 1, count: size)) }

  public static func diagonal(_ values: [Double]) -> Matrix {
    var matrix = Matrix(rows: values.count, columns: values.count)
    for i in values.indices { matrix[i, i] = values[i] }
    return matrix
  }

  @inlinable public subscript(row: Int, column: Int) -> Double {
    get { elements[row + column * rows] }
    set { elements[row + column * rows] = newValue }
  }

  public var isSquare: Bool { rows == columns }

  public func column(_ c: Int) -> [Double] { Array(elements[c * rows..<(c + 1) * rows]) }

  public func row(_ r: Int) -> [Double] { (0..<columns).map { self[r, $0] } }

  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for c in 0..<columns {
      for r in 0..<rows { result[c, r] = self[r, c] }
    }
    return result
  }

  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  /// The rows and columns named, in the order named; nil keeps all.
  public func selecting(rows chosenRows: [Int]? = nil, columns chosenColumns: [Int]? = nil) -> Matrix {
    let chosenRows = chosenRows ?? Array(0..<rows)
    let chosenColumns = chosenColumns ?? Array(0..<columns)
    var result = Matrix(rows: chosenRows.count, columns: chosenColumns.count)
    for (c, column) in chosenColumns.enumerated() {
      for (r, row) in chosenRows.enumerated() { result[r, c] = self[row, column] }
    }
    return result
  }

  /// This matrix with the other's columns to its right.
  public func joined(right other: Matrix) -> Matrix {
    precondition(rows == other.rows, "matrices side by side have as many rows")
    return Matrix(rows: rows, columns: columns + other.columns, elements: elements + other.elements)
  }
}

extension Matrix {
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    var result = a
    result += b
    return result
  }

  public static func += (a: inout Matrix, b: Matrix) {
    precondition(a.rows == b.rows && a.columns == b.columns, "matrices that are added have one shape")
    for i in a.elements.indices { a.elements[i] += b.elements[i] }
  }

  public static func - (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "matrices that are subtracted have one shape")
    var result = a
    for i in a.elements.indices { result.elements[i] -= b.elements[i] }
    return result
  }

  public static func * (factor: Double, a: Matrix) -> Matrix {
    Matrix(rows: a.rows, columns: a.columns, elements: a.elements.map { factor * $0 })
  }

  public static func * (a: Matrix, b: Matrix) -> Matrix { product(a, false, b, false) }

  public static func * (a: Matrix, v: [Double]) -> [Double] {
    product(a, false, Matrix(rows: v.count, columns: 1, elements: v), false).elements
  }

  /// AᵀB.
  public func transposedTimes(_ b: Matrix) -> Matrix { Matrix.product(self, true, b, false) }

  /// Aᵀv.
  public func transposedTimes(_ v: [Double]) -> [Double] {
    Matrix.product(self, true, Matrix(rows: v.count, columns: 1, elements: v), false).elements
  }

  /// ABᵀ.
  public func timesTransposed(_ b: Matrix) -> Matrix { Matrix.product(self, false, b, true) }

  /// AᵀA.
  public var crossProduct: Matrix {
    var result = transposedTimes(self)
    result.symmetrise()
    return result
  }

  /// BABᵀ, made exactly symmetric: the covariance of B times what has covariance A.
  public func sandwiched(by b: Matrix) -> Matrix {
    var result = (b * self).timesTransposed(b)
    result.symmetrise()
    return result
  }

  /// vᵀAv.
  public func quadraticForm(_ v: [Double]) -> Double {
    let product = self * v
    var sum = 0.0
    for i in v.indices { sum += v[i] * product[i] }
    return sum
  }

  /// Each pair of elements across the diagonal becomes its mean.
  public mutating func symmetrise() {
    precondition(isSquare, "only a square matrix can be symmetric")
    for c in 0..<columns {
      for r in 0..<c {
        let mean = (self[r, c] + self[c, r]) / 2
        self[r, c] = mean
        self[c, r] = mean
      }
    }
  }

  /// Copies what lies above the diagonal to below it.
  public mutating func copyUpperToLower() {
    precondition(isSquare, "only a square matrix can be symmetric")
    for c in 0..<columns {
      for r in 0..<c { self[c, r] = self[r, c] }
    }
  }

  private static func product(_ a: Matrix, _ aTransposed: Bool, _ b: Matrix, _ bTransposed: Bool) -> Matrix {
    let (m, inner) = aTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerOfB, n) = bTransposed ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(inner == innerOfB, "the inner sizes of a product are equal")
    var result = Matrix(rows: m, columns: n)
    guard m > 0, n > 0, inner > 0 else { return result }
    WorkSharing.prepareLinearAlgebra()
    cblas_dgemm(
      CblasColMajor, aTransposed ? CblasTrans : CblasNoTrans, bTransposed ? CblasTrans : CblasNoTrans, Int32(m),
      Int32(n), Int32(inner), 1, a.elements, Int32(a.rows), b.elements, Int32(b.rows), 0, &result.elements, Int32(m))
    return result
  }
}
