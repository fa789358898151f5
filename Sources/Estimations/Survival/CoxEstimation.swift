import NumericalMethods
import Primitives
import Statistics

/// Cox's model, with tests, concordance, the test of proportional hazards and predicted curves.
struct CoxEstimation: EstimationMethod {
  let id = "cox"
  let title = LocalizedText("Cox's proportional-hazards model", nl: "Het proportionele-hazardsmodel van Cox")
  let summary = LocalizedText(
    "How columns multiply the hazard of an event, with strata, delayed entry, changing columns (several rows per person), weights and clusters. With --event \"status == 2\" the hazard is that of one cause.",
    nl:
      "Hoe kolommen de hazard van een gebeurtenis vermenigvuldigen, met strata, late intrede, veranderende kolommen (meer rijen per persoon), gewichten en clusters. Met --event \"status == 2\" is het de hazard van één oorzaak."
  )
  let page = "CoxModel"
  let example = "--time days --event event --terms \"age + sex\" --ties efron"
  let options: [EstimationOption] = [
    .time, .event, .entry, .hazardTerms, .hazardStrata, .hazardOffset, .weights, .clusters, .hazardErrors, .ties,
    EstimationOption(
      "proportionality",
      .choice([
        EstimationChoice("km", "one minus Kaplan-Meier, R's standard", nl: "één min Kaplan-Meier, de standaard van R"),
        EstimationChoice("rank", "rank of the time", nl: "rangnummer van de tijd"),
        EstimationChoice("identity", "the time itself", nl: "de tijd zelf"),
        EstimationChoice("log", "logarithm of the time", nl: "logaritme van de tijd"),
        EstimationChoice("none", "no test", nl: "geen toets"),
      ]), "Scale of time on which proportional hazards are tested.",
      nl: "Tijdschaal waarop proportionele hazards worden getoetst.", standard: "km"),
    .times, .at, .level,
    EstimationOption(
      "residuals", .flag,
      "Also each row's linear predictor and residuals (martingale, deviance, score, dfbeta), and Schoenfeld's of each event.",
      nl:
        "Ook van elke rij de lineaire voorspeller en residuen (martingaal, deviantie, score, dfbeta), en die van Schoenfeld van elke gebeurtenis."
    ),
    EstimationOption(
      "interval", .choice(ConfidenceTransform.choices),
      "Scale on which the interval of a predicted curve is symmetric.",
      nl: "Schaal waarop het interval van een voorspelde curve symmetrisch is.", standard: "log"),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUpWithoutClusters()
    let design = try request.design("terms", intercept: false)
    let strata = try request.strata()
    let offset = try request.numbersIfGiven("offset")
    let ties = request.choice("ties", as: CoxTies.self)
    let model = try request.run { () throws(StatisticsError) in
      try CoxModel(design, followUp, stratum: strata, offset: offset, ties: ties, progress: request.progress)
    }
    let (convention, clusters) = try request.covariance(
      unclustered: model.customaryConvention, clustered: .clustered(.cr0))
    var result = request.result()
    result.add("rows", model.count, title: LocalizedText("rows", nl: "rijen"))
    result.add("events", model.events)
    let estimates = try request.run { () throws(StatisticsError) in
      try model.estimates(convention, clusters: clusters)
    }
    let isRobust = convention != .classical
    result.add(
      try request.run { () throws(StatisticsError) in
        var items = [
          try ResultItem.coefficients("coefficients", estimates, level: request.level, exponential: "hazardRatio"),
          ResultItem.covariance("covariance", estimates),
        ]
        if isRobust {
          var table = ResultTable()
          table.add("term", model.names)
          table.add("standardError", try model.estimates(.classical).standardErrors)
          items.append(
            ResultItem(
              "modelErrors", .table(table), title: LocalizedText("Errors of the model", nl: "Fouten van het model")))
        }
        items += [
          ResultItem("logLikelihood", .number(model.logLikelihood)),
          ResultItem(
            "initialLogLikelihood", .number(model.initialLogLikelihood),
            title: LocalizedText("log likelihood without columns", nl: "loglikelihood zonder kolommen")),
          item(
            "likelihoodRatioTest", model.likelihoodRatioTest,
            LocalizedText("Likelihood-ratio test", nl: "Likelihoodratiotoets")),
          item(
            "waldTest", try model.waldTest(estimates.covariance), LocalizedText("Wald test", nl: "Waldtoets")),
          item("scoreTest", model.scoreTest, LocalizedText("Score test", nl: "Scoretoets")),
        ]
        if isRobust, ties != .exact {
          items.append(
            item(
              "robustScoreTest", try model.robustScoreTest(clusters: clusters.first),
              LocalizedText("Robust score test", nl: "Robuuste scoretoets")))
        }
        return items
      })
    try addConcordance(request, model, clusters, followUp, strata, to: &result)
    try addProportionality(request, model, to: &result)
    try addCurves(request, model, covariance: isRobust ? estimates.covariance : nil, to: &result)
    if request.flag("residuals") { result.add(try request.residuals(of: model)) }
    addAliased(model.aliased, to: &result)
    result.addConvention(
      "Ties as \(ties.rawValue); standard errors: \(estimates.convention[.english]).",
      nl: "Gelijke tijden volgens \(ties.rawValue); standaardfouten: \(estimates.convention[.dutch]).")
    return result
  }

