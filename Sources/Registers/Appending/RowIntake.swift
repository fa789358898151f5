import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions

/// The rows of one return on their way into the register, within its transaction.
struct RowIntake {
  private let accepted: AcceptedSubmission
  private let returnID: Int
  private let model: DataModel
  private let keys: RegisterKeys
  private var erased: ErasedPeople
  private let connection: Connection
  private let progress: ProgressHandler?
  private let total: Int

  init(
    _ accepted: AcceptedSubmission, return id: Int, model: DataModel, keys: RegisterKeys, erased: ErasedPeople,
    _ connection: Connection, _ progress: ProgressHandler?
  ) throws {
    self.accepted = accepted
    returnID = id
    self.model = model
    self.keys = keys
    self.erased = erased
    self.connection = connection
    self.progress = progress
    total = accepted.records.reduce(0) { $0 + $1.rowCount }
  }

  /// Takes the rows in, unless they are there; gives what became of them, and for each record the fingerprint of its
  /// rows in the register.
  mutating func run() throws -> (records: [SubmissionReceipt.Record], contents: [String: Fingerprint]) {
    progress?(StageProgress(stage: "storing", completed: 0, total: total))
    guard total > 0 else { return ([], [:]) }
    let mark = try ContentsMark.of(accepted, model: model, keys: keys)
    let holder = try connection.integer("SELECT return FROM main.content_marks WHERE mark = ?", [mark])
    if let holder {
      let copy = try connection.statement("INSERT INTO main.return_copies (return, rows_of) VALUES (?, ?)")
      copy.bind(returnID, at: 0)
      copy.bind(holder, at: 1)
      try copy.run()
      let order = try ReturnOrder(connection)
      let counting = try CopyCounting(of: returnID, holder: holder, model: model, order: order, connection)
      if try counting.changesNothing(accepted) { return (try counting.records(accepted), [:]) }
    }
    return try write(mark: holder == nil ? mark : nil)
  }

  func finish() {
    if total > 0 { progress?(StageProgress(stage: "storing", completed: total, total: total)) }
  }

  /// - Parameter mark: of the contents; nil when the rows are there and are only counted.
  private mutating func write(
    mark: String?
  ) throws -> (records: [SubmissionReceipt.Record], contents: [String: Fingerprint]) {
    let isCopy = mark == nil
    let order = try ReturnOrder(connection)
    let gate = try IdentityGate(model: model, keys: keys, provider: accepted.source.provider, connection)
    let (numbers, places) = people()
    let people = try gate.people(numbers)
    var counts: [Int: SubmissionReceipt.Record] = [:]
    var sent: [Int: [Int32]] = [:]
    var contents: [Int: HashedBytes] = [:]
    var isMarked = true
    var done = 0
    for (rows, places) in zip(accepted.records, places) where rows.rowCount > 0 {
      let record = rows.recordIndex
      var writer = try RevisionWriter(
        rows, of: people, places: places, after: sent[record], return: returnID, model: model,
        order: isCopy ? order.without(returnID) : order, own: order.ranks[returnID], connection)
      let (progress, total) = (progress, total)
      let told = {
        done += 1
        if done & 0x3FFF == 0 { progress?(StageProgress(stage: "storing", completed: done, total: total)) }
      }
      if isCopy {
        try writer.compare(through: gate, told: told)
      } else {
        try writer.write(through: gate, into: &contents[record, default: HashedBytes()], told: told)
      }
      let left = places.count { $0 < 0 }
      isMarked = isMarked && left == 0 && !writer.repeatsKey
      counts[record, default: .init(record: writer.record.id)].add(writer.counts)
      counts[record]!.rows += left
      counts[record]!.erased += left
      sent[record] = writer.rowsOfPerson
    }
    try countWaiting(sent, of: people, in: &counts, order)
    if let mark, isMarked {
      let statement = try connection.statement("INSERT INTO main.content_marks (mark, return) VALUES (?, ?)")
      statement.bind(mark, at: 0)
      statement.bind(returnID, at: 1)
      try statement.run()
    }
    var fingerprints: [String: Fingerprint] = [:]
    for (record, bytes) in contents where counts[record]!.rows > counts[record]!.erased {
      var bytes = bytes
      fingerprints[model.records[record].id] = bytes.finish()
    }
    return (counts.sorted { $0.key < $1.key }.map(\.value), fingerprints)
  }

  /// The numbers of the people of the return, each once, and for each row of each batch the place of its person among
  /// them; -1 for somebody who was erased.
  private mutating func people() -> (numbers: [String], places: [[Int32]]) {
    var numbers: [String] = []
    var known: [String: Int32] = [:]
    var places: [[Int32]] = []
    for rows in accepted.records {
      let position = rows.fieldIndices.firstIndex(
        of: model.records[rows.recordIndex].index(of: model.personField)!)!
      var own: [Int32] = []
      own.reserveCapacity(rows.rowCount)
      for row in 0..<rows.rowCount {
        let number = rows.value(row: row, position: position).canonicalText
        if let place = known[number] {
          own.append(place)
          continue
        }
        let place = erased.contains(number: number) ? -1 : Int32(numbers.count)
        if place >= 0 { numbers.append(number) }
        known[number] = place
        own.append(place)
      }
      places.append(own)
    }
    return (numbers, places)
  }

  /// Counts the rows whose person has no person record, now that all of the return is in.
  private func countWaiting(
    _ sent: [Int: [Int32]], of people: [IdentityGate.Person], in counts: inout [Int: SubmissionReceipt.Record],
    _ order: ReturnOrder
  ) throws {
    guard sent.contains(where: { model.records[$0.key].nature != .person }) else { return }
    let table = RecordTable(model.person, model: model)
    let find = try connection.statement("SELECT _return FROM main.\(table.quotedName) WHERE _person = ?")
    let own = sent[model.index(ofRecord: model.person.id)!]
    let isThere = try people.enumerated().map { place, person in
      if let own, own[place] > 0, order.ranks[returnID] >= 0, !order.isSetAside(person.id, return: returnID) {
        return true
      }
      if person.isNew { return false }
      find.bind(person.id, at: 0)
      var isThere = false
      while !isThere, try find.step() { isThere = order.counts(return: find.integer(at: 0), person: person.id) }
      find.reset()
      return isThere
    }
    for (record, rows) in sent where model.records[record].nature != .person {
      for (place, count) in rows.enumerated() where count > 0 && !isThere[place] {
        counts[record]!.waiting += Int(count)
      }
    }
  }
}

extension SubmissionReceipt.Record {
  mutating func add(_ other: SubmissionReceipt.Record) {
    rows += other.rows
    new += other.new
    changed += other.changed
    unchanged += other.unchanged
    superseded += other.superseded
  }
}
