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
  /// Rows of people who were erased are left out, in the sealed files too. The rows of a return that says what an earlier
  /// one of the same provider said stand once.
  ///
  /// - Parameters:
  ///   - basis: what the sender knew to be the provider's latest return about the month; when it is another one,
  ///     ``RegisterError/otherBasis(provider:period:expected:found:)`` is thrown. nil when it does not matter.
  ///   - stamp: who takes it in, for the audit trail; nil for a program that nobody works with.
  ///   - noting: asked what is to be noted of the register with the return in it; kept with it as findings. Not asked
  ///     when the return was there already.
  ///   - progress: told how many rows were stored, as the stage `storing`.
  @discardableResult
  public func append(
    _ accepted: AcceptedSubmission, basedOn basis: ReturnBasis? = nil, by stamp: AuditStamp? = nil,
    noting: ((ReturnInPlace) throws(RegisterError) -> [Finding])? = nil, progress: ProgressHandler? = nil
  ) throws(RegisterError) -> SubmissionReceipt {
    try registerFailures {
      try checkModel(of: accepted)
      return try database.write { connection in
        try add(accepted, basedOn: basis, by: stamp, noting: noting, connection, progress: progress)
      }
    }
  }

  /// Keeps findings of a return behind those that it has.
  private func note(_ findings: [Finding], behind accepted: AcceptedSubmission, _ connection: Connection) throws {
    guard !findings.isEmpty else { return }
    let id = try number(of: accepted.source.fingerprint, connection)
    let journal = ReturnJournal(connection)
    let first = accepted.findings.count
    try journal.add(findings, to: id, model: model, from: first)
    try journal.addMarks(
      of: findings, to: id, provider: accepted.source.provider, model: model, keys: try requireKeys(), from: first)
  }

  /// Refuses a return of another model, and any return without the keys.
  func checkModel(of accepted: AcceptedSubmission) throws {
    _ = try requireKeys()
    guard accepted.model.id == model.id else {
      throw RegisterError.otherModel(stored: model.id, given: accepted.model.id)
    }
    guard accepted.model.version == model.version else {
      throw RegisterError.otherModelVersion(reviewed: accepted.model.version, opened: model.version)
    }
  }

  /// Adds a return within the transaction at hand.
  ///
  /// - Parameters:
  ///   - isChecked: whether the basis has to be the latest return. A correction's is the return that decides its cell,
  ///     which need not be.
  ///   - stamp: who takes it in; nil for a program that nobody works with.
  ///   - noting: see ``append(_:basedOn:by:noting:progress:)``.
  func add(
    _ accepted: AcceptedSubmission, basedOn basis: ReturnBasis?, isChecked: Bool = true, by stamp: AuditStamp? = nil,
    noting: ((ReturnInPlace) throws(RegisterError) -> [Finding])? = nil, _ connection: Connection,
    progress: ProgressHandler? = nil
  ) throws -> SubmissionReceipt {
    let keys = try requireKeys()
    let fingerprint = accepted.source.fingerprint
    let day = accepted.source.receivedOn
    let enteredBy = stamp
    let entered = entryDay(of: stamp, on: day)
    let stamp = stamp ?? .unnamed(on: day)
    try Properties.checkVaultKey(keys, connection)
    if let id = try connection.integer("SELECT id FROM main.returns WHERE fingerprint = ?", [fingerprint.hex]) {
      let receipt = try appendAgain(accepted, fingerprint, id: id, enteredOn: entered, connection) {
        try checkEntry(about: accepted.source.period, on: day, by: enteredBy, connection)
      }
      try AuditBook(connection).add(.returnReceivedAgain, AuditSubject(.return, fingerprint.hex), by: stamp, on: day)
      return receipt
    }
    try checkEntry(about: accepted.source.period, on: day, by: enteredBy, connection)
    let basis = try basis?.settled(for: accepted.source, connection)
    if let basis, isChecked { try basis.check(accepted.source, connection) }
    let journal = ReturnJournal(connection)
    let id = try journal.add(accepted, fingerprint: fingerprint, model: model)
    try journal.addReceipt(of: id, on: day, enteredOn: entered)
    try journal.addMarks(of: accepted.findings, to: id, provider: accepted.source.provider, model: model, keys: keys)
    if let basis { try basis.keep(for: id, connection) }
    var erased = try ErasedPeople(keys: keys, model: model, provider: accepted.source.provider, connection)
    if accepted.extent == .part { try journal.addPart(id) }
    try journal.add(
      accepted.heldKeys, to: id, provider: accepted.source.provider, model: model, keys: keys, besides: &erased)
    for file in accepted.source.files {
      var content = file.content
      if !erased.isEmpty,
        let redaction = FileRedaction(file, model: model, whosePerson: { erased.contains(number: $0) })
      {
        content = redaction.content
      }
      try journal.keep(file, sealed: try keys.vault.seal(content), of: id, fingerprint)
    }
    var intake = try RowIntake(accepted, return: id, model: model, keys: keys, erased: erased, connection, progress)
    let (records, contents) = try intake.run()
    if let noting {
      try note(
        try noting(ReturnInPlace(register: self, source: accepted.source, id: id, connection: connection)),
        behind: accepted, connection)
    }
    try AuditBook(connection).add(
      .returnTakenIn, AuditSubject(.return, fingerprint.hex), by: stamp, on: day,
      after: try ReturnContents.of(return: id, rows: contents, connection).contents)
    intake.finish()
    return SubmissionReceipt(fingerprint: fingerprint, outcome: .added, receivedOn: day, records: records)
  }

  private func appendAgain(
    _ accepted: AcceptedSubmission, _ fingerprint: Fingerprint, id: Int, enteredOn entered: CalendarDate,
    _ connection: Connection, checkingEarlier check: () throws -> Void
  ) throws -> SubmissionReceipt {
    let day = accepted.source.receivedOn
    let known = try connection.text("SELECT MIN(received_on) FROM main.receipts WHERE return = \(id)")
    let earliest = known.flatMap { CalendarDate(iso: $0) } ?? day
    if day < earliest { try check() }
    try ReturnJournal(connection).addReceipt(of: id, on: day, enteredOn: entered)
    var counts: [Int: SubmissionReceipt.Record] = [:]
    for rows in accepted.records where rows.rowCount > 0 {
      counts[rows.recordIndex, default: .init(record: model.records[rows.recordIndex].id)].rows += rows.rowCount
      counts[rows.recordIndex]!.unchanged += rows.rowCount
    }
    return SubmissionReceipt(
      fingerprint: fingerprint, outcome: day < earliest ? .receivedEarlier : .receivedBefore,
      receivedOn: min(day, earliest), records: counts.sorted { $0.key < $1.key }.map(\.value))
  }
}
