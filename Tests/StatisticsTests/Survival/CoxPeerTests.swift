import NumericalMethods
import Statistics
import Testing

/// Random data with delayed entry, ties, strata, weights, clusters and an offset, all at once, against R.
@Suite struct CoxPeerTests {
  private let design: ModelMatrix
  private let stratum = Clusters(labels: CoxPeer.s)
  private let event = CoxPeer.status.map { $0 == 1 ? 1 : 0 }

  init() throws {
    design = try ModelMatrix(
      intercept: false, [(name: "x1", values: CoxPeer.x1), (name: "x2", values: CoxPeer.x2)])
  }

  /// `coxph(Surv(entry, exit, e) ~ x1 + x2 + strata(s) + offset(off), weights = w)` with `cluster = g`, and
  /// `residuals` and `cox.zph` of the model without clusters.
  @Test(arguments: [CoxTies.efron, .breslow]) func everyOptionTogetherAgreesWithThePeer(_ ties: CoxTies) throws {
    let clustered = try model(ties, cluster: CoxPeer.g)
    let plain = try model(ties, cluster: nil)
    let isEfron = ties == .efron
    expect(plain.coefficients, CoxPeer.coefficients)
    expect(plain.modelCovariance.elements, CoxPeer.naive)
    expect(
      try clustered.estimates().covariance.elements, CoxPeer.clustered)
    expect(try plain.estimates().covariance.elements, CoxPeer.robust)
    expect(
      [plain.initialLogLikelihood, plain.logLikelihood],
      isEfron ? CoxPeer.efronLogLikelihoods : CoxPeer.breslowLogLikelihoods)
    expect(plain.martingaleResiduals, CoxPeer.martingale)
    expect(plain.devianceResiduals, CoxPeer.deviance)
    expect(try plain.scoreResiduals().elements, CoxPeer.score)
    expect(try plain.dfbeta().elements, CoxPeer.dfbeta)
    let schoenfeld = plain.schoenfeldResiduals
    expect(schoenfeld.values.elements, CoxPeer.schoenfeld)
    expect(schoenfeld.scaled.elements, CoxPeer.scaledSchoenfeld)
    let tests = try [TimeScale.kaplanMeier, .rank, .identity, .log].flatMap { scale in
      let test = try ProportionalHazardsTest(plain, scale: scale)
      return test.terms.map(\.test.statistic) + [test.global.statistic]
    }
    expect(tests, CoxPeer.proportionality)
    let concordance = try clustered.concordance().estimate
    expect(
      [concordance.value, concordance.standardError!, try plain.concordance().estimate.standardError!],
      CoxPeer.concordance)
  }

  /// `survfit(fit, newdata)`: hazards' errors, and limits on the log scale.
  @Test func predictedCurvesAgreeWithThePeer() throws {
    let followUp = try FollowUp(entry: CoxPeer.entry, exit: CoxPeer.exit, cause: event, weight: CoxPeer.w)
    let model = try CoxModel(design, followUp, offset: CoxPeer.off)
    let patterns = try ModelMatrix(intercept: false, [(name: "x1", values: [0.5, -1]), (name: "x2", values: [1, 0])])
    let curves = try model.curves(patterns, offset: [0, 0.5]).map { $0[0] }
    expect(curves[0].times, CoxPeer.curveTimes)
    expect(curves.flatMap(\.survival), CoxPeer.curveSurvival)
    expect(curves.flatMap(\.cumulativeHazardErrors), CoxPeer.curveHazardErrors)
    expect(curves.flatMap(\.intervals).map { $0.lower! }, CoxPeer.curveLower)
    expect(curves.flatMap(\.intervals).map { $0.upper! }, CoxPeer.curveUpper)
  }

  /// `ties = "exact"` with strata; and the robust score test of `cluster = g`.
  @Test func exactTiesAndRobustScoresAgreeWithThePeer() throws {
    let exact = try CoxModel(
      design, FollowUp(exit: CoxPeer.exit, cause: event), stratum: stratum, ties: .exact)
    expect(
      exact.coefficients + exact.modelCovariance.elements
        + [exact.initialLogLikelihood, exact.logLikelihood, exact.scoreTest.statistic], CoxPeer.exact)
    let clustered = try CoxModel(design, FollowUp(exit: CoxPeer.exit, cause: event, cluster: CoxPeer.g))
    expect([try clustered.robustScoreTest().statistic], CoxPeer.robustScore)
  }

  /// `crr(exit, status, x)` and `predict`.
  @Test func subdistributionsAgreeWithCmprsk() throws {
    let followUp = try FollowUp(exit: CoxPeer.exit, cause: CoxPeer.status, causes: 2)
    let model = try FineGrayModel(design, followUp)
    expect(model.coefficients, CoxPeer.crrCoefficients)
    expect(model.estimates().covariance.elements, CoxPeer.crrVariance)
    expect(model.modelCovariance.elements, CoxPeer.crrInverse)
    expect([model.initialLogLikelihood, model.logLikelihood], CoxPeer.crrLogLikelihoods)
    let patterns = try ModelMatrix(intercept: false, [(name: "x1", values: [0.5, -1]), (name: "x2", values: [1, 0])])
    expect(model.incidence(patterns).flatMap { $0 }, CoxPeer.crrIncidence)
  }

  /// `coxph(Surv(fgstart, fgstop, fgstatus) ~ x1 + x2, finegray(…, weights = w), weights = fgwt, cluster = id)`.
  @Test func subdistributionsAgreeWithSurvival() throws {
    let followUp = try FollowUp(exit: CoxPeer.exit, cause: CoxPeer.status, causes: 2, weight: CoxPeer.w)
    let model = try FineGrayModel(design, followUp, convention: .finegray)
    expect(model.coefficients, CoxPeer.finegrayCoefficients)
    expect(model.estimates().covariance.elements, CoxPeer.finegrayVariance)
    expect(model.modelCovariance.elements, CoxPeer.finegrayNaive)
    expect([model.initialLogLikelihood, model.logLikelihood], CoxPeer.finegrayLogLikelihoods)
  }

  private func model(_ ties: CoxTies, cluster: [Int]?) throws -> CoxModel {
    let followUp = try FollowUp(
      entry: CoxPeer.entry, exit: CoxPeer.exit, cause: event, weight: CoxPeer.w, cluster: cluster)
    return try CoxModel(design, followUp, stratum: stratum, offset: CoxPeer.off, ties: ties)
  }

  private func expect(_ found: [Double], _ peer: [Double], location: SourceLocation = #_sourceLocation) {
    #expect(found.count == peer.count, sourceLocation: location)
    for (found, peer) in zip(found, peer) {
      #expect(abs(found - peer) <= 1e-8 + 1e-8 * abs(peer), "\(found) for \(peer)", sourceLocation: location)
    }
  }
}
