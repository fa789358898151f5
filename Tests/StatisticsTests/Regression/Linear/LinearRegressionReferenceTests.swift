import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

@Suite(.enabled(if: ReferenceCase.isPresent, "the shared reference material is not on this machine"))
struct LinearRegressionReferenceTests {
  /// Coefficients, classical and robust errors, t, p, interval and fit of a case.
  private func check(_ reference: ReferenceCase, _ model: LinearRegression, robust: Bool = true) throws {
    let results = reference.results
    let classical = try model.estimates()
    reference.expect(Double(model.observations), results["n"], "n")
    reference.expect(Double(model.residualDegreesOfFreedom), results["df_residual"], "df")
    try check(reference, classical, results["coef"], results["se_classical"], "classical")
    for (i, name) in model.names.enumerated() {
      reference.expect(classical.statistic(i), results["t"][name], "\(name) t")
      reference.expect(classical.pValue(i), results["p_classical"][name], "\(name) p")
      let interval = try classical.estimate(i).interval
      reference.expect(interval.lower, results["ci95"]["lower"][name], "\(name) lower")
      reference.expect(interval.upper, results["ci95"]["upper"][name], "\(name) upper")
    }
    if robust { try checkRobust(reference, model) }
    let fit = try model.fit()
    reference.expect(fit.residualStandardDeviation, results["sigma"], "sigma")
    reference.expect(fit.rSquared, results["r2"], "r2")
    reference.expect(fit.adjustedRSquared, results["adj_r2"], "adjusted r2")
    reference.expect(fit.f?.f, results["F"], "F")
    reference.expect(fit.f.map { Double($0.degreesOfFreedom) }, results["F_df1"], "df1")
    reference.expect(fit.f?.denominatorDegreesOfFreedom, results["F_df2"], "df2")
    reference.expect(fit.residualSumOfSquares, results["rss"], "rss")
    reference.expect(fit.logLikelihood, results["loglik"], "log-likelihood")
    reference.expect(fit.aic, results["aic"], "AIC")
    reference.expect(fit.bic, results["bic"], "BIC")
  }

  private func checkRobust(_ reference: ReferenceCase, _ model: LinearRegression) throws {
    let results = reference.results
    let conventions: [(String, CovarianceConvention)] = [
      ("HC0", .hc0), ("HC1", .hc1), ("HC2", .hc2), ("HC3", .hc3), ("HC4", .hc4),
    ]
    for (name, convention) in conventions {
      try check(reference, model.estimates(convention), results["coef"], results["se_" + name], name)
    }
    let hc3 = try model.estimates(.hc3)
    for (i, name) in model.names.enumerated() {
      reference.expect(hc3.statistic(i), results["hc3_test"]["t"][name], "\(name) HC3 t")
      reference.expect(hc3.pValue(i), results["hc3_test"]["p"][name], "\(name) HC3 p")
    }
  }

  private func check(
    _ reference: ReferenceCase, _ estimates: CoefficientEstimates, _ coefficients: Reference, _ errors: Reference,
    _ what: String
  ) throws {
    #expect(estimates.names.sorted() == errors.names)
    for (i, name) in estimates.names.enumerated() {
      reference.expect(estimates.values[i], coefficients[name], "\(name) coefficient")
      reference.expect(estimates.standardErrors[i], errors[name], "\(name) \(what)")
    }
  }

  @Test func lalondeWithEveryHeteroskedasticConvention() throws {
    let reference = try ReferenceCase("R01")
    let table = try reference.table("lalonde")
    let numbers = { (name: String) in ModelMatrix.Term.numeric(name, table.numbers(name)) }
    let race = table.groups("race")
    let design = try ModelMatrix(
      rowCount: 614,
      terms: [
        .intercept, numbers("treat"), numbers("age"), numbers("educ"),
        .factor("race", codes: race.number.map { Int32($0) }, levels: race.names, reference: 0),
        numbers("married"), numbers("nodegree"), numbers("re74"), numbers("re75"),
      ])
    try check(reference, LinearRegression(design, response: table.numbers("re78")))
  }

  @Test func interactionLinearCombinationAndRobustWaldTest() throws {
    let reference = try ReferenceCase("R02")
    let table = try reference.table("lalonde")
    let treat = ModelMatrix.Term.numeric("treat", table.numbers("treat"))
    let nodegree = ModelMatrix.Term.numeric("nodegree", table.numbers("nodegree"))
    let age = table.numbers("age")
    let design = try ModelMatrix(
      rowCount: 614,
      terms: [
        .intercept, treat, nodegree, .numeric("log1p(re75)", table.numbers("re75").map { log1p($0) }),
        .numeric("age", age), .numeric("I(age^2)", age.map { $0 * $0 }), .product(treat, nodegree),
      ])
    let model = try LinearRegression(design, response: table.numbers("re78"))
    try check(reference, model)
    let combination = try model.linearCombination([0, 1, 0, 0, 0, 0, 1], .hc1)
    let results = reference.results
    reference.expect(combination.values[0], results["lincom"]["est"], "combination")
    reference.expect(combination.standardErrors[0], results["lincom"]["se_HC1"], "its error")
    reference.expect(combination.statistic(0), results["lincom"]["t"], "its t")
    reference.expect(combination.pValue(0), results["lincom"]["p"], "its p")
    let wald = try model.estimates(.hc1).wald(zero: [1, 6])
    reference.expect(wald.f, results["wald_F_HC1"]["F"], "F")
    reference.expect(Double(wald.degreesOfFreedom), results["wald_F_HC1"]["df1"], "df1")
    reference.expect(wald.denominatorDegreesOfFreedom, results["wald_F_HC1"]["df2"], "df2")
    reference.expect(wald.pValue, results["wald_F_HC1"]["p"], "F p")
  }

