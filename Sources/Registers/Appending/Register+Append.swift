import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

extension Register {
  /// Takes in what a review accepted: the only door into the register.
  ///
  /// All of it is in the register and the vault when this returns, and none of it when it throws or is stopped. The same
  /// return again changes nothing, except that it counts from the earliest day on which it was received.
  ///
  /// Rows of people who were erased are left out, in the sealed files too.
  ///
  /// - Parameters:
  ///   - stamp: who takes it in, for the audit trail; nil for a program that nobody works with.
  ///   - progress: told how many rows were stored, as the stage `storing`.
  @discardableResult
  public func append(
    _ accepted: AcceptedSubmission, by stamp: AuditStamp? = nil, progress: ProgressHandler? = nil
  ) throws(RegisterError) -> SubmissionReceipt {
    try registerFailures {
      let keys = try requireKeys()
      guard accepted.model.id == model.id else {
        throw RegisterError.otherModel(stored: model.id, given: accepted.model.id)
      }
      guard accepted.model.version == model.version else {
        throw RegisterError.otherModelVersion(reviewed: accepted.model.version, opened: model.version)
      }
      let fingerprint = accepted.source.fingerprint
      let stamp = stamp ?? .unnamed(on: accepted.source.receivedOn)
      return try database.write { connection in
        try Properties.checkVaultKey(keys, connection)
        let day = accepted.source.receivedOn
        if let id = try connection.integer("SELECT id FROM main.returns WHERE fingerprint = ?", [fingerprint.hex]) {
          try AuditBook(connection).add(.returnReceivedAgain, AuditSubject(.return, fingerprint.hex), by: stamp)
          return try appendAgain(accepted, fingerprint, id: id, connection)
        }
        let lastRows = try ReturnContents.lastRows(connection)
        let journal = ReturnJournal(connection)
        let id = try journal.add(accepted, fingerprint: fingerprint, model: model)
        try journal.addReceipt(of: id, on: day)
        var erased = try ErasedPeople(
          keys: keys, model: model, provider: accepted.source.provider, connection)
        for file in accepted.source.files {
          var content = file.content
          if !erased.isEmpty,
            let redaction = FileRedaction(file, model: model, whosePerson: { erased.contains(number: $0) })
          {
            content = redaction.content
          }
          try journal.keep(file, sealed: try keys.vault.seal(content), of: id, fingerprint)
        }
        let order = try ReturnOrder(connection)
        var gate = try IdentityGate(model: model, keys: keys, provider: accepted.source.provider, connection)
        let total = accepted.records.reduce(0) { $0 + $1.rowCount }
        var done = 0
        var counts: [Int: SubmissionReceipt.Record] = [:]
        var sent: [Int: [Int: Int]] = [:]
        progress?(StageProgress(stage: "storing", completed: 0, total: total))
        for rows in accepted.records where rows.rowCount > 0 {
          var writer = try RevisionWriter(rows, return: id, model: model, order: order, connection)
          var left = 0
          for row in 0..<rows.rowCount {
            if !erased.isEmpty, erased.contains(number: writer.personNumber(of: row)) {
              left += 1
            } else {
              try writer.write(row, through: &gate)
            }
            done += 1
            if done & 0x3FFF == 0 { progress?(StageProgress(stage: "storing", completed: done, total: total)) }
          }
          counts[rows.recordIndex, default: .init(record: writer.record.id)].add(writer.counts)
          counts[rows.recordIndex]!.rows += left
          counts[rows.recordIndex]!.erased += left
          sent[rows.recordIndex, default: [:]].merge(writer.rowsOfPerson, uniquingKeysWith: +)
        }
        try countWaiting(sent, in: &counts, connection)
        try AuditBook(connection).add(
          .returnTakenIn, AuditSubject(.return, fingerprint.hex), by: stamp,
          after: try ReturnContents.of(return: id, rowsAfter: lastRows, connection).contents)
        if total > 0 { progress?(StageProgress(stage: "storing", completed: total, total: total)) }
        return SubmissionReceipt(
          fingerprint: fingerprint, outcome: .added, receivedOn: day,
          records: counts.sorted { $0.key < $1.key }.map(\.value))
      }
    }
  }

  private func appendAgain(
    _ accepted: AcceptedSubmission, _ fingerprint: Fingerprint, id: Int, _ connection: Connection
  ) throws -> SubmissionReceipt {
    let day = accepted.source.receivedOn
    let known = try connection.text("SELECT MIN(received_on) FROM main.receipts WHERE return = \(id)")
    let earliest = known.flatMap { CalendarDate(iso: $0) } ?? day
    try ReturnJournal(connection).addReceipt(of: id, on: day)
    var counts: [Int: SubmissionReceipt.Record] = [:]
    for rows in accepted.records where rows.rowCount > 0 {
      counts[rows.recordIndex, default: .init(record: model.records[rows.recordIndex].id)].rows += rows.rowCount
      counts[rows.recordIndex]!.unchanged += rows.rowCount
    }
    return SubmissionReceipt(
      fingerprint: fingerprint, outcome: day < earliest ? .receivedEarlier : .receivedBefore,
      receivedOn: min(day, earliest), records: counts.sorted { $0.key < $1.key }.map(\.value))
  }

  /// Counts the rows whose person has no person record, now that all of the return is in.
  private func countWaiting(
    _ sent: [Int: [Int: Int]], in counts: inout [Int: SubmissionReceipt.Record], _ connection: Connection
  ) throws {
    let table = RecordTable(model.person, model: model)
    let find = try connection.statement("SELECT 1 FROM main.\(table.quotedName) WHERE _person = ? LIMIT 1")
    var isThere: [Int: Bool] = [:]
    for (record, people) in sent where model.records[record].nature != .person {
      for (person, rows) in people {
        if isThere[person] == nil {
          find.bind(person, at: 0)
          isThere[person] = try find.step()
          find.reset()
        }
        if isThere[person] == false { counts[record]!.waiting += rows }
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
