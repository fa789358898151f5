import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// What would become of a return, without taking it in.
public struct ReturnPreview: Sendable {
  public let receipt: SubmissionReceipt
  public let comparison: ReturnComparison
  /// The return that it is compared with for what is no longer sent.
  public let previous: Fingerprint?
  /// The provider's latest return about the month, which a signed return is based on.
  public let latest: Fingerprint?
  /// The register without and with it, when they were asked for.
  public let snapshots: (before: RegisterSnapshot, after: RegisterSnapshot)?
}

extension Register {
  /// Takes a return in, looks at what that changes, and leaves everything as it was.
  ///
  /// It is the same taking in as ``append(_:basedOn:progress:)``, based on the provider's latest return about the month,
  /// and undone: what it shows is what would happen.
  /// - Parameters:
  ///   - withSnapshots: whether the register is read without and with the return.
  ///   - terms: the version in whose terms it is then read; nil for that of the return.
  ///   - noting: asked what is to be noted of the register with the return in it; nothing of it is kept.
  public func preview(
    _ accepted: AcceptedSubmission, withSnapshots: Bool, readAs terms: DataModel? = nil,
    noting: ((ReturnInPlace) throws(RegisterError) -> [Finding])? = nil
  ) throws(RegisterError) -> ReturnPreview {
    try registerFailures {
      try checkModel(of: accepted)
      let reader = Register(model: terms ?? model, folder: folder, database: database, keys: keys)
      do {
        return try database.write { (connection) -> ReturnPreview in
          let before = withSnapshots ? try reader.snapshot(connection, asKnownOn: nil, progress: nil) : nil
          let latest = try ReturnBasis.latest(of: accepted.source.provider, about: accepted.source.period, connection)
          let receipt = try add(
            accepted, basedOn: latest.map { .latest($0) }, isChecked: false, noting: noting, connection)
          let id = try number(of: receipt.fingerprint, connection)
          let (comparison, previous) = try compare(id, against: nil, connection)
          let after = withSnapshots ? try reader.snapshot(connection, asKnownOn: nil, progress: nil) : nil
          throw Undone(
            preview: ReturnPreview(
              receipt: receipt, comparison: comparison, previous: previous, latest: latest,
              snapshots: before.flatMap { before in after.map { (before, $0) } }))
        }
      } catch let undone as Undone {
        return undone.preview
      }
    }
  }

  /// Ends a transaction without a trace, and carries out of it what was seen.
  private struct Undone: Error {
    let preview: ReturnPreview
  }

  /// What a stored return changed of what was known before it, and what it no longer sent of the return before it. A part
  /// of a month leaves nothing out.
  ///
  /// - Parameter other: another stored return to compare it with instead.
  public func comparison(
    of fingerprint: Fingerprint, with other: Fingerprint? = nil
  ) throws(RegisterError) -> (comparison: ReturnComparison, previous: Fingerprint?) {
    try registerFailures {
      try database.read { connection in
        try compare(
          try number(of: fingerprint, connection), against: try other.map { try number(of: $0, connection) },
          connection)
      }
    }
  }

  private func compare(
    _ id: Int, against other: Int?, _ connection: Connection
  ) throws -> (comparison: ReturnComparison, previous: Fingerprint?) {
    let order = try ReturnOrder(connection)
    let reader = ComparisonReader(model: model, connection: connection, order: order)
    let sequence = try ReturnSequence(connection, order)
    let under = sequence.laidUnder(id)
    let previous = other ?? under.first
    let records = try reader.records(
      of: id, against: other, previous: other.map { [$0] } ?? under, later: other == nil ? sequence.laidOver(id) : [])
    let known =
      try other == nil
      ? reader.people(knownBesides: id) : Set(records.flatMap { $0.expected.map(\.person) })
    let comparison = ReturnComparison(
      records, knownPeople: known, hasPrevious: previous != nil && !sequence.isPart(id),
      listsRemoved: !sequence.isPart(id) && (other != nil || model.returnsHold == .everything))
    let text = try previous.flatMap { try connection.text("SELECT fingerprint FROM main.returns WHERE id = \($0)") }
    return (comparison, text.flatMap { Fingerprint(hex: $0) })
  }
}
