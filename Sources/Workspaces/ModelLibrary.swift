import DataModels
import Foundation
import Primitives
import ShippedModels

/// Finds data models: of the workspace, shipped with Meedoen, in a file, or in a published folder.
public struct ModelLibrary: Sendable {
  public enum Origin: String, Codable, Sendable { case workspace, shipped }

  /// A model that can be named.
  public struct Entry: Codable, Sendable {
    public let name: String
    public let version: String
    public let title: LocalizedText
    public let origin: Origin
    public let records: Int
    public let fields: Int
    public let rules: Int
  }

  /// The folder `models` of a workspace, if there is one.
  public let folder: URL?

  public init(workspace: URL? = nil) { folder = workspace?.appendingPathComponent("models") }

  /// The models that can be named, the workspace's own first.
  public func entries() throws(WorkspaceError) -> [Entry] {
    var entries: [Entry] = []
    for file in workspaceFiles() {
      entries.append(entry(try load(file), file.deletingPathExtension().lastPathComponent, .workspace))
    }
    for shipped in ShippedModels.all where !entries.contains(where: { $0.name == shipped.name }) {
      entries.append(entry(try parse(shipped.yaml, "\(shipped.name).yml"), shipped.name, .shipped))
    }
    return entries
  }

  /// The model with a name, in a file, or in a published folder (which is imported, with its report).
  public func find(_ name: String) throws(WorkspaceError) -> (model: DataModel, yaml: String, report: [ImportNote]) {
    if let file = workspaceFiles().first(where: { $0.deletingPathExtension().lastPathComponent == name }) {
      return (try load(file), try text(of: file), [])
    }
    if let shipped = ShippedModels.all.first(where: { $0.name == name }) {
      return (try parse(shipped.yaml, "\(name).yml"), shipped.yaml, [])
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) {
      let url = URL(fileURLWithPath: name)
      if isFolder.boolValue {
        let imported = try importPublished(url)
        return (try parse(imported.yaml, url.lastPathComponent), imported.yaml, imported.report)
      }
      return (try load(url), try text(of: url), [])
    }
    if name.contains("/") || name.hasSuffix(".yml") || name.hasSuffix(".yaml") { throw .fileNotFound(name) }
    let names = workspaceFiles().map { $0.deletingPathExtension().lastPathComponent } + ShippedModels.all.map(\.name)
    throw .unknownModel(name: name, near: nearMiss(name, among: names))
  }

  /// The workspace's own model with an id: the file of that name in `models/`, never one that is shipped.
  func own(_ id: String) throws(WorkspaceError) -> DataModel {
    guard let file = folder?.appendingPathComponent("\(id).yml"), FileManager.default.fileExists(atPath: file.path)
    else { throw .modelMissing(name: id, file: "models/\(id).yml") }
    return try parse(try text(of: file), file.lastPathComponent)
  }

  /// Translates a published folder into a model of ours.
  public func importPublished(
    _ folder: URL, id: String? = nil, version: String? = nil
  ) throws(WorkspaceError) -> ImportedModel {
    let name = id ?? "imported"
    do throws(ModelImportError) {
      return try PublishedModelImporter(folder: folder, id: name, version: version).import()
    } catch {
      throw .importFailed(error)
    }
  }

  private func workspaceFiles() -> [URL] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else { return [] }
    return names.filter { $0.hasSuffix(".yml") }.sorted().map { folder.appendingPathComponent($0) }
  }

  private func load(_ file: URL) throws(WorkspaceError) -> DataModel {
    do throws(DefinitionError) {
      return try DataModel(contentsOf: file)
    } catch {
      throw .definitionRefused(error)
    }
  }

  private func parse(_ yaml: String, _ name: String) throws(WorkspaceError) -> DataModel {
    do throws(DefinitionError) {
      return try DataModel(yaml: yaml, file: name)
    } catch {
      throw .definitionRefused(error)
    }
  }

  private func entry(_ model: DataModel, _ name: String, _ origin: Origin) -> Entry {
    Entry(
      name: name, version: model.version, title: model.title, origin: origin, records: model.records.count,
      fields: model.records.reduce(0) { $0 + $1.fields.count }, rules: model.rules.count)
  }
}
