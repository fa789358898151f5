import Primitives
import Statistics

/// Weights from propensity scores, their balance, and the weighted difference.
struct InverseProbabilityWeightingEstimation: EstimationMethod {
  let id = "inverse-probability-weighting"
  let title = LocalizedText("Inverse-probability weighting", nl: "Wegen met de omgekeerde kans")
  let summary = LocalizedText(
    "Weights everybody so that both groups look like one target population, and compares weighted means.",
    nl: "Weegt iedereen zodat beide groepen op één doelpopulatie lijken, en vergelijkt gewogen gemiddelden.")
  let page = "InverseProbabilityWeighting"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78 --target treated"
  let options: [EstimationOption] = [
    .treatmentFormula, .outcome, .target(all: true, standard: "everyone"), .propensityLink, .scoreConvergence,
    .ownScore,
    EstimationOption(
      "own-weights", .column, "Weights of one's own, instead of any from scores.",
      nl: "Eigen gewichten, in plaats van uit scores."),
    .samplingWeights,
    EstimationOption(
      "within", .category, "Fit the scores within each of these groups by itself.",
      nl: "Schat de scores binnen elk van deze groepen apart."),
    EstimationOption(
      "by", .category, "Show the effect within each of these groups too.",
      nl: "Toon het effect ook binnen elk van deze groepen."),
    EstimationOption(
      "stabilised", .flag, "Multiply by the share of the own group.",
      nl: "Vermenigvuldig met het aandeel van de eigen groep."),
    EstimationOption(
      "not-normalised", .flag, "Divide by the size of the target instead of the sum of the weights (Horvitz-Thompson).",
      nl: "Deel door de omvang van het doel in plaats van de som van de gewichten (Horvitz-Thompson)."),
    EstimationOption(
      "truncate", .numbers(.zeroOrMore),
      "Lower and upper share of the weights, for instance 0.01,0.99: extreme weights are set to these quantiles.",
      nl:
        "Onderste en bovenste aandeel van de gewichten, bijvoorbeeld 0.01,0.99: extreme gewichten worden op deze kwantielen gezet."
    ),
    EstimationOption(
      "quantile",
      .choice([
        EstimationChoice("interpolated", "R's quantile, type 7", nl: "quantile van R, type 7"),
        EstimationChoice("nearest", "WeightIt's trim, type 3", nl: "trim van WeightIt, type 3"),
      ]), "Which quantile is meant.", nl: "Welk kwantiel is bedoeld.", standard: "interpolated"),
    EstimationOption(
      "trim", .numbers(.zeroOrMore), "Lowest and highest score kept, for instance 0.1,0.9.",
      nl: "Laagste en hoogste score die blijft, bijvoorbeeld 0.1,0.9."),
    EstimationOption(
      "trim-by",
      .choice([
        EstimationChoice("optimal", "the range of Crump and others", nl: "het bereik van Crump en anderen"),
        EstimationChoice("commonRange", "the range both groups share", nl: "het bereik dat beide groepen delen"),
      ]), "Which scores are kept, instead of --trim.", nl: "Welke scores blijven, in plaats van --trim."),
    EstimationOption(
      "refit", .flag, "Fit the scores anew among those kept.", nl: "Schat de scores opnieuw onder wie blijft."),
    EstimationOption(
      "derivative-step", .number(.positive),
      "Take the derivatives of stacked errors by differences of this step, as statsmodels does with 0.0001.",
      nl: "Bereken de afgeleiden van gestapelde fouten met verschillen van deze stap, als statsmodels met 0.0001."),
    .effectErrors(weightedMeans: true), .clusters, .level, .balanceDenominator, .listsWeights,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let (treated, design) = try request.treatment()
    let within = try request.clusters("within")
    var rows: [Int]?
    var weights: BalancingWeights
    let sampling = try request.numbersIfGiven("sampling-weights")
    if let own = try request.numbersIfGiven("own-weights") {
      weights = try request.run { () throws(StatisticsError) in
        try BalancingWeights(treated: treated, values: own, target: request.target, samplingWeights: sampling)
      }
    } else {
      var scores = try request.propensityScores(treated, design, within: within)
      let trimming = try request.trimming()
      if let trimming, request.flag("refit") {
        let kept = try request.run { () throws(StatisticsError) in try trimming.keptRows(scores) }
        rows = kept
        let first = scores
        scores = try request.run { () throws(StatisticsError) in
          try PropensityScores(
            treated: kept.map { first.treated[$0] }, design: design.selecting(rows: kept),
            link: request.choice("link", as: PropensityLink.self), within: within?.selecting(rows: kept),
            samplingWeights: sampling.map { sampling in kept.map { sampling[$0] } })
        }
      }
      weights = BalancingWeights(scores, target: request.target, stabilised: request.flag("stabilised"))
      if let trimming, rows == nil {
        let whole = weights
        weights = try request.run { () throws(StatisticsError) in try whole.trimmed(trimming) }
      }
    }
    if let truncation = try request.truncation() {
      let whole = weights
      weights = try request.run { () throws(StatisticsError) in try whole.truncated(truncation) }
    }
    var result = request.result()
    try result.add(weights, request, rows: rows, design: design)
    if let outcome = try request.numbersIfGiven("outcome") {
      let own = rows.map { rows in rows.map { outcome[$0] } } ?? outcome
      var (errors, clusters) = try request.effectErrors()
      if let rows { clusters = clusters.map { $0.selecting(rows: rows) } }
      let (used, normalised) = (weights, !request.flag("not-normalised"))
      if !normalised, case .modelsKnown = errors {
        throw .optionsConflict(
          LocalizedText(
            "--not-normalised has stacked errors only.", nl: "--not-normalised heeft alleen gestapelde fouten."))
      }
      let means = try request.run { () throws(StatisticsError) in
        try WeightedMeans(outcome: own, weights: used, normalised: normalised)
      }
      let level = request.level
      let step = request.numberIfGiven("derivative-step")
      result.add(
        try request.run { () throws(StatisticsError) in
          if let step { return try means.contrasts(differencesOf: step, clusters: clusters, level: level) }
          return try means.means.contrasts(errors, clusters: clusters, level: level)
        })
      result.addAliased(means.means.aliased)
      if let groups = try request.categoriesIfGiven("by") {
        let codes = rows.map { rows in rows.map { groups.indices[$0] } } ?? groups.indices
        var items: [ResultItem] = []
        for (place, label) in groups.levels.enumerated() {
          let found = try request.run { () throws(StatisticsError) in
            try WeightedMeans(
              outcome: own, weights: used, normalised: normalised, among: codes.map { $0 == place }
            ).means.contrasts(errors, clusters: clusters, level: level)
          }
          items.append(
            ResultItem(
              "group\(place + 1)", .group([ResultItem("label", .text(label))] + ResultItem.items(found)),
              title: LocalizedText(label, nl: label)))
        }
        result.add("groups", .group(items))
      }
    }
    return result
  }
}

