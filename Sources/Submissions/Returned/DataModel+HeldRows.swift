import DataModels
import TableFiles

extension DataModel {
  /// Whether every sheet that can be read is one of held rows. Beside a sheet of another kind they are not a part: the
  /// sender put something together, and what it holds is for the sender to say.
  func holdsOnlyHeldRows(_ sheets: [RawSheet]) -> Bool {
    let reader = LayoutReader(model: self)
    let read = sheets.filter { !$0.isEmpty && reader.layout(of: $0.withoutAdditions).0.kind != .notRecognised }
    return !read.isEmpty && read.allSatisfy(\.isOfHeldRows)
  }
}
