import Primitives
import Statistics

extension EstimationRequest {
  /// What every method reports of a matched sample: sizes, balance, and the effect when there is an outcome.
  func matchedResult(_ sample: MatchedSample, _ input: MatchingInput) throws(EstimationError) -> EstimationResult {
    var result = result()
    result.add("estimand", .text(sample.estimand.rawValue), title: LocalizedText("effect among", nl: "effect onder"))
    addSizes(sample, to: &result)
    if let pairs = sample.matches {
      result.add("pairCount", pairs.count, title: LocalizedText("pairs", nl: "paren"))
      result.add(
        "totalDistance", pairs.totalDistance, title: LocalizedText("sum of distances", nl: "som van afstanden"))
    }
    if method.options.contains(where: { $0.name == "caliper" }), let caliper = scoreCaliper,
      let score = input.units.score
    {
      result.add(
        "caliperWidth", caliper.width(of: score, discarded: sample.discarded),
        title: LocalizedText("caliper on the score, in its unit", nl: "kaliper op de score, in de eenheid daarvan"))
    }
    if sample.sets != nil {
      result.add("setCount", sample.setCount, title: LocalizedText("matched sets", nl: "groepen van gelijken"))
    }
    if let tied = sample.tiedUnits {
      result.add(
        "tiedUnits", tied,
        title: LocalizedText("units with equally near candidates", nl: "mensen met even nabije kandidaten"))
    }
    if let outcome = try numbersIfGiven("outcome") { try addEffect(sample, input, outcome, to: &result) }
    try addBalance(sample, input, to: &result)
    if flag("list-pairs"), sample.matches != nil { try addPairs(sample, to: &result) }
    if flag("list-weights") { try addWeights(sample, input, to: &result) }
    return result
  }

  private func addSizes(_ sample: MatchedSample, to result: inout EstimationResult) {
    let sizes = sample.sizes
    var table = ResultTable()
    table.add("group", ["treated", "control"])
    table.add("all", [sizes.all.treated, sizes.all.control], title: LocalizedText("all", nl: "allen"))
    table.add(
      "matched", [sizes.matched.treated, sizes.matched.control], title: LocalizedText("matched", nl: "gematcht"))
    table.add(
      "effective", [sizes.matchedEffective.treated, sizes.matchedEffective.control],
      title: LocalizedText("effective size", nl: "effectieve omvang"))
    table.add(
      "unmatched", [sizes.unmatched.treated, sizes.unmatched.control],
      title: LocalizedText("unmatched", nl: "niet gematcht"))
    table.add(
      "discarded", [sizes.discarded.treated, sizes.discarded.control],
      title: LocalizedText("discarded", nl: "weggelaten"))
    result.add("sizes", .table(table), title: LocalizedText("Sample sizes", nl: "Steekproefomvang"))
    let sought = sample.estimand == .control ? sizes.unmatched.control : sizes.unmatched.treated
    if sought > 0, sample.estimand != .all {
      result.addWarning(
        "\(sought) people for whom the effect is meant have no match; the effect is of those who have one.",
        nl: "\(sought) mensen voor wie het effect is bedoeld hebben geen match; het effect is dat van wie er een heeft."
      )
    }
  }

  private func addEffect(
    _ sample: MatchedSample, _ input: MatchingInput, _ outcome: [Double], to result: inout EstimationResult
  ) throws(EstimationError) {
    let convention: CovarianceConvention?
    switch text("errors") {
    case "hc0": convention = .hc0
    case "hc1": convention = .hc1
    case "hc3": convention = .hc3
    case "classical": convention = .classical
    case "sets": convention = .clustered(.cr1)
    default: convention = nil
    }
    let adjusting =
      try designIfGiven("adjust-for", intercept: false)?.terms ?? (flag("adjust") ? input.covariates : [])
    let effect: MatchedEffect
    do throws(StatisticsError) {
      effect = try MatchedEffect(
        sample, outcome: outcome, adjustingFor: adjusting, convention: convention, level: level)
    } catch .tooFewClusters(let found, _) where found == 1 {
      throw .notEstimable(
        LocalizedText(
          "All who were matched are in one group, and errors by group need two or more. Give --errors hc1.",
          nl: "Alle gematchten zitten in één groep, en fouten per groep vragen er twee of meer. Geef --errors hc1."))
    } catch {
      effect = try run { () throws(StatisticsError) in throw error }
    }
    result.add([.estimate("effect", effect.estimate, title: LocalizedText("Effect", nl: "Effect"))])
    result.addConvention(effect.convention, prefix: .standardErrors)
  }