extension EstimationRequest {
  fileprivate func trimming() throws(EstimationError) -> PropensityTrimming? {
    let limits = try pair("trim", as: "0.1,0.9")
    let rule: PropensityTrimming? =
      switch text("trim-by") {
      case "optimal": .optimal
      case "commonRange": .commonRange
      default: nil
      }
    guard let limits else { return rule }
    guard rule == nil else {
      throw .optionsConflict(LocalizedText("Give --trim or --trim-by.", nl: "Geef --trim of --trim-by."))
    }
    return .range(lower: limits.lower, upper: limits.upper)
  }

  fileprivate func truncation() throws(EstimationError) -> WeightTruncation? {
    try pair("truncate", as: "0.01,0.99").map {
      .quantiles(lower: $0.lower, upper: $0.upper, rule: choice("quantile", as: QuantileRule.self))
    }
  }

  /// The two numbers of an option; nil when it is not given.
  private func pair(_ option: String, as example: String) throws(EstimationError) -> (lower: Double, upper: Double)? {
    let numbers = numberList(option)
    guard !numbers.isEmpty else { return nil }
    guard numbers.count == 2, numbers[0] < numbers[1] else {
      throw .optionsConflict(
        LocalizedText(
          "--\(option) takes two numbers, the lower first: \(example).",
          nl: "--\(option) neemt twee getallen, het laagste eerst: \(example)."))
    }
    return (numbers[0], numbers[1])
  }
}

extension EstimationResult {
  /// Adds how many people the weights leave and how alike they make the groups.
  mutating func add(
    _ weights: BalancingWeights, _ request: EstimationRequest, rows: [Int]?, design: ModelMatrix
  ) throws(EstimationError) {
    var sizes = ResultTable()
    let groups = [true, false]
    sizes.add("group", ["treated", "untreated"])
    sizes.add(
      "rows",
      groups.map { own in weights.treated.indices.count { weights.treated[$0] == own && weights.values[$0] > 0 } },
      title: LocalizedText("rows", nl: "rijen"))
    sizes.add(
      "sum", groups.map { weights.sum(treated: $0) }, title: LocalizedText("sum of weights", nl: "som van gewichten"))
    sizes.add(
      "effective", groups.map { weights.effectiveSampleSize(treated: $0) },
      title: LocalizedText("effective size", nl: "effectieve omvang"))
    sizes.add(
      "largest", groups.map { weights.largest(treated: $0) },
      title: LocalizedText("largest weight", nl: "grootste gewicht"))
    add("weights", .table(sizes), title: LocalizedText("Weights", nl: "Gewichten"))
    if let bounds = weights.truncatedTo {
      add(
        "truncation",
        .group([ResultItem("lower", .number(bounds.lowerBound)), ResultItem("upper", .number(bounds.upperBound))]),
        title: LocalizedText("Weights truncated to", nl: "Gewichten afgekapt op"))
    }
    let covariates = (rows.map { design.selecting(rows: $0) } ?? design).terms.filter { term in
      if case .intercept = term { false } else { true }
    }
    let denominator: BalanceDenominator =
      request.text("denominator").flatMap(BalanceDenominator.init)
      ?? (weights.target == .treated ? .treated : weights.target == .untreated ? .control : .pooled)
    let table = try request.run { () throws(StatisticsError) in
      try BalanceTable(
        treated: weights.treated, covariates: covariates, weights: weights.values,
        samplingWeights: weights.samplingWeights, settings: BalanceSettings(denominator: denominator))
    }
    add(
      "largestStandardisedDifference", table.largestStandardisedDifference,
      title: LocalizedText("largest standardised difference", nl: "grootste gestandaardiseerde verschil"))
    add("balance", .table(ResultTable(table)), title: LocalizedText("Balance", nl: "Balans"))
    guard request.flag("list-weights") else { return }
    var list = ResultTable()
    list.add(
      "row", weights.values.indices.map { request.fileRow(of: rows?[$0] ?? $0) }, title: LocalizedText("row", nl: "rij")
    )
    if let scores = weights.scores { list.add("score", scores.values, title: LocalizedText("score", nl: "score")) }
    list.add("weight", weights.values)
    add("list", .table(list), title: LocalizedText("Weight of each row", nl: "Gewicht van elke rij"))
  }
}
