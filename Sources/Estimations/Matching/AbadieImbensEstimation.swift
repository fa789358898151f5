import Primitives
import Statistics

/// The matching estimator with Abadie and Imbens' errors.
struct AbadieImbensEstimation: EstimationMethod {
  let id = "matching-estimator"
  let title = LocalizedText("Matching estimator (Abadie-Imbens)", nl: "Matchingschatter (Abadie-Imbens)")
  let summary = LocalizedText(
    "Compares each person with the mean of the nearest people of the other group, ties averaged, with Abadie and Imbens' standard error.",
    nl:
      "Vergelijkt ieder met het gemiddelde van de naaste mensen uit de andere groep, gelijken gemiddeld, met de standaardfout van Abadie en Imbens."
  )
  let page = "AbadieImbens"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78 --neighbours 4 --bias-adjust"
  let options: [EstimationOption] = [
    .treatmentFormula,
    EstimationOption("outcome", .column, "The outcome.", nl: "De uitkomst.", isRequired: true),
    .estimand(all: true),
    EstimationOption(
      "match-on",
      .choice([
        EstimationChoice("covariates", "the covariates of the formula", nl: "de covariaten van de formule"),
        EstimationChoice("score", "the propensity score", nl: "de propensityscore"),
      ]), "On what people are compared.", nl: "Waarop mensen worden vergeleken.", standard: "covariates"),
    .score, .scoreScale,
    EstimationOption(
      "neighbours", .whole(1...10000), "How many neighbours each is compared with.",
      nl: "Met hoeveel buren ieder wordt vergeleken.", standard: "1"),
    EstimationOption(
      "metric",
      .choice([
        EstimationChoice(
          "inverse-variance", "each covariate over its deviation", nl: "elke covariaat gedeeld door zijn spreiding"),
        EstimationChoice("mahalanobis", "by the covariance", nl: "naar de covariantie"),
      ]), "How covariates are weighed.", nl: "Hoe covariaten worden gewogen.", standard: "inverse-variance"),
    EstimationOption(
      "bias-adjust", .flag, "Take out what differences in covariates are left by a regression.",
      nl: "Haal met een regressie weg wat aan verschil in covariaten overblijft."),
    EstimationOption(
      "adjust-for", .terms, "The covariates of that regression, when they are not those matched on.",
      nl: "De covariaten van die regressie, als het niet die van het matchen zijn."),
    EstimationOption(
      "caliper", .number(.zeroOrMore), "The largest difference on every covariate, in standard deviations.",
      nl: "Het grootste verschil op elke covariaat, in standaarddeviaties."),
    .exactOn,
    EstimationOption(
      "variance-neighbours", .whole(0...10000),
      "How many of the same group each person's variance is estimated from; 0 for one variance.",
      nl: "Uit hoeveel van dezelfde groep ieders variantie wordt geschat; 0 voor één variantie.", standard: "0"),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let isOnScore = request.choice("match-on") == "score" || request.has("score")
    let input = try request.matchingInput(needsScore: isOnScore, alsoFrom: isOnScore ? [] : ["exact-on"])
    let units = try request.run { () throws(StatisticsError) in
      isOnScore ? try MatchingUnits(treated: input.units.treated, score: input.units.score) : input.units
    }
    let method = AbadieImbens(
      estimand: request.estimand, neighbours: request.whole("neighbours"),
      metric: request.choice("metric") == "mahalanobis" ? .mahalanobis : .inverseVariance,
      adjustsBias: request.flag("bias-adjust"), caliper: request.numberIfGiven("caliper"),
      exactly: isOnScore ? [] : try request.variables(named: "exact-on"),
      varianceNeighbours: request.whole("variance-neighbours"))
    let outcome = try request.numbers("outcome")
    let adjusting = try request.designIfGiven("adjust-for", intercept: false)?.terms
    let effect = try request.run { () throws(StatisticsError) in
      try method.effect(
        on: outcome, among: units, adjustingFor: adjusting, level: request.level, progress: request.progress)
    }
    var result = request.result()
    result.add("estimand", .text(request.estimand.rawValue), title: LocalizedText("effect among", nl: "effect onder"))
    result.add([.estimate("effect", effect.estimate, title: LocalizedText("Effect", nl: "Effect"))])
    result.add(
      "comparedStandardError", effect.comparedStandardError,
      title: LocalizedText("standard error among those compared", nl: "standaardfout onder de vergelekenen"))
    result.add(
      "sampleStandardError", effect.sampleStandardError,
      title: LocalizedText("standard error for the sample", nl: "standaardfout voor de steekproef"))
    result.add(
      "pairStandardError", effect.pairStandardError,
      title: LocalizedText("standard error of pairs", nl: "standaardfout van paren"))
    result.add(
      "unadjusted", effect.unadjusted,
      title: LocalizedText("without adjustment for bias", nl: "zonder correctie voor bias"))
    result.add(
      "comparedUnits", effect.comparedUnits, title: LocalizedText("people compared", nl: "vergeleken mensen"))
    result.add("pairCount", effect.pairCount, title: LocalizedText("pairs", nl: "paren"))
    result.add(
      "tiedUnits", effect.tiedUnits,
      title: LocalizedText("people with ties", nl: "mensen met even nabije buren"))
    result.add(
      "unmatchedUnits", effect.unmatched.count,
      title: LocalizedText("people without neighbours", nl: "mensen zonder buren"))
    if !effect.unmatched.isEmpty {
      result.addWarning(
        "\(effect.unmatched.count == 1 ? "One person has" : "\(effect.unmatched.count) people have") no neighbours within the limits. The standard error is R's, which counts this as no effect and is too small; use the one among those compared.",
        nl:
          "\(effect.unmatched.count == 1 ? "Eén mens heeft" : "\(effect.unmatched.count) mensen hebben") geen buren binnen de grenzen. De standaardfout is die van R, die dat als geen effect telt en te klein is; gebruik die onder de vergelekenen."
      )
    }
    result.addConvention(effect.convention, prefix: .standardErrors)
    return result
  }
}
