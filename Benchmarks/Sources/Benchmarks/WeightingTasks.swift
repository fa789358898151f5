import Statistics

let weightingTasks: [BenchmarkTask] = [
  BenchmarkTask(name: "ebal", title: "Entropy balancing for the treated, 30 moments") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) {
      let design = try ModelMatrix(rowCount: register.count, terms: register.thirty)
      let balancing = try EntropyBalancing(treated: register.isTreated, design: design)
      var (sum, weighted) = (0.0, 0.0)
      for i in 0..<register.count where register.treated[i] == 0 {
        sum += balancing.weights[i]
        weighted += balancing.weights[i] * register.income[i]
      }
      let steps = Double(balancing.groups.map(\.steps).max() ?? 10)
      let work = passWork(register, numbers: 10, levels: 20)
      return BenchmarkTask.Outcome(
        checks: [("weightedIncome", weighted / sum)], bytes: steps * work.bytes, flops: steps * work.flops)
    }
  },
  BenchmarkTask(name: "bootstrap", title: "Bootstrap of a weighted effect on the treated, propensity refitted") {
    sizes in
    let sample = Register(rows: sizes.sample)
    let draws = sizes.draws
    return BenchmarkTask.Prepared(held: sample.bytes, input: sample.bytes) {
      let design = try ModelMatrix(rowCount: sample.count, terms: [.intercept] + sample.thirty)
      let plan = try ResamplingPlan(rowCount: sample.count, draws: draws, seed: 2016)
      let weighting = try RefittedWeighting(
        outcome: sample.income, treated: sample.isTreated, design: design, target: .treated)
      let bootstrap = try Bootstrap(plan, statistic: weighting.statistic)
      let work = passWork(sample, numbers: 11, levels: 20)
      // Three steps from the coefficients of the whole sample.
      let passes = 3 * Double(draws)
      return BenchmarkTask.Outcome(
        checks: [("effect", bootstrap.original[0]), ("standardErrorOfDraws", bootstrap.standardError())],
        bytes: passes * work.bytes, flops: passes * work.flops)
    }
  },
]
