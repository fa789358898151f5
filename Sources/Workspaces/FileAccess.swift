import Foundation
import Primitives

extension WorkspaceError {
  /// Why something at a path could not be opened: it is not there, or it may not be read, or what the system says.
  init(opening path: String, _ error: any Error) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let code = (error as? CocoaError)?.code
    if code == .fileReadNoPermission {
      self = .notReadable(path: path, reason: LocalizedText("you may not read it", nl: "u mag het niet lezen"))
    } else if !exists || code == .fileReadNoSuchFile || code == .fileNoSuchFile {
      self = .fileNotFound(path)
    } else if isFolder.boolValue {
      self = .notReadable(
        path: path,
        reason: LocalizedText("it is a folder that does not open as asked", nl: "het is een map die zo niet opengaat"))
    } else {
      let reason = (error as NSError).localizedDescription
      self = .notReadable(
        path: path, reason: LocalizedText("the system says “\(reason)”", nl: "het systeem zegt “\(reason)”"))
    }
  }
}

/// Whether a path is a folder.
func isFolder(_ path: String) throws(WorkspaceError) -> Bool {
  do {
    // Links are followed: a link to nothing is not there.
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return try FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType == .typeDirectory
  } catch {
    throw WorkspaceError(opening: path, error)
  }
}

/// The names in a folder, sorted.
func names(in folder: String) throws(WorkspaceError) -> [String] {
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  } catch {
    throw WorkspaceError(opening: folder, error)
  }
}

/// The bytes of a file.
func bytes(of file: URL) throws(WorkspaceError) -> Data {
  do {
    return try Data(contentsOf: file)
  } catch {
    throw WorkspaceError(opening: file.path, error)
  }
}

/// The text of a definition.
func text(of file: URL) throws(WorkspaceError) -> String {
  let data = try bytes(of: file)
  guard !data.contains(0), let text = String(data: data, encoding: .utf8) else { throw .notText(path: file.path) }
  return text
}
