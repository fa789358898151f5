import NumericalMethods
import Statistics
import Testing

private typealias Peer = RobustErrorsPeer

/// Every convention on forty invented rows, plain and weighted, against R.
struct RobustErrorsPeerTests {
  private let first = Clusters(labels: Peer.first)
  private let second = Clusters(labels: Peer.second)

  private func model(weighted: Bool) throws -> LinearRegression {
    let design = try ModelMatrix([("x", Peer.x), ("z", Peer.z), ("d", Peer.d)])
    return try LinearRegression(design, response: Peer.y, weights: weighted ? Peer.w : nil)
  }

  private func expect(
    _ found: [Double?], _ expected: [Double], relative: Double = 1e-9, location: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (found, expected) in zip(found, expected) {
      #expect(found != nil, sourceLocation: location)
      guard let found else { continue }
      #expect(abs(found - expected) <= relative * abs(expected), "\(found) for \(expected)", sourceLocation: location)
    }
  }

  @Test func heteroskedasticErrorsAgree() throws {
    let plain = try model(weighted: false)
    let weighted = try model(weighted: true)
    expect(plain.coefficients, Peer.coefficientsPlain)
    expect(weighted.coefficients, Peer.coefficientsWeighted)
    let cases: [(CovarianceConvention, [Double], [Double])] = [
      (.hc0, Peer.hc0Plain, Peer.hc0Weighted), (.hc1, Peer.hc1Plain, Peer.hc1Weighted),
      (.hc2, Peer.hc2Plain, Peer.hc2Weighted), (.hc3, Peer.hc3Plain, Peer.hc3Weighted),
      (.hc4, Peer.hc4Plain, Peer.hc4Weighted),
    ]
    for (convention, ofPlain, ofWeighted) in cases {
      expect(try plain.estimates(convention).standardErrors, ofPlain)
      expect(try weighted.estimates(convention).standardErrors, ofWeighted)
    }
  }

  @Test func clusteredErrorsAgreeWithSandwich() throws {
    let plain = try model(weighted: false)
    let weighted = try model(weighted: true)
    let cases: [(ClusterConvention, [Double], [Double], [Double], [Double])] = [
      (.cr1Likelihood, Peer.firmHC0Plain, Peer.twoWayHC0Plain, Peer.firmHC0Weighted, Peer.twoWayHC0Weighted),
      (.cr1, Peer.firmHC1Plain, Peer.twoWayHC1Plain, Peer.firmHC1Weighted, Peer.twoWayHC1Weighted),
    ]
    for (convention, firm, both, firmWeighted, bothWeighted) in cases {
      let kind = CovarianceConvention.clustered(convention)
      expect(try plain.estimates(kind, clusters: [first]).standardErrors, firm)
      expect(try plain.estimates(kind, clusters: [first, second]).covariance.diagonal, both)
      expect(try weighted.estimates(kind, clusters: [first]).standardErrors, firmWeighted)
      expect(try weighted.estimates(kind, clusters: [second, first]).covariance.diagonal, bothWeighted)
    }
    let white = CovarianceConvention.clustered(.cr1WhiteIntersection)
    expect(try plain.estimates(white, clusters: [first, second]).covariance.diagonal, Peer.multi0HC1Plain)
    expect(try weighted.estimates(white, clusters: [first, second]).covariance.diagonal, Peer.multi0HC1Weighted)
    for (convention, firm, both) in [
      (ClusterConvention.cr2, Peer.firmHC2Plain, Peer.twoWayHC2Plain), (.cr3, Peer.firmHC3Plain, Peer.twoWayHC3Plain),
    ] {
      expect(try plain.estimates(.clustered(convention), clusters: [first]).standardErrors, firm)
      expect(try plain.estimates(.clustered(convention), clusters: [first, second]).covariance.diagonal, both)
    }
  }

