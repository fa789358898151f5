import DataModels
import Primitives
import Storage
import Tables

/// Rows of one record as returns gave them, to be laid over each other.
///
/// Rows that have the same person, key and return are added in the order in which they stand in the return.
struct RevisionSet {
  let table: RecordTable
  private let model: DataModel
  private let order: ReturnOrder
  /// For each layout by its number, whether it carries each field.
  private let isCarried: [[Bool]]
  /// For each field, its column in ``selection``.
  private let positions: [Int?]
  /// What a statement has to select for ``append(_:)``.
  let selection: String

  private var columns: [RevisionColumn]
  /// The register's number of the person of each row.
  private(set) var people: [Int32] = []
  private var ranks: [Int32] = []
  private var layouts: [Int32] = []

  var count: Int { people.count }

  init(record: Int, model: DataModel, order: ReturnOrder, _ connection: Connection) throws {
    let definition = model.records[record]
    let table = RecordTable(definition, model: model)
    self.table = table
    self.model = model
    self.order = order
    isCarried = try LayoutBook(record: definition, connection).matrix
    let fields = try StoredFields(connection)
    let stored = fields.kinds[definition.id] ?? [:]
    let expressions = FieldExpressions(model, fields)
    var names = ["_return", "_person", "_layout"]
    var positions: [Int?] = []
    for (index, field) in definition.fields.enumerated() {
      if index == table.personPosition || stored[field.id] == nil {
        positions.append(nil)
      } else {
        positions.append(names.count)
        names.append(expressions.value(field, of: definition))
      }
    }
    self.positions = positions
    selection = names.joined(separator: ", ")
    columns = definition.fields.map { RevisionColumn(record: definition, field: $0, model: model) }
  }

  /// Whether the register has this record's table.
  static func isStored(_ record: RecordDefinition, _ connection: Connection) throws -> Bool {
    try connection.integer("SELECT 1 FROM record_keys WHERE record = ?", [record.id]) != nil
  }

  /// Adds the statement's row, unless its return does not count or the person is not wanted.
  mutating func append(_ statement: Statement, where wanted: (Int) -> Bool) throws {
    let rank = order.ranks[statement.integer(at: 0)]
    let person = statement.integer(at: 1)
    guard rank >= 0, wanted(person) else { return }
    if order.setsAside, !order.counts(return: statement.integer(at: 0), person: person) { return }
    people.append(Int32(person))
    ranks.append(rank)
    layouts.append(Int32(statement.integer(at: 2)))
    for index in columns.indices where index != table.personPosition {
      try columns[index].append(statement, column: positions[index])
    }
  }

  /// What the rows come to, for people numbered from 0: one row for each person and key, ordered by both.
  ///
  /// - Parameters:
  ///   - place: the place of a person among `names`, by the register's number; negative for one to leave out.
  ///   - names: what to write in the field of the person's number.
  func laidOver(place: [Int32], names: [String]) -> RegisterSnapshot.RecordRows {
    let groups = grouped(place: place, count: names.count)
    var columns: [Column] = []
    for (index, column) in self.columns.enumerated() {
      if index == table.personPosition {
        let codes = groups.last.map { place[Int(people[Int($0)])] }
        columns.append(.categories(CategoryColumn(levels: names, codes: codes)))
      } else {
        columns.append(column.selecting(groups.deciding { isCarried[Int(layouts[$0])][index] }))
      }
    }
    return RegisterSnapshot.RecordRows(
      table: Table(names: table.record.fields.map(\.id), columns: columns), starts: groups.starts)
  }

  private func grouped(place: [Int32], count: Int) -> RevisionGroups {
    // Rows by person, by counting; then each person's few rows by key, return, and place in the return.
    var ends = [Int32](repeating: 0, count: count + 1)
    for person in people where place[Int(person)] >= 0 { ends[Int(place[Int(person)]) + 1] += 1 }
    for index in 1..<max(1, ends.count) { ends[index] += ends[index - 1] }
    let starts = ends
    var next = ends
    var order = [Int32](repeating: 0, count: Int(ends.last ?? 0))
    for (row, person) in people.enumerated() where place[Int(person)] >= 0 {
      order[Int(next[Int(place[Int(person)])])] = Int32(row)
      next[Int(place[Int(person)])] += 1
    }
    let keys = SortKeys(columns: table.keyPositions.map { columns[$0] }, count: people.count)
    order.withUnsafeMutableBufferPointer { order in
      for person in 0..<count {
        let range = Int(starts[person])..<Int(starts[person + 1])
        guard range.count > 1 else { continue }
        // Sorted in place: a slice of an array would be copied.
        var rows = UnsafeMutableBufferPointer(rebasing: order[range])
        rows.sort { a, b in
          let difference = keys.compare(Int(a), Int(b))
          if difference != 0 { return difference < 0 }
          return (ranks[Int(a)], a) < (ranks[Int(b)], b)
        }
      }
    }
    return RevisionGroups(order: order, personStarts: starts) { keys.compare(Int($0), Int($1)) == 0 }
  }
}

/// Stored rows in order, cut into the groups that are one row of the register.
private struct RevisionGroups {
  private let order: [Int32]
  /// Group `i` has the places `bounds[i] ..< bounds[i + 1]` of the order.
  private var bounds: [Int32] = [0]
  /// The groups of person `i` are `starts[i] ..< starts[i + 1]`.
  private(set) var starts: [Int32] = [0]

  init(order: [Int32], personStarts: [Int32], isSameKey: (Int32, Int32) -> Bool) {
    self.order = order
    for person in 1..<max(1, personStarts.count) {
      let range = Int(personStarts[person - 1])..<Int(personStarts[person])
      for place in range where place + 1 == range.upperBound || !isSameKey(order[place], order[place + 1]) {
        bounds.append(Int32(place + 1))
      }
      starts.append(Int32(bounds.count - 1))
    }
  }

  /// The last row of each group.
  var last: [Int32] { (1..<bounds.count).map { order[Int(bounds[$0]) - 1] } }

  /// The last row of each group that carries something; -1 where none does.
  func deciding(_ carries: (Int) -> Bool) -> [Int32] {
    (1..<bounds.count).map { group in
      var place = Int(bounds[group]) - 1
      while place >= Int(bounds[group - 1]) {
        if carries(Int(order[place])) { return order[place] }
        place -= 1
      }
      return -1
    }
  }
}

/// The keys of rows within their person, as bytes that compare as the values do.
private struct SortKeys {
  private var bytes: [UInt8] = []
  private var ends: [Int]

  init(columns: [RevisionColumn], count: Int) {
    ends = []
    guard !columns.isEmpty else { return }
    ends.reserveCapacity(count)
    for row in 0..<count {
      for column in columns { column.appendSortKey(of: row, to: &bytes) }
      ends.append(bytes.count)
    }
  }

  func compare(_ a: Int, _ b: Int) -> Int {
    guard !ends.isEmpty else { return 0 }
    var left = a == 0 ? 0 : ends[a - 1]
    var right = b == 0 ? 0 : ends[b - 1]
    // No key is the beginning of another, so the first difference comes before either ends.
    while left < ends[a], right < ends[b] {
      if bytes[left] != bytes[right] { return bytes[left] < bytes[right] ? -1 : 1 }
      left += 1
      right += 1
    }
    return 0
  }
}
