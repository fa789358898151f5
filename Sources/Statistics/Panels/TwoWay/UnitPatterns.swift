/// Units whose rows have the same periods and indicators (and weights, where those change) one after another: what
/// depends on these alone is worked out once for all of them.
///
/// A balanced event study has as many patterns as groups of units treated at the same time.
struct UnitPatterns {
  struct Pattern {
    /// A unit that shows it.
    var unit: Int
    /// The sum of the units' weights, or their number.
    var weight: Double
  }

  private(set) var patterns: [Pattern] = []

  init(_ design: TwoWayDesign) {
    let panel = design.panel
    let weighsRows = design.weights != nil && !design.weightsBelongToUnits
    func weight(_ unit: Int) -> Double {
      guard !weighsRows, let weights = design.weights else { return 1 }
      return weights[panel.starts[unit]]
    }
    if panel.isBalanced, design.indicators.isEmpty, !weighsRows {
      patterns = [Pattern(unit: 0, weight: (0..<panel.unitCount).reduce(0) { $0 + weight($1) })]
      return
    }
    var known: [UInt64: [Int]] = [:]
    func hash(_ unit: Int) -> UInt64 {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      func add(_ value: UInt64) {
        hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      let rows = panel.starts[unit]..<panel.starts[unit + 1]
      add(UInt64(rows.count))
      for row in rows where !panel.isBalanced { add(UInt64(panel.sortedPeriod[row])) }
      for codes in design.indicators {
        codes.withUnsafeBufferPointer { codes in
          for row in rows { add(UInt64(UInt32(bitPattern: codes[row]))) }
        }
      }
      if weighsRows { for row in rows { add(design.weights![row].bitPattern) } }
      return hash
    }
    func same(_ a: Int, _ b: Int) -> Bool {
      let (first, second) = (panel.starts[a], panel.starts[b])
      let count = panel.starts[a + 1] - first
      guard panel.starts[b + 1] - second == count else { return false }
      for k in 0..<count {
        if !panel.isBalanced, panel.sortedPeriod[first + k] != panel.sortedPeriod[second + k] { return false }
        for codes in design.indicators where codes[first + k] != codes[second + k] { return false }
        if weighsRows, design.weights![first + k] != design.weights![second + k] { return false }
      }
      return true
    }
    for unit in 0..<panel.unitCount {
      let key = hash(unit)
      if let place = known[key]?.first(where: { same(patterns[$0].unit, unit) }) {
        patterns[place].weight += weight(unit)
      } else {
        known[key, default: []].append(patterns.count)
        patterns.append(Pattern(unit: unit, weight: weight(unit)))
      }
    }
  }
}