  private func item(_ key: String, _ test: WaldTest, _ title: LocalizedText) -> ResultItem {
    .test(
      key, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue, title: title)
  }

  private func addConcordance(
    _ request: EstimationRequest, _ model: CoxModel, _ clusters: [Clusters], _ followUp: FollowUp,
    _ strata: Clusters?, to result: inout EstimationResult
  ) throws(EstimationError) {
    let concordance = try request.run { () throws(StatisticsError) in
      let clustered = try FollowUp(
        entry: followUp.entry, exit: followUp.exit, cause: followUp.cause, weight: followUp.weight,
        cluster: clusters.first.map { $0.codes.map { Int($0) } })
      return try Concordance(clustered, score: model.linearPredictor, stratum: strata, level: request.level)
    }
    result.add([
      .estimate("concordance", concordance.estimate, title: LocalizedText("Concordance", nl: "Concordantie"))
    ])
  }

  private func addProportionality(
    _ request: EstimationRequest, _ model: CoxModel, to result: inout EstimationResult
  ) throws(EstimationError) {
    let scales: [String: TimeScale] = [
      "km": .kaplanMeier, "rank": .rank, "identity": .identity, "log": .log,
    ]
    guard let scale = scales[request.choice("proportionality")], model.ties != .exact else { return }
    let test = try request.run { () throws(StatisticsError) in try ProportionalHazardsTest(model, scale: scale) }
    let all = test.terms.map(\.test) + [test.global]
    var table = ResultTable()
    table.add("term", test.terms.map(\.name) + ["GLOBAL"])
    table.add("chiSquare", all.map(\.statistic))
    table.add("degreesOfFreedom", all.map(\.degreesOfFreedom))
    table.add("pValue", all.map(\.pValue))
    result.add(
      "proportionality", .table(table),
      title: LocalizedText("Test of proportional hazards", nl: "Toets van proportionele hazards"))
  }

  private func addCurves(
    _ request: EstimationRequest, _ model: CoxModel, covariance: Matrix?, to result: inout EstimationResult
  ) throws(EstimationError) {
    let name = request.choice("interval")
    let confidence = Confidence(
      level: request.level, transform: name == "log-log" ? .logLog : ConfidenceTransform(rawValue: name)!)
    let pattern = try request.pattern(model.columnNames)
    guard pattern != nil || request.has("times") else { return }
    var sets = [
      ("baseline", nil, LocalizedText("Baseline (all columns 0)", nl: "Basis (alle kolommen 0)"))
        as (String, ModelMatrix?, LocalizedText)
    ]
    if let pattern { sets.append(("predicted", pattern, LocalizedText("Predicted", nl: "Voorspeld"))) }
    let asked = request.numberList("times")
    for (key, patterns, title) in sets {
      let curves = try request.run { () throws(StatisticsError) in
        if let patterns {
          return try model.curves(patterns, covariance: covariance, confidence: confidence)[0]
        }
        return try model.baseline(covariance: covariance, confidence: confidence)
      }
      var table = ResultTable()
      var rows: [(stratum: Int, time: Double, curve: CoxCurve, step: Int?)] = []
      for curve in curves {
        for time in asked.isEmpty ? curve.times : asked {
          rows.append((curve.stratum, time, curve, curve.step(at: time)))
        }
      }
      if curves.count > 1 { table.add("stratum", rows.map(\.stratum)) }
      table.add("time", rows.map(\.time))
      table.add(
        "cumulativeHazard", rows.map { row in row.step.map { row.curve.cumulativeHazard[$0] } ?? 0 },
        title: LocalizedText("cumulative hazard", nl: "cumulatieve hazard"))
      table.add(
        "cumulativeHazardError", rows.map { row in row.step.map { row.curve.cumulativeHazardErrors[$0] } ?? 0 },
        title: ResultTitle.usual["standardError"])
      table.add("survival", rows.map { row in row.step.map { row.curve.survival[$0] } ?? 1 })
      table.add("standardError", rows.map { row in row.step.map { row.curve.standardErrors[$0] } ?? 0 })
      table.add("lower", rows.map { row in row.step.map { row.curve.intervals[$0].lower } ?? 1 })
      table.add("upper", rows.map { row in row.step.map { row.curve.intervals[$0].upper } ?? 1 })
      result.add(key, .table(table), title: title)
    }
  }
}

extension EstimationRequest {
  /// The follow-up of a model whose clusters come apart from it, as columns of the option `cluster`.
  func followUpWithoutClusters() throws(EstimationError) -> FollowUp {
    let event = try truths("event").map { $0 ? 1 : 0 }
    let entry = try numbersIfGiven("entry")
    let exit = try numbers("time")
    let weights = method.options.contains { $0.name == "weights" } ? try numbersIfGiven("weights") : nil
    return try run { () throws(StatisticsError) in
      try FollowUp(entry: entry, exit: exit, cause: event, weight: weights)
    }
  }
}
