import DataModels
import Fingerprints
import Foundation
import Primitives

extension StudyPlan {
  /// Reads a plan, or throws with every problem of its form and its file, line and column.
  ///
  /// Conditions are read against a model by ``problems(in:)``.
  public init(yaml: String, file: String) throws(DefinitionError) {
    var loader = StudyPlanLoader(root: try DefinitionNode(yaml: yaml, file: file))
    self = try loader.load(fingerprint: Fingerprint(of: yaml))
  }

  /// Reads a plan and checks it against a model; throws with every problem of form or meaning.
  public init(yaml: String, file: String, model: DataModel) throws(DefinitionError) {
    var loader = StudyPlanLoader(root: try DefinitionNode(yaml: yaml, file: file))
    do throws(DefinitionError) {
      self = try loader.load(fingerprint: Fingerprint(of: yaml))
    } catch {
      throw DefinitionError(error.problems + loader.expressions.problems(in: model))
    }
    let found = problems(in: model)
    guard found.isEmpty else { throw DefinitionError(found) }
  }

  /// Reads the plan in a file.
  public init(contentsOf url: URL) throws(DefinitionError) {
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      throw DefinitionError([
        DefinitionProblem(
          file: url.lastPathComponent, line: 1, column: 1,
          message: FileManager.default.fileExists(atPath: url.path)
            ? "the file is not UTF-8 text" : "there is no such file")
      ])
    }
    try self.init(yaml: text, file: url.lastPathComponent)
  }
}
