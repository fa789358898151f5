/// All cells of some tables as one system of equations, each cell once however many places it stands in.
struct LinkedCells {
  struct Cell {
    var count: Int
    /// Never printed, but in relations.
    var isUnprinted = false
    /// Known to everyone and never withheld.
    var isKnown = false
    /// 0 for an inner cell, 1 for a total of such cells, 2 for a total of totals.
    var level = 0
    /// The first place where it stands.
    let id: CellID
  }

  struct Term {
    let cell: Int
    let sign: Double
  }

  private(set) var cells: [Cell] = []
  /// Each a weighted sum that is zero.
  private(set) var relations: [[Term]] = []
  /// Which relations hold each cell.
  private(set) var relationsOfCell: [[Int]] = []
  /// The cell of each place that holds a number.
  private(set) var index: [CellID: Int] = [:]
  /// The people who are missing in an absent cell, when a relation tells how many.
  private var missingCell: [CellID: Int] = [:]

  /// The relations of all tables and those between them.
  ///
  /// A cell that is absent counts as nobody in the check of a relation. When that does not add up, and the absent cells
  /// stand on one side, what is missing is people whom a reader can count: one cell that is never printed.
  init(_ tables: [CountTable], relations: [AdditiveRelation]) throws(DisclosureControlError) {
    var absent: Set<CellID> = []
    var count: [CellID: (cell: CountCell, order: Int)] = [:]
    var order: [CellID] = []
    var ids: Set<String> = []
    for table in tables {
      try Self.check(table, among: &ids)
      for (row, cells) in zip(table.rows, table.cells) {
        for (column, cell) in zip(table.columns, cells) {
          let id = CellID(table: table.id, row: row, column: column)
          switch cell {
          case .count(let people), .unprinted(let people), .known(let people):
            if people < 0 { throw .negativeCount(id) }
            count[id] = (cell, order.count)
            order.append(id)
          case .structuralZero:
            count[id] = (cell, order.count)
            order.append(id)
          case .absent: absent.insert(id)
          }
        }
      }
    }
    let all = tables.flatMap(\.relations) + relations
    for relation in all {
      for id in relation.left + relation.right where count[id] == nil && !absent.contains(id) { throw .unknownCell(id) }
    }

    // Cells that are declared to be the same become one.
    var parent = Array(order.indices)
    func root(_ cell: Int) -> Int {
      var cell = cell
      while parent[cell] != cell { cell = parent[cell] }
      return cell
    }
    func people(_ id: CellID) -> Int {
      switch count[id]?.cell {
      case .count(let people), .unprinted(let people), .known(let people): people
      default: 0
      }
    }
    for relation in all where relation.left.count == 1 && relation.right.count == 1 {
      guard let first = count[relation.left[0]]?.order, let second = count[relation.right[0]]?.order else { continue }
      if people(relation.left[0]) != people(relation.right[0]) { throw .relationDoesNotHold(relation) }
      let roots = (root(first), root(second))
      parent[max(roots.0, roots.1)] = min(roots.0, roots.1)
    }
    var position: [Int: Int] = [:]
    for (number, id) in order.enumerated() {
      let representative = root(number)
      if position[representative] == nil {
        position[representative] = cells.count
        cells.append(Cell(count: people(id), isUnprinted: true, isKnown: false, id: id))
      }
      let place = position[representative]!
      index[id] = place
      // Printed once is printed; known by definition in one place is known in all.
      switch count[id]!.cell {
      case .count: cells[place].isUnprinted = false
      case .structuralZero, .known: (cells[place].isKnown, cells[place].isUnprinted) = (true, false)
      default: break
      }
    }

    for relation in all { try add(relation, absent: absent) }
    findLevels(all)
    relationsOfCell = Array(repeating: [], count: cells.count)
    for (number, terms) in self.relations.enumerated() {
      for term in terms { relationsOfCell[term.cell].append(number) }
    }
  }

