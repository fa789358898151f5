import Foundation
import NumericalMethods
import Primitives
import Statistics
import Synchronization
import TestSupport
import Testing

@Suite struct CoxModelTests {
  /// Events at 1 (x = 1), 2 (x = 0) and 3 (x = 1); with θ = exp β the likelihood is θ/(2θ + 1) · 1/(θ + 1).
  @Test func aSmallModelByHand() throws {
    let model = try CoxModel(column([1, 0, 1]), FollowUp(exit: [1, 2, 3], cause: [1, 1, 1]))
    let theta = 0.5.squareRoot()
    #expect(isClose(model.coefficients[0], log(theta)))
    let information = 2 * theta / ((2 * theta + 1) * (2 * theta + 1)) + theta / ((theta + 1) * (theta + 1))
    #expect(isClose(model.modelCovariance[0, 0], 1 / information))
    #expect(isClose(model.logLikelihood, log(theta / (2 * theta + 1) / (theta + 1))))
    #expect(isClose(model.initialLogLikelihood, -log(6.0)))
    // At β = 0 the score is 1 − 2/3 − 1/2 and the information 2/9 + 1/4.
    #expect(isClose(model.scoreTest.statistic, (1.0 / 36) / (17.0 / 36)))
    // The baseline: 1/(2θ + 1), 1/(θ + 1), 1/θ.
    let baseline = try model.baseline()[0]
    #expect(isClose(baseline.cumulativeHazard[1], 1 / (2 * theta + 1) + 1 / (theta + 1)))
    #expect(isClose(model.martingaleResiduals.reduce(0, +), 0))
  }