  @Test func clusteredErrorsAndDegreesAgreeWithClubSandwich() throws {
    let plain = try model(weighted: false)
    let weighted = try model(weighted: true)
    let cases: [(ClusterConvention, [Double], [Double], [Double], [Double])] = [
      (.cr0, Peer.cr0Plain, Peer.cr0DegreesPlain, Peer.cr0Weighted, Peer.cr0DegreesWeighted),
      (.cr1Likelihood, Peer.cr1Plain, Peer.cr1DegreesPlain, Peer.cr1Weighted, Peer.cr1DegreesWeighted),
      (.cr1p, Peer.cr1pPlain, Peer.cr1pDegreesPlain, Peer.cr1pWeighted, Peer.cr1pDegreesWeighted),
      (.cr1, Peer.cr1sPlain, Peer.cr1sDegreesPlain, Peer.cr1sWeighted, Peer.cr1sDegreesWeighted),
      (.cr2, Peer.cr2Plain, Peer.cr2DegreesPlain, Peer.cr2Weighted, Peer.cr2DegreesWeighted),
      (.cr3, Peer.cr3Plain, Peer.cr3DegreesPlain, Peer.cr3Weighted, Peer.cr3DegreesWeighted),
    ]
    for (convention, errors, degrees, errorsWeighted, degreesWeighted) in cases {
      let kind = CovarianceConvention.clustered(convention)
      let found = try plain.estimates(kind, clusters: [first], degreesOfFreedom: .satterthwaite)
      expect(found.standardErrors, errors)
      expect(found.degreesOfFreedom, degrees)
      let foundWeighted = try weighted.estimates(kind, clusters: [first], degreesOfFreedom: .satterthwaite)
      expect(foundWeighted.standardErrors, errorsWeighted)
      expect(foundWeighted.degreesOfFreedom, degreesWeighted)
    }
  }

  @Test func hotellingTestsAndContrastsAgreeWithClubSandwich() throws {
    let two = Matrix([[0, 1, 0, 0], [0, 0, 1, 0]])
    let three = Matrix([[0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, -1]])
    for (weighted, l, expected) in [
      (false, two, Peer.hotellingPlain), (false, three, Peer.hotellingOfThreePlain),
      (true, two, Peer.hotellingWeighted), (true, three, Peer.hotellingOfThreeWeighted),
    ] {
      let test = try model(weighted: weighted).hotellingTest(l, clusters: first)
      expect([test.f, Double(test.contrasts), test.denominatorDegreesOfFreedom, test.pValue], expected)
    }
    let contrast = try model(weighted: false).linearCombination([0, 1, 1, -0.5], .clustered(.cr2), clusters: [first])
    let interval = try contrast.estimate(0).interval
    expect(
      [
        contrast.values[0], contrast.standardErrors[0], contrast.degreesOfFreedom[0], interval.lower, interval.upper,
        contrast.pValue(0),
      ], Peer.contrastPlain)
  }

  @Test func predictionsInfluenceAndFitAgree() throws {
    let rows = try ModelMatrix([("x", [1, 3.5]), ("z", [0, 2]), ("d", [0, 1])])
    for weighted in [false, true] {
      let model = try model(weighted: weighted)
      let found = try model.predictions(for: rows, level: 0.9)
      let lists: [[Double?]] = [
        found.map(\.value), found.map(\.standardError), found.map(\.ofMean.lower), found.map(\.ofMean.upper),
        found.map(\.ofObservation.lower), found.map(\.ofObservation.upper),
      ]
      expect(lists.flatMap { $0 }, weighted ? Peer.predictionWeighted : Peer.predictionPlain)
      let influence = try model.influence()
      let at = { (values: [Double?]) in [0, 11, 39].map { values[$0] } }
      expect(at(influence.leverages), weighted ? Peer.leveragesWeighted : Peer.leveragesPlain)
      expect(at(influence.standardisedResiduals), weighted ? Peer.standardisedWeighted : Peer.standardisedPlain)
      expect(at(influence.studentisedResiduals), weighted ? Peer.studentisedWeighted : Peer.studentisedPlain)
      expect(at(influence.cooksDistances), weighted ? Peer.cookWeighted : Peer.cookPlain)
      expect(at(influence.shiftsOfFit), weighted ? Peer.shiftWeighted : Peer.shiftPlain)
      let fit = try model.fit()
      expect(
        [
          fit.residualStandardDeviation, fit.rSquared, fit.adjustedRSquared, fit.f?.f, fit.logLikelihood, fit.aic,
          fit.bic,
        ], weighted ? Peer.fitWeighted : Peer.fitPlain)
    }
  }

