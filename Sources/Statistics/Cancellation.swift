/// Hears on any thread whether the task that asked for a computation was cancelled.
///
/// `Task.isCancelled` knows the task of its own thread only, and threads that share work have none. Use it inside work
/// that one call of ``WorkSharing`` does for long; between calls `Task.isCancelled` will do.
struct Cancellation: @unchecked Sendable {
  // Safe from other threads as long as the closure lasts: it only asks what a `Task` may be asked anywhere.
  private let task: UnsafeCurrentTask?

  var isRequested: Bool { task?.isCancelled ?? false }

  func check() throws(StatisticsError) { if isRequested { throw .cancelled } }

  /// - Parameter body: must not keep the value beyond its own end.
  static func heard<Value>(
    _ body: (Cancellation) throws(StatisticsError) -> Value
  ) throws(StatisticsError) -> Value {
    let result = withUnsafeCurrentTask { task in
      Result { () throws(StatisticsError) in try body(Cancellation(task: task)) }
    }
    return try result.get()
  }
}
