import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

/// What must hold of a Cox model on any data, tried on seeded random data.
@Suite struct CoxPropertyTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]

  @Test(arguments: seeds) func theOrderOfRowsDoesNotMatter(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 90, delayed: true)
    var random = SeededGenerator(seed: seed &+ 100)
    let other = data.selecting(Array(0..<90).shuffled(using: &random))
    for ties in [CoxTies.efron, .breslow] {
      let a = try CoxModel(
        data.design, data.followUp(weighted: true, clustered: true), stratum: Clusters(labels: data.stratum), ties: ties
      )
      let b = try CoxModel(
        other.design, other.followUp(weighted: true, clustered: true), stratum: Clusters(labels: other.stratum),
        ties: ties)
      try expect(a, b)
      #expect(
        isClose(
          try ProportionalHazardsTest(a).global.statistic, try ProportionalHazardsTest(b).global.statistic,
          relative: 1e-7))
    }
  }

  /// Units and origins of columns: the coefficient follows the unit, and the origin does not matter, even far away.
  @Test(arguments: seeds) func theScaleOfColumnsDoesNotMatter(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 90)
    let plain = try CoxModel(data.design, data.followUp())
    for (factor, origin) in [(1e12, 0.0), (1e-9, 0), (1, 1e6), (1e3, -5e8), (1, 1e8), (1, -1e8)] {
      let moved = try ModelMatrix(
        intercept: false,
        [(name: "a", values: data.columns[0].map { $0 * factor + origin }), (name: "b", values: data.columns[1])])
      let model = try CoxModel(moved, data.followUp())
      #expect(isClose(model.coefficients[0] * factor, plain.coefficients[0], relative: 1e-6))
      #expect(isClose(model.coefficients[1], plain.coefficients[1], relative: 1e-6))
      let error = try model.estimates(.hc0).standardErrors[0]! * factor
      #expect(isClose(error, try plain.estimates(.hc0).standardErrors[0]!, relative: 1e-6))
    }
  }

  /// With Breslow's ties a weight of 3 is three rows; their scores belong together.
  @Test(arguments: seeds) func wholeWeightsAreRepeatedRows(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 50, delayed: true)
    let rows = (0..<50).flatMap { Array(repeating: $0, count: Int(data.weight[$0])) }
    let repeated = data.selecting(rows)
    let weighted = try CoxModel(data.design, data.followUp(weighted: true), ties: .breslow)
    let expanded = try CoxModel(repeated.design, repeated.followUp(), ties: .breslow)
    expect(weighted.coefficients, expanded.coefficients)
    expect(weighted.modelCovariance.elements, expanded.modelCovariance.elements)
    expect(
      try weighted.estimates(.hc0).covariance.elements,
      try expanded.estimates(clusters: [Clusters(labels: rows)]).covariance.elements)
    expect(try weighted.concordance().estimate.value, try expanded.concordance().estimate.value)
    let fine = try FineGrayModel(
      data.design, FollowUp(exit: data.exit, cause: data.event.map { $0 == 1 ? 1 : 2 }, causes: 2, weight: data.weight))
    let fineExpanded = try FineGrayModel(
      repeated.design, FollowUp(exit: repeated.exit, cause: repeated.event.map { $0 == 1 ? 1 : 2 }, causes: 2))
    expect(fine.coefficients, fineExpanded.coefficients)
  }

  @Test(arguments: seeds) func splittingIntervalsChangesNothing(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 60, delayed: true)
    var random = SeededGenerator(seed: seed &+ 200)
    var rows: [Int] = []
    var entry: [Double] = []
    var exit: [Double] = []
    var event: [Int] = []
    for row in 0..<60 {
      var start = data.entry[row]
      while start < data.exit[row] {
        let end =
          random.uniform() < 0.3 ? data.exit[row] : min(data.exit[row], start + (random.uniform() * 4).rounded(.up))
        rows.append(row)
        entry.append(start)
        exit.append(end)
        event.append(end == data.exit[row] ? data.event[row] : 0)
        start = end
      }
    }
    var cut = data.selecting(rows)
    (cut.entry, cut.exit, cut.event, cut.cluster) = (entry, exit, event, rows)
    for ties in CoxTies.allCases {
      let whole = try CoxModel(data.design, data.followUp(), ties: ties)
      let pieces = try CoxModel(cut.design, cut.followUp(clustered: true), ties: ties)
      expect(whole.coefficients, pieces.coefficients)
      expect(whole.modelCovariance.elements, pieces.modelCovariance.elements)
      if ties == .exact { continue }
      expect(try whole.estimates(.hc0).covariance.elements, try pieces.estimates().covariance.elements)
      expect(try whole.concordance().estimate.value, try pieces.concordance().estimate.value)
      expect(try whole.concordance().estimate.standardError!, try pieces.concordance().estimate.standardError!)
      expect(
        try ProportionalHazardsTest(whole, scale: .identity).global.statistic,
        try ProportionalHazardsTest(pieces, scale: .identity).global.statistic)
    }
  }

  @Test func theNumberOfThreadsDoesNotChangeABit() throws {
    let data = RandomCovariates(seed: 12, count: 30_000, delayed: true)
    func fit() throws -> CoxModel {
      try CoxModel(data.design, data.followUp(), stratum: Clusters(labels: data.stratum))
    }
    let one = try WorkSharing.$threads.withValue(1) { try fit() }
    let two = try WorkSharing.$threads.withValue(2) { try fit() }
    #expect(one.coefficients == two.coefficients && one.modelCovariance == two.modelCovariance)
    let clusters = Clusters(labels: data.cluster)
    let errors = try [1, 2].map { threads in
      try WorkSharing.$threads.withValue(threads) { try one.estimates(clusters: [clusters]).covariance }
    }
    #expect(errors[0] == errors[1])
  }

  /// Twenty parts or one: long data give what the sum of their scores says.
  @Test func longDataSolveTheirScoreEquation() throws {
    let data = RandomCovariates(seed: 13, count: 20_000)
    let model = try CoxModel(data.design, data.followUp(weighted: true))
    let scores = try model.scoreResiduals()
    for column in 0..<2 {
      let sum = zip(scores.column(column), data.weight).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(sum) < 1e-6)
    }
    let schoenfeld = try CoxModel(data.design, data.followUp()).schoenfeldResiduals
    for column in 0..<2 { #expect(abs(schoenfeld.values.column(column).reduce(0, +)) < 1e-6) }
    // As many clusters as rows take another path than few, and give the same.
    expect(
      try model.estimates(.hc0).covariance.elements,
      try model.estimates(clusters: [Clusters(each: 20_000)]).covariance.elements)
    #expect(abs(model.coefficients[0] - 0.5) < 0.05 && abs(model.coefficients[1] - 0.7) < 0.06)
  }

  /// The weight of a row moved a little moves the coefficients by its dfbeta.
  @Test(arguments: seeds) func dfbetaIsTheDerivativeToTheWeights(_ seed: UInt64) throws {
    let data = RandomCovariates(seed: seed, count: 40, delayed: true)
    let model = try CoxModel(data.design, data.followUp(weighted: true), ties: .breslow)
    let dfbeta = try model.dfbeta()
    for row in [0, 7, 23] {
      let moved = try [1 + 1e-4, 1 - 1e-4].map { factor in
        var changed = data
        changed.weight[row] *= factor
        return try CoxModel(changed.design, changed.followUp(weighted: true), ties: .breslow).coefficients
      }
      for column in 0..<2 {
        #expect(abs((moved[0][column] - moved[1][column]) / 2e-4 - dfbeta[row, column]) < 1e-6)
      }
    }
  }

  /// 2,000 draws: model-based, robust and Fine-Gray intervals cover the truth in 93-97 %.
  @Test func intervalsCoverTheTruth() throws {
    var covered = [0, 0, 0]
    for draw in 0..<2000 {
      let data = RandomCovariates(seed: UInt64(draw) &+ 40_000, count: 200)
      let model = try CoxModel(data.design, data.followUp())
      for (place, convention) in [CovarianceConvention.classical, .hc0].enumerated() {
        let interval = try model.estimates(convention).estimate(1).interval
        if interval.lower! <= 0.7, 0.7 <= interval.upper! { covered[place] += 1 }
      }
      // Without another cause the subdistribution is the survival itself.
      let fine = try FineGrayModel(data.design, FollowUp(exit: data.exit, cause: data.event), ties: .efron)
      let interval = try fine.estimates().estimate(1).interval
      if interval.lower! <= 0.7, 0.7 <= interval.upper! { covered[2] += 1 }
    }
    for count in covered { #expect((1860...1940).contains(count), "\(count) of 2000") }
  }

  private func expect(_ a: CoxModel, _ b: CoxModel, location: SourceLocation = #_sourceLocation) throws {
    expect(a.coefficients, b.coefficients, location: location)
    expect(a.modelCovariance.elements, b.modelCovariance.elements, location: location)
    expect(try a.estimates().covariance.elements, try b.estimates().covariance.elements, location: location)
    expect(a.logLikelihood, b.logLikelihood, location: location)
    expect(try a.concordance().estimate.standardError!, try b.concordance().estimate.standardError!, location: location)
  }

  private func expect(_ a: [Double], _ b: [Double], location: SourceLocation = #_sourceLocation) {
    #expect(a.count == b.count, sourceLocation: location)
    for (one, other) in zip(a, b) { expect(one, other, location: location) }
  }

  private func expect(_ a: Double, _ b: Double, location: SourceLocation = #_sourceLocation) {
    #expect(isClose(a, b, relative: 1e-7), "\(a) for \(b)", sourceLocation: location)
  }
}
