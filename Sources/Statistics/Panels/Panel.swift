import NumericalMethods

/// Which unit each row is about, and in which period it was observed: long data, one row per unit and period.
///
/// Rows may come in any order. Units and periods are numbered in the ascending order of their labels; rows that are
/// sorted by unit and period already are recognised and never copied.
public struct Panel: Sendable {
  public let rowCount: Int
  /// The labels of the periods that occur, ascending.
  public let periods: [Int]
  /// How many units occur.
  public let unitCount: Int
  /// Whether every unit is observed in every period.
  public let isBalanced: Bool
  /// The rows sorted by unit, then period; nil when they lie so already.
  let order: [Int32]?
  /// Where the rows of each unit start among the sorted rows; one more than there are units.
  let starts: [Int]
  /// The period, as a position in `periods`, of each sorted row; empty when balanced, where it is row modulo periods.
  let sortedPeriod: [Int32]

  /// - Parameters:
  ///   - unit: n labels.
  ///   - period: n labels; their order is the order of time.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.repeatedObservation` when a unit has two rows in one period.
  public init(unit: [Int], period: [Int]) throws(StatisticsError) {
    guard !unit.isEmpty else { throw .noObservations }
    guard period.count == unit.count else {
      throw .lengthsDiffer(array: "period", expected: unit.count, found: period.count)
    }
    rowCount = unit.count
    let (periodCode, periods) = Panel.positions(of: period)
    self.periods = periods
    if let starts = Panel.startsOfSorted(unit, periodCode) {
      order = nil
      self.starts = starts
    } else {
      let (unitCode, count) = Panel.codes(of: unit)
      let order = Panel.sorted(unitCode, count, periodCode, periods.count)
      var starts = [Int](repeating: 0, count: count + 1)
      for code in unitCode { starts[Int(code) + 1] += 1 }
      for u in 0..<count { starts[u + 1] += starts[u] }
      for u in 0..<count {
        for row in (starts[u] + 1)..<max(starts[u + 1], starts[u] + 1)
        where periodCode[Int(order[row])] == periodCode[Int(order[row - 1])] {
          throw .repeatedObservation(index: Int(order[row]))
        }
      }
      self.order = order
      self.starts = starts
    }
    unitCount = starts.count - 1
    isBalanced = unit.count == unitCount * periods.count
    if isBalanced {
      sortedPeriod = []
    } else if let order {
      sortedPeriod = order.map { periodCode[Int($0)] }
    } else {
      sortedPeriod = periodCode
    }
  }

  /// The values in the order of units and periods.
  func sorted<Value: Sendable>(_ values: [Value]) -> [Value] {
    guard let order else { return values }
    return [Value](unsafeUninitializedCapacity: rowCount) { buffer, filled in
      let start = SendablePointer(buffer.baseAddress!)
      let blocks = (rowCount + 65_535) / 65_536
      WorkSharing.forEach(blocks) { block in
        for row in block * 65_536..<min(rowCount, (block + 1) * 65_536) {
          (start.pointer + row).initialize(to: values[Int(order[row])])
        }
      }
      filled = rowCount
    }
  }

  /// Values of sorted rows in the order of the rows given.
  func inGivenOrder<Value>(_ sorted: [Value]) -> [Value] {
    guard let order else { return sorted }
    var values = sorted
    for (place, row) in order.enumerated() { values[Int(row)] = sorted[place] }
    return values
  }

  /// The panel of some of its rows, in their order.
  func selecting(_ rows: [Int]) throws(StatisticsError) -> Panel {
    var unit = [Int](repeating: 0, count: rowCount)
    var period = unit
    for u in 0..<unitCount {
      for sorted in starts[u]..<starts[u + 1] {
        unit[row(sorted)] = u
        period[row(sorted)] = periods[self.period(sorted, ofUnit: u)]
      }
    }
    return try Panel(unit: rows.map { unit[$0] }, period: rows.map { period[$0] })
  }

  /// The row, as the caller counts, of a sorted row.
  func row(_ sorted: Int) -> Int { order.map { Int($0[sorted]) } ?? sorted }

  /// The position of the period of a sorted row of a unit.
  func period(_ sorted: Int, ofUnit unit: Int) -> Int {
    isBalanced ? sorted - starts[unit] : Int(sortedPeriod[sorted])
  }