  /// Two of three have the event at once, with x = 1 and 0. Breslow: θ/(θ + 2)², Efron: 2θ/((θ + 2)(θ + 3)).
  @Test func tiesByHand() throws {
    let followUp = try FollowUp(exit: [1, 1, 2], cause: [1, 1, 0])
    #expect(isClose(try CoxModel(column([1, 0, 0]), followUp, ties: .breslow).coefficients[0], log(2.0)))
    #expect(isClose(try CoxModel(column([1, 0, 0]), followUp).coefficients[0], log(6.0) / 2))
    // Exact: 2θ/(2θ + 1) rises without end.
    #expect(throws: StatisticsError.separated(columns: ["x"])) {
      _ = try CoxModel(column([1, 0, 0]), followUp, ties: .exact)
    }
  }

  @Test func withoutTiesAllFormulasAgree() throws {
    let data = RandomCovariates(seed: 3, count: 40)
    let exit = (0..<40).map { Double(($0 * 17) % 40 + 1) }
    let followUp = try FollowUp(exit: exit, cause: data.event)
    let models = try CoxTies.allCases.map { try CoxModel(data.design, followUp, ties: $0) }
    for model in models.dropFirst() {
      expect(model.coefficients, models[0].coefficients)
      expect(model.modelCovariance.elements, models[0].modelCovariance.elements)
      #expect(isClose(model.logLikelihood, models[0].logLikelihood))
    }
    // The score test of one group column is the log-rank test when nothing is tied.
    let group = data.columns[1].map { Int($0) }
    let one = try CoxModel(column(data.columns[1]), followUp)
    #expect(isClose(one.scoreTest.statistic, try LogRankTest(followUp, group: group, groups: 2).statistic))
  }

  @Test func columnsThatDependOnOthersAreNamed() throws {
    let data = RandomCovariates(seed: 5, count: 60)
    let followUp = try data.followUp()
    let twice = try ModelMatrix([
      (name: "a", values: data.columns[0]), (name: "b", values: data.columns[1]),
      (name: "c", values: zip(data.columns[0], data.columns[1]).map { 2 * $0 - 3 * $1 + 7 }),
      (name: "d", values: data.columns[0].map { _ in 4 }),
    ])
    let model = try CoxModel(twice, followUp)
    #expect(model.names == ["a", "b"] && model.aliased == ["c", "d"])
    let plain = try CoxModel(twice.selecting(columns: [1, 2]), followUp)
    expect(model.coefficients, plain.coefficients)
    #expect(throws: StatisticsError.collinear(columns: ["x"])) {
      _ = try CoxModel(column(data.columns[0].map { _ in 1 }), followUp)
    }
    // Constant within each stratum: nothing to estimate.
    let labels = data.columns[1].map { Int($0) }
    #expect(throws: StatisticsError.collinear(columns: ["x"])) {
      _ = try CoxModel(column(data.columns[1]), followUp, stratum: Clusters(labels: labels))
    }
  }

  @Test func aColumnThatTellsTheEventsApartIsNamed() throws {
    let data = RandomCovariates(seed: 6, count: 60)
    let followUp = try data.followUp()
    let marker = data.event.map { $0 == 1 ? 1.0 : 0 }
    let design = try ModelMatrix(
      intercept: false, [(name: "age", values: data.columns[0]), (name: "marker", values: marker)])
    for ties in CoxTies.allCases {
      #expect(throws: StatisticsError.separated(columns: ["marker"])) {
        _ = try CoxModel(design, followUp, ties: ties)
      }
    }
    let firth = try FirthCoxModel(design, followUp)
    #expect(firth.coefficients.allSatisfy(\.isFinite) && firth.coefficients[1] > 1)
  }

  @Test func whatCannotBeFittedIsRefused() throws {
    let followUp = try FollowUp(exit: [1, 2, 3], cause: [0, 0, 0])
    #expect(throws: StatisticsError.notSupported(method: "the Cox model", input: "data without an event")) {
      _ = try CoxModel(column([1, 2, 3]), followUp)
    }
    let some = try FollowUp(exit: [1, 2, 3], cause: [1, 0, 1], weight: [0.5, 1, 2])
    #expect(throws: StatisticsError.noColumns) {
      _ = try CoxModel(ModelMatrix(rowCount: 3, terms: [.intercept]), some)
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "the design", expected: 3, found: 2)) {
      _ = try CoxModel(column([1, 2]), some)
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "stratum", expected: 3, found: 1)) {
      _ = try CoxModel(column([1, 2, 5]), some, stratum: Clusters(labels: [1]))
    }
    #expect(throws: StatisticsError.notFinite(array: "offset", index: 1)) {
      _ = try CoxModel(column([1, 2, 5]), some, offset: [0, .infinity, 0])
    }
    #expect(throws: StatisticsError.notSupported(method: "the exact likelihood of ties", input: "weights")) {
      _ = try CoxModel(column([1, 2, 5]), some, ties: .exact)
    }
    let data = RandomCovariates(seed: 7, count: 30)
    let model = try CoxModel(data.design, data.followUp())
    #expect(throws: StatisticsError.tooFewClusters(found: 1, needed: 2)) {
      _ = try model.estimates(clusters: [Clusters(labels: [Int](repeating: 3, count: 30))])
    }
    #expect(throws: StatisticsError.notSupported(method: "the convention hc3", input: "a Cox model")) {
      _ = try model.estimates(.hc3)
    }
    // One row, one event: nobody to compare with.
    #expect(throws: StatisticsError.collinear(columns: ["x"])) {
      _ = try CoxModel(column([1]), FollowUp(exit: [1], cause: [1]))
    }
  }

  @Test func theStepsAreToldAndCanBeStopped() async throws {
    let data = RandomCovariates(seed: 8, count: 60)
    let told = Mutex<[StageProgress]>([])
    _ = try CoxModel(data.design, data.followUp()) { step in told.withLock { $0.append(step) } }
    let steps = told.withLock { $0 }
    #expect(steps.first?.completed == 0 && steps.allSatisfy { $0.stage == "likelihood" })
    #expect(steps.last.map { $0.completed == $0.total } == true)
    let stopped = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try CoxModel(data.design, data.followUp())
    }
    await #expect(throws: StatisticsError.cancelled) { _ = try await stopped.value }
  }

  @Test func residualsAddUpToNothing() throws {
    let data = RandomCovariates(seed: 9, count: 70)
    let followUp = try data.followUp(weighted: true)
    for ties in [CoxTies.efron, .breslow] {
      let model = try CoxModel(data.design, followUp, ties: ties)
      let weighted = zip(model.martingaleResiduals, data.weight).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(weighted) < 1e-10)
      let scores = try model.scoreResiduals()
      for column in 0..<scores.columns {
        let sum = zip(scores.column(column), data.weight).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(sum) < 1e-7)
      }
    }
  }

  @Test func severalWaysOfClusteringAddAndSubtract() throws {
    let data = RandomCovariates(seed: 10, count: 60)
    let model = try CoxModel(data.design, data.followUp())
    let (a, b) = (Clusters(labels: (0..<60).map { $0 % 7 }), Clusters(labels: (0..<60).map { $0 / 10 }))
    let both = try model.estimates(clusters: [a, b]).covariance
    let parts = try [a, b, a.intersection(b)].map { try model.estimates(clusters: [$0]).covariance }
    expect(both.elements, (parts[0] + parts[1] - parts[2]).elements)
    let stata = try model.estimates(.clustered(.cr1Likelihood), clusters: [a]).covariance
    expect(stata.elements, ((7.0 / 6) * parts[0]).elements)
    expect(
      try model.estimates(.hc0).covariance.elements,
      try model.estimates(clusters: [Clusters(each: 60)]).covariance.elements)
  }

  private func column(_ values: [Double]) throws -> ModelMatrix {
    try ModelMatrix(intercept: false, [(name: "x", values: values)])
  }

  private func expect(_ a: [Double], _ b: [Double], location: SourceLocation = #_sourceLocation) {
    #expect(a.count == b.count, sourceLocation: location)
    for (one, other) in zip(a, b) { #expect(isClose(one, other, relative: 1e-8), sourceLocation: location) }
  }
}

