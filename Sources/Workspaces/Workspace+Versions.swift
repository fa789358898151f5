import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers

/// The versions of a workspace's model, and when each is in force.
public struct ModelVersionList: Encodable, Sendable {
  public struct Version: Encodable, Sendable {
    public let version: String
    public let fingerprint: Fingerprint
    /// The first month about which returns are checked against it; null for the beginning.
    public let from: CalendarMonth?
    /// The last such month; null when there is no end yet.
    public let until: CalendarMonth?
    /// Whether there is a month for which it is in force: one that was adopted later may have taken its place.
    public let isInForce: Bool
    public let adoptedOn: CalendarDate?
    public let by: String?
    public let reason: String?
    /// Returns that were checked against it.
    public let returns: Int
  }

  public let schema = "meedoen-model-versions/1"
  public let model: String
  /// In whose terms everything stored is read.
  public let current: String
  public let versions: [Version]
}

/// What adopting a version of the model does, or did.
public struct ModelAdoption: Encodable, Sendable {
  public let schema = "meedoen-model-adoption/1"
  /// False when it was only looked at.
  public let isAdopted: Bool
  public let from: CalendarMonth
  public let difference: ModelDifferenceReport
  /// Returns about that month or later that were checked against an older version. They stay as they are.
  public let returnsUnderOlder: Int
  /// Where the version in force can be read; null when it was only looked at.
  public let file: String?
}

/// The versions of the model that a workspace has, by its register and its folder.
func versionsOfModel(
  _ settings: WorkspaceSettings, in folder: URL, adopting: Bool
) throws(WorkspaceError) -> ModelVersions {
  let own = try ModelLibrary(workspace: folder).own(settings.model)
  let adopted = try storeTask { () throws(RegisterError) in
    try Register.adoptedVersions(in: folder.appendingPathComponent("store"))
  }
  guard !adopted.isEmpty else { return ModelVersions(own) }
  // The file may be of an older version when the adoption was stopped half-way; the register knows better.
  guard adopting || adopted.contains(where: { $0.fingerprint == own.fingerprint }) else {
    throw .modelFileDiffers(file: "models/\(settings.model).yml", version: adopted.last!.version)
  }
  var versions: [ModelVersions.Version] = []
  for each in adopted {
    do throws(DefinitionError) {
      versions.append(
        .init(model: try DataModel(yaml: each.definition, file: "\(settings.model) \(each.version)"), from: each.from))
    } catch {
      throw .definitionRefused(error)
    }
  }
  return ModelVersions(adopted: versions)
}

extension Workspace {
  /// Which version of the model is in force when.
  public func modelVersions() throws(WorkspaceError) -> ModelVersionList {
    let adopted = try storeTask { () throws(RegisterError) in try Register.adoptedVersions(in: store) }
    let register = try registerForReading()
    let counts = try storeTask { () throws(RegisterError) in try register.returnsByVersion() }
    return ModelVersionList(
      model: model.id, current: model.version,
      versions: versions.adopted.map { each in
        let place = versions.inForce.firstIndex { $0.model.fingerprint == each.model.fingerprint }
        let entry = adopted.first { $0.fingerprint == each.model.fingerprint }
        return ModelVersionList.Version(
          version: each.model.version, fingerprint: each.model.fingerprint, from: each.from,
          until: place.flatMap { versions.end(of: $0) }, isInForce: place != nil, adoptedOn: entry?.adoptedOn,
          by: entry?.by, reason: entry?.reason, returns: counts[each.model.version] ?? 0)
      })
  }

  /// Puts a version of the model in force for returns from a month on; or only shows what that does.
  ///
  /// What is stored stays as it was sent, and is read in the new version's terms by its crosswalk. Returns about earlier
  /// months are still checked against the version of their month.
  ///
  /// - Parameters:
  ///   - name: the new version: a file, a name, or a published folder.
  ///   - adopts: whether it is meant; otherwise nothing changes.
  public func adoptModel(
    _ name: String, from month: CalendarMonth, on day: CalendarDate, adopts: Bool, language: Language,
    by stamp: AuditStamp
  ) throws(WorkspaceError) -> ModelAdoption {
    let stamp = try adopts ? allow(.adoptModel, by: stamp) : stamp
    let (new, yaml, _) = try ModelLibrary(workspace: folder).find(name)
    let objections = versions.objections(to: new, from: month)
    guard objections.isEmpty else { throw .modelNotAdopted(version: new.version, reasons: objections) }
    let difference = try compareModels(model, new, stored: self, language: language)
    let register = try register()
    let older = try storeTask { () throws(RegisterError) in try register.returnsByVersion(from: month) }
      .filter { $0.key != new.version }.values.reduce(0, +)
    var file: String?
    if adopts {
      let known = try storeTask { () throws(RegisterError) in try Register.adoptedVersions(in: store) }
      let current = folder.appendingPathComponent("models/\(settings.model).yml")
      let before = try text(of: current)
      var entries: [AdoptedVersion] = []
      if known.isEmpty {
        // The version from the beginning is written down with the first that follows it.
        entries.append(
          AdoptedVersion(
            versions.adopted[0].model, definition: before, from: nil, on: day, by: stamp.actor, reason: nil))
      }
      entries.append(
        AdoptedVersion(new, definition: yaml, from: month, on: day, by: stamp.actor, reason: stamp.reason))
      let next = ModelVersions(adopted: versions.adopted + [.init(model: new, from: month)]).current
      try storeTask { () throws(RegisterError) in try register.adopt(entries, reading: next, by: stamp) }
      // Copies for people: what counts is in the register from here on.
      let earlier = folder.appendingPathComponent("models/earlier")
      try? FileManager.default.createDirectory(at: earlier, withIntermediateDirectories: true)
      let last = versions.adopted.last!.model.version
      let name = last.map { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" ? String($0) : "_" }.joined()
      let copy = known.last?.definition ?? before
      try writeText(copy, to: earlier.appendingPathComponent("\(settings.model) \(name).yml"))
      try writeText(yaml, to: current)
      file = "models/\(settings.model).yml"
    }
    return ModelAdoption(
      isAdopted: adopts, from: month, difference: difference, returnsUnderOlder: older, file: file)
  }
}
