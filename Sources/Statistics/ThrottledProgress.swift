import Primitives

/// Passes on the progress of one stage: the first, the last, and at most twenty a second between.
final class ThrottledProgress {
  private let stage: String
  private let handler: ProgressHandler
  private var last: ContinuousClock.Instant?

  init(stage: String, _ handler: @escaping ProgressHandler) {
    self.stage = stage
    self.handler = handler
  }

  func report(_ completed: Int, of total: Int) {
    let now = ContinuousClock.now
    if completed != 0, completed != total, let last, now - last < .milliseconds(50) { return }
    last = now
    handler(StageProgress(stage: stage, completed: completed, total: total))
  }
}
