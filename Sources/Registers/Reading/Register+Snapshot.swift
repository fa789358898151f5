import DataModels
import Fingerprints
import Primitives
import Storage

extension Register {
  /// The register as it was known at the end of a day, from the returns received and the decisions taken until then.
  ///
  /// Numbers that were decided to be of one person are one person here, under the lowest of their pseudonyms; their rows
  /// are laid over each other as those of one number are.
  /// - Parameters:
  ///   - day: nil for all that was ever received; the snapshot then is as known on the day of the last receipt.
  ///   - progress: told how many stored rows were read, as the stage `reading`.
  public func snapshot(
    asKnownOn day: CalendarDate? = nil, progress: ProgressHandler? = nil
  ) throws(RegisterError) -> RegisterSnapshot {
    try registerFailures {
      try database.read { connection in try snapshot(connection, asKnownOn: day, progress: progress) }
    }
  }

  /// The same within the reading or transaction at hand.
  func snapshot(
    _ connection: Connection, asKnownOn day: CalendarDate?, progress: ProgressHandler?
  ) throws -> RegisterSnapshot {
    let links = StandingLinks(try Self.linkDecisions(connection, asKnownOn: day))
    return try snapshot(connection, links.representatives, asKnownOn: day, progress: progress)
  }

  /// The same of some records only, and without one return; others have no row, and its fingerprint says nothing.
  func snapshot(of records: Set<Int>, without id: Int?, _ connection: Connection) throws -> RegisterSnapshot {
    let links = StandingLinks(try Self.linkDecisions(connection, asKnownOn: nil))
    let order = try ReturnOrder(connection)
    return try snapshot(
      connection, links.representatives, id.map { order.without($0) } ?? order, asKnownOn: nil, only: records,
      progress: nil)
  }

  /// The same with every number apart, whatever was decided.
  func unmergedSnapshot(
    _ connection: Connection, asKnownOn day: CalendarDate?, progress: ProgressHandler?
  ) throws -> RegisterSnapshot {
    try snapshot(connection, [:], asKnownOn: day, progress: progress)
  }

  private func snapshot(
    _ connection: Connection, _ representatives: [String: String], asKnownOn day: CalendarDate?,
    progress: ProgressHandler?
  ) throws -> RegisterSnapshot {
    try snapshot(
      connection, representatives, try ReturnOrder(connection, asKnownOn: day), asKnownOn: day, only: nil,
      progress: progress)
  }

  private func snapshot(
    _ connection: Connection, _ representatives: [String: String], _ order: ReturnOrder, asKnownOn day: CalendarDate?,
    only wanted: Set<Int>?, progress: ProgressHandler?
  ) throws -> RegisterSnapshot {
    var reading = RevisionReading(model: model, order: order, connection: connection, progress: progress)
    try reading.countRows()
    let person = model.index(ofRecord: model.person.id)!
    let persons = try reading.rows(of: person) { _ in true }
    let (names, place) = try PersonPlaces.all(of: persons.people, representatives, connection)
    var records: [RegisterSnapshot.RecordRows] = []
    for record in model.records.indices {
      let isWanted = wanted?.contains(record) ?? true
      let rows = record == person ? persons : try reading.rows(of: record, isRead: isWanted) { place[$0] >= 0 }
      records.append(rows.laidOver(place: place, names: names))
    }
    reading.finish()
    let fingerprint =
      wanted == nil
      ? SnapshotContents(model: model, people: names, records: records).fingerprint : Fingerprint(of: "a part")
    return RegisterSnapshot(
      model: model, asKnownOn: day ?? order.lastReceipt ?? CalendarDate(daysSinceEpoch: 0),
      fingerprint: fingerprint, people: names, records: records, returnCount: order.count)
  }

  /// The fingerprint of the contents as known on a day, however they came about. Equal to the snapshot's.
  public func fingerprint(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> Fingerprint {
    try snapshot(asKnownOn: day).fingerprint
  }
}

/// Reads stored rows, telling how far it is.
struct RevisionReading {
  let model: DataModel
  let order: ReturnOrder
  let connection: Connection
  let progress: ProgressHandler?
  private var done = 0
  private var total = 0

  init(model: DataModel, order: ReturnOrder, connection: Connection, progress: ProgressHandler?) {
    self.model = model
    self.order = order
    self.connection = connection
    self.progress = progress
  }

  mutating func countRows() throws {
    guard progress != nil else { return }
    for record in model.records where try RevisionSet.isStored(record, connection) {
      total +=
        try connection.integer("SELECT MAX(_row) FROM main.\(RecordTable(record, model: model).quotedName)") ?? 0
    }
    progress?(StageProgress(stage: "reading", completed: 0, total: total))
  }

  /// All known rows of a record of the people who are wanted, by the register's number.
  ///
  /// - Parameter isRead: whether they are wanted at all; without it there is none.
  mutating func rows(of record: Int, isRead: Bool = true, where wanted: (Int) -> Bool) throws -> RevisionSet {
    var set = try RevisionSet(record: record, model: model, order: order, connection)
    guard isRead, try RevisionSet.isStored(model.records[record], connection) else { return set }
    let statement = try connection.statement(
      "SELECT \(set.selection) FROM main.\(set.table.quotedName) ORDER BY _row")
    while try statement.step() {
      try set.append(statement, where: wanted)
      done += 1
      if done & 0x1FFFF == 0 { progress?(StageProgress(stage: "reading", completed: done, total: total)) }
    }
    return set
  }

  func finish() {
    if total > 0 { progress?(StageProgress(stage: "reading", completed: total, total: total)) }
  }
}

/// The places of people among their pseudonyms.
enum PersonPlaces {
  /// The pseudonyms of people, ascending, and for each of the register's numbers its place among them or -1.
  ///
  /// - Parameter representatives: for a pseudonym that is one person with others, the one that stands for them all.
  static func all(
    of people: [Int32], _ representatives: [String: String], _ connection: Connection
  ) throws -> (names: [String], place: [Int32]) {
    let last = try connection.integer("SELECT MAX(id) FROM main.people") ?? 0
    var isWanted = [Bool](repeating: false, count: last + 1)
    for person in people { isWanted[Int(person)] = true }
    // The numbers of those that are one with others, by who stands for them.
    var groups: [String: [Int]] = [:]
    if !representatives.isEmpty {
      let find = try connection.statement("SELECT id FROM main.people WHERE pseudonym = ?")
      for (pseudonym, representative) in representatives {
        find.bind(pseudonym, at: 0)
        if try find.step() { groups[representative, default: []].append(find.integer(at: 0)) }
        find.reset()
      }
      for members in groups.values where members.contains(where: { isWanted[$0] }) {
        for member in members { isWanted[member] = true }
      }
    }
    var place = [Int32](repeating: -1, count: last + 1)
    var names: [String] = []
    // The index of pseudonyms is in their order.
    let statement = try connection.statement("SELECT id, pseudonym FROM main.people ORDER BY pseudonym")
    while try statement.step() {
      let id = statement.integer(at: 0)
      guard isWanted[id] else { continue }
      let pseudonym = statement.text(at: 1)!
      if let members = groups[pseudonym] {
        for member in members { place[member] = Int32(names.count) }
      } else if !representatives.isEmpty, representatives[pseudonym] != nil {
        continue
      } else {
        place[id] = Int32(names.count)
      }
      names.append(pseudonym)
    }
    return (names, place)
  }
}