  private static func check(_ table: CountTable, among ids: inout Set<String>) throws(DisclosureControlError) {
    func malformed(_ reason: String) -> DisclosureControlError { .malformedTable(id: table.id, reason: reason) }
    if !ids.insert(table.id).inserted { throw malformed("another table has the same id") }
    if Set(table.rows).count < table.rows.count { throw malformed("two rows have the same id") }
    if Set(table.columns).count < table.columns.count { throw malformed("two columns have the same id") }
    if table.cells.count != table.rows.count {
      throw malformed("it has \(table.rows.count) row ids and \(table.cells.count) rows")
    }
    for (row, cells) in zip(table.rows, table.cells) where cells.count != table.columns.count {
      throw malformed("row '\(row)' has \(cells.count) cells for \(table.columns.count) columns")
    }
  }

  private mutating func add(_ relation: AdditiveRelation, absent: Set<CellID>) throws(DisclosureControlError) {
    var sign: [Int: Double] = [:]
    for id in relation.left { if let cell = index[id] { sign[cell, default: 0] += 1 } }
    for id in relation.right { if let cell = index[id] { sign[cell, default: 0] -= 1 } }
    var terms = sign.sorted { $0.key < $1.key }.filter { $0.value != 0 }.map { Term(cell: $0.key, sign: $0.value) }
    let difference = terms.reduce(0) { $0 + Int($1.sign) * cells[$1.cell].count }
    if difference != 0 {
      let (left, right) = (relation.left.filter(absent.contains), relation.right.filter(absent.contains))
      if left.isEmpty && right.isEmpty { throw .relationDoesNotHold(relation) }
      if !left.isEmpty && !right.isEmpty { return }
      let missing = left.isEmpty ? difference : -difference
      // An absent total beside parts, or less than nobody missing: the readers cannot compute a count of people.
      if missing < 0 { return }
      let side = left.isEmpty ? right : left
      let cell: Int
      if side.count == 1, let known = missingCell[side[0]], cells[known].count == missing {
        cell = known
      } else {
        cell = cells.count
        cells.append(Cell(count: missing, isUnprinted: true, id: side[0]))
        if side.count == 1 { missingCell[side[0]] = cell }
      }
      terms.append(Term(cell: cell, sign: left.isEmpty ? -1 : 1))
    }
    if terms.count > 1 { relations.append(terms) }
  }

  /// A total stands alone on its side of a relation; its level is one above the highest of its parts.
  private mutating func findLevels(_ relations: [AdditiveRelation]) {
    let sums: [(total: Int, parts: [Int])] = relations.compactMap { relation in
      let (one, many) = relation.left.count == 1 ? (relation.left, relation.right) : (relation.right, relation.left)
      guard one.count == 1, many.count > 1, let total = index[one[0]] else { return nil }
      return (total, many.compactMap { index[$0] })
    }
    // Four rounds serve totals of totals of totals; a chain of stocks must not climb for ever.
    for _ in 0..<4 {
      for sum in sums {
        cells[sum.total].level = max(cells[sum.total].level, min(4, 1 + (sum.parts.map { cells[$0].level }.max() ?? 0)))
      }
    }
  }

  /// The cells that relations tie together, directly or through others.
  var components: [[Int]] {
    var isFound = Array(repeating: false, count: cells.count)
    return cells.indices.compactMap { cell in
      if isFound[cell] { return nil }
      let members = neighbourhood(of: cell, radius: .max)
      for member in members { isFound[member] = true }
      return members
    }
  }

  /// The cells within a number of relations from a cell, in ascending order.
  func neighbourhood(of cell: Int, radius: Int) -> [Int] {
    var found: Set<Int> = [cell]
    var edge = [cell]
    var steps = 0
    while steps < radius && !edge.isEmpty {
      steps += 1
      var next: [Int] = []
      for member in edge {
        for relation in relationsOfCell[member] {
          for term in relations[relation] where found.insert(term.cell).inserted { next.append(term.cell) }
        }
      }
      edge = next
    }
    return found.sorted()
  }
}
