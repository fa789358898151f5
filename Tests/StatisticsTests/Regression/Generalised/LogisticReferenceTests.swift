import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

@Suite("Logistic regression agrees with R", .enabled(if: ReferenceCase.isPresent, "the reference material is absent"))
struct LogisticReferenceTests {
  @Test("Participation of Swiss women, with robust errors and profile intervals")
  func swissLabour() throws {
    let reference = try ReferenceCase("R09")
    let model = try swissModel(reference, square: false)
    try expectCommon(reference, model)
    let fitted = model.fitted
    reference.expect(Array(fitted.prefix(10)), reference.results["pred_first10"], "prediction")
  }

  @Test("Participation of Swiss women, with the square of age as a product")
  func swissLabourSquare() throws {
    let reference = try ReferenceCase("R10")
    try expectCommon(reference, swissModel(reference, square: true), naming: ["age:age": "I(age^2)"])
  }

  @Test("Effectiveness of a programme of teaching (Greene's table 21.1)")
  func programmeEffectiveness() throws {
    let reference = try ReferenceCase("R11")
    try expectCommon(reference, GeneralisedReference.teaching(reference))
  }

  @Test("Homelessness with a factor of three levels")
  func homelessness() throws {
    let reference = try ReferenceCase("R12")
    try expectCommon(reference, GeneralisedReference.homelessness(reference))
  }

  @Test("A separated response is refused, naming the column")
  func separation() throws {
    let table = try ReferenceCase("R13").table("separation")
    let design = try ModelMatrix([("x", table.numbers("x"))])
    #expect(throws: StatisticsError.separated(columns: ["x"])) {
      try GeneralisedLinearModel(design, response: table.numbers("y"), family: .binomial)
    }
  }

  private func swissModel(_ reference: ReferenceCase, square: Bool) throws -> GeneralisedLinearModel {
    try GeneralisedReference.swissLabour(reference, square: square)
  }

  private func expectCommon(
    _ reference: ReferenceCase, _ model: GeneralisedLinearModel, naming: [String: String] = [:]
  ) throws {
    let results = reference.results
    let estimates = try model.estimates()
    let conventions: [(String, CovarianceConvention)] = [
      ("se", .classical), ("se_HC0", .hc0), ("se_HC1_n_over_nm1_stata", .hc1Likelihood), ("se_HC1_n_over_nmk", .hc1),
    ]
    #expect(model.names.count == results["coef"].names.count)
    for (i, name) in model.names.enumerated() {
      let peer = naming[name] ?? name
      reference.expect(model.coefficients[i], results["coef"][peer], "\(name) coefficient")
      reference.expect(exp(model.coefficients[i]), results["odds_ratio"][peer], "\(name) odds ratio")
      reference.expect(estimates.statistic(i), results["z"][peer], "\(name) z")
      reference.expect(estimates.pValue(i), results["p"][peer], "\(name) p")
      let interval = try estimates.estimate(i).interval
      reference.expect(interval.lower, results["ci95_wald"]["lower"][peer], "\(name) lower")
      reference.expect(interval.upper, results["ci95_wald"]["upper"][peer], "\(name) upper")
      let profile = try model.profileInterval(i, solution: .interpolated)
      reference.expect(profile.lower, results["ci95_profile"]["lower"][peer], "\(name) profile lower")
      reference.expect(profile.upper, results["ci95_profile"]["upper"][peer], "\(name) profile upper")
      for (key, convention) in conventions {
        reference.expect(try model.estimates(convention).standardErrors[i], results[key][peer], "\(name) \(key)")
      }
    }
    reference.expect(model.logLikelihood, results["loglik"], "log-likelihood")
    reference.expect(model.nullLogLikelihood, results["null_loglik"], "null log-likelihood")
    reference.expect(model.deviance, results["deviance"], "deviance")
    reference.expect(model.nullDeviance, results["null_deviance"], "null deviance")
    reference.expect(model.pseudoRSquared.mcFadden, results["mcfadden_r2"], "McFadden")
    reference.expect(model.akaikeCriterion, results["aic"], "AIC")
    reference.expect(model.bayesianCriterion, results["bic"], "BIC")
    #expect(Double(model.observations) == results["n"].number)
  }
}
