extension ModelMatrix {
  /// Whether a numeric variable is 0 or 1 in every row.
  func isBinary(_ name: String) -> Bool {
    guard let values = numbers(of: name) else { return false }
    return values.allSatisfy { $0 == 0 || $0 == 1 }
  }

  /// The observed numbers of a variable; nil when there is none of that name or it is a factor.
  func numbers(of name: String) -> [Double]? {
    for term in terms { if let found = term.numbers(of: name) { return found } }
    return nil
  }

  /// One row in the middle: the mean of each number and the share of each level of each factor.
  ///
  /// - Parameter weights: n numbers, zero or more, not all zero; nil for ones.
  func meanRow(_ weights: [Double]?) -> (values: [String: VariableValue], shares: [String: [Double]]) {
    var values: [String: VariableValue] = [:]
    var shares: [String: [Double]] = [:]
    for term in terms { term.addMeans(weights, to: &values, &shares) }
    return (values, shares)
  }

  /// The columns of the matrix in one row, from those of each term.
  func columns(_ row: (Term) -> [Double]) -> [Double] {
    let all = terms.flatMap(row)
    return chosen.map { $0.map { all[$0] } } ?? all
  }
}

extension ModelMatrix.Term {
  fileprivate func numbers(of name: String) -> [Double]? {
    switch self {
    case .numeric(name, let values), .spline(name, let values, _): values
    case .product(let a, let b): a.numbers(of: name) ?? b.numbers(of: name)
    default: nil
    }
  }

  fileprivate func addMeans(
    _ weights: [Double]?, to values: inout [String: VariableValue], _ shares: inout [String: [Double]]
  ) {
    switch self {
    case .intercept: break
    case .numeric(let name, let observed), .spline(let name, let observed, _):
      if values[name] == nil { values[name] = .number(weightedMean(observed, weights)) }
    case .factor(let name, let codes, let levels, _):
      guard shares[name] == nil else { return }
      var counts = [Double](repeating: 0, count: levels.count)
      for i in codes.indices { counts[Int(codes[i])] += weights?[i] ?? 1 }
      let total = counts.reduce(0, +)
      shares[name] = counts.map { $0 / total }
    case .product(let a, let b):
      a.addMeans(weights, to: &values, &shares)
      b.addMeans(weights, to: &values, &shares)
    }
  }
}
