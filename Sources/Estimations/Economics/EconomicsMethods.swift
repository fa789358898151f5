import NumericalMethods
import Primitives
import Statistics

/// The methods of the family of costs and effects, in the order in which they are listed.
let economicsMethods: [any EstimationMethod] = [
  CostEffectivenessEstimation(), CostEffectivenessSimulationEstimation(), EfficiencyFrontierEstimation(),
]

extension EstimationOption {
  static let willingness = EstimationOption(
    "willingness", .numbers(.zeroOrMore), "What a unit of effect is worth, separated by commas.",
    nl: "Wat een eenheid effect waard is, gescheiden door komma's.", standard: "0,10000,20000,30000,50000")
}

extension ResultItem {
  /// `cost`, `effect`, `ratio` and `quadrant`.
  static func ratio(_ key: String, _ ratio: IncrementalRatio, title: LocalizedText) -> ResultItem {
    ResultItem(
      key,
      .group([
        ResultItem("cost", .number(ratio.cost), title: LocalizedText("difference in cost", nl: "verschil in kosten")),
        ResultItem(
          "effect", .number(ratio.effect), title: LocalizedText("difference in effect", nl: "verschil in effect")),
        ResultItem(
          "ratio", .number(ratio.value),
          title: LocalizedText("cost per unit of effect", nl: "kosten per eenheid effect")),
        ResultItem("quadrant", .text(ratio.quadrant.rawValue), title: LocalizedText("quadrant", nl: "kwadrant")),
      ]), title: title)
  }
}

extension ResultTable {
  /// Decisions for several values of a unit of effect.
  static func decisions(_ simulation: CostEffectivenessSimulation, _ worths: [Double]) throws(StatisticsError)
    -> ResultTable
  {
    var decisions: [CostEffectivenessDecision] = []
    for worth in worths { decisions.append(try simulation.decision(willingnessToPay: worth)) }
    var table = ResultTable()
    table.add("willingness", worths, title: LocalizedText("worth of a unit", nl: "waarde van een eenheid"))
    for (place, comparator) in simulation.comparators.enumerated() {
      let name = simulation.names[comparator]
      table.add(
        "incrementalNetBenefit_\(name)", decisions.map { $0.incrementalNetBenefits[place] },
        title: LocalizedText("net benefit over \(name)", nl: "nettobaat boven \(name)"))
      table.add(
        "acceptability_\(name)", decisions.map { $0.acceptabilities[place] },
        title: LocalizedText("acceptability over \(name)", nl: "aanvaardbaarheid boven \(name)"))
    }
    for (strategy, name) in simulation.names.enumerated() {
      table.add(
        "probabilityBest_\(name)", decisions.map { $0.probabilitiesBest[strategy] },
        title: LocalizedText("probability that \(name) is best", nl: "kans dat \(name) het best is"))
    }
    table.add("best", decisions.map { simulation.names[$0.best] }, title: LocalizedText("best", nl: "best"))
    table.add(
      "probabilityOfBest", decisions.map(\.probabilityOfBest),
      title: LocalizedText("probability of the best", nl: "kans van de beste"))
    table.add(
      "highestProbability", decisions.map(\.highestProbability),
      title: LocalizedText("highest probability", nl: "hoogste kans"))
    table.add(
      "valueOfPerfectInformation", decisions.map(\.valueOfPerfectInformation),
      title: LocalizedText("value of perfect information", nl: "waarde van volledige informatie"))
    return table
  }
}
