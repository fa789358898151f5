import DisclosureControl
import Primitives

/// Every table of counts of a study, with the relations by which a reader could compute one count from others.
///
/// All are protected together: what is withheld in one is not told by another.
struct ProtectedTables {
  let results: StudyResults
  private(set) var tables: [CountTable] = []
  private(set) var relations: [AdditiveRelation] = []
  let periods: [FlowAccounts.Period]

  var plan: StudyPlan { results.plan }
  private var stateIDs: [String] { plan.states.map(\.id) }

  static let attrition = "attrition"
  static let final = "final"
  static let stock = "stock"
  static let transitions = "transitions"
  static let caseload = "caseload"
  static func flows(_ period: String) -> String { "flows.\(period)" }
  static func routes(_ index: Int) -> String { "routes.\(index)" }
  static func events(_ outcome: String, _ grouping: String?) -> String {
    "events.\(outcome)" + (grouping.map { ".\($0)" } ?? "")
  }
  static func occupancy(_ months: Int, _ grouping: String?) -> String {
    "occupancy.\(months)" + (grouping.map { ".\($0)" } ?? "")
  }
  static func month(_ month: CalendarMonth) -> String { month.iso }

  init(_ results: StudyResults) {
    self.results = results
    periods = results.flows.periods(results.plan.report.every)
    addAttritionAndEnd()
    addFlows()
    addStock()
    addTransitions()
    addRoutes()
    addEvents()
    addOccupancy()
    addCaseload()
    addRisk()
    addNestedOutcomes()
    addAbsorbingStocks()
  }

  mutating func add(_ table: CountTable, relations: [AdditiveRelation]) {
    tables.append(table)
    self.relations += relations
  }

  // MARK: Who is followed, and where they end

  private mutating func addAttritionAndEnd() {
    let attrition = results.attrition
    tables.append(
      .attrition(
        id: Self.attrition, start: attrition.start,
        exclusions: attrition.steps.map { CountTable.Exclusion(step: $0.id, excluded: $0.excluded) }))
    tables.append(CountTable(id: Self.final, categories: stateIDs, counts: results.finalStates, addingTotal: true))
    relations.append(
      .same(
        CellID(table: Self.attrition, row: attrition.steps.last!.id, column: "remaining"),
        CellID(table: Self.final, row: "total", column: "count")))
  }

  private func final(_ state: String) -> CellID { CellID(table: Self.final, row: state, column: "count") }

  // MARK: Flows

  private mutating func addFlows() {
    let flows = results.flows
    for (index, period) in periods.enumerated() {
      let id = Self.flows(period.id)
      func sum(_ count: (Int) -> Int) -> Int { period.months.reduce(0) { $0 + count($1) } }
      var rows = plan.states.indices.map { state in
        [
          flows.opening[period.months.lowerBound][state], sum { flows.new[$0][state] },
          sum { flows.entered(state, in: $0) }, sum { flows.left(state, in: $0) }, sum { flows.ended[$0][state] },
          flows.closing[period.months.upperBound - 1][state],
        ]
      }
      let columns = ["opening", "new", "entered", "left", "ended", "closing"]
      rows.append(columns.indices.map { column in rows.reduce(0) { $0 + $1[column] } })
      func cell(_ row: String, _ column: String) -> CellID { CellID(table: id, row: row, column: column) }
      var own = (stateIDs + ["total"]).map { row in
        AdditiveRelation(
          opening: cell(row, "opening"), inflows: [cell(row, "new"), cell(row, "entered")],
          outflows: [cell(row, "left"), cell(row, "ended")], closing: cell(row, "closing"))
      }
      // A move leaves one state and enters another.
      own.append(.same(cell("total", "entered"), cell("total", "left")))
      tables.append(
        CountTable(
          id: id, rows: stateIDs + ["total"], columns: columns,
          cells: rows.map { $0.map(CountCell.count) }, totalRow: "total",
          relations: own))
      if index > 0 {
        relations += stateIDs.map {
          .same(CellID(table: Self.flows(periods[index - 1].id), row: $0, column: "closing"), cell($0, "opening"))
        }
      }
    }
    for state in stateIDs {
      relations.append(
        AdditiveRelation(
          total: final(state),
          parts: periods.map { CellID(table: Self.flows($0.id), row: state, column: "ended") } + [
            CellID(table: Self.flows(periods.last!.id), row: state, column: "closing")
          ]))
    }
  }

  private mutating func addStock() {
    let flows = results.flows
    let rows = flows.months.map(Self.month)
    tables.append(
      CountTable(
        id: Self.stock, rows: rows, columns: stateIDs + ["total"],
        cells: flows.closing.map { $0.map(CountCell.count) + [.count($0.reduce(0, +))] }, totalColumn: "total"))
    for period in periods {
      relations += stateIDs.map {
        .same(
          CellID(table: Self.stock, row: rows[period.months.upperBound - 1], column: $0),
          CellID(table: Self.flows(period.id), row: $0, column: "closing"))
      }
    }
  }

