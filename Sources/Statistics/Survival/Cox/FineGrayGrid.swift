import NumericalMethods

/// How ties between events and censorings are taken in the probability of not being censored.
enum CensoringTies {
  /// Those with an event at a time are at risk of censoring then (`cmprsk::crr`).
  case together
  /// Events come just before censorings (`survival::finegray`).
  case eventsFirst
}

/// The probability of not yet being censored just before a time, by the Kaplan-Meier estimate within groups.
///
/// After the last time of a group it is 0, as both peers have it: nothing is known of that group any more.
struct CensoringCurves: Sendable {
  /// One per group: the distinct censoring times, those at risk and the hazard there, ascending.
  let times: [[Double]]
  let hazards: [[Double]]
  /// One more than there are times: G before the first, after the first, ….
  private let values: [[Double]]
  /// The last time anyone of each group is followed to.
  private let ends: [Double]

  /// - Parameter weight: n numbers; nil when every row counts once.
  init(_ followUp: FollowUp, groups: Clusters, ties: CensoringTies, weight: [Double]?) {
    var times: [[Double]] = []
    var hazards: [[Double]] = []
    var values: [[Double]] = []
    let order = sortedOrder(of: followUp.exit)
    var members = [[Int]](repeating: [], count: groups.count)
    for row in order { members[Int(groups.codes[Int(row)])].append(Int(row)) }
    for rows in members {
      var left = rows.reduce(0.0) { $0 + (weight?[$1] ?? 1) }
      var own: [Double] = []
      var steps: [Double] = []
      var curve = [1.0]
      var start = 0
      while start < rows.count {
        let time = followUp.exit[rows[start]]
        var censored = 0.0
        var events = 0.0
        while start < rows.count, followUp.exit[rows[start]] == time {
          let own = weight?[rows[start]] ?? 1
          if followUp.cause[rows[start]] == 0 { censored += own } else { events += own }
          start += 1
        }
        let atRisk = ties == .together ? left : left - events
        if censored > 0 {
          own.append(time)
          // Where all at risk are censored nothing may be left by rounding.
          let hazard = start == rows.count ? 1 : censored / atRisk
          let share = start == rows.count && ties == .together ? censored / (censored + events) : hazard
          steps.append(share)
          curve.append(curve[curve.count - 1] * (1 - share))
        }
        left -= censored + events
      }
      times.append(own)
      hazards.append(steps)
      values.append(curve)
    }
    self.times = times
    self.hazards = hazards
    self.values = values
    ends = members.map { $0.last.map { followUp.exit[$0] } ?? 0 }
  }

  /// G(t−) in a group.
  func before(_ time: Double, group: Int) -> Double {
    time > ends[group] ? 0 : values[group][countBelow(time, in: times[group])]
  }
}

/// The rows of a subdistribution model in ascending order of time, and the times of the event of interest.
struct FineGrayGrid: Sendable {
  /// The distinct times of the event of interest, ascending: T of them.
  let times: [Double]
  /// The row at each position: by time, every row of the follow-up.
  let rows: [Int32]
  /// How many event times lie at or before each position's exit.
  let reached: [Int32]
  /// 0 for a censoring, 1 for the event of interest, 2 for another, per position.
  let kind: [UInt8]
  let weight: [Double]?
  /// G at the end of each row, for rows with another event; 1 elsewhere; per position.
  let ownProbability: [Double]
  /// The censoring group, per position.
  let group: [Int32]
  /// G(t−) at each event time, groups × T.
  let probability: [[Double]]
  let groups: Int

  init(_ followUp: FollowUp, cause: Int, groups: Clusters, curves: CensoringCurves) {
    let order = sortedOrder(of: followUp.exit)
    var times: [Double] = []
    for row in order where followUp.cause[Int(row)] == cause && (followUp.weight?[Int(row)] ?? 1) > 0 {
      let time = followUp.exit[Int(row)]
      if times.last != time { times.append(time) }
    }
    var reached = [Int32](repeating: 0, count: order.count)
    var count = 0
    for (position, row) in order.enumerated() {
      while count < times.count, times[count] <= followUp.exit[Int(row)] { count += 1 }
      reached[position] = Int32(count)
    }
    self.times = times
    self.reached = reached
    rows = order
    kind = order.map { followUp.cause[Int($0)] == 0 ? 0 : followUp.cause[Int($0)] == cause ? 1 : 2 }
    weight = followUp.weight.map { weight in order.map { weight[Int($0)] } }
    group = order.map { groups.codes[Int($0)] }
    ownProbability = order.map { row in
      let cause = followUp.cause[Int(row)]
      guard cause != 0 else { return 1 }
      let own = curves.before(followUp.exit[Int(row)], group: Int(groups.codes[Int(row)]))
      // Only 0 where nobody with a weight is left, so that the row counts for nothing anyway.
      return own > 0 ? own : 1
    }
    probability = (0..<groups.count).map { group in times.map { curves.before($0, group: group) } }
    self.groups = groups.count
  }

  var count: Int { rows.count }

  @inline(__always) func weight(at position: Int) -> Double { weight?[position] ?? 1 }

  @inline(__always) func isEvent(_ position: Int) -> Bool { kind[position] == 1 && weight(at: position) > 0 }
}