  @Test func weightedLeastSquares() throws {
    let reference = try ReferenceCase("R03")
    let table = try reference.table("lalonde")
    let (age, education) = (table.numbers("age"), table.numbers("educ"))
    let weights = age.indices.map { 1 + (age[$0] > 25 ? 1.5 : 0) + (education[$0] < 10 ? 0.75 : 0) }
    let design = try ModelMatrix([("treat", table.numbers("treat")), ("age", age), ("educ", education)])
    try check(reference, LinearRegression(design, response: table.numbers("re78"), weights: weights))
  }

  @Test func petersenWithFirmsYearsAndBoth() throws {
    let reference = try ReferenceCase("R04")
    let table = try reference.table("petersen_cl")
    let model = try LinearRegression(ModelMatrix([("x", table.numbers("x"))]), response: table.numbers("y"))
    try check(reference, model)
    let firm = Clusters(labels: table.wholeNumbers("firm"))
    let year = Clusters(labels: table.wholeNumbers("year"))
    let results = reference.results
    for (name, clusters) in [("cluster_firm", firm), ("cluster_year", year)] {
      let expected = results[name]
      reference.expect(Double(clusters.count), expected["G"], "G")
      let conventions: [(String, ClusterConvention)] = [
        ("se_CR0_no_adjust", .cr0), ("se_CR0_G_over_Gm1", .cr1Likelihood), ("se_CR1_stata", .cr1),
      ]
      for (errors, convention) in conventions {
        try check(
          reference, model.estimates(.clustered(convention), clusters: [clusters]), results["coef"], expected[errors],
          name)
      }
      let estimates = try model.estimates(.clustered(.cr1), clusters: [clusters])
      for (i, coefficient) in model.names.enumerated() {
        reference.expect(estimates.pValue(i), expected["p_t_Gm1"][coefficient], "\(coefficient) p")
        let interval = try estimates.estimate(i).interval
        reference.expect(interval.lower, expected["ci95_t_Gm1"]["lower"][coefficient], "lower")
        reference.expect(interval.upper, expected["ci95_t_Gm1"]["upper"][coefficient], "upper")
      }
    }
    let both = results["cluster_twoway"]
    try check(
      reference, model.estimates(.clustered(.cr1), clusters: [firm, year]), results["coef"], both["se_HC1_cadjust"],
      "both ways")
    try check(
      reference, model.estimates(.clustered(.cr1WhiteIntersection), clusters: [firm, year]), results["coef"],
      both["se_multi0"], "both ways, intersection as White")
  }

  @Test func publicSchoolsWithOneRowOfGreatLeverage() throws {
    let reference = try ReferenceCase("R05")
    let table = try reference.table("public_schools").rows(with: "Expenditure")
    let income = table.numbers("Income").map { $0 * 1e-4 }
    let design = try ModelMatrix([("Income", income), ("I(Income^2)", income.map { $0 * $0 })])
    try check(reference, LinearRegression(design, response: table.numbers("Expenditure")))
  }

  @Test func californianSchools() throws {
    let reference = try ReferenceCase("R06")
    let table = try reference.table("ca_schools")
    let (students, teachers) = (table.numbers("students"), table.numbers("teachers"))
    let (reading, mathematics) = (table.numbers("read"), table.numbers("math"))
    let design = try ModelMatrix([
      ("STR", students.indices.map { students[$0] / teachers[$0] }), ("english", table.numbers("english")),
    ])
    let score = reading.indices.map { (reading[$0] + mathematics[$0]) / 2 }
    try check(reference, LinearRegression(design, response: score))
  }

  @Test func longleyToTenDigits() throws {
    let reference = try ReferenceCase("R07")
    let table = try reference.table("nist_longley")
    let design = try ModelMatrix((1...6).map { ("x\($0)", table.numbers("x\($0)")) })
    let model = try LinearRegression(design, response: table.numbers("y"))
    try check(reference, model, robust: false)
    let errors = try model.estimates().standardErrors
    let published = reference.published
    for (i, name) in model.names.enumerated() {
      let (coefficient, error) = (published["coef"][name].number!, published["se"][name].number!)
      #expect(abs(model.coefficients[i] / coefficient - 1) < 1e-10)
      #expect(abs(errors[i]! / error - 1) < 1e-10)
    }
    let fit = try model.fit()
    #expect(abs(fit.residualStandardDeviation / published["sigma"].number! - 1) < 1e-10)
    #expect(abs(fit.rSquared! / published["r2"].number! - 1) < 1e-10)
  }

