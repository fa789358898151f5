import Statistics

let matchingTasks: [BenchmarkTask] = [
  BenchmarkTask(name: "psm", title: "Propensity score, 1:1 nearest neighbour, full balance table") { sizes in
    let register = Register(rows: sizes.rows)
    return BenchmarkTask.Prepared(held: register.bytes, input: register.bytes) {
      let design = try ModelMatrix(rowCount: register.count, terms: [.intercept] + register.thirty)
      let model = try GeneralisedLinearModel(design, response: register.treated, family: .binomial)
      let units = try MatchingUnits(treated: register.isTreated, score: model.fitted, covariates: register.thirty)
      let sample = try NearestNeighbourMatching().match(units)
      let table = try BalanceTable(sample, covariates: register.thirty, score: model.fitted)
      let work = passWork(register, numbers: 11, levels: 20)
      let passes = Double(model.iterations)
      return BenchmarkTask.Outcome(
        checks: [
          ("pairs", Double(sample.matches?.count ?? 0)),
          ("meanTreatedAge", table.rows.first { $0.name == "age" }?.after?.meanTreated ?? .nan),
          ("meanControlAge", table.rows.first { $0.name == "age" }?.after?.meanControl ?? .nan),
        ], bytes: (passes + 2) * work.bytes, flops: passes * work.flops)
    }
  },
  BenchmarkTask(name: "cem", title: "Coarsened exact matching on 6 covariates") { sizes in
    let register = Register(rows: sizes.rows)
    let chosen: Set<String> = ["age", "woman", "schooling", "language", "origin", "ground"]
    let numbers = register.numbers.filter { chosen.contains($0.name) }.map {
      ModelMatrix.Term.numeric($0.name, $0.values)
    }
    let terms = numbers + register.groups.filter { chosen.contains($0.name) }.map { $0.groups.term($0.name) }
    return BenchmarkTask.Prepared(held: register.bytes, input: register.count * (3 * 8 + 3 * 4 + 1)) {
      let units = try MatchingUnits(treated: register.isTreated, covariates: terms)
      let sample = try CoarsenedExactMatching().match(units)
      return BenchmarkTask.Outcome(
        checks: [
          ("matched", Double(sample.matched.count)), ("weights", sample.weights.reduce(0, +)),
        ], bytes: Double(register.count) * (3 * 8 + 3 * 4 + 1 + 3 * 8 + 8), flops: 0)
    }
  },
]
