import Testing

@testable import DisclosureControl

/// Tables whose answers were found by other programs or by hand.
@Suite struct KnownTableTests {
  private func table(_ counts: [[Int]]) -> CountTable {
    CountTable(
      id: "t", rows: counts.indices.map { "r\($0)" }, columns: counts[0].indices.map { "c\($0)" },
      addingTotalsTo: counts)
  }

  private func intervals(_ counts: [[Int]], withheld: [(Int, Int)], _ policy: DisclosurePolicy) throws
    -> [FeasibleInterval]
  {
    let attacker = Attacker(system: try LinkedCells([table(counts)], relations: []), policy: policy)
    var pattern = Array(repeating: false, count: attacker.system.cells.count)
    let cells = withheld.map { attacker.system.index[CellID(table: "t", row: "r\($0.0)", column: "c\($0.1)")]! }
    for cell in cells { pattern[cell] = true }
    return try cells.map { try #require(attacker.interval(of: $0, withheld: pattern)) }
  }

  private let narrow = [[38, 17], [7, 4], [3, 1]]
  private let wide = [[64, 31, 22, 6], [48, 27, 8, 19], [90, 42, 35, 28]]

  @Test func withholdingOnlyTheSmallCellsOfATableWithMarginsTellsThemExactly() throws {
    let policy = try DisclosurePolicy(threshold: 5, rounding: .none)
    #expect(
      try intervals(narrow, withheld: [(1, 1), (2, 0), (2, 1)], policy) == [
        FeasibleInterval(least: 4, most: 4), FeasibleInterval(least: 3, most: 3), FeasibleInterval(least: 1, most: 1),
      ])
    let ten = try DisclosurePolicy(rounding: .none)
    #expect(
      try intervals(wide, withheld: [(0, 3), (1, 2)], ten) == [
        FeasibleInterval(least: 6, most: 6), FeasibleInterval(least: 8, most: 8),
      ])
  }

  /// The inner cells that are not small, withheld in every combination beside those that are.
  private func patterns(_ counts: [[Int]], small: [(Int, Int)]) -> [[(Int, Int)]] {
    let others = counts.indices.flatMap { i in counts[i].indices.map { (i, $0) } }
      .filter { cell in !small.contains { $0 == cell } }
    return (0..<(1 << others.count)).map { set in others.indices.filter { set >> $0 & 1 == 1 }.map { others[$0] } }
  }

  @Test func noPatternOfInnerCellsProtectsTheNarrowTable() throws {
    let policy = try DisclosurePolicy(threshold: 5, rounding: .none)
    let small = [(1, 1), (2, 0), (2, 1)]
    for pattern in patterns(narrow, small: small) {
      let widths = try intervals(narrow, withheld: small + pattern, policy).prefix(3).map(\.width)
      #expect(widths.contains { $0 < 5 })
    }
  }

  @Test func noCheaperPatternProtectsTheWideTable() throws {
    let policy = try DisclosurePolicy(rounding: .none, zeroIsDisclosive: true)
    let small = [(0, 3), (1, 2)]
    var cheapest: [[Int]] = []
    for pattern in patterns(wide, small: small) where pattern.reduce(0, { $0 + wide[$1.0][$1.1] }) <= 41 {
      let widths = try intervals(wide, withheld: small + pattern, policy).prefix(2).map(\.width)
      if widths.allSatisfy({ $0 >= 10 }) { cheapest.append(pattern.map { wide[$0.0][$0.1] }) }
    }
    #expect(cheapest == [[22, 19]], "of 41 people together")
  }

  @Test func exactlyOneTableFitsTheRoundedOne() {
    // 12, 12, 2, 2 print as 10, 10, 0, 0 with the total 30: all whole tables that print so.
    func prints(_ people: Int) -> Int { Rounding.nearest(base: 5).rounded(people) }
    var fitting: [[Int]] = []
    for a in 0...14 {
      for b in 0...14 {
        for d in 0...4 {
          for e in 0...4 where [a, b, d, e].map(prints) == [10, 10, 0, 0] && prints(a + b + d + e) == 30 {
            fitting.append([a, b, d, e])
          }
        }
      }
    }
    #expect(fitting == [[12, 12, 2, 2]])
  }

  @Test func aZeroThatMustBeIsPrintedAndAZeroThatHappensOnlyWhenThePolicyAllows() throws {
    // From a state to itself nobody moves, by definition.
    let table = CountTable(
      id: "t", rows: ["a", "b"], columns: ["a", "b"],
      cells: [[.structuralZero, .count(40)], [.count(0), .structuralZero]])
    #expect(try DisclosurePolicy.standard.protect(table).values == [[.zero, .value(40)], [.zero, .zero]])
    let strict = try DisclosurePolicy(zeroIsDisclosive: true).protect(table)
    #expect(strict.values == [[.zero, .value(40)], [.absent(.protected), .zero]])
  }

  @Test func aTableThatNoInnerPatternProtectsLosesATotal() throws {
    let policy = try DisclosurePolicy(threshold: 5, rounding: .none)
    let disclosure = try policy.protect([table(narrow)])
    #expect(disclosure.summary.suppressedTotals > 0)
    #expect(try #require(disclosure.summary.narrowestWidth) >= 5)
    let disclosed = disclosure.tables[0]
    for (row, column) in [("r1", "c1"), ("r2", "c0"), ("r2", "c1"), ("r2", "total")] {
      #expect(disclosed[row, column] == .absent(.protected))
    }
  }

  @Test func theCheapestSecondaryCellsOfTheKnownTableAreFound() throws {
    // With zeros withheld too a mark may stand for nobody, which is the classical view of an attacker.
    let policy = try DisclosurePolicy(rounding: .none, zeroIsDisclosive: true)
    let disclosure = try policy.protect([table(wide)])
    let withheld = disclosure.tables[0].values.enumerated().flatMap { i, row in
      row.enumerated().filter { $0.element == .absent(.protected) }.map { [i, $0.offset] }
    }
    #expect(withheld == [[0, 2], [0, 3], [1, 2], [1, 3]])
    #expect(disclosure.summary.primary == 2 && disclosure.summary.secondary == 2)
    #expect(disclosure.summary.suppressedTotals == 0)
    #expect(
      try intervals(wide, withheld: [(0, 2), (0, 3), (1, 2), (1, 3)], policy) == [
        FeasibleInterval(least: 3, most: 28), FeasibleInterval(least: 0, most: 25),
        FeasibleInterval(least: 2, most: 27), FeasibleInterval(least: 0, most: 25),
      ])
    #expect(disclosure.summary.narrowestWidth == 25)
    // When zeros are printed a mark is at least one person, so that each interval is a little narrower.
    let printingZeros = try DisclosurePolicy(rounding: .none).protect([table(wide)])
    #expect(printingZeros.tables[0].values == disclosure.tables[0].values)
    #expect(printingZeros.summary.narrowestWidth == 23)
  }

  @Test func roundingAloneLeaksWhereItsTotalIsShown() throws {
    // 12, 12, 2, 2 print as 10, 10, 0, 0 with the total 30, which only 12 + 12 + 2 + 2 = 28 can give.
    var programme = LinearProgram()
    let parts = [(8.0, 12.0), (8, 12), (0, 2), (0, 2)].map { programme.addVariable($0.0, $0.1) }
    programme.addRow(parts.map { ($0, 1) }, 28, 32)
    for (part, count) in zip(parts, [12.0, 12, 2, 2]) {
      let extremes = try #require(programme.extremes(of: part, start: 0, isEnough: { _ in false }))
      guard case .value(let least, _) = extremes.least, case .value(let most, _) = extremes.most else {
        Issue.record("without bounds")
        return
      }
      #expect(abs(least - count) < 1e-6 && abs(most - count) < 1e-6)
    }
    // The standard policy withholds the small counts before it rounds.
    let table = CountTable(id: "t", categories: ["a", "b", "d", "e"], counts: [12, 12, 2, 2], addingTotal: true)
    let disclosure = try DisclosurePolicy.standard.protect([table])
    #expect(
      disclosure.tables[0].values == [
        [.value(10)], [.value(10)], [.absent(.protected)], [.absent(.protected)], [.value(30)],
      ])
    #expect(try #require(disclosure.summary.narrowestWidth) >= 4)
  }

  @Test func aLoneSmallCountBesideAnExactTotalTakesAnotherWithIt() throws {
    let table = CountTable(id: "t", categories: ["a", "b", "d"], counts: [40, 31, 6], addingTotal: true)
    let disclosed = try DisclosurePolicy(rounding: .none).protect(table)
    #expect(disclosed.values == [[.value(40)], [.absent(.protected)], [.absent(.protected)], [.value(77)]])
    // Rounding leaves 57 to 67 people in a and b beside 75 to 79: between 6 and 12 in d is enough alternatives.
    let rounded = try DisclosurePolicy.standard.protect(table)
    #expect(rounded["b", "count"] == .value(30) && rounded["d", "count"] == .absent(.protected))
  }

  @Test func aTableWithoutSmallCountsLosesNothing() throws {
    let disclosure = try DisclosurePolicy.standard.protect([table([[12, 0], [33, 47]])])
    #expect(disclosure.summary.suppressed == 0 && disclosure.summary.narrowestWidth == nil)
    #expect(
      disclosure.tables[0].values == [
        [.value(10), .zero, .value(10)], [.value(35), .value(45), .value(80)], [.value(45), .value(45), .value(90)],
      ])
  }
}
