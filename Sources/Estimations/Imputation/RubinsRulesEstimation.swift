import NumericalMethods
import Primitives
import Statistics

/// Estimates of several completed sets, joined.
struct RubinsRulesEstimation: EstimationMethod {
  let id = "rubins-rules"
  let title = LocalizedText("Rubin's rules", nl: "Regels van Rubin")
  let summary = LocalizedText(
    "Joins estimates that were made in several completed sets, one row for each set (and term): their mean, and a variance that counts what the sets differ by.",
    nl:
      "Voegt schattingen uit meerdere aangevulde sets samen, één rij per set (en term): hun gemiddelde, en een variantie die meetelt hoeveel de sets verschillen."
  )
  let page = "MultipleImputation"
  let example = "--estimate estimate --standard-error se --term term"
  let options: [EstimationOption] = [
    .estimates,
    EstimationOption("standard-error", .column, "Their standard errors.", nl: "Hun standaardfouten.", isRequired: true),
    EstimationOption("term", .category, "What each estimates.", nl: "Wat elk schat."),
    EstimationOption(
      "complete-degrees-of-freedom", .number(.positive),
      "Degrees of freedom if nothing were missing, n − k; without it no limit.",
      nl: "Vrijheidsgraden als niets ontbrak, n − k; zonder dit geen grens."),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let values = try request.numbers("estimate")
    let errors = try request.numbers("standard-error")
    let terms = try request.categoriesIfGiven("term")
    let complete = request.numberIfGiven("complete-degrees-of-freedom") ?? .infinity
    let names = terms?.levels ?? ["estimate"]
    var rows = [[Int]](repeating: [], count: names.count)
    for row in values.indices { rows[terms?.indices[row] ?? 0].append(row) }
    let sets = rows[0].count
    guard rows.allSatisfy({ $0.count == sets }) else {
      throw .notEstimable(
        LocalizedText(
          "The terms do not have the same number of estimates; give each one row for every set.",
          nl: "De termen hebben niet evenveel schattingen; geef elk een rij per set."))
    }
    let pooled = try request.run { () throws(StatisticsError) in
      let fits = (0..<sets).map { set in
        CoefficientEstimates(
          names: names, values: rows.map { values[$0[set]] },
          covariance: .diagonal(rows.map { errors[$0[set]] * errors[$0[set]] }), degreesOfFreedom: complete,
          convention: LocalizedText("the standard errors given", nl: "de gegeven standaardfouten"), observations: sets)
      }
      return try PooledEstimates(fits, completeDegreesOfFreedom: complete)
    }
    var result = request.result()
    result.add(try request.items(pooled))
    result.addConvention(
      "Degrees of freedom after Barnard and Rubin, as R's mice; terms are joined one by one.",
      nl: "Vrijheidsgraden volgens Barnard en Rubin, als mice van R; termen worden een voor een samengevoegd.")
    return result
  }
}
