import DataModels
import Foundation
import Primitives

/// What a model, or one part of it, says in one language.
public struct ModelDescription: Encodable, Sendable {
  public struct RecordLine: Encodable, Sendable {
    public let id: String
    public let title: String
    public let kind: String
    public let key: [String]
    public let fields: [FieldLine]
  }

  public struct FieldLine: Encodable, Sendable {
    public let id: String
    public let type: String
    public let list: String?
    public let label: String
    public let help: String?
    public let privacy: PrivacyClass
    public let purpose: String?
    /// `yes`, `no`, or the condition in words.
    public let required: String
    public let range: String?
    public let unit: String?
  }

  public struct RuleLine: Encodable, Sendable {
    public let id: String
    public let record: String
    public let severity: Severity
    public let says: String
  }

  public struct CodeLine: Encodable, Sendable {
    public let code: String
    public let label: String
  }

  public let schema = "meedoen-model/1"
  public let id: String
  public let version: String
  public let title: String
  public let language: Language
  public let records: [RecordLine]
  public let rules: [RuleLine]
  public let codeLists: [String: [CodeLine]]
  /// The record or code list that was asked for.
  public let part: String?
}

/// Describes a model, or the record or code list with the name `part`.
public func describe(
  _ model: DataModel, part: String?, language: Language
) throws(WorkspaceError) -> ModelDescription {
  if let part, model.record(part) == nil, model.codeList(part) == nil {
    let names = model.records.map(\.id) + model.codeLists.map(\.id)
    throw .unknownPart(part, near: nearMiss(part, among: names))
  }
  let records = model.records.filter { part == nil || $0.id == part }
  return ModelDescription(
    id: model.id, version: model.version, title: model.title[language], language: language,
    records: records.map { record in
      ModelDescription.RecordLine(
        id: record.id, title: record.title[language], kind: record.nature.name, key: record.key,
        fields: record.fields.map { field in
          let required =
            field.isRequired ? "yes" : field.requiredIf.map { $0.inWords(language, model) } ?? "no"
          return ModelDescription.FieldLine(
            id: field.id, type: field.type.name, list: field.type.codeList, label: field.label[language],
            help: field.help?[language], privacy: field.privacy, purpose: field.purpose, required: required,
            range: field.range?.text, unit: field.unit)
        })
    },
    rules: model.rules.filter { part == nil || $0.record == part }.map {
      ModelDescription.RuleLine(id: $0.id, record: $0.record, severity: $0.severity, says: $0.says[language])
    },
    codeLists: Dictionary(
      uniqueKeysWithValues: model.codeLists.filter { part == nil || $0.id == part }.map { list in
        (list.id, list.codes.map { ModelDescription.CodeLine(code: $0.code, label: $0.label[language]) })
      }), part: part)
}

/// Writes a text file, with the folders it needs.
public func writeText(_ text: String, to file: URL) throws(WorkspaceError) {
  do {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
  } catch {
    throw .notWritable(file.path)
  }
}
