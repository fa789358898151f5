import DataModels
import Primitives
import Registers
import Studies
import SubmissionCycles
import TableFiles

/// Why a task could not be done. Each case knows its code, the exit code of its family, and says what to do.
public enum WorkspaceError: Error, Sendable {
  /// A file that gives no table.
  case unreadable(TableFileError)
  case nothingToRead
  case fileNotFound(String)
  /// A file or folder that is there and cannot be opened.
  case notReadable(path: String, reason: LocalizedText)
  /// Two different files of one return have the same name.
  case twoFilesOfOneName(String, paths: [String])
  /// Files without a manifest, and no word on who sent them or about which month.
  case returnNotNamed(paths: [String])
  /// A provider's name that is empty, too long or holds control characters.
  case providerNameRefused(place: String)
  /// A provider that was never seen and is all but equal to one that was.
  case providerLikeKnown(given: String, known: String, place: String)
  /// A provider that has sent nothing, and from which nothing is expected.
  case providerUnknown(given: String, known: [String])
  case receivedBeforePeriod(place: String, receivedOn: CalendarDate, period: CalendarMonth)
  case receivedInFuture(place: String, receivedOn: CalendarDate, today: CalendarDate)
  /// A return about invented people, for a workspace of real ones.
  case syntheticReturn(folder: String)
  /// Paths without a manifest beside folders that have one.
  case mixedReturns(paths: [String])
  /// An option that says something of one return, for several.
  case oneReturnOnly(option: String, returns: Int)
  /// Held rows of several sheets, for a text file, which holds one table.
  case heldRowsOfSeveralSheets(path: String, sheets: [String])
  /// A file to write that is one of those that were sent.
  case wouldOverwriteReturn(path: String)

  case definitionRefused(DefinitionError)
  case importFailed(ModelImportError)
  /// A definition that is no text in UTF-8.
  case notText(path: String)
  case unknownModel(name: String, near: String?)
  case unknownPart(String, near: String?)
  case otherModel(expected: String, found: String, place: String)

  case noWorkspace(folder: String)
  case workspaceExists(folder: String)
  /// The folder holds something that is not ours to add to.
  case folderNotEmpty(folder: String, found: String)
  /// The workspace's own copy of its model is gone.
  case modelMissing(name: String, file: String)
  case notWritable(String)
  /// There is something already where an export would be written.
  case exportExists(path: String)
  /// A recipient whose name cannot be that of a file.
  case recipientRefused
  case cannotSimulate(LocalizedText)
  /// The file of the model is none of the versions that were adopted.
  case modelFileDiffers(file: String, version: String)
  case modelNotAdopted(version: String, reasons: [LocalizedText])
  /// Records would leave in which people can be recognised.
  case recognisable(RiskResult)
  case notAllowed(StaffRefusal)

  case storeNotUsable(RegisterError)
  case decisionRefused(DecisionRefusal)
  /// No return, or more than one, has a fingerprint that begins like this.
  case returnNotFound(String, matches: Int)
  /// A correction that the rules do not accept; the findings say why.
  case correctionHeld([String])
  case studyFailed(StudyError)
  /// The cycle of returns does not allow it.
  case cycleRefused(CycleError)

  /// The exit code of the command line.
  public var exitCode: Int32 {
    switch self {
    case .unreadable, .nothingToRead, .fileNotFound, .notReadable, .twoFilesOfOneName, .returnNotNamed,
      .providerNameRefused, .providerLikeKnown, .providerUnknown, .receivedBeforePeriod, .receivedInFuture,
      .syntheticReturn:
      2
    case .definitionRefused, .importFailed, .notText, .unknownModel, .unknownPart, .otherModel,
      .modelNotAdopted, .studyFailed(.planRefused):
      3
    case .studyFailed: 4
    case .cycleRefused(let error): error.exitCode
    case .storeNotUsable(.linkage): 4
    case .storeNotUsable(.unknownPseudonym), .storeNotUsable(.linkedToItself), .storeNotUsable(.linkContradicts),
      .storeNotUsable(.nothingToUndo), .storeNotUsable(.decisionTooEarly), .storeNotUsable(.unknownLinkDecision):
      64
    case .storeNotUsable(.decisionRefused(let refusal)): refusal.doesNotApply ? 6 : 64
    case .storeNotUsable, .noWorkspace, .workspaceExists, .folderNotEmpty, .modelMissing, .notWritable, .exportExists,
      .modelFileDiffers:
      5
    case .recognisable: 1
    case .notAllowed: 6
    case .correctionHeld: 1
    case .decisionRefused(let refusal): refusal.doesNotApply ? 6 : 64
    case .returnNotFound: 64
    case .mixedReturns, .oneReturnOnly, .heldRowsOfSeveralSheets, .wouldOverwriteReturn, .cannotSimulate,
      .recipientRefused:
      64
    }
  }

