/// How many elements of an ascending array are at or below a value.
public func countAtOrBelow(_ value: Double, in ascending: [Double]) -> Int {
  var low = 0
  var high = ascending.count
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] <= value { low = middle + 1 } else { high = middle }
  }
  return low
}

/// How many elements of an ascending array are below a value.
public func countBelow(_ value: Double, in ascending: [Double]) -> Int {
  var low = 0
  var high = ascending.count
  while low < high {
    let middle = (low + high) / 2
    if ascending[middle] < value { low = middle + 1 } else { high = middle }
  }
  return low
}

/// The position of the last step of a right-continuous step function at or before a time; nil before the first.
public func lastStep(at time: Double, in times: [Double]) -> Int? {
  let steps = countAtOrBelow(time, in: times)
  return steps == 0 ? nil : steps - 1
}
