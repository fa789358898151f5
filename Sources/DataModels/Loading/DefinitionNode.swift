import Primitives
import Yams

/// A place in a YAML definition: reads values and says where it was when something is wrong.
///
/// Every scalar is read as its own text: `yes`, `NO`, `1.10` and `2016-03` mean what is written.
public struct DefinitionNode {
  let node: Node
  public let file: String
  private let fallback: (line: Int, column: Int)

  public init(yaml: String, file: String) throws(DefinitionError) {
    self.file = file
    fallback = (1, 1)
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw DefinitionError([DefinitionProblem(file: file, line: 1, column: 1, message: "the file is empty")])
      }
      self.node = node
    } catch let error as DefinitionError {
      throw error
    } catch let error as YamlError {
      throw DefinitionError([Self.problem(of: error, file: file)])
    } catch {
      throw DefinitionError([DefinitionProblem(file: file, line: 1, column: 1, message: "not readable as YAML")])
    }
  }

  private init(_ node: Node, file: String, fallback: (line: Int, column: Int)) {
    self.node = node
    self.file = file
    self.fallback = fallback
  }

  private static func problem(of error: YamlError, file: String) -> DefinitionProblem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      DefinitionProblem(file: file, line: mark.line, column: mark.column, message: "not readable as YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      DefinitionProblem(
        file: file, line: context.mark.line, column: context.mark.column,
        message: "a name stands twice here: \(duplicates.map { "“\($0)”" }.joined(separator: ", "))")
    default: DefinitionProblem(file: file, line: 1, column: 1, message: "not readable as YAML")
    }
  }

  public var line: Int { node.mark?.line ?? fallback.line }
  public var column: Int { node.mark?.column ?? fallback.column }

  /// The column of the first character of a scalar's text: after the quotation mark, if there is one; nil for a block
  /// (`|` or `>`), whose text starts on a later line.
  public var textColumn: Int? {
    switch node.scalar?.style {
    case .singleQuoted, .doubleQuoted: column + 1
    case .literal, .folded: nil
    default: column
    }
  }

  public func problem(_ message: String) -> DefinitionProblem {
    DefinitionProblem(file: file, line: line, column: column, message: message)
  }

  private func child(_ node: Node, after key: Node? = nil) -> DefinitionNode {
    DefinitionNode(node, file: file, fallback: key?.mark.map { ($0.line, $0.column) } ?? (line, column))
  }

  // MARK: Shapes

  public var isMapping: Bool { node.mapping != nil }
  public var isSequence: Bool { node.sequence != nil }

  /// Names and values in the order of the file.
  public func entries() throws(DefinitionProblem) -> [(name: String, key: DefinitionNode, value: DefinitionNode)] {
    guard let mapping = node.mapping else { throw problem("names with values are expected here") }
    var entries: [(String, DefinitionNode, DefinitionNode)] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else { throw child(key).problem("a name is expected here") }
      entries.append((name, child(key), child(value, after: key)))
    }
    return entries
  }

  public func items() throws(DefinitionProblem) -> [DefinitionNode] {
    guard let sequence = node.sequence else { throw problem("a list is expected here") }
    return sequence.map { child($0) }
  }

  /// The text of a scalar.
  public func text() throws(DefinitionProblem) -> String {
    guard let scalar = node.scalar else { throw problem("a single value is expected here") }
    return scalar.string
  }

  public func integer() throws(DefinitionProblem) -> Int {
    let text = try text()
    guard let integer = Int(text) else { throw problem("“\(text)” is not a whole number") }
    return integer
  }

  /// A whole number; one outside the limits is refused with these words.
  public func integer(
    in limits: ClosedRange<Int>, otherwise message: @autoclosure () -> String
  ) throws(DefinitionProblem) -> Int {
    let integer = try integer()
    guard limits.contains(integer) else { throw problem(message()) }
    return integer
  }

  /// The id of something.
  public func identifier() throws(DefinitionProblem) -> String {
    let text = try text()
    guard isIdentifier(text) else {
      throw problem("“\(text)” is not an id: letters, digits, hyphens and underscores, starting with a letter")
    }
    return text
  }

  public func yesOrNo() throws(DefinitionProblem) -> Bool {
    switch try text() {
    case "yes", "true": return true
    case "no", "false": return false
    case let text: throw problem("“\(text)” should be yes or no")
    }
  }

  /// One of the raw values of an enumeration.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type
  ) throws(DefinitionProblem) -> Choice where Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: text) else {
      let all = Choice.allCases.map(\.rawValue)
      throw problem("“\(text)” is not one of \(all.joined(separator: ", "))" + suggestion(for: text, among: all))
    }
    return choice
  }

  /// A text in English and Dutch (`{en: …, nl: …}`), or one text for both.
  public func localizedText() throws(DefinitionProblem) -> LocalizedText {
    if node.scalar != nil { return LocalizedText(try text()) }
    let parts = try mapping(allowing: ["en", "nl"])
    guard let english = try parts["en"]?.text() else { throw problem("the English text (en) is missing") }
    return LocalizedText(english, nl: try parts["nl"]?.text())
  }

  /// The values by name; refuses names that have no meaning here.
  public func mapping(allowing names: [String]) throws(DefinitionProblem) -> DefinitionMapping {
    var values: [String: DefinitionNode] = [:]
    for (name, key, value) in try entries() {
      guard names.contains(name) else {
        throw key.problem("“\(name)” has no meaning here" + suggestion(for: name, among: names))
      }
      values[name] = value
    }
    return DefinitionMapping(node: self, values: values)
  }
}

/// Values by name, at one place of a definition.
public struct DefinitionMapping {
  public let node: DefinitionNode
  let values: [String: DefinitionNode]

  /// The value under a name; nil when it is not given.
  public subscript(_ name: String) -> DefinitionNode? { values[name] }

  public func required(_ name: String) throws(DefinitionProblem) -> DefinitionNode {
    guard let value = values[name] else { throw node.problem("“\(name)” is missing") }
    return value
  }
}
