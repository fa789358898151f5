import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles

/// Checks files against a model, without a store.
///
/// - Parameter returned: files to write about it, for the sender.
/// - Parameter aside: told of files in folders that are not read.
public func checkFiles(
  _ paths: [String], model: DataModel, language: Language, returned: ReturnedFiles = ReturnedFiles(),
  progress: ProgressHandler? = nil,
  aside: (LocalizedText) -> Void = { _ in }
) throws(WorkspaceError) -> CheckResult {
  let collection = try ReturnFiles.collect(paths)
  if let note = collection.note { aside(note) }
  let files = try ReturnFiles.load(collection.files)
  let sheets = try ReturnFiles.sheets(of: files)
  let review = model.review(sheets, progress: progress)
  let isForeign = !review.layouts.isEmpty && review.layouts.allSatisfy { $0.kind == .notRecognised }
  var result = CheckResult(
    review, language: language, skipped: collection.skipped,
    otherModel: isForeign ? try shippedModel(thatRecognises: sheets, besides: model) : nil)
  if !returned.isEmpty {
    let writer = ReturnedFileWriter(
      request: returned, review: review, result: result, files: files, sheets: sheets, sources: collection.files)
    result.written = try writer.write(aside: aside)
  }
  return result
}

/// The name of a shipped model that the sheets fit.
private func shippedModel(
  thatRecognises sheets: [RawSheet], besides model: DataModel
) throws(WorkspaceError) -> String? {
  let library = ModelLibrary()
  for entry in try library.entries() where entry.name != model.id {
    if try library.find(entry.name).model.recognises(sheets) { return entry.name }
  }
  return nil
}
