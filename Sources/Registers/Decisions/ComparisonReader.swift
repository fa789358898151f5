import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// Reads what is compared: the rows of a return, and what was known of them without it.
struct ComparisonReader {
  let model: DataModel
  let connection: Connection
  let order: ReturnOrder

  /// Both sides for each record of a return.
  ///
  /// - Parameters:
  ///   - id: the return.
  ///   - base: the return to compare with; nil for everything that counts before this one.
  ///   - previous: the returns that this one might have repeated, laid over each other in this order.
  ///   - later: parts that are laid over this one.
  func records(
    of id: Int, against base: Int?, previous: [Int], later: [Int]
  ) throws -> [ComparedRecord] {
    let held = try heldKeys(of: [id] + later)
    let stored = try StoredFields(connection)
    return try model.records.compactMap { record in
      guard try RevisionSet.isStored(record, connection) else { return nil }
      let table = ComparisonTable(record, model: model, stored)
      let after = try rows(table, of: [id])
      let expected = try rows(table, of: previous)
      if after.isEmpty, expected.isEmpty { return nil }
      var side = ComparedRecord(
        record: record.id, fields: table.fields.map(\.id), isIdentifying: table.fields.map(\.privacy.isIdentifying),
        before: [], after: after, expected: expected)
      side.later = Set(try rows(table, of: later).map { [$0.person] + $0.key })
      side.held = held[record.id] ?? []
      if let base {
        side.before = [base] == previous ? expected : try rows(table, of: [base])
      } else {
        (side.before, side.overruled) = try known(table, besides: id)
      }
      return side
    }
  }

  /// The pseudonyms of people of whom a row counts that is not of this return.
  func people(knownBesides id: Int) throws -> Set<String> {
    let others = order.without(id)
    let records = try model.records.filter { try RevisionSet.isStored($0, connection) }
    let tables = records.map { RecordTable($0, model: model).quotedName }
    var sent: Set<Int> = []
    for table in tables {
      let statement = try connection.statement("SELECT DISTINCT _person FROM main.\(table) WHERE _return = ?")
      statement.bind(order.holder(of: id), at: 0)
      while try statement.step() { sent.insert(statement.integer(at: 0)) }
    }
    // Somebody is known by a row of any record.
    var ids: Set<Int> = []
    for table in tables {
      let statement = try connection.statement("SELECT _return FROM main.\(table) WHERE _person = ?")
      for person in sent.subtracting(ids) {
        statement.bind(person, at: 0)
        while try statement.step() {
          if others.counts(return: statement.integer(at: 0), person: person) {
            ids.insert(person)
            break
          }
        }
        statement.reset()
      }
    }
    let find = try connection.statement("SELECT pseudonym FROM main.people WHERE id = ?")
    var names: Set<String> = []
    for id in ids {
      find.bind(id, at: 0)
      if try find.step() { names.insert(find.text(at: 0)!) }
      find.reset()
    }
    return names
  }

  /// Person and key of the rows of some returns that were held, by record; the person alone where the key is not known.
  private func heldKeys(of ids: [Int]) throws -> [String: Set<[String]>] {
    var found: [String: Set<[String]>] = [:]
    let statement = try connection.statement("SELECT record, pseudonym, key FROM main.held_keys WHERE return = ?")
    for id in ids {
      statement.bind(id, at: 0)
      while try statement.step() {
        let rest = try? JSONDecoder().decode([String].self, from: Data(statement.text(at: 2)!.utf8))
        found[statement.text(at: 0)!, default: []].insert([statement.text(at: 1)!] + (rest ?? []))
      }
      statement.reset()
    }
    return found
  }

  /// The rows of some returns laid over each other, one for each key.
  private func rows(_ table: ComparisonTable, of ids: [Int]) throws -> [ComparedRow] {
    if ids.isEmpty { return [] }
    let layouts = try LayoutBook(record: table.table.record, connection).matrix
    let statement = try connection.statement(
      """
      SELECT p.pseudonym, o._layout\(table.selection) FROM main.\(table.table.quotedName) o
      JOIN main.people p ON p.id = o._person WHERE o._return = ? ORDER BY o._row
      """)
    var merge = RowMerge()
    for id in ids {
      statement.bind(order.holder(of: id), at: 0)
      while try statement.step() { merge.add(table.row(statement, from: 0, layouts)) }
      statement.reset()
    }
    return merge.rows
  }

