import Statistics
import TestSupport
import Testing

@Suite("Group-time effects agree with did", .enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct GroupTimeReferenceTests {
  private func check(_ id: String, _ settings: GroupTimeEffects.Settings, covariate: Bool) throws {
    let reference = try ReferenceCase(id)
    let table = try reference.table("mpdta")
    let found = try GroupTimeEffects(
      unit: table.wholeNumbers("countyreal"), period: table.wholeNumbers("year"),
      firstTreated: table.wholeNumbers("first.treat"), outcome: table.numbers("lemp"),
      covariates: covariate ? ModelMatrix(intercept: false, [("lpop", table.numbers("lpop"))]) : nil,
      settings: settings)
    let expected = reference.results["gt"]
    reference.expect(found.effects.map { Double($0.group) }, expected["group"], "group")
    reference.expect(found.effects.map { Double($0.period) }, expected["time"], "time")
    reference.expect(found.effects.map(\.effect), expected["att"], "att")
    reference.expect(found.effects.map(\.standardError), expected["se"], "se")
    reference.expect(Double(found.sample.units), expected["n"], "units")
    reference.expect(found.preTest?.statistic, expected["wald_pretest"]["stat"], "Wald statistic")
    // did rounds this p-value to five decimals.
    let p = found.preTest.map { ($0.pValue * 1e5).rounded() / 1e5 }
    reference.expect(p, expected["wald_pretest"]["p"], "Wald probability")
    for kind in GroupTimeEffects.Aggregation.allCases {
      let aggregate = try found.aggregated(kind)
      let expected = reference.results[kind.rawValue]
      reference.expect(aggregate.overall?.effect, expected["overall_att"], "\(kind) overall")
      reference.expect(aggregate.overall?.standardError, expected["overall_se"], "\(kind) overall error")
      guard kind != .simple else { continue }
      reference.expect(aggregate.parts.map { Double($0.position) }, expected["egt"], "\(kind) positions")
      reference.expect(aggregate.parts.map(\.effect), expected["att"], "\(kind) effects")
      reference.expect(aggregate.parts.map(\.standardError), expected["se"], "\(kind) errors")
    }
  }

  @Test("Minimum wages, never treated, without covariates (D01)")
  func neverTreated() throws { try check("D01", .init(), covariate: false) }

  @Test("Minimum wages, not yet treated (D02)")
  func notYetTreated() throws { try check("D02", .init(comparison: .notYetTreated), covariate: false) }

  @Test("Minimum wages, doubly robust with population (D03)")
  func doublyRobust() throws { try check("D03", .init(), covariate: true) }

  @Test("Minimum wages, weighted by population (D04)")
  func weighting() throws { try check("D04", .init(method: .weighting), covariate: true) }

  @Test("Minimum wages, regression on population (D05)")
  func regression() throws { try check("D05", .init(method: .regression), covariate: true) }

  @Test("Minimum wages, universal base period (D06)")
  func universalBase() throws { try check("D06", .init(basePeriod: .universal), covariate: false) }
}
