import NumericalMethods

/// Who was in which state when, one row per interval, as arrays side by side.
///
/// A row says that a person was in state `from` after `entry` up to `exit`, and moved to state `to` at `exit`, or that
/// 0 the person was last seen there (or the interval was only cut). States are numbered 1...states. A move to the same
/// state changes nothing. Someone who enters at a time is not yet at risk of the moves at that time, except at time 0.
public struct StateHistory: Hashable, Sendable {
  public let states: Int
  public let person: [Int]
  public let entry: [Double]
  public let exit: [Double]
  public let from: [Int]
  public let to: [Int]
  public let weight: [Double]?
  /// The positions of the rows by person and then time.
  let ordered: [Int32]

  public var count: Int { exit.count }

  /// Checks and keeps the arrays, which may be in any order.
  ///
  /// - Parameters:
  ///   - states: how many states there are.
  ///   - person: n labels.
  ///   - entry: n times, zero or more.
  ///   - exit: n times, after the entry; both at 0 is allowed.
  ///   - from: n numbers 1...states; nil when everyone starts in `start` and is afterwards where the last move led.
  ///   - to: n numbers 0...states, 0 for no move.
  ///   - start: used when `from` is nil.
  ///   - weight: n numbers, zero or more, not all zero.
  /// - Throws: the first fault found, with its position: among others intervals of one person that overlap, or a state
  ///   that differs
  ///   from the one just entered. A gap between intervals is allowed.
  public init(
    states: Int, person: [Int], entry: [Double], exit: [Double], from: [Int]? = nil, to: [Int], start: Int = 1,
    weight: [Double]? = nil
  ) throws(StatisticsError) {
    precondition(states >= 1 && (1...states).contains(start), "the starting state is one of the states")
    guard !exit.isEmpty else { throw .noObservations }
    let n = exit.count
    for (array, name) in [(person, "person"), (to, "to")] { try FollowUp.check(lengthOf: array, name, n) }
    try FollowUp.check(lengthOf: entry, "entry", n)
    try FollowUp.check(times: entry, "entry")
    try FollowUp.check(times: exit, "exit")
    for i in 0..<n where exit[i] <= entry[i] && exit[i] != 0 { throw .exitNotAfterEntry(index: i) }
    for i in 0..<n where to[i] < 0 || to[i] > states { throw .unknownState(array: "to", index: i, states: states) }
    if let from {
      try FollowUp.check(lengthOf: from, "from", n)
      for i in 0..<n where from[i] < 1 || from[i] > states {
        throw .unknownState(array: "from", index: i, states: states)
      }
    }
    if let weight {
      try FollowUp.check(lengthOf: weight, "weight", n)
      try FollowUp.check(weights: weight)
    }

    let ordered = Self.order(person: person, entry: entry, exit: exit)
    var known = from ?? [Int](repeating: start, count: n)
    for position in 1..<max(1, n) {
      let row = Int(ordered[position])
      let previous = Int(ordered[position - 1])
      guard person[row] == person[previous] else { continue }
      guard entry[row] >= exit[previous] else { throw .intervalsOverlap(index: row) }
      let reached = to[previous] == 0 ? known[previous] : to[previous]
      if from == nil {
        known[row] = reached
      } else if entry[row] == exit[previous], known[row] != reached {
        throw .stateJumps(index: row)
      }
    }
    self.states = states
    self.person = person
    self.entry = entry
    self.exit = exit
    self.from = known
    self.to = to
    self.weight = weight
    self.ordered = ordered
  }

  /// The positions by person, then entry, then exit.
  private static func order(person: [Int], entry: [Double], exit: [Double]) -> [Int32] {
    let byExit = sortedOrder(of: exit)
    let byEntry = sortedOrder(of: byExit.map { entry[Int($0)] }).map { byExit[Int($0)] }
    let (number, _) = denseNumbers(person)
    return sortedOrder(of: byEntry.map { UInt64(number[Int($0)]) }).map { byEntry[Int($0)] }
  }
}
