import NumericalMethods

/// The sums of squares and products of all columns and the response, each counted from its unit's mean.
///
/// The unit effects are thereby taken out exactly; the periods are columns of their own, so nothing is iterated and
/// panels may miss rows and have weights.
struct TwoWaySums {
  /// Columns: periods, indicators, numeric columns, the response; symmetric.
  let products: Matrix
  /// For numeric columns and the response, Σ w x² before the unit means are taken out.
  let rawSquares: [Double]

  init(_ design: TwoWayDesign) {
    let panel = design.panel
    let sparse = design.sparseCount
    let dense = design.numeric.count + 1
    let size = sparse + dense
    var products = Matrix(rows: size, columns: size)
    Self.addPatterns(design, to: &products)
    let columns = design.numeric + [design.response]
    // Sums for each sparse column with each dense one, then dense with dense, then the raw squares.
    let width = sparse * dense + dense * dense + dense
    let unitsPerBlock = max(1, 16_384 / max(1, panel.rowCount / panel.unitCount))
    let parts = max(1, min(16, 8_000_000 / max(width, 1)))
    let sums = WorkSharing.reduce(
      count: panel.unitCount, blockSize: unitsPerBlock, parts: parts,
      empty: { [Double](repeating: 0, count: width) },
      add: { sum, units in
        sum.withUnsafeMutableBufferPointer { Self.addRows(design, columns, units, into: $0.baseAddress!) }
      }, combine: { for i in 0..<width { $0[i] += $1[i] } })
    for d in 0..<dense {
      for s in 0..<sparse {
        products[s, sparse + d] = sums[d * sparse + s]
        products[sparse + d, s] = sums[d * sparse + s]
      }
      for other in 0..<dense { products[sparse + other, sparse + d] = sums[sparse * dense + d * dense + other] }
    }
    self.products = products
    rawSquares = Array(sums[(sparse * dense + dense * dense)...])
  }

  private static func addPatterns(_ design: TwoWayDesign, to products: inout Matrix) {
    let panel = design.panel
    let size = products.rows
    let weighsRows = design.weights != nil && !design.weightsBelongToUnits
    var ones = [Double](repeating: 0, count: design.sparseCount)
    products.elements.withUnsafeMutableBufferPointer { products in
      for pattern in UnitPatterns(design).patterns {
        var touched: [Int] = []
        var total = 0.0
        for row in panel.starts[pattern.unit]..<panel.starts[pattern.unit + 1] {
          let w = weighsRows ? design.weights![row] : 1
          total += w
          var here = [panel.period(row, ofUnit: pattern.unit)]
          for codes in design.indicators where codes[row] >= 0 { here.append(design.periodCount + Int(codes[row])) }
          for column in here {
            if ones[column] == 0 { touched.append(column) }
            ones[column] += w
            for other in here { products[column + other * size] += pattern.weight * w }
          }
        }
        for column in touched {
          let factor = pattern.weight * ones[column] / total
          for other in touched { products[other + column * size] -= factor * ones[other] }
        }
        for column in touched { ones[column] = 0 }
      }
    }
  }

  private static func addRows(
    _ design: TwoWayDesign, _ columns: [[Double]], _ units: Range<Int>, into sums: UnsafeMutablePointer<Double>
  ) {
    let panel = design.panel
    let sparse = design.sparseCount
    let dense = columns.count
    let longest = units.reduce(0) { max($0, panel.starts[$1 + 1] - panel.starts[$1]) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: longest * (dense + 1)) { room in
      let centred = room.baseAddress!
      let weight = centred + longest * dense
      for unit in units {
        let first = panel.starts[unit]
        let count = panel.starts[unit + 1] - first
        var total = Double(count)
        if let weights = design.weights {
          total = 0
          for k in 0..<count {
            weight[k] = weights[first + k]
            total += weight[k]
          }
        } else {
          weight.update(repeating: 1, count: count)
        }
        for d in 0..<dense {
          columns[d].withUnsafeBufferPointer { column in
            var (sum, squares) = (0.0, 0.0)
            for k in 0..<count {
              let product = weight[k] * column[first + k]
              sum += product
              squares += product * column[first + k]
            }
            let mean = sum / total
            for k in 0..<count { centred[d * longest + k] = column[first + k] - mean }
            sums[sparse * dense + dense * dense + d] += squares
          }
        }
        for d in 0..<dense {
          let values = centred + d * longest
          let target = sums + d * sparse
          if panel.isBalanced {
            for k in 0..<count { target[k] += weight[k] * values[k] }
          } else {
            for k in 0..<count { target[Int(panel.sortedPeriod[first + k])] += weight[k] * values[k] }
          }
          for codes in design.indicators {
            codes.withUnsafeBufferPointer { codes in
              for k in 0..<count where codes[first + k] >= 0 {
                target[design.periodCount + Int(codes[first + k])] += weight[k] * values[k]
              }
            }
          }
          for other in 0..<dense {
            let others = centred + other * longest
            var sum = 0.0
            for k in 0..<count { sum += weight[k] * values[k] * others[k] }
            sums[sparse * dense + d * dense + other] += sum
          }
        }
      }
    }
  }
}
