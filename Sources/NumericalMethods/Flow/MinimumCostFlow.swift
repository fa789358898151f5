import CNumericalMethods

/// The cheapest way to carry supplies from node to node over arcs with limited capacity.
///
/// Solved exactly in whole numbers by the primal network simplex of LEMON (Király and Kovács 2012, Acta Universitatis
/// Sapientiae Informatica 4:67-118). Optimal pair and full matching are such flows. Costs that are real numbers are
/// scaled and rounded by the caller, who thereby chooses the accuracy; costs and capacities should stay below 2⁵⁰
/// divided by the number of nodes, so that sums fit. LEMON works in one call, which a cancelled task cannot stop.
public struct MinimumCostFlow: Hashable, Sendable {
  /// A one-way connection.
  public struct Arc: Hashable, Sendable {
    public var from: Int
    public var to: Int
    /// Zero or more.
    public var capacity: Int
    /// Per unit; may be negative.
    public var cost: Int

    public init(from: Int, to: Int, capacity: Int, cost: Int) {
      self.from = from
      self.to = to
      self.capacity = capacity
      self.cost = cost
    }
  }

  /// The units on each arc, in the order given.
  public let flows: [Int]
  /// The dual price of each node: no arc with room left has cost + price(from) − price(to) below 0.
  public let potentials: [Int]
  /// The sum over arcs of flow times cost.
  public let totalCost: Int

  /// Solves the problem.
  ///
  /// - Parameters:
  ///   - nodes: how many nodes, numbered from 0.
  ///   - supplies: what each node puts in (above 0) or takes out (below 0); they add up to 0.
  /// - Throws: `invalidArc`, `unbalancedSupplies`, `infeasibleFlow`, `outOfMemory`.
  public init(nodes: Int, arcs: [Arc], supplies: [Int]) throws(NumericalMethodsError) {
    precondition(nodes >= 0 && supplies.count == nodes, "every node needs one supply")
    let from = arcs.map { Int32(truncatingIfNeeded: $0.from) }
    let to = arcs.map { Int32(truncatingIfNeeded: $0.to) }
    for (index, arc) in arcs.enumerated() {
      guard (0..<nodes).contains(arc.from), (0..<nodes).contains(arc.to), arc.capacity >= 0 else {
        throw .invalidArc(index: index)
      }
    }
    try self.init(
      nodes: nodes, from: from, to: to, capacities: arcs.map { Int64($0.capacity) }, costs: arcs.map { Int64($0.cost) },
      supplies: supplies.map(Int64.init))
  }

  /// Solves the problem given as columns, for millions of arcs; ends and capacities must be valid.
  public init(
    nodes: Int, from: [Int32], to: [Int32], capacities: [Int64], costs: [Int64], supplies: [Int64]
  ) throws(NumericalMethodsError) {
    let sum = supplies.reduce(0, &+)
    guard sum == 0 else { throw .unbalancedSupplies(sum: Int(sum)) }
    guard nodes > 0 else {
      (flows, potentials, totalCost) = ([], [], 0)
      return
    }
    var flow = [Int64](repeating: 0, count: from.count)
    var potential = [Int64](repeating: 0, count: nodes)
    let outcome = meedoen_minimum_cost_flow(
      Int32(nodes), Int32(from.count), from, to, capacities, costs, supplies, &flow, &potential)
    switch UInt32(outcome) {
    case meedoen_flow_optimal.rawValue: break
    case meedoen_flow_out_of_memory.rawValue: throw .outOfMemory(method: "minimum-cost flow")
    // With finite capacities nothing is unbounded.
    default: throw .infeasibleFlow
    }
    flows = flow.map(Int.init)
    potentials = potential.map(Int.init)
    totalCost = zip(flow, costs).reduce(0) { $0 &+ Int($1.0 &* $1.1) }
  }
}
