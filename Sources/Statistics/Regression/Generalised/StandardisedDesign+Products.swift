import NumericalMethods

extension StandardisedDesign {
  /// XᵀWX of the standardised columns.
  func crossProducts(weights: [Double]) -> Matrix {
    design.ofChosen(indicatorLayout.crossProducts(weights: weights))
  }

  /// R with RᵀR = XᵀWX of the columns as the design has them, from the matrix of the standardised columns.
  func triangle(_ information: Matrix) -> Matrix {
    guard let factor = Cholesky(information) else {
      return Matrix(rows: columnCount, columns: columnCount, repeating: .nan)
    }
    return factor.lower.transposed * unstandardise
  }
}