  /// One value for each unit from values that are the same in all its rows.
  ///
  /// - Throws: `.changesWithinUnit` where they are not.
  func perUnit<Value: Equatable & Sendable>(_ values: [Value], _ name: String) throws(StatisticsError) -> [Value] {
    guard values.count == rowCount else {
      throw .lengthsDiffer(array: name, expected: rowCount, found: values.count)
    }
    let sorted = sorted(values)
    for u in 0..<unitCount {
      let first = sorted[starts[u]]
      for row in starts[u] + 1..<max(starts[u + 1], starts[u] + 1) where sorted[row] != first {
        throw .changesWithinUnit(variable: name, index: self.row(row))
      }
    }
    return (0..<unitCount).map { sorted[starts[$0]] }
  }
}

extension Panel {
  /// Labels as positions among the ascending distinct labels, by a table where they span little.
  private static func positions(of labels: [Int]) -> (codes: [Int32], labels: [Int]) {
    let (low, high) = range(labels)
    let span = high.subtractingReportingOverflow(low)
    guard !span.overflow, span.partialValue < 1_000_000 else {
      let (codes, count) = denseNumbers(labels)
      var distinct = [Int](repeating: 0, count: count)
      for i in labels.indices { distinct[Int(codes[i])] = labels[i] }
      return (codes, distinct)
    }
    var table = [Int32](repeating: -1, count: span.partialValue + 1)
    for label in labels { table[label - low] = 0 }
    var distinct: [Int] = []
    for offset in table.indices where table[offset] == 0 {
      table[offset] = Int32(distinct.count)
      distinct.append(low + offset)
    }
    let codes = [Int32](unsafeUninitializedCapacity: labels.count) { buffer, filled in
      for i in 0..<labels.count { buffer[i] = table[labels[i] - low] }
      filled = labels.count
    }
    return (codes, distinct)
  }

  /// As `positions`, without the labels, and with a table as long as the rows allow.
  private static func codes(of labels: [Int]) -> (codes: [Int32], count: Int) {
    let (low, high) = range(labels)
    let span = high.subtractingReportingOverflow(low)
    guard !span.overflow, span.partialValue < max(1_000_000, 2 * labels.count) else {
      let (codes, count) = denseNumbers(labels)
      return (codes, count)
    }
    var table = [Int32](repeating: -1, count: span.partialValue + 1)
    for label in labels { table[label - low] = 0 }
    var count: Int32 = 0
    for offset in table.indices where table[offset] == 0 {
      table[offset] = count
      count += 1
    }
    return (labels.map { table[$0 - low] }, Int(count))
  }

  private static func range(_ labels: [Int]) -> (low: Int, high: Int) {
    var (low, high) = (labels[0], labels[0])
    for label in labels {
      low = min(low, label)
      high = max(high, label)
    }
    return (low, high)
  }

  /// The starts of the units when the rows ascend by unit and period; nil when they do not.
  private static func startsOfSorted(_ unit: [Int], _ period: [Int32]) -> [Int]? {
    var starts = [0]
    for row in 1..<max(unit.count, 1) {
      if unit[row] == unit[row - 1] {
        if period[row] <= period[row - 1] { return nil }
      } else if unit[row] > unit[row - 1] {
        starts.append(row)
      } else {
        return nil
      }
    }
    starts.append(unit.count)
    return starts
  }

  /// Rows in ascending order of unit and period: counted by period first, then, stably, by unit.
  private static func sorted(_ unit: [Int32], _ units: Int, _ period: [Int32], _ periods: Int) -> [Int32] {
    func counted(_ codes: [Int32], _ count: Int, _ rows: [Int32]?) -> [Int32] {
      var starts = [Int](repeating: 0, count: count + 1)
      for code in codes { starts[Int(code) + 1] += 1 }
      for c in 0..<count { starts[c + 1] += starts[c] }
      return [Int32](unsafeUninitializedCapacity: codes.count) { buffer, filled in
        for i in 0..<codes.count {
          let row = rows.map { Int($0[i]) } ?? i
          let code = Int(codes[row])
          buffer[starts[code]] = Int32(truncatingIfNeeded: row)
          starts[code] += 1
        }
        filled = codes.count
      }
    }
    return counted(unit, units, counted(period, periods, nil))
  }
}
