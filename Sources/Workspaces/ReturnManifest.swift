import DataModels
import Foundation
import Primitives

/// What the file `return.yml` in a folder says of the return in it.
public struct ReturnManifest: Hashable, Sendable {
  static let fileName = "return.yml"

  public let provider: String
  public let period: CalendarMonth
  /// The day on which it was sent, which counts as the day of receipt unless another is given.
  public let sentOn: CalendarDate
  public let model: String?
  public let isSynthetic: Bool

  /// Reads the manifest of a folder; nil when it has none.
  init?(folder: URL) throws(WorkspaceError) {
    let file = folder.appendingPathComponent(Self.fileName)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    guard let yaml = try? String(contentsOf: file, encoding: .utf8) else { throw .fileNotFound(file.path) }
    do {
      let root = try DefinitionNode(yaml: yaml, file: "\(folder.lastPathComponent)/\(Self.fileName)")
      let parts = try root.mapping(allowing: ["meedoen", "provider", "period", "sent-on", "model", "synthetic"])
      let kind = try parts.required("meedoen")
      guard try kind.text() == "return/1" else { throw kind.problem("“return/1” is expected here") }
      provider = try parts.required("provider").text()
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
    } catch let problem as DefinitionProblem {
      throw .definitionRefused(DefinitionError([problem]))
    } catch let error as DefinitionError {
      throw .definitionRefused(error)
    } catch {
      throw .fileNotFound(file.path)
    }
  }

  /// The folders below these that hold a return, in the order in which they were sent.
  static func folders(below paths: [String]) throws(WorkspaceError) -> [(folder: URL, manifest: ReturnManifest)] {
    var found: [(URL, ReturnManifest)] = []
    for path in paths {
      let root = URL(fileURLWithPath: path)
      if let manifest = try ReturnManifest(folder: root) {
        found.append((root, manifest))
        continue
      }
      guard let names = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else { continue }
      for case let url as URL in names where url.lastPathComponent == Self.fileName {
        let folder = url.deletingLastPathComponent()
        if let manifest = try ReturnManifest(folder: folder) { found.append((folder, manifest)) }
      }
    }
    return found.sorted { a, b in
      (a.1.sentOn, a.1.period, a.1.provider, a.0.path) < (b.1.sentOn, b.1.period, b.1.provider, b.0.path)
    }
  }
}
