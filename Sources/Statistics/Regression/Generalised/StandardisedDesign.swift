import Foundation
import NumericalMethods

/// The columns of a model, shifted and scaled while they are expanded, so that products of columns keep their digits.
///
/// Each column but the intercept has its mean taken off (when there is an intercept to take it up) and is divided by a
/// power of two near its largest size. Coefficients and covariances are brought back by `coefficients` and `covariance`.
struct StandardisedDesign: Sendable {
  let design: ModelMatrix
  /// k numbers each; the intercept has 0 and 1.
  private let centre: [Double]
  private let scale: [Double]
  /// The columns that differ from how the design has them.
  private let changed: [Int]

  var columnCount: Int { design.columnCount }

  init(_ design: ModelMatrix) {
    self.design = design
    let width = design.columnCount
    var centre = [Double](repeating: 0, count: width)
    var scale = [Double](repeating: 1, count: width)
    let candidates = design.terms.indices.filter { design.terms[$0].isSpread }.flatMap { design.columns(ofTerm: $0) }
    if !candidates.isEmpty, design.rowCount > 0 {
      let part = design.selecting(columns: candidates)
      let largest = part.reduceBlocks(
        empty: { [Double](repeating: 0, count: candidates.count) },
        add: { largest, block in
          for c in candidates.indices {
            let column = block.column(c)
            var size = largest[c]
            for i in 0..<block.rows.count { size = max(size, abs(column[i])) }
            largest[c] = size
          }
        },
        combine: { total, part in for c in total.indices { total[c] = max(total[c], part[c]) } })
      let powers = largest.map { $0 > 0 ? Double(sign: .plus, exponent: $0.exponent, significand: 1) : 1 }
      for (c, column) in candidates.enumerated() { scale[column] = powers[c] }
      if design.hasIntercept {
        let sums = part.reduceBlocks(
          empty: { [Double](repeating: 0, count: candidates.count) },
          add: { sums, block in
            for c in candidates.indices {
              let column = block.column(c)
              let factor = 1 / powers[c]
              var sum = 0.0
              for i in 0..<block.rows.count { sum += column[i] * factor }
              sums[c] += sum
            }
          },
          combine: { total, part in for c in total.indices { total[c] += part[c] } })
        for (c, column) in candidates.enumerated() {
          centre[column] = sums[c] / Double(design.rowCount) * powers[c]
        }
      }
    }
    self.centre = centre
    self.scale = scale
    changed = (0..<width).filter { centre[$0] != 0 || scale[$0] != 1 }
  }

  private init(_ design: ModelMatrix, centre: [Double], scale: [Double]) {
    self.design = design
    self.centre = centre
    self.scale = scale
    changed = centre.indices.filter { centre[$0] != 0 || scale[$0] != 1 }
  }

  /// Some of the columns; the intercept, if there is one, must stay.
  func selecting(columns: [Int]) -> StandardisedDesign {
    StandardisedDesign(
      design.selecting(columns: columns), centre: columns.map { centre[$0] }, scale: columns.map { scale[$0] })
  }

  /// The shifted and scaled columns with one place a row for each factor; its columns are all those of all terms.
  var indicatorLayout: IndicatorLayout {
    var places: [Int: Int] = [:]
    for c in changed { places[design.chosen?[c] ?? c] = c }
    return IndicatorLayout(design) { column in places[column].map { (centre[$0], 1 / scale[$0]) } }
  }

  /// As the design's `reduceBlocks`, with shifted and scaled columns.
  func reduceBlocks<Part: Sendable>(
    empty: @Sendable () -> Part, add: @Sendable (inout Part, ModelMatrix.Block) -> Void,
    combine: (inout Part, Part) -> Void
  ) -> Part {
    design.reduceBlocks(
      empty: empty,
      add: { part, block in
        standardise(block)
        add(&part, block)
      },
      combine: combine)
  }

  /// Shifts and scales the columns of a block.
  private func standardise(_ block: ModelMatrix.Block) {
    for c in changed {
      let column = block.column(c)
      let (shift, factor) = (centre[c], 1 / scale[c])
      for i in 0..<block.rows.count { column[i] = (column[i] - shift) * factor }
    }
  }

  /// Coefficients of the columns as the design has them.
  func coefficients(_ standardised: [Double]) -> [Double] {
    var result = standardised
    var shift = 0.0
    for c in changed {
      result[c] = standardised[c] / scale[c]
      shift += result[c] * centre[c]
    }
    if shift != 0 { result[0] -= shift }
    return result
  }

  /// Coefficients of the shifted and scaled columns.
  func standardised(_ coefficients: [Double]) -> [Double] {
    var result = coefficients
    var shift = 0.0
    for c in changed {
      shift += coefficients[c] * centre[c]
      result[c] = coefficients[c] * scale[c]
    }
    if shift != 0 { result[0] += shift }
    return result
  }

  /// How far each column was shifted, in units of its scale.
  var shifts: [Double] { zip(centre, scale).map { $0 / $1 } }

  /// Half the log of the determinant of XᵀWX less that of the standardised columns.
  var logDeterminantOfScale: Double { scale.reduce(0) { $0 + log($1) } }

  /// k × k: the columns as the design has them are the standardised ones times this, which is upper triangular.
  var unstandardise: Matrix {
    var matrix = Matrix.identity(columnCount)
    for c in changed {
      matrix[c, c] = scale[c]
      if c != 0 { matrix[0, c] = centre[c] }
    }
    return matrix
  }

  /// The covariance of the coefficients of the columns as the design has them.
  func covariance(_ standardised: Matrix) -> Matrix {
    var transform = Matrix.identity(columnCount)
    for c in changed {
      transform[c, c] = 1 / scale[c]
      if c != 0 { transform[0, c] = -centre[c] / scale[c] }
    }
    return standardised.sandwiched(by: transform)
  }
}

extension ModelMatrix.Term {
  /// Whether the columns can hold other numbers than 0 and 1.
  var isSpread: Bool {
    switch self {
    case .intercept, .factor: false
    case .numeric, .spline: true
    case .product(let a, let b): a.isSpread || b.isSpread
    }
  }
}
