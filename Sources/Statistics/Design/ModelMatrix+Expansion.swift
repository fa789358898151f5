import NumericalMethods

extension ModelMatrix {
  /// Writes a block of rows, column after column.
  ///
  /// - Parameters:
  ///   - rows: r rows.
  ///   - start: room for leadingDimension · columnCount numbers; element (i, c) goes to start[i + c · leadingDimension].
  ///   - leadingDimension: r or more.
  public func fill(_ rows: Range<Int>, into start: UnsafeMutablePointer<Double>, leadingDimension: Int) {
    guard let chosen else {
      for (number, term) in terms.enumerated() {
        term.fill(rows, into: start + starts[number] * leadingDimension, leadingDimension)
      }
      return
    }
    var next = 0
    for (number, term) in terms.enumerated() {
      let range = starts[number]..<starts[number + 1]
      let first = next
      while next < chosen.count, range.contains(chosen[next]) { next += 1 }
      guard next > first else { continue }
      if next - first == range.count {
        term.fill(rows, into: start + first * leadingDimension, leadingDimension)
        continue
      }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * range.count) { all in
        term.fill(rows, into: all.baseAddress!, rows.count)
        for place in first..<next {
          let column = all.baseAddress! + (chosen[place] - range.lowerBound) * rows.count
          (start + place * leadingDimension).update(from: column, count: rows.count)
        }
      }
    }
  }

  /// The n numbers of one column.
  public func column(_ position: Int) -> [Double] {
    let one = selecting(columns: [position])
    return WorkSharing.array(count: rowCount) { rows, start in
      one.fill(rows, into: start + rows.lowerBound, leadingDimension: rows.count)
    }
  }

  /// The whole matrix laid out, n × k: for small n only.
  public func materialised() -> Matrix {
    var matrix = Matrix(rows: rowCount, columns: columnCount)
    guard !matrix.elements.isEmpty else { return matrix }
    matrix.elements.withUnsafeMutableBufferPointer {
      fill(0..<rowCount, into: $0.baseAddress!, leadingDimension: rowCount)
    }
    return matrix
  }
}

extension ModelMatrix.Term {
  func fill(_ rows: Range<Int>, into start: UnsafeMutablePointer<Double>, _ leading: Int) {
    switch self {
    case .intercept:
      start.update(repeating: 1, count: rows.count)
    case .numeric(_, let values):
      values.withUnsafeBufferPointer { start.update(from: $0.baseAddress! + rows.lowerBound, count: rows.count) }
    case .factor(_, let codes, _, let reference):
      for c in 0..<columnCount { (start + c * leading).update(repeating: 0, count: rows.count) }
      let reference = Int32(reference ?? Int(Int32.max))
      codes.withUnsafeBufferPointer { codes in
        for i in 0..<rows.count {
          let code = codes[rows.lowerBound + i]
          if code != reference { start[i + Int(code > reference ? code - 1 : code) * leading] = 1 }
        }
      }
    case .spline(_, let values, let knots):
      values.withUnsafeBufferPointer { values in
        for i in 0..<rows.count {
          ModelMatrix.splineBasis(values[rows.lowerBound + i], knots, into: start + i, leading)
        }
      }
    case .product(let a, let b):
      fillProduct(a, b, rows, into: start, leading)
    }
  }

  private func fillProduct(
    _ a: Self, _ b: Self, _ rows: Range<Int>, into start: UnsafeMutablePointer<Double>, _ leading: Int
  ) {
    let count = rows.count
    let (widthOfA, widthOfB) = (a.columnCount, b.columnCount)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * (widthOfA + widthOfB)) { room in
      guard let first = room.baseAddress else { return }
      let second = first + count * widthOfA
      a.fill(rows, into: first, count)
      b.fill(rows, into: second, count)
      for columnOfB in 0..<widthOfB {
        for columnOfA in 0..<widthOfA {
          let target = start + (columnOfA + columnOfB * widthOfA) * leading
          let (x, y) = (first + columnOfA * count, second + columnOfB * count)
          for i in 0..<count { target[i] = x[i] * y[i] }
        }
      }
    }
  }
}

extension ModelMatrix {
  /// The k − 1 values of the restricted cubic spline at a point, `stride` apart.
  static func splineBasis(_ x: Double, _ knots: [Double], into start: UnsafeMutablePointer<Double>, _ stride: Int) {
    let k = knots.count
    let (last, beforeLast) = (knots[k - 1], knots[k - 2])
    let scale = (last - knots[0]) * (last - knots[0])
    start[0] = x
    for j in 0..<k - 2 {
      let value =
        cubed(x - knots[j]) - cubed(x - beforeLast) * (last - knots[j]) / (last - beforeLast)
        + cubed(x - last) * (beforeLast - knots[j]) / (last - beforeLast)
      start[(j + 1) * stride] = value / scale
    }
  }

  /// The derivative of `splineBasis` by x.
  static func splineDerivative(_ x: Double, _ knots: [Double], into start: UnsafeMutablePointer<Double>, _ stride: Int)
  {
    let k = knots.count
    let (last, beforeLast) = (knots[k - 1], knots[k - 2])
    let scale = (last - knots[0]) * (last - knots[0])
    start[0] = 1
    for j in 0..<k - 2 {
      let value =
        squared(x - knots[j]) - squared(x - beforeLast) * (last - knots[j]) / (last - beforeLast)
        + squared(x - last) * (beforeLast - knots[j]) / (last - beforeLast)
      start[(j + 1) * stride] = 3 * value / scale
    }
  }

  private static func cubed(_ x: Double) -> Double { x > 0 ? x * x * x : 0 }
  private static func squared(_ x: Double) -> Double { x > 0 ? x * x : 0 }
}
