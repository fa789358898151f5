extension DisclosurePolicy {
  /// Protects tables together.
  ///
  /// Counts below the threshold are withheld; then others, as few people's worth as possible, until nothing that is
  /// printed tells a small count: its possible values, given the printed values, the rounding, the threshold, all
  /// relations and that counts are not negative, span at least ``minimumWidth``. What remains is rounded.
  ///
  /// Everything that will be printed together, or beside what was printed before, must be given together: two tables
  /// that are each safe may not be so side by side. A count that stands in two places is declared with
  /// ``AdditiveRelation/same(_:_:)``.
  ///
  /// - Parameter relations: the sums across tables, beside those within each table.
  /// - Throws: `malformedTable`, `negativeCount`, `unknownCell` or `relationDoesNotHold` when the tables are wrong;
  ///   `cannotBeProtected` when relations alone tell a small count, whatever is withheld.
  public func protect(
    _ tables: [CountTable], relations: [AdditiveRelation] = []
  ) throws(DisclosureControlError) -> Disclosure {
    let attacker = Attacker(system: try LinkedCells(tables, relations: relations), policy: self)
    let system = attacker.system
    var withheld = Array(repeating: false, count: system.cells.count)
    var summary = ProtectionSummary()
    for members in system.components {
      var suppression = SecondarySuppression(attacker: attacker, members: members, withheld: withheld)
      try suppression.run()
      withheld = suppression.withheld
      guard !suppression.small.isEmpty else { continue }
      let width = try narrowestWidth(suppression, size: members.count)
      if width < .max { summary.narrowestWidth = min(summary.narrowestWidth ?? .max, width) }
    }
    let disclosed = tables.map { table in
      DisclosedTable(
        id: table.id, rows: table.rows, columns: table.columns,
        values: zip(table.rows, table.cells).map { row, cells in
          zip(table.columns, cells).map { column, cell in
            value(of: cell, system.index[table.cellID(row: row, column: column)], in: system, withheld, &summary)
          }
        }, policy: self)
    }
    return Disclosure(tables: disclosed, summary: summary)
  }

  /// Protects one table that stands alone.
  public func protect(_ table: CountTable) throws(DisclosureControlError) -> DisclosedTable {
    try protect([table]).tables[0]
  }

  private func value(
    of cell: CountCell, _ index: Int?, in system: LinkedCells, _ withheld: [Bool], _ summary: inout ProtectionSummary
  ) -> DisclosedValue {
    switch cell {
    case .absent(let absence): return .absent(absence)
    case .unprinted: return .absent(.protected)
    case .structuralZero:
      summary.published += 1
      return .zero
    case .known(let people):
      if isSensitive(people) { summary.primary += 1 } else { summary.published += 1 }
      return disclosed(people)
    case .count(let people):
      if isSensitive(people) || index.map({ withheld[$0] }) ?? false {
        if isSensitive(people) { summary.primary += 1 } else { summary.secondary += 1 }
        if let index, system.cells[index].level > 0 { summary.suppressedTotals += 1 }
        return .absent(.protected)
      }
      summary.published += 1
      return people == 0 ? .zero : .value(Double(rounding.rounded(people)))
    }
  }

  /// The exact width in a small system; what the search has proved, which is the minimum, in a large one.
  private func narrowestWidth(
    _ suppression: SecondarySuppression, size: Int
  ) throws(DisclosureControlError) -> Int {
    guard suppression.small.count * size <= 4000 else { return minimumWidth }
    var narrowest = Int.max
    for cell in suppression.small {
      guard let interval = suppression.attacker.interval(of: cell, withheld: suppression.withheld) else {
        throw .solverFailed(suppression.attacker.system.cells[cell].id)
      }
      narrowest = min(narrowest, interval.width)
    }
    return narrowest
  }
}
