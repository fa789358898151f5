import DataModels
import Primitives

extension FindingCode {
  /// How grave a finding of this code is, unless the model says otherwise.
  public var usualSeverity: Severity {
    switch self {
    case .fileEmpty, .fileTooLarge, .fileNoTable, .fileEncrypted, .fileEncoding, .fileNotThere, .fileOldExcel,
      .fileDamaged, .fileUnpacksTooLarge, .fileTooManyCells, .fileNulByte, .fileOpenQuotation, .sheetNotRecognised,
      .missingColumn, .duplicateColumn, .ambiguousSheet, .ambiguousColumn:
      .setup
    case .notADate, .ambiguousDate, .ambiguousNumber, .serialDate, .notANumber, .notAMonth, .notAYear, .formulaError,
      .mangledCode,
      .requiredBlank, .notInList, .wrongFormat, .outOfRange, .tooLong, .duplicateKey, .unknownPerson, .notUnique,
      .tooEarly, .overlap, .requiredByCondition, .tooFewItems, .tooManyRows, .ruleNotHeld:
      .error
    case .unknownColumn, .blankHeader, .raggedRow, .mustBeBlank, .standIn, .mixedAlphabets, .inTheFuture, .beforeBirth,
      .implausibleLength, .outcomeReversed, .settledChanged, .flipsBack, .steadyChanged, .outlier, .copyOfEarlier,
      .evidenceMissing, .outsideWindow, .countedBefore, .prerequisiteMissing, .personalDataInText, .personalDataColumn,
      .specialCategoryColumn, .likelySamePerson, .personMissing, .outsideContract, .stockDiffers, .expectedOverdue,
      .nothingHeard, .fillRateFell, .returnMissing, .shareDiffers:
      .confirm
    case .fileSentBefore, .blankRow, .titleRow, .formula, .hidden, .mergedCells, .oddText, .readAs, .declaredByFile,
      .dayMonthYear,
      .numberAsText, .lostZeros, .timeOfDay, .invisibleCharacters, .waitingForOtherRecord, .heaping:
      .notice
    }
  }
}

/// The first three letters of codes, and what they are about.
public enum FindingFamily: String, CaseIterable, Sendable {
  case file = "FIL"
  case structure = "STR"
  case type = "TYP"
  case value = "VAL"
  case identity = "KEY"
  case time = "DAT"
  case condition = "CON"
  case history = "HIS"
  case completeness = "CMP"
  case plausibility = "PLA"
  case payment = "PAY"
  case privacy = "PRI"

  public var title: LocalizedText {
    switch self {
    case .file: LocalizedText("Files", nl: "Bestanden")
    case .structure: LocalizedText("Sheets, columns and rows", nl: "Bladen, kolommen en rijen")
    case .type: LocalizedText("What a cell holds", nl: "Wat een cel bevat")
    case .value: LocalizedText("Values", nl: "Waarden")
    case .identity: LocalizedText("Who it is about", nl: "Over wie het gaat")
    case .time: LocalizedText("Time", nl: "Tijd")
    case .condition: LocalizedText("Conditions and rules", nl: "Voorwaarden en regels")
    case .history: LocalizedText("What was known before", nl: "Wat eerder bekend was")
    case .completeness: LocalizedText("What is still expected", nl: "Wat nog wordt verwacht")
    case .plausibility: LocalizedText("Odd but possible", nl: "Vreemd maar mogelijk")
    case .payment: LocalizedText("Results that count", nl: "Resultaten die meetellen")
    case .privacy: LocalizedText("Personal data out of place", nl: "Persoonsgegevens op de verkeerde plaats")
    }
  }
}

extension FindingCode {
  public var family: FindingFamily { FindingFamily(rawValue: String(rawValue.prefix(3)))! }
}
