import Primitives
import Statistics
import TableFiles

/// Why there is no estimate, with the option, the column or the row it is about; never a value found in a row.
public enum EstimationError: Error, Sendable {
  /// The file gives no table.
  case unreadable(TableFileError)
  case unknownSheet(name: String, near: String?, sheets: [String])
  case severalSheets(sheets: [String])

  case unknownMethod(name: String, near: String?)
  case unknownOption(method: String, name: String, near: String?)
  case optionMissing(method: String, name: String)
  case optionRepeated(name: String)
  case valueMissing(option: String)
  /// The value given to an option is not one that it takes.
  case unknownChoice(option: String, found: String, near: String?, choices: [String])
  case notANumber(option: String, found: String, limits: NumberLimits)
  case notWhole(option: String, found: String, range: ClosedRange<Int>)
  /// Options that do not go together, or that ask each other; the sentence says which and why.
  case optionsConflict(LocalizedText)

  case unknownColumn(option: String, name: String, near: String?)
  /// A column of texts where numbers are needed.
  case columnNotNumeric(option: String, column: String, row: Int)
  /// An expression that has no finite value in a row: the logarithm of zero.
  case expressionNotFinite(option: String, expression: String, row: Int)
  /// A column that should have two values, 0 and 1 or FALSE and TRUE.
  case notTwoValues(option: String, column: String, found: Int)
  /// A level of a column that does not occur, named as the reference or in a list.
  case unknownLevel(option: String, column: String)
  /// A formula or an expression that cannot be read. `position` counts characters from 1.
  case formulaRefused(option: String, position: Int, problem: FormulaProblem)
  case noRowsLeft(read: Int, missing: Int)

  /// The method has no answer for these data. `row` is the row of the file, where it is about one.
  case noEstimate(StatisticsError, row: Int?)
  /// The method has no answer, for a reason that the sentence gives.
  case notEstimable(LocalizedText)

  /// What is wrong with a formula or an expression.
  public enum FormulaProblem: Hashable, Sendable {
    case unexpectedEnd
    case unexpected(String)
    /// A comparison with one equals sign.
    case singleEquals
    case unclosedQuotationMark
    case unknownFunction(String, near: String?)
    case wrongArguments(function: String)
    /// Arithmetic on texts, or a text compared with a number.
    case textWhereNumberNeeded
    case noResponse
    case responseNotAllowed
    case noTerms
  }

  /// The stable code, which `meedoen explain` has a page for.
  public var code: String {
    switch self {
    case .unreadable(let error): error.code
    case .unknownSheet, .severalSheets: "EST-01"
    case .unknownMethod: "EST-02"
    case .unknownOption, .optionMissing, .optionRepeated, .valueMissing, .optionsConflict: "EST-03"
    case .unknownChoice, .notANumber, .notWhole: "EST-04"
    case .unknownColumn: "EST-05"
    case .columnNotNumeric, .expressionNotFinite, .notTwoValues, .unknownLevel: "EST-06"
    case .formulaRefused: "EST-07"
    case .noRowsLeft: "EST-08"
    case .noEstimate(.cancelled, _): "EST-10"
    case .noEstimate, .notEstimable: "EST-09"
    }
  }

  /// The exit code of the command line: 2 for the table, 64 for the call, 4 when there is no estimate.
  public var exitCode: Int32 {
    switch self {
    case .unreadable, .unknownSheet, .severalSheets, .unknownColumn, .columnNotNumeric, .expressionNotFinite,
      .notTwoValues, .unknownLevel, .noRowsLeft:
      2
    case .unknownMethod, .unknownOption, .optionMissing, .optionRepeated, .valueMissing, .unknownChoice, .notANumber,
      .notWhole, .optionsConflict, .formulaRefused:
      64
    case .noEstimate(.cancelled, _): 130
    case .noEstimate, .notEstimable: 4
    }
  }
}
