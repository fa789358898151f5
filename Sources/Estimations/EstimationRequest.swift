import Primitives
import Statistics
import Tables

/// What is asked of a method: its options as they were given, checked, and the rows of the table that are used.
///
/// Rows with a missing value in a column that is used are left out and counted, as R's `na.omit`; see
/// ``EstimationOption/keepsMissing``. Everything a method reads is of the rows that remain.
public struct EstimationRequest: Sendable {
  public let method: any EstimationMethod
  public let rows: RowCount
  public let progress: ProgressHandler?
  /// The columns in use, for the rows in use.
  let table: Table
  /// The options as they were typed, standard values included.
  let settings: [String: String]
  let references: [String: String]
  private let source: EstimationTable
  /// Positions of the rows in use; nil for all.
  private let kept: [Int]?

  /// Checks the options against the method and the table, and chooses the rows.
  ///
  /// - Parameters:
  ///   - settings: options by name, without hyphens; a flag that is given has the value `true`.
  ///   - filter: an expression; rows for which it is not true are left out.
  ///   - references: the reference level of columns of texts, by column; the first level where none is given.
  public init(
    _ method: any EstimationMethod, table: EstimationTable, settings: [String: String], filter: String? = nil,
    references: [String: String] = [:], progress: ProgressHandler? = nil
  ) throws(EstimationError) {
    var complete: [String: String] = [:]
    let names = method.options.map(\.name)
    for name in settings.keys.sorted() where !names.contains(name) {
      let near = synonym(of: name, in: names) ?? nearest(to: name, in: names)
      throw .unknownOption(method: method.id, name: name, near: near)
    }
    for option in method.options {
      guard let value = settings[option.name] ?? option.standard else {
        if option.isRequired { throw .optionMissing(method: method.id, name: option.name) }
        continue
      }
      try option.check(value)
      complete[option.name] = value
    }
    self.method = method
    self.settings = complete
    self.references = references
    self.progress = progress
    source = table

    let whole = table.table
    var used: [String] = []
    var isMissing = [Bool](repeating: false, count: whole.rowCount)
    func use(_ columns: [String], of option: String) throws(EstimationError) {
      for name in columns {
        guard whole[name] != nil else {
          throw .unknownColumn(option: option, name: name, near: nearest(to: name, in: whole.names))
        }
        if !used.contains(name) { used.append(name) }
      }
    }
    for option in method.options where option.namesColumns {
      guard let value = complete[option.name] else { continue }
      let columns = try option.columns(in: value, of: whole)
      try use(columns, of: option.name)
      guard !option.keepsMissing else { continue }
      for name in columns { whole[name]!.markMissing(in: &isMissing) }
    }
    for column in references.keys.sorted() where whole[column] == nil {
      throw .unknownColumn(option: "reference", name: column, near: nearest(to: column, in: whole.names))
    }
    var filtered = 0
    var isOut = [Bool](repeating: false, count: filter == nil ? 0 : whole.rowCount)
    if let filter {
      let expression = try ExpressionParser.parse(filter, option: "where")
      switch try ExpressionEvaluation(table: whole, option: "where").value(expression) {
      case .truths(let truths), .numbers(let truths):
        for row in truths.indices where truths[row] == 0 || truths[row].isNaN {
          isOut[row] = true
          filtered += 1
        }
      default: throw .formulaRefused(option: "where", position: 1, problem: .textWhereNumberNeeded)
      }
    }
    var missing = 0
    for row in isMissing.indices where isMissing[row] && !(filter != nil && isOut[row]) { missing += 1 }
    rows = RowCount(read: whole.rowCount, filtered: filtered, missing: missing)
    guard rows.used > 0 else { throw .noRowsLeft(read: whole.rowCount - filtered, missing: missing) }
    let kept =
      filtered + missing == 0
      ? nil : isMissing.indices.filter { !isMissing[$0] && !(filter != nil && isOut[$0]) }
    self.kept = kept
    let chosen = Table(names: used, columns: used.map { whole[$0]! })
    self.table = kept.map { chosen.selecting($0) } ?? chosen
  }

  /// How many rows are used.
  public var rowCount: Int { rows.used }

  /// The row of the file, as a spreadsheet shows it, for a row in use.
  public func fileRow(of position: Int) -> Int { source.fileRow(of: kept?[position] ?? position) }

  /// A result to fill, with the method's name and the rows.
  public func result() -> EstimationResult {
    var result = EstimationResult(method: method.id, title: method.title, rows: rows)
    warnOfAbsentMarks(in: &result)
    warnOfFewClusters(in: &result)
    return result
  }

  /// Runs a computation of `Statistics`; what it throws becomes an error that names the row of the file.
  public func run<Value>(
    _ compute: () throws(StatisticsError) -> Value
  ) throws(EstimationError) -> Value {
    do throws(StatisticsError) {
      return try compute()
    } catch {
      throw .noEstimate(error, row: error.index.flatMap { (0..<rowCount).contains($0) ? fileRow(of: $0) : nil })
    }
  }
}

extension StatisticsError {
  /// The position in the array that the error is about.
  var index: Int? {
    guard let facts = Mirror(reflecting: self).children.first?.value else { return nil }
    return Mirror(reflecting: facts).children.first { $0.label == "index" }?.value as? Int
  }
}

extension Column {
  fileprivate func markMissing(in isMissing: inout [Bool]) {
    switch self {
    case .numbers(let values): for row in values.indices where values[row].isNaN { isMissing[row] = true }
    case .categories(let column): for row in column.codes.indices where column.codes[row] < 0 { isMissing[row] = true }
    case .dates(let column):
      for row in column.days.indices where column.days[row] == DateColumn.missing { isMissing[row] = true }
    default: for row in 0..<count where self[row].isMissing { isMissing[row] = true }
    }
  }
}
