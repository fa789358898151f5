import DisclosureControl
import Primitives

/// Counts that are linked to those of tables by what the words mean, so that a reader could subtract them.
extension ProtectedTables {
  static func risk(_ outcome: String, _ grouping: String?) -> String {
    "risk.\(outcome)" + (grouping.map { ".\($0)" } ?? "")
  }

  /// The months at which numbers at risk are told: under the curves, and at the marks.
  static func riskMonths(_ plan: StudyPlan) -> (axis: [Int], all: [Int]) {
    let months = plan.cohort.followUp.months
    let axis = Array(stride(from: 0, through: months, by: months <= 18 ? 3 : 6))
    return (axis, Set(axis + plan.report.marks).sorted())
  }

  /// Numbers at risk: of the groups together those of everybody; at first the group; at a mark at most those still
  /// followed who are in no state for good.
  mutating func addRisk() {
    let months = Self.riskMonths(plan).all
    let absorbing = plan.states.filter { if case .absorbing = $0.rule { true } else { false } }.map(\.id)
    for (outcome, result) in zip(plan.outcomes, results.outcomes) {
      for comparison in result.comparisons {
        let grouping = comparison.grouping.map { plan.groupings[$0] }
        let groups = grouping?.values.map(\.id) ?? ["everyone"]
        let id = Self.risk(outcome.id, grouping?.id)
        let occupancy = results.occupancies.first { $0.grouping == comparison.grouping }!
        let extra = groups.flatMap { ["\($0) followed otherwise", "\($0) not for good"] }
        var cells: [[CountCell]] = []
        var own: [AdditiveRelation] = []
        for month in months {
          func cell(_ column: String) -> CellID { CellID(table: id, row: "\(month)", column: column) }
          var row = comparison.groups.map { CountCell.count($0.atRisk(onDay: StudyTime.days(months: month))) }
          for (place, group) in groups.enumerated() {
            let events = CellID(table: Self.events(outcome.id, grouping?.id), row: group, column: "total")
            if month == 0 { own.append(.same(cell(group), events)) }
            guard plan.report.marks.contains(month) else {
              row += [.absent(.notApplicable), .absent(.notApplicable)]
              continue
            }
            let day = StudyTime.days(months: month)
            let followed = occupancy.followed(group: place, day: day)
            let otherwise = followed - comparison.groups[place].atRisk(onDay: day)
            let gone = plan.states.indices.filter { absorbing.contains(plan.states[$0].id) }
              .reduce(0) { $0 + occupancy.people(group: place, state: $1, day: day) }
            guard otherwise >= 0 else {
              row += [.absent(.notApplicable), .absent(.notApplicable)]
              continue
            }
            let table = Self.occupancy(month, grouping?.id)
            own.append(
              AdditiveRelation(
                total: CellID(table: table, row: group, column: "total"),
                parts: [cell(group), cell("\(group) followed otherwise")]))
            row.append(.unprinted(otherwise))
            guard otherwise >= gone, !absorbing.isEmpty else {
              row.append(.absent(.notApplicable))
              continue
            }
            row.append(.unprinted(otherwise - gone))
            own.append(
              AdditiveRelation(
                total: cell("\(group) followed otherwise"),
                parts: absorbing.map { CellID(table: table, row: group, column: $0) } + [
                  cell("\(group) not for good")
                ]))
          }
          cells.append(row)
          guard grouping != nil else { continue }
          own.append(
            AdditiveRelation(
              total: CellID(table: Self.risk(outcome.id, nil), row: "\(month)", column: "everyone"),
              parts: groups.map(cell)))
        }
        add(CountTable(id: id, rows: months.map { "\($0)" }, columns: groups + extra, cells: cells), relations: own)
      }
    }
  }

  /// Who has an event first among many has it also first among fewer: the rest had another of the many before.
  mutating func addNestedOutcomes() {
    for (narrow, result) in zip(plan.outcomes, results.outcomes) {
      for (wide, other) in zip(plan.outcomes, results.outcomes) where wide.id != narrow.id {
        let ids = Set(wide.causes.map(\.sources))
        let shared = narrow.causes.map(\.sources).filter(ids.contains)
        guard wide.causes.count < narrow.causes.count, shared.count == ids.count
        else { continue }
        for (a, b) in zip(result.comparisons, other.comparisons) where a.grouping == b.grouping {
          let grouping = a.grouping.map { plan.groupings[$0] }
          let groups = grouping?.values.map(\.id) ?? ["everyone"]
          for (index, cause) in wide.causes.enumerated() {
            guard let first = narrow.causes.firstIndex(where: { $0.sources == cause.sources }) else { continue }
            let counts = groups.indices.map { b.groups[$0].events[index] - a.groups[$0].events[first] }
            guard counts.allSatisfy({ $0 >= 0 }) else { continue }
            let id = "later.\(narrow.id).\(wide.id).\(cause.id)" + (grouping.map { ".\($0.id)" } ?? "")
            add(
              CountTable(id: id, rows: groups, columns: ["later"], cells: counts.map { [.unprinted($0)] }),
              relations: groups.map { group in
                AdditiveRelation(
                  total: CellID(table: Self.events(wide.id, grouping?.id), row: group, column: cause.id),
                  parts: [
                    CellID(
                      table: Self.events(narrow.id, grouping?.id), row: group, column: narrow.causes[first].id),
                    CellID(table: id, row: group, column: "later"),
                  ])
              })
          }
        }
      }
    }
  }

  /// Nobody leaves a state that is for good, so its stock changes by who comes in and whose follow-up ends.
  mutating func addAbsorbingStocks() {
    let flows = results.flows
    let rows = flows.months.map(Self.month)
    for (place, state) in plan.states.enumerated() {
      guard case .absorbing = state.rule else { continue }
      let id = "absorbed.\(state.id)"
      let cells: [[CountCell]] = flows.months.indices.map { month in
        let ended = flows.ended[month][place]
        return [
          .unprinted(flows.entered(place, in: month) + flows.new[month][place]),
          flows.ended[month].reduce(0, +) == 0 ? .known(0) : .unprinted(ended),
        ]
      }
      let relations = flows.months.indices.dropFirst().map { month in
        AdditiveRelation(
          opening: CellID(table: Self.stock, row: rows[month - 1], column: state.id),
          inflows: [CellID(table: id, row: rows[month], column: "in")],
          outflows: [CellID(table: id, row: rows[month], column: "ended")],
          closing: CellID(table: Self.stock, row: rows[month], column: state.id))
      }
      add(CountTable(id: id, rows: rows, columns: ["in", "ended"], cells: cells), relations: relations)
    }
  }
}
