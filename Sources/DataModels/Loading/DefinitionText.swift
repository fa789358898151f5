import Foundation

/// The text of a definition's file, with the name by which problems refer to it.
public struct DefinitionText: Hashable, Sendable {
  public let text: String
  /// The last part of the file's path.
  public let file: String

  /// Reads a file, or throws that there is none, that it cannot be read, or that it is not UTF-8 text.
  public init(contentsOf url: URL) throws(DefinitionError) {
    file = url.lastPathComponent
    func refusal(_ message: String) -> DefinitionError {
      DefinitionError([DefinitionProblem(file: url.lastPathComponent, line: 1, column: 1, message: message)])
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw refusal("there is no such file")
    }
    if isFolder.boolValue { throw refusal("this is a folder, and a file is expected") }
    guard let data = try? Data(contentsOf: url) else { throw refusal("the file cannot be read; may you open it?") }
    guard let text = String(data: data, encoding: .utf8) else { throw refusal("the file is not UTF-8 text") }
    self.text = text
  }
}
