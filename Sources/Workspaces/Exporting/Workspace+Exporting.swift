import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Submissions
import TableFiles
import Tables

/// What is wanted of an export of records.
public struct ExportRequest: Sendable {
  public var format: RecordFormat
  /// The file or folder to make. There must be none yet.
  public var target: URL
  /// Ids of the wanted records; empty for all.
  public var records: [String]
  /// For whom it is, so that pseudonyms stay the same in their next export; nil for pseudonyms that fit nothing else.
  public var recipient: String?
  /// Of the pseudonyms, unless one is kept for the recipient.
  public var key: PseudonymKey
  public var language: Language
  /// Why records may leave in which people can be recognised; nil when they may not.
  public var acceptedRisk: String?
  /// Who exports, for the audit trail.
  public var stamp: AuditStamp?

  public init(
    format: RecordFormat, target: URL, records: [String] = [], recipient: String? = nil,
    key: PseudonymKey = PseudonymKey(), language: Language = .english
  ) {
    self.format = format
    self.target = target
    self.records = records
    self.recipient = recipient
    self.key = key
    self.language = language
  }

  fileprivate func places(in model: DataModel) throws(WorkspaceError) -> [Int] {
    var places: [Int] = []
    for id in records {
      guard let place = model.index(ofRecord: id) else {
        throw .unknownPart(id, near: nearMiss(id, among: model.records.map(\.id)))
      }
      places.append(place)
    }
    return places.isEmpty ? Array(model.records.indices) : Set(places).sorted()
  }
}

extension Workspace {
  /// Writes the records of the register, as known on a day, without identifying fields.
  ///
  /// First it is asked how far people could be recognised in them. The audit trail says who exported how much to whom,
  /// and the fingerprint of what was written; the entry is there before the export is.
  ///
  /// - Throws: ``WorkspaceError/recognisable(_:)`` when groups of people who are alike are too small, and nobody said why
  ///   that may be. Invented people may always leave.
  public func export(
    _ request: ExportRequest, asKnownOn day: CalendarDate?, progress: ProgressHandler? = nil
  ) throws(WorkspaceError) -> ExportResult {
    let places = try request.places(in: model)
    let recipient = try request.recipient.map { (name) throws(WorkspaceError) in try RecipientKey(name, store: store) }
    guard !FileManager.default.fileExists(atPath: request.target.path) else {
      throw .exportExists(path: request.target.relativePath)
    }
    let stamp = try allow(.exportRecords, by: request.stamp ?? .unnamed(on: day ?? CalendarDate(daysSinceEpoch: 0)))
    let register = try register()
    let snapshot = try storeTask { () throws(RegisterError) in
      try register.snapshot(asKnownOn: day, progress: progress)
    }
    var wanted = RiskRequest()
    (wanted.k, wanted.l) = (settings.recognition.k, settings.recognition.l)
    let risk = try risk(wanted, of: snapshot, records: Set(places))
    guard risk.isMet || settings.isSynthetic || request.acceptedRisk != nil else { throw .recognisable(risk) }
    let key = try recipient?.key(orNew: request.key) ?? request.key
    let maker = RecordTables(model: model, key: key, language: request.language, records: places)
    let tables = maker.tables(of: snapshot)
    var origin = origin(of: model)
    origin["asKnownOn"] = snapshot.asKnownOn.iso
    origin["registerFingerprint"] = snapshot.fingerprint.hex
    if settings.isSynthetic { origin["synthetic"] = "yes" }
    let files = try ExportFiles(
      tables: tables, name: "\(model.id)-\(snapshot.asKnownOn.iso)", title: settings.title, day: snapshot.asKnownOn,
      origin: origin, language: request.language
    ).write(as: request.format, to: request.target) { (fingerprint) throws(WorkspaceError) in
      let rows = tables.reduce(0) { $0 + $1.table.rowCount }
      let what =
        "\(request.format.rawValue) for \(request.recipient ?? "one export"): "
        + "\(snapshot.people.count) people, \(rows) rows, as known on \(snapshot.asKnownOn.iso)"
      let accepted = risk.isMet ? nil : request.acceptedRisk.map { "risk accepted (k \(risk.smallestClass)): \($0)" }
      let reason = [stamp.reason, accepted].compactMap(\.self).joined(separator: "; ")
      try storeTask { () throws(RegisterError) in
        try register.note(
          .recordsExported, about: AuditSubject(.records, what), by: reason.isEmpty ? stamp : stamp.because(reason),
          after: fingerprint)
      }
    }
    return ExportResult(
      format: request.format, files: files, model: model.id, modelVersion: model.version,
      asKnownOn: snapshot.asKnownOn, people: snapshot.people.count, records: summary(of: tables),
      leftOut: maker.leftOut, recipient: request.recipient, held: nil, risk: risk)
  }
}

/// Checks files against a model and writes the rows that can be taken in, without identifying fields.
///
/// - Parameter day: today; the day of the contents.
public func exportFiles(
  _ paths: [String], model: DataModel, on day: CalendarDate, _ request: ExportRequest,
  progress: ProgressHandler? = nil, aside: (LocalizedText) -> Void = { _ in }
) throws(WorkspaceError) -> ExportResult {
  let places = try request.places(in: model)
  let collection = try ReturnFiles.collect(paths)
  if let note = collection.note { aside(note) }
  let files = try ReturnFiles.load(collection.files)
  let review = model.review(try ReturnFiles.sheets(of: files).sheets, progress: progress)
  let source = ProviderReturn(provider: "-", period: day.month, receivedOn: day, files: files)
  let accepted = review.accept(as: source)
  let maker = RecordTables(model: model, key: request.key, language: request.language, records: places)
  let tables = maker.tables(of: accepted.records)
  let people = Set(
    tables.flatMap { table in
      (0..<table.table.rowCount).compactMap { table.table[model.personField]?[$0].canonicalText }
    })
  let written = try ExportFiles(
    tables: tables, name: model.id, title: model.title[request.language], day: day, origin: origin(of: model),
    language: request.language
  ).write(as: request.format, to: request.target)
  return ExportResult(
    format: request.format, files: written, model: model.id, modelVersion: model.version, asKnownOn: nil,
    people: people.count, records: summary(of: tables), leftOut: maker.leftOut, recipient: nil,
    held: accepted.summary.held, risk: nil)
}

private func origin(of model: DataModel) -> [String: String] {
  ["model": "\(model.id) \(model.version)", "modelFingerprint": model.fingerprint.hex]
}

private func summary(of tables: [DescribedTable]) -> [ExportResult.Record] {
  tables.map { .init(record: $0.name, rows: $0.table.rowCount, columns: $0.columns.count) }
}
