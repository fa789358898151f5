import Primitives
import Testing

@testable import DisclosureControl

/// Whatever the counts, a reader of the protected tables cannot narrow a small one down.
@Suite struct RandomTableTests {
  private static let policies: [DisclosurePolicy] = [
    .standard,
    try! DisclosurePolicy(rounding: .none),
    try! DisclosurePolicy(threshold: 5, rounding: .none),
    try! DisclosurePolicy(threshold: 10, rounding: .nearest(base: 10)),
    try! DisclosurePolicy(rounding: .nearest(base: 5), zeroIsDisclosive: true),
  ]

  /// Many small counts and some large ones, as in tables of origin by status.
  private func people(_ generator: inout SeededGenerator) -> Int {
    let draw = generator.uniform()
    if draw < 0.15 { return 0 }
    if draw < 0.45 { return Int.random(in: 1...12, using: &generator) }
    return Int.random(in: 10...150, using: &generator)
  }

  private func expectProtected(
    _ tables: [CountTable], _ relations: [AdditiveRelation], _ policy: DisclosurePolicy, seed: UInt64
  ) throws {
    let disclosure = try policy.protect(tables, relations: relations)
    #expect(printsNoSmallCount(disclosure, policy), "seed \(seed)")
    let width = try #require(narrowestWidth(tables, relations, in: disclosure, policy), "seed \(seed)")
    #expect(width >= Double(policy.minimumWidth), "seed \(seed)")
    if let stated = disclosure.summary.narrowestWidth { #expect(Double(stated) <= width, "seed \(seed)") }
    if disclosure.summary.primary == 0 && !hasUnprinted(tables) { #expect(disclosure.summary.suppressed == 0) }
  }

  private func hasUnprinted(_ tables: [CountTable]) -> Bool {
    tables.contains { table in
      table.cells.joined().contains { if case .unprinted = $0 { true } else { false } }
    }
  }

  @Test(arguments: policies) func smallCountsOfTablesWithMarginsCannotBeComputed(_ policy: DisclosurePolicy) throws {
    for seed in 0..<25 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let (rows, columns) = (Int.random(in: 1...6, using: &generator), Int.random(in: 2...6, using: &generator))
      let table = CountTable(
        id: "t", rows: (0..<rows).map { "r\($0)" }, columns: (0..<columns).map { "c\($0)" },
        addingTotalsTo: (0..<rows).map { _ in (0..<columns).map { _ in people(&generator) } })
      try expectProtected([table], [], policy, seed: seed)
    }
  }

  @Test func whoGuessesWhichMarksAreSmallStillHasThreeValues() throws {
    for policy in Self.policies {
      for seed in 0..<20 as Range<UInt64> {
        var generator = SeededGenerator(seed: 500 + seed)
        let counts = (0..<4).map { _ in (0..<4).map { _ in people(&generator) } }
        let table = CountTable(
          id: "t", rows: ["a", "b", "d", "e"], columns: ["k", "l", "m", "n"], addingTotalsTo: counts)
        let disclosure = try policy.protect([table])
        let reader = IndependentAttacker([table], [], sees: disclosure, knowsWhichAreSmall: true)
        for (row, cells) in zip(table.rows, table.cells) {
          for (column, cell) in zip(table.columns, cells) {
            guard case .count(let people) = cell, policy.isSensitive(people) else { continue }
            let width = try #require(reader.width(of: table.cellID(row: row, column: column)))
            #expect(width >= 2, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test(arguments: policies) func smallCountsOfFlowsCannotBeComputed(_ policy: DisclosurePolicy) throws {
    for seed in 0..<8 as Range<UInt64> {
      var generator = SeededGenerator(seed: 1000 + seed)
      let (tables, relations) = flows(months: 6, states: 4, most: 9, &generator)
      try expectProtected(tables, relations, policy, seed: seed)
    }
  }

  @Test func threeAndAHalfYearsOfSevenStatesAreProtected() throws {
    var generator = SeededGenerator(seed: 7)
    let (tables, relations) = flows(months: 42, states: 7, most: 18, &generator)
    let disclosure = try DisclosurePolicy.standard.protect(tables, relations: relations)
    #expect(printsNoSmallCount(disclosure, .standard))
    #expect(disclosure.summary.published > disclosure.summary.secondary)
    let width = try #require(narrowestWidth(tables, relations, in: disclosure, .standard))
    #expect(width >= 4)
  }

  @Test func smallCountsOfLinkedTablesCannotBeComputed() throws {
    for policy in Self.policies {
      for seed in 0..<10 as Range<UInt64> {
        var generator = SeededGenerator(seed: 2000 + seed)
        // Sex by origin and sex by age over the same people: the totals of the sexes are the same cells.
        let origins = (0..<2).map { _ in (0..<4).map { _ in people(&generator) } }
        let ages = origins.map { row in
          let first = Int.random(in: 0...row.reduce(0, +), using: &generator)
          return [first, row.reduce(0, +) - first]
        }
        let tables = [
          CountTable(id: "origin", rows: ["w", "m"], columns: ["a", "b", "d", "e"], addingTotalsTo: origins),
          CountTable(id: "age", rows: ["w", "m"], columns: ["young", "old"], addingTotalsTo: ages),
        ]
        let links = ["w", "m", "total"].map { row in
          AdditiveRelation.same(
            tables[0].cellID(row: row, column: "total"), tables[1].cellID(row: row, column: "total"))
        }
        try expectProtected(tables, links, policy, seed: seed)
        let disclosure = try policy.protect(tables, relations: links)
        for row in ["w", "m", "total"] {
          #expect(disclosure.tables[0][row, "total"] == disclosure.tables[1][row, "total"])
        }
      }
    }
  }

  @Test func smallCountsOfThreeWayTablesCannotBeComputed() throws {
    for policy in Self.policies {
      for seed in 0..<3 as Range<UInt64> {
        var generator = SeededGenerator(seed: 4000 + seed)
        let (rows, columns) = (["a", "b", "d"], ["k", "l", "m"])
        let layers = (0..<3).map { _ in (0..<3).map { _ in (0..<3).map { _ in people(&generator) } } }
        let sum = (0..<3).map { i in (0..<3).map { j in layers.reduce(0) { $0 + $1[i][j] } } }
        let tables = (layers + [sum]).enumerated().map { number, counts in
          CountTable(id: "layer \(number)", rows: rows, columns: columns, addingTotalsTo: counts)
        }
        let relations = tables[3].rows.flatMap { row in
          tables[3].columns.map { column in
            AdditiveRelation(
              total: tables[3].cellID(row: row, column: column),
              parts: tables[..<3].map { $0.cellID(row: row, column: column) })
          }
        }
        try expectProtected(tables, relations, policy, seed: seed)
      }
    }
  }

  @Test func attritionListsCannotBeSolved() throws {
    for policy in Self.policies {
      for seed in 0..<10 as Range<UInt64> {
        var generator = SeededGenerator(seed: 3000 + seed)
        var left = 400
        let exclusions = (0..<6).map { step in
          let excluded = min(left, people(&generator))
          left -= excluded
          return CountTable.Exclusion(step: "step \(step)", excluded: excluded)
        }
        try expectProtected([.attrition(id: "a", start: 400, exclusions: exclusions)], [], policy, seed: seed)
      }
    }
  }

  /// Stocks of each state by month with their total, and the moves between neighbouring states.
  private func flows(
    months: Int, states: Int, most: Int, _ generator: inout SeededGenerator
  ) -> ([CountTable], [AdditiveRelation]) {
    var stock = (0..<states).map { _ in Int.random(in: 20...120, using: &generator) }
    var stocks = [stock]
    var moves: [[Int]] = []
    for _ in 1..<months {
      // Arrivals to the first state; moves from each state to the next; departures from the last.
      var month = [Int.random(in: 0...most, using: &generator)]
      for state in 0..<states { month.append(min(stock[state], Int.random(in: 0...most, using: &generator))) }
      for state in 0..<states { stock[state] += month[state] - month[state + 1] }
      moves.append(month)
      stocks.append(stock)
    }
    let names = (0..<states).map { "s\($0)" }
    let stockTable = CountTable(
      id: "stock", rows: (0..<months).map { "m\($0)" }, columns: names + ["all"],
      cells: stocks.map { $0.map(CountCell.count) + [.count($0.reduce(0, +))] }, totalColumn: "all")
    let moveTable = CountTable(
      id: "move", rows: (1..<months).map { "m\($0)" }, columns: (0...states).map { "f\($0)" },
      cells: moves.map { $0.map(CountCell.count) })
    var relations: [AdditiveRelation] = []
    for month in 1..<months {
      for state in 0..<states {
        relations.append(
          AdditiveRelation(
            opening: stockTable.cellID(row: "m\(month - 1)", column: "s\(state)"),
            inflows: [moveTable.cellID(row: "m\(month)", column: "f\(state)")],
            outflows: [moveTable.cellID(row: "m\(month)", column: "f\(state + 1)")],
            closing: stockTable.cellID(row: "m\(month)", column: "s\(state)")))
      }
    }
    return ([stockTable, moveTable], relations)
  }
}
