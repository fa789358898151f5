/// Numbers that are whole and lie within a range that is short beside their count, such as days of follow-up.
///
/// A table with one place for each value puts them in order, or finds the values that occur, in one or two passes.
public struct CloseWholeNumbers: Sendable {
  private let numbers: [Double]
  private let lowest: Double
  /// How many whole numbers there are from the lowest to the highest.
  private let places: Int

  /// - Returns: nil when a number is not whole or not finite, or when the range is not short.
  public init?(_ numbers: [Double]) {
    guard let first = numbers.first else { return nil }
    // One number that is not whole settles it, and is mostly found at once.
    guard first == first.rounded(), first.isFinite else { return nil }
    let blocks = WorkSharing.map((numbers.count + Self.blockSize - 1) / Self.blockSize) { block in
      numbers.withUnsafeBufferPointer {
        Self.range($0[block * Self.blockSize..<min(numbers.count, (block + 1) * Self.blockSize)])
      }
    }
    var (low, high) = (first, first)
    for block in blocks {
      guard let block else { return nil }
      low = min(low, block.low)
      high = max(high, block.high)
    }
    guard high - low < Double(max(1024, numbers.count / 4)), high - low < 0x1p20 else { return nil }
    self.numbers = numbers
    lowest = low
    places = Int(high - low) + 1
  }

  private static let blockSize = 65_536

  private static func range(_ numbers: Slice<UnsafeBufferPointer<Double>>) -> (low: Double, high: Double)? {
    var (low, high) = (Double.infinity, -Double.infinity)
    for number in numbers {
      // NaN is equal to nothing; an infinity is its own rounded value, and far from every other number.
      guard number == number.rounded(.towardZero) else { return nil }
      low = number < low ? number : low
      high = number > high ? number : high
    }
    return high < 0x1p52 && low > -0x1p52 ? (low, high) : nil
  }

  /// The place of a number in the table.
  @inline(__always) private func place(_ number: Double) -> Int { Int(number - lowest) }

  /// The positions of the numbers in ascending order; equal numbers stay in the order of the array.
  public func sortedOrder() -> [Int32] {
    let count = numbers.count
    // As many parts for the same count on any machine; their tables stay small beside the numbers.
    let parts = max(1, min(8, count / max(1, 4 * places)))
    @Sendable func rows(_ part: Int) -> Range<Int> { part * count / parts..<(part + 1) * count / parts }
    var starts = [Int32](repeating: 0, count: parts * places)
    return numbers.withUnsafeBufferPointer { numbers in
      starts.withUnsafeMutableBufferPointer { starts in
        let (numbers, table) = (
          SendablePointer(.init(mutating: numbers.baseAddress!)), SendablePointer(starts.baseAddress!)
        )
        WorkSharing.forEach(parts) { part in
          let own = table.pointer + part * places
          for i in rows(part) { own[place(numbers.pointer[i])] += 1 }
        }
        var total: Int32 = 0
        for place in 0..<places {
          for part in 0..<parts {
            let size = starts[part * places + place]
            starts[part * places + place] = total
            total += size
          }
        }
        return [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
          let order = SendablePointer(buffer.baseAddress!)
          WorkSharing.forEach(parts) { part in
            let own = table.pointer + part * places
            for i in rows(part) {
              let place = place(numbers.pointer[i])
              order.pointer[Int(own[place])] = Int32(truncatingIfNeeded: i)
              own[place] += 1
            }
          }
          filled = count
        }
      }
    }
  }

  /// The distinct numbers, as ``DistinctNumbers``.
  func distinct() -> DistinctNumbers {
    var occurrences = [Int](repeating: 0, count: places)
    occurrences.withUnsafeMutableBufferPointer { table in
      for number in numbers { table[place(number)] += 1 }
    }
    var values: [Double] = []
    var counts: [Int] = []
    var rank = [Int32](repeating: 0, count: places)
    for place in 0..<places where occurrences[place] > 0 {
      rank[place] = Int32(values.count)
      values.append(lowest + Double(place))
      counts.append(occurrences[place])
    }
    let count = numbers.count
    let number = [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
      rank.withUnsafeBufferPointer { rank in
        numbers.withUnsafeBufferPointer { numbers in
          for i in 0..<count { buffer[i] = rank[place(numbers[i])] }
        }
      }
      filled = count
    }
    return DistinctNumbers(values: values, number: number, counts: counts)
  }
}

/// The distinct values among numbers, and which of them each number is.
public struct DistinctNumbers: Sendable {
  /// Ascending; v of them.
  public let values: [Double]
  /// The place of each number among the values, length n.
  public let number: [Int32]
  /// How often each value occurs, length v.
  public let counts: [Int]

  init(values: [Double], number: [Int32], counts: [Int]) {
    self.values = values
    self.number = number
    self.counts = counts
  }

  /// - Parameter numbers: n finite numbers; −0 equals 0.
  public init(_ numbers: [Double]) {
    if let close = CloseWholeNumbers(numbers) {
      self = close.distinct()
      return
    }
    let order = sortedOrder(of: numbers)
    var values: [Double] = []
    var counts: [Int] = []
    number = [Int32](unsafeUninitializedCapacity: numbers.count) { buffer, filled in
      for position in order {
        let value = numbers[Int(position)]
        if values.last != value {
          values.append(value)
          counts.append(0)
        }
        counts[counts.count - 1] += 1
        buffer[Int(position)] = Int32(truncatingIfNeeded: values.count - 1)
      }
      filled = numbers.count
    }
    self.values = values
    self.counts = counts
  }
}
