import DataModels
import Primitives

extension ModelImportError {
  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .noFolder(let path):
      LocalizedText(
        description, nl: "Er is geen map op \(path). Noem de map waar records/ en categories/ in staan.")
    case .noRecords(let path):
      LocalizedText(
        description,
        nl:
          "In \(path) staat geen map “records” met YAML-bestanden, dus het is geen gepubliceerd model. Noem de map boven records/."
      )
    case .noVersion(let name):
      LocalizedText(
        description,
        nl:
          "De versie is niet af te lezen aan de naam van de map “\(name)”. Geef de versie, of noem de map zoals v1.0.2."
      )
    case .refused(let problems): problemList(problems)
    }
  }
}
