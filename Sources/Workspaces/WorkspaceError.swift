import DataModels
import Primitives
import TableFiles

/// Why a task could not be done. Each case knows the exit code of its family and says what to do.
public enum WorkspaceError: Error, Sendable {
  case unreadable(TableFileError)
  case nothingToRead
  case fileNotFound(String)
  case definitionRefused(DefinitionError)
  case importFailed(ModelImportError)
  case unknownModel(name: String, near: String?)
  case unknownPart(String, near: String?)
  case noWorkspace(folder: String)
  case workspaceExists(folder: String)
  case badReturn(folder: String, reason: LocalizedText)
  case otherModel(expected: String, found: String)
  case storeNotUsable(LocalizedText)
  case noEstimate(LocalizedText)
  case notWritable(String)
  case cannotSimulate(LocalizedText)

  /// The exit code of the command line.
  public var exitCode: Int32 {
    switch self {
    case .unreadable, .nothingToRead, .fileNotFound, .badReturn: 2
    case .definitionRefused, .importFailed, .unknownModel, .unknownPart, .otherModel: 3
    case .noEstimate: 4
    case .storeNotUsable, .noWorkspace, .workspaceExists, .notWritable: 5
    case .cannotSimulate: 64
    }
  }

  /// What is wrong, where, and what to do.
  public var message: LocalizedText {
    switch self {
    case .unreadable(let error):
      let code = "\(error.code): "
      return LocalizedText(code + error.message.english, nl: code + error.message[.dutch])
    case .nothingToRead:
      return LocalizedText(
        "There is nothing to read: name one or more CSV or Excel files, or a folder that holds them.",
        nl: "Er is niets te lezen: noem een of meer CSV- of Excel-bestanden, of een map waar ze in staan.")
    case .fileNotFound(let name):
      return LocalizedText("There is no file or folder “\(name)”.", nl: "Er is geen bestand of map “\(name)”.")
    case .definitionRefused(let error):
      let text = error.problems.map(\.description).joined(separator: "\n")
      return LocalizedText(text, nl: text)
    case .importFailed(let error): return LocalizedText("\(error)")
    case .unknownModel(let name, let near):
      return LocalizedText(
        "There is no data model “\(name)”." + (near.map { " Did you mean “\($0)”?" } ?? "")
          + " `meedoen model list` names them.",
        nl: "Er is geen datamodel “\(name)”." + (near.map { " Bedoelt u “\($0)”?" } ?? "")
          + " `meedoen model list` noemt ze.")
    case .unknownPart(let part, let near):
      return LocalizedText(
        "The model has no record or code list “\(part)”." + (near.map { " Did you mean “\($0)”?" } ?? ""),
        nl: "Het model heeft geen record of codelijst “\(part)”." + (near.map { " Bedoelt u “\($0)”?" } ?? ""))
    case .noWorkspace(let folder):
      return LocalizedText(
        "“\(folder)” is no workspace: there is no meedoen.yml in it. Make one with `meedoen new`, or name one with --workspace.",
        nl:
          "“\(folder)” is geen werkmap: er staat geen meedoen.yml in. Maak er een met `meedoen new`, of noem er een met --workspace."
      )
    case .workspaceExists(let folder):
      return LocalizedText(
        "“\(folder)” is a workspace already, or not empty. Choose another folder.",
        nl: "“\(folder)” is al een werkmap, of niet leeg. Kies een andere map.")
    case .badReturn(let folder, let reason):
      return LocalizedText("\(folder): \(reason.english)", nl: "\(folder): \(reason[.dutch])")
    case .otherModel(let expected, let found):
      return LocalizedText(
        "This is made for the model “\(expected)”, but the workspace has “\(found)”.",
        nl: "Dit is gemaakt voor het model “\(expected)”, maar de werkmap heeft “\(found)”.")
    case .storeNotUsable(let reason), .noEstimate(let reason), .cannotSimulate(let reason): return reason
    case .notWritable(let path):
      return LocalizedText(
        "“\(path)” cannot be written. Check that the folder exists and that you may write there.",
        nl: "“\(path)” kan niet worden geschreven. Kijk of de map bestaat en of u daar mag schrijven.")
    }
  }
}
