import Statistics
import TestSupport
import Testing

@Suite("Two-way fixed effects agree with fixest", .enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct TwoWayReferenceTests {
  private func expect(
    _ reference: ReferenceCase, _ expected: Reference, _ found: CoefficientEstimates,
    naming: (String) -> String = { $0 }
  ) {
    #expect(Set(found.names.map(naming)) == Set(expected["coef"].names))
    for (position, name) in found.names.enumerated() {
      reference.expect(found.values[position], expected["coef"][naming(name)], name)
      reference.expect(found.standardErrors[position], expected["se"][naming(name)], "\(name) error")
    }
  }

  @Test("Castle doctrine laws and homicide (D08)")
  func castle() throws {
    let reference = try ReferenceCase("D08")
    let table = try reference.table("castle")
    let panel = try Panel(unit: table.wholeNumbers("sid"), period: table.wholeNumbers("year"))
    func fit(_ columns: [String], weights: [Double]? = nil) throws -> TwoWayFixedEffects {
      try TwoWayFixedEffects(
        panel, response: table.numbers("l_homicide"),
        regressors: ModelMatrix(intercept: false, columns.map { ($0, table.numbers($0)) }), weights: weights)
    }
    let plain = try fit(["post"])
    let results = reference.results
    expect(reference, results["twfe"], try plain.estimates())
    reference.expect(plain.withinRSquared, results["twfe"]["r2_within"], "within R²")
    expect(reference, results["twfe_hc1"], try plain.estimates(.hc1))
    expect(reference, results["twfe_iid"], try plain.estimates(.classical))
    let weighted = try fit(["post"], weights: table.numbers("popwt"))
    expect(reference, results["twfe_w"], try weighted.estimates())
    reference.expect(weighted.withinRSquared, results["twfe_w"]["r2_within"], "within R², weighted")
    let withCovariates = try fit(["post", "unemployrt", "poverty"])
    expect(reference, results["twfe_cov"], try withCovariates.estimates())
    reference.expect(withCovariates.withinRSquared, results["twfe_cov"]["r2_within"], "within R², covariates")
    let study = try EventStudy(
      panel, outcome: table.numbers("l_homicide"), firstTreated: table["g"]!.map { $0.flatMap(Int.init) ?? 0 })
    expect(reference, results["event_study"], try study.estimates()) {
      $0.replacing("time::", with: "rel::")
    }
    reference.expect(study.fit.withinRSquared, results["event_study"]["r2_within"], "within R², event study")
  }

  @Test("Groups treated in different years by Sun and Abraham (D09)")
  func sunAbraham() throws {
    let reference = try ReferenceCase("D09")
    let table = try reference.table("base_stagg")
    let panel = try Panel(unit: table.wholeNumbers("id"), period: table.wholeNumbers("year"))
    let found = try SunAbraham(
      panel, outcome: table.numbers("y"), firstTreated: table.wholeNumbers("year_treated"),
      covariates: ModelMatrix(intercept: false, [("x1", table.numbers("x1"))]))
    expect(reference, reference.results["event"], try found.estimates()) {
      $0.replacing("time::", with: "year::")
    }
    expect(reference, reference.results["att"], try found.estimates(.overall))
  }

  @Test("One treatment date: effect, event study and test of earlier trends (D10)")
  func oneDate() throws {
    let reference = try ReferenceCase("D10")
    let table = try reference.table("base_did")
    let panel = try Panel(unit: table.wholeNumbers("id"), period: table.wholeNumbers("period"))
    let x = ModelMatrix.Term.numeric("x1", table.numbers("x1"))
    let treated = table.wholeNumbers("treat")
    let post = table.wholeNumbers("post")
    let both = zip(treated, post).map { Double($0 * $1) }
    let fit = try TwoWayFixedEffects(
      panel, response: table.numbers("y"),
      regressors: ModelMatrix(rowCount: both.count, terms: [x, .numeric("treat:post", both)]))
    expect(reference, reference.results["did"], try fit.estimates())
    reference.expect(fit.withinRSquared, reference.results["did"]["r2_within"], "within R²")
    let study = try EventStudy(
      panel, outcome: table.numbers("y"), firstTreated: treated.map { $0 == 1 ? 6 : 0 },
      covariates: ModelMatrix(rowCount: both.count, terms: [x]))
    let estimates = try study.estimates()
    expect(reference, reference.results["event"], estimates) { name in
      guard let time = Int(name.replacing("time::", with: "")) else { return name }
      return "period::\(time + 6):treat"
    }
    let test = try #require(try study.preTrendTest(estimates))
    let expected = reference.results["pretrend_wald"]
    reference.expect(test.f, expected["stat"], "F")
    reference.expect(test.pValue, expected["p"], "p")
    reference.expect(Double(test.degreesOfFreedom), expected["df1"], "numerator")
    reference.expect(test.denominatorDegreesOfFreedom, expected["df2"], "denominator")
  }
}
