/// Times under observation, one row per observation (usually one per person), as arrays side by side.
///
/// A row is at risk at every time t with entry < t ≤ exit: events at a tied time come before censorings, and someone
/// who enters at a time is not yet at risk of the events at that time. Time 0 is the origin, where everyone who entered
/// at 0 is at risk, so an event at time 0 counts.
///
/// Times that should be equal must be equal numbers (whole days are); no tolerance is applied.
public struct FollowUp: Hashable, Sendable {
  /// nil when everyone is followed from 0.
  public let entry: [Double]?
  public let exit: [Double]
  /// 0 for a censoring, otherwise the cause of the event that ended the row, 1...causes.
  public let cause: [Int]
  public let causes: Int
  /// nil when every row counts once. A whole weight stands for as many equal rows.
  public let weight: [Double]?
  /// Rows with one label belong together (one person's rows, one household); nil when all rows are independent.
  public let cluster: [Int]?

  public var count: Int { exit.count }

  /// Checks and keeps the arrays.
  ///
  /// - Parameters:
  ///   - entry: n times, zero or more; nil for 0 throughout.
  ///   - exit: n times, after the entry; an entry and exit both at 0 is allowed.
  ///   - cause: n numbers 0...causes.
  ///   - causes: how many causes there are, even when some never occur.
  ///   - weight: n numbers, zero or more, not all zero.
  ///   - cluster: n labels.
  /// - Throws: the first fault found, with its position.
  public init(
    entry: [Double]? = nil, exit: [Double], cause: [Int], causes: Int = 1, weight: [Double]? = nil,
    cluster: [Int]? = nil
  ) throws(StatisticsError) {
    precondition(causes >= 1, "there is at least one cause")
    guard !exit.isEmpty else { throw .noObservations }
    try Self.check(lengthOf: cause, "cause", exit.count)
    if let entry { try Self.check(lengthOf: entry, "entry", exit.count) }
    if let weight { try Self.check(lengthOf: weight, "weight", exit.count) }
    if let cluster { try Self.check(lengthOf: cluster, "cluster", exit.count) }
    try Self.check(times: exit, "exit")
    if let entry {
      try Self.check(times: entry, "entry")
      for i in 0..<exit.count where exit[i] <= entry[i] && exit[i] != 0 { throw .exitNotAfterEntry(index: i) }
    }
    for i in 0..<exit.count where cause[i] < 0 || cause[i] > causes { throw .unknownCause(index: i, causes: causes) }
    if let weight { try Self.check(weights: weight) }
    self.init(
      checkedEntry: entry, exit: exit, cause: cause, causes: causes, weight: weight, cluster: cluster)
  }

  init(checkedEntry: [Double]?, exit: [Double], cause: [Int], causes: Int, weight: [Double]?, cluster: [Int]?) {
    self.entry = checkedEntry
    self.exit = exit
    self.cause = cause
    self.causes = causes
    self.weight = weight
    self.cluster = cluster
  }

  static func check<T>(lengthOf array: [T], _ name: String, _ expected: Int) throws(StatisticsError) {
    guard array.count == expected else {
      throw .lengthsDiffer(array: name, expected: expected, found: array.count)
    }
  }

  static func check(times: [Double], _ name: String) throws(StatisticsError) {
    for i in 0..<times.count {
      guard times[i].isFinite else { throw .notFinite(array: name, index: i) }
      guard times[i] >= 0 else { throw .negativeTime(array: name, index: i) }
    }
  }

  static func check(weights: [Double]) throws(StatisticsError) {
    var anyPositive = false
    for i in 0..<weights.count {
      guard weights[i].isFinite else { throw .notFinite(array: "weight", index: i) }
      guard weights[i] >= 0 else { throw .negativeWeight(index: i) }
      if weights[i] > 0 { anyPositive = true }
    }
    guard anyPositive else { throw .weightsSumToZero }
  }
}
