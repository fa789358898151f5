import Primitives
import Statistics

/// Costs and effects of people in two groups.
struct CostEffectivenessEstimation: EstimationMethod {
  let id = "cost-effectiveness"
  let title = LocalizedText("Cost-effectiveness of two groups", nl: "Kosteneffectiviteit van twee groepen")
  let summary = LocalizedText(
    "Differences in cost and effect between two groups of people, their ratio with Fieller's limits, net benefit (also "
      + "adjusted), acceptability and the value of further research.",
    nl:
      "Verschillen in kosten en effect tussen twee groepen mensen, hun verhouding met de grenzen van Fieller, nettobaat "
      + "(ook gecorrigeerd), aanvaardbaarheid en de waarde van nader onderzoek.")
  let page = "CostEffectiveness"
  let example = "--cost cost --effect qaly --treatment treat --adjust age"
  let options: [EstimationOption] = [
    EstimationOption("cost", .column, "Cost of each person.", nl: "Kosten van elke persoon.", isRequired: true),
    EstimationOption(
      "effect", .column, "Effect of each person; more is better.", nl: "Effect van elke persoon; meer is beter.",
      isRequired: true),
    EstimationOption(
      "treatment", .column, "1 where the person is treated.", nl: "1 als de persoon is behandeld.", isRequired: true),
    .willingness,
    EstimationOption(
      "adjust", .terms, "Covariates of the net-benefit regression.", nl: "Covariaten van de regressie van de nettobaat."
    ),
    .errors, .clusters,
    EstimationOption(
      "pooled", .flag, "One variance for both groups in the differences and the ratio.",
      nl: "Een variantie voor beide groepen in de verschillen en de verhouding."),
    EstimationOption(
      "reference-distribution",
      .choice([
        EstimationChoice("normal", "normal", nl: "normaal"),
        EstimationChoice("student", "Student's t", nl: "t van Student"),
      ]), "Quantiles of the differences and the ratio.", nl: "Kwantielen van de verschillen en de verhouding.",
      standard: "normal"),
    EstimationOption(
      "draws", .whole(2...1_000_000), "Also resample people so many times.",
      nl: "Trek ook zo vaak een steekproef van de mensen."),
    .seed, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let cost = try request.numbers("cost")
    let effect = try request.numbers("effect")
    let treated = try request.truths("treatment")
    let worths = request.numberList("willingness")
    let covariates = try request.designIfGiven("adjust", intercept: false)?.terms ?? []
    let (convention, clusters) = try request.covariance()
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      let trial = try CostEffectivenessTrial(
        cost: cost, effect: effect, treated: treated, variance: request.flag("pooled") ? .pooled : .unequal,
        reference: request.choice("reference-distribution") == "student" ? .studentT : .normal, level: request.level)
      result.add([
        .estimate("cost", trial.costDifference, title: LocalizedText("difference in cost", nl: "verschil in kosten")),
        .estimate(
          "effect", trial.effectDifference, title: LocalizedText("difference in effect", nl: "verschil in effect")),
      ])
      result.add("covariance", trial.covariance)
      result.add([.ratio("ratio", trial.ratio, title: LocalizedText("ratio", nl: "verhouding"))])
      result.add(
        "fieller", .group(Self.fieller(trial.ratioSet)),
        title: LocalizedText("Fieller's set", nl: "verzameling van Fieller"))
      var plain: [NetBenefit] = []
      for worth in worths { plain.append(try trial.netBenefit(willingnessToPay: worth)) }
      result.add("netBenefit", .table(Self.table(plain)), title: LocalizedText("net benefit", nl: "nettobaat"))
      let regression = try NetBenefitRegression(
        cost: cost, effect: effect, treated: treated, covariates: covariates, willingnessToPay: worths,
        convention: convention, clusters: clusters, level: request.level)
      result.add(
        "regression", .table(Self.table(regression.netBenefits)),
        title: LocalizedText("net-benefit regression", nl: "regressie van de nettobaat"))
      result.addConvention(
        regression.convention, prefix: LocalizedText("Regression errors", nl: "Fouten van de regressie"))
      if let draws = request.wholeIfGiven("draws") {
        let cloud = try trial.resampled(
          draws: draws, seed: UInt64(request.whole("seed")), clusters: clusters.first,
          progress: request.progress)
        result.add(
          "resampled", .table(try .decisions(cloud, worths)),
          title: LocalizedText("resampled people", nl: "steekproeven van mensen"))
      }
      if trial.ratio.quadrant != .moreEffectMoreCost, trial.ratio.quadrant != .lessEffectLessCost {
        result.addWarning(
          "A ratio says nothing where one group is better in both; read the net benefit.",
          nl: "Een verhouding zegt niets waar een groep op beide beter is; lees de nettobaat.")
      }
    }
    return result
  }

  private static func fieller(_ set: FiellerSet) -> [ResultItem] {
    let (shape, lower, upper): (String, Double?, Double?) =
      switch set {
      case .interval(let lower, let upper): ("interval", lower, upper)
      case .outside(let lower, let upper): ("outside", lower, upper)
      case .everything: ("everything", nil, nil)
      }
    return [
      ResultItem("shape", .text(shape), title: LocalizedText("shape", nl: "vorm")),
      ResultItem("lower", .number(lower.flatMap { $0.isFinite ? $0 : nil })),
      ResultItem("upper", .number(upper.flatMap { $0.isFinite ? $0 : nil })),
    ]
  }

  private static func table(_ benefits: [NetBenefit]) -> ResultTable {
    var table = ResultTable()
    table.add(
      "willingness", benefits.map(\.willingnessToPay),
      title: LocalizedText("worth of a unit", nl: "waarde van een eenheid"))
    table.add("estimate", benefits.map(\.value.value))
    table.add("standardError", benefits.map(\.value.standardError))
    table.add("lower", benefits.map(\.value.interval.lower))
    table.add("upper", benefits.map(\.value.interval.upper))
    table.add(
      "acceptability", benefits.map(\.acceptability), title: LocalizedText("acceptability", nl: "aanvaardbaarheid"))
    table.add(
      "valueOfPerfectInformation", benefits.map(\.valueOfPerfectInformation),
      title: LocalizedText("value of perfect information", nl: "waarde van volledige informatie"))
    return table
  }
}
