import Primitives
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Cox's model with Firth's penalty.
struct FirthCoxEstimation: EstimationMethod {
  let id = "firth-cox"
  let title = LocalizedText("Cox's model with Firth's penalty", nl: "Het model van Cox met de straf van Firth")
  let summary = LocalizedText(
    "For few events, or a column that tells the events apart: coefficients stay finite. Intervals are from the profile of the penalised likelihood.",
    nl:
      "Bij weinig gebeurtenissen, of een kolom die de gebeurtenissen volledig scheidt: coëfficiënten blijven eindig. Intervallen zijn uit het profiel van de gestrafte likelihood."
  )
  let page = "CoxModel"
  let example = "--time days --event event --terms \"age + sex\""
  let options: [EstimationOption] = [
    .time, .event, .entry, .hazardTerms, .hazardStrata, .hazardOffset, .weights,
    EstimationOption(
      "ties",
      .choice([
        EstimationChoice("efron", "R's standard", nl: "de standaard van R"),
        EstimationChoice("breslow", "as coxphf has it", nl: "zoals coxphf"),
      ]), "How events at one time are taken.", nl: "Hoe gebeurtenissen op één tijd worden genomen.", standard: "efron"),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUpWithoutClusters()
    let design = try request.design("terms", intercept: false)
    let strata = try request.strata()
    let offset = try request.numbersIfGiven("offset")
    let model = try request.run { () throws(StatisticsError) in
      try FirthCoxModel(
        design, followUp, stratum: strata, offset: offset, ties: request.choice("ties", as: CoxTies.self),
        progress: request.progress)
    }
    var result = request.result()
    result.add("events", model.events)
    let estimates = model.estimates
    let profile = try request.run { () throws(StatisticsError) in
      var rows: [(interval: ConfidenceInterval, test: WaldTest)] = []
      for position in model.names.indices {
        rows.append(
          (
            try model.profileInterval(position, level: request.level), try model.likelihoodRatioTest(position)
          ))
      }
      return rows
    }
    var table = ResultTable()
    table.add("term", model.names)
    table.add("estimate", model.coefficients)
    table.add("standardError", estimates.standardErrors)
    table.add("statistic", profile.map(\.test.statistic), title: ResultTitle.usual["chiSquare"])
    table.add("pValue", profile.map(\.test.pValue))
    table.add("lower", profile.map(\.interval.lower))
    table.add("upper", profile.map(\.interval.upper))
    table.add("hazardRatio", model.coefficients.map { exp($0) })
    table.add("hazardRatioLower", profile.map { $0.interval.lower.map { exp($0) } }, title: ResultTitle.usual["lower"])
    table.add("hazardRatioUpper", profile.map { $0.interval.upper.map { exp($0) } }, title: ResultTitle.usual["upper"])
    result.add("coefficients", .table(table))
    result.add([.covariance("covariance", estimates)])
    result.add(
      "penalisedLogLikelihood", model.penalisedLogLikelihood,
      title: LocalizedText("penalised log likelihood", nl: "gestrafte loglikelihood"))
    let test = model.likelihoodRatioTest
    result.add([
      .test(
        "likelihoodRatioTest", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue,
        title: LocalizedText("Penalised likelihood-ratio test", nl: "Gestrafte likelihoodratiotoets"))
    ])
    addAliased(model.aliased, to: &result)
    result.addConvention(
      "Ties as \(model.ties.rawValue); tests and intervals from the profile of the penalised likelihood, errors from the information.",
      nl:
        "Gelijke tijden volgens \(model.ties.rawValue); toetsen en intervallen uit het profiel van de gestrafte likelihood, fouten uit de informatie."
    )
    return result
  }
}
