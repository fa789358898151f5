import NumericalMethods

/// The cheapest way to give everybody on a line a partner of the other group, when a unit may have any number.
///
/// Units stand in ascending order and fall into runs of one group. Each run is cut in two: its lower part has partners in
/// the run below, its upper part in the run above. Where s units of a run meet t of the next, over a gap g between the
/// runs, the cost is the distance of all to the gap plus max(s, t)·g. The best cuts are found run by run, with the lowest
/// cost for each cut of the run so far, in time linear in the number of units (Colannino et al. 2007, Graphs
/// and Combinatorics 23:169-178).
enum LineCover {
  static func pairs(focal: [Int32], others: [Int32], score: [Double]) -> [MatchingNetwork.Pair] {
    let units = focal + others
    let order = sortedOrder(of: units.map { score[Int($0)] })
    let n = units.count
    func isFocal(_ place: Int) -> Bool { Int(order[place]) < focal.count }
    func value(_ place: Int) -> Double { score[Int(units[Int(order[place])])] }
    var runs: [Range<Int>] = []
    var first = 0
    for place in 1...n where place == n || isFocal(place) != isFocal(first) {
      runs.append(first..<place)
      first = place
    }
    // costs[j]: the lowest cost so far when j units of the run have partners below.
    var costs = [Double](repeating: .infinity, count: runs[0].count + 1)
    costs[0] = 0
    // For each run but the first and each cut of it, the cut of the run before.
    var before: [[Int32]] = []
    for (a, b) in zip(runs, runs.dropFirst()) {
      let gap = value(b.lowerBound) - value(a.upperBound - 1)
      // upper[s]: the lowest cost when the s highest of the run meet the next, with their distances to the gap.
      var upper = [Double](repeating: 0, count: a.count + 1)
      var reach = 0.0
      for s in 0...a.count {
        if s > 0 { reach += value(a.upperBound - 1) - value(a.upperBound - s) }
        upper[s] = costs[a.count - s] + reach
      }
      // The best s up to t, and the best from t on when each of the s costs a gap.
      var bestUpTo = [Int32](repeating: 0, count: a.count + 1)
      var bestFrom = [Int32](repeating: Int32(a.count), count: a.count + 1)
      for s in stride(from: 1, through: a.count, by: 1) {
        bestUpTo[s] = upper[s] <= upper[Int(bestUpTo[s - 1])] ? Int32(s) : bestUpTo[s - 1]
      }
      for s in stride(from: a.count - 1, through: 0, by: -1) {
        let later = Int(bestFrom[s + 1])
        bestFrom[s] = upper[s] + Double(s) * gap <= upper[later] + Double(later) * gap ? Int32(s) : bestFrom[s + 1]
      }
      var next = [Double](repeating: 0, count: b.count + 1)
      var cuts = [Int32](repeating: 0, count: b.count + 1)
      var lower = 0.0
      for t in 0...b.count {
        if t > 0 { lower += value(b.lowerBound + t - 1) - value(b.lowerBound) }
        let near = Int(bestUpTo[min(t, a.count)])
        var cost = upper[near] + Double(t) * gap
        var chosen = near
        if t < a.count {
          let far = Int(bestFrom[t])
          let other = upper[far] + Double(far) * gap
          if other < cost { (cost, chosen) = (other, far) }
        }
        next[t] = cost + lower
        cuts[t] = Int32(chosen)
      }
      costs = next
      before.append(cuts)
    }
    // All of the last run have partners below; back from there.
    var pairs = Set<MatchingNetwork.Pair>()
    var t = runs.last!.count
    for number in stride(from: runs.count - 1, to: 0, by: -1) {
      let (a, b) = (runs[number - 1], runs[number])
      let s = Int(before[number - 1][t])
      for k in 0..<max(s, t) {
        // The k-th from the gap meets the k-th; who is left over meets the first.
        let below = k < s ? a.upperBound - 1 - k : a.upperBound - 1
        let above = k < t ? b.lowerBound + k : b.lowerBound
        let (x, y) = (units[Int(order[below])], units[Int(order[above])])
        pairs.insert(isFocal(below) ? .init(focal: x, other: y) : .init(focal: y, other: x))
      }
      t = a.count - s
    }
    return MatchingNetwork.withoutSpare(
      pairs, PartnerLimits(least: 1, most: others.count, mostOfOther: focal.count, others: others.count))
  }
}