  @Test func regressionWithoutInterceptWithOffsetAgrees() throws {
    let design = try ModelMatrix(intercept: false, [("x", Peer.x), ("d", Peer.d)])
    let model = try LinearRegression(design, response: Peer.y, offset: Peer.z.map { $0 / 2 })
    let fit = try model.fit()
    let errors = try model.estimates().standardErrors
    let measures: [Double?] = [fit.residualStandardDeviation, fit.logLikelihood]
    expect(model.coefficients.map { $0 } + errors + measures, Peer.noIntercept)
    // R 4.2 counts the offset as explained; here it is taken out, so that explained and left over add up.
    var (explained, total) = (0.0, 0.0)
    for i in Peer.rows {
      let line = model.coefficients[0] * Peer.x[i] + model.coefficients[1] * Peer.d[i]
      let target = Peer.y[i] - Peer.z[i] / 2
      explained += line * line
      total += target * target
    }
    #expect(abs(fit.rSquared! - explained / total) < 1e-12)
  }

  @Test func rowsOfWeightZeroDoNotCount() throws {
    var weights = Peer.w
    weights[2] = 0
    weights[19] = 0
    let design = try ModelMatrix([("x", Peer.x), ("z", Peer.z)])
    let model = try LinearRegression(design, response: Peer.y, weights: weights)
    let fit = try model.fit()
    let errors = try model.estimates().standardErrors
    let measures: [Double?] = [
      fit.residualStandardDeviation, fit.rSquared, fit.adjustedRSquared, fit.f?.f, fit.logLikelihood, fit.bic,
    ]
    expect(model.coefficients.map { $0 } + errors + measures, Peer.zeroWeights)
    // The same as leaving them out, under every convention.
    let rows = Peer.rows.filter { weights[$0] > 0 }
    let without = try LinearRegression(
      design.selecting(rows: rows), response: rows.map { Peer.y[$0] }, weights: rows.map { weights[$0] })
    for convention in [CovarianceConvention.hc1, .hc3, .clustered(.cr1), .clustered(.cr2)] {
      let some = try without.estimates(convention, clusters: [first.selecting(rows: rows)])
      let all = try model.estimates(convention, clusters: [first])
      expect(all.standardErrors, some.standardErrors.map { $0! }, relative: 1e-12)
      expect(all.degreesOfFreedom, some.degreesOfFreedom, relative: 1e-10)
    }
  }

  @Test func neweyAndWestAgree() throws {
    for weighted in [false, true] {
      let model = try model(weighted: weighted)
      let cases: [(NeweyWest, [Double])] = [
        (NeweyWest(lag: 3, adjusts: false), weighted ? Peer.neweyWest3Weighted : Peer.neweyWest3Plain),
        (NeweyWest(lag: 3), weighted ? Peer.neweyWest3AdjustedWeighted : Peer.neweyWest3AdjustedPlain),
        (NeweyWest(adjusts: false), weighted ? Peer.neweyWestAutoWeighted : Peer.neweyWestAutoPlain),
        (
          NeweyWest(prewhitens: true, adjusts: false), weighted ? Peer.neweyWestPreWeighted : Peer.neweyWestPrePlain
        ),
      ]
      for (settings, expected) in cases { expect(try model.estimates(settings).standardErrors, expected) }
      let lags = weighted ? Peer.neweyWestLagsWeighted : Peer.neweyWestLagsPlain
      #expect(try model.scores.covariance(NeweyWest()).lag == Int(lags[0]))
      #expect(try model.scores.covariance(NeweyWest(prewhitens: true)).lag == Int(lags[1]))
    }
  }
}
