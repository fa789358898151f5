import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// The cell that somebody wants to put right.
public struct CellAddressInRegister: Hashable, Sendable {
  /// A pseudonym.
  public var person: String
  public var record: String
  /// The key of the row, apart from the person: field and value as a return writes it.
  public var key: [String: String]
  public var field: String

  public init(person: String, record: String, key: [String: String], field: String) {
    self.person = person
    self.record = record
    self.key = key
    self.field = field
  }
}

/// The row of a cell as it is known now, as a return would write it.
public struct CorrectableRow: Sendable {
  public let provider: String
  /// The month of the return that decides the cell now.
  public let period: CalendarMonth
  /// That return.
  public let decidedBy: Fingerprint
  public let decidedOn: CalendarDate
  /// The header and the cells of the row; identifying values are opened from the vault.
  public let header: [String]
  public let cells: [String]
}

extension Register {
  /// The row of a cell, to be written again with that cell put right, and looked over by the same rules as a return.
  ///
  /// The vault is opened for it. The values are of people: not to be logged.
  public func row(of cell: CellAddressInRegister) throws(RegisterError) -> CorrectableRow {
    try registerFailures {
      guard let place = model.index(ofRecord: cell.record) else {
        throw RegisterError.decisionRefused(.unknownField(record: cell.record, field: cell.field))
      }
      let record = model.records[place]
      guard let field = record.index(of: cell.field) else {
        throw RegisterError.decisionRefused(.unknownField(record: cell.record, field: cell.field))
      }
      guard !record.keyIndices.contains(field) else { throw RegisterError.decisionRefused(.keyCell(field: cell.field)) }
      return try database.read { connection in
        let order = try ReturnOrder(connection)
        guard
          let person = try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [cell.person])
        else { throw RegisterError.decisionRefused(.unknownPerson) }
        let table = RecordTable(record, model: model)
        let layouts = try LayoutBook(record: record, connection).matrix
        let columns = record.fields.indices.filter { $0 != table.personPosition }
        let expressions = FieldExpressions(model, try StoredFields(connection))
        let statement = try connection.statement(
          """
          SELECT _return, _layout\(columns.map { ", " + expressions.value(record.fields[$0], of: record, readsCodes: true) }.joined())
          FROM main.\(table.quotedName) WHERE _person = ? ORDER BY _row
          """)
        statement.bind(person, at: 0)
        var texts = [String?](repeating: nil, count: record.fields.count)
        var ranks = [Int32](repeating: -1, count: record.fields.count)
        var deciding = [Int](repeating: 0, count: record.fields.count)
        var isFound = false
        while try statement.step() {
          let id = statement.integer(at: 0)
          guard order.counts(return: id, person: person) else { continue }
          let values = columns.enumerated().map { index, _ in storedText(statement, index + 2) }
          let isRow = columns.enumerated().allSatisfy { index, field in
            !record.keyIndices.contains(field) || cell.key[record.fields[field].id] == values[index]
          }
          guard isRow else { continue }
          isFound = true
          let carried = layouts[statement.integer(at: 1)]
          for (index, field) in columns.enumerated() where carried[field] && order.ranks[id] >= ranks[field] {
            (texts[field], ranks[field], deciding[field]) = (values[index], order.ranks[id], id)
          }
        }
        guard isFound else { throw RegisterError.decisionRefused(.unknownRow(record: cell.record)) }
        // A field that no return carried yet is decided by the return that decides the rest of the row.
        let last = ranks.indices.max { ranks[$0] < ranks[$1] }!
        let source = ranks[field] >= 0 ? deciding[field] : deciding[last]
        for index in columns where record.fields[index].privacy.isIdentifying {
          texts[index] = try texts[index].flatMap { try opened($0, connection) }
        }
        texts[table.personPosition] = try opened(cell.person, connection)
        guard texts[table.personPosition] != nil else { throw RegisterError.decisionRefused(.unknownPerson) }
        let about = try connection.statement(
          """
          SELECT r.provider, r.period, r.fingerprint, MIN(c.received_on) FROM main.returns r
          JOIN main.receipts c ON c.return = r.id WHERE r.id = ?
          """)
        about.bind(source, at: 0)
        guard try about.step(), let period = CalendarMonth(iso: about.text(at: 1)!),
          let fingerprint = Fingerprint(hex: about.text(at: 2)!), let received = CalendarDate(iso: about.text(at: 3)!)
        else { throw RegisterError.damagedValue(record: "returns", field: "period") }
        return CorrectableRow(
          provider: about.text(at: 0)!, period: period, decidedBy: fingerprint, decidedOn: received,
          header: record.fields.map(\.id), cells: texts.map { $0 ?? "" })
      }
    }
  }

  /// Takes in a correction that was looked over: the return of one cell, and the decision that explains it.
  public func correct(
    _ accepted: AcceptedSubmission, of cell: CellAddressInRegister, after basis: Fingerprint, _ making: DecisionMaking
  ) throws(RegisterError) -> SubmissionReceipt {
    try registerFailures {
      try checkModel(of: accepted)
      return try database.write { connection in
        let receipt = try add(
          accepted, basedOn: .latest(basis), isChecked: false,
          by: .named(making.actor, on: accepted.source.receivedOn), connection)
        guard receipt.outcome == .added else { return receipt }
        let matter = Decision.Matter.correction(by: receipt.fingerprint, record: cell.record, field: cell.field)
        try DecisionWriter(register: self, connection: connection).add(
          making.decision(matter, follows: nil), notBefore: accepted.source.receivedOn)
        return receipt
      }
    }
  }

  private func opened(_ token: String, _ connection: Connection) throws -> String? {
    let keys = try requireKeys()
    let statement = try connection.statement("SELECT sealed FROM vault.identities WHERE token = ?")
    statement.bind(token, at: 0)
    guard try statement.step(), let sealed = statement.data(at: 0) else { return nil }
    statement.reset()
    guard let identity = (try? keys.vault.open(sealed)).flatMap({ SealedIdentity($0) }) else {
      throw RegisterError.vaultDamaged(file: "vault.sqlite")
    }
    return identity.value
  }
}

/// A stored cell as a return writes it.
func storedText(_ statement: Statement, _ column: Int) -> String? {
  switch statement.type(at: column) {
  case .null: nil
  case .double: Value.number(statement.double(at: column)).canonicalText
  case .integer, .text, .data: statement.text(at: column)
  }
}
