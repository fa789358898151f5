/// The positions of the elements in ascending order of their keys; equal keys stay in the order of the array.
///
/// A radix sort of 11 bits at a time: linear in the number of elements, and digits that all keys share are skipped, so
/// whole days cost one or two passes.
///
/// - Parameter keys: n unsigned keys, n below 2³¹.
/// - Returns: n positions.
public func sortedOrder(of keys: [UInt64]) -> [Int32] {
  var ascending = true
  var different: UInt64 = 0
  if var previous = keys.first {
    let first = previous
    for key in keys {
      if key < previous { ascending = false }
      different |= key ^ first
      previous = key
    }
  }
  if ascending { return positions(count: keys.count) }
  return radixSortedOrder(keys, different: different)
}

/// The positions of numbers in ascending order; −0 equals 0, NaN comes last.
public func sortedOrder(of numbers: [Double]) -> [Int32] {
  CloseWholeNumbers(numbers)?.sortedOrder() ?? sortedOrder(of: numbers.map(sortingKey))
}

/// The positions of whole numbers in ascending order.
public func sortedOrder(of numbers: [Int]) -> [Int32] {
  sortedOrder(of: numbers.map { UInt64(bitPattern: Int64($0)) ^ (1 << 63) })
}

/// The positions of codes in ascending order.
public func sortedOrder(of codes: [Int32]) -> [Int32] {
  sortedOrder(of: codes.map { UInt64(UInt32(bitPattern: $0) ^ (1 << 31)) })
}

/// A key whose unsigned order is the order of the numbers.
///
/// The bits of a positive number ascend with the number, those of a negative one descend; NaN gets the largest key.
@inlinable
public func sortingKey(_ number: Double) -> UInt64 {
  guard !number.isNaN else { return .max }
  // Adding zero turns −0 into 0.
  let bits = (number + 0).bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

private func positions(count: Int) -> [Int32] {
  [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
    for i in 0..<count { buffer[i] = Int32(truncatingIfNeeded: i) }
    filled = count
  }
}

private struct Entry {
  var key: UInt64
  var position: Int32
}

/// - Parameter different: the bits in which any two keys differ.
private func radixSortedOrder(_ keys: [UInt64], different: UInt64) -> [Int32] {
  let count = keys.count
  let shifts = stride(from: UInt64(0), to: 64, by: 11).filter { (different >> $0) & 2047 != 0 }
  var starts = [Int32](repeating: 0, count: shifts.count * 2048)
  starts.withUnsafeMutableBufferPointer { starts in
    for key in keys {
      for (pass, shift) in shifts.enumerated() { starts[pass * 2048 + Int((key >> shift) & 2047)] += 1 }
    }
    for pass in 0..<shifts.count {
      var position: Int32 = 0
      for digit in pass * 2048..<(pass + 1) * 2048 {
        let size = starts[digit]
        starts[digit] = position
        position += size
      }
    }
  }
  var source = [Entry](unsafeUninitializedCapacity: count) { buffer, filled in
    for i in 0..<count { buffer[i] = Entry(key: keys[i], position: Int32(truncatingIfNeeded: i)) }
    filled = count
  }
  var target = [Entry](repeating: Entry(key: 0, position: 0), count: count)
  for (pass, shift) in shifts.enumerated() {
    starts.withUnsafeMutableBufferPointer { starts in
      source.withUnsafeBufferPointer { source in
        target.withUnsafeMutableBufferPointer { target in
          for entry in source {
            let digit = pass * 2048 + Int((entry.key >> shift) & 2047)
            target[Int(starts[digit])] = entry
            starts[digit] &+= 1
          }
        }
      }
    }
    swap(&source, &target)
  }
  return source.map(\.position)
}
