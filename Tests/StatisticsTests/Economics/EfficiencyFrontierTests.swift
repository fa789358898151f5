import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Efficiency frontier") struct EfficiencyFrontierTests {
  /// 0: nothing. 1: 2 units for 10 (ratio 5). 2: 3 units for 30: from 1 a ratio of 20, more than from 1 to 3 (40/4 = 10),
  /// so dominated by extension. 3: 6 units for 50. 4: 5 units for 60: dominated by 3. 5: 7 units for 90 (ratio 40).
  @Test("of six strategies worked by hand") func worked() throws {
    let frontier = try EfficiencyFrontier(costs: [0, 10, 30, 50, 60, 90], effects: [0, 2, 3, 6, 5, 7])
    #expect(frontier.frontier == [0, 1, 3, 5])
    #expect(
      frontier.statuses == [
        .start, .onFrontier(ratio: 5, comparedWith: 0), .extendedlyDominated(by: 1, and: 3),
        .onFrontier(ratio: 10, comparedWith: 1), .dominated(by: 3), .onFrontier(ratio: 40, comparedWith: 3),
      ])
    #expect(try frontier.best(willingnessToPay: 0) == 0)
    #expect(try frontier.best(willingnessToPay: 7) == 1)
    #expect(try frontier.best(willingnessToPay: 39) == 3)
    #expect(try frontier.best(willingnessToPay: 41) == 5)
  }

  @Test("holds the strategy with most net benefit at any worth of the effect", arguments: 0..<20)
  func netBenefit(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let count = 1 + generator.index(below: 12)
    let costs = (0..<count).map { _ in Double(generator.index(below: 20)) }
    let effects = (0..<count).map { _ in Double(generator.index(below: 10)) }
    let frontier = try EfficiencyFrontier(costs: costs, effects: effects)
    for k in [0, 0.3, 1, 2.2, 5, 1000] {
      let best = try frontier.best(willingnessToPay: k)
      let benefits = costs.indices.map { k * effects[$0] - costs[$0] }
      #expect(isClose(benefits[best], benefits.max()!, relative: 1e-12))
    }
    for (before, after) in zip(frontier.frontier, frontier.frontier.dropFirst()) {
      #expect(costs[before] < costs[after] && effects[before] < effects[after])
    }
    let ratios = frontier.frontier.compactMap { place in
      if case .onFrontier(let ratio, _) = frontier.statuses[place] { ratio } else { nil as Double? }
    }
    for (first, second) in zip(ratios, ratios.dropFirst()) { #expect(first < second) }
    #expect(ratios.count == frontier.frontier.count - 1)
  }

  @Test("keeps the first of two equal strategies and refuses none or nonsense") func edges() throws {
    let twins = try EfficiencyFrontier(costs: [5, 5], effects: [1, 1])
    #expect(twins.statuses == [.start, .dominated(by: 0)])
    #expect(throws: StatisticsError.noObservations) { try EfficiencyFrontier(costs: [], effects: []) }
    #expect(throws: StatisticsError.notFinite(array: "effects", index: 0)) {
      try EfficiencyFrontier(costs: [1], effects: [.infinity])
    }
    #expect(throws: StatisticsError.self) { try twins.best(willingnessToPay: -1) }
  }
}
