/// What equal numbers get for a rank.
public enum TieRanking: String, Codable, Hashable, Sendable, CaseIterable {
  /// The average of the ranks they share, as in rank tests.
  case average
  /// The lowest of the ranks they share.
  case minimum
  /// The highest of the ranks they share.
  case maximum
  /// Ranks without gaps: equal numbers share one, the next number gets the following one.
  case dense
}

/// The rank of each number, counted from 1 in ascending order; NaN ranks last.
public func ranks(of numbers: [Double], ties: TieRanking = .average) -> [Double] {
  let order = sortedOrder(of: numbers)
  var ranks = [Double](repeating: 0, count: numbers.count)
  var first = 0
  var distinct = 0
  while first < order.count {
    let value = numbers[Int(order[first])]
    var end = first + 1
    while end < order.count, sortingKey(numbers[Int(order[end])]) == sortingKey(value) { end += 1 }
    distinct += 1
    let rank =
      switch ties {
      case .average: Double(first + 1 + end) / 2
      case .minimum: Double(first + 1)
      case .maximum: Double(end)
      case .dense: Double(distinct)
      }
    for i in first..<end { ranks[Int(order[i])] = rank }
    first = end
  }
  return ranks
}

/// Numbers labels from 0 in ascending order of the label.
///
/// - Returns: the number of each element, and how many there are.
public func denseNumbers(_ labels: [Int]) -> (number: [Int32], count: Int) {
  let order = sortedOrder(of: labels)
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

extension Array {
  /// The elements at the given positions, in the order of the positions.
  @inlinable
  public func permuted(by positions: [Int32]) -> [Element] { positions.map { self[Int($0)] } }
}
