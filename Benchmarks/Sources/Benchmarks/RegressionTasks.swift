import Statistics

private func logistic(_ register: Register) throws -> GeneralisedLinearModel {
  let design = try ModelMatrix(rowCount: register.count, terms: [.intercept] + register.fifteen)
  return try GeneralisedLinearModel(design, response: register.treated, family: .binomial)
}

let regressionTasks: [BenchmarkTask] = [
  BenchmarkTask(name: "logistic", title: "Logistic regression, 55 columns") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) {
      let model = try logistic(register)
      let estimates = try model.estimates()
      let passes = Double(model.iterations)
      let work = passWork(register, numbers: 11, levels: 44)
      return BenchmarkTask.Outcome(
        checks: [("age", estimates.values[1]), ("standardError", estimates.standardErrors[1] ?? .nan)],
        bytes: passes * work.bytes, flops: passes * work.flops)
    }
  },
  BenchmarkTask(name: "ols", title: "Least squares, 56 columns, errors clustered by municipality") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) {
      let design = try ModelMatrix(
        rowCount: register.count, terms: [.intercept, register.treatment] + register.fifteen)
      let fit = try LinearRegression(design, response: register.income)
      let estimates = try fit.estimates(.clustered(.cr1), clusters: [register.clusters])
      let work = passWork(register, numbers: 12, levels: 44)
      return BenchmarkTask.Outcome(
        checks: [("treated", estimates.values[1]), ("standardError", estimates.standardErrors[1] ?? .nan)],
        bytes: 2 * work.bytes, flops: work.flops)
    }
  },
  BenchmarkTask(name: "margins", title: "Average marginal effects of all 54 columns, with errors") { sizes in
    let register = Register(rows: sizes.rows)
    let model = try logistic(register)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) {
      let effects = try AverageMargins(model).effects()
      let work = passWork(register, numbers: 11, levels: 44)
      let changes = 46.0
      return BenchmarkTask.Outcome(
        checks: [("age", effects.values[0]), ("standardError", effects.standardErrors[0] ?? .nan)],
        bytes: work.bytes, flops: Double(register.count) * changes * (20 + 2 * 16))
    }
  },
]
