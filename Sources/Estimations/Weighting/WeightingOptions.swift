import Primitives
import Statistics

/// Options that methods of weighting and standardisation share.
extension EstimationOption {
  static let requiredOutcome = EstimationOption(
    "outcome", .column, "The outcome.", nl: "De uitkomst.", isRequired: true)
  static let samplingWeights = EstimationOption(
    "sampling-weights", .column, "Weights of the sample, by which everything is weighted.",
    nl: "Gewichten van de steekproef, waarmee alles wordt gewogen.")
  static let outcomeTerms = EstimationOption(
    "outcome-terms", .terms, "The terms of the outcome models; without it those of the formula.",
    nl: "De termen van de uitkomstmodellen; zonder dit die van de formule.")
  static let outcomeModel = EstimationOption(
    "model",
    .choice([
      .leastSquares,
      EstimationChoice("logistic", "for outcomes from 0 to 1", nl: "voor uitkomsten van 0 tot 1"),
      EstimationChoice("probit", "for outcomes from 0 to 1", nl: "voor uitkomsten van 0 tot 1"),
      EstimationChoice("poisson", "log-linear, for outcomes of 0 and above", nl: "loglineair, voor uitkomsten vanaf 0"),
    ]), "The family of the outcome models.", nl: "De familie van de uitkomstmodellen.", standard: "linear")
  static let propensityLink = EstimationOption(
    "link",
    .choice([
      .logit, .probit,
      EstimationChoice("complementaryLogLog", "complementary log-log", nl: "complementair log-log"),
    ]), "The model of who is treated.", nl: "Het model van wie behandeld is.", standard: "logit")
  static let scoreConvergence = EstimationOption(
    "convergence",
    .choice([
      EstimationChoice("complete", "at the maximum", nl: "bij het maximum"),
      EstimationChoice(
        "relativeDeviance", "where R's glm stops, a little before that", nl: "waar glm van R stopt, even daarvoor"),
    ]), "When the fit of the scores ends.", nl: "Wanneer het schatten van de scores eindigt.", standard: "complete")
  static let ownScore = EstimationOption(
    "score", .column, "The chance of being treated, instead of one estimated from the formula.",
    nl: "De kans om behandeld te worden, in plaats van een geschatte uit de formule.")
  static let isNormalised = EstimationOption(
    "normalised", .flag, "Weights add up to one in each group (Hájek), as R's PSweight; otherwise the plain form.",
    nl: "Gewichten tellen in elke groep op tot één (Hájek), als PSweight van R; anders de gewone vorm.")

  /// - Parameter all: whether overlap and the like can be asked for.
  static func target(all: Bool, standard: String) -> EstimationOption {
    let usual = [
      EstimationChoice("everyone", "ATE", nl: "ATE"), EstimationChoice("treated", "ATT", nl: "ATT"),
      EstimationChoice("untreated", "ATC", nl: "ATC"),
    ]
    let others = [
      EstimationChoice(
        "overlap", "those who might be in either group (ATO)", nl: "wie in beide groepen kan zitten (ATO)"),
      EstimationChoice("matching", "those who could be matched (ATM)", nl: "wie te matchen is (ATM)"),
      EstimationChoice("entropy", "between everyone and overlap (ATEN)", nl: "tussen allen en overlap (ATEN)"),
    ]
    return EstimationOption(
      "target", .choice(all ? usual + others : usual), "For whom the effect is averaged.",
      nl: "Voor wie het effect wordt gemiddeld.", standard: standard)
  }

  /// Errors of effects; for weighted means also those of least squares with the weights known.
  static func effectErrors(weightedMeans: Bool) -> EstimationOption {
    var choices = [
      EstimationChoice(
        "stacked", "all models estimated together: Stata's teffects, PSweight",
        nl: "alle modellen samen geschat: teffects van Stata, PSweight"),
      EstimationChoice("stacked-n-1", "likewise, times n/(n − 1)", nl: "evenzo, maal n/(n − 1)"),
      EstimationChoice("stacked-g-1", "likewise, times G/(G − 1)", nl: "evenzo, maal G/(G − 1)"),
    ]
    if weightedMeans {
      choices += CovarianceConvention.choices.map(\.choice)
    } else {
      choices += [
        EstimationChoice("known", "models treated as known, divisor n", nl: "modellen als bekend, deler n"),
        EstimationChoice("known-n-1", "likewise, divisor n − 1", nl: "evenzo, deler n − 1"),
        EstimationChoice("known-g-1", "likewise, times G/(G − 1)", nl: "evenzo, maal G/(G − 1)"),
      ]
    }
    return EstimationOption(
      "errors", .choice(choices),
      weightedMeans
        ? "Convention of the errors; all but the stacked treat the weights as known."
        : "Convention of the errors.",
      nl: weightedMeans
        ? "Conventie van de fouten; alle behalve de gestapelde nemen de gewichten als bekend."
        : "Conventie van de fouten.", standard: "stacked")
  }
}

