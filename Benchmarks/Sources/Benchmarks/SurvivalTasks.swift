import Statistics

/// The columns as the survival methods take them, 24 bytes a row.
private struct Spells: Sendable {
  let days: [Double]
  let cause: [Int]
  let causes: Int
  let group: [Int]

  init(_ register: Register, causes: Int) {
    days = register.days
    cause = causes == 1 ? register.cause.map { $0 > 0 ? 1 : 0 } : register.cause
    self.causes = causes
    group = register.treated.map { Int($0) }
  }

  func followUp() throws -> FollowUp { try FollowUp(exit: days, cause: cause, causes: causes) }

  func eachGroup<Curve: Sendable>(_ curve: @Sendable (FollowUp) throws -> Curve) throws -> [Curve] {
    try onAllCores(followUp().split(by: group, groups: 2).compactMap { $0 }, curve)
  }
}

/// Read time, cause and group, sort times of a few thousand distinct days, write the order: once each.
private func sweepBytes(_ rows: Int) -> Double { Double(rows) * (8 + 8 + 8 + 2 * 12) }

private func cox(_ register: Register, clustered: Bool) throws -> BenchmarkTask.Outcome {
  let design = try ModelMatrix(rowCount: register.count, terms: [register.treatment] + register.thirty)
  let followUp = try FollowUp(exit: register.days, cause: register.cause.map { $0 == 1 ? 1 : 0 })
  let model = try CoxModel(design, followUp)
  let estimates =
    try clustered
    ? model.estimates(.clustered(.cr0), clusters: [register.clusters]) : model.estimates(.classical)
  let passes = Double(model.iterations + 1 + (clustered ? 1 : 0))
  let work = passWork(register, numbers: 11, levels: 20)
  return BenchmarkTask.Outcome(
    checks: [
      ("treated", model.coefficients[0]), ("age", model.coefficients[1]),
      ("standardError", estimates.standardErrors[0] ?? .nan), ("logLikelihood", model.logLikelihood),
    ], bytes: passes * work.bytes, flops: passes * work.flops)
}

/// One pass over a design of p columns of numbers and f of levels: read each column once; of the k × k products those of
/// numbers are multiplied, those of levels only added.
func passWork(_ register: Register, numbers p: Int, levels f: Int) -> (bytes: Double, flops: Double) {
  let n = Double(register.count)
  let factors = Double(f > 20 ? 5 : 3)
  let columns = Double(p)
  return (n * (8 * columns + 4 * factors + 8), n * (columns * columns + 2 * columns * factors + factors * factors + 40))
}

let survivalTasks: [BenchmarkTask] = [
  BenchmarkTask(name: "km", title: "Kaplan-Meier with errors and intervals, 2 groups") { sizes in
    let register = Register(rows: sizes.rows)
    let spells = Spells(register, causes: 1)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.count * 24) {
      let curves = try spells.eachGroup { try KaplanMeier($0) }
      return BenchmarkTask.Outcome(
        checks: curves.enumerated().flatMap { group, curve in
          let estimate = curve.estimate(at: 365)
          return [
            ("survival\(group)", estimate?.value ?? .nan), ("standardError\(group)", estimate?.standardError ?? .nan),
          ]
        }, bytes: sweepBytes(register.count), flops: 0)
    }
  },
  BenchmarkTask(name: "logrank", title: "Log-rank test, 2 groups") { sizes in
    let register = Register(rows: sizes.rows)
    let spells = Spells(register, causes: 1)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.count * 24) {
      let test = try LogRankTest(spells.followUp(), group: spells.group, groups: 2)
      return BenchmarkTask.Outcome(
        checks: [("chiSquare", test.statistic)], bytes: sweepBytes(register.count), flops: 0)
    }
  },
  BenchmarkTask(name: "aj", title: "Aalen-Johansen with errors, 2 causes, 2 groups") { sizes in
    let register = Register(rows: sizes.rows)
    let spells = Spells(register, causes: 2)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.count * 24) {
      let curves = try spells.eachGroup { try CumulativeIncidence($0) }
      return BenchmarkTask.Outcome(
        checks: curves.enumerated().flatMap { group, curve in
          let estimate = curve.estimate(of: 1, at: 365)
          return [
            ("incidence\(group)", estimate?.value ?? .nan), ("standardError\(group)", estimate?.standardError ?? .nan),
          ]
        }, bytes: sweepBytes(register.count), flops: 0)
    }
  },
  BenchmarkTask(name: "cuminc", title: "Cumulative incidence, delta-method errors, Gray's tests") { sizes in
    let register = Register(rows: sizes.rows)
    let spells = Spells(register, causes: 2)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.count * 24) {
      let curves = try spells.eachGroup { try CumulativeIncidence($0, variance: .countingProcess) }
      let followUp = try spells.followUp()
      let tests = try onAllCores([1, 2]) { try GrayTest(followUp, cause: $0, group: spells.group, groups: 2) }
      return BenchmarkTask.Outcome(
        checks: [
          ("incidence0", curves[0].estimate(of: 1, at: 365)?.value ?? .nan), ("gray1", tests[0].statistic),
          ("gray2", tests[1].statistic),
        ], bytes: 2 * sweepBytes(register.count), flops: 0)
    }
  },
  BenchmarkTask(name: "cox", title: "Cox model, Efron, 31 columns") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) { try cox(register, clustered: false) }
  },
  BenchmarkTask(name: "coxrobust", title: "The same with clustered errors") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) { try cox(register, clustered: true) }
  },
]

/// What a user with two groups or causes does: each on a core of its own.
private func onAllCores<Item: Sendable, Result: Sendable>(
  _ items: [Item], _ result: @Sendable (Item) throws -> Result
) throws -> [Result] {
  try WorkSharing.map(items.count) { number in Swift.Result { try result(items[number]) } }.map { try $0.get() }
}
