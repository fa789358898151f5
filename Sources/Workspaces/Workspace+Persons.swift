import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports

/// Everything that is known of one person, for that person.
public struct PersonExport: Encodable, Sendable {
  public struct Row: Encodable, Sendable {
    public let record: String
    public let title: String
    public let values: [Value]
  }

  public struct Value: Encodable, Sendable {
    public let field: String
    public let label: String
    /// As it would be written in a return.
    public let value: String
    /// As people read it; for a code its label.
    public let text: String
    public let privacy: PrivacyClass?
    /// Why it is recorded.
    public let purpose: String?
    /// How long it is kept.
    public let keep: String?
  }

  public struct Source: Encodable, Sendable {
    public let fingerprint: Fingerprint
    public let provider: String
    public let period: CalendarMonth
    public let receivedOn: CalendarDate
    public let modelVersion: String
    public let rows: [Row]
  }

  public let schema = "meedoen-person/1"
  public let organisation: String
  public let model: String
  public let modelVersion: String
  public let language: Language
  public let madeOn: CalendarDate
  /// Whether the person is invented.
  public let isSynthetic: Bool
  public let number: String
  public let provider: String
  /// What counts now.
  public let rows: [Row]
  /// What each return said.
  public let sources: [Source]
}

/// The files that an export of a person wrote.
public struct PersonExportResult: Encodable, Sendable {
  public let schema = "meedoen-person-export/1"
  public let files: [String]
  public let rows: Int
  public let returns: Int
  /// By which the audit trail names the person.
  public let mark: String
}

/// What erasing a person did.
public struct PersonErasureResult: Encodable, Sendable {
  public let schema = "meedoen-person-erasure/1"
  public let erasure: ErasureReceipt
}

extension Workspace {
  /// Writes everything that is known of a person as JSON and as a page in a language. The files do not bear the person's
  /// number in their names.
  public func exportPerson(
    _ number: String, provider: String, to folder: URL, on day: CalendarDate, language: Language, by stamp: AuditStamp
  ) throws(WorkspaceError) -> PersonExportResult {
    let stamp = try allow(.reidentify, by: stamp)
    let register = try register()
    let dossier = try storeTask { () throws(RegisterError) in
      try register.dossier(ofPerson: number, provider: provider, by: stamp)
    }
    let export = PersonExport(
      organisation: settings.title, model: model.id, modelVersion: model.version, language: language, madeOn: day,
      isSynthetic: settings.isSynthetic, number: dossier.number, provider: dossier.provider,
      rows: rows(dossier.rows, language),
      sources: dossier.sources.map { source in
        PersonExport.Source(
          fingerprint: source.fingerprint, provider: source.provider, period: source.period,
          receivedOn: source.receivedOn, modelVersion: source.modelVersion, rows: rows(source.rows, language))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(export) else { throw .notWritable(folder.path) }
    let page = HTMLRenderer(language: language).render(PersonPage(export: export, model: model.withEarlierParts).report)
    let name = "person-\(dossier.mark.prefix(8))"
    var files: [String] = []
    for (text, ending) in [(String(decoding: json, as: UTF8.self), "json"), (page, "html")] {
      let file = folder.appendingPathComponent("\(name).\(ending)")
      try writeText(text, to: file)
      // It is one person's, and nobody else's on this machine.
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      files.append(file.relativePath)
    }
    return PersonExportResult(
      files: files, rows: dossier.rows.count, returns: dossier.sources.count, mark: dossier.mark)
  }

  private func rows(_ rows: [PersonDossier.Row], _ language: Language) -> [PersonExport.Row] {
    // Fields that are gone are still kept of the person.
    let model = model.withEarlierParts
    return rows.map { row in
      let record = model.record(row.record)
      return PersonExport.Row(
        record: row.record, title: record?.title[language] ?? row.record,
        values: row.entries.map { entry in
          let field = record?.field(entry.field)
          let purpose = field?.purpose
          return PersonExport.Value(
            field: entry.field, label: field?.label[language] ?? entry.field, value: entry.value,
            text: field.map { text(entry.value, $0, language) } ?? entry.value, privacy: field?.privacy,
            purpose: purpose.map { model.processing.purpose($0)?.title[language] ?? $0 },
            keep: model.processing.term(record: row.record, field: entry.field)?.inWords(language, model))
        })
    }
  }

  private func text(_ value: String, _ field: Field, _ language: Language) -> String {
    switch field.type {
    case .date: return CalendarDate(iso: value).map { language.date($0) } ?? value
    case .month: return CalendarMonth(iso: value).map { language.month($0) } ?? value
    case .code(let list): return model.withEarlierParts.codeList(list)?.label(of: value)?[language] ?? value
    case .list(let list?):
      guard let codes = model.codeList(list) else { return value }
      return value.split(separator: ",").map { part in
        let code = part.drop { $0 == " " }
        return codes.label(of: String(code))?[language] ?? String(code)
      }.joined(separator: ", ")
    default: return value + (field.unit.map { " \($0)" } ?? "")
    }
  }

  /// Erases a person, and keeps of them what `meedoen.yml` says under `erasure`.
  public func erasePerson(
    _ number: String, provider: String, on day: CalendarDate, by stamp: AuditStamp
  ) throws(WorkspaceError) -> PersonErasureResult {
    let stamp = try allow(.erasePeople, by: stamp)
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      PersonErasureResult(
        erasure: try register.erase(
          person: number, provider: provider, residue: settings.erasureResidue, on: day, by: stamp))
    }
  }
}