  /// The stable code, which `meedoen explain` has a page for.
  ///
  /// `FIL` a file, `WSP` the workspace and its returns, `DEF` a definition, `STO` the store, `STU` a study, `DEC` a
  /// decision, `LNK` linking people.
  public var code: String {
    switch self {
    case .unreadable(let error): error.code
    case .nothingToRead: "WSP-01"
    case .fileNotFound: "WSP-02"
    case .notReadable: "WSP-03"
    case .twoFilesOfOneName: "WSP-04"
    case .returnNotNamed: "WSP-05"
    case .providerNameRefused: "WSP-06"
    case .providerLikeKnown: "WSP-07"
    case .providerUnknown: "WSP-42"
    case .receivedBeforePeriod: "WSP-08"
    case .receivedInFuture: "WSP-09"
    case .syntheticReturn: "WSP-10"
    case .mixedReturns: "WSP-11"
    case .oneReturnOnly: "WSP-12"
    case .heldRowsOfSeveralSheets: "WSP-30"
    case .wouldOverwriteReturn: "WSP-31"
    case .noWorkspace: "WSP-13"
    case .workspaceExists: "WSP-14"
    case .folderNotEmpty: "WSP-15"
    case .modelMissing: "WSP-16"
    case .notWritable: "WSP-17"
    case .cannotSimulate: "WSP-18"
    case .modelFileDiffers: "WSP-50"
    case .modelNotAdopted: "DEF-07"
    case .recognisable: "WSP-52"
    case .notAllowed(let refusal): refusal.code
    case .exportExists: "WSP-40"
    case .recipientRefused: "WSP-41"
    case .decisionRefused: "DEC-01"
    case .returnNotFound: "DEC-02"
    case .correctionHeld: "DEC-03"
    case .definitionRefused: "DEF-01"
    case .importFailed: "DEF-02"
    case .notText: "DEF-03"
    case .unknownModel: "DEF-04"
    case .unknownPart: "DEF-05"
    case .otherModel: "DEF-06"
    case .storeNotUsable(let error): error.code
    case .studyFailed(let error): error.code
    case .cycleRefused(let error): error.code
    }
  }
}

extension RegisterError {
  var code: String {
    switch self {
    case .storage, .folderNotWritable, .openedForReading: "STO-01"
    case .alreadyExists: "STO-02"
    case .incomplete: "STO-03"
    case .keyMissing: "STO-04"
    case .keyDoesNotFit: "STO-05"
    case .vaultDoesNotFit: "STO-06"
    case .vaultDamaged, .damagedValue: "STO-07"
    case .otherModel, .otherIdentifiers, .keyChanged, .fieldChanged, .otherModelVersion: "STO-08"
    case .unknownReturn: "STO-09"
    case .unknownPerson: "STO-10"
    case .personErased: "STO-11"
    case .otherBasis: "DEC-04"
    case .decisionRefused: "DEC-01"
    case .cycleRefused(let error): error.code
    case .linkage: "LNK-01"
    case .unknownPseudonym, .linkedToItself: "LNK-02"
    case .linkContradicts: "LNK-03"
    case .nothingToUndo: "LNK-04"
    case .decisionTooEarly: "LNK-05"
    case .unknownLinkDecision: "LNK-06"
    }
  }
}

extension StudyError {
  var code: String {
    switch self {
    case .planRefused: "STU-01"
    case .nobodyLeft: "STU-02"
    case .flowsDoNotBalance: "STU-03"
    case .noEstimate: "STU-04"
    case .notProtected: "STU-05"
    case .cancelled: "STU-06"
    case .tellsBesideEarlier: "STU-07"
    }
  }
}
