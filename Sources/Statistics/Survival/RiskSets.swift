import NumericalMethods

/// The distinct event times of a follow-up, and which rows are at risk at each.
///
/// Everything after this sort works on positions in the grid of event times. Row i is at risk at the positions
/// first[i]..<last[i]; an event of row i is at position last[i] − 1.
struct RiskSets {
  /// The distinct times of events of any cause in rows with a positive weight, ascending: T of them.
  let times: [Double]
  let first: [Int32]
  let last: [Int32]
  let causes: Int
  /// The weight at risk at each event time, length T.
  let atRisk: [Double]
  /// The weight of the events of each cause, causes × T.
  let events: [[Double]]
  /// The weight of the events of any cause, length T.
  let allEvents: [Double]
  let numberAtRisk: NumberAtRisk
  let count: Int

  init(_ followUp: FollowUp) {
    let n = followUp.count
    let order = sortedOrder(of: followUp.exit)
    var times: [Double] = []
    var last = [Int32](repeating: 0, count: n)
    var tieStart = 0
    while tieStart < n {
      let time = followUp.exit[Int(order[tieStart])]
      var tieEnd = tieStart
      var hasEvent = false
      while tieEnd < n, followUp.exit[Int(order[tieEnd])] == time {
        let i = Int(order[tieEnd])
        if followUp.cause[i] != 0, followUp.weight == nil || followUp.weight![i] > 0 { hasEvent = true }
        tieEnd += 1
      }
      if hasEvent { times.append(time) }
      for position in tieStart..<tieEnd { last[Int(order[position])] = Int32(times.count) }
      tieStart = tieEnd
    }
    var first = [Int32](repeating: 0, count: n)
    if let entry = followUp.entry {
      for i in 0..<n where entry[i] > 0 { first[i] = Int32(countAtOrBelow(entry[i], in: times)) }
    }
    self.times = times
    self.first = first
    self.last = last
    causes = followUp.causes
    count = n
    numberAtRisk = NumberAtRisk(entry: followUp.entry, exit: followUp.exit, order: order)
    (atRisk, events, allEvents) = Self.totals(followUp, first: first, last: last, steps: times.count)
  }

  /// The weight at risk and the weight of the events at each event time.
  private static func totals(
    _ followUp: FollowUp, first: [Int32], last: [Int32], steps: Int
  ) -> (atRisk: [Double], events: [[Double]], allEvents: [Double]) {
    var events = [[Double]](repeating: [Double](repeating: 0, count: steps), count: followUp.causes)
    var leaving = [Double](repeating: 0, count: steps + 1)
    var entering = [Double](repeating: 0, count: steps + 1)
    var heads = [Int](repeating: 0, count: steps + 1)
    var eventHeads = [Int](repeating: 0, count: steps)
    for i in 0..<followUp.count {
      let weight = followUp.weight?[i] ?? 1
      let from = Int(first[i])
      let to = Int(last[i])
      guard from < to, weight > 0 else { continue }
      leaving[to] += weight
      entering[from] += weight
      heads[from] += 1
      heads[to] -= 1
      let cause = followUp.cause[i]
      if cause != 0 {
        events[cause - 1][to - 1] += weight
        eventHeads[to - 1] += 1
      }
    }
    var allEvents = [Double](repeating: 0, count: steps)
    for k in 0..<followUp.causes {
      for step in 0..<steps { allEvents[step] += events[k][step] }
    }
    // Summed backwards, so that without delayed entry no weight is ever subtracted.
    var atRisk = [Double](repeating: 0, count: steps)
    var leftLater = 0.0
    var enteredLater = 0.0
    for step in stride(from: steps - 1, through: 0, by: -1) {
      leftLater += leaving[step + 1]
      if step + 1 < steps { enteredLater += entering[step + 1] }
      atRisk[step] = leftLater - enteredLater
    }
    var present = 0
    for step in 0..<steps {
      present += heads[step]
      // When everyone at risk has the event, both weights are one sum, taken in two orders.
      if present == eventHeads[step] { atRisk[step] = allEvents[step] }
    }
    return (atRisk, events, allEvents)
  }
}
