import NumericalMethods

/// Which rows each draw of a bootstrap takes, and how often.
///
/// A draw takes units with replacement, as many as there are: rows, or whole clusters of rows; within strata when there
/// are any. Draws come from a counter-based generator with a stream for each draw, so draw 17 is the same whatever
/// draws were made before and on however many threads.
public struct ResamplingPlan: Sendable {
  public let rowCount: Int
  public let draws: Int
  /// How many units are drawn: rows or clusters.
  public let unitCount: Int
  /// The stratum of each unit, and how many strata there are.
  let strata: (codes: [Int32], count: Int)
  /// The unit of each row; nil where each row is a unit.
  let unitOfRow: [Int32]?
  private let source: Source
  /// The units of each stratum.
  private let unitsOfStratum: [[Int32]]

  private enum Source: Sendable {
    case seed(UInt64)
    case given([[Int32]])
  }

  /// Draws of rows or of whole clusters.
  ///
  /// - Parameters:
  ///   - rowCount: n.
  ///   - draws: at least 2; 999 gives exact 2.5 and 97.5 per cent points.
  ///   - seed: the same seed gives the same draws.
  ///   - clusters: rows that are drawn together; each row for itself when nil.
  ///   - strata: draws within each keep its number of units; a cluster must lie within one stratum.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.setting`, `.tooFewClusters`.
  public init(
    rowCount: Int, draws: Int, seed: UInt64, clusters: Clusters? = nil, strata: Clusters? = nil
  ) throws(StatisticsError) {
    guard draws >= 2 else { throw .setting(name: "draws", reason: "a bootstrap needs 2 or more, better 999 or more") }
    try self.init(rowCount: rowCount, draws: draws, source: .seed(seed), clusters: clusters, strata: strata)
  }

  /// Draws that are given, for instance those that another program made.
  ///
  /// - Parameters:
  ///   - indices: for each draw the positions of the rows taken, counted from 0.
  ///   - strata: used by influence values only.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.setting`.
  public init(rowCount: Int, indices: [[Int]], strata: Clusters? = nil) throws(StatisticsError) {
    guard indices.count >= 2 else { throw .setting(name: "indices", reason: "a bootstrap needs 2 draws or more") }
    for draw in indices {
      guard draw.allSatisfy({ (0..<rowCount).contains($0) }) else {
        throw .setting(name: "indices", reason: "each is a position from 0 to \(rowCount - 1)")
      }
    }
    try self.init(
      rowCount: rowCount, draws: indices.count, source: .given(indices.map { $0.map { Int32($0) } }), clusters: nil,
      strata: strata)
  }

  private init(
    rowCount: Int, draws: Int, source: Source, clusters: Clusters?, strata: Clusters?
  ) throws(StatisticsError) {
    guard rowCount > 0 else { throw .noObservations }
    if let clusters { try FollowUp.check(lengthOf: clusters.codes, "clusters", rowCount) }
    if let strata { try FollowUp.check(lengthOf: strata.codes, "strata", rowCount) }
    if let clusters, clusters.count < 2 { throw .tooFewClusters(found: clusters.count, needed: 2) }
    if let clusters, let strata, !clusters.isNested(in: strata) {
      throw .setting(name: "strata", reason: "all rows of a cluster must lie in one stratum")
    }
    self.rowCount = rowCount
    self.draws = draws
    self.source = source
    unitOfRow = clusters?.codes
    let unitCount = clusters?.count ?? rowCount
    self.unitCount = unitCount
    var codes = [Int32](repeating: 0, count: unitCount)
    if let strata {
      for row in 0..<rowCount { codes[clusters.map { Int($0.codes[row]) } ?? row] = strata.codes[row] }
    }
    self.strata = (codes, strata?.count ?? 1)
    var units = [[Int32]](repeating: [], count: self.strata.count)
    for unit in 0..<unitCount { units[Int(codes[unit])].append(Int32(unit)) }
    unitsOfStratum = units
  }

  /// How often each unit is taken in a draw.
  ///
  /// - Parameter draw: 0..<draws.
  public func unitFrequencies(_ draw: Int) -> [Double] {
    var frequencies = [Double](repeating: 0, count: unitCount)
    switch source {
    case .given(let indices): for row in indices[draw] { frequencies[Int(row)] += 1 }
    case .seed(let seed):
      var generator = CounterGenerator(seed: seed, stream: UInt64(draw))
      for units in unitsOfStratum {
        for _ in 0..<units.count { frequencies[Int(units[generator.index(below: units.count)])] += 1 }
      }
    }
    return frequencies
  }

  /// How often each row is taken in a draw.
  public func frequencies(_ draw: Int) -> [Double] { rowWeights(unitFrequencies(draw)) }

  /// The weight of each row from that of its unit.
  func rowWeights(_ weights: [Double]) -> [Double] {
    guard let unitOfRow else { return weights }
    return unitOfRow.map { weights[Int($0)] }
  }

  /// Weights of the rows without one unit.
  func leavingOut(unit: Int) -> [Double] {
    var weights = [Double](repeating: 1, count: unitCount)
    weights[unit] = 0
    return rowWeights(weights)
  }

  /// How many units the stratum of a unit has.
  func stratumSize(ofUnit unit: Int) -> Int { unitsOfStratum[Int(strata.codes[unit])].count }
}
