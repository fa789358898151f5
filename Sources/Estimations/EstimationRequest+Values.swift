import Primitives
import Statistics
import Tables

/// Options as values. Asking for an option that the method does not declare, or as another kind, is a mistake of the
/// program.
extension EstimationRequest {
  private func kind(of option: String) -> EstimationOption.Kind {
    guard let found = method.options.first(where: { $0.name == option }) else {
      preconditionFailure("\(method.id) declares no option \(option)")
    }
    return found.kind
  }

  /// Whether an option was given, or has a standard value.
  public func has(_ option: String) -> Bool {
    _ = kind(of: option)
    return settings[option] != nil
  }

  /// The text of an option as it was given; nil without one.
  public func text(_ option: String) -> String? {
    _ = kind(of: option)
    return settings[option]
  }

  /// The text of an option that is required or has a standard value.
  private func given(_ option: String) -> String {
    guard let value = text(option) else { preconditionFailure("\(option) is neither required nor has it a standard") }
    return value
  }

  public func numberIfGiven(_ option: String) -> Double? { text(option).flatMap(Double.init) }
  public func number(_ option: String) -> Double { Double(given(option)) ?? .nan }
  public func wholeIfGiven(_ option: String) -> Int? { text(option).flatMap { Int($0) } }
  public func whole(_ option: String) -> Int { Int(given(option)) ?? 0 }
  public func flag(_ option: String) -> Bool { text(option) == "true" }
  public func choice(_ option: String) -> String { given(option) }

  /// A choice whose names are the raw values of a type.
  public func choice<Choice: RawRepresentable>(_ option: String, as type: Choice.Type) -> Choice
  where Choice.RawValue == String {
    guard let choice = Choice(rawValue: given(option)) else {
      preconditionFailure("\(option) offers a choice that \(type) does not have")
    }
    return choice
  }

  /// A list of texts; empty when it is not given.
  public func texts(_ option: String) -> [String] { splitList(text(option) ?? "") }

  /// A list of numbers; empty when it is not given.
  public func numberList(_ option: String) -> [Double] { texts(option).compactMap(Double.init) }

  /// The level of the intervals, from the option `level`.
  public var level: Double { number("level") }
}

extension EstimationOption {
  /// Whether a text can be the value of this option, apart from the table.
  func check(_ value: String) throws(EstimationError) {
    switch kind {
    case .column, .category, .columns, .formula, .terms, .texts:
      if value.allSatisfy(\.isWhitespace) { throw .valueMissing(option: name) }
    case .flag:
      if value != "true", value != "false" {
        throw .unknownChoice(option: name, found: value, near: nil, choices: ["true", "false"])
      }
    case .choice(let choices):
      let names = choices.map(\.name)
      guard names.contains(value) else {
        throw .unknownChoice(option: name, found: value, near: nearest(to: value, in: names), choices: names)
      }
    case .number(let limits): try check(value, limits)
    case .numbers(let limits):
      let parts = splitList(value)
      if parts.isEmpty { throw .valueMissing(option: name) }
      for part in parts { try check(part, limits) }
    case .whole(let range):
      guard let number = Int(value), range.contains(number) else {
        throw .notWhole(option: name, found: value, range: range)
      }
    }
  }

  private func check(_ value: String, _ limits: NumberLimits) throws(EstimationError) {
    guard let number = Double(value), limits.accept(number) else {
      throw .notANumber(option: name, found: value, limits: limits)
    }
  }

  /// The columns that a value names.
  func columns(in value: String, of table: Table) throws(EstimationError) -> [String] {
    switch kind {
    case .column, .category: return try expression(in: value, of: table).columns
    case .columns:
      var columns: [String] = []
      for part in splitList(value) { columns += try expression(in: part, of: table).columns }
      return columns
    case .formula: return try Formula(value, option: name, columns: table.names, needsResponse: true).columns
    case .terms: return try Formula(value, option: name, columns: table.names, needsResponse: false).columns
    default: return []
    }
  }

  /// A column by its name, or an expression of columns.
  func expression(in value: String, of table: Table) throws(EstimationError) -> Expression {
    table[value] != nil ? .column(value) : try ExpressionParser.parse(value, option: name)
  }
}

/// The parts between commas, without the spaces around them.
func splitList(_ text: String) -> [String] {
  text.split(separator: ",").map { part in
    var part = part
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }.filter { !$0.isEmpty }
}
