/// How far one stage of a long task is. Sent before the first unit, after the last, and at most about 20 times a second.
public struct StageProgress: Codable, Hashable, Sendable {
  /// A short stable name of the stage, for instance `checking`.
  public var stage: String
  public var completed: Int
  /// nil when it is not known beforehand.
  public var total: Int?

  public init(stage: String, completed: Int, total: Int?) {
    self.stage = stage
    self.completed = completed
    self.total = total
  }

  public var isComplete: Bool { completed == total }
}

/// Receives progress. Throwing `CancellationError` from within the task is the way to stop it.
public typealias ProgressHandler = @Sendable (StageProgress) -> Void