extension EstimationRequest {
  var target: TargetPopulation { choice("target", as: TargetPopulation.self) }

  /// Who was treated, from the left side of the formula, and the columns of its right side.
  func treatment() throws(EstimationError) -> (treated: [Bool], design: ModelMatrix) {
    let model = try model("formula")
    return (try treated(model), model.design)
  }

  /// Who was treated: the 0 and 1 of the left side of a formula.
  func treated(_ model: Model) throws(EstimationError) -> [Bool] {
    guard model.response.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw .notTwoValues(option: "formula", column: model.responseName, found: Set(model.response).count)
    }
    return model.response.map { $0 == 1 }
  }

  /// The scores that were given or are fitted.
  func propensityScores(
    _ treated: [Bool], _ design: ModelMatrix, within: Clusters? = nil
  ) throws(EstimationError) -> PropensityScores {
    let weights = try numbersIfGiven("sampling-weights")
    let given = try numbersIfGiven("score")
    let link = choice("link", as: PropensityLink.self)
    let isAsInR = method.options.contains { $0.name == "convergence" } && choice("convergence") != "complete"
    let convergence: Convergence = isAsInR ? .relativeDeviance : .complete
    return try run { () throws(StatisticsError) in
      if let given { return try PropensityScores(treated: treated, values: given, samplingWeights: weights) }
      return try PropensityScores(
        treated: treated, design: design, link: link, within: within, samplingWeights: weights,
        convergence: convergence)
    }
  }

  /// The errors that the options ask for, with the clusters.
  func effectErrors(hasStacked: Bool = true) throws(EstimationError) -> (errors: EffectErrors, clusters: [Clusters]) {
    let clusters = try severalClusters("cluster")
    let plain = CovarianceConvention.hc0
    func needClusters(_ name: String) throws(EstimationError) {
      guard clusters.isEmpty else { return }
      throw .optionsConflict(
        LocalizedText("--errors \(name) needs --cluster.", nl: "--errors \(name) heeft --cluster nodig."))
    }
    let isClustered = !clusters.isEmpty
    switch choice("errors") {
    case "stacked" where hasStacked: return (.stacked(isClustered ? .clustered(.cr0) : plain), clusters)
    case "stacked-n-1" where hasStacked: return (.stacked(.hc1Likelihood), clusters)
    case "stacked-g-1" where hasStacked:
      try needClusters("stacked-g-1")
      return (.stacked(.clustered(.cr1Likelihood)), clusters)
    case "stacked", "known": return (.modelsKnown(isClustered ? .clustered(.cr0) : plain), clusters)
    case "stacked-n-1", "known-n-1": return (.modelsKnown(.hc1Likelihood), clusters)
    case "stacked-g-1", "known-g-1":
      try needClusters("known-g-1")
      return (.modelsKnown(.clustered(.cr1Likelihood)), clusters)
    default:
      let (convention, clusters) = try covariance()
      return (.modelsKnown(convention), clusters)
    }
  }
}

extension EstimationRequest {
  /// The means of both groups compared, and what was left out of a model.
  func result(
    of means: PotentialOutcomeMeans, _ errors: EffectErrors, _ clusters: [Clusters]
  ) throws(EstimationError) -> EstimationResult {
    var result = result()
    result.add(
      try run { () throws(StatisticsError) in try means.contrasts(errors, clusters: clusters, level: level) })
    result.addAliased(means.aliased)
    return result
  }
}

extension EstimationResult {
  /// Adds the means and what they compare to.
  mutating func add(_ contrasts: EffectContrasts) {
    add(ResultItem.items(contrasts))
    addConvention(contrasts.method)
    addConvention(contrasts.convention, prefix: .standardErrors)
  }

  mutating func addAliased(_ aliased: [String]) {
    guard !aliased.isEmpty else { return }
    let names = aliased.joined(separator: ", ")
    addWarning(
      "Columns that depend on others were left out of a model: \(names).",
      nl: "Kolommen die van andere afhangen zijn uit een model gelaten: \(names).")
  }
}

extension ResultItem {
  static func items(_ contrasts: EffectContrasts) -> [ResultItem] {
    [
      .estimate(
        "difference", contrasts.difference,
        title: LocalizedText("treated minus untreated", nl: "behandeld min onbehandeld")),
      ResultItem(
        "pValue", .number(contrasts.pValue),
        title: LocalizedText("p-value of treated minus untreated", nl: "p-waarde van behandeld min onbehandeld")),
      .estimate(
        "treated", contrasts.treated,
        title: LocalizedText("mean if all were treated", nl: "gemiddelde, allen behandeld")),
      .estimate(
        "untreated", contrasts.untreated,
        title: LocalizedText("mean if none were treated", nl: "gemiddelde, niemand behandeld")),
      .estimate("ratio", contrasts.ratio, title: LocalizedText("ratio of means", nl: "verhouding van gemiddelden")),
      .estimate("oddsRatio", contrasts.oddsRatio),
    ]
  }
}
