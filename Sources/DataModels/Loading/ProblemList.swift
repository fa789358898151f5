/// Gathers the problems of one reading of a definition, so that all of them are named at once.
///
/// A reference type, because readings that change their own state report to it in the middle of that change.
public final class ProblemList {
  public private(set) var problems: [DefinitionProblem] = []

  public init() {}

  public var isEmpty: Bool { problems.isEmpty }

  public func add(_ problem: DefinitionProblem) { problems.append(problem) }

  /// Runs one reading; a problem is kept and nil comes back.
  @discardableResult
  public func attempt<Result>(_ reading: () throws(DefinitionProblem) -> Result) -> Result? {
    do {
      return try reading()
    } catch {
      problems.append(error)
      return nil
    }
  }
}