  /// Computed with fractions of whole numbers. R's sandwich, which multiplies by (XᵀX)⁻¹ from both sides, keeps seven to
  /// nine digits here, so the case's figures are met to 3e-8.
  @Test func robustErrorsOfLongleyToNineDigits() throws {
    let reference = try ReferenceCase("R07")
    let table = try reference.table("nist_longley")
    let design = try ModelMatrix((1...6).map { ("x\($0)", table.numbers("x\($0)")) })
    let model = try LinearRegression(design, response: table.numbers("y"))
    let exact: [(CovarianceConvention, [Double])] = [
      (
        .hc0,
        [
          832211.580580327, 51.2203474456639, 0.0245759975826447, 0.383239110925995, 0.146245001140984,
          0.158208496219924, 428.384375535098,
        ]
      ),
      (
        .hc1,
        [
          1109615.44077377, 68.2937965942186, 0.0327679967768596, 0.51098548123466, 0.194993334854646,
          0.210944661626565, 571.179167380131,
        ]
      ),
      (
        .hc2,
        [
          1202369.51260091, 67.4920821497541, 0.0365340502559947, 0.55333671464879, 0.20522087372014, 0.223236717958041,
          617.592955083765,
        ]
      ),
      (
        .hc3,
        [
          1799477.23066182, 91.1193866011393, 0.0556239883883936, 0.82213350201658, 0.298789257590542,
          0.324905821136017, 922.807841715404,
        ]
      ),
      (
        .hc4,
        [
          1367754.61515922, 69.6445945154683, 0.0420250288798905, 0.622095998399958, 0.227487399144966,
          0.246536858203857, 701.647442538301,
        ]
      ),
    ]
    for (convention, errors) in exact {
      let found = try model.estimates(convention)
      let expected = reference.results["se_HC" + convention.words.english.dropFirst(2).prefix(1)]
      for i in errors.indices {
        #expect(abs(found.standardErrors[i]! / errors[i] - 1) < 1e-9, "\(convention)")
        #expect(abs(found.standardErrors[i]! / expected[model.names[i]].number! - 1) < 3e-8, "\(convention)")
      }
    }
  }

  @Test func wamplerToSevenDigits() throws {
    let table = try ReferenceCase("R08").table("nist_wampler1")
    let x = table.numbers("x")
    let design = try ModelMatrix((1...5).map { power in ("x\(power)", x.map { pow($0, Double(power)) }) })
    let model = try LinearRegression(design, response: table.numbers("y1"))
    for coefficient in model.coefficients { #expect(abs(coefficient - 1) < 1e-7) }
    for error in try model.estimates().standardErrors { #expect(error! < 1e-7) }
    #expect(try model.fit().residualStandardDeviation < 1e-7)
  }

  @Test func columnThatDependsOnOthersIsNamed() throws {
    let reference = try ReferenceCase("R14")
    let table = try reference.table("lalonde")
    let age = table.numbers("age")
    let design = try ModelMatrix([("treat", table.numbers("treat")), ("age", age), ("a2", age.map { 2 * $0 + 1 })])
    let model = try LinearRegression(design, response: table.numbers("re78"))
    #expect(model.aliased == ["a2"])
    #expect(model["a2"] == nil)
    reference.expect(Double(model.rank), reference.results["rank"], "rank")
    reference.expect(model.residualSumOfSquares, reference.results["rss"], "rss")
    try check(reference, model.estimates(), reference.results["coef"], reference.results["se"], "classical")
  }

  @Test func wagesClusteredByPerson() throws {
    let reference = try ReferenceCase("R15")
    let table = try reference.table("wagepan")
    let names = ["educ", "black", "hisp", "exper", "expersq", "married", "union"]
    let design = try ModelMatrix(names.map { ($0, table.numbers($0)) })
    let model = try LinearRegression(design, response: table.numbers("lwage"))
    try check(reference, model)
    let results = reference.results
    let clusters = Clusters(labels: table.wholeNumbers("nr"))
    let conventions: [(String, ClusterConvention)] = [
      ("se_CR0_no_adjust", .cr0), ("se_CR0_G_over_Gm1", .cr1Likelihood), ("se_CR1_stata", .cr1),
    ]
    for (errors, convention) in conventions {
      let estimates = try model.estimates(.clustered(convention), clusters: [clusters])
      try check(reference, estimates, results["coef"], results["cluster"][errors], "\(convention)")
    }
    let cr2 = try model.estimates(.clustered(.cr2), clusters: [clusters])
    try check(reference, cr2, results["coef"], results["cr2"]["se_CR2"], "CR2")
    for (i, name) in model.names.enumerated() {
      reference.expect(cr2.degreesOfFreedom[i], results["cr2"]["df_satterthwaite"][name], "\(name) degrees")
      reference.expect(cr2.pValue(i), results["cr2"]["p_satterthwaite"][name], "\(name) p")
    }
  }
}
