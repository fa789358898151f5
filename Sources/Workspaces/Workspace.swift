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
  /// The versions of its model, each in force for a span of months.
  public let versions: ModelVersions

  /// The newest version of its model, in whose terms everything stored is read.
  public var model: DataModel { versions.current }

  var store: URL { folder.appendingPathComponent("store") }
  var reports: URL { folder.appendingPathComponent("reports") }

  /// Makes a new workspace in an empty or new folder, with its own copy of the model.
  ///
  /// One whose making was interrupted is completed: a folder that holds only parts of a workspace, and no returns.
  public static func create(
    in folder: URL, model name: String, title: String?, isSynthetic: Bool = false, by stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> (workspace: Workspace, report: [ImportNote]) {
    let found = try ModelLibrary().find(name)
    try checkRoom(in: folder)
    for part in ["models", "plans", "reports"] {
      do {
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
      } catch {
        throw .notWritable(folder.path)
      }
    }
    try writeText(found.yaml, to: folder.appendingPathComponent("models/\(found.model.id).yml"))
    try makeStore(folder.appendingPathComponent("store"), model: found.model, by: stamp)
    let settings = WorkspaceSettings(
      title: title ?? folder.lastPathComponent, model: found.model.id, isSynthetic: isSynthetic)
    // Written last: a folder with this file is a whole workspace.
    try writeText(settings.yaml, to: folder.appendingPathComponent(WorkspaceSettings.fileName))
    return (Workspace(folder: folder, settings: settings, versions: ModelVersions(found.model)), found.report)
  }

  /// Refuses a folder that is a workspace, or holds anything but parts that an interrupted making left.
  private static func checkRoom(in folder: URL) throws(WorkspaceError) {
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    let found = try names(in: folder.path)
    if found.contains(WorkspaceSettings.fileName) { throw .workspaceExists(folder: folder.relativePath) }
    let own: Set = ["models", "plans", "reports", "store", ".DS_Store"]
    if let other = found.first(where: { !own.contains($0) }) {
      throw .folderNotEmpty(folder: folder.relativePath, found: other)
    }
  }

  private static func makeStore(_ store: URL, model: DataModel, by stamp: AuditStamp?) throws(WorkspaceError) {
    let isMade = try storeTask { () throws(RegisterError) in try Register.exists(in: store) }
    guard isMade else {
      _ = try storeTask { () throws(RegisterError) in try Register.create(in: store, model: model, by: stamp) }
      return
    }
    let returns = try storeTask { () throws(RegisterError) in try Register.open(in: store, model: model).returns() }
    if !returns.isEmpty {
      throw .folderNotEmpty(folder: store.deletingLastPathComponent().relativePath, found: "store/register.sqlite")
    }
  }

  /// Whether a folder is a workspace.
  public static func exists(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(WorkspaceSettings.fileName).path)
  }

  /// Opens the workspace in a folder, with its own copy of its model and no other.
  ///
  /// - Parameter adopting: whether a new version is about to be adopted, so that the file in `models` may be it.
  public static func open(_ folder: URL, adopting: Bool = false) throws(WorkspaceError) -> Workspace {
    let file = folder.appendingPathComponent(WorkspaceSettings.fileName)
    let yaml: String
    do throws(WorkspaceError) {
      yaml = try text(of: file)
    } catch .fileNotFound {
      throw .noWorkspace(folder: folder.relativePath)
    }
    let settings: WorkspaceSettings
    do throws(DefinitionError) {
      settings = try WorkspaceSettings(yaml: yaml)
    } catch {
      throw .definitionRefused(error)
    }
    return Workspace(
      folder: folder, settings: settings, versions: try versionsOfModel(settings, in: folder, adopting: adopting))
  }

  func register() throws(WorkspaceError) -> Register {
    try storeTask { () throws(RegisterError) in try Register.open(in: store, model: model) }
  }

  /// The register in the terms of the version that is in force for a month.
  func register(for month: CalendarMonth) throws(WorkspaceError) -> Register {
    let model = versions.model(for: month)
    return try storeTask { () throws(RegisterError) in try Register.open(in: store, model: model) }
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
    if case .decisionRefused(let refusal) = error { throw .decisionRefused(refusal) }
    throw .storeNotUsable(error)
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
  /// What stays of somebody who is erased: nothing, unless the file says otherwise.
  public let erasureResidue: ErasureResidue
  /// Who is expected to send returns; when empty, everybody from the first month about which they sent.
  public let providers: [Provider]

  /// Who works here and in what role; when empty, everybody may do everything.
  public let people: [Person]
  /// How large the groups of people alike are to be before their records leave.
  public let recognition: Recognition

  /// A member of staff. Somebody with several roles is there several times.
  public struct Person: Hashable, Sendable {
    public let name: String
    public let role: StaffRole
    /// Whose returns they work with; nil for all.
    public let provider: String?
  }

  /// The least k and l of an export of records.
  public struct Recognition: Hashable, Sendable {
    public var k = 10
    public var l = 2

    public init() {}
  }

  /// A provider, with the first and the last month about which it sends.
  public struct Provider: Hashable, Sendable {
    public let name: String
    public let from: CalendarMonth?
    public let until: CalendarMonth?
    /// The days of its contract; nil for those of the model, if it names any.
    public let contract: ValueRange?
  }

  init(title: String, model: String, isSynthetic: Bool, erasureResidue: ErasureResidue = .nothing) {
    self.title = title
    self.model = model
    self.isSynthetic = isSynthetic
    self.erasureResidue = erasureResidue
    providers = []
    people = []
    recognition = Recognition()
  }

  init(yaml: String) throws(DefinitionError) {
    let root = try DefinitionNode(yaml: yaml, file: Self.fileName)
    do throws(DefinitionProblem) {
      let parts = try root.mapping(allowing: [
        "meedoen", "title", "model", "synthetic", "erasure", "providers", "people", "recognition",
      ])
      let kind = try parts.required("meedoen")
      guard try kind.text() == "workspace/1" else { throw kind.problem("“workspace/1” is expected here") }
      title = try parts.required("title").text()
      let modelNode = try parts.required("model")
      model = try modelNode.text()
      // It becomes the name of a file in `models/`, and must not lead out of it.
      guard model.first?.isLetter == true, model.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
      else { throw modelNode.problem("the id of a model is expected here: letters, digits, hyphens, underscores") }
      isSynthetic = try parts["synthetic"]?.yesOrNo() ?? false
      erasureResidue = try parts["erasure"]?.choice(ErasureResidue.self) ?? .nothing
      providers = try parts["providers"].map { (node) throws(DefinitionProblem) in try Self.providers(node) } ?? []
      people = try parts["people"].map { (node) throws(DefinitionProblem) in try Self.people(node) } ?? []
      recognition =
        try parts["recognition"].map { (node) throws(DefinitionProblem) in try Self.recognition(node) }
        ?? Recognition()
    } catch {
      throw DefinitionError([error])
    }
  }

  /// `2020-10..2023-03`: months or days, both included; one side may be open.
  private static func contract(_ node: DefinitionNode) throws(DefinitionProblem) -> ValueRange {
    let text = try node.text()
    let wrong = node.problem("“\(text)” is not a range of months or days, such as 2020-10..2023-03")
    guard let dots = text.firstRange(of: "..") else { throw wrong }
    func end(_ part: Substring) throws(DefinitionProblem) -> Value? {
      let part = part.trimmingCharacters(in: .whitespaces)
      if part.isEmpty { return nil }
      guard let value = CalendarMonth(iso: part).map(Value.month) ?? CalendarDate(iso: part).map(Value.date) else {
        throw wrong
      }
      return value
    }
    let range = ValueRange(lower: try end(text[..<dots.lowerBound]), upper: try end(text[dots.upperBound...]))
    guard range.lower != nil || range.upper != nil else { throw wrong }
    return range
  }

  private static func people(_ node: DefinitionNode) throws(DefinitionProblem) -> [Person] {
    var people: [Person] = []
    for item in try node.items() {
      let parts = try item.mapping(allowing: ["name", "role", "provider"])
      let role = try parts.required("role")
      let person = Person(
        name: try parts.required("name").text(), role: try role.choice(StaffRole.self),
        provider: try parts["provider"]?.text())
      guard person.role != .unstated else { throw role.problem("everybody on the list has a role") }
      people.append(person)
    }
    guard people.contains(where: { $0.role == .administrator }) else {
      throw node.problem("the list needs an administrator; without a list, everybody may do everything")
    }
    return people
  }

  private static func recognition(_ node: DefinitionNode) throws(DefinitionProblem) -> Recognition {
    let parts = try node.mapping(allowing: ["k", "l"])
    var limits = Recognition()
    if let k = parts["k"] { limits.k = try k.integer(in: 2...1_000, otherwise: "k lies between 2 and 1000") }
    if let l = parts["l"] { limits.l = try l.integer(in: 1...100, otherwise: "l lies between 1 and 100") }
    return limits
  }

  private static func providers(_ node: DefinitionNode) throws(DefinitionProblem) -> [Provider] {
    var providers: [Provider] = []
    for item in try node.items() {
      let parts = try item.mapping(allowing: ["name", "from", "until", "contract"])
      func month(_ part: String) throws(DefinitionProblem) -> CalendarMonth? {
        guard let node = parts[part] else { return nil }
        guard let month = CalendarMonth(iso: try node.text()) else {
          throw node.problem("a month such as 2016-03 is expected here")
        }
        return month
      }
      providers.append(
        Provider(
          name: try parts.required("name").text(), from: try month("from"), until: try month("until"),
          contract: try parts["contract"].map { (node) throws(DefinitionProblem) in try contract(node) }))
    }
    return providers
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
