import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

struct LinearRegressionTests {
  private func sample(_ n: Int, seed: UInt64) -> (x: [Double], z: [Double], y: [Double], w: [Double], cluster: [Int]) {
    var random = CounterGenerator(seed: seed, stream: 0)
    let x = (0..<n).map { _ in random.normal() }
    let z = (0..<n).map { _ in random.uniform() }
    let y = x.indices.map { 1 + 2 * x[$0] - z[$0] + random.normal() * (1 + z[$0]) }
    return (x, z, y, x.indices.map { _ in 0.2 + random.uniform() }, x.indices.map { _ in random.index(below: 9) })
  }

  /// Five points worked by hand: x̄ = 3, ȳ = 4, Sxy = 6, Sxx = 10, so the slope is 0.6 and the intercept 2.2;
  /// residuals −0.8, 0.6, 1, −0.6, −0.2 leave 2.4, so σ² = 0.8, the slope's variance 0.08 and the intercept's 0.88.
  @Test func fivePointsByHand() throws {
    let model = try LinearRegression(ModelMatrix([("x", [1, 2, 3, 4, 5])]), response: [2, 4, 5, 4, 5])
    #expect(isClose(model.coefficients[0], 2.2) && isClose(model.coefficients[1], 0.6))
    #expect(isClose(model.residualSumOfSquares, 2.4))
    let classical = try model.estimates()
    #expect(isClose(classical.covariance[1, 1], 0.08) && isClose(classical.covariance[0, 0], 0.88))
    #expect(isClose(classical.covariance[0, 1], -0.24))
    let fit = try model.fit()
    #expect(isClose(fit.rSquared!, 0.6) && isClose(fit.f!.f, 4.5))
    // White's variance of the slope: Σ (x − x̄)² e² / Sxx² = (4·0.64 + 0.36 + 0 + 0.36 + 4·0.04)/100.
    #expect(isClose(try model.estimates(.hc0).covariance[1, 1], 0.0344))
    #expect(isClose(try model.estimates(.hc1).covariance[1, 1], 0.0344 * 5 / 3))
    // Leverages 0.6, 0.3, 0.2, 0.3, 0.6.
    let influence = try model.influence()
    for (found, expected) in zip(influence.leverages, [0.6, 0.3, 0.2, 0.3, 0.6]) { #expect(isClose(found, expected)) }
    let hc2 = 4 * 0.64 / 0.4 + 0.36 / 0.7 + 0.36 / 0.7 + 4 * 0.04 / 0.4
    #expect(isClose(try model.estimates(.hc2).covariance[1, 1], hc2 / 100))
    #expect(isClose(influence.cooksDistances[0]!, 0.64 / 0.8 * 0.6 / (0.16 * 2)))
    // Clusters {1, 2}, {3}, {4, 5}: scores of the slope −2·(−0.8) − 0.6 = 1, 0, −0.6 − 0.4 = −1; Σ = 2 over 100.
    let clusters = Clusters(labels: [1, 1, 2, 3, 3])
    #expect(isClose(try model.estimates(.clustered(.cr0), clusters: [clusters]).covariance[1, 1], 0.02))
    let cr1 = try model.estimates(.clustered(.cr1), clusters: [clusters])
    #expect(isClose(cr1.covariance[1, 1], 0.02 * 3 / 2 * 4 / 3))
    #expect(cr1.degreesOfFreedom == [2, 2])
  }

  /// NIST's Wampler3: a polynomial of degree five plus differences at right angles to it; certified coefficients are 1.
  @Test func wamplersThirdPolynomialHasItsCertifiedErrors() throws {
    let half: [Double] = [759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048]
    let differences = half + [2048] + half.reversed()
    let x = (0..<21).map(Double.init)
    let y = x.indices.map { i in (0..<6).reduce(0) { $0 + pow(x[i], Double($1)) } + differences[i] }
    let design = try ModelMatrix((1...5).map { power in ("x\(power)", x.map { pow($0, Double(power)) }) })
    let model = try LinearRegression(design, response: y)
    let certified = [
      2152.32624678170, 2363.55173469681, 779.343524331583, 101.475507550350, 5.64566512170752, 0.112324854679312,
    ]
    let found = try model.estimates()
    for i in certified.indices {
      #expect(abs(model.coefficients[i] - 1) < 1e-7)
      #expect(abs(found.standardErrors[i]! / certified[i] - 1) < 1e-10)
    }
    #expect(abs(try model.fit().residualStandardDeviation / 2360.14502379268 - 1) < 1e-12)
    #expect(abs(model.residualSumOfSquares / 83_554_268 - 1) < 1e-12)
  }

  @Test func eachResultNamesItsConvention() throws {
    let data = sample(40, seed: 3)
    let model = try LinearRegression(ModelMatrix([("x", data.x)]), response: data.y)
    let robust = try model.estimates(.hc3).convention
    #expect(robust.english == "HC3, squared residuals over (1 − h)²; t with 38 degrees of freedom")
    #expect(robust.dutch == "HC3, kwadraten van residuen gedeeld door (1 − h)²; t met 38 vrijheidsgraden")
    let clusters = Clusters(labels: data.cluster)
    #expect(
      try model.estimates(.clustered(.cr1), clusters: [clusters]).convention.english
        == "CR1, clustered, times G/(G − 1) · (n − 1)/(n − k), each way its own G, 9 clusters; t with 8 degrees of freedom"
    )
  }

