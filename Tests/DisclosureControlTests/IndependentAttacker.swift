@testable import DisclosureControl

/// A reader who has the printed tables, their relations and the policy, and nothing else of the engine under test but
/// its solver. Knows of a mark that it stands for at least one person when zeros are printed.
struct IndependentAttacker {
  private var programme = LinearProgram()
  private var variable: [CellID: Int] = [:]

  /// The tables serve for their shape, their relations and what of them is unprinted or known; no count is read but
  /// those that are known.
  init(
    _ tables: [CountTable], _ relations: [AdditiveRelation], sees disclosure: Disclosure,
    knowsWhichAreSmall: Bool = false
  ) {
    for (table, printed) in zip(tables, disclosure.tables) {
      for (i, row) in table.rows.enumerated() {
        for (j, column) in table.columns.enumerated() {
          let bounds: (Double, Double)
          switch (table.cells[i][j], printed.values[i][j]) {
          case (.absent, _): continue
          case (.unprinted, _): bounds = (0, .infinity)
          case (.known(let people), _): bounds = (Double(people), Double(people))
          case (.structuralZero, _), (_, .zero): bounds = (0, 0)
          case (.count(let people), .absent):
            let isBounded = knowsWhichAreSmall && people < printed.policy.threshold
            bounds = (
              printed.policy.zeroIsDisclosive ? 0 : 1, isBounded ? Double(printed.policy.threshold - 1) : .infinity
            )
          case (_, .value(let value)):
            switch printed.policy.rounding {
            case .none: bounds = (value, value)
            case .nearest(let base):
              let half = Double(base / 2)
              bounds = (max(Double(printed.policy.threshold), value - half), value + Double((base - 1) / 2))
            }
          }
          variable[table.cellID(row: row, column: column)] = programme.addVariable(bounds.0, bounds.1)
        }
      }
    }
    for relation in tables.flatMap(\.relations) + relations {
      let terms = relation.left.map { ($0, 1.0) } + relation.right.map { ($0, -1.0) }
      programme.addRow(terms.compactMap { term in variable[term.0].map { ($0, term.1) } }, 0, 0)
    }
  }

  /// How far apart the values are that this reader must hold possible for a cell; nil when the solver fails.
  func width(of cell: CellID) -> Double? {
    guard let extremes = programme.extremes(of: variable[cell]!, start: 0, isEnough: { _ in false }),
      case .value(let least, _) = extremes.least
    else { return nil }
    guard case .value(let most, _) = extremes.most else { return .infinity }
    return (most + 1e-6).rounded(.down) - (least - 1e-6).rounded(.up)
  }
}

/// Every small count of some tables, and the narrowest interval a reader of the protected tables has for one of them.
func narrowestWidth(
  _ tables: [CountTable], _ relations: [AdditiveRelation], in disclosure: Disclosure, _ policy: DisclosurePolicy
) -> Double? {
  let attacker = IndependentAttacker(tables, relations, sees: disclosure)
  var narrowest = Double.infinity
  for table in tables {
    for (row, cells) in zip(table.rows, table.cells) {
      for (column, cell) in zip(table.columns, cells) {
        switch cell {
        case .count(let people), .unprinted(let people):
          guard policy.isSensitive(people) else { continue }
          guard let width = attacker.width(of: table.cellID(row: row, column: column)) else { return nil }
          narrowest = min(narrowest, width)
        default: continue
        }
      }
    }
  }
  return narrowest
}

/// Whether no printed value is a small count.
func printsNoSmallCount(_ disclosure: Disclosure, _ policy: DisclosurePolicy) -> Bool {
  disclosure.tables.allSatisfy { table in
    table.values.joined().allSatisfy { value in
      switch value {
      case .value(let number): number >= Double(policy.threshold)
      case .zero: !policy.zeroIsDisclosive
      case .absent: true
      }
    }
  }
}
