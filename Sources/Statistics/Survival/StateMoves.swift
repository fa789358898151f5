import NumericalMethods

/// The moves of a history on the grid of their times.
struct StateMoves {
  /// The intervals as a follow-up whose causes are the states moved to.
  let followUp: FollowUp
  let risk: RiskSets
  /// The weight at risk per state, states × T.
  let atRisk: [[Double]]
  /// The distribution over states just before the first move, length states.
  let initial: [Double]
  /// One element per distinct move at a step, in the order of step, state left, state entered.
  private var step: [Int] = []
  private var from: [Int] = []
  private var to: [Int] = []
  private var weight: [Double] = []
  private let states: Int

  init(_ history: StateHistory) {
    states = history.states
    followUp = FollowUp(
      checkedEntry: history.entry, exit: history.exit,
      cause: zip(history.from, history.to).map { $0 == $1 ? 0 : $1 }, causes: history.states, weight: history.weight,
      cluster: nil)
    risk = RiskSets(followUp)
    var keys: [UInt64] = []
    var weights: [Double] = []
    for i in 0..<history.count where followUp.cause[i] != 0 && risk.first[i] < risk.last[i] {
      let weight = history.weight?[i] ?? 1
      guard weight > 0 else { continue }
      let place = (Int(risk.last[i]) - 1) * states + history.from[i] - 1
      keys.append(UInt64(place * states + followUp.cause[i] - 1))
      weights.append(weight)
    }
    var previous: UInt64?
    for position in sortedOrder(of: keys) {
      let key = keys[Int(position)]
      if key == previous {
        weight[weight.count - 1] += weights[Int(position)]
        continue
      }
      previous = key
      step.append(Int(key) / states / states)
      from.append(Int(key) / states % states)
      to.append(Int(key) % states)
      weight.append(weights[Int(position)])
    }
    atRisk = Self.weightAtRisk(history, risk)
    initial = Self.initial(history, risk, atRisk)
  }

  /// The probabilities, states × T, and the grid for their variance.
  func occupation() -> ([[Double]], TransitionGrid) {
    let steps = risk.times.count
    var occupation = [[Double]](repeating: [Double](repeating: 0, count: steps), count: states)
    var grid = TransitionGrid(steps: steps, states: states)
    var p = initial
    var move = 0
    for current in 0..<steps {
      let before = p
      while move < step.count, step[move] == current {
        let n = atRisk[from[move]][current]
        let hazard = weight[move] / n
        grid.append(from: Int32(from[move]), to: Int32(to[move]), hazard: hazard, share: before[from[move]] / n)
        p[to[move]] += before[from[move]] * hazard
        p[from[move]] -= before[from[move]] * hazard
        move += 1
      }
      grid.offsets.append(move)
      for state in 0..<states {
        // Everyone leaving takes all of it, but for rounding.
        p[state] = max(0, p[state])
        occupation[state][current] = p[state]
      }
    }
    return (occupation, grid)
  }

  private static func weightAtRisk(_ history: StateHistory, _ risk: RiskSets) -> [[Double]] {
    let steps = risk.times.count
    var atRisk = [[Double]](repeating: [Double](repeating: 0, count: steps + 1), count: history.states)
    for i in 0..<history.count where risk.first[i] < risk.last[i] {
      let weight = history.weight?[i] ?? 1
      atRisk[history.from[i] - 1][Int(risk.first[i])] += weight
      atRisk[history.from[i] - 1][Int(risk.last[i])] -= weight
    }
    for state in 0..<history.states {
      for step in 0..<steps { atRisk[state][step + 1] += atRisk[state][step] }
      atRisk[state].removeLast()
    }
    return atRisk
  }

  private static func initial(_ history: StateHistory, _ risk: RiskSets, _ atRisk: [[Double]]) -> [Double] {
    var weights = atRisk.map { $0.first ?? 0 }
    if risk.times.isEmpty {
      let counting = (0..<history.count).filter { history.weight == nil || history.weight![$0] > 0 }
      let earliest = counting.map { history.entry[$0] }.min()
      for i in counting where history.entry[i] == earliest {
        weights[history.from[i] - 1] += history.weight?[i] ?? 1
      }
    }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
