import NumericalMethods

/// How many partners units may have in an optimal matching of one stratum.
struct PartnerLimits {
  /// Of a focal unit.
  var least: Int
  var most: Int
  /// Of a unit of the other group that is matched.
  var mostOfOther: Int
  /// How many units of the other group are matched.
  var others: Int
}

/// An optimal matching as a flow of least cost from focal units to the others.
///
/// Every focal unit sends between `least` and `most` units of flow. `others` of the other group take in one each, which
/// ends in a sink; what more they take in returns to a common node from which focal units are supplied beyond their
/// least (Hansen and Klopfer 2006, doi:10.1198/106186006X137047). The sum of the distances of all pairs is smallest.
enum MatchingNetwork {
  /// One pair: positions of units.
  struct Pair: Hashable {
    var focal: Int32
    var other: Int32
  }

  /// Differences in a score without further conditions: units stand on a line, and flow runs from neighbour to
  /// neighbour at the cost of the gap, so the network has as many arcs as there are units.
  static func onLine(
    focal: [Int32], others: [Int32], score: [Double], limits: PartnerLimits
  ) throws(NumericalMethodsError) -> [Pair] {
    let units = focal + others
    let order = sortedOrder(of: units.map { score[Int($0)] })
    let n = units.count
    let lowest = score[Int(units[Int(order[0])])]
    let width = score[Int(units[Int(order[n - 1])])] - lowest
    // Places are rounded, not gaps, so that long ways add up.
    let scale = width > 0 ? 0x1p50 / Double(n + 2) / width : 0
    let places = order.map { Int64((score[Int(units[Int($0)])] - lowest) * scale) }
    var network = Network(nodes: n + 2)
    let (pool, sink) = (n, n + 1)
    for node in 0..<n {
      if node + 1 < n {
        let gap = places[node + 1] - places[node]
        network.add(node, node + 1, capacity: network.unlimited, cost: gap)
        network.add(node + 1, node, capacity: network.unlimited, cost: gap)
      }
      network.addUnit(node, isFocal: Int(order[node]) < focal.count, limits, pool: pool, sink: sink)
    }
    network.close(focal: focal.count, limits, pool: pool, sink: sink)
    let flows = try network.solve()
    // What each node gives to or takes from the line; then units are paired along it, first in, first out.
    var waiting: [(unit: Int32, left: Int)] = []
    var isFocalWaiting = true
    var head = 0
    var pairs = Set<Pair>()
    for node in 0..<n {
      let isFocal = Int(order[node]) < focal.count
      var amount = network.exchanged(node, flows, isFocal: isFocal, limits)
      let unit = units[Int(order[node])]
      while amount > 0 {
        if head < waiting.count, isFocalWaiting != isFocal {
          let taken = min(amount, waiting[head].left)
          pairs.insert(
            isFocal ? Pair(focal: unit, other: waiting[head].unit) : Pair(focal: waiting[head].unit, other: unit))
          amount -= taken
          waiting[head].left -= taken
          if waiting[head].left == 0 { head += 1 }
        } else {
          if head == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            head = 0
            isFocalWaiting = isFocal
          }
          waiting.append((unit, amount))
          amount = 0
        }
      }
    }
    return withoutSpare(pairs, limits)
  }

  /// Any distances: one arc for each pair that may be.
  ///
  /// - Parameter allowsFewer: whether focal units may stay without partners when there are none for all; as few as can be.
  static func between(
    focal: [Int32], others: [Int32], arcs: [(focal: Int32, other: Int32, distance: Double)], limits: PartnerLimits,
    allowsFewer: Bool
  ) throws(NumericalMethodsError) -> [Pair] {
    let nodes = focal.count + others.count + 2
    let (pool, sink) = (nodes - 2, nodes - 1)
    let largest = arcs.reduce(0) { max($0, $1.distance) }
    // What leaving out one partner costs: more than any rearrangement can save.
    let worst = allowsFewer ? Double(2 * min(focal.count * limits.most, others.count) + 2) : 1
    let scale = largest > 0 ? min(0x1p50 / Double(nodes) / largest, 0x1p60 / Double(nodes) / worst / largest) : 0
    var network = Network(nodes: nodes)
    for arc in arcs {
      network.add(
        Int(arc.focal), focal.count + Int(arc.other), capacity: 1, cost: Int64((arc.distance * scale).rounded()))
    }
    for place in focal.indices { network.addUnit(place, isFocal: true, limits, pool: pool, sink: sink) }
    for place in others.indices {
      network.addUnit(focal.count + place, isFocal: false, limits, pool: pool, sink: sink)
    }
    if allowsFewer {
      let cost = max(1, Int64((worst * largest * scale).rounded(.up)))
      for place in focal.indices { network.add(place, sink, capacity: Int64(limits.least), cost: cost) }
    }
    network.close(focal: focal.count, limits, pool: pool, sink: sink)
    let flows = try network.solve()
    var pairs = Set<Pair>()
    for (number, arc) in arcs.enumerated() where flows[number] > 0 {
      pairs.insert(Pair(focal: focal[Int(arc.focal)], other: others[Int(arc.other)]))
    }
    return allowsFewer ? sorted(pairs) : withoutSpare(pairs, limits)
  }

  /// Leaves out pairs that both units can spare. There are such pairs only at distance 0, where they cost nothing; without
  /// them every set is one unit of a group with all its partners.
  static func withoutSpare(_ pairs: Set<Pair>, _ limits: PartnerLimits) -> [Pair] {
    var degrees: [Int32: Int] = [:]
    for pair in pairs {
      degrees[pair.focal, default: 0] += 1
      degrees[pair.other, default: 0] += 1
    }
    return sorted(pairs).filter { pair in
      guard degrees[pair.focal]! > max(1, limits.least), degrees[pair.other]! > 1 else { return true }
      degrees[pair.focal]! -= 1
      degrees[pair.other]! -= 1
      return false
    }
  }

  private static func sorted(_ pairs: Set<Pair>) -> [Pair] {
    pairs.sorted { $0.focal != $1.focal ? $0.focal < $1.focal : $0.other < $1.other }
  }
}

