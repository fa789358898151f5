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
    let text = try DefinitionText(contentsOf: url)
    try self.init(yaml: text.text, file: text.file)
  }

  /// Reads the plan in a file and checks it against a model; throws with every problem of form or meaning.
  public init(contentsOf url: URL, model: DataModel) throws(DefinitionError) {
    let text = try DefinitionText(contentsOf: url)
    try self.init(yaml: text.text, file: text.file, model: model)
  }
}
