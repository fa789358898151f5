import DataModels
import Primitives
import Storage

extension Register {
  /// For each person with a person record, by pseudonym, the provider whose return about them counts most: the last in
  /// the order in which returns are laid over each other.
  public func providersOfPeople(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> [String: String] {
    try registerFailures {
      try database.read { connection in
        try providersOfPeople(try ReturnOrder(connection, asKnownOn: day), connection)
      }
    }
  }

  /// The same within the reading or transaction at hand.
  func providersOfPeople(_ order: ReturnOrder, _ connection: Connection) throws -> [String: String] {
    guard try RevisionSet.isStored(model.person, connection) else { return [:] }
    var best: [Int: (rank: Int32, provider: String)] = [:]
    let rows = try connection.statement(
      """
      SELECT DISTINCT p._person, p._return, r.provider
      FROM main.\(RecordTable(model.person, model: model).quotedName) p JOIN main.returns r ON r.id = p._return
      """)
    while try rows.step() {
      let rank = order.ranks[rows.integer(at: 1)]
      let person = rows.integer(at: 0)
      if rank >= 0, best[person].map({ $0.rank < rank }) ?? true { best[person] = (rank, rows.text(at: 2)!) }
    }
    var found: [String: String] = [:]
    let people = try connection.statement("SELECT id, pseudonym FROM main.people")
    while try people.step() {
      if let provider = best[people.integer(at: 0)]?.provider { found[people.text(at: 1)!] = provider }
    }
    return found
  }
}
