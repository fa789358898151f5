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
    let exits = DistinctNumbers(followUp.exit)
    let ends = RowEnds(followUp, exits)
    // How many event times there are up to each distinct exit.
    var reached: [Int32] = []
    reached.reserveCapacity(exits.values.count)
    var times: [Double] = []
    for place in exits.values.indices {
      if ends.eventRows[place] > 0 { times.append(exits.values[place]) }
      reached.append(Int32(times.count))
    }
    last = exits.number.map { reached[Int($0)] }
    var first = [Int32](repeating: 0, count: followUp.count)
    if let entry = followUp.entry {
      for i in entry.indices where entry[i] > 0 { first[i] = Int32(countAtOrBelow(entry[i], in: times)) }
    }
    self.times = times
    self.first = first
    causes = followUp.causes
    count = followUp.count
    numberAtRisk = NumberAtRisk(exits: exits, entry: followUp.entry)
    let steps = times.count
    let eventPlaces = exits.values.indices.filter { ends.eventRows[$0] > 0 }
    let events = ends.events.map { events in eventPlaces.map { events[$0] } }
    var allEvents = [Double](repeating: 0, count: steps)
    for k in events.indices {
      for step in 0..<steps { allEvents[step] += events[k][step] }
    }
    var moves = RiskMoves(steps: steps)
    if followUp.entry == nil {
      for place in reached.indices where reached[place] > 0 {
        moves.add(from: 0, to: Int(reached[place]), weight: ends.weight[place], rows: ends.rows[place])
      }
    } else {
      for i in 0..<count where first[i] < last[i] {
        let weight = followUp.weight?[i] ?? 1
        if weight > 0 { moves.add(from: Int(first[i]), to: Int(last[i]), weight: weight, rows: 1) }
      }
    }
    self.events = events
    self.allEvents = allEvents
    atRisk = moves.atRisk(allEvents, eventRows: eventPlaces.map { ends.eventRows[$0] })
  }
}

/// What ends at each distinct exit.
private struct RowEnds {
  /// Per exit: the weight of the rows, and how many have a weight above 0.
  let weight: [Double]
  let rows: [Int]
  /// Per cause and exit, the weight of the events of rows that were at risk.
  let events: [[Double]]
  /// Per exit, how many such events there are.
  let eventRows: [Int]

  init(_ followUp: FollowUp, _ exits: DistinctNumbers) {
    let places = exits.values.count
    var events = [Double](repeating: 0, count: places * followUp.causes)
    var eventRows = [Int](repeating: 0, count: places)
    exits.number.withUnsafeBufferPointer { number in
      followUp.cause.withUnsafeBufferPointer { cause in
        guard let weight = followUp.weight else {
          for i in cause.indices where cause[i] != 0 {
            events[(cause[i] - 1) * places + Int(number[i])] += 1
            eventRows[Int(number[i])] += 1
          }
          return
        }
        for i in cause.indices where cause[i] != 0 && weight[i] > 0 {
          events[(cause[i] - 1) * places + Int(number[i])] += weight[i]
          eventRows[Int(number[i])] += 1
        }
      }
    }
    self.events = (0..<followUp.causes).map { Array(events[$0 * places..<($0 + 1) * places]) }
    self.eventRows = eventRows
    guard let weights = followUp.weight else {
      weight = exits.counts.map(Double.init)
      rows = exits.counts
      return
    }
    var weight = [Double](repeating: 0, count: places)
    var rows = [Int](repeating: 0, count: places)
    for i in weights.indices where weights[i] > 0 {
      weight[Int(exits.number[i])] += weights[i]
      rows[Int(exits.number[i])] += 1
    }
    self.weight = weight
    self.rows = rows
  }
}

/// The weight and the number of rows that come under and leave observation between the event times.
private struct RiskMoves {
  private var leaving: [Double]
  private var entering: [Double]
  private var rows: [Int]

  init(steps: Int) {
    leaving = [Double](repeating: 0, count: steps + 1)
    entering = leaving
    rows = [Int](repeating: 0, count: steps + 1)
  }

  mutating func add(from: Int, to: Int, weight: Double, rows count: Int) {
    leaving[to] += weight
    entering[from] += weight
    rows[from] += count
    rows[to] -= count
  }

  /// The weight at risk at each event time.
  func atRisk(_ allEvents: [Double], eventRows: [Int]) -> [Double] {
    let steps = allEvents.count
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
      present += rows[step]
      // When everyone at risk has the event, both weights are one sum, taken in two orders.
      if present == eventRows[step] { atRisk[step] = allEvents[step] }
    }
    return atRisk
  }
}
