/// In which order units are given their matches; the first may choose among all.
public enum MatchingOrder: String, Codable, Hashable, Sendable, CaseIterable {
  /// The highest score first.
  case largest
  /// The lowest score first.
  case smallest
  /// In the order of the file.
  case file
  /// In an order drawn with the seed.
  case random
  /// The pair that is nearest of all first, then the nearest of those left.
  case closest
  /// The unit whose nearest candidate is farthest away first.
  case farthest
}

/// The pairs that greedy matching made.
struct GreedyPairs {
  /// Focal units × the largest ratio; −1 where there is no match.
  var units: [Int32]
  var distances: [Double]
  /// How many focal units had two equally good candidates at the moment of choosing.
  var tiedUnits: Int
}

/// Gives unit after unit its nearest candidate, round after round.
///
/// - Parameters:
///   - focal: the units to be matched, in the order of the file.
///   - order: positions in `focal`; nil for closest or farthest first.
///   - ratios: how many matches each focal unit is to get.
///   - reuse: how often a candidate may be matched; nil for any number of times.
func matchGreedily<Search: CandidateSearch>(
  _ search: inout Search, focal: [Int32], order: [Int32]?, farthestFirst: Bool = false, ratios: [Int32], reuse: Int?,
  units: Int, progress: ThrottledProgress? = nil
) throws(StatisticsError) -> GreedyPairs {
  let width = Int(ratios.max() ?? 0)
  var pairs = GreedyPairs(
    units: [Int32](repeating: -1, count: focal.count * width),
    distances: [Double](repeating: .nan, count: focal.count * width), tiedUnits: 0)
  var isTied = [Bool](repeating: false, count: focal.count)
  let total = focal.count * width
  func note(_ place: Int, _ round: Int, _ candidate: Candidate) {
    pairs.units[place * width + round] = candidate.unit
    pairs.distances[place * width + round] = candidate.distance
    if candidate.isTied { isTied[place] = true }
  }
  guard let reuse else {
    for place in focal.indices {
      for (round, candidate) in search.best(Int(ratios[place]), for: Int(focal[place])).enumerated() {
        note(place, round, candidate)
      }
      try tick(progress, place * width, total)
    }
    pairs.tiedUnits = isTied.count { $0 }
    return pairs
  }
  var uses = [Int32](repeating: 0, count: reuse > 1 ? units : 0)
  func take(_ unit: Int32) {
    if reuse > 1 {
      uses[Int(unit)] += 1
      guard uses[Int(unit)] >= reuse else { return }
    }
    search.remove(Int(unit))
  }
  var isDone = [Bool](repeating: false, count: focal.count)
  for round in 0..<width {
    func candidate(_ place: Int, insteadOf lost: Int32? = nil) -> Candidate? {
      guard !isDone[place], ratios[place] > round else { return nil }
      var earlier = pairs.units[place * width..<place * width + round]
      if let lost { earlier.append(lost) }
      let found = search.best(for: Int(focal[place]), after: earlier)
      if found == nil { isDone[place] = true }
      return found
    }
    if let order {
      for (done, place) in order.enumerated() {
        if done & 4095 == 0 { try tick(progress, round * focal.count + done, total) }
        guard let found = candidate(Int(place)) else { continue }
        note(Int(place), round, found)
        take(found.unit)
      }
      continue
    }
    var queue = CandidateQueue(farthestFirst: farthestFirst)
    for place in focal.indices {
      if let found = candidate(place) { queue.add(place, found) }
    }
    var done = 0
    while let (place, found) = queue.removeFirst() {
      guard search.isLeft(Int(found.unit)) else {
        if let next = candidate(place, insteadOf: found.unit) { queue.addAgain(place, next) }
        continue
      }
      note(place, round, found)
      take(found.unit)
      done += 1
      if done & 4095 == 0 { try tick(progress, round * focal.count + done, total) }
    }
  }
  progress?.report(total, of: total)
  pairs.tiedUnits = isTied.count { $0 }
  return pairs
}

private func tick(_ progress: ThrottledProgress?, _ done: Int, _ total: Int) throws(StatisticsError) {
  guard let progress else { return }
  if Task.isCancelled { throw .cancelled }
  progress.report(done, of: total)
}

/// Proposed pairs, the nearest (or farthest) first.
///
/// Of equally far pairs the focal unit earlier in the file comes first; a pair proposed again comes before its equals
/// when the nearest are first, after them when the farthest are: as MatchIt.
private struct CandidateQueue {
  private struct Entry {
    var distance: Double
    var sequence: Int
    var place: Int
    var candidate: Candidate
  }

  private let farthestFirst: Bool
  private var heap: [Entry] = []
  private var added = 0
  private var again = 0

  init(farthestFirst: Bool) { self.farthestFirst = farthestFirst }

  mutating func add(_ place: Int, _ candidate: Candidate) {
    added += 1
    push(Entry(distance: candidate.distance, sequence: added, place: place, candidate: candidate))
  }

  mutating func addAgain(_ place: Int, _ candidate: Candidate) {
    again += 1
    let sequence = farthestFirst ? added + again : -again
    push(Entry(distance: candidate.distance, sequence: sequence, place: place, candidate: candidate))
  }

  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    if a.distance != b.distance { return farthestFirst ? a.distance > b.distance : a.distance < b.distance }
    return a.sequence < b.sequence
  }

  private mutating func push(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, precedes(heap[child], heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> (place: Int, candidate: Candidate)? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var smallest = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(heap[child], heap[smallest])
        {
          smallest = child
        }
        guard smallest != parent else { break }
        heap.swapAt(parent, smallest)
        parent = smallest
      }
    }
    return (first.place, first.candidate)
  }
}
