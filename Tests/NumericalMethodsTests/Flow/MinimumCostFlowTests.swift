import Testing

@testable import NumericalMethods

@Suite("Minimum-cost flow") struct MinimumCostFlowTests {
  @Test("sends what the cheap road cannot carry over the dear one") func worked() throws {
    // 5 units from 0 to 2: by way of 1 at cost 2 for at most 3, straight at cost 4.
    let flow = try MinimumCostFlow(
      nodes: 3,
      arcs: [
        .init(from: 0, to: 1, capacity: 3, cost: 1), .init(from: 1, to: 2, capacity: 9, cost: 1),
        .init(from: 0, to: 2, capacity: 9, cost: 4),
      ],
      supplies: [5, 0, -5])
    #expect(flow.flows == [3, 3, 2])
    #expect(flow.totalCost == 14)
  }

  @Test("pairs as cheaply as trying every pairing", arguments: 0..<20) func assignment(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let size = 6
    let costs = (0..<size).map { _ in (0..<size).map { _ in generator.index(below: 50) } }
    var arcs: [MinimumCostFlow.Arc] = []
    for left in 0..<size {
      for right in 0..<size { arcs.append(.init(from: left, to: size + right, capacity: 1, cost: costs[left][right])) }
    }
    let supplies = [Int](repeating: 1, count: size) + [Int](repeating: -1, count: size)
    let flow = try MinimumCostFlow(nodes: 2 * size, arcs: arcs, supplies: supplies)
    #expect(flow.totalCost == cheapest(costs, row: 0, used: []))
    for (arc, units) in zip(arcs, flow.flows) {
      // Complementary slackness: the dual prices prove that nothing is cheaper.
      let reduced = arc.cost + flow.potentials[arc.from] - flow.potentials[arc.to]
      if units < arc.capacity { #expect(reduced >= 0) }
      if units > 0 { #expect(reduced <= 0) }
    }
  }

  private func cheapest(_ costs: [[Int]], row: Int, used: Set<Int>) -> Int {
    guard row < costs.count else { return 0 }
    return costs.indices.filter { !used.contains($0) }.map {
      costs[row][$0] + cheapest(costs, row: row + 1, used: used.union([$0]))
    }.min() ?? 0
  }

  @Test("says what is wrong with a problem that has no answer") func refusals() {
    let arc = MinimumCostFlow.Arc(from: 0, to: 1, capacity: 1, cost: 1)
    #expect(throws: NumericalMethodsError.infeasibleFlow) {
      try MinimumCostFlow(nodes: 2, arcs: [arc], supplies: [2, -2])
    }
    #expect(throws: NumericalMethodsError.infeasibleFlow) {
      try MinimumCostFlow(nodes: 2, arcs: [], supplies: [1, -1])
    }
    #expect(throws: NumericalMethodsError.unbalancedSupplies(sum: 1)) {
      try MinimumCostFlow(nodes: 2, arcs: [arc], supplies: [1, 0])
    }
    #expect(throws: NumericalMethodsError.invalidArc(index: 0)) {
      try MinimumCostFlow(nodes: 1, arcs: [arc], supplies: [0])
    }
  }

  @Test("carries nothing when nothing is supplied") func empty() throws {
    #expect(try MinimumCostFlow(nodes: 0, arcs: [], supplies: []).totalCost == 0)
    let idle = try MinimumCostFlow(
      nodes: 2, arcs: [.init(from: 0, to: 1, capacity: 4, cost: 2)], supplies: [0, 0])
    #expect(idle.flows == [0])
  }
}
