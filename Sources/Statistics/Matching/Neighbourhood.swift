import NumericalMethods

/// Units in the space of their covariates, in which the nearest are looked up with all ties.
struct Neighbourhood: Sendable {
  private let treated: [Bool]
  private let tolerance: Double
  /// Coordinates whose squared Euclidean distance is the squared distance meant.
  private let points: Matrix
  private let columns: [[Double]]
  private let calipers: [Double]?

  /// - Parameter calipers: the largest difference in each column.
  init(
    columns: [[Double]], treated: [Bool], metric: AbadieImbens.Metric, tolerance: Double, calipers: [Double]?
  ) {
    self.treated = treated
    self.tolerance = tolerance
    self.columns = columns
    self.calipers = calipers
    let n = Double(treated.count)
    // As R's Matching: a spread below this is taken as this.
    let least = 0x1p-26
    var scaled = columns
    for c in columns.indices {
      let mean = columns[c].reduce(0, +) / n
      let squares = columns[c].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let spread = max(least, (squares / n).squareRoot() * (n / (n - 1)).squareRoot())
      for i in columns[c].indices { scaled[c][i] = (columns[c][i] - mean) / spread }
    }
    var points = Matrix(columns: scaled)
    if metric == .mahalanobis, columns.count > 1 {
      let covariance = (1 / n) * points.crossProduct
      if let eigen = SymmetricEigen(covariance), eigen.values[0] > 1e-7, let factor = Cholesky(covariance),
        let root = Cholesky(factor.inverse)
      {
        points = points * root.lower
      }
    }
    self.points = points
  }

  /// Where everybody is as near as everybody else, pairs grow with the square of the number of units; no more than this
  /// many are kept, and no more than `mostPairsInBlock` of one block of units.
  private static let mostPairs = 50_000_000
  private static let mostPairsInBlock = 4_000_000

  /// For each unit, the m nearest of the other (or its own) group and all others as near as the m-th, in the order of
  /// the file; none when there are no m within the caliper.
  ///
  /// - Throws: `.notSupported` for more ties than can be kept; `.cancelled`.
  func neighbours(
    _ m: Int, of units: [Int], sameGroup: Bool, progress: ThrottledProgress? = nil
  ) throws(StatisticsError) -> [[Int32]] {
    let trees = [false, true].map { group in
      NeighbourTree(points: points, members: treated.indices.filter { treated[$0] == group }.map { Int32($0) })
    }
    let block = 256
    let blocks = (units.count + block - 1) / block
    var found: [[Int32]] = []
    found.reserveCapacity(units.count)
    var pairs = 0
    // In portions, so that progress is told and cancellation heard.
    for first in stride(from: 0, to: blocks, by: 32) {
      guard !Task.isCancelled else { throw .cancelled }
      progress?.report(found.count, of: units.count)
      let portion = WorkSharing.map(min(32, blocks - first)) { place -> [[Int32]]? in
        let start = (first + place) * block
        var near: [[Int32]] = []
        var count = 0
        for unit in units[start..<min(units.count, start + block)] {
          let group = treated[unit] == sameGroup
          let own = trees[group ? 1 : 0].nearest(m, to: unit, tolerance: tolerance) { candidate in
            candidate != unit && isWithinCaliper(unit, candidate)
          }
          count += own.count
          guard count <= Self.mostPairsInBlock else { return nil }
          near.append(own)
        }
        return near
      }
      for near in portion {
        pairs += near?.reduce(0) { $0 + $1.count } ?? 0
        guard let near, pairs <= Self.mostPairs else {
          throw .notSupported(
            method: AbadieImbens.name,
            input: "so many ties; match on variables that tell people apart, or agree on some and compare within them")
        }
        found += near
      }
    }
    progress?.report(units.count, of: units.count)
    return found
  }

  private func isWithinCaliper(_ a: Int, _ b: Int) -> Bool {
    guard let calipers else { return true }
    for c in columns.indices where abs(columns[c][a] - columns[c][b]) > calipers[c] { return false }
    return true
  }

  /// The variance of the outcome among each unit and its nearest of the same group; 0 where the caliper leaves too few.
  func localVariances(_ outcome: [Double], neighbours count: Int) throws(StatisticsError) -> [Double] {
    let all = Array(treated.indices)
    let found = try neighbours(count, of: all, sameGroup: true)
    return all.map { unit in
      let near = found[unit]
      guard !near.isEmpty else { return 0 }
      let n = Double(near.count + 1)
      let mean = (near.reduce(0) { $0 + outcome[Int($1)] } + outcome[unit]) / n
      let squares = near.reduce(0) { $0 + (outcome[Int($1)] - mean) * (outcome[Int($1)] - mean) }
      return (squares + (outcome[unit] - mean) * (outcome[unit] - mean)) / (n - 1)
    }
  }
}

