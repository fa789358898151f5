import DataModels
import Fingerprints
import Linkage
import Primitives
import Storage
import Submissions

/// The register with a return in it that is being taken in, before anybody else sees it: for what can only be told from
/// the whole.
///
/// Everything is read on demand, within the transaction that takes the return in; it says nothing once that is over.
public struct ReturnInPlace {
  let register: Register
  let source: ProviderReturn
  let id: Int
  let connection: Connection

  /// The register as it would be known with the return.
  ///
  /// - Parameter records: the places of the records that are wanted beside the person record; others have no row here.
  public func snapshot(of records: Set<Int>) throws(RegisterError) -> RegisterSnapshot {
    try registerFailures { try register.snapshot(of: records, without: nil, connection) }
  }

  /// The same without the return.
  public func snapshotWithout(of records: Set<Int>) throws(RegisterError) -> RegisterSnapshot {
    try registerFailures { try register.snapshot(of: records, without: id, connection) }
  }

  /// For each person, by pseudonym, the provider whose return about them counts most.
  public func providersOfPeople(withReturn: Bool = true) throws(RegisterError) -> [String: String] {
    try registerFailures {
      let order = try ReturnOrder(connection)
      return try register.providersOfPeople(withReturn ? order : order.without(id), connection)
    }
  }

  /// The pseudonym of a person whom the provider writes with a number.
  public func pseudonym(of number: String) throws(RegisterError) -> String {
    try registerFailures {
      try register.requireKeys().pseudonym(ofPerson: number, provider: source.provider, model: register.model)
    }
  }

  /// Whether the provider sent a return that is laid under this one.
  public func hasPrevious() throws(RegisterError) -> Bool { try registerFailures { try previous() != nil } }

  /// The whole return that is laid under this one, or what there is in its place; nil for a part, which leaves nothing
  /// out and is like no other.
  private func previous() throws -> Int? {
    let sequence = try ReturnSequence(connection, try ReturnOrder(connection))
    return sequence.isPart(id) ? nil : sequence.laidUnder(id).first
  }

  /// The people of the return before this one whom this one does not have, not even in a row that is held, and who are
  /// still to be asked about, by pseudonym. Empty when returns hold changes only, for a first return, and for a part.
  public func openAbsences() throws(RegisterError) -> [String] {
    guard register.model.returnsHold == .everything else { return [] }
    return try registerFailures {
      guard try previous() != nil else { return [] }
      let sequence = try ReturnSequence(connection, try ReturnOrder(connection))
      var gone: Set<String> = []
      for other in sequence.laidUnder(id) { gone.formUnion(try people(of: other)) }
      for own in [id] + sequence.laidOver(id) {
        gone.subtract(try people(of: own))
        let held = try connection.statement("SELECT DISTINCT pseudonym FROM main.held_keys WHERE return = ?")
        held.bind(own, at: 0)
        while try held.step() { gone.remove(held.text(at: 0)!) }
      }
      return try register.absences(
        of: gone.sorted(), provider: source.provider, receivedOn: source.receivedOn.iso, connection
      ).filter(\.isOpen).map(\.person)
    }
  }

  private func people(of id: Int) throws -> Set<String> {
    var people: Set<String> = []
    // The rows of a return that repeats another stand under that one.
    let holder = try ReturnOrder(connection).holder(of: id)
    for record in register.model.records where try RevisionSet.isStored(record, connection) {
      let statement = try connection.statement(
        """
        SELECT DISTINCT p.pseudonym FROM main.\(RecordTable(record, model: register.model).quotedName) r
        JOIN main.people p ON p.id = r._person WHERE r._return = ?
        """)
      statement.bind(holder, at: 0)
      while try statement.step() { people.insert(statement.text(at: 0)!) }
    }
    return people
  }

  /// People who are new with this return and who are like somebody under another number, with whether that is certain
  /// and the other pseudonym; those that were decided about are left out.
  public func likelySamePeople() throws(RegisterError) -> [(new: String, other: String, isCertain: Bool)] {
    try registerFailures {
      let reader = ComparisonReader(model: register.model, connection: connection, order: try ReturnOrder(connection))
      let new = try people(of: id).subtracting(reader.people(knownBesides: id))
      guard !new.isEmpty else { return [] }
      let found: FoundLinks
      do {
        found = try register.findLinks(RecordLinkage(), register.requireKeys(), connection)
      } catch RegisterError.linkage {
        // Nothing in the model to know people by.
        return []
      }
      return found.links.filter { $0.decided == nil }.compactMap { link in
        let isCertain = link.pair.verdict == .certain
        if new.contains(link.first) { return (link.first, link.second, isCertain) }
        return new.contains(link.second) ? (link.second, link.first, isCertain) : nil
      }
    }
  }

  /// How often each field is filled in here and in the return before, for fields that both have a column for.
  public func fillRates() throws(RegisterError) -> [FillRate] {
    try registerFailures {
      guard let previous = try previous() else { return [] }
      var rates: [FillRate] = []
      for record in register.model.records where try RevisionSet.isStored(record, connection) {
        let (now, before) = (try counts(record, of: id), try counts(record, of: previous))
        for field in record.fields {
          guard let own = now[field.id], let last = before[field.id] else { continue }
          rates.append(
            FillRate(
              record: record.id, field: field.id, rows: own.rows, filled: own.filled, rowsBefore: last.rows,
              filledBefore: last.filled))
        }
      }
      return rates
    }
  }

  /// By field that is not part of the key: rows that have a column for it, and those with a value.
  private func counts(_ record: RecordDefinition, of id: Int) throws -> [String: (rows: Int, filled: Int)] {
    let table = RecordTable(record, model: register.model)
    let isCarried = try LayoutBook(record: record, connection).matrix
    let places = record.fields.indices.filter { $0 != table.personPosition && !record.keyIndices.contains($0) }
    let columns = places.map { ", COUNT(\(sqlName(record.fields[$0].id)))" }.joined()
    let statement = try connection.statement(
      "SELECT _layout, COUNT(*)\(columns) FROM main.\(table.quotedName) WHERE _return = ? GROUP BY _layout")
    statement.bind(try ReturnOrder(connection).holder(of: id), at: 0)
    var counts: [String: (rows: Int, filled: Int)] = [:]
    while try statement.step() {
      let layout = isCarried[statement.integer(at: 0)]
      for (index, place) in places.enumerated() where layout[place] {
        let known = counts[record.fields[place].id] ?? (0, 0)
        counts[record.fields[place].id] = (
          known.rows + statement.integer(at: 1), known.filled + statement.integer(at: 2 + index)
        )
      }
    }
    return counts
  }
}