/// The arcs of a network while it is built.
private struct Network {
  private var from: [Int32] = []
  private var to: [Int32] = []
  private var capacities: [Int64] = []
  private var costs: [Int64] = []
  private var supplies: [Int64]
  /// For each node, its first arc to the pool or from it, and to the sink.
  private var exchange: [(pool: Int32, sink: Int32)]

  init(nodes: Int) {
    supplies = [Int64](repeating: 0, count: nodes)
    exchange = [(Int32, Int32)](repeating: (-1, -1), count: nodes)
  }

  var unlimited: Int64 { Int64(2 * supplies.count) * Int64(supplies.count) }

  mutating func add(_ a: Int, _ b: Int, capacity: Int64, cost: Int64) {
    from.append(Int32(a))
    to.append(Int32(b))
    capacities.append(capacity)
    costs.append(cost)
  }

  mutating func addUnit(_ node: Int, isFocal: Bool, _ limits: PartnerLimits, pool: Int, sink: Int) {
    if isFocal {
      supplies[node] = Int64(limits.least)
      guard limits.most > limits.least else { return }
      exchange[node].pool = Int32(from.count)
      // One unit of rounding more, so that of equally good matchings the one with the fewest pairs is found.
      add(pool, node, capacity: Int64(limits.most - limits.least), cost: 1)
      return
    }
    exchange[node].sink = Int32(from.count)
    add(node, sink, capacity: 1, cost: 0)
    guard limits.mostOfOther > 1 else { return }
    exchange[node].pool = Int32(from.count)
    add(node, pool, capacity: Int64(limits.mostOfOther - 1), cost: 0)
  }

  mutating func close(focal: Int, _ limits: PartnerLimits, pool: Int, sink: Int) {
    supplies[sink] = -Int64(limits.others)
    supplies[pool] = Int64(limits.others - focal * limits.least)
  }

  func solve() throws(NumericalMethodsError) -> [Int] {
    try MinimumCostFlow(
      nodes: supplies.count, from: from, to: to, capacities: capacities, costs: costs, supplies: supplies
    ).flows
  }

  /// How many partners a unit has.
  func exchanged(_ node: Int, _ flows: [Int], isFocal: Bool, _ limits: PartnerLimits) -> Int {
    let pool = exchange[node].pool < 0 ? 0 : flows[Int(exchange[node].pool)]
    return isFocal ? limits.least + pool : flows[Int(exchange[node].sink)] + pool
  }
}
