import Foundation
import Primitives

/// Turns a published model (a folder with `records`, `categories` and a few words explained) into a model of ours.
///
/// What comes out loads with ``DataModel/init(yaml:file:)`` and is the same text for the same folder. Its labels and help
/// are the folder's own. All that could not be copied as it was is in the report.
public struct PublishedModelImporter: Sendable {
  public let folder: URL
  /// The id that the model gets.
  public let id: String
  /// The version that the model gets; nil to take it from the folder's name (`v1.0.2` gives 1.0.2).
  public let version: String?
  /// The title that the model gets; nil to take the id.
  public let title: String?

  public init(folder: URL, id: String, version: String? = nil, title: String? = nil) {
    precondition(isIdentifier(id), "an id has letters, digits, hyphens and underscores, and starts with a letter")
    self.folder = folder
    self.id = id
    self.version = version
    self.title = title
  }

  /// Reads the folder and translates it.
  public func `import`() throws(ModelImportError) -> ImportedModel {
    guard let version = version ?? versionOfFolder else { throw .noVersion(folderName: folder.lastPathComponent) }
    let published = try PublishedModel(folder: folder)
    var translation = try PublishedModelTranslation(published)
    return translation.translate(
      id: id, version: version, title: title ?? id, folderName: folder.lastPathComponent)
  }

  /// The digits and points at the end of the folder's name.
  private var versionOfFolder: String? {
    let name = folder.lastPathComponent
    let tail = String(name.reversed().prefix { $0.isNumber || $0 == "." }.reversed())
    let isVersion = tail.first?.isNumber == true && tail.last?.isNumber == true && !tail.contains("..")
    let before = name.dropLast(tail.count).last
    return isVersion && (before == nil || before == "v" || before == "V" || before == "-" || before == "_") ? tail : nil
  }
}