  @Test func clustersOfOneRowAreWhites() throws {
    let data = sample(60, seed: 1)
    let model = try LinearRegression(ModelMatrix([("x", data.x), ("z", data.z)]), response: data.y, weights: data.w)
    let each = Clusters(each: 60)
    let pairs: [(CovarianceConvention, ClusterConvention)] = [(.hc0, .cr0), (.hc1, .cr1), (.hc3, .cr3)]
    for (convention, clustered) in pairs {
      let found = try model.estimates(.clustered(clustered), clusters: [each]).covariance
      let expected = try model.estimates(convention).covariance
      for i in 0..<3 { #expect(isClose(found[i, i] / expected[i, i], 1, relative: 1e-10)) }
    }
  }

  @Test func orderScaleAndRepeatedRowsChangeNothing() throws {
    let data = sample(80, seed: 8)
    let clusters = Clusters(labels: data.cluster)
    let model = try LinearRegression(ModelMatrix([("x", data.x), ("z", data.z)]), response: data.y, weights: data.w)
    let order = (0..<80).map { ($0 * 37) % 80 }
    let turned = try LinearRegression(
      ModelMatrix([("x", order.map { data.x[$0] }), ("z", order.map { data.z[$0] })]),
      response: order.map { data.y[$0] }, weights: order.map { data.w[$0] })
    let scaled = try LinearRegression(
      ModelMatrix([("x", data.x.map { $0 * 1e6 }), ("z", data.z.map { $0 * 1e-5 + 3e-5 })]), response: data.y,
      weights: data.w.map { $0 * 1000 })
    let conventions: [(CovarianceConvention, [Clusters])] = [
      (.classical, []), (.hc1, []), (.hc3, []), (.hc4, []), (.clustered(.cr1), [clusters]),
      (.clustered(.cr2), [clusters]), (.clustered(.cr3), [clusters]),
    ]
    for (convention, clusters) in conventions {
      let expected = try model.estimates(convention, clusters: clusters)
      let ofTurned = try turned.estimates(convention, clusters: clusters.map { $0.selecting(rows: order) })
      let ofScaled = try scaled.estimates(convention, clusters: clusters)
      for i in 0..<3 {
        #expect(isClose(ofTurned.values[i], expected.values[i]))
        #expect(isClose(ofTurned.standardErrors[i]!, expected.standardErrors[i]!))
        #expect(isClose(ofTurned.degreesOfFreedom[i], expected.degreesOfFreedom[i]))
      }
      #expect(isClose(ofScaled.values[1] * 1e6, expected.values[1]))
      #expect(isClose(ofScaled.standardErrors[1]! * 1e6, expected.standardErrors[1]!))
      #expect(isClose(ofScaled.statistic(2)!, expected.statistic(2)!, relative: 1e-8))
      #expect(isClose(ofScaled.degreesOfFreedom[1], expected.degreesOfFreedom[1], relative: 1e-8))
    }
  }

  /// A row of weight 3 and the row three times over have the same coefficients, and the same errors when the three are one
  /// cluster.
  @Test func wholeWeightsAreRepeatedRows() throws {
    let data = sample(30, seed: 6)
    let times = (0..<30).map { 1 + $0 % 3 }
    let rows = (0..<30).flatMap { Array(repeating: $0, count: times[$0]) }
    let design = try ModelMatrix([("x", data.x), ("z", data.z)])
    let weighted = try LinearRegression(design, response: data.y, weights: times.map(Double.init))
    let repeated = try LinearRegression(design.selecting(rows: rows), response: rows.map { data.y[$0] })
    let found = try weighted.estimates(.hc0)
    let expected = try repeated.estimates(.clustered(.cr0), clusters: [Clusters(labels: rows)])
    for i in 0..<3 {
      #expect(isClose(found.values[i], expected.values[i]))
      #expect(isClose(found.standardErrors[i]!, expected.standardErrors[i]!))
    }
  }

  @Test func manySmallClustersStreamToTheSameResult() throws {
    // So many clusters and columns that scores are not kept for all at once.
    let n = 20_000
    var random = CounterGenerator(seed: 5, stream: 2)
    let codes = (0..<n).map { _ in Int32(random.index(below: 260)) }
    let terms: [ModelMatrix.Term] = [
      .factor("f", codes: codes, levels: (0..<260).map(String.init), reference: nil),
      .numeric("x", (0..<n).map { _ in random.normal() }),
    ]
    let design = try ModelMatrix(rowCount: n, terms: terms)
    let model = try LinearRegression(design, response: (0..<n).map { _ in random.normal() })
    let clusters = Clusters(labels: (0..<n).map { _ in random.index(below: 17_000) })
    #expect(clusters.count * design.columnCount > 1 << 21)
    let found = try model.estimates(.clustered(.cr0), clusters: [clusters])
    // The dummies' scores are sums of residuals, the slope's by hand.
    var sums = [Double](repeating: 0, count: clusters.count)
    guard case .numeric(_, let x) = terms[1] else { return }
    let means = groupMeans(x, codes, 260)
    for i in 0..<n { sums[Int(clusters.codes[i])] += (x[i] - means[Int(codes[i])]) * model.residuals[i] }
    var spread = 0.0
    for i in 0..<n { spread += (x[i] - means[Int(codes[i])]) * (x[i] - means[Int(codes[i])]) }
    let expected = sums.reduce(0) { $0 + $1 * $1 } / (spread * spread)
    #expect(isClose(found.covariance[260, 260] / expected, 1, relative: 1e-10))
  }

  private func groupMeans(_ x: [Double], _ codes: [Int32], _ count: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    var sizes = sums
    for i in x.indices {
      sums[Int(codes[i])] += x[i]
      sizes[Int(codes[i])] += 1
    }
    return sums.indices.map { sums[$0] / sizes[$0] }
  }

  @Test func oneThreadAndTwoGiveTheSameBits() throws {
    let data = sample(30_000, seed: 2)
    let clusters = Clusters(labels: data.cluster)
    let fit = { () throws -> [Matrix] in
      let model = try LinearRegression(ModelMatrix([("x", data.x), ("z", data.z)]), response: data.y, weights: data.w)
      let conventions: [CovarianceConvention] = [.classical, .hc3, .clustered(.cr1), .clustered(.cr2)]
      return try conventions.map { try model.estimates($0, clusters: [clusters]).covariance }
    }
    #expect(try fit() == WorkSharing.$threads.withValue(1) { try fit() })
  }

  @Test func largeWeightedClustersAreAdjustedAsSmallOnesAre() throws {
    // Clusters above twice the number of columns take the short way; one row split off must change little, and
    // clusters of five rows take the long way. Both are compared with the definition.
    let data = sample(45, seed: 7)
    let clusters = Clusters(labels: (0..<45).map { $0 < 5 ? 0 : $0 < 25 ? 1 : 2 })
    let model = try LinearRegression(ModelMatrix([("x", data.x), ("z", data.z)]), response: data.y, weights: data.w)
    let x = model.design.materialised()
    var wx = x
    for c in 0..<3 { for r in 0..<45 { wx[r, c] *= data.w[r] } }
    let m = Cholesky(x.transposedTimes(wx))!.inverse
    var meat = Matrix(rows: 3, columns: 3)
    for g in 0..<3 {
      let rows = (0..<45).filter { clusters.codes[$0] == Int32(g) }
      let (own, ownW) = (x.selecting(rows: rows), wx.selecting(rows: rows))
      let h = (own * m).timesTransposed(ownW)
      let rest =
        Matrix.identity(rows.count) - h - h.transposed + (wx.crossProduct.sandwiched(by: m)).sandwiched(by: own)
      let a = SymmetricEigen(rest)!.inverseSquareRoot()
      let score = ownW.transposedTimes(a * rows.map { model.residuals[$0] })
      let column = Matrix(rows: 3, columns: 1, elements: score)
      meat += column.timesTransposed(column)
    }
    let expected = meat.sandwiched(by: m)
    let found = try model.estimates(.clustered(.cr2), clusters: [clusters])
    for i in 0..<3 { #expect(isClose(found.covariance[i, i] / expected[i, i], 1, relative: 1e-9)) }
  }
}
