import NumericalMethods

/// The rows of a Cox model in the order in which its likelihood takes them, and the grid of event times.
///
/// A *slot* is one event time of one stratum. Slots are numbered stratum after stratum, and within a stratum from the
/// last time back to the first, so that a sum over those at risk grows by the rows that leave there. After the slots of
/// a stratum comes one empty slot that closes it. The row at position p is at risk in the slots leave[p]..<stop[p].
/// Positions follow the slots; within a slot those without event come first. Rows never at risk have no position.
struct CoxGrid: Sendable {
  /// The row at each position, length m.
  let rows: [Int32]
  let leave: [Int32]
  let stop: [Int32]
  /// Length m; nil when every row counts once.
  let weight: [Double]?
  /// Where the positions of each slot start, length slots + 1.
  let starts: [Int32]
  /// Where the events among them start, length slots.
  let eventStarts: [Int32]
  /// The time of each slot, length slots.
  let times: [Double]
  /// The stratum of each slot, 0..<strata; a stratum without events has only its empty slot.
  let stratum: [Int32]
  /// The first slot of each stratum, and a last element, length strata + 1.
  let stratumStarts: [Int]
  /// The positions of rows that enter late, by the slot where they are no longer at risk.
  let entering: [Int32]
  /// Whether nobody is at risk in a slot but the rows that leave there, so that a sum over those at risk starts anew.
  let isFresh: [Bool]
  /// How many rows there are, at risk or not.
  let rowCount: Int

  var slots: Int { times.count }
  var count: Int { rows.count }
  var strata: Int { stratumStarts.count - 1 }

  func isClosing(_ slot: Int) -> Bool { eventStarts[slot] == starts[slot + 1] }

  /// The weight at a position.
  @inline(__always) func weight(at position: Int) -> Double { weight?[position] ?? 1 }

  /// - Parameter stratum: n labels in 0..<strata, or nil.
  init(_ followUp: FollowUp, stratum: Clusters? = nil) {
    let n = followUp.count
    let strata = stratum?.count ?? 1
    var order = sortedOrder(of: followUp.exit)
    if let stratum { order = Self.stably(order, by: stratum.codes, count: strata) }
    let exit = followUp.exit
    let cause = followUp.cause
    let weight = followUp.weight
    // How many event times of its stratum lie at or before each row's exit.
    var reached = [Int32](repeating: 0, count: n)
    var ascending: [Double] = []
    var ascendingStarts = [0]
    var next = 0
    for s in 0..<strata {
      let first = ascending.count
      while next < n, stratum == nil || stratum!.codes[Int(order[next])] == Int32(s) {
        let time = exit[Int(order[next])]
        var end = next
        var hasEvent = false
        while end < n {
          let row = Int(order[end])
          guard exit[row] == time, stratum == nil || stratum!.codes[row] == Int32(s) else { break }
          if cause[row] != 0, weight == nil || weight![row] > 0 { hasEvent = true }
          end += 1
        }
        if hasEvent { ascending.append(time) }
        let position = Int32(ascending.count - first)
        for place in next..<end { reached[Int(order[place])] = position }
        next = end
      }
      ascendingStarts.append(ascending.count)
    }
    // Descending, with a closing slot after each stratum.
    var times: [Double] = []
    times.reserveCapacity(ascending.count + strata)
    var slotStratum: [Int32] = []
    slotStratum.reserveCapacity(ascending.count + strata)
    var stratumStarts = [0]
    for s in 0..<strata {
      for step in stride(from: ascendingStarts[s + 1] - 1, through: ascendingStarts[s], by: -1) {
        times.append(ascending[step])
        slotStratum.append(Int32(s))
      }
      times.append(.nan)
      slotStratum.append(Int32(s))
      stratumStarts.append(times.count)
    }
    let slots = times.count
    var leaveOfRow = [Int32](repeating: -1, count: n)
    var stopOfRow = [Int32](repeating: 0, count: n)
    var isEvent = [Bool](repeating: false, count: n)
    var sizes = [Int32](repeating: 0, count: 2 * slots + 1)
    var lateEntries = 0
    for row in 0..<n {
      let s = stratum.map { Int($0.codes[row]) } ?? 0
      guard reached[row] > 0 else { continue }
      let closing = stratumStarts[s + 1] - 1
      let leave = closing - Int(reached[row])
      var stop = closing
      if let entry = followUp.entry, entry[row] > 0 {
        stop -= Self.countAtOrBelow(entry[row], ascending, ascendingStarts[s]..<ascendingStarts[s + 1])
      }
      guard leave < stop else { continue }
      leaveOfRow[row] = Int32(leave)
      stopOfRow[row] = Int32(stop)
      if stop < closing { lateEntries += 1 }
      let event = cause[row] != 0 && (weight == nil || weight![row] > 0)
      isEvent[row] = event
      sizes[2 * leave + (event ? 1 : 0)] += 1
    }
    var total: Int32 = 0
    for cell in sizes.indices {
      let size = sizes[cell]
      sizes[cell] = total
      total += size
    }
    starts = (0...slots).map { sizes[2 * $0] }
    eventStarts = (0..<slots).map { sizes[2 * $0 + 1] }
    var rows = [Int32](repeating: 0, count: Int(total))
    for row in 0..<n where leaveOfRow[row] >= 0 {
      let cell = 2 * Int(leaveOfRow[row]) + (isEvent[row] ? 1 : 0)
      rows[Int(sizes[cell])] = Int32(row)
      sizes[cell] += 1
    }
    leave = rows.map { leaveOfRow[Int($0)] }
    stop = rows.map { stopOfRow[Int($0)] }
    self.weight = weight.map { weight in rows.map { weight[Int($0)] } }
    self.rows = rows
    self.times = times
    self.stratum = slotStratum
    self.stratumStarts = stratumStarts
    rowCount = n
    var entering: [Int32] = []
    if lateEntries > 0 {
      let stop = stop
      let late = rows.indices.filter { stop[$0] < stratumStarts[Int(slotStratum[Int(stop[$0])]) + 1] - 1 }
      entering = sortedOrder(of: late.map { stop[$0] }).map { Int32(late[Int($0)]) }
    }
    self.entering = entering
    isFresh = Self.fresh(starts, eventStarts, entering, stop)
  }

  private static func fresh(
    _ starts: [Int32], _ eventStarts: [Int32], _ entering: [Int32], _ stop: [Int32]
  ) -> [Bool] {
    var heads = 0
    var nextEntering = 0
    return eventStarts.indices.map { slot in
      let own = Int(starts[slot + 1] - starts[slot])
      while nextEntering < entering.count, Int(stop[Int(entering[nextEntering])]) <= slot {
        heads -= 1
        nextEntering += 1
      }
      let isFresh = heads == 0
      // An empty slot closes its stratum.
      heads = eventStarts[slot] == starts[slot + 1] ? 0 : heads + own
      return isFresh
    }
  }

  /// The positions in the order of their labels, those with one label in the order given.
  private static func stably(_ order: [Int32], by codes: [Int32], count: Int) -> [Int32] {
    var starts = [Int](repeating: 0, count: count + 1)
    for code in codes { starts[Int(code) + 1] += 1 }
    for code in 0..<count { starts[code + 1] += starts[code] }
    var result = order
    for row in order {
      let code = Int(codes[Int(row)])
      result[starts[code]] = row
      starts[code] += 1
    }
    return result
  }

  private static func countAtOrBelow(_ value: Double, _ ascending: [Double], _ range: Range<Int>) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low - range.lowerBound
  }
}
