import NumericalMethods
import TestSupport
import Testing

@Suite("Matrices")
struct MatrixTests {
  private let a = Matrix([[4, 2, 1], [2, 5, 3], [1, 3, 6]])

  @Test("A matrix keeps its elements column after column")
  func order() {
    let matrix = Matrix([[1, 2, 3], [4, 5, 6]])
    #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.column(1) == [2, 5])
    #expect(matrix.transposed == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(matrix == Matrix(columns: [[1, 4], [2, 5], [3, 6]]))
    #expect(matrix.selecting(rows: [1], columns: [2, 0]) == Matrix([[6, 4]]))
  }

  @Test("Products are those of a textbook")
  func products() {
    let b = Matrix([[1, 2], [0, 1], [3, 0]])
    #expect(a * b == Matrix([[7, 10], [11, 9], [19, 5]]))
    #expect(a * [1, 0, 2] == [6, 8, 13])
    #expect(b.transposedTimes(a) == Matrix([[7, 11, 19], [10, 9, 5]]))
    #expect(b.crossProduct == Matrix([[10, 2], [2, 5]]))
    #expect(a.quadraticForm([1, 0, 2]) == 32)
    #expect(a.sandwiched(by: b.transposed) == b.transposed * a * b)
  }

  @Test("Cholesky solves, inverts and gives the determinant, and says no to what is not positive definite")
  func cholesky() throws {
    let factor = try #require(Cholesky(a))
    let x = factor.solve([1, 2, 3])
    for (found, wanted) in zip(a * x, [1.0, 2, 3]) { #expect(isClose(found, wanted, relative: 1e-14)) }
    for (found, wanted) in zip((a * factor.inverse).elements, Matrix.identity(3).elements) {
      #expect(abs(found - wanted) < 1e-14)
    }
    #expect(isClose(factor.logDeterminant, 4.204_692_619_390_966, relative: 1e-14))
    #expect(Cholesky(Matrix([[1, 2], [2, 1]])) == nil)
    #expect(Cholesky(Matrix([[1, .nan], [.nan, 1]])) == nil)
  }

  @Test("A column that depends on earlier ones is set aside, and how it depends is known")
  func pivoting() {
    let first = [1.0, 1, 1, 1]
    let second = [1.0, 2, 3, 4]
    let third = zip(first, second).map { 3 * $0 - 2 * $1 }
    let fourth = [1.0, 4, 9, 16]
    let decomposition = PivotedQR(Matrix(columns: [first, second, third, fourth]))
    #expect(decomposition.rank == 3)
    #expect(decomposition.pivot == [0, 1, 3, 2])
    for (found, wanted) in zip(decomposition.dependence.elements, [3.0, -2, 0]) {
      #expect(abs(found - wanted) < 1e-12)
    }
    for (found, wanted) in zip(decomposition.solve([6, 11, 18, 27]), [3.0, 2, 1]) {
      #expect(isClose(found, wanted, relative: 1e-12))
    }
  }

  @Test("Singular values and eigenvalues put the matrix together again")
  func decompositions() throws {
    let tall = Matrix([[1, 2], [3, 4], [5, 6]])
    let parts = try #require(SingularValues(tall))
    let again = parts.u * Matrix.diagonal(parts.values) * parts.vTransposed
    for (found, wanted) in zip(again.elements, tall.elements) { #expect(isClose(found, wanted, relative: 1e-13)) }
    let identity = parts.pseudoInverse() * tall
    for (found, wanted) in zip(identity.elements, Matrix.identity(2).elements) {
      #expect(abs(found - wanted) < 1e-13)
    }
    let eigen = try #require(SymmetricEigen(a))
    let root = eigen.inverseSquareRoot()
    for (found, wanted) in zip((root * root * a).elements, Matrix.identity(3).elements) {
      #expect(abs(found - wanted) < 1e-13)
    }
  }

  @Test("A system without a solution is nil")
  func singular() {
    #expect(solveLinearSystem(Matrix([[1, 2], [2, 4]]), Matrix([[1], [1]])) == nil)
    #expect(solveLinearSystem(Matrix([[0, 2], [1, 0]]), Matrix([[4], [3]])) == Matrix([[3], [2]]))
  }
}
