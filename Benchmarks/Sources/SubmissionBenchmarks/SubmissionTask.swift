/// One thing that is timed inside a process of ours. What is timed as a whole process needs no task here.
struct SubmissionTask: Sendable {
  let name: String
  /// What is done, in a few words.
  let title: String
  /// Prepares what does not count, and gives the work that does.
  let prepare: @Sendable (Setting) throws -> () throws -> Outcome

  struct Setting: Sendable {
    /// The folder that `generate` wrote to.
    var folder: String
    var rows: Int
  }

  /// What came out, so that a peer can be compared, and so that nothing is left undone.
  struct Outcome: Sendable {
    var checks: [(name: String, value: Double)]
  }
}

/// All tasks. A new family is a file with its own array, added here.
let submissionTasks: [SubmissionTask] = readingTasks
