/// A value that a variable of a model is given in place of the one observed.
public enum VariableValue: Codable, Hashable, Sendable {
  case number(Double)
  /// A level of a factor, by its name.
  case level(String)
}

extension VariableValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .level(let level): level
    }
  }
}

/// A variable that the columns of a model are made of.
public struct ModelVariable: Hashable, Sendable {
  public let name: String
  /// Of a factor, in their order; nil for a number.
  public let levels: [String]?
  /// The level without a column of its own.
  public let reference: Int?
}

extension ModelMatrix {
  /// The variables of the terms that have a column, in the order in which they first appear.
  public var variables: [ModelVariable] {
    var found: [ModelVariable] = []
    for (number, term) in terms.enumerated() where !columns(ofTerm: number).isEmpty {
      for variable in term.variables where !found.contains(where: { $0.name == variable.name }) {
        found.append(variable)
      }
    }
    return found
  }
}

extension ModelMatrix.Term {
  var variables: [ModelVariable] {
    switch self {
    case .intercept: []
    case .numeric(let name, _), .spline(let name, _, _): [ModelVariable(name: name, levels: nil, reference: nil)]
    case .factor(let name, _, let levels, let reference):
      [ModelVariable(name: name, levels: levels, reference: reference)]
    case .product(let a, let b): a.variables + b.variables
    }
  }

  func mentions(_ name: String) -> Bool { variables.contains { $0.name == name } }

  /// As `fill`, with some variables given one value in every row.
  func fill(
    _ rows: Range<Int>, replacing values: [String: VariableValue], into start: UnsafeMutablePointer<Double>,
    _ leading: Int
  ) {
    guard variables.contains(where: { values[$0.name] != nil }) else { return fill(rows, into: start, leading) }
    guard case .product(let a, let b) = self else {
      for (c, value) in constants(values).enumerated() {
        (start + c * leading).update(repeating: value, count: rows.count)
      }
      return
    }
    Self.fillProduct(
      a.columnCount, b.columnCount, rows, into: start, leading, adding: false,
      { a.fill(rows, replacing: values, into: $0, rows.count) },
      { b.fill(rows, replacing: values, into: $0, rows.count) })
  }

  /// The derivatives of the columns by a numeric variable, some variables being given one value.
  func fillDerivative(
    _ rows: Range<Int>, of name: String, replacing values: [String: VariableValue],
    into start: UnsafeMutablePointer<Double>, _ leading: Int
  ) {
    func clear() { for c in 0..<columnCount { (start + c * leading).update(repeating: 0, count: rows.count) } }
    guard mentions(name) else { return clear() }
    switch self {
    case .intercept, .factor: clear()
    case .numeric: start.update(repeating: 1, count: rows.count)
    case .spline(_, let observed, let knots):
      for i in 0..<rows.count {
        var x = observed[rows.lowerBound + i]
        if case .number(let value)? = values[name] { x = value }
        ModelMatrix.splineDerivative(x, knots, into: start + i, leading)
      }
    case .product(let a, let b):
      Self.fillProduct(
        a.columnCount, b.columnCount, rows, into: start, leading, adding: false,
        { a.fillDerivative(rows, of: name, replacing: values, into: $0, rows.count) },
        { b.fill(rows, replacing: values, into: $0, rows.count) })
      Self.fillProduct(
        a.columnCount, b.columnCount, rows, into: start, leading, adding: true,
        { a.fill(rows, replacing: values, into: $0, rows.count) },
        { b.fillDerivative(rows, of: name, replacing: values, into: $0, rows.count) })
    }
  }

  /// The columns of one row in which every variable has the value given; levels may be given as shares.
  func constants(_ values: [String: VariableValue], shares: [String: [Double]] = [:]) -> [Double] {
    switch self {
    case .intercept: return [1]
    case .numeric(let name, _): return [number(values[name])]
    case .factor(let name, _, let levels, let reference):
      let all: [Double]
      if case .level(let level)? = values[name] {
        all = levels.map { $0 == level ? 1 : 0 }
      } else {
        all = shares[name] ?? levels.map { _ in 0 }
      }
      return all.indices.filter { $0 != reference }.map { all[$0] }
    case .spline(let name, _, let knots):
      var row = [Double](repeating: 0, count: knots.count - 1)
      row.withUnsafeMutableBufferPointer {
        ModelMatrix.splineBasis(number(values[name]), knots, into: $0.baseAddress!, 1)
      }
      return row
    case .product(let a, let b):
      let first = a.constants(values, shares: shares)
      return b.constants(values, shares: shares).flatMap { second in first.map { $0 * second } }
    }
  }

  /// The derivatives of the columns of such a row by a numeric variable.
  func constantDerivatives(
    of name: String, _ values: [String: VariableValue], shares: [String: [Double]] = [:]
  ) -> [Double] {
    guard mentions(name) else { return [Double](repeating: 0, count: columnCount) }
    switch self {
    case .intercept, .factor: return [Double](repeating: 0, count: columnCount)
    case .numeric: return [1]
    case .spline(_, _, let knots):
      var row = [Double](repeating: 0, count: knots.count - 1)
      row.withUnsafeMutableBufferPointer {
        ModelMatrix.splineDerivative(number(values[name]), knots, into: $0.baseAddress!, 1)
      }
      return row
    case .product(let a, let b):
      let (x, y) = (a.constants(values, shares: shares), b.constants(values, shares: shares))
      let dx = a.constantDerivatives(of: name, values, shares: shares)
      let dy = b.constantDerivatives(of: name, values, shares: shares)
      return y.indices.flatMap { j in x.indices.map { dx[$0] * y[j] + x[$0] * dy[j] } }
    }
  }

  private func number(_ value: VariableValue?) -> Double {
    if case .number(let number)? = value { number } else { 0 }
  }

  private static func fillProduct(
    _ widthOfA: Int, _ widthOfB: Int, _ rows: Range<Int>, into start: UnsafeMutablePointer<Double>, _ leading: Int,
    adding: Bool, _ fillA: (UnsafeMutablePointer<Double>) -> Void, _ fillB: (UnsafeMutablePointer<Double>) -> Void
  ) {
    let count = rows.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * (widthOfA + widthOfB)) { room in
      guard let first = room.baseAddress else { return }
      let second = first + count * widthOfA
      fillA(first)
      fillB(second)
      for columnOfB in 0..<widthOfB {
        for columnOfA in 0..<widthOfA {
          let target = start + (columnOfA + columnOfB * widthOfA) * leading
          let (x, y) = (first + columnOfA * count, second + columnOfB * count)
          for i in 0..<count { target[i] = (adding ? target[i] : 0) + x[i] * y[i] }
        }
      }
    }
  }
}
