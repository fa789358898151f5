import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions
import Tables

extension Register {
  /// What the register holds of the people of a return, for rules that look beyond it.
  ///
  /// Rows that wait for a person record are among it. Fields that identify hold pseudonyms, except the person's number,
  /// which is as it was asked: the vault is not opened for this.
  /// - Parameters:
  ///   - numbers: person numbers as the provider writes them.
  ///   - records: places of the records that rules look at.
  public func knownRecords(
    for numbers: Set<String>, provider: String, records: Set<Int>
  ) throws(RegisterError) -> KnownRecords {
    try registerFailures {
      let keys = try requireKeys()
      return try database.read { connection in
        let order = try ReturnOrder(connection)
        let find = try connection.statement("SELECT id FROM main.people WHERE pseudonym = ?")
        var people: [(id: Int, number: String)] = []
        for number in numbers {
          find.bind(keys.pseudonym(ofPerson: number, provider: provider, model: model), at: 0)
          if try find.step() { people.append((find.integer(at: 0), number)) }
          find.reset()
        }
        people.sort { $0.number < $1.number }
        var place = [Int32](repeating: -1, count: (people.map(\.id).max() ?? 0) + 1)
        for (index, person) in people.enumerated() { place[person.id] = Int32(index) }

        var known = KnownRecords()
        let person = model.index(ofRecord: model.person.id)!
        for record in records.union([person]).sorted()
        where try RevisionSet.isStored(model.records[record], connection) {
          var set = try RevisionSet(record: record, model: model, order: order, connection)
          let statement = try connection.statement(
            "SELECT \(set.selection) FROM main.\(set.table.quotedName) WHERE _person = ? ORDER BY _row")
          for person in people {
            statement.bind(person.id, at: 0)
            while try statement.step() { try set.append(statement) { _ in true } }
          }
          if record == person { known.people = Set(set.people.map { people[Int(place[Int($0)])].number }) }
          guard records.contains(record) else { continue }
          let table = set.laidOver(place: place, names: people.map(\.number)).table
          var values: [Value] = []
          values.reserveCapacity(table.rowCount * table.columns.count)
          for row in 0..<table.rowCount {
            for (field, column) in zip(model.records[record].fields, table.columns) {
              values.append(field.value(column[row]))
            }
          }
          known.rows[record] = KnownRecords.Rows(values: values)
        }
        return known
      }
    }
  }
}

extension Field {
  /// A value of a column as a value of this field: a column of whole numbers holds years too.
  fileprivate func value(_ value: Value) -> Value {
    if type == .year, case .integer(let year) = value { return .year(year) }
    return value
  }
}
