import Primitives

/// One method as a person asks for it: a flat table and options in, named numbers out.
///
/// A method declares its options as data, so that one command, one help text and one check serve all methods. It has no
/// state: settings come from the request. See <doc:Estimations> for how to add one.
public protocol EstimationMethod: Sendable {
  /// The name on the command line: lower case, words joined by hyphens, for instance `kaplan-meier`.
  var id: String { get }
  var title: LocalizedText { get }
  /// One or two sentences: what is estimated, and when to use it.
  var summary: LocalizedText { get }
  /// The page in `Documentation/Methods`, without its ending, for instance `KaplanMeier`.
  var page: String { get }
  var options: [EstimationOption] { get }
  /// Options of a call that works, without the name of the method and without `--data`.
  var example: String { get }

  /// Whether its columns may all be numbers as they stand, so that no file is needed: `--estimate 1.5`.
  var takesNumbersAlone: Bool { get }

  /// - Throws: when the options or the data give no estimate; ``EstimationRequest/run(_:)`` wraps what `Statistics`
  ///   throws.
  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult
}

extension EstimationMethod {
  public var takesNumbersAlone: Bool { false }
}

/// Methods that belong together, as the list of methods shows them.
public struct EstimationFamily: Sendable {
  public let title: LocalizedText
  public let methods: [any EstimationMethod]

  public init(_ title: LocalizedText, _ methods: [any EstimationMethod]) {
    self.title = title
    self.methods = methods
  }
}
