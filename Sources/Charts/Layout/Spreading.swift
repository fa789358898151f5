/// Moves things along a line as little as possible so that none overlap.
enum Spreading {
  /// Places intervals of these lengths with their centres as near as they can be to the wanted ones, in the same order.
  ///
  /// Least squares under order constraints (pool adjacent violators: Ayer et al. 1955, doi:10.1214/aoms/1177728423),
  /// kept between the bounds. When the lengths together are longer than the bounds allow, the last ones pass the upper
  /// bound; a caller that cannot have that makes room first.
  static func centres(wanted: [Double], lengths: [Double], from lower: Double, to upper: Double) -> [Double] {
    guard !wanted.isEmpty else { return [] }
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // In these coordinates "does not overlap the one before" is simply "not smaller".
    var offsets: [Double] = []
    var total = 0.0
    for index in order {
      offsets.append(total + lengths[index] / 2)
      total += lengths[index]
    }
    var pools: [(mean: Double, count: Int)] = []
    for (position, index) in order.enumerated() {
      pools.append((wanted[index] - offsets[position], 1))
      while pools.count > 1, pools[pools.count - 2].mean > pools[pools.count - 1].mean {
        let last = pools.removeLast()
        let before = pools.removeLast()
        let count = before.count + last.count
        let mean = (before.mean * Double(before.count) + last.mean * Double(last.count)) / Double(count)
        pools.append((mean, count))
      }
    }
    let starts = pools.flatMap { Array(repeating: $0.mean, count: $0.count) }
    var centres = wanted
    for (position, index) in order.enumerated() {
      centres[index] = max(lower, min(starts[position], upper - total)) + offsets[position]
    }
    return centres
  }
}
