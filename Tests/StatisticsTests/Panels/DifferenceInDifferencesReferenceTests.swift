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

@Suite("A regression with a product agrees with lm", .enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct DifferenceRegressionReferenceTests {
  @Test("House prices near an incinerator, three sets of covariates (D07)")
  func incinerator() throws {
    let reference = try ReferenceCase("D07")
    let table = try reference.table("kielmc")
    func truths(_ name: String) -> [Bool] { table.wholeNumbers(name).map { $0 == 1 } }
    let sets = [
      "basic": [], "with_age": ["age", "agesq"],
      "full": ["age", "agesq", "intst", "land", "area", "rooms", "baths"],
    ]
    for (name, columns) in sets {
      let found = try DifferenceRegression(
        outcome: table.numbers("rprice"), isAfter: truths("y81"), treated: truths("nearinc"),
        covariates: columns.isEmpty
          ? nil : ModelMatrix(intercept: false, columns.map { ($0, table.numbers($0)) }),
        names: ("y81", "nearinc"))
      let expected = reference.results[name]
      let classical = try found.fit.estimates(.classical)
      let robust = try found.fit.estimates(.hc1)
      #expect(Set(classical.names) == Set(expected["coef"].names))
      for (position, column) in classical.names.enumerated() {
        reference.expect(classical.values[position], expected["coef"][column], "\(name) \(column)")
        reference.expect(classical.standardErrors[position], expected["se"][column], "\(name) \(column) error")
        reference.expect(robust.standardErrors[position], expected["se_HC1"][column], "\(name) \(column) robust error")
      }
      reference.expect(try found.fit.fit().rSquared, expected["r2"], "\(name) R²")
      #expect(try found.effect().value == robust.values[robust.position("y81:nearinc")!])
    }
    let cells = try DifferenceInDifferences(
      outcome: table.numbers("rprice"), isAfter: truths("y81"), treated: truths("nearinc")
    ).means
    let expected = reference.results["cell_means"]
    reference.expect(cells.othersBefore, expected["y81=0,near=0"], "far, before")
    reference.expect(cells.treatedBefore, expected["y81=0,near=1"], "near, before")
    reference.expect(cells.othersAfter, expected["y81=1,near=0"], "far, after")
    reference.expect(cells.treatedAfter, expected["y81=1,near=1"], "near, after")
  }
}