  /// What returns before this one say of its rows, and which fields returns after it say something of.
  private func known(
    _ table: ComparisonTable, besides id: Int
  ) throws -> (rows: [ComparedRow], overruled: [[String]: Set<Int>]) {
    let layouts = try LayoutBook(record: table.table.record, connection).matrix
    let join = table.table.keyColumns.map { "o.\($0) IS n.\($0)" }.joined(separator: " AND ")
    let statement = try connection.statement(
      """
      SELECT o._return, o._person, p.pseudonym, o._layout\(table.selection) FROM main.\(table.table.quotedName) n
      JOIN main.\(table.table.quotedName) o ON \(join) JOIN main.people p ON p.id = o._person
      WHERE n._return = ? ORDER BY n._row, o._row
      """)
    statement.bind(order.holder(of: id), at: 0)
    let own = order.ranks[id]
    var found: [(rank: Int32, row: ComparedRow)] = []
    while try statement.step() {
      let person = statement.integer(at: 1)
      // Rows that stand once can be those of several returns, one of them this one.
      for other in order.returns(withRowsOf: statement.integer(at: 0))
      where other != id && order.ranks[other] >= 0 && !order.isSetAside(person, return: other) {
        found.append((order.ranks[other], table.row(statement, from: 2, layouts)))
      }
    }
    var merge = RowMerge()
    var overruled: [[String]: Set<Int>] = [:]
    // Rows of one return keep their order.
    for each in found.enumerated().sorted(by: { ($0.1.rank, $0.0) < ($1.1.rank, $1.0) }).map(\.element) {
      if each.rank < own {
        merge.add(each.row)
      } else {
        let fields = each.row.cells.indices.filter { each.row.cells[$0] != .notCarried }
        overruled[[each.row.person] + each.row.key, default: []].formUnion(fields)
        // Only later returns have the row: it is there, and nothing was said of it before.
        var row = each.row
        row.cells = row.cells.map { _ in .notCarried }
        merge.add(row)
      }
    }
    return (merge.rows, overruled)
  }
}

/// Lays rows with one key over each other, in the order in which they are added.
private struct RowMerge {
  private(set) var rows: [ComparedRow] = []
  private var places: [[String]: Int] = [:]

  mutating func add(_ row: ComparedRow) {
    let identity = [row.person] + row.key
    guard let place = places[identity] else {
      places[identity] = rows.count
      rows.append(row)
      return
    }
    for (field, cell) in row.cells.enumerated() where cell != .notCarried { rows[place].cells[field] = cell }
  }
}

/// How the rows of one record are read for a comparison.
private struct ComparisonTable {
  let table: RecordTable
  /// The fields that are compared: all but the key.
  let fields: [Field]
  private let places: [Int]
  private let keys: [Int]
  let selection: String

  init(_ record: RecordDefinition, model: DataModel, _ stored: StoredFields) {
    table = RecordTable(record, model: model)
    places = record.fields.indices.filter { !record.keyIndices.contains($0) }
    fields = places.map { record.fields[$0] }
    keys = table.keyPositions
    let expressions = FieldExpressions(model, stored, prefix: "o.")
    selection =
      keys.map { ", o.\(sqlName(record.fields[$0].id))" }.joined()
      + places.map { ", \(expressions.value(record.fields[$0], of: record, readsCodes: true))" }.joined()
  }

  /// The row that stands in a statement: pseudonym, layout, key, fields.
  func row(_ statement: Statement, from start: Int, _ layouts: [[Bool]]) -> ComparedRow {
    let layout = layouts[statement.integer(at: start + 1)]
    let key = keys.indices.map { storedText(statement, start + 2 + $0) ?? "" }
    let cells = places.indices.map { index -> ComparedCell in
      guard layout[places[index]] else { return .notCarried }
      return storedText(statement, start + 2 + keys.count + index).map { .text($0) } ?? .blank
    }
    return ComparedRow(person: statement.text(at: start)!, key: key, cells: cells)
  }
}
