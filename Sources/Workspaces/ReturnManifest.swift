import DataModels
import Foundation
import Primitives
import Submissions

/// What the file `return.yml` in a folder says of the return in it.
public struct ReturnManifest: Hashable, Sendable {
  static let fileName = "return.yml"

  public let provider: String
  public let period: CalendarMonth
  /// The day on which it was sent, which counts as the day of receipt unless another is given.
  public let sentOn: CalendarDate
  public let model: String?
  public let isSynthetic: Bool
  /// Whether it holds some rows only, to be laid over the whole return about the month.
  public let isPart: Bool
  /// The order of day and month in dates that do not show it.
  public let dates: DateOrder?
  /// File, line and column of what it says, by the name of the part.
  private let places: [String: String]

  /// Where the manifest says something, as file, line and column.
  func place(of part: String) -> String { places[part] ?? Self.fileName }

  /// Reads the manifest of a folder; nil when it has none.
  init?(folder: URL) throws(WorkspaceError) {
    let file = folder.appendingPathComponent(Self.fileName)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    let yaml = try text(of: file)
    do throws(DefinitionError) {
      let root = try DefinitionNode(yaml: yaml, file: file.relativePath)
      do throws(DefinitionProblem) {
        let parts = try root.mapping(allowing: [
          "meedoen", "provider", "period", "sent-on", "model", "synthetic", "part", "dates",
        ])
        let kind = try parts.required("meedoen")
        guard try kind.text() == "return/1" else { throw kind.problem("“return/1” is expected here") }
        let providerNode = try parts.required("provider")
        provider = try providerNode.text()
        let periodNode = try parts.required("period")
        guard let period = CalendarMonth(iso: try periodNode.text()) else {
          throw periodNode.problem("a month such as 2016-03 is expected here")
        }
        self.period = period
        let sentNode = try parts.required("sent-on")
        guard let sentOn = CalendarDate(iso: try sentNode.text()) else {
          throw sentNode.problem("a date such as 2016-04-12 is expected here")
        }
        self.sentOn = sentOn
        model = try parts["model"]?.text()
        isSynthetic = try parts["synthetic"]?.yesOrNo() ?? false
        isPart = try parts["part"]?.yesOrNo() ?? false
        if let node = parts["dates"] {
          guard let order = DateOrder(rawValue: try node.text()) else {
            throw node.problem("“day-month” or “month-day” is expected here")
          }
          dates = order
        } else {
          dates = nil
        }
        var places: [String: String] = [:]
        for (name, node) in [("provider", providerNode), ("period", periodNode), ("sent-on", sentNode)] {
          let place = node.problem("")
          places[name] = "\(place.file):\(place.line):\(place.column)"
        }
        self.places = places
      } catch {
        throw DefinitionError([error])
      }
    } catch {
      throw .definitionRefused(error)
    }
  }

  /// A folder that holds a return.
  struct Folder {
    let url: URL
    let manifest: ReturnManifest
  }

  /// What was found below some paths.
  struct Search {
    /// In the order in which they were sent.
    var folders: [Folder] = []
    /// Paths with no manifest in or below them.
    var pathsWithout: [String] = []
    /// Tables that lie in or below the paths, in no folder with a manifest.
    var strayTables: [String] = []
  }

  /// The folders in and below these that hold a return. What cannot be opened is an error, not passed over.
  static func search(_ paths: [String]) throws(WorkspaceError) -> Search {
    var search = Search()
    for path in paths {
      guard try isFolder(path) else {
        search.pathsWithout.append(path)
        continue
      }
      let before = search.folders.count
      var stray: [String] = []
      try visit(URL(fileURLWithPath: path), &search.folders, &stray)
      if search.folders.count == before {
        search.pathsWithout.append(path)
      } else {
        search.strayTables += stray
      }
    }
    search.folders.sort { a, b in
      (a.manifest.sentOn, a.manifest.period, a.manifest.provider, a.url.path)
        < (b.manifest.sentOn, b.manifest.period, b.manifest.provider, b.url.path)
    }
    return search
  }

  private static func visit(
    _ folder: URL, _ folders: inout [Folder], _ stray: inout [String]
  ) throws(WorkspaceError) {
    if let manifest = try ReturnManifest(folder: folder) {
      folders.append(Folder(url: folder, manifest: manifest))
      return
    }
    for name in try names(in: folder.path) where !ReturnFiles.isHidden(name) {
      let inner = folder.appendingPathComponent(name)
      // A link to a folder is not followed: it could lead round in a circle.
      let type = try? FileManager.default.attributesOfItem(atPath: inner.path)[.type] as? FileAttributeType
      if type == .typeDirectory {
        try visit(inner, &folders, &stray)
      } else if ReturnFiles.isTable(name) {
        stray.append(inner.relativePath)
      }
    }
  }
}
