import Primitives

/// Why a synthetic programme could not be written.
public enum SyntheticProgrammeError: Error, Hashable, Sendable {
  /// A setting has a value that makes no programme.
  case settingNotAllowed(name: String, value: String, allowed: LocalizedText)
  /// The folder already holds returns; mixing two programmes would give neither.
  case folderInUse(name: String)
  case notWritable(file: String)

  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .settingNotAllowed(let name, let value, let allowed):
      LocalizedText(
        "The setting \(name) cannot be \(value): \(allowed[.english]).",
        nl: "De instelling \(name) kan niet \(value) zijn: \(allowed[.dutch]).")
    case .folderInUse(let name):
      LocalizedText(
        "The folder \(name) already holds returns. Name another folder, or take the old returns away first.",
        nl: "In de map \(name) staan al aanleveringen. Noem een andere map of haal de oude aanleveringen eerst weg.")
    case .notWritable(let file):
      LocalizedText(
        "\(file) could not be written. Check the folder, its permissions and the space on the disk.",
        nl: "\(file) kon niet worden geschreven. Controleer de map, de rechten en de ruimte op de schijf.")
    }
  }
}
