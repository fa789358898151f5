import NumericalMethods

/// The likelihood of Efron or Breslow.
struct CoxLikelihood: PartialLikelihood {
  let columns: CoxColumns
  let ties: CoxTies
  /// Per position; nil for none.
  let offset: [Double]?
  let names: [String]
  let eventWeight: Double
  private(set) var hazards: CoxHazards
  /// At the coefficients where derivatives were last taken; kept when there are far fewer slots than rows.
  private(set) var moments: CoxMoments?
  private let keepsMoments: Bool
  private var spread: [Double]?

  init(_ columns: CoxColumns, ties: CoxTies, offset: [Double]?) {
    self.columns = columns
    self.ties = ties
    self.offset = offset
    names = columns.design.names
    let grid = columns.grid
    var weight = 0.0
    for slot in 0..<grid.slots {
      for p in Int(grid.eventStarts[slot])..<Int(grid.starts[slot + 1]) { weight += grid.weight(at: p) }
    }
    eventWeight = weight
    keepsMoments = grid.slots <= grid.count / 8
    hazards = CoxHazards(grid, offset ?? [Double](repeating: 0, count: grid.count), ties: ties)
  }

  mutating func move(to coefficients: [Double]) -> Double {
    hazards = hazards(at: coefficients)
    return hazards.logLikelihood
  }

  func hazards(at coefficients: [Double]) -> CoxHazards {
    var (eta, moved) = columns.linearPredictor(coefficients)
    if let offset {
      for p in eta.indices { eta[p] += offset[p] }
    }
    return CoxHazards(columns.grid, eta, moved: moved, ties: ties)
  }

  mutating func derivatives() -> LikelihoodDerivatives {
    let sums = columns.derivatives(
      hazards, expected: hazards.expected(columns.grid), keepsMoments: keepsMoments,
      measuresSpread: spread == nil)
    moments = sums.moments
    let spread = spread ?? sums.spread
    self.spread = spread
    return LikelihoodDerivatives(
      score: sums.score, information: sums.information, firstDiagonal: sums.firstDiagonal, spread: spread)
  }
}
