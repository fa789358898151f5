import Primitives
import Statistics

/// Which of several strategies are worth considering.
struct EfficiencyFrontierEstimation: EstimationMethod {
  let id = "efficiency-frontier"
  let title = LocalizedText("Efficiency frontier", nl: "Efficiëntiegrens")
  let summary = LocalizedText(
    "Which strategies are dominated, and what each further unit of effect costs along the others; each row is a strategy.",
    nl:
      "Welke strategieën worden gedomineerd, en wat elke verdere eenheid effect kost langs de andere; elke rij is een strategie."
  )
  let page = "CostEffectiveness"
  let example = "--strategy name --cost cost --effect effect"
  let options: [EstimationOption] = [
    EstimationOption(
      "strategy", .category, "Names of the strategies.", nl: "Namen van de strategieën.", isRequired: true),
    EstimationOption("cost", .column, "Cost of each.", nl: "Kosten van elk.", isRequired: true),
    EstimationOption("effect", .column, "Effect of each.", nl: "Effect van elk.", isRequired: true),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let strategies = try request.categories("strategy")
    let names = strategies.indices.map { strategies.levels[$0] }
    let costs = try request.numbers("cost")
    let effects = try request.numbers("effect")
    let frontier = try request.run { () throws(StatisticsError) in
      try EfficiencyFrontier(costs: costs, effects: effects)
    }
    var table = ResultTable()
    table.add("strategy", names, title: LocalizedText("strategy", nl: "strategie"))
    table.add("cost", costs, title: LocalizedText("cost", nl: "kosten"))
    table.add("effect", effects, title: LocalizedText("effect", nl: "effect"))
    table.add("status", frontier.statuses.map(Self.word), title: LocalizedText("status", nl: "status"))
    table.add("ratio", frontier.statuses.map(Self.ratio), title: LocalizedText("ratio", nl: "verhouding"))
    table.add(
      "comparedWith", frontier.statuses.map { Self.others($0).map { names[$0] }.joined(separator: " + ") },
      title: LocalizedText("compared with", nl: "vergeleken met"))
    var result = request.result()
    result.add("strategies", .table(table), title: LocalizedText("strategies", nl: "strategieën"))
    result.add("frontier", .texts(frontier.frontier.map { names[$0] }), title: LocalizedText("frontier", nl: "grens"))
    return result
  }

  private static func word(_ status: EfficiencyFrontier.Status) -> String {
    switch status {
    case .start: "start"
    case .onFrontier: "onFrontier"
    case .dominated: "dominated"
    case .extendedlyDominated: "extendedlyDominated"
    }
  }

  private static func ratio(_ status: EfficiencyFrontier.Status) -> Double? {
    if case .onFrontier(let ratio, _) = status { ratio } else { nil }
  }

  private static func others(_ status: EfficiencyFrontier.Status) -> [Int] {
    switch status {
    case .start: []
    case .onFrontier(_, let before): [before]
    case .dominated(let by): [by]
    case .extendedlyDominated(let by, let and): [by, and]
    }
  }
}
