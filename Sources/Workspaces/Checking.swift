import DataModels
import Foundation
import Primitives
import Submissions

/// Checks files against a model, without a store.
public func checkFiles(
  _ paths: [String], model: DataModel, language: Language, progress: ProgressHandler? = nil
) throws(WorkspaceError) -> CheckResult {
  let files = try ReturnFiles.load(try ReturnFiles.collect(paths))
  return CheckResult(model.review(try ReturnFiles.sheets(of: files), progress: progress), language: language)
}
