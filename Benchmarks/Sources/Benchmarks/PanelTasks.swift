import Statistics

let panelTasks: [BenchmarkTask] = [
  BenchmarkTask(name: "twfe", title: "Two-way fixed effects, clustered by person") { sizes in
    let data = MonthlyPanel(persons: sizes.persons)
    let regressor = data.inProgramme
    return BenchmarkTask.Prepared(held: data.bytes, input: data.bytes) {
      let panel = try Panel(unit: data.person, period: data.month)
      let design = try ModelMatrix(rowCount: data.count, terms: [.numeric("inProgramme", regressor)])
      let fit = try TwoWayFixedEffects(panel, response: data.income, regressors: design)
      let estimates = try fit.estimates()
      return BenchmarkTask.Outcome(
        checks: [("inProgramme", estimates.values[0]), ("standardError", estimates.standardErrors[0] ?? .nan)],
        bytes: Double(data.count) * (8 + 8 + 2 * 16), flops: Double(data.count) * 12)
    }
  },
  BenchmarkTask(name: "eventstudy", title: "Event study, 67 leads and lags, clustered by person") { sizes in
    let data = MonthlyPanel(persons: sizes.persons)
    return BenchmarkTask.Prepared(held: data.bytes, input: data.bytes) {
      let panel = try Panel(unit: data.person, period: data.month)
      let study = try EventStudy(panel, outcome: data.income, firstTreated: data.entered)
      let estimates = try study.estimates()
      func value(_ time: Int) -> Double { estimates.position("time::\(time)").map { estimates.values[$0] } ?? .nan }
      return BenchmarkTask.Outcome(
        checks: [("time0", value(0)), ("time12", value(12)), ("timeMinus12", value(-12))],
        bytes: Double(data.count) * (8 + 8 + 2 * 16), flops: Double(data.count) * 80)
    }
  },
  BenchmarkTask(name: "grouptime", title: "Callaway-Sant'Anna, 6 cohorts, averaged by time since entry") { sizes in
    let data = MonthlyPanel(persons: sizes.persons)
    return BenchmarkTask.Prepared(held: data.bytes, input: data.bytes) {
      let effects = try GroupTimeEffects(
        unit: data.person, period: data.month, firstTreated: data.entered, outcome: data.income)
      let dynamic = try effects.aggregated(.dynamic)
      return BenchmarkTask.Outcome(
        checks: [
          ("overall", dynamic.overall?.effect ?? .nan), ("standardError", dynamic.overall?.standardError ?? .nan),
          ("time0", dynamic.parts.first { $0.position == 0 }?.effect ?? .nan),
        ], bytes: Double(data.count) * (8 + 8 + 8 + 8) + Double(data.count) * 8 * 6, flops: Double(data.count) * 24)
    }
  },
]
