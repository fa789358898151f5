/// The whole numbers that an attacker must hold possible for one cell.
struct FeasibleInterval: Hashable, Sendable {
  let least: Int
  /// nil when there is no upper bound.
  let most: Int?

  var width: Int { most.map { $0 - least } ?? .max }
}

/// What a reader can infer from what is printed: the published values with the rounding and the threshold, every
/// relation, and that counts are not negative.
///
/// A withheld cell may be any number from 1 up (0 when zeros are withheld too): the mark does not tell whether it is
/// small. The bounds are those of the linear relaxation; in tables with margins and in flows they are whole numbers.
struct Attacker {
  let system: LinkedCells
  let policy: DisclosurePolicy
  /// Whether the attacker presumes, rightly, which of the withheld cells are small. Most marks stand for small counts,
  /// so such a guess is not far-fetched.
  var knowsWhichAreSmall = false
  /// What the attacker knows of cells from elsewhere: their counts lie in these ranges.
  var known: [Int: ClosedRange<Int>] = [:]

  /// What is possible for a cell, as deviations from its count. `cap` stands for "no upper bound".
  func deviations(of cell: Int, isWithheld: Bool, cap: Double = .infinity) -> (least: Double, most: Double) {
    let printed = printedDeviations(of: cell, isWithheld: isWithheld, cap: cap)
    guard let range = known[cell] else { return printed }
    let count = Double(system.cells[cell].count)
    return (max(printed.least, Double(range.lowerBound) - count), min(printed.most, Double(range.upperBound) - count))
  }

  private func printedDeviations(of cell: Int, isWithheld: Bool, cap: Double) -> (least: Double, most: Double) {
    let member = system.cells[cell]
    let count = Double(member.count)
    if member.isKnown { return (0, 0) }
    if member.isUnprinted { return (-count, cap) }
    if isWithheld {
      let isBounded = knowsWhichAreSmall && policy.isSensitive(member.count)
      return ((policy.zeroIsDisclosive ? 0 : 1) - count, isBounded ? Double(policy.threshold - 1) - count : cap)
    }
    let range = policy.range(ofPublished: member.count)
    return (Double(range.lowerBound) - count, Double(range.upperBound) - count)
  }

  /// The interval of a cell when a set of cells is withheld; nil when the solver gives no answer.
  func interval(of cell: Int, withheld: [Bool]) -> FeasibleInterval? {
    interval(of: cell, withheld: withheld, within: system.neighbourhood(of: cell, radius: .max), cap: .infinity)
  }

  /// Whether the interval of a cell is at least so wide. The search widens from the cell: with all cells outside held
  /// at their counts the interval can only be narrower, so a yes is final wherever it is found.
  func hasInterval(of cell: Int, withheld: [Bool], width: Int) -> Bool? {
    var size = 0
    for radius in [2, 4, .max] {
      let free = system.neighbourhood(of: cell, radius: radius)
      if free.count == size { break }
      size = free.count
      guard
        let interval = interval(of: cell, withheld: withheld, within: free, cap: Double(4 * width + 100), width: width)
      else { return nil }
      if interval.width >= width { return true }
    }
    return false
  }

  private func interval(
    of cell: Int, withheld: [Bool], within free: [Int], cap: Double, width: Int = .max
  ) -> FeasibleInterval? {
    var programme = LinearProgram()
    var variable: [Int: Int] = [:]
    for member in free {
      let bounds = deviations(of: member, isWithheld: withheld[member], cap: cap)
      if bounds != (0, 0) || member == cell { variable[member] = programme.addVariable(bounds.least, bounds.most) }
    }
    for relation in Set(free.flatMap { system.relationsOfCell[$0] }).sorted() {
      let terms = system.relations[relation].compactMap { term in variable[term.cell].map { ($0, term.sign) } }
      if !terms.isEmpty { programme.addRow(terms, 0, 0) }
    }
    guard
      let extremes = programme.extremes(
        of: variable[cell]!, start: 0, isEnough: { width < .max && $0 + 1e-6 >= Double(width) })
    else { return nil }
    let count = Double(system.cells[cell].count)
    guard case .value(let least, _) = extremes.least else { return nil }
    switch extremes.most {
    case .value(let most, _):
      return FeasibleInterval(
        least: Int((count + least - 1e-6).rounded(.up)), most: Int((count + most + 1e-6).rounded(.down)))
    case .unbounded: return FeasibleInterval(least: Int((count + least - 1e-6).rounded(.up)), most: nil)
    }
  }
}
