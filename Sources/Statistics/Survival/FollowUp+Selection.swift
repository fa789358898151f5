import NumericalMethods

extension FollowUp {
  /// The same follow-up with events of every other cause turned into censorings, and one cause left.
  ///
  /// What remains describes the cause-specific hazard. One minus its Kaplan-Meier curve is not the probability of the
  /// event when people can have another event first; ``CumulativeIncidence`` is.
  ///
  /// - Parameter cause: 1...causes.
  public func censoring(causesOtherThan cause: Int) -> FollowUp {
    precondition((1...causes).contains(cause), "the cause is one of the follow-up's causes")
    return FollowUp(
      checkedEntry: entry, exit: exit, cause: self.cause.map { $0 == cause ? 1 : 0 }, causes: 1, weight: weight,
      cluster: cluster)
  }

  /// The rows of each group, in their order.
  ///
  /// - Parameters:
  ///   - group: n numbers 0..<groups.
  ///   - groups: how many groups there are.
  /// - Returns: one follow-up per group, nil for a group without rows or whose rows all have weight 0.
  public func split(by group: [Int], groups: Int) throws(StatisticsError) -> [FollowUp?] {
    let rows = try Self.rows(of: group, groups: groups, count: count)
    return WorkSharing.map(groups) { group in
      let rows = rows[group]
      guard !rows.isEmpty, weight == nil || rows.contains(where: { weight![$0] > 0 }) else { return nil }
      return selecting(rows)
    }
  }

  /// The rows at the given positions.
  func selecting(_ rows: [Int]) -> FollowUp {
    FollowUp(
      checkedEntry: entry.map { entry in rows.map { entry[$0] } }, exit: rows.map { exit[$0] },
      cause: rows.map { cause[$0] }, causes: causes, weight: weight.map { weight in rows.map { weight[$0] } },
      cluster: cluster.map { cluster in rows.map { cluster[$0] } })
  }

  /// The positions of each group's rows.
  static func rows(of group: [Int], groups: Int, count: Int) throws(StatisticsError) -> [[Int]] {
    let sizes = try sizes(of: group, groups: groups, count: count)
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    var next = starts
    let all = [Int](unsafeUninitializedCapacity: count) { buffer, filled in
      group.withUnsafeBufferPointer { group in
        for i in 0..<count {
          buffer[next[group[i]]] = i
          next[group[i]] += 1
        }
      }
      filled = count
    }
    return sizes.indices.map { Array(all[starts[$0]..<starts[$0 + 1]]) }
  }

  /// How many rows each group has.
  static func sizes(of group: [Int], groups: Int, count: Int) throws(StatisticsError) -> [Int] {
    try check(lengthOf: group, "group", count)
    var sizes = [Int](repeating: 0, count: groups)
    for i in 0..<count {
      guard group[i] >= 0, group[i] < groups else { throw .unknownGroup(index: i, groups: groups) }
      sizes[group[i]] += 1
    }
    return sizes
  }
}