/// Random rows with two columns of which the hazard depends, whole times with many ties, and some censored.
struct RandomCovariates {
  var columns: [[Double]] = [[], []]
  var entry: [Double] = []
  var exit: [Double] = []
  var event: [Int] = []
  var weight: [Double] = []
  var cluster: [Int] = []
  var stratum: [Int] = []

  init(seed: UInt64, count: Int, delayed: Bool = false) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<count {
      let a = (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2
      let b = random.uniform() < 0.5 ? 0.0 : 1
      let start = delayed && random.uniform() < 0.5 ? (random.uniform() * 5).rounded(.down) : 0
      let time = -log(random.uniform()) * 8 * exp(-0.5 * a - 0.7 * b)
      let censoring = random.uniform() * 20
      columns[0].append(a)
      columns[1].append(b)
      entry.append(start)
      exit.append(start + min(time, censoring).rounded(.down) + 1)
      event.append(time <= censoring ? 1 : 0)
      weight.append((random.uniform() * 3).rounded(.up))
      cluster.append(Int(random.uniform() * Double(count) / 3))
      stratum.append(Int(random.uniform() * 3))
    }
  }

  var design: ModelMatrix {
    get throws {
      try ModelMatrix(intercept: false, [(name: "a", values: columns[0]), (name: "b", values: columns[1])])
    }
  }

  func followUp(weighted: Bool = false, clustered: Bool = false) throws -> FollowUp {
    try FollowUp(
      entry: entry, exit: exit, cause: event, weight: weighted ? weight : nil, cluster: clustered ? cluster : nil)
  }

  func selecting(_ rows: [Int]) -> RandomCovariates {
    var result = self
    result.columns = columns.map { column in rows.map { column[$0] } }
    result.entry = rows.map { entry[$0] }
    result.exit = rows.map { exit[$0] }
    result.event = rows.map { event[$0] }
    result.weight = rows.map { weight[$0] }
    result.cluster = rows.map { cluster[$0] }
    result.stratum = rows.map { stratum[$0] }
    return result
  }
}
