import DataModels
import Foundation
import Primitives
import Reports
import Submissions
import TableFiles

/// A file that was made of a model.
public struct ModelFile: Encodable, Sendable {
  public let schema = "meedoen-model-file/1"
  public let model: String
  public let version: String
  public let file: String
  /// What the file cannot hold.
  public let notes: [LocalizedText]
}

/// Writes an empty workbook for returns of a model: a sheet for each record, with drop-downs and notes.
///
/// - Parameter records: only these records; all when empty.
public func writeTemplate(
  of model: DataModel, records: [String], language: Language, to file: URL
) throws(WorkspaceError) -> ModelFile {
  for record in records where model.record(record) == nil {
    throw .unknownPart(record, near: nearMiss(record, among: model.records.map(\.id)))
  }
  try write(ReturnTemplate(model, language: language, records: Set(records)).sheets, to: file)
  return ModelFile(model: model.id, version: model.version, file: file.path, notes: [])
}

/// Writes a model as an XLSForm.
public func writeForm(of model: DataModel, language: Language, to file: URL) throws(WorkspaceError) -> ModelFile {
  let form = CollectionForm(model, language: language)
  try write(form.sheets, to: file)
  return ModelFile(model: model.id, version: model.version, file: file.path, notes: form.notes)
}

private func write(_ sheets: [WorkbookSheet], to file: URL) throws(WorkspaceError) {
  do throws(TableFileError) {
    try WorkbookWriter(sheets: sheets).write(to: file)
  } catch {
    throw .unreadable(error)
  }
}

/// The pages of a model that were written.
public struct ModelPages: Encodable, Sendable {
  public let schema = "meedoen-model-pages/1"
  public let model: String
  public let version: String
  public let files: [String]
}

/// Writes the pages of a model to a folder, one file a language: records, fields, rules, codes, and how they hang together.
public func writePages(of model: DataModel, to folder: URL) throws(WorkspaceError) -> ModelPages {
  let report = Report(model: model)
  var files: [String] = []
  for language in Language.allCases {
    let other: Language = language == .dutch ? .english : .dutch
    let file = folder.appendingPathComponent("\(model.id).\(language.rawValue).html")
    let renderer = HTMLRenderer(
      language: language, translation: .init(other, at: "\(model.id).\(other.rawValue).html"))
    try writeText(renderer.render(report), to: file)
    files.append(file.path)
  }
  return ModelPages(model: model.id, version: model.version, files: files)
}
