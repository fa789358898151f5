import DataModels
import Primitives
import Storage
import Submissions

/// What became of the rows of a return that says what another one said, without looking at each.
struct CopyCounting {
  private let holder: Int
  private let model: DataModel
  /// The order without the copy.
  private let others: ReturnOrder
  private let connection: Connection
  /// Whether every row that stands in the register counts.
  private let allCount: Bool

  init(of copy: Int, holder: Int, model: DataModel, order: ReturnOrder, _ connection: Connection) throws {
    self.holder = holder
    self.model = model
    others = order.without(copy)
    self.connection = connection
    allCount = order.holdersThatDoNotCount.isEmpty && !order.setsAside
  }

  /// Whether the rows count as they stand, and no return that counts after them says anything in the same records.
  func changesNothing(_ accepted: AcceptedSubmission) throws -> Bool {
    guard allCount, others.rowRanks[holder] >= 0 else { return false }
    let later = others.rowRanks.indices.filter { others.rowRanks[$0] > others.rowRanks[holder] }
    for record in Set(accepted.records.map(\.recordIndex)) {
      let rows = ReturnRows(model.records[record], model: model, connection)
      for id in later where try rows.range(of: id) != nil { return false }
    }
    return true
  }

  /// - Precondition: it changes nothing.
  func records(_ accepted: AcceptedSubmission) throws -> [SubmissionReceipt.Record] {
    var counts: [Int: SubmissionReceipt.Record] = [:]
    for rows in accepted.records where rows.rowCount > 0 {
      counts[rows.recordIndex, default: .init(record: model.records[rows.recordIndex].id)].rows += rows.rowCount
      counts[rows.recordIndex]!.unchanged += rows.rowCount
    }
    let person = RecordTable(model.person, model: model).quotedName
    for index in counts.keys where model.records[index].nature != .person {
      let record = model.records[index]
      guard let range = try ReturnRows(record, model: model, connection).range(of: holder) else { continue }
      counts[index]!.waiting =
        try connection.integer(
          """
          SELECT COUNT(*) FROM main.\(RecordTable(record, model: model).quotedName) r
          WHERE r._row BETWEEN \(range.lowerBound) AND \(range.upperBound)
            AND NOT EXISTS (SELECT 1 FROM main.\(person) p WHERE p._person = r._person)
          """) ?? 0
    }
    return counts.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// Where the rows of returns stand in the table of a record.
///
/// A return is added in one transaction, and returns are numbered as they are added; so its rows stand together, behind
/// those of all returns before it, and are found by halving.
struct ReturnRows {
  private let table: RecordTable
  private let connection: Connection

  init(_ record: RecordDefinition, model: DataModel, _ connection: Connection) {
    table = RecordTable(record, model: model)
    self.connection = connection
  }

  /// The numbers of the first and last row of a return; nil when it has none.
  func range(of id: Int) throws -> ClosedRange<Int>? {
    guard let first = try firstRow(fromReturn: id) else { return nil }
    let probe = try connection.integer("SELECT _return FROM main.\(table.quotedName) WHERE _row = \(first)")
    guard probe == id else { return nil }
    let next = try firstRow(fromReturn: id + 1)
    let last =
      try connection.integer(
        "SELECT MAX(_row) FROM main.\(table.quotedName)\(next.map { " WHERE _row < \($0)" } ?? "")") ?? first
    return first...last
  }

  /// The first row that is of this return or a later one.
  private func firstRow(fromReturn id: Int) throws -> Int? {
    let find = try connection.statement(
      "SELECT _row, _return FROM main.\(table.quotedName) WHERE _row >= ? ORDER BY _row LIMIT 1")
    var low = 0
    var high = (try connection.integer("SELECT MAX(_row) FROM main.\(table.quotedName)") ?? 0) + 1
    var found: Int?
    while low < high {
      let middle = (low + high) / 2
      find.bind(middle, at: 0)
      guard try find.step() else {
        high = middle
        continue
      }
      let (row, other) = (find.integer(at: 0), find.integer(at: 1))
      find.reset()
      if other >= id {
        found = row
        high = middle
      } else {
        low = row + 1
      }
    }
    return found
  }
}
