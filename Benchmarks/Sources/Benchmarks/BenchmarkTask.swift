/// One thing that is timed: preparing its arrays does not count, computing does.
struct BenchmarkTask: Sendable {
  let name: String
  /// What is computed, in a few words.
  let title: String
  /// Gives what the task reads, and the computation.
  let prepare: @Sendable (Sizes) throws -> Prepared

  struct Sizes: Sendable {
    var rows = 1_000_000
    var persons = 100_000
    /// Rows of the register that is drawn from again and again.
    var sample = 10_000
    var draws = 1_000
  }

  struct Prepared {
    /// Bytes of all data in memory, used or not.
    let held: Int
    /// Bytes of the arrays that the task is given.
    let input: Int
    let run: () throws -> Outcome
  }

  struct Outcome {
    /// Numbers that a peer must give too, by name.
    var checks: [(name: String, value: Double)]
    /// The least that has to be moved and computed: bytes read and written, and floating-point operations.
    var bytes: Double
    var flops: Double
  }
}

/// All tasks, in the order in which they are run.
let benchmarkTasks: [BenchmarkTask] =
  survivalTasks + regressionTasks + matchingTasks + weightingTasks + panelTasks
