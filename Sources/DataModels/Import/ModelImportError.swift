/// Why a folder could not be imported as a model.
public enum ModelImportError: Error, Equatable, Sendable {
  case noFolder(path: String)
  /// There is no folder `records` with at least one file of a record.
  case noRecords(path: String)
  /// The folder's name has no version and none was given.
  case noVersion(folderName: String)
  /// Files of the folder that are not what they should be: every problem, with its file and line.
  case refused([DefinitionProblem])
}

extension ModelImportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noFolder(let path): "There is no folder at \(path). Name the folder that holds records/ and categories/."
    case .noRecords(let path):
      "\(path) holds no folder “records” with YAML files, so it is not a published model. Name the folder above records/."
    case .noVersion(let name):
      "The version cannot be told from the folder's name “\(name)”. Give the version, or name the folder like v1.0.2."
    case .refused(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}
