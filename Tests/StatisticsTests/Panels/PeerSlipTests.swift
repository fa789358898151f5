import NumericalMethods
import Primitives
import Statistics
import Testing

/// A result that reproduces a slip of a peer says so, and one that does not says nothing.
@Suite struct PeerSlipTests {
  private static let data = PanelPropertyTests.simulated(150, seed: 3)

  private func slips(_ conventions: [LocalizedText]) -> [String] {
    for convention in conventions {
      #expect(convention.dutch != nil && convention.dutch != convention.english)
    }
    return conventions.map(\.english).filter { $0.contains("slip") }
  }

  @Test(arguments: [false, true]) func `different people before and after`(_ exact: Bool) throws {
    let rows = Self.data.period.indices.filter { [2, 4].contains(Self.data.period[$0]) }
    func fit(_ isExact: Bool, covariates: Bool) throws -> DifferenceInDifferences {
      try DifferenceInDifferences(
        outcome: rows.map { Self.data.outcome[$0] }, isAfter: rows.map { Self.data.period[$0] == 4 },
        treated: rows.map { Self.data.group[$0] > 0 },
        covariates: covariates ? ModelMatrix([("x", rows.map { Self.data.covariate[$0] })]) : nil,
        settings: .init(exactInfluence: isExact))
    }
    let found = slips(try fit(exact, covariates: true).conventions)
    #expect(found.count == (exact ? 0 : 1))
    if let sentence = found.first {
      #expect(sentence.contains("DRDID 1.0.6") && sentence.contains("a percent or so"))
      #expect(sentence.contains("exact influence corrects it"))
    }
    // Without covariates there is nothing to correct.
    let (a, b) = (try fit(false, covariates: false), try fit(true, covariates: false))
    #expect(slips(a.conventions).isEmpty)
    #expect(abs(a.effect.standardError! - b.effect.standardError!) < 1e-12)
  }

  private func groupTime(
    _ sampling: GroupTimeEffects.Sampling, exact: Bool, covariates: Bool
  ) throws -> GroupTimeEffects {
    let data = Self.data
    return try GroupTimeEffects(
      unit: sampling == .repeatedCrossSections ? nil : data.unit, period: data.period, firstTreated: data.group,
      outcome: data.outcome, covariates: covariates ? ModelMatrix([("x", data.covariate)]) : nil,
      settings: .init(sampling: sampling, exactInfluence: exact))
  }

  @Test func `effects by group and period`() throws {
    for (sampling, exact, covariates, count) in [
      (GroupTimeEffects.Sampling.repeatedCrossSections, false, true, 1), (.unbalancedPanel, false, true, 1),
      (.repeatedCrossSections, true, true, 0), (.repeatedCrossSections, false, false, 0),
      (.balancedPanel, false, true, 0),
    ] {
      let found = try groupTime(sampling, exact: exact, covariates: covariates)
      #expect(slips(found.conventions).count == count, "\(sampling)")
    }
  }

  @Test func `the overall average over groups`() throws {
    let found = try groupTime(.balancedPanel, exact: false, covariates: false)
    let asPeer = try found.aggregated(.group)
    let exact = try found.aggregated(.group, .init(exactInfluence: true))
    let sentence = try #require(slips(asPeer.conventions).first)
    #expect(sentence.contains("did 2.1.2") && sentence.contains("a few thousandths"))
    #expect(slips(exact.conventions).isEmpty)
    #expect(asPeer.overall?.standardError != exact.overall?.standardError)
    for kind in [GroupTimeEffects.Aggregation.simple, .dynamic, .calendar] {
      #expect(slips(try found.aggregated(kind).conventions).isEmpty)
    }
  }
}
