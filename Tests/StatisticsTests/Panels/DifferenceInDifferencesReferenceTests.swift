import Statistics
import TestSupport
import Testing

@Suite("Two groups and two periods agree with DRDID", .enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct DifferenceInDifferencesReferenceTests {
  @Test("Repeated cross-sections by every method (D11)")
  func repeatedCrossSections() throws {
    let reference = try ReferenceCase("D11")
    let table = try reference.table("sim_rc")
    let covariates = try ModelMatrix(
      intercept: false, (1...4).map { ("x\($0)", table.numbers("x\($0)")) })
    func check(_ name: String, _ method: ComparisonMethod, _ covariates: ModelMatrix?, efficient: Bool = true) throws {
      let found = try DifferenceInDifferences(
        outcome: table.numbers("y"), isAfter: table.wholeNumbers("post").map { $0 == 1 },
        treated: table.wholeNumbers("d").map { $0 == 1 }, covariates: covariates,
        settings: .init(method: method, locallyEfficient: efficient, criticalValue: 1.96))
      let expected = reference.results[name]
      reference.expect(found.effect.value, expected["att"], "\(name) att")
      reference.expect(found.effect.standardError, expected["se"], "\(name) se")
      reference.expect(found.effect.interval.lower, expected["lci"], "\(name) lower")
      reference.expect(found.effect.interval.upper, expected["uci"], "\(name) upper")
    }
    try check("drdid_rc", .doublyRobust, covariates)
    try check("drdid_imp_rc", .improvedDoublyRobust, covariates)
    try check("reg", .regression, covariates)
    try check("std_ipw", .weighting, covariates)
    try check("ipw", .unnormalisedWeighting, covariates)
    try check("nocov", .regression, nil)
    try check("nocov", .doublyRobust, nil)
  }
}
