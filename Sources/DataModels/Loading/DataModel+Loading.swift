import Fingerprints
import Foundation
import Primitives

extension DataModel {
  /// Reads a model, or throws with every problem and its file, line and column.
  public init(yaml: String, file: String) throws(DefinitionError) {
    var loader = try ModelLoader(yaml: yaml, file: file)
    self = try loader.load(fingerprint: Fingerprint(of: yaml))
  }

  /// Reads the model in a file.
  public init(contentsOf url: URL) throws(DefinitionError) {
    let text = try DefinitionText(contentsOf: url)
    try self.init(yaml: text.text, file: text.file)
  }

  /// Reads a condition on this model, for instance from a study plan.
  ///
  /// - Parameters:
  ///   - own: the record whose row is at hand, if any.
  ///   - parameters: names of values that the evaluator supplies, such as `time-zero`, with their types.
  public func condition(
    _ text: String, on own: String? = nil, parameters: [String: FieldType] = [:]
  ) throws(ConditionError) -> Condition {
    try ConditionParser.condition(text, scope: scope(own, parameters))
  }

  /// Reads an operand on this model, such as `settlement.settled-on`, with its type.
  public func operand(
    _ text: String, on own: String? = nil, parameters: [String: FieldType] = [:]
  ) throws(ConditionError) -> (operand: Operand, type: FieldType) {
    try ConditionParser.operand(text, scope: scope(own, parameters))
  }

  /// Reads a selection of rows on this model, such as `activity(kind = work)`.
  public func selection(
    _ text: String, parameters: [String: FieldType] = [:]
  ) throws(ConditionError) -> Selection {
    try ConditionParser.selection(text, scope: scope(nil, parameters))
  }

  private func scope(_ own: String?, _ parameters: [String: FieldType]) -> ConditionScope {
    ConditionScope(
      records: records, codeLists: codeLists, own: own.flatMap { index(ofRecord: $0) }, parameters: parameters)
  }
}
