import NumericalMethods
import Primitives
import Statistics

/// Draws of costs and effects of several strategies.
struct CostEffectivenessSimulationEstimation: EstimationMethod {
  let id = "cost-effectiveness-simulation"
  let title = LocalizedText("Cost-effectiveness from draws", nl: "Kosteneffectiviteit uit trekkingen")
  let summary = LocalizedText(
    "What to choose among strategies, from draws of their costs and effects: a probabilistic model or a bootstrap. Each "
      + "row of the table is one draw.",
    nl:
      "Wat te kiezen uit strategieën, uit trekkingen van hun kosten en effecten: een kansmodel of een bootstrap. Elke rij "
      + "van de tabel is een trekking.")
  let page = "CostEffectiveness"
  let example = "--costs c1,c2 --effects e1,e2 --base 2"
  let options: [EstimationOption] = [
    EstimationOption(
      "costs", .columns, "Columns of costs, one for each strategy.",
      nl: "Kolommen met kosten, een voor elke strategie.", isRequired: true),
    EstimationOption(
      "effects", .columns, "Columns of effects, in the same order.", nl: "Kolommen met effecten, in dezelfde volgorde.",
      isRequired: true),
    EstimationOption("names", .texts, "Names of the strategies.", nl: "Namen van de strategieën."),
    EstimationOption(
      "base", .whole(1...1000), "Number of the strategy from which the others are subtracted.",
      nl: "Nummer van de strategie waarvan de andere worden afgetrokken.", standard: "1"),
    .willingness,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let costs = try request.numberColumns("costs")
    let effects = try request.numberColumns("effects")
    let given = request.texts("names")
    let names = given.isEmpty ? costs.indices.map { String($0 + 1) } : given
    guard costs.count == effects.count, names.count == costs.count else {
      throw .optionsConflict(
        LocalizedText(
          "--costs, --effects and --names must be as many.",
          nl: "--costs, --effects en --names moeten er evenveel zijn."))
    }
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      let simulation = try CostEffectivenessSimulation(
        costs: Matrix(columns: costs.map(\.values)), effects: Matrix(columns: effects.map(\.values)), names: names,
        reference: request.whole("base") - 1)
      for comparator in simulation.comparators {
        result.add([
          .ratio(
            "against_\(names[comparator])", simulation.ratio(against: comparator),
            title: LocalizedText("against \(names[comparator])", nl: "tegen \(names[comparator])"))
        ])
      }
      result.add(
        "decisions", .table(try .decisions(simulation, request.numberList("willingness"))),
        title: LocalizedText("decisions", nl: "beslissingen"))
      // What BCEA calls k*: the values of the list at which another strategy becomes best.
      var changes: [Double?] = []
      var previous: Int?
      for worth in request.numberList("willingness").sorted() {
        let best = try simulation.decision(willingnessToPay: worth).best
        if let previous, previous != best { changes.append(worth) }
        previous = best
      }
      result.add(
        "bestChangesAt", .numbers(changes), title: LocalizedText("another is best from", nl: "een andere is best vanaf")
      )
      let points = try simulation.switchingPoints()
      var table = ResultTable()
      table.add(
        "from", points.map(\.willingnessToPay), title: LocalizedText("from a worth of", nl: "vanaf een waarde van"))
      table.add("best", points.map { names[$0.best] }, title: LocalizedText("best", nl: "best"))
      result.add("switchingPoints", .table(table), title: LocalizedText("switching points", nl: "omslagpunten"))
    }
    result.addConvention(
      "Differences are the strategy of --base minus another.",
      nl: "Verschillen zijn de strategie van --base min een andere.")
    return result
  }
}
