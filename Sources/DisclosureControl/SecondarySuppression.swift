/// The search for the cells that must be withheld so that no small count can be computed, in one connected system.
///
/// Small cells are withheld first. Then, for each small cell whose interval is too narrow, a linear programme finds
/// the cheapest set of cells whose withholding lets two tables that differ enough in that cell look alike: the linear
/// relaxation of the programme of Fischetti and Salazar-González (2001, doi:10.1287/mnsc.47.7.1008.9805). Withholding
/// more only widens intervals, so each small cell is settled once and the search ends: when all cells above zero are
/// withheld, any multiple of the true counts is possible. An attacker who also guessed which of the withheld cells are
/// small must be left with three values, where that can be had. In small systems all sets are then tried in the order of
/// their cost; in others each cell is given back that turns out not to be needed.
struct SecondarySuppression {
  let attacker: Attacker
  /// The cells of this system.
  let members: [Int]
  /// The small counts, printed or not: what must not be inferred.
  let small: [Int]
  /// For every cell of all systems.
  private(set) var withheld: [Bool]
  private let costOfLevel: Double
  /// Small cells that an attacker who knows which cells are small can compute whatever is withheld, as the parts of
  /// nine people in nine categories.
  private var withoutAlternatives: Set<Int> = []

  private var knowingAttacker: Attacker {
    Attacker(system: system, policy: policy, knowsWhichAreSmall: true)
  }
  /// How many values an attacker who knows which cells are small must hold possible.
  private var alternatives: Int { min(3, policy.threshold - 1) }
  private var system: LinkedCells { attacker.system }
  private var policy: DisclosurePolicy { attacker.policy }

  init(attacker: Attacker, members: [Int], withheld: [Bool]) {
    self.attacker = attacker
    self.members = members
    self.withheld = withheld
    let cells = attacker.system.cells
    small = members.filter { attacker.policy.isSensitive(cells[$0].count) && !cells[$0].isKnown }
    // A total goes only where ten of the largest inner cells would not do.
    costOfLevel = 10 * Double(1 + (members.filter { cells[$0].level == 0 }.map { cells[$0].count }.max() ?? 0))
    for cell in small where !cells[cell].isUnprinted { self.withheld[cell] = true }
  }

  mutating func run() throws(DisclosureControlError) {
    guard !small.isEmpty else { return }
    let primary = withheld
    for cell in small {
      while try !isWide(cell, for: attacker, width: policy.minimumWidth) {
        if !widen(cell, for: attacker, width: policy.minimumWidth) { throw .cannotBeProtected(system.cells[cell].id) }
      }
      while try !hasAlternatives(cell) {
        if !widen(cell, for: knowingAttacker, width: alternatives - 1) {
          withoutAlternatives.insert(cell)
          break
        }
      }
    }
    let secondary = members.filter { withheld[$0] && !primary[$0] }
    if secondary.isEmpty { return }
    let candidates = members.filter { canBeWithheld($0, in: primary) }
    if candidates.count <= 24, let better = try cheapest(of: candidates, from: primary, below: cost(of: secondary)) {
      withheld = better
    } else if secondary.count * small.count * members.count <= 15_000 {
      try giveBack(secondary)
    }
  }

  func canBeWithheld(_ cell: Int, in pattern: [Bool]) -> Bool {
    let member = system.cells[cell]
    return !pattern[cell] && !member.isUnprinted && !member.isKnown && member.count > 0
  }

  private func cost(_ cell: Int) -> Double {
    Double(system.cells[cell].count) + costOfLevel * Double(system.cells[cell].level)
  }

  private func cost(of cells: [Int]) -> Double { cells.reduce(0) { $0 + cost($1) } }

  // MARK: What is safe

  private func isSafe(_ cell: Int) throws(DisclosureControlError) -> Bool {
    if try !isWide(cell, for: attacker, width: policy.minimumWidth) { return false }
    return withoutAlternatives.contains(cell) ? true : try hasAlternatives(cell)
  }

  /// Whether an attacker who knows which cells are small must still hold enough values possible.
  private func hasAlternatives(_ cell: Int) throws(DisclosureControlError) -> Bool {
    withheld[cell] ? try isWide(cell, for: knowingAttacker, width: alternatives - 1) : true
  }

  private func isWide(_ cell: Int, for attacker: Attacker, width: Int) throws(DisclosureControlError) -> Bool {
    guard let isWide = attacker.hasInterval(of: cell, withheld: withheld, width: width) else {
      throw .solverFailed(system.cells[cell].id)
    }
    return isWide
  }

  // MARK: Withholding more

  /// Withholds what makes the interval of a cell wide enough for an attacker; false when nothing does.
  private mutating func widen(_ cell: Int, for attacker: Attacker, width: Int) -> Bool {
    var chosen: [Int] = []
    for radius in [3, Int.max] {
      let near = system.neighbourhood(of: cell, radius: radius)
      chosen = cheapestDifference(for: cell, for: attacker, width: width, within: near) ?? []
      if !chosen.isEmpty && chosen.allSatisfy({ system.cells[$0].level == 0 }) { break }
    }
    if chosen.isEmpty {
      // Where the ends of an interval are not whole numbers, as in three-way tables, one more person is needed.
      chosen = cheapestDifference(for: cell, for: attacker, width: width + 1, within: members) ?? []
    }
    for member in chosen { withheld[member] = true }
    return !chosen.isEmpty
  }

