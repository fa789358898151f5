import Primitives
import Statistics

/// Fine and Gray's model of one cause's cumulative incidence.
struct FineGrayEstimation: EstimationMethod {
  let id = "fine-gray"
  let title = LocalizedText("Fine-Gray model", nl: "Fine-Gray-model")
  let summary = LocalizedText(
    "How columns change the cumulative incidence of one cause when others can come first, as subdistribution hazard ratios.",
    nl:
      "Hoe kolommen de cumulatieve incidentie van één oorzaak veranderen als andere eerst kunnen komen, als subdistributie-hazardratio's."
  )
  let page = "FineGray"
  let example = "--time days --cause cause --terms \"age + sex\" --of 1"
  let options: [EstimationOption] = [
    .time, .cause, .censored,
    EstimationOption(
      "of", .texts, "The cause of interest, as it is marked in the column of causes.",
      nl: "De oorzaak waar het om gaat, zoals die in de kolom met oorzaken staat.", isRequired: true),
    .hazardTerms, .weights, .cluster,
    EstimationOption(
      "censoring-group", .category, "Groups within which the probability of censoring is estimated.",
      nl: "Groepen waarbinnen de kans op censurering wordt geschat."),
    EstimationOption(
      "convention",
      .choice([
        EstimationChoice(
          "crr", "cmprsk: Breslow's ties, errors with the weights' part",
          nl: "cmprsk: gelijke tijden als Breslow, fouten met het deel van de gewichten"),
        EstimationChoice(
          "finegray", "survival: Efron's ties, weights taken as known",
          nl: "survival: gelijke tijden als Efron, gewichten als bekend genomen"),
      ]), "Which program is followed where they differ.", nl: "Welk programma wordt gevolgd waar ze verschillen.",
      standard: "crr"),
    EstimationOption(
      "ties",
      .choice([
        Self.asConvention,
        EstimationChoice("efron", "Efron's", nl: "volgens Efron"),
        EstimationChoice("breslow", "Breslow's", nl: "volgens Breslow"),
      ]), "How events at one time are taken.", nl: "Hoe gebeurtenissen op één tijd worden genomen.", standard: "usual"),
    EstimationOption(
      "errors",
      .choice([
        Self.asConvention,
        EstimationChoice("estimated-weights", "Fine and Gray's", nl: "volgens Fine en Gray"),
        EstimationChoice("known-weights", "robust, weights as known", nl: "robuust, gewichten als bekend"),
        EstimationChoice("information", "the inverse of the information", nl: "de inverse van de informatie"),
      ]), "Convention of the standard errors.", nl: "Conventie van de standaardfouten.", standard: "usual"),
    .times, .at, .level,
  ]

  private static let asConvention = EstimationChoice("usual", "as the convention has it", nl: "zoals de conventie")

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUp()
    let names = try request.causes().names
    guard let cause = request.texts("of").first.flatMap({ names.firstIndex(of: $0) }) else {
      throw .unknownLevel(option: "of", column: request.text("cause") ?? "cause")
    }
    let design = try request.design("terms", intercept: false)
    let groups = try request.clusters("censoring-group")
    let ties = CoxTies(rawValue: request.choice("ties"))
    let errors: FineGrayErrors? =
      switch request.choice("errors") {
      case "estimated-weights": .estimatedWeights
      case "known-weights": .knownWeights
      case "information": .information
      default: nil
      }
    let model = try request.run { () throws(StatisticsError) in
      try FineGrayModel(
        design, followUp, cause: cause + 1, censoringGroup: groups,
        convention: request.choice("convention", as: FineGrayConvention.self), ties: ties, progress: request.progress)
    }
    let estimates = model.estimates(errors)
    var result = request.result()
    result.add("events", model.events)
    result.add(
      try request.run { () throws(StatisticsError) in
        [
          try ResultItem.coefficients("coefficients", estimates, level: request.level, exponential: "hazardRatio"),
          ResultItem.covariance("covariance", estimates),
        ]
      })
    result.add("logLikelihood", model.logLikelihood)
    result.add(
      "initialLogLikelihood", model.initialLogLikelihood,
      title: LocalizedText("log likelihood without columns", nl: "loglikelihood zonder kolommen"))
    let wald = try request.run { () throws(StatisticsError) in
      try estimates.wald(zero: Array(estimates.values.indices))
    }
    result.add(
      [
        (
          "likelihoodRatioTest", model.likelihoodRatioTest,
          LocalizedText("Pseudo likelihood-ratio test", nl: "Pseudo-likelihoodratiotoets")
        ),
        ("waldTest", wald, LocalizedText("Wald test", nl: "Waldtoets")),
        ("scoreTest", model.scoreTest, LocalizedText("Score test", nl: "Scoretoets")),
      ].map { key, test, title in
        .test(
          key, statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.chiSquarePValue,
          title: title)
      })
    if let pattern = try request.pattern(model.columnNames) {
      let incidence = model.incidence(pattern)[0]
      let asked = request.numberList("times")
      let times = asked.isEmpty ? model.times : asked
      var table = ResultTable()
      table.add("time", times)
      table.add(
        "estimate",
        times.map { time in
          let reached = model.times.prefix { $0 <= time }.count
          return reached == 0 ? 0 : incidence[reached - 1]
        })
      result.add(
        "predicted", .table(table),
        title: LocalizedText("Predicted cumulative incidence", nl: "Voorspelde cumulatieve incidentie"))
    }
    addAliased(model.aliased, to: &result)
    result.addConvention(
      "As \(model.convention == .crr ? "cmprsk::crr" : "survival::finegray with coxph"); standard errors: \(estimates.convention[.english]).",
      nl:
        "Als \(model.convention == .crr ? "cmprsk::crr" : "survival::finegray met coxph"); standaardfouten: \(estimates.convention[.dutch])."
    )
    return result
  }
}
