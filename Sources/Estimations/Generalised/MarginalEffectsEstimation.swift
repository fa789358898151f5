import Primitives
import Statistics

/// Average effects on the response itself, and average predictions.
struct MarginalEffectsEstimation: EstimationMethod {
  let id = "marginal-effects"
  let title = LocalizedText("Marginal effects", nl: "Marginale effecten")
  let summary = LocalizedText(
    "By how much the expected outcome changes with each variable, averaged over the rows: on the scale of probabilities or counts, whatever the model. Also average predictions at chosen values.",
    nl:
      "Hoeveel de verwachte uitkomst met elke variabele verandert, gemiddeld over de rijen: op de schaal van kansen of aantallen, welk model ook. Ook gemiddelde voorspellingen bij gekozen waarden."
  )
  let page = "MarginalEffects"
  let example = "--formula 'employed ~ age + sex + region' --variables age,sex --cluster municipality"
  let options: [EstimationOption] = [
    .responseFormula,
    EstimationOption(
      "family",
      .choice([
        .logit, .probit, .complementaryLogLog, .poisson,
        EstimationChoice("negative-binomial", "counts that vary more", nl: "aantallen die meer variëren"),
        .leastSquares,
      ]), "The model.", nl: "Het model.", standard: "logit"),
    EstimationOption(
      "variables", .texts, "Whose effects; all of the formula when left out.",
      nl: "Waarvan de effecten; zonder dit alle van de formule."),
    EstimationOption(
      "holding", .texts, "Values given in every row, for instance sex=1,region=north.",
      nl: "Waarden die elke rij krijgt, bijvoorbeeld sex=1,region=north."),
    EstimationOption(
      "predictions", .texts,
      "Average predictions: a factor for each of its levels, or a variable at a value: region,age=30.",
      nl: "Gemiddelde voorspellingen: een factor voor elk niveau, of een variabele bij een waarde: region,age=30."),
    EstimationOption(
      "at",
      .choice([
        EstimationChoice("observed", "averaged over the rows", nl: "gemiddeld over de rijen"),
        EstimationChoice("means", "in one row of means", nl: "in één rij van gemiddelden"),
      ]), "Where the effects are evaluated.", nl: "Waar de effecten worden bepaald.", standard: "observed"),
    EstimationOption(
      "scale",
      .choice([
        EstimationChoice("response", "probability or count", nl: "kans of aantal"),
        EstimationChoice("linear-predictor", "log odds or log count", nl: "logodds of logaantal"),
      ]), "The scale of the effects.", nl: "De schaal van de effecten.", standard: "response"),
    EstimationOption(
      "over", .column, "A comparison or a column of 0 and 1: average over these rows only.",
      nl: "Een vergelijking of een kolom van 0 en 1: middel alleen over deze rijen."),
    .weights, .errors, .clusters, .level, .convergence,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let formula = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let variables = MarginalVariables(design: try request.linkingPowers(in: formula.design))
    let margins = try margins(request, variables.design, formula, weights)
    let holding = try variables.values(request.texts("holding"), option: "holding")
    let point: MarginalPoint = request.choice("at") == "means" ? .means : .observed
    let subset = try request.truthsIfGiven("over")
    let names = try variables.names(request.texts("variables"))
    let effects = try request.run { () throws(StatisticsError) in
      try margins.effects(of: names, holding: holding, at: point, subset: subset)
    }
    var result = request.result()
    let level = request.level
    result.add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients(
          "effects", effects, level: level,
          title: point == .observed
            ? LocalizedText("Average marginal effects", nl: "Gemiddelde marginale effecten")
            : LocalizedText("Marginal effects at the means", nl: "Marginale effecten bij de gemiddelden"))
      }
    ])
    let asked = try variables.predictions(request.texts("predictions"), holding: holding)
    let predictions = try request.run { () throws(StatisticsError) in
      try margins.averages(asked, at: point, subset: subset)
    }
    result.add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients(
          "predictions", predictions, level: level,
          title: LocalizedText("Average predictions", nl: "Gemiddelde voorspellingen"))
      }, .covariance("covariance", effects),
    ])
    result.addConvention(
      "Numbers that are only ever 0 or 1: the change from 0 to 1. Factors: the change from the reference to each level. Other numbers: the slope, through every term of the variable.",
      nl:
        "Getallen die alleen 0 of 1 zijn: de verandering van 0 naar 1. Factoren: de verandering van de referentie naar elk niveau. Andere getallen: de helling, door elke term van de variabele."
    )
    result.addConvention(
      "Standard errors: \(effects.convention[.english]); the rows are taken as given.",
      nl: "Standaardfouten: \(effects.convention[.dutch]); de rijen gelden als gegeven.")
    return result
  }

  private func margins(
    _ request: EstimationRequest, _ design: ModelMatrix, _ formula: EstimationRequest.Model, _ weights: [Double]?
  ) throws(EstimationError) -> AverageMargins {
    let family = request.choice("family")
    let scale: MarginalScale = request.choice("scale") == "response" ? .response : .linearPredictor
    if family == "linear" {
      let (convention, clusters) = try request.covariance()
      return try request.run { () throws(StatisticsError) in
        let model = try LinearRegression(
          design, response: formula.response, weights: weights, offset: formula.offset)
        return try AverageMargins(model, estimates: try model.estimates(convention, clusters: clusters))
      }
    }
    let (convention, clusters) = try request.covariance(clustered: .clustered(.cr1Likelihood))
    return try request.run { () throws(StatisticsError) in
      let model: GeneralisedLinearModel
      if family == "negative-binomial" {
        model = try NegativeBinomialModel(
          design, response: formula.response, weights: weights, offset: formula.offset,
          convergence: request.convergence
        ).model
      } else {
        let families: [String: ResponseFamily] = [
          "probit": .probit, "complementary-log-log": .complementaryLogLog, "poisson": .poisson,
        ]
        model = try GeneralisedLinearModel(
          design, response: formula.response, family: families[family] ?? .binomial, weights: weights,
          offset: formula.offset, convergence: request.convergence)
      }
      return try AverageMargins(
        model, estimates: try model.estimates(convention, clusters: clusters), scale: scale)
    }
  }
}
