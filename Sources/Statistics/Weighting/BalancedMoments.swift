import NumericalMethods

/// The means that weights are to reach, and the spread of each column to measure differences in.
struct BalancedMoments: Sendable {
  /// The target's mean of each column.
  let means: [Double]
  /// The standard deviation of each column over all rows; 1 for a column that does not vary.
  let scales: [Double]
  let varies: [Bool]
  /// n; who belongs to the target.
  let isTarget: [Bool]
  /// The sum of the sampling weights of the target.
  let targetSize: Double

  init(design: ModelMatrix, treated: [Bool], target: TargetPopulation, samplingWeights: [Double]?) {
    let n = design.rowCount
    let k = design.columnCount
    let isTarget = treated.map { target == .everyone || $0 == (target == .treated) }
    // Shifted by the first row, so that squares of large numbers lose no digits.
    var first = [Double](repeating: 0, count: k)
    first.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { design.fill(0..<1, into: start, leadingDimension: 1) }
    }
    let shift = first
    struct Sums: Sendable {
      var all, squares, target: [Double]
      var weight = 0.0
      var targetWeight = 0.0
    }
    let sums = design.reduceBlocks(
      empty: {
        Sums(
          all: [Double](repeating: 0, count: k), squares: [Double](repeating: 0, count: k),
          target: [Double](repeating: 0, count: k))
      },
      add: { sums, block in
        let count = block.rows.count
        withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { room in
          let (own, aimed) = (room.baseAddress!, room.baseAddress! + count)
          for i in 0..<count {
            let row = block.rows.lowerBound + i
            own[i] = samplingWeights?[row] ?? 1
            aimed[i] = isTarget[row] ? own[i] : 0
            sums.weight += own[i]
            sums.targetWeight += aimed[i]
          }
          for c in 0..<k {
            let column = block.column(c)
            var (all, squares, target) = (0.0, 0.0, 0.0)
            for i in 0..<count {
              let x = column[i] - shift[c]
              all += own[i] * x
              squares += own[i] * x * x
              target += aimed[i] * x
            }
            sums.all[c] += all
            sums.squares[c] += squares
            sums.target[c] += target
          }
        }
      },
      combine: { total, part in
        for c in 0..<k {
          total.all[c] += part.all[c]
          total.squares[c] += part.squares[c]
          total.target[c] += part.target[c]
        }
        total.weight += part.weight
        total.targetWeight += part.targetWeight
      })
    let spreads = (0..<k).map { c in
      let centre = sums.all[c] / sums.weight
      return max(0, sums.squares[c] / sums.weight - centre * centre).squareRoot()
    }
    means = (0..<k).map { shift[$0] + sums.target[$0] / sums.targetWeight }
    // A spread below the rounding of the column's own size is none.
    varies = (0..<k).map { spreads[$0] > 1e-14 * abs(shift[$0]) && spreads[$0].isFinite && n > 1 }
    let varies = varies
    scales = (0..<k).map { varies[$0] ? spreads[$0] : 1 }
    self.isTarget = isTarget
    targetSize = sums.targetWeight
  }

  func centred(_ design: ModelMatrix) -> CentredDesign {
    CentredDesign(design: design, centres: means, inverseScales: scales.map { 1 / $0 })
  }
}

extension ModelMatrix {
  /// With powers of the numeric columns and products of pairs of variables.
  ///
  /// Powers and products are of numbers minus their mean, which spans the same columns and keeps their digits. A
  /// numeric column of two values has no powers of its own.
  func withMoments(_ moments: Int, interactions: Bool) throws(StatisticsError) -> ModelMatrix {
    guard moments >= 1, moments <= 4 else { throw .setting(name: "moments", reason: "1 to 4 can be balanced") }
    guard moments > 1 || interactions else { return self }
    var more: [Term] = []
    var variables: [Term] = []
    for term in terms {
      switch term {
      case .numeric(let name, let values):
        let centred = ModelMatrix.centred(values)
        if ModelMatrix.hasThreeValues(values) {
          for power in stride(from: 2, through: moments, by: 1) {
            more.append(
              .numeric("\(name)^\(power)", centred.map { x in (1..<power).reduce(x) { product, _ in product * x } }))
          }
        }
        variables.append(.numeric(name, centred))
      case .factor, .spline: variables.append(term)
      case .intercept, .product: break
      }
    }
    if interactions {
      for (place, first) in variables.enumerated() {
        for second in variables.dropFirst(place + 1) { more.append(.product(first, second)) }
      }
    }
    return try appending(more)
  }

  private static func centred(_ values: [Double]) -> [Double] {
    guard let first = values.first else { return [] }
    var sum = 0.0
    for value in values { sum += value - first }
    let centre = first + sum / Double(values.count)
    return values.map { $0 - centre }
  }

  private static func hasThreeValues(_ values: [Double]) -> Bool {
    guard let first = values.first, let second = values.first(where: { $0 != first }) else { return false }
    return values.contains { $0 != first && $0 != second }
  }
}
