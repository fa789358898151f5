/// The positions of the elements in ascending order of their keys; equal keys stay in the order of the array.
///
/// A radix sort of 11 bits at a time: linear in the number of elements, and digits that all keys share are skipped, so
/// whole days cost one or two passes.
///
/// - Parameter keys: n unsigned keys, n below 2³¹.
/// - Returns: n positions.
func sortedOrder(_ keys: [UInt64]) -> [Int32] {
  let count = keys.count
  var order = [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
    for i in 0..<count { buffer[i] = Int32(truncatingIfNeeded: i) }
    filled = count
  }
  guard count > 1 else { return order }
  var different: UInt64 = 0
  for key in keys { different |= key ^ keys[0] }
  var sorted = keys
  var nextKeys = [UInt64](repeating: 0, count: count)
  var nextOrder = [Int32](repeating: 0, count: count)
  var starts = [Int](repeating: 0, count: 2048)
  for shift in stride(from: UInt64(0), to: 64, by: 11) where (different >> shift) & 2047 != 0 {
    for digit in 0..<2048 { starts[digit] = 0 }
    for key in sorted { starts[Int((key >> shift) & 2047)] += 1 }
    var position = 0
    for digit in 0..<2048 {
      let size = starts[digit]
      starts[digit] = position
      position += size
    }
    for i in 0..<count {
      let key = sorted[i]
      let digit = Int((key >> shift) & 2047)
      let target = starts[digit]
      starts[digit] = target + 1
      nextKeys[target] = key
      nextOrder[target] = order[i]
    }
    swap(&sorted, &nextKeys)
    swap(&order, &nextOrder)
  }
  return order
}

/// The positions of times, all zero or more, in ascending order.
func sortedOrder(ofTimes times: [Double]) -> [Int32] {
  // The bit patterns of non-negative numbers ascend with the numbers; adding zero turns −0 into 0.
  sortedOrder(times.map { ($0 + 0).bitPattern })
}

/// Numbers labels from 0 in ascending order of the label.
///
/// - Returns: the number of each element, and how many there are.
func denseNumbers(_ labels: [Int]) -> (number: [Int32], count: Int) {
  let signBit = UInt64(1) << 63
  let order = sortedOrder(labels.map { UInt64(bitPattern: Int64($0)) ^ signBit })
  var number = [Int32](repeating: 0, count: labels.count)
  var current: Int32 = -1
  var previous: Int?
  for position in order {
    let label = labels[Int(position)]
    if label != previous {
      current += 1
      previous = label
    }
    number[Int(position)] = current
  }
  return (number, Int(current) + 1)
}

/// How many elements of an ascending array are at or below a value.
func countAtOrBelow(_ value: Double, in ascending: [Double]) -> Int {
  var low = 0
  var high = ascending.count
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] <= value { low = middle + 1 } else { high = middle }
  }
  return low
}

/// How many elements of an ascending array are below a value.
func countBelow(_ value: Double, in ascending: [Double]) -> Int {
  var low = 0
  var high = ascending.count
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] < value { low = middle + 1 } else { high = middle }
  }
  return low
}

/// The position of the last step of a right-continuous step function at or before a time; nil before the first.
func lastStep(at time: Double, in times: [Double]) -> Int? {
  let steps = countAtOrBelow(time, in: times)
  return steps == 0 ? nil : steps - 1
}
