import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Input from which nothing, or not everything, can be estimated.
struct LinearRegressionLimitTests {
  private func design(_ x: [Double]) throws -> ModelMatrix { try ModelMatrix([("x", x)]) }

  @Test func emptyShortAndNotFiniteInputIsRefused() throws {
    #expect(throws: StatisticsError.noObservations) { try LinearRegression(design([]), response: []) }
    #expect(throws: StatisticsError.lengthsDiffer(array: "response", expected: 2, found: 1)) {
      try LinearRegression(design([1, 2]), response: [1])
    }
    #expect(throws: StatisticsError.notFinite(array: "response", index: 1)) {
      try LinearRegression(design([1, 2]), response: [1, .infinity])
    }
    #expect(throws: StatisticsError.notFinite(array: "x", index: 0)) { try design([.nan, 2]) }
    #expect(throws: StatisticsError.negativeWeight(index: 1)) {
      try LinearRegression(design([1, 2]), response: [1, 2], weights: [1, -1])
    }
    #expect(throws: StatisticsError.weightsSumToZero) {
      try LinearRegression(design([1, 2]), response: [1, 2], weights: [0, 0])
    }
    #expect(throws: StatisticsError.noColumns) {
      try LinearRegression(ModelMatrix(rowCount: 2, terms: []), response: [1, 2])
    }
  }

  @Test func asManyRowsAsCoefficientsHaveNoErrors() throws {
    let model = try LinearRegression(design([1, 2]), response: [3, 5])
    #expect(isClose(model.coefficients[1], 2))
    #expect(throws: StatisticsError.tooFewObservations(found: 2, needed: 3)) { try model.estimates() }
    #expect(throws: StatisticsError.tooFewObservations(found: 2, needed: 3)) { try model.estimates(.hc0) }
    #expect(throws: StatisticsError.tooFewObservations(found: 2, needed: 3)) { try model.fit() }
    // Fewer rows than columns: the later columns are aliased.
    let wide = try LinearRegression(ModelMatrix([("a", [1, 2]), ("b", [1, 4]), ("c", [3, 9])]), response: [1, 2])
    #expect(wide.rank == 2 && wide.aliased.count == 2)
  }

  @Test func constantAndCollinearColumnsAreNamed() throws {
    let x: [Double] = [1, 2, 3, 4, 5, 6]
    let model = try LinearRegression(
      ModelMatrix([
        ("constant", Array(repeating: 7, count: 6)), ("x", x), ("again", x.map { 3 - $0 }), ("zero", x.map { _ in 0 }),
      ]), response: [1, 3, 2, 5, 4, 6])
    #expect(model.aliased == ["constant", "again", "zero"])
    #expect(try model.estimates().aliased == model.aliased)
    #expect(throws: StatisticsError.collinear(columns: ["zero"])) {
      try LinearRegression(ModelMatrix(intercept: false, [("zero", [0, 0])]), response: [1, 2])
    }
    // Aliased whatever their scale.
    let far = try LinearRegression(
      ModelMatrix([("x", x.map { $0 * 1e12 }), ("again", x.map { $0 * 1e-12 })]), response: [1, 3, 2, 5, 4, 6])
    #expect(far.aliased == ["again"])
  }

  @Test func constantResponseAndExactFitHaveNoRSquaredOrLikelihood() throws {
    let constant = try LinearRegression(design([1, 2, 3, 4]), response: [5, 5, 5, 5]).fit()
    #expect(constant.rSquared == nil && constant.f == nil && constant.logLikelihood == nil)
    let exact = try LinearRegression(design([1, 2, 3, 4]), response: [3, 5, 7, 9])
    let fit = try exact.fit()
    #expect(isClose(fit.rSquared!, 1) && fit.f == nil && fit.aic == nil)
    #expect(try exact.estimates(.hc3).standardErrors.allSatisfy { $0! < 1e-12 })
    let onlyMean = try LinearRegression(ModelMatrix(rowCount: 3, terms: [.intercept]), response: [1, 2, 6]).fit()
    #expect(onlyMean.f == nil && onlyMean.rSquared! < 1e-20)
  }

  @Test func rowsAndClustersOfFullLeverageAreNamed() throws {
    // Row 4 alone has d = 1, so its residual is zero whatever it is.
    let model = try LinearRegression(
      ModelMatrix([("x", [1, 2, 3, 4, 5, 7]), ("d", [0, 0, 0, 0, 1, 0])]), response: [1, 3, 2, 5, 9, 4])
    #expect(throws: StatisticsError.fullLeverage(array: "row", index: 4)) { try model.estimates(.hc3) }
    #expect(throws: StatisticsError.fullLeverage(array: "row", index: 4)) { try model.estimates(.hc2) }
    #expect(try model.estimates(.hc1).standardErrors.allSatisfy { $0!.isFinite })
    #expect(try model.influence().cooksDistances[4] == nil)
    let clusters = Clusters(labels: [1, 1, 2, 2, 3, 3])
    let dummy = try LinearRegression(
      ModelMatrix([("x", [1, 2, 3, 4, 5, 7]), ("d", [0, 0, 0, 0, 1, 1])]), response: [1, 3, 2, 5, 9, 4])
    #expect(throws: StatisticsError.fullLeverage(array: "cluster", index: 2)) {
      try dummy.estimates(.clustered(.cr3), clusters: [clusters])
    }
    // CR2 leaves such directions out, as clubSandwich does.
    #expect(try dummy.estimates(.clustered(.cr2), clusters: [clusters]).standardErrors.allSatisfy { $0!.isFinite })
  }

  @Test func clustersThatAreMissingTooFewOrTooShortAreRefused() throws {
    let model = try LinearRegression(design([1, 2, 3, 4]), response: [1, 3, 2, 5])
    #expect(throws: StatisticsError.tooFewClusters(found: 1, needed: 2)) {
      try model.estimates(.clustered(.cr1), clusters: [Clusters(labels: [7, 7, 7, 7])])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "clusters", expected: 4, found: 2)) {
      try model.estimates(.clustered(.cr1), clusters: [Clusters(labels: [1, 2])])
    }
    #expect(throws: StatisticsError.self) { try model.estimates(.clustered(.cr1)) }
    #expect(throws: StatisticsError.tooFewClusters(found: 2, needed: 3)) {
      try model.estimates(.clustered(.cr1p), clusters: [Clusters(labels: [1, 1, 2, 2])])
    }
    // Two clusters and two coefficients: one slope can be judged, both together cannot.
    let two = try model.estimates(.clustered(.cr1), clusters: [Clusters(labels: [1, 1, 2, 2])])
    #expect(two.degreesOfFreedom == [1, 1])
    #expect(throws: StatisticsError.singularCovariance(method: "the Wald test")) { try two.wald(zero: [0, 1]) }
  }

  @Test func numbersOfAnySizeAreFitted() throws {
    let x: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
    let y: [Double] = [2, 1, 4, 3, 6, 5, 8, 7]
    let expected = try LinearRegression(design(x), response: y)
    for (scaleOfX, scaleOfY) in [(1e12, 1.0), (1, 1e12), (1e-12, 1e12), (1e70, 1e-70)] {
      let model = try LinearRegression(design(x.map { $0 * scaleOfX }), response: y.map { $0 * scaleOfY })
      #expect(isClose(model.coefficients[1] * scaleOfX / scaleOfY, expected.coefficients[1]))
      for convention in [CovarianceConvention.classical, .hc3] {
        #expect(
          isClose(try model.estimates(convention).statistic(1)!, try expected.estimates(convention).statistic(1)!))
      }
    }
    #expect(throws: StatisticsError.self) {
      try LinearRegression(design(x.map { $0 * 1e307 }), response: y).estimates(.hc0)
    }
  }

  @Test func predictionsNeedTheColumnsOfTheDesign() throws {
    let model = try LinearRegression(design([1, 2, 3, 4]), response: [1, 3, 2, 5])
    #expect(throws: StatisticsError.self) { try model.predictions(for: ModelMatrix([("other", [1])])) }
    #expect(throws: StatisticsError.notAProbability(name: "the confidence level")) {
      try model.predictions(for: design([1]), level: 1)
    }
  }

  @Test func lagsOfASeriesLieBelowItsLength() throws {
    let model = try LinearRegression(design([1, 2, 3, 4, 6]), response: [1, 3, 2, 5, 4])
    #expect(throws: StatisticsError.self) { try model.estimates(NeweyWest(lag: 5)) }
    #expect(throws: StatisticsError.self) { try model.estimates(NeweyWest(lag: -1)) }
    #expect(try model.estimates(NeweyWest(lag: 0, adjusts: false)).covariance.isFinite)
  }
}
