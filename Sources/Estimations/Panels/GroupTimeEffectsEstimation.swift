import NumericalMethods
import Primitives
import Statistics

/// Effects by group and period, and their averages.
struct GroupTimeEffectsEstimation: EstimationMethod {
  let id = "group-time-effects"
  let title = LocalizedText(
    "Group-time effects (Callaway and Sant'Anna)", nl: "Effecten per groep en tijd (Callaway en Sant'Anna)")
  let summary = LocalizedText(
    "The effect on each group that started treatment at one time, in each period, compared with people never or not yet treated; and averages by time since the start, group and period.",
    nl:
      "Het effect op elke groep met hetzelfde begin, in elke periode, vergeleken met wie nooit of nog niet behandeld is; en gemiddelden naar tijd sinds het begin, groep en periode."
  )
  let page = "GroupTimeEffects"
  let example = "--outcome income --unit person --period month --first-treated start --covariates 'age + sex'"
  let options: [EstimationOption] = [
    .panelOutcome,
    EstimationOption(
      "unit", .category, "Who each row is about; not for different people in each period.",
      nl: "Over wie elke rij gaat; niet bij verschillende mensen in elke periode."),
    .panelPeriod, .firstTreated, .panelCovariates,
    EstimationOption(
      "method",
      .choice([
        EstimationChoice("doubly-robust", "dr in did", nl: "dr in did"),
        EstimationChoice("regression", "reg in did", nl: "reg in did"),
        EstimationChoice("weighting", "ipw in did", nl: "ipw in did"),
        EstimationChoice(
          "improved-doubly-robust", "tilting and weighted regression", nl: "tilting en gewogen regressie"),
        EstimationChoice("unnormalised-weighting", "Abadie's weights", nl: "gewichten van Abadie"),
      ]), "How covariates are used.", nl: "Hoe covariaten worden gebruikt.", standard: "doubly-robust"),
    EstimationOption(
      "comparison",
      .choice([
        EstimationChoice("never-treated", "people never treated", nl: "wie nooit behandeld is"),
        EstimationChoice("not-yet-treated", "also people treated later", nl: "ook wie later behandeld is"),
      ]), "Who the treated are compared with.", nl: "Met wie de behandelden worden vergeleken.",
      standard: "never-treated"),
    EstimationOption(
      "base",
      .choice([
        EstimationChoice(
          "varying", "before the treatment: the period before each",
          nl: "voor de behandeling: telkens de periode ervoor"),
        EstimationChoice(
          "universal", "the last period before the treatment for all",
          nl: "voor alle de laatste periode voor de behandeling"),
      ]), "From which period changes are counted.", nl: "Vanaf welke periode veranderingen worden geteld.",
      standard: "varying"),
    EstimationOption(
      "anticipation", .whole(0...100_000), "Periods before the treatment in which people may react already.",
      nl: "Perioden voor de behandeling waarin mensen al kunnen reageren.", standard: "0"),
    EstimationOption(
      "sampling",
      .choice([
        EstimationChoice(
          "panel", "the same units; those that miss a period are left out",
          nl: "dezelfde eenheden; wie een periode mist valt af"),
        EstimationChoice("unbalanced", "the same units, all rows", nl: "dezelfde eenheden, alle rijen"),
        EstimationChoice(
          "cross-sections", "different people in each period", nl: "verschillende mensen in elke periode"),
      ]), "How the rows were gathered.", nl: "Hoe de rijen zijn verzameld.", standard: "panel"),
    EstimationOption(
      "balanced-at", .whole(0...100_000),
      "By time: only groups observed so many periods after their start, up to that time.",
      nl: "Naar tijd: alleen groepen die zo veel perioden na hun begin gevolgd zijn, tot die tijd."),
    EstimationOption(
      "earliest", .whole(-100_000...100_000), "By time: the first time.", nl: "Naar tijd: de eerste tijd."),
    EstimationOption(
      "latest", .whole(-100_000...100_000), "The last time that counts.", nl: "De laatste tijd die telt."),
    EstimationOption(
      "leave-out-missing", .flag, "Average without effects that could not be estimated.",
      nl: "Middel zonder effecten die niet te schatten waren."),
    EstimationOption(
      "exact-influence", .flag, "Correct two slips of did 2.1.2 in standard errors; see the page.",
      nl: "Herstel twee vergissingen van did 2.1.2 in standaardfouten; zie de pagina."),
    EstimationOption(
      "draws", .whole(20...1_000_000), "Bootstrap with so many draws, and bands around all effects at once.",
      nl: "Bootstrap met zoveel trekkingen, en banden om alle effecten tegelijk."),
    .seed, .weights, .cluster, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let unit = try request.labels("unit")
    let (period, firstTreated) = (try request.wholes("period"), try request.firstTreated())
    let outcome = try request.numbers("outcome")
    let covariates = try request.designIfGiven("covariates", intercept: false)
    let weights = try request.numbersIfGiven("weights")
    let clusters = try request.clusters()
    let found = try request.run { () throws(StatisticsError) in
      try GroupTimeEffects(
        unit: unit, period: period, firstTreated: firstTreated, outcome: outcome, covariates: covariates,
        weights: weights, clusters: clusters, settings: settings(request), progress: request.progress)
    }
    var result = request.result()
    let draws = request.wholeIfGiven("draws").map {
      MultiplierBootstrap.Settings(draws: $0, seed: UInt64(request.whole("seed")))
    }
    add(found.sample, to: &result)
    result.add([try effects(found, draws, request)])
    if let test = found.preTest {
      result.add(
        "preTest",
        .group([
          ResultItem("statistic", .number(test.statistic)),
          ResultItem("degreesOfFreedom", .whole(test.degreesOfFreedom)), ResultItem("pValue", .number(test.pValue)),
          ResultItem(
            "pValueRounded", .number((test.pValue * 1e5).rounded() / 1e5),
            title: LocalizedText("p-value, five decimals as did", nl: "p-waarde, vijf decimalen als did")),
        ]), title: LocalizedText("Effects before are zero", nl: "Effecten ervoor zijn nul"))
    }
    let averaging = GroupTimeEffects.AggregationSettings(
      balancedAt: request.wholeIfGiven("balanced-at"), earliest: request.wholeIfGiven("earliest"),
      latest: request.wholeIfGiven("latest"), leavesOutMissing: request.flag("leave-out-missing"),
      exactInfluence: request.flag("exact-influence"))
    for convention in found.conventions { result.addConvention(convention) }
    for kind in GroupTimeEffects.Aggregation.allCases {
      let average: GroupTimeAggregate
      do throws(StatisticsError) {
        average = try found.aggregated(kind, averaging)
      } catch {
        result.addWarning(
          "No \(kind.rawValue) average: \(error.message[.english]). Use --leave-out-missing to average the others.",
          nl:
            "Geen gemiddelde \(kind.rawValue): \(error.message[.dutch]). Gebruik --leave-out-missing om de andere te middelen."
        )
        continue
      }
      result.add([try aggregate(average, draws, request)])
      for convention in average.conventions { result.addConvention(convention) }
    }
    if !found.sample.smallGroups.isEmpty {
      let list = found.sample.smallGroups.map(String.init).joined(separator: ", ")
      result.addWarning(
        "Small groups, whose errors are not to be trusted (0 is never treated): \(list).",
        nl: "Kleine groepen, waarvan de fouten niet te vertrouwen zijn (0 is nooit behandeld): \(list).")
    }
    return result
  }

