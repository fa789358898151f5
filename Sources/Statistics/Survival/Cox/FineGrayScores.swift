import NumericalMethods

/// What each row adds to the score of a subdistribution model, with or without its part in the censoring weights.
///
/// η = ∫ (x − x̄) w dM, and ψ = ∫ q / π dMᶜ with Mᶜ the martingale of censoring and q(u) what the weights of those with
/// another event before u add to the score from u on (Fine and Gray 1999, section 5).
struct FineGrayScores: Sendable {
  private let model: FineGrayModel
  private let grid: FineGrayGrid
  private let state: FineGrayState
  private let moments: CoxMoments
  private let k: Int

  init(_ model: FineGrayModel) {
    self.model = model
    grid = model.likelihood.grid
    state = model.likelihood.state
    moments = model.likelihood.moments()
    k = model.design.columnCount
  }

  /// n × k, in the order of the follow-up.
  func rows(withWeights: Bool) -> Matrix {
    let expected = state.expected(grid)
    let columns = WorkSharing.map(k) { column in self.column(column, expected, withWeights: withWeights) }
    var scores = Matrix(rows: grid.count, columns: k)
    for column in 0..<k {
      for p in 0..<grid.count { scores.elements[Int(grid.rows[p]) + column * grid.count] = columns[column][p] }
    }
    return scores
  }

  /// One column's scores, per position.
  private func column(_ column: Int, _ expected: [Double], withWeights: Bool) -> [Double] {
    let steps = grid.times.count
    let shift = model.likelihood.shift[column]
    var x = model.likelihood.design.column(column)
    if shift != 0 {
      for p in x.indices { x[p] -= shift }
    }
    var rise = [Double](repeating: 0, count: steps)
    var tied = rise
    var mean = rise
    for step in 0..<steps {
      let (atRisk, events) = (moments.atRisk[step, column], moments.events[step, column])
      rise[step] = state.squares[step] * atRisk - state.tiedSquares[step] * events
      tied[step] = state.tiedSquares[step] * atRisk - state.doublyTiedSquares[step] * events
      mean[step] = (state.increment[step] * atRisk - state.tiedIncrement[step] * events) / state.eventWeight[step]
    }
    var before = [Double](repeating: 0, count: steps + 1)
    for step in 0..<steps { before[step + 1] = before[step] + rise[step] }
    let after = state.weightedAfter(grid, rise)
    var scores = x
    for p in 0..<grid.count {
      let reached = Int(grid.reached[p])
      let event = grid.isEvent(p) ? grid.weight(at: p) : 0
      var passed = before[reached]
      if event > 0 { passed -= tied[reached - 1] }
      if grid.kind[p] == 2 { passed += after[Int(grid.group[p])][reached] / grid.ownProbability[p] }
      scores[p] = (event - expected[p]) * x[p] + state.relativeRisk[p] * passed
      if event > 0 { scores[p] -= event * mean[reached - 1] }
    }
    if withWeights { addCensoring(x, after, to: &scores) }
    return scores
  }

  /// Adds ψ of one column.
  private func addCensoring(_ x: [Double], _ afterMeans: [[Double]], to scores: inout [Double]) {
    let after = state.weightedAfter(grid, state.increment)
    let exit = model.followUp.exit
    for group in 0..<grid.groups {
      let times = model.curves.times[group]
      let members = (0..<grid.count).filter { Int(grid.group[$0]) == group }
      // q and π at each censoring time of the group; positions ascend in time.
      var q: [Double] = []
      var atRisk: [Double] = []
      var first = 0.0
      var zeroth = 0.0
      var next = 0
      let total = members.reduce(0.0) { $0 + grid.weight(at: $1) }
      var gone = 0.0
      for time in times {
        while next < members.count, exit[Int(grid.rows[members[next]])] < time {
          let p = members[next]
          gone += grid.weight(at: p)
          if grid.kind[p] == 2 {
            first += state.relativeRisk[p] * x[p] / grid.ownProbability[p]
            zeroth += state.relativeRisk[p] / grid.ownProbability[p]
          }
          next += 1
        }
        let step = countBelow(time, in: grid.times)
        q.append(first * after[group][step] - zeroth * afterMeans[group][step])
        atRisk.append(total - gone)
      }
      var compensator = [0.0]
      for (place, hazard) in model.curves.hazards[group].enumerated() {
        compensator.append(compensator[place] + q[place] / atRisk[place] * hazard)
      }
      for p in members {
        let time = exit[Int(grid.rows[p])]
        let reached = countAtOrBelow(time, in: times)
        let weight = grid.weight(at: p)
        scores[p] -= weight * compensator[reached]
        if grid.kind[p] == 0, weight > 0 { scores[p] += weight * q[reached - 1] / atRisk[reached - 1] }
      }
    }
  }
}
