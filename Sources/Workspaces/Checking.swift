import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles

/// Checks files against a model, without a store.
///
/// - Parameters:
///   - period: the month that the files are about, for checks that are milder at first; nil for all in full.
///   - receivedOn: the day after which nothing can have happened yet; nil for no such check.
///   - dates: the order of day and month in dates that do not show it; nil when nobody says.
///   - returned: files to write about it, for the sender.
///   - aside: told of files in folders that are not read.
public func checkFiles(
  _ paths: [String], model: DataModel, language: Language, period: CalendarMonth? = nil,
  receivedOn: CalendarDate? = nil, dates: DateOrder? = nil, returned: ReturnedFiles = ReturnedFiles(),
  progress: ProgressHandler? = nil,
  aside: (LocalizedText) -> Void = { _ in }
) throws(WorkspaceError) -> CheckResult {
  let collection = try ReturnFiles.collect(paths)
  if let note = collection.note { aside(note) }
  // Files for the sender need every cell; without them a large file is read row by row.
  if returned.isEmpty, collection.files.count == 1,
    let review = try screenedReview(
      of: collection.files[0], model: model, on: ReviewOccasion(period: period, receivedOn: receivedOn), progress)
  {
    return CheckResult(review, language: language, skipped: collection.skipped)
  }
  let files = try ReturnFiles.load(collection.files)
  let (sheets, unread) = try ReturnFiles.sheets(of: files)
  let review = model.review(
    sheets, on: ReviewOccasion(period: period, receivedOn: receivedOn, unread: unread, dates: dates),
    progress: progress)
  let isForeign = !review.layouts.isEmpty && review.layouts.allSatisfy { $0.kind == .notRecognised }
  var result = CheckResult(
    review, language: language, skipped: collection.skipped,
    otherModel: isForeign ? try shippedModel(thatRecognises: sheets, besides: model) : nil)
  result.dates = dates
  if !returned.isEmpty {
    let writer = ReturnedFileWriter(
      request: returned, review: review, result: result, files: files, sheets: sheets, sources: collection.files)
    result.written = try writer.write(aside: aside)
  }
  return result
}

/// The review of a large text file with a row for each person; nil for any other file.
private func screenedReview(
  of file: URL, model: DataModel, on occasion: ReviewOccasion, _ progress: ProgressHandler?
) throws(WorkspaceError) -> Review? {
  guard let mapped = MappedFile(file), mapped.bytes.count >= 1 << 20,
    let text = DelimitedText(mapped, limits: TableFileReader().limits)
  else { return nil }
  do throws(TableFileError) {
    return try model.screenedReview(of: text, on: occasion, progress: progress)
  } catch {
    throw .unreadable(error)
  }
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