  private func settings(_ request: EstimationRequest) -> GroupTimeEffects.Settings {
    let method: ComparisonMethod =
      switch request.choice("method") {
      case "regression": .regression
      case "weighting": .weighting
      case "improved-doubly-robust": .improvedDoublyRobust
      case "unnormalised-weighting": .unnormalisedWeighting
      default: .doublyRobust
      }
    let sampling: GroupTimeEffects.Sampling =
      switch request.choice("sampling") {
      case "unbalanced": .unbalancedPanel
      case "cross-sections": .repeatedCrossSections
      default: .balancedPanel
      }
    return GroupTimeEffects.Settings(
      method: method, comparison: request.choice("comparison") == "never-treated" ? .neverTreated : .notYetTreated,
      basePeriod: request.choice("base") == "varying" ? .varying : .universal,
      anticipation: request.whole("anticipation"), sampling: sampling,
      exactInfluence: request.flag("exact-influence"), level: request.level)
  }

  private func add(_ sample: GroupTimeEffects.Sample, to result: inout EstimationResult) {
    result.add("units", sample.units, title: LocalizedText("units", nl: "eenheden"))
    result.add("neverTreated", sample.neverTreated, title: LocalizedText("never treated", nl: "nooit behandeld"))
    result.add(
      "treatedTooEarly", sample.treatedTooEarly,
      title: LocalizedText("left out, treated too early", nl: "weggelaten, te vroeg behandeld"))
    result.add(
      "incomplete", sample.incomplete,
      title: LocalizedText("left out, missing a period", nl: "weggelaten, periode gemist"))
  }

