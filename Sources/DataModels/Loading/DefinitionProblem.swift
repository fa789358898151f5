/// Something in a definition file that is refused, with the place where it stands.
public struct DefinitionProblem: Error, Hashable, Codable, Sendable {
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1.
  public let column: Int
  public let message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }
}

extension DefinitionProblem: CustomStringConvertible {
  public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// A definition (model, plan) was refused. Holds every problem that was found, in the order of the file.
public struct DefinitionError: Error, Sendable, CustomStringConvertible {
  public let problems: [DefinitionProblem]

  public init(_ problems: [DefinitionProblem]) {
    self.problems = problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
  }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
