import Primitives

/// A model of another format, written in ours, with what was changed or lost on the way.
public struct ImportedModel: Hashable, Sendable {
  /// The text of the model: save it, read it, and load it with ``DataModel/init(yaml:file:)``.
  public let yaml: String
  /// What could not be carried over or was read in another way, by file and line.
  public let report: [ImportNote]
}

/// One thing that an import changed, lost or had to choose, with the place where it stands in the folder.
public struct ImportNote: Hashable, Codable, Sendable {
  public let code: ImportNoteCode
  /// The path within the folder, such as `records/person.yml`.
  public let file: String
  /// From 1; nil when the note is about a whole file or folder.
  public let line: Int?
  public let record: String?
  public let field: String?
  /// One plain sentence, or two.
  public let message: LocalizedText

  public init(
    code: ImportNoteCode, file: String, line: Int?, record: String?, field: String?, message: LocalizedText
  ) {
    self.code = code
    self.file = file
    self.line = line
    self.record = record
    self.field = field
    self.message = message
  }

  public var effect: ImportEffect { code.effect }
}

/// What an import did with something that it could not copy as it was.
public enum ImportEffect: String, Codable, CaseIterable, Sendable {
  /// It was left out, and nothing checks it.
  case notEnforced = "not-enforced"
  /// It was read in the way that the note says.
  case reinterpreted
  /// The folder does not say it and our format needs it, so we chose.
  case chosen
  /// It was left out, and no check is lost by that.
  case dropped
}

/// Why there is a note. The raw value is stable.
public enum ImportNoteCode: String, Codable, CaseIterable, Sendable {
  case orderFieldUnknown = "IMP-01"
  case orderNotComparable = "IMP-02"
  case orderRead = "IMP-03"
  case keyPartUnique = "IMP-04"
  case keyReadAsKey = "IMP-05"
  case codeListUnused = "IMP-06"
  case codeTrimmed = "IMP-07"
  case codeRepeated = "IMP-08"
  case codeListMissing = "IMP-09"
  case helpCutOff = "IMP-10"
  case typeRead = "IMP-11"
  case conditionNotReadable = "IMP-12"
  case conditionPartLost = "IMP-13"
  case validatorUnknown = "IMP-14"
  case validatorMisplaced = "IMP-15"
  case requirementRead = "IMP-16"
  case itemsCountedOnce = "IMP-17"
  case formatRead = "IMP-18"
  case statusRead = "IMP-19"
  case referenceLost = "IMP-20"
  case settingUnknown = "IMP-21"
  case commentsDropped = "IMP-22"
  case appearanceDropped = "IMP-23"
  case privacyChosen = "IMP-24"
  case natureChosen = "IMP-25"
  case scopeChosen = "IMP-26"
  case languageMissing = "IMP-27"

  public var effect: ImportEffect {
    switch self {
    case .orderFieldUnknown, .orderNotComparable, .codeListMissing, .conditionNotReadable, .conditionPartLost,
      .validatorUnknown, .validatorMisplaced, .referenceLost, .settingUnknown:
      .notEnforced
    case .orderRead, .keyPartUnique, .keyReadAsKey, .codeTrimmed, .typeRead, .requirementRead, .itemsCountedOnce,
      .formatRead, .statusRead:
      .reinterpreted
    case .privacyChosen, .natureChosen, .scopeChosen: .chosen
    case .codeListUnused, .codeRepeated, .helpCutOff, .commentsDropped, .appearanceDropped, .languageMissing: .dropped
    }
  }
}