  private func effects(
    _ found: GroupTimeEffects, _ draws: MultiplierBootstrap.Settings?, _ request: EstimationRequest
  ) throws(EstimationError) -> ResultItem {
    var table = ResultTable()
    table.add("group", found.effects.map(\.group))
    table.add("period", found.effects.map(\.period), title: LocalizedText("period", nl: "periode"))
    table.add("basePeriod", found.effects.map(\.basePeriod), title: LocalizedText("from period", nl: "vanaf periode"))
    table.add("estimate", found.effects.map(\.effect))
    table.add("standardError", found.effects.map(\.standardError))
    let intervals = found.effects.map { found.interval(of: $0) }
    table.add("lower", intervals.map(\.lower))
    table.add("upper", intervals.map(\.upper))
    if found.effects.contains(where: { $0.reason != nil }) {
      table.add(
        "reason", .sentences(found.effects.map { $0.reason?.message ?? LocalizedText("", nl: "") }),
        title: LocalizedText("why there is none", nl: "waarom er geen is"))
    }
    if let draws {
      let bootstrap = try request.run { () throws(StatisticsError) in try found.bootstrap(draws) }
      Self.add(bootstrap, found.effects.map(\.effect), to: &table)
    }
    return ResultItem(
      "effects", .table(table), title: LocalizedText("Effects by group and period", nl: "Effecten per groep en periode")
    )
  }

  private func aggregate(
    _ found: GroupTimeAggregate, _ draws: MultiplierBootstrap.Settings?, _ request: EstimationRequest
  ) throws(EstimationError) -> ResultItem {
    let titles: [GroupTimeEffects.Aggregation: LocalizedText] = [
      .simple: LocalizedText("All effects after the start", nl: "Alle effecten na het begin"),
      .dynamic: LocalizedText("By time since the start", nl: "Naar tijd sinds het begin"),
      .group: LocalizedText("By group", nl: "Naar groep"), .calendar: LocalizedText("By period", nl: "Naar periode"),
    ]
    let reach = Normal.standard.quantile(upperTail: (1 - request.level) / 2)
    func limit(_ part: GroupTimeAggregate.Part, _ side: Double) -> Double? {
      part.standardError.map { part.effect + side * reach * $0 }
    }
    var items: [ResultItem] = []
    if let overall = found.overall {
      var values = [
        ResultItem("estimate", .number(overall.effect)), ResultItem("standardError", .number(overall.standardError)),
        ResultItem("lower", .number(limit(overall, -1))), ResultItem("upper", .number(limit(overall, 1))),
      ]
      if let draws {
        let bootstrap = try request.run { () throws(StatisticsError) in try found.overallBootstrap(draws) }
        values.append(
          ResultItem(
            "bootstrapStandardError", .number(bootstrap.standardErrors.first ?? nil), title: Self.bootstrapError))
      }
      items.append(ResultItem("overall", .group(values), title: LocalizedText("Overall", nl: "Samen")))
    }
    if !found.parts.isEmpty {
      var table = ResultTable()
      let key = found.kind == .dynamic ? "time" : found.kind == .group ? "group" : "period"
      table.add(key, found.parts.map(\.position), title: key == "period" ? LocalizedText("period", nl: "periode") : nil)
      table.add("estimate", found.parts.map(\.effect))
      table.add("standardError", found.parts.map(\.standardError))
      table.add("lower", found.parts.map { limit($0, -1) })
      table.add("upper", found.parts.map { limit($0, 1) })
      if let draws {
        let bootstrap = try request.run { () throws(StatisticsError) in try found.bootstrap(draws) }
        Self.add(bootstrap, found.parts.map { $0.effect }, to: &table)
        items.append(
          ResultItem(
            "criticalValue", .number(bootstrap.criticalValue),
            title: LocalizedText("critical value of the band", nl: "kritieke waarde van de band")))
      }
      items.append(ResultItem("effects", .table(table), title: LocalizedText("Effects", nl: "Effecten")))
    }
    return ResultItem(found.kind.rawValue, .group(items), title: titles[found.kind])
  }

  private static let bootstrapError = LocalizedText("bootstrap standard error", nl: "standaardfout van de bootstrap")

  private static func add(_ bootstrap: MultiplierBootstrap, _ effects: [Double?], to table: inout ResultTable) {
    table.add("bootstrapStandardError", bootstrap.standardErrors, title: bootstrapError)
    func limits(_ side: Double) -> [Double?] {
      zip(effects, bootstrap.standardErrors).map { effect, error in
        effect.flatMap { value in error.map { value + side * bootstrap.criticalValue * $0 } }
      }
    }
    table.add("bandLower", limits(-1), title: LocalizedText("band, lower", nl: "band, onder"))
    table.add("bandUpper", limits(1), title: LocalizedText("band, upper", nl: "band, boven"))
  }
}
