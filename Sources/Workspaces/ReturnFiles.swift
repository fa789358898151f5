import Fingerprints
import Foundation
import Primitives
import Submissions
import TableFiles

/// Finds and reads the files of a return.
public enum ReturnFiles {
  /// The files of a return, and what in its folders is no table.
  public struct Collection: Sendable {
    /// In the order of the paths, and in a folder by name.
    public var files: [URL] = []
    /// What lies in the folders and is not read. Manifests and hidden files are not named.
    public var skipped: [String] = []

    /// What is not read, to be told; nil when there is nothing of the kind.
    public var note: LocalizedText? {
      skipped.isEmpty
        ? nil
        : LocalizedText(
          "Not read, for it is no CSV, Excel or SPSS file: \(skipped.joined(separator: ", "))",
          nl: "Niet gelezen, want geen CSV-, Excel- of SPSS-bestand: \(skipped.joined(separator: ", "))")
    }
  }

  /// The CSV, Excel and SPSS files among these files and folders. A file that is named twice is there once. With a
  /// `datapackage.json` come the tables that it describes.
  ///
  /// Two different files of one name are refused: a finding names its file, so it has to be clear which.
  public static func collect(_ paths: [String]) throws(WorkspaceError) -> Collection {
    var collection = Collection()
    for path in paths {
      let url = URL(fileURLWithPath: path)
      guard try isFolder(path) else {
        collection.files.append(url)
        if url.lastPathComponent == DataPackage.descriptorName { collection.files += try tables(ofPackage: url) }
        continue
      }
      let package = url.appendingPathComponent(DataPackage.descriptorName)
      if FileManager.default.fileExists(atPath: package.path) {
        collection.files += [package] + (try tables(ofPackage: package))
      }
      for name in try names(in: path)
      where !isHidden(name) && name != ReturnManifest.fileName && name != DataPackage.descriptorName {
        let file = url.appendingPathComponent(name)
        if isTable(name), try !isFolder(file.path) {
          collection.files.append(file)
        } else {
          collection.skipped.append(file.relativePath)
        }
      }
    }
    var known: [String: URL] = [:]
    var files: [URL] = []
    for file in collection.files {
      let real = file.resolvingSymlinksInPath().standardizedFileURL
      if let other = known[file.lastPathComponent] {
        if other.resolvingSymlinksInPath().standardizedFileURL == real { continue }
        throw .twoFilesOfOneName(file.lastPathComponent, paths: [other.relativePath, file.relativePath])
      }
      known[file.lastPathComponent] = file
      files.append(file)
    }
    guard !files.isEmpty else { throw .nothingToRead }
    collection.files = files
    return collection
  }

  /// Whether a file is one that a person does not see: of the system, or a lock of Excel.
  static func isHidden(_ name: String) -> Bool { name.hasPrefix(".") || name.hasPrefix("~$") }

  static func isTable(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".sav", ".zsav"].contains { name.hasSuffix($0) }
  }

  /// The files that a `datapackage.json` describes, as far as they are there.
  private static func tables(ofPackage descriptor: URL) throws(WorkspaceError) -> [URL] {
    let content = try bytes(of: descriptor)
    do throws(TableFileError) {
      return try TableFileReader.paths(inPackage: content).map {
        descriptor.deletingLastPathComponent().appendingPathComponent($0)
      }.filter { FileManager.default.fileExists(atPath: $0.path) }
    } catch {
      throw .unreadable(error)
    }
  }

  /// The files with their bytes. One that is too large to be read is refused by its size, before any of it is read.
  public static func load(_ urls: [URL]) throws(WorkspaceError) -> [ProviderReturn.File] {
    var files: [ProviderReturn.File] = []
    let limit = ReadingLimits().fileBytes
    for url in urls {
      let size = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int
      if let size, size > limit {
        throw .unreadable(.tooLarge(file: url.lastPathComponent, bytes: size, limit: limit))
      }
      files.append(ProviderReturn.File(name: url.lastPathComponent, content: try bytes(of: url)))
    }
    return files
  }

  /// The sheets of the files that can be read, and why the others cannot.
  ///
  /// A file that cannot be read among others is a finding; when none can be read there is no answer, and it throws.
  public static func sheets(
    of files: [ProviderReturn.File]
  ) throws(WorkspaceError) -> (sheets: [RawSheet], unread: [UnreadFile]) {
    let reader = TableFileReader(sha256: { Fingerprint(of: $0).hex })
    var sheets: [RawSheet] = []
    var unread: [UnreadFile] = []
    var first: TableFileError?
    var inPackage: Set<String> = []
    func attempt(_ name: String, _ read: () throws(TableFileError) -> [RawSheet]) {
      do throws(TableFileError) {
        sheets += try read()
      } catch {
        first = first ?? error
        unread.append(UnreadFile(file: name, error: error))
      }
    }
    if let descriptor = files.first(where: { $0.name == DataPackage.descriptorName })?.content {
      inPackage.insert(DataPackage.descriptorName)
      attempt(DataPackage.descriptorName) { () throws(TableFileError) in
        var contents: [String: Data] = [:]
        for path in try TableFileReader.paths(inPackage: descriptor) {
          let name = path.split(separator: "/").last.map(String.init) ?? path
          guard let file = files.first(where: { $0.name == name }) else { continue }
          contents[path] = file.content
          inPackage.insert(name)
        }
        return try reader.read(package: descriptor, files: contents)
      }
    }
    for file in files where !inPackage.contains(file.name) {
      attempt(file.name) { () throws(TableFileError) in try reader.read(file.content, named: file.name) }
    }
    if let first, sheets.isEmpty { throw .unreadable(first) }
    return (sheets, unread)
  }
}
