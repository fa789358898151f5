import NumericalMethods

/// The columns of a design that do not depend on earlier ones, from their products, by Cholesky's decomposition in their
/// order.
///
/// - Parameters:
///   - products: k × k, for instance XᵀX or an information matrix; positive semidefinite.
///   - tolerance: the share of a column's reference that must be left once earlier columns are taken out.
///   - reference: k numbers, zero or more, where the diagonal itself says too little; nil for the diagonal of
///     `products`.
/// - Returns: their positions, ascending.
func independentColumns(of products: Matrix, tolerance: Double, reference: [Double]? = nil) -> [Int] {
  let k = products.rows
  var lower = Matrix(rows: k, columns: k)
  var kept: [Int] = []
  for c in 0..<k where products[c, c] > 0 {
    var row = [Double](repeating: 0, count: kept.count)
    var rest = products[c, c]
    for (place, earlier) in kept.enumerated() {
      var sum = products[c, earlier]
      for before in 0..<place { sum -= row[before] * lower[earlier, before] }
      row[place] = sum / lower[earlier, place]
      rest -= row[place] * row[place]
    }
    guard rest.isFinite, rest > tolerance * (reference?[c] ?? products[c, c]) else { continue }
    for place in row.indices { lower[c, place] = row[place] }
    lower[c, kept.count] = rest.squareRoot()
    kept.append(c)
  }
  return kept
}
