import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles

/// Finds and reads the files of a return.
public enum ReturnFiles {
  /// The CSV and Excel files among these files and folders, in order of name.
  public static func collect(_ paths: [String]) throws(WorkspaceError) -> [URL] {
    var files: [URL] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .fileNotFound(path) }
      let url = URL(fileURLWithPath: path)
      if isFolder.boolValue {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        files += names.filter { isTable($0) }.map { url.appendingPathComponent($0) }
      } else {
        files.append(url)
      }
    }
    guard !files.isEmpty else { throw .nothingToRead }
    return files
  }

  private static func isTable(_ name: String) -> Bool {
    let name = name.lowercased()
    return !name.hasPrefix(".") && !name.hasPrefix("~$")
      && [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls"].contains { name.hasSuffix($0) }
  }

  /// The files with their bytes.
  public static func load(_ urls: [URL]) throws(WorkspaceError) -> [ProviderReturn.File] {
    var files: [ProviderReturn.File] = []
    for url in urls {
      guard let data = try? Data(contentsOf: url) else { throw .fileNotFound(url.path) }
      files.append(ProviderReturn.File(name: url.lastPathComponent, content: data))
    }
    return files
  }

  /// The sheets of all files.
  public static func sheets(of files: [ProviderReturn.File]) throws(WorkspaceError) -> [RawSheet] {
    let reader = TableFileReader()
    var sheets: [RawSheet] = []
    for file in files {
      do throws(TableFileError) {
        sheets += try reader.read(file.content, named: file.name)
      } catch {
        throw .unreadable(error)
      }
    }
    return sheets
  }
}
