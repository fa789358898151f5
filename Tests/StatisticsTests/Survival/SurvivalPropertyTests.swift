import Primitives
import Statistics
import TestSupport
import Testing

/// What must hold on any data, tried on seeded random data.
@Suite struct SurvivalPropertyTests {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5, 6, 7, 8]

  @Test(arguments: seeds) func theOrderOfRowsDoesNotMatter(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 60, delayed: true)
    var random = SeededGenerator(seed: seed &+ 100)
    let shuffled = data.selecting(Array(0..<60).shuffled(using: &random))
    for (weighted, clustered) in [(false, false), (true, false), (true, true)] {
      let a = try CumulativeIncidence(data.followUp(weighted: weighted, clustered: clustered))
      let b = try CumulativeIncidence(shuffled.followUp(weighted: weighted, clustered: clustered))
      expect(a, b)
    }
    expect(try KaplanMeier(data.followUp()).standardErrors, try KaplanMeier(shuffled.followUp()).standardErrors)
    let one = try LogRankTest(data.followUp(), group: data.group, groups: 3)
    let other = try LogRankTest(shuffled.followUp(), group: shuffled.group, groups: 3)
    #expect(isClose(one.statistic, other.statistic))
  }

  @Test(arguments: seeds) func wholeWeightsAreRepeatedRows(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 40, delayed: true)
    let repeated = data.selecting((0..<40).flatMap { Array(repeating: $0, count: Int(data.weight[$0])) })
    let weighted = try data.followUp(weighted: true)
    let expanded = try repeated.followUp()
    let a = try KaplanMeier(weighted)
    let b = try KaplanMeier(expanded)
    #expect(a.variance == .countingProcess)
    expect(a.survival, b.survival)
    expect(a.standardErrors, b.standardErrors)
    expect(try NelsonAalen(weighted).standardErrors, try NelsonAalen(expanded).standardErrors)
    for (one, other) in zip(
      try CumulativeIncidence(weighted).incidence, try CumulativeIncidence(expanded).incidence)
    { expect(one, other) }
    #expect(
      isClose(
        try RestrictedMean(weighted, until: 10).estimate.standardError!,
        try RestrictedMean(expanded, until: 10).estimate.standardError!))
    // The jackknife too, once the repeated rows are known to be one.
    let rows = (0..<40).flatMap { Array(repeating: $0, count: Int(data.weight[$0])) }
    let tied = try FollowUp(
      entry: repeated.entry, exit: repeated.exit, cause: repeated.cause, causes: 3, cluster: rows)
    expect(try CumulativeIncidence(weighted), try CumulativeIncidence(tied))
    #expect(
      isClose(
        try RestrictedMean(weighted, until: 10, variance: .infinitesimalJackknife).estimate.standardError!,
        try RestrictedMean(tied, until: 10).estimate.standardError!))
  }

  @Test(arguments: seeds) func splittingIntervalsChangesNothing(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 40, delayed: true)
    var random = SeededGenerator(seed: seed &+ 200)
    var entry: [Double] = []
    var exit: [Double] = []
    var cause: [Int] = []
    var person: [Int] = []
    for row in 0..<40 {
      var cuts = (0..<3).map { _ in data.entry[row] + random.uniform() * (data.exit[row] - data.entry[row]) }.sorted()
      cuts = cuts.filter { $0 > data.entry[row] && $0 < data.exit[row] } + [data.exit[row]]
      var start = data.entry[row]
      for cut in cuts where cut > start {
        entry.append(start)
        exit.append(cut)
        cause.append(cut == data.exit[row] ? data.cause[row] : 0)
        person.append(row)
        start = cut
      }
    }
    let whole = try data.followUp()
    let cut = try FollowUp(entry: entry, exit: exit, cause: cause, causes: 3, cluster: person)
    expect(try CumulativeIncidence(whole), try CumulativeIncidence(cut))
    let greenwood = try KaplanMeier(cut, variance: .countingProcess)
    expect(try KaplanMeier(whole).standardErrors, greenwood.standardErrors)
    let history = try StateHistory(
      states: 4, person: person, entry: entry, exit: exit, to: cause.map { $0 == 0 ? 0 : $0 + 1 })
    expect(try StateOccupation(history), try CumulativeIncidence(whole))
  }

  @Test(arguments: seeds) func incidencesAndSurvivalAddUpToOne(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 50, delayed: true)
    for weighted in [false, true] {
      let curve = try CumulativeIncidence(data.followUp(weighted: weighted))
      for step in curve.times.indices {
        let total = curve.incidence.reduce(curve.survival[step]) { $0 + $1[step] }
        #expect(abs(total - 1) < 1e-12)
      }
      let survival = try KaplanMeier(data.followUp(weighted: weighted)).survival
      expect(survival, curve.survival)
    }
  }

  /// Without censoring the estimates are shares, and the jackknife is √(p (1 − p) / n).
  @Test(arguments: seeds) func withoutCensoringTheEstimatesAreProportions(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 50, censored: 0)
    let followUp = try data.followUp()
    let curve = try CumulativeIncidence(followUp)
    let survival = try KaplanMeier(followUp)
    for (step, time) in curve.times.enumerated() {
      for cause in 1...3 {
        let share = Double((0..<50).count { data.exit[$0] <= time && data.cause[$0] == cause }) / 50
        #expect(isClose(curve.incidence[cause - 1][step], share))
        #expect(isClose(curve.standardErrors[cause - 1][step], (share * (1 - share) / 50).squareRoot(), relative: 1e-8))
      }
      let left = Double((0..<50).count { data.exit[$0] > time }) / 50
      #expect(abs(survival.survival[step] - left) < 1e-12)
      if left > 0 { #expect(isClose(survival.standardErrors[step]!, (left * (1 - left) / 50).squareRoot())) }
    }
    let mean = try RestrictedMean(followUp, until: 8).estimate
    #expect(isClose(mean.value, data.exit.map { min($0, 8) }.reduce(0, +) / 50))
  }

  /// The influence of a cluster is the derivative of the estimate to the weight of the cluster.
  @Test(arguments: seeds) func theJackknifeIsTheDerivativeToTheWeights(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 20, delayed: true)
    let curve = try CumulativeIncidence(data.followUp(weighted: true, clustered: true))
    var squares = curve.incidence.map { $0.map { _ in 0.0 } }
    let step = 1e-5
    for cluster in Set(data.cluster) {
      let moved = try [1 + step, 1 - step].map { factor in
        var changed = data
        for row in 0..<20 where data.cluster[row] == cluster { changed.weight[row] *= factor }
        return try CumulativeIncidence(changed.followUp(weighted: true)).incidence
      }
      for cause in 0..<3 {
        for time in squares[cause].indices {
          let slope = (moved[0][cause][time] - moved[1][cause][time]) / (2 * step)
          squares[cause][time] += slope * slope
        }
      }
    }
    for cause in 0..<3 {
      for time in squares[cause].indices {
        #expect(abs(curve.standardErrors[cause][time] - squares[cause][time].squareRoot()) < 1e-7)
      }
    }
  }

  private func expect(_ a: CumulativeIncidence, _ b: CumulativeIncidence, location: SourceLocation = #_sourceLocation) {
    #expect(a.times == b.times, sourceLocation: location)
    expect(a.survivalStandardErrors, b.survivalStandardErrors, location: location)
    for cause in 0..<a.causes {
      expect(a.incidence[cause], b.incidence[cause], location: location)
      expect(a.standardErrors[cause], b.standardErrors[cause], location: location)
    }
  }

  private func expect(_ a: StateOccupation, _ b: CumulativeIncidence, location: SourceLocation = #_sourceLocation) {
    #expect(a.times == b.times, sourceLocation: location)
    for cause in 0..<b.causes {
      expect(a.occupation[cause + 1], b.incidence[cause], location: location)
      expect(a.standardErrors[cause + 1], b.standardErrors[cause], location: location)
    }
  }

  private func expect(_ a: [Double?], _ b: [Double?], location: SourceLocation = #_sourceLocation) {
    #expect(a.count == b.count, sourceLocation: location)
    for (one, other) in zip(a, b) {
      guard let one, let other else {
        #expect(one == other, sourceLocation: location)
        continue
      }
      // Where the truth is 0 the square root magnifies what rounding leaves.
      #expect(abs(one - other) < 1e-7, sourceLocation: location)
    }
  }

  private func expect(_ a: [Double], _ b: [Double], location: SourceLocation = #_sourceLocation) {
    expect(a.map { Optional($0) }, b.map { Optional($0) }, location: location)
  }
}
