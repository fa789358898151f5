import NumericalMethods

/// The nearest unit left in several coordinates: a k-d tree for each stratum, from which those taken are struck off.
///
/// Distances are Euclidean. Squared distances that differ by less than a ten-thousand-millionth of themselves are equal:
/// one year older and one year younger are, but for rounding. Of equally near candidates the one farthest away in the
/// order of the first coordinate is taken, which is MatchIt's rule (4.7) where distances are equal to the last bit; of
/// two equally far the lower, or the higher when both are at distance 0.
struct CoordinateSearch: CandidateSearch {
  private struct Node {
    var first: Int32
    var end: Int32
    /// The second child; the first one follows its parent. 0 for a leaf.
    var second: Int32
    /// How many candidates are left below.
    var left: Int32
  }

  private let dimensions: Int
  /// Coordinates unit by unit.
  private let points: [Double]
  private let conditions: MatchingConditions
  /// The place of each unit in the order of the first coordinate within its stratum.
  private let place: [Int32]
  private let root: [Int32]
  private let stratum: [Int32]?
  private var nodes: [Node] = []
  /// The lower and upper corner of each node.
  private var corners: [Double] = []
  /// Candidates in the order of the leaves, coordinates beside them.
  private var unit: [Int32] = []
  private var position: [Int32]
  private var leaf: [Int32]
  private var parent: [Int32] = []
  private var taken: [Bool]

  init(
    coordinates: Matrix, isFocal: [Bool], left: [Bool]?, strata: Strata?, conditions: MatchingConditions
  ) {
    let n = coordinates.rows
    let p = coordinates.columns
    dimensions = p
    var points = [Double](repeating: 0, count: n * p)
    for c in 0..<p { for i in 0..<n { points[i * p + c] = coordinates.elements[i + c * n] } }
    self.points = points
    self.conditions = conditions
    taken = [Bool](repeating: false, count: n)
    position = [Int32](repeating: -1, count: n)
    leaf = [Int32](repeating: -1, count: n)
    stratum = strata?.codes
    var place = [Int32](repeating: 0, count: n)
    var next = [Int32](repeating: 0, count: strata?.count ?? 1)
    for i in sortedOrder(of: coordinates.column(0)) {
      let s = Int(strata?.codes[Int(i)] ?? 0)
      place[Int(i)] = next[s]
      next[s] += 1
    }
    self.place = place
    var root = [Int32](repeating: -1, count: strata?.count ?? 1)
    let members = strata?.members ?? (starts: [0, n], units: (0..<Int32(n)).map { $0 })
    for s in root.indices {
      var candidates = members.units[members.starts[s]..<members.starts[s + 1]]
        .filter { !isFocal[Int($0)] && left?[Int($0)] ?? true }
      guard !candidates.isEmpty else { continue }
      root[s] = Int32(nodes.count)
      Self.build(&candidates, 0..<candidates.count, points, p, -1, &nodes, &corners, &parent, offset: Int32(unit.count))
      unit += candidates
    }
    self.root = root
    for (number, node) in nodes.enumerated() where node.second == 0 {
      for i in node.first..<node.end {
        position[Int(unit[Int(i)])] = i
        leaf[Int(unit[Int(i)])] = Int32(number)
      }
    }
  }

  private static func build(
    _ units: inout [Int32], _ range: Range<Int>, _ points: [Double], _ p: Int, _ parent: Int32, _ nodes: inout [Node],
    _ corners: inout [Double], _ parents: inout [Int32], offset: Int32
  ) {
    let number = nodes.count
    nodes.append(
      Node(
        first: offset + Int32(range.lowerBound), end: offset + Int32(range.upperBound), second: 0,
        left: Int32(range.count)))
    parents.append(parent)
    var lower = [Double](repeating: .infinity, count: p)
    var upper = [Double](repeating: -.infinity, count: p)
    for i in range {
      let start = Int(units[i]) * p
      for c in 0..<p {
        lower[c] = min(lower[c], points[start + c])
        upper[c] = max(upper[c], points[start + c])
      }
    }
    corners += lower
    corners += upper
    var widest = 0
    for c in 1..<max(p, 1) where upper[c] - lower[c] > upper[widest] - lower[widest] { widest = c }
    guard range.count > 12, upper[widest] > lower[widest] else { return }
    let middle = range.lowerBound + range.count / 2
    select(&units, range, middle, points, p, widest)
    build(&units, range.lowerBound..<middle, points, p, Int32(number), &nodes, &corners, &parents, offset: offset)
    nodes[number].second = Int32(nodes.count)
    build(&units, middle..<range.upperBound, points, p, Int32(number), &nodes, &corners, &parents, offset: offset)
  }

