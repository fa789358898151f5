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
    let treated = sample.isTreated
    let (income, terms) = (sample.income, sample.thirty)
    let draws = sizes.draws
    return BenchmarkTask.Prepared(held: sample.bytes, input: sample.bytes) {
      let design = try ModelMatrix(rowCount: sample.count, terms: [.intercept] + terms)
      let plan = try ResamplingPlan(rowCount: sample.count, draws: draws, seed: 2016)
      let bootstrap = try Bootstrap(plan) { (frequencies: [Double]) throws(StatisticsError) -> [Double] in
        let scores = try PropensityScores(treated: treated, design: design, samplingWeights: frequencies)
        var (total, outcome) = ([0.0, 0.0], [0.0, 0.0])
        for i in income.indices {
          let group = treated[i] ? 1 : 0
          let weight = frequencies[i] * (treated[i] ? 1 : scores.values[i] / (1 - scores.values[i]))
          total[group] += weight
          outcome[group] += weight * income[i]
        }
        return [outcome[1] / total[1] - outcome[0] / total[0]]
      }
      let work = passWork(sample, numbers: 11, levels: 20)
      let passes = 6 * Double(draws)
      return BenchmarkTask.Outcome(
        checks: [("effect", bootstrap.original[0]), ("standardErrorOfDraws", bootstrap.standardError())],
        bytes: passes * work.bytes, flops: passes * work.flops)
    }
  },
]