  private mutating func addTransitions() {
    let moves = results.flows.transitions
    var cells = moves.enumerated().map { from, row in
      row.enumerated().map { to, count in from == to ? CountCell.structuralZero : .count(count) }
        + [.count(row.reduce(0, +))]
    }
    let sums = stateIDs.indices.map { column in moves.reduce(0) { $0 + $1[column] } }
    cells.append(sums.map(CountCell.count) + [.count(sums.reduce(0, +))])
    tables.append(
      CountTable(
        id: Self.transitions, rows: stateIDs + ["total"], columns: stateIDs + ["total"], cells: cells,
        totalRow: "total", totalColumn: "total"))
    for state in stateIDs {
      relations.append(
        AdditiveRelation(
          total: CellID(table: Self.transitions, row: state, column: "total"),
          parts: periods.map { CellID(table: Self.flows($0.id), row: state, column: "left") }))
      relations.append(
        AdditiveRelation(
          total: CellID(table: Self.transitions, row: "total", column: state),
          parts: periods.map { CellID(table: Self.flows($0.id), row: state, column: "entered") }))
    }
  }

  // MARK: Routes

  private mutating func addRoutes() {
    guard let routes = results.routes else { return }
    for (index, links) in routes.links.enumerated() {
      tables.append(
        CountTable(
          id: Self.routes(index), rows: routes.columns[index].nodes.map(\.id),
          columns: routes.columns[index + 1].nodes.map(\.id), addingTotalsTo: links))
    }
    for (index, column) in plan.routes.enumerated() {
      for (place, node) in routes.columns[index].nodes.enumerated() {
        let cells = nodeCells(index, node.id)
        if cells.count == 2 { relations.append(.same(cells[0], cells[1])) }
        switch column.kind {
        case .everyone, .choice: break
        case .grouping(let id):
          relations.append(
            .same(cells[0], CellID(table: Self.events(plan.outcomes[0].id, id), row: node.id, column: "total")))
        case .state(.end): relations.append(.same(cells[0], final(node.id)))
        case .state(.months(let months)):
          guard plan.report.marks.contains(months), place < stateIDs.count else { break }
          relations.append(
            .same(cells[0], CellID(table: Self.occupancy(months, nil), row: "everyone", column: node.id)))
        }
      }
    }
    relations.append(.same(CellID(table: Self.routes(0), row: "total", column: "total"), final("total")))
  }

  /// Where the number of people of a node stands: as a total of the links from it, and of those to it.
  func nodeCells(_ column: Int, _ node: String) -> [CellID] {
    var cells: [CellID] = []
    if column > 0 { cells.append(CellID(table: Self.routes(column - 1), row: "total", column: node)) }
    if column + 1 < plan.routes.count {
      cells.append(CellID(table: Self.routes(column), row: node, column: "total"))
    }
    return cells
  }

  // MARK: Outcomes and states by group

  private mutating func addEvents() {
    for (outcome, result) in zip(plan.outcomes, results.outcomes) {
      let columns = outcome.causes.map(\.id) + ["no-event"]
      for comparison in result.comparisons {
        let grouping = comparison.grouping.map { plan.groupings[$0] }
        let id = Self.events(outcome.id, grouping?.id)
        let counts = comparison.groups.map { $0.events + [$0.withoutEvent] }
        guard let grouping else {
          tables.append(
            CountTable(
              id: id, rows: ["everyone"], columns: columns + ["total"],
              cells: [counts[0].map(CountCell.count) + [.count(counts[0].reduce(0, +))]], totalColumn: "total"))
          relations.append(.same(CellID(table: id, row: "everyone", column: "total"), final("total")))
          continue
        }
        tables.append(
          CountTable(id: id, rows: grouping.values.map(\.id), columns: columns, addingTotalsTo: counts))
        relations += (columns + ["total"]).map {
          .same(
            CellID(table: id, row: "total", column: $0),
            CellID(table: Self.events(outcome.id, nil), row: "everyone", column: $0))
        }
        // The groups are the same for every outcome.
        let first = Self.events(plan.outcomes[0].id, grouping.id)
        guard first != id else { continue }
        relations += grouping.values.map {
          .same(CellID(table: id, row: $0.id, column: "total"), CellID(table: first, row: $0.id, column: "total"))
        }
      }
    }
  }

  private mutating func addOccupancy() {
    for occupancy in results.occupancies {
      let grouping = occupancy.grouping.map { plan.groupings[$0] }
      for months in plan.report.marks {
        let id = Self.occupancy(months, grouping?.id)
        let day = StudyTime.days(months: months)
        let counts = (0..<occupancy.groupCount).map { group in
          stateIDs.indices.map { occupancy.people(group: group, state: $0, day: day) }
        }
        guard let grouping else {
          tables.append(
            CountTable(
              id: id, rows: ["everyone"], columns: stateIDs + ["total"],
              cells: [counts[0].map(CountCell.count) + [.count(counts[0].reduce(0, +))]], totalColumn: "total"))
          continue
        }
        tables.append(
          CountTable(id: id, rows: grouping.values.map(\.id), columns: stateIDs, addingTotalsTo: counts))
        relations += (stateIDs + ["total"]).map {
          .same(
            CellID(table: id, row: "total", column: $0),
            CellID(table: Self.occupancy(months, nil), row: "everyone", column: $0))
        }
      }
    }
  }

  private mutating func addCaseload() {
    guard let caseload = results.caseload else { return }
    // People without a team are in no column and yet in the total, so they have one that is not printed.
    tables.append(
      CountTable(
        id: Self.caseload, rows: caseload.months.map(Self.month),
        columns: caseload.teams.map(\.id) + ["no team", "total"],
        cells: caseload.months.indices.map { month in
          let teams = caseload.byTeam.map { $0[month].people }
          let all = caseload.all[month].people
          return teams.map(CountCell.count) + [.unprinted(all - teams.reduce(0, +)), .count(all)]
        }, totalColumn: "total"))
  }
}
