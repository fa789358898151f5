import NumericalMethods

extension StandardisedDesign {
  /// XᵀX of the standardised columns, and by how much each was shifted in its own scale.
  func crossProducts(weights: [Double]?) -> (standardised: Matrix, shift: [Double]) {
    let width = columnCount
    var result = reduceBlocks(
      empty: { Matrix(rows: width, columns: width) },
      add: { sum, block in
        guard let weights else { return block.addCrossProduct(to: &sum) }
        weights.withUnsafeBufferPointer {
          block.addCrossProduct(weights: $0.baseAddress! + block.rows.lowerBound, to: &sum)
        }
      },
      combine: { $0 += $1 })
    result.copyUpperToLower()
    return (result, shifts)
  }

  /// R with RᵀR = XᵀWX of the columns as the design has them, from the matrix of the standardised columns.
  func triangle(_ information: Matrix) -> Matrix {
    guard let factor = Cholesky(information) else {
      return Matrix(rows: columnCount, columns: columnCount, repeating: .nan)
    }
    return factor.lower.transposed * unstandardise
  }
}