/// A k-d tree that gives the nearest points with all ties.
struct NeighbourTree: Sendable {
  private let points: [Double]
  private let dimensions: Int
  private var units: [Int32]
  private var nodes: [(first: Int32, end: Int32, second: Int32)] = []
  private var corners: [Double] = []

  init(points matrix: Matrix, members: [Int32]) {
    let n = matrix.rows
    let p = matrix.columns
    var rows = [Double](repeating: 0, count: n * p)
    for c in 0..<p { for i in 0..<n { rows[i * p + c] = matrix.elements[i + c * n] } }
    points = rows
    dimensions = p
    units = members
    if !units.isEmpty { build(0..<units.count) }
  }

  private mutating func build(_ range: Range<Int>) {
    let number = nodes.count
    nodes.append((Int32(range.lowerBound), Int32(range.upperBound), 0))
    var lower = [Double](repeating: .infinity, count: dimensions)
    var upper = [Double](repeating: -.infinity, count: dimensions)
    for i in range {
      for c in 0..<dimensions {
        let value = points[Int(units[i]) * dimensions + c]
        lower[c] = min(lower[c], value)
        upper[c] = max(upper[c], value)
      }
    }
    corners += lower
    corners += upper
    var widest = 0
    for c in 1..<max(1, dimensions) where upper[c] - lower[c] > upper[widest] - lower[widest] { widest = c }
    guard range.count > 12, upper[widest] > lower[widest] else { return }
    let key = { [points, dimensions] (unit: Int32) in points[Int(unit) * dimensions + widest] }
    units[range].sort { key($0) != key($1) ? key($0) < key($1) : $0 < $1 }
    let middle = range.lowerBound + range.count / 2
    build(range.lowerBound..<middle)
    nodes[number].second = Int32(nodes.count)
    build(middle..<range.upperBound)
  }

  /// The units up to the m-th smallest squared distance plus the tolerance, in the order of the file; none when fewer
  /// than m are allowed.
  func nearest(_ m: Int, to unit: Int, tolerance: Double, where isAllowed: (Int) -> Bool) -> [Int32] {
    guard !nodes.isEmpty else { return [] }
    var smallest: [Double] = []
    var found: [(squared: Double, unit: Int32)] = []
    visit(0, unit, m, tolerance, isAllowed, &smallest, &found)
    guard smallest.count == m else { return [] }
    let limit = smallest[m - 1] + tolerance
    return found.filter { $0.squared <= limit }.map(\.unit).sorted()
  }

  private func visit(
    _ number: Int, _ unit: Int, _ m: Int, _ tolerance: Double, _ isAllowed: (Int) -> Bool,
    _ smallest: inout [Double], _ found: inout [(squared: Double, unit: Int32)]
  ) {
    if smallest.count == m, boxDistance(number, unit) > smallest[m - 1] + tolerance { return }
    let node = nodes[number]
    guard node.second == 0 else {
      let first = number + 1
      let second = Int(node.second)
      let isFirstNearer = boxDistance(first, unit) <= boxDistance(second, unit)
      visit(isFirstNearer ? first : second, unit, m, tolerance, isAllowed, &smallest, &found)
      visit(isFirstNearer ? second : first, unit, m, tolerance, isAllowed, &smallest, &found)
      return
    }
    for i in node.first..<node.end {
      let candidate = Int(units[Int(i)])
      var squared = 0.0
      for c in 0..<dimensions {
        let difference = points[unit * dimensions + c] - points[candidate * dimensions + c]
        squared += difference * difference
      }
      if smallest.count == m, squared > smallest[m - 1] + tolerance { continue }
      guard isAllowed(candidate) else { continue }
      found.append((squared, Int32(candidate)))
      if smallest.count < m || squared < smallest[m - 1] {
        var at = smallest.count
        while at > 0, smallest[at - 1] > squared { at -= 1 }
        smallest.insert(squared, at: at)
        if smallest.count > m { smallest.removeLast() }
      }
    }
  }

  private func boxDistance(_ node: Int, _ unit: Int) -> Double {
    var sum = 0.0
    let start = 2 * dimensions * node
    for c in 0..<dimensions {
      let value = points[unit * dimensions + c]
      let difference =
        value < corners[start + c] ? corners[start + c] - value : max(0, value - corners[start + dimensions + c])
      sum += difference * difference
    }
    return sum
  }
}
