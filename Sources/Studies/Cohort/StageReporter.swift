import Primitives

/// Reports one stage before its first unit, after its last, and at most twenty times a second; and hears a request to stop.
final class StageReporter {
  private let stage: String
  private let handler: ProgressHandler
  private var last: ContinuousClock.Instant?

  init(_ stage: String, _ handler: @escaping ProgressHandler) {
    self.stage = stage
    self.handler = handler
  }

  func report(_ completed: Int, of total: Int) throws(StudyError) {
    // Reading the clock for each person would take longer than looking at the person.
    guard completed % 256 == 0 || completed == total else { return }
    if Task.isCancelled { throw .cancelled }
    let now = ContinuousClock.now
    if completed != 0, completed != total, let last, now - last < .milliseconds(50) { return }
    last = now
    handler(StageProgress(stage: stage, completed: completed, total: total))
  }
}