  /// Puts the k-th smallest in its place, smaller ones before it (Hoare's quickselect, median of three).
  private static func select(
    _ units: inout [Int32], _ range: Range<Int>, _ k: Int, _ points: [Double], _ p: Int, _ c: Int
  ) {
    var low = range.lowerBound
    var high = range.upperBound - 1
    func key(_ i: Int, _ units: [Int32]) -> Double { points[Int(units[i]) * p + c] }
    while low < high {
      let a = key(low, units)
      let b = key((low + high) / 2, units)
      let d = key(high, units)
      let pivot = max(min(a, b), min(max(a, b), d))
      var i = low
      var j = high
      while i <= j {
        while key(i, units) < pivot { i += 1 }
        while key(j, units) > pivot { j -= 1 }
        if i <= j {
          units.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if k <= j { high = j } else if k >= i { low = i } else { return }
    }
  }

  func isLeft(_ unit: Int) -> Bool { position[unit] >= 0 && !taken[unit] }

  mutating func remove(_ unit: Int) {
    taken[unit] = true
    var node = leaf[unit]
    while node >= 0 {
      nodes[Int(node)].left -= 1
      node = parent[Int(node)]
    }
  }

  mutating func best(for focal: Int, after earlier: ArraySlice<Int32>) -> Candidate? {
    nearest(1, to: focal, except: earlier).first
  }

  mutating func best(_ count: Int, for focal: Int) -> [Candidate] { nearest(count, to: focal, except: []) }

  /// The nearest candidates left, the best first.
  func nearest(_ count: Int, to focal: Int, except earlier: ArraySlice<Int32>) -> [Candidate] {
    let start = root[Int(stratum?[focal] ?? 0)]
    guard start >= 0 else { return [] }
    // One more than asked, to see a tie.
    var found: [(squared: Double, unit: Int32)] = []
    visit(Int(start), focal, count + 1, earlier, &found)
    let result = found.prefix(count).enumerated().map { number, candidate in
      let isTied =
        (number + 1 < found.count && Self.areEqual(found[number + 1].squared, candidate.squared))
        || (number > 0 && Self.areEqual(found[number - 1].squared, candidate.squared))
      return Candidate(unit: candidate.unit, distance: candidate.squared.squareRoot(), isTied: isTied)
    }
    return result
  }

  private func visit(
    _ number: Int, _ focal: Int, _ count: Int, _ earlier: ArraySlice<Int32>,
    _ found: inout [(squared: Double, unit: Int32)]
  ) {
    let node = nodes[number]
    guard node.left > 0 else { return }
    if found.count == count, boxDistance(number, focal) > found[count - 1].squared * Self.slack { return }
    guard node.second == 0 else {
      let first = number + 1
      let second = Int(node.second)
      if boxDistance(first, focal) <= boxDistance(second, focal) {
        visit(first, focal, count, earlier, &found)
        visit(second, focal, count, earlier, &found)
      } else {
        visit(second, focal, count, earlier, &found)
        visit(first, focal, count, earlier, &found)
      }
      return
    }
    for i in node.first..<node.end {
      let unit = unit[Int(i)]
      guard !taken[Int(unit)] else { continue }
      let squared = squaredDistance(focal, Int(unit))
      guard found.count < count || squared <= found[count - 1].squared * Self.slack else { continue }
      guard squared.isFinite, !earlier.contains(unit), conditions.isEmpty || conditions.allow(focal, Int(unit))
      else { continue }
      var at = found.count
      while at > 0, precedes(squared, unit, found[at - 1], focal) { at -= 1 }
      guard at < count else { continue }
      found.insert((squared, unit), at: at)
      if found.count > count { found.removeLast() }
    }
  }

  /// Whether a candidate comes before another: nearer, or as near and farther away in the order of the first coordinate.
  private func precedes(
    _ squared: Double, _ unit: Int32, _ other: (squared: Double, unit: Int32), _ focal: Int
  ) -> Bool {
    guard Self.areEqual(squared, other.squared) else { return squared < other.squared }
    let own = place[focal]
    let steps = abs(place[Int(unit)] - own)
    let otherSteps = abs(place[Int(other.unit)] - own)
    if steps != otherSteps { return steps > otherSteps }
    return (place[Int(unit)] > place[Int(other.unit)]) == (squared == 0)
  }

  private static let slack = 1 + 1e-10

  private static func areEqual(_ a: Double, _ b: Double) -> Bool { max(a, b) <= min(a, b) * slack }

  private func squaredDistance(_ a: Int, _ b: Int) -> Double {
    points.withUnsafeBufferPointer { points in
      var sum = 0.0
      for c in 0..<dimensions {
        let difference = points[a * dimensions + c] - points[b * dimensions + c]
        sum += difference * difference
      }
      return sum
    }
  }

  /// The smallest squared distance that a point of the node can have; rounded as `squaredDistance`, so never above it.
  private func boxDistance(_ node: Int, _ focal: Int) -> Double {
    points.withUnsafeBufferPointer { points in
      corners.withUnsafeBufferPointer { corners in
        var sum = 0.0
        let start = 2 * dimensions * node
        for c in 0..<dimensions {
          let value = points[focal * dimensions + c]
          let difference =
            value < corners[start + c]
            ? corners[start + c] - value
            : max(0, value - corners[start + dimensions + c])
          sum += difference * difference
        }
        return sum
      }
    }
  }
}
