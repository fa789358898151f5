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
        let asked = Array(numbers)
        let pseudonyms = try keys.pseudonyms(
          of: asked, field: model.personField, provider: provider, model: model)
        for place in placesInOrder(of: pseudonyms) {
          find.bind(pseudonyms[place], at: 0)
          if try find.step() { people.append((find.integer(at: 0), asked[place])) }
          find.reset()
        }
        people.sort { $0.number < $1.number }
        var place = [Int32](repeating: -1, count: (people.map(\.id).max() ?? 0) + 1)
        for (index, person) in people.enumerated() { place[person.id] = Int32(index) }

        var known = KnownRecords()
        var erased = try ErasedPeople(keys: keys, model: model, provider: provider, connection)
        if !erased.isEmpty {
          known.erased = Set(numbers.filter { erased.contains(number: $0) }.map(model.canonicalNumber))
        }
        let last = try lastReturn(of: provider, order, connection)
        let person = model.index(ofRecord: model.person.id)!
        for record in records.union([person]).sorted()
        where try RevisionSet.isStored(model.records[record], connection) {
          let set = try revisions(record, people.map(\.id), order, connection)
          if record == person { known.people = Set(set.people.map { people[Int(place[Int($0)])].number }) }
          guard records.contains(record) else { continue }
          known.rows[record] = rows(record, set.laidOver(place: place, names: people.map(\.number)).table)
          guard let last, model.checks.steady.contains(where: { $0.record == record }) else { continue }
          let before = try revisions(record, people.map(\.id), order.without(last), connection)
          known.before[record] = rows(record, before.laidOver(place: place, names: people.map(\.number)).table)
        }
        return known
      }
    }
  }

  private func revisions(
    _ record: Int, _ people: [Int], _ order: ReturnOrder, _ connection: Connection
  ) throws -> RevisionSet {
    var set = try RevisionSet(record: record, model: model, order: order, connection)
    // A table that is empty is not asked about each person, and one that is mostly about them is read from end to end.
    let rows = try connection.integer("SELECT MAX(_row) FROM main.\(set.table.quotedName)") ?? 0
    if rows == 0 { return set }
    let all = try connection.integer("SELECT MAX(id) FROM main.people") ?? 0
    if people.count * 3 > all {
      var isAsked = [Bool](repeating: false, count: all + 1)
      for person in people { isAsked[person] = true }
      let statement = try connection.statement(
        "SELECT \(set.selection) FROM main.\(set.table.quotedName) ORDER BY _row")
      while try statement.step() { try set.append(statement) { isAsked[$0] } }
      return set
    }
    let statement = try connection.statement(
      "SELECT \(set.selection) FROM main.\(set.table.quotedName) WHERE _person = ? ORDER BY _row")
    for person in people.sorted() {
      statement.bind(person, at: 0)
      while try statement.step() { try set.append(statement) { _ in true } }
    }
    return set
  }

  private func rows(_ record: Int, _ table: Table) -> KnownRecords.Rows {
    var values: [Value] = []
    values.reserveCapacity(table.rowCount * table.columns.count)
    for row in 0..<table.rowCount {
      for (field, column) in zip(model.records[record].fields, table.columns) {
        values.append(field.value(column[row]))
      }
    }
    return KnownRecords.Rows(values: values)
  }

  /// The return of a provider that is laid over all its others.
  private func lastReturn(of provider: String, _ order: ReturnOrder, _ connection: Connection) throws -> Int? {
    let statement = try connection.statement("SELECT id FROM main.returns WHERE provider = ?")
    statement.bind(provider, at: 0)
    var last: Int?
    while try statement.step() {
      let id = statement.integer(at: 0)
      if order.ranks[id] >= 0, order.ranks[id] > last.map({ order.ranks[$0] }) ?? -1 { last = id }
    }
    return last
  }
}

extension Field {
  /// A value of a column as a value of this field: a column of whole numbers holds years too.
  fileprivate func value(_ value: Value) -> Value {
    if type == .year, case .integer(let year) = value { return .year(year) }
    return value
  }
}