  /// The cells to withhold so that two possible sets of counts differ by the width in one cell: those in which one of
  /// the two lies outside what is printed, at the smallest sum of costs.
  private func cheapestDifference(
    for cell: Int, for attacker: Attacker, width: Int, within free: [Int]
  ) -> [Int]? {
    var programme = LinearProgram()
    let cap = Double(4 * width + 100)
    // Per copy: the deviation within what is printed, and beyond it upward and downward at a cost.
    var parts: [[Int: [(variable: Int, sign: Double)]]] = [[:], [:]]
    var beyond: [(cell: Int, variable: Int)] = []
    for member in free {
      let bounds = attacker.deviations(of: member, isWithheld: withheld[member], cap: cap)
      let isOpen = canBeWithheld(member, in: withheld)
      if bounds == (0, 0) && !isOpen { continue }
      for copy in 0..<2 {
        var variables = [(programme.addVariable(bounds.least, bounds.most), 1.0)]
        if isOpen {
          let least = attacker.deviations(of: member, isWithheld: true, cap: cap).least
          let up = programme.addVariable(0, cap, cost: cost(member))
          let down = programme.addVariable(0, max(0, bounds.least - least), cost: cost(member))
          variables += [(up, 1), (down, -1)]
          beyond += [(member, up), (member, down)]
        }
        parts[copy][member] = variables
      }
    }
    for relation in Set(free.flatMap { system.relationsOfCell[$0] }).sorted() {
      for copy in 0..<2 {
        let terms = system.relations[relation].flatMap { term in
          (parts[copy][term.cell] ?? []).map { ($0.variable, $0.sign * term.sign) }
        }
        if !terms.isEmpty { programme.addRow(terms, 0, 0) }
      }
    }
    let high = (parts[0][cell] ?? []).map { ($0.variable, $0.sign) }
    let low = (parts[1][cell] ?? []).map { ($0.variable, -$0.sign) }
    programme.addRow(high + low, Double(width), .infinity)
    guard let solution = programme.minimised() else { return nil }
    return Set(beyond.filter { solution[$0.variable] > 1e-6 }.map(\.cell)).sorted()
  }

  // MARK: Withholding less

  /// The cheapest pattern below a cost; nil when there is none or the search would take long.
  private func cheapest(
    of candidates: [Int], from primary: [Bool], below limit: Double
  ) throws(DisclosureControlError) -> [Bool]? {
    let sorted = candidates.sorted { (cost($0), $0) < (cost($1), $1) }
    var trial = self
    var audits = 0
    // Sets of positions in `sorted`, dearest first. A set is followed by itself with the next position added and by
    // itself with its last position moved on, so each comes once and none before a cheaper one.
    var queue: [(cost: Double, set: [Int])] = sorted.isEmpty ? [] : [(cost(sorted[0]), [0])]
    var visited = 0
    while let next = queue.popLast(), next.cost < limit - 1e-9, visited < 3000, audits < 400 {
      visited += 1
      trial.withheld = primary
      for position in next.set { trial.withheld[sorted[position]] = true }
      if trial.couldBeSafe() {
        audits += small.count
        if try trial.isSafe() { return trial.withheld }
      }
      let last = next.set[next.set.count - 1]
      if last + 1 < sorted.count {
        let price = cost(sorted[last + 1])
        for (set, cost) in [
          (next.set + [last + 1], next.cost + price),
          (next.set.dropLast() + [last + 1], next.cost + price - self.cost(sorted[last])),
        ] {
          var (from, to) = (0, queue.count)
          while from < to {
            let middle = (from + to) / 2
            if queue[middle].cost > cost { from = middle + 1 } else { to = middle }
          }
          queue.insert((cost, set), at: from)
        }
      }
    }
    return nil
  }

  /// Whether no single relation narrows a small cell too much: quick, and true of every safe pattern.
  private func couldBeSafe() -> Bool {
    let width = Double(policy.minimumWidth)
    return small.allSatisfy { cell in
      let own = attacker.deviations(of: cell, isWithheld: withheld[cell])
      return system.relationsOfCell[cell].allSatisfy { relation in
        let terms = system.relations[relation]
        guard let sign = terms.first(where: { $0.cell == cell })?.sign else { return true }
        var (least, most) = (0.0, 0.0)
        for term in terms where term.cell != cell {
          let bounds = attacker.deviations(of: term.cell, isWithheld: withheld[term.cell])
          let ends = [-term.sign / sign * bounds.least, -term.sign / sign * bounds.most]
          least += min(ends[0], ends[1])
          most += max(ends[0], ends[1])
        }
        return min(most, own.most) - max(least, own.least) >= width
      }
    }
  }

  private func isSafe() throws(DisclosureControlError) -> Bool {
    for cell in small where try !isSafe(cell) { return false }
    return true
  }

  private mutating func giveBack(_ secondary: [Int]) throws(DisclosureControlError) {
    for cell in secondary.sorted(by: { (cost($0), $0) > (cost($1), $1) }) {
      withheld[cell] = false
      let isStillSafe = couldBeSafe() ? try isSafe() : false
      withheld[cell] = !isStillSafe
    }
  }
}
