import DataModels
import Foundation
import Primitives
import Registers

/// The folder of one programme: its settings, models, plans, register and reports. Nothing is written elsewhere.
///
/// `meedoen.yml` · `models/` · `plans/` · `store/` · `reports/`
public struct Workspace: Sendable {
  public let folder: URL
  public let settings: WorkspaceSettings
  public let model: DataModel

  var store: URL { folder.appendingPathComponent("store") }
  var reports: URL { folder.appendingPathComponent("reports") }

  /// Makes a new workspace in an empty or new folder, with its own copy of the model.
  public static func create(
    in folder: URL, model name: String, title: String?, isSynthetic: Bool = false
  ) throws(WorkspaceError) -> (workspace: Workspace, report: [ImportNote]) {
    let found = try ModelLibrary().find(name)
    let existing = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard existing.isEmpty else { throw .workspaceExists(folder: folder.path) }
    for part in ["models", "plans", "reports"] {
      do {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
      } catch {
        throw .notWritable(folder.path)
      }
    }
    try writeText(found.yaml, to: folder.appendingPathComponent("models/\(found.model.id).yml"))
    _ = try storeTask { () throws(RegisterError) in
      try Register.create(in: folder.appendingPathComponent("store"), model: found.model)
    }
    let settings = WorkspaceSettings(
      title: title ?? folder.lastPathComponent, model: found.model.id, isSynthetic: isSynthetic)
    // Written last: a folder with this file is a whole workspace.
    try writeText(settings.yaml, to: folder.appendingPathComponent(WorkspaceSettings.fileName))
    return (Workspace(folder: folder, settings: settings, model: found.model), found.report)
  }

  /// Opens the workspace in a folder.
  public static func open(_ folder: URL) throws(WorkspaceError) -> Workspace {
    let file = folder.appendingPathComponent(WorkspaceSettings.fileName)
    guard let yaml = try? String(contentsOf: file, encoding: .utf8) else { throw .noWorkspace(folder: folder.path) }
    let settings: WorkspaceSettings
    do throws(DefinitionError) {
      settings = try WorkspaceSettings(yaml: yaml)
    } catch {
      throw .definitionRefused(error)
    }
    let model = try ModelLibrary(workspace: folder).find(settings.model).model
    return Workspace(folder: folder, settings: settings, model: model)
  }

  func register() throws(WorkspaceError) -> Register {
    try storeTask { () throws(RegisterError) in try Register.open(in: store, model: model) }
  }

  func registerForReading() throws(WorkspaceError) -> Register {
    try storeTask { () throws(RegisterError) in try Register.openForReading(in: store, model: model) }
  }
}

/// Runs a task of the register; its errors become the workspace's.
func storeTask<Result>(_ task: () throws(RegisterError) -> Result) throws(WorkspaceError) -> Result {
  do throws(RegisterError) {
    return try task()
  } catch {
    throw .storeNotUsable(error.message)
  }
}

/// What `meedoen.yml` says.
public struct WorkspaceSettings: Hashable, Sendable {
  static let fileName = "meedoen.yml"

  public let title: String
  /// The name of the model in `models/`.
  public let model: String
  /// Whether all people in it are invented; reports then say so.
  public let isSynthetic: Bool

  init(title: String, model: String, isSynthetic: Bool) {
    self.title = title
    self.model = model
    self.isSynthetic = isSynthetic
  }

  init(yaml: String) throws(DefinitionError) {
    let root = try DefinitionNode(yaml: yaml, file: Self.fileName)
    do throws(DefinitionProblem) {
      let parts = try root.mapping(allowing: ["meedoen", "title", "model", "synthetic"])
      let kind = try parts.required("meedoen")
      guard try kind.text() == "workspace/1" else { throw kind.problem("“workspace/1” is expected here") }
      title = try parts.required("title").text()
      model = try parts.required("model").text()
      isSynthetic = try parts["synthetic"]?.yesOrNo() ?? false
    } catch {
      throw DefinitionError([error])
    }
  }

  var yaml: String {
    """
    meedoen: workspace/1
    title: "\(title.filter { $0 != "\"" && $0 != "\\" })"
    model: \(model)
    synthetic: \(isSynthetic ? "yes" : "no")

    """
  }
}