  private func addBalance(
    _ sample: MatchedSample, _ input: MatchingInput, to result: inout EstimationResult
  ) throws(EstimationError) {
    var settings = BalanceSettings(denominator: BalanceDenominator(sample.estimand))
    if let denominator = text("denominator").flatMap(BalanceDenominator.init(rawValue:)) {
      settings.denominator = denominator
    }
    settings.interactions = flag("interactions")
    let known = input.covariates.map(\.names)
    let others = try designIfGiven("balance-on", intercept: false)?.terms.filter { !known.contains($0.names) } ?? []
    let table = try run { () throws(StatisticsError) in
      try BalanceTable(sample, covariates: input.covariates + others, score: input.units.score, settings: settings)
    }
    result.add("balance", .table(ResultTable(table)), title: LocalizedText("Balance", nl: "Balans"))
    result.addConvention(
      "Differences are divided by the standard deviation \(settings.denominator.rawValue), before matching, in both halves.",
      nl:
        "Verschillen zijn gedeeld door de standaarddeviatie \(settings.denominator.rawValue), van vóór het matchen, in beide helften."
    )
  }

  private func addPairs(_ sample: MatchedSample, to result: inout EstimationResult) throws(EstimationError) {
    guard let pairs = sample.matches else { return }
    let name = try unitNames()
    var table = ResultTable()
    var focal: [String] = []
    var matches: [String] = []
    for place in pairs.focal.indices {
      for unit in pairs.matches(place) {
        focal.append(name(Int(pairs.focal[place])))
        matches.append(name(Int(unit)))
      }
    }
    table.add("unit", focal, title: LocalizedText("unit", nl: "eenheid"))
    table.add("match", matches, title: LocalizedText("match", nl: "match"))
    table.add("distance", pairs.distances, title: LocalizedText("distance", nl: "afstand"))
    result.add("pairs", .table(table), title: LocalizedText("Pairs", nl: "Paren"))
  }

  private func addWeights(
    _ sample: MatchedSample, _ input: MatchingInput, to result: inout EstimationResult
  ) throws(EstimationError) {
    let name = try unitNames()
    var table = ResultTable()
    table.add("unit", sample.weights.indices.map(name), title: LocalizedText("unit", nl: "eenheid"))
    table.add("treated", sample.treated.map { $0 ? 1 : 0 }, title: LocalizedText("treated", nl: "behandeld"))
    if let score = input.units.score { table.add("score", score, title: LocalizedText("score", nl: "score")) }
    table.add("weight", sample.weights)
    if let sets = sample.sets {
      table.add(
        "set", sets.map { $0 < 0 ? nil : Double($0 + 1) }, title: LocalizedText("matched set", nl: "groep van gelijken")
      )
    }
    result.add("weights", .table(table), title: LocalizedText("Weights", nl: "Gewichten"))
  }
}

extension ResultTable {
  /// A table of balance: one row for each column, before and after.
  init(_ balance: BalanceTable) {
    self.init()
    self.add("term", balance.rows.map(\.name))
    func both(_ key: String, _ english: String, _ dutch: String, _ value: (CovariateBalance) -> Double?) {
      self.add(
        key + "Before", balance.rows.map { value($0.before) },
        title: LocalizedText(english + ", before", nl: dutch + ", vóór"))
      guard balance.rows.contains(where: { $0.after != nil }) else { return }
      self.add(
        key + "After", balance.rows.map { $0.after.flatMap(value) },
        title: LocalizedText(english + ", after", nl: dutch + ", na"))
    }
    both("meanTreated", "mean of treated", "gemiddelde behandeld") { $0.meanTreated }
    both("meanControl", "mean of controls", "gemiddelde controle") { $0.meanControl }
    both("standardisedDifference", "standardised difference", "gestandaardiseerd verschil") {
      $0.standardisedDifference
    }
    both("varianceRatio", "variance ratio", "variantieverhouding") { $0.varianceRatio }
    both("ecdfMean", "eCDF mean", "eCDF gemiddeld") { $0.averageDistributionDifference }
    both("ecdfMax", "eCDF max (KS)", "eCDF max (KS)") { $0.largestDistributionDifference }
    guard balance.rows.contains(where: { $0.after?.standardisedPairDistance != nil }) else { return }
    self.add(
      "pairDistance", balance.rows.map { $0.after?.standardisedPairDistance },
      title: LocalizedText("pair distance", nl: "afstand in paren"))
  }
}
