import Primitives
import Statistics

/// Which of many providers differ from a target by more than chance.
struct FunnelPlotEstimation: EstimationMethod {
  let id = "funnel-plot"
  let title = LocalizedText("Funnel plot", nl: "Trechterplot")
  let summary = LocalizedText(
    "Which providers differ from a target by more than chance, with limits for their size; each row is one provider.",
    nl:
      "Welke aanbieders meer dan door toeval van een doel afwijken, met grenzen voor hun omvang; elke rij is een aanbieder."
  )
  let page = "FunnelPlot"
  let example = "--provider name --events placed --size people"
  let options: [EstimationOption] = [
    EstimationOption("provider", .category, "Names of the providers.", nl: "Namen van de aanbieders."),
    EstimationOption("events", .column, "Number of events.", nl: "Aantal gebeurtenissen.", isRequired: true),
    EstimationOption(
      "size", .column, "Number of people, or exposure.", nl: "Aantal mensen, of blootstelling.", isRequired: true),
    EstimationOption(
      "measure",
      .choice([
        EstimationChoice("proportion", "events among people", nl: "gebeurtenissen onder mensen"),
        EstimationChoice("rate", "events in an exposure", nl: "gebeurtenissen in een blootstelling"),
      ]), "What is compared.", nl: "Wat wordt vergeleken.", standard: "proportion"),
    EstimationOption(
      "target", .number(.positive), "The target; without it the mean of all.",
      nl: "Het doel; zonder dit het gemiddelde van alle."),
    EstimationOption(
      "overdispersion",
      .choice([
        EstimationChoice("none", "chance alone", nl: "alleen toeval"),
        EstimationChoice("multiplicative", "variances times a factor", nl: "varianties maal een factor"),
        EstimationChoice("additive", "a variance between providers", nl: "een variantie tussen aanbieders"),
      ]), "Differences that are more than chance everywhere.", nl: "Verschillen die overal meer dan toeval zijn.",
      standard: "none"),
    EstimationOption(
      "winsorised", .number(.zeroOrMore), "Share of the most extreme z-scores drawn in at each side.",
      nl: "Aandeel van de uiterste z-scores dat aan elke kant wordt ingetrokken.", standard: "0.1"),
    EstimationOption(
      "levels", .numbers(.probability), "Levels of the limits.", nl: "Niveaus van de grenzen.", standard: "0.95,0.998"),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let events = try request.wholes("events")
    let sizes = try request.numbers("size")
    let providers = try request.categoriesIfGiven("provider")
    let share = request.number("winsorised")
    let overdispersion: FunnelPlot.Overdispersion =
      switch request.choice("overdispersion") {
      case "multiplicative": .multiplicative(winsorised: share)
      case "additive": .additive(winsorised: share)
      default: .none
      }
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      let funnel = try FunnelPlot(
        events: events, sizes: sizes, measure: request.choice("measure", as: FunnelPlot.Measure.self),
        target: request.numberIfGiven("target"), overdispersion: overdispersion)
      result.add("target", funnel.target, title: LocalizedText("target", nl: "doel"))
      result.add("dispersion", funnel.dispersion, title: LocalizedText("overdispersion φ", nl: "overdispersie φ"))
      result.add("factor", funnel.factor, title: LocalizedText("factor of variances", nl: "factor van varianties"))
      result.add(
        "betweenVariance", funnel.betweenVariance,
        title: LocalizedText("variance between providers", nl: "variantie tussen aanbieders"))
      var table = ResultTable()
      if let providers {
        table.add(
          "provider", providers.indices.map { providers.levels[$0] }, title: LocalizedText("provider", nl: "aanbieder"))
      }
      table.add("events", events)
      table.add("size", sizes, title: LocalizedText("size", nl: "omvang"))
      table.add("estimate", funnel.units.map(\.value))
      table.add("deviate", funnel.units.map(\.deviate), title: LocalizedText("z-score", nl: "z-score"))
      table.add("pValue", funnel.units.map(\.pValue))
      for level in request.numberList("levels") {
        var (lower, upper): ([Double], [Double]) = ([], [])
        for size in sizes {
          let limits = try funnel.limits(size: size, level: level)
          lower.append(limits.lower)
          upper.append(limits.upper)
        }
        table.add("lower_\(level)", lower, title: LocalizedText("lower limit \(level)", nl: "ondergrens \(level)"))
        table.add("upper_\(level)", upper, title: LocalizedText("upper limit \(level)", nl: "bovengrens \(level)"))
      }
      result.add("providers", .table(table), title: LocalizedText("providers", nl: "aanbieders"))
    }
    return result
  }
}
