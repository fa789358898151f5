import Foundation
import NumericalMethods
import Primitives
import Statistics
import Testing

/// Figures of mice 3.15 and mitml on five completed sets made by a formula.
@Suite("Rubin's rules agree with mice")
struct PooledEstimatesTests {
  private let data = WaveData()

  private func designs() throws -> [ModelMatrix] {
    try (1...5).map { j in
      let x = (0..<120).map { (i: Int) -> Double in
        i % 4 == 0 ? Double((37 * i + 17 * j) % 101) / 50 - 1 : data.x[i]
      }
      return try ModelMatrix(
        rowCount: 120, terms: [.intercept, .numeric("x", x), .numeric("z", data.z), data.factor])
    }
  }

  /// Least squares by its triangle, so that this suite rests on nothing else.
  private func leastSquares(_ design: ModelMatrix, _ y: [Double]) -> CoefficientEstimates {
    let triangle = design.triangular(response: y)
    let factor = PivotedQR(triangle.r)
    let degrees = Double(design.rowCount - design.columnCount)
    return CoefficientEstimates(
      names: design.names, values: factor.solve(triangle.qty),
      covariance: (triangle.residualSumOfSquares / degrees) * factor.crossProductInverse, degreesOfFreedom: degrees,
      convention: LocalizedText("classical"), observations: design.rowCount)
  }

  @Test("Linear regression: variances, degrees of freedom, missing information and D1 with Reiter's degrees")
  func linear() throws {
    let y = (0..<120).map { (i: Int) -> Double in
      let u = Double((53 * i) % 97) / 97
      return u + 0.5 * data.x[i] - 0.1 * data.z[i]
    }
    let pooled = try PooledEstimates(designs().map { leastSquares($0, y) })
    let estimates = pooled.estimates
    #expect(
      isClose(
        estimates.values,
        [0.48999601903675033, 0.38355111642555911, -0.09360516980857807, -0.01592836749745101, -0.00881995025661682]))
    #expect(
      isClose(
        pooled.within.diagonal,
        [0.003564156881570348, 0.003545635906454294, 0.000294067762430508, 0.007127433022951626, 0.007169088069128234]))
    #expect(
      isClose(
        estimates.covariance.diagonal,
        [0.00370196799970067, 0.00526110153300157, 0.00030655481296937, 0.00754833556000186, 0.00756738966404576]))
    #expect(
      isClose(
        estimates.degreesOfFreedom,
        [104.8872092054483, 25.1857311267277, 103.7775763748929, 98.5681560497234, 99.7048274386253]))
    #expect(
      isClose(
        pooled.relativeIncrease,
        [0.0386658395546270, 0.4838245301567863, 0.0424631739149331, 0.0590538747533440, 0.0555581952790766]))
    #expect(
      isClose(
        pooled.shareOfVariance,
        [0.0372264477006451, 0.3260658658242182, 0.0407335002112969, 0.0557609732244243, 0.0526339481115844]))
    #expect(
      isClose(
        pooled.fractionMissing,
        [0.0550742270507617, 0.3738868097724638, 0.0587010647947211, 0.0743541832126674, 0.0710822737748459]))
    let test = try pooled.wald(zero: [1, 2, 3, 4])
    #expect(
      isClose(
        [test.f, test.denominator, test.relativeIncrease], [15.5805447998409, 90.2677300846699, 0.162120374155949]))
    #expect(abs(test.pValue / 9.96192902667066e-10 - 1) < 1e-6)
  }

  @Test("Logistic regression, tested by the normal distribution")
  func logistic() throws {
    let fits = try designs().map {
      try GeneralisedLinearModel($0, response: data.y, family: .binomial, convergence: .complete).estimates()
    }
    let pooled = try PooledEstimates(fits)
    #expect(isClose([pooled.estimates.degreesOfFreedom[1]], [40.4405135751243]))
    #expect(
      isClose(
        pooled.estimates.values,
        [-0.322537706298134, 0.281496873351075, 0.164427010643557, -0.435091222076154, 0.146458537167946]))
    #expect(
      isClose(
        pooled.estimates.covariance.diagonal,
        [0.10661615814887838, 0.15937979462463603, 0.00922840408616043, 0.22422882227379892, 0.21268897096504813]))
    #expect(isClose([pooled.fractionMissing[1]], [0.34606110135971302], within: 1e-6))
    let all = try pooled.wald(zero: [0, 1, 2, 3, 4])
    #expect(
      isClose(
        [all.f, all.denominator, all.relativeIncrease], [1.64848376564978, 1845.70035545973, 0.0925092284705537],
        within: 1e-6))
    let two = try pooled.wald(zero: [3, 4])
    #expect(isClose([two.f], [0.803772994754885], within: 1e-7))
    #expect(isClose([two.denominator], [718931.007903355], within: 1e-4))
  }

  @Test("Chi-square statistics join to D2")
  func chiSquares() throws {
    let test = try PooledEstimates.pool(chiSquares: [3.2, 4.1, 2.8, 5.5, 3.9], degreesOfFreedom: 2)
    #expect(
      isClose(
        [test.f, test.denominator, test.relativeIncrease], [1.6965666968720567, 489.0494964426871, 0.0792829704995475]))
  }

  @Test("Sets that do not differ add no variance")
  func equal() throws {
    let fit = leastSquares(try data.design(), data.counts)
    let pooled = try PooledEstimates([fit, fit, fit])
    #expect(isClose(pooled.estimates.covariance.elements, fit.covariance.elements, within: 1e-12))
    #expect(pooled.relativeIncrease.allSatisfy { abs($0) < 1e-12 })
  }

  @Test("One fit, or fits of different columns, cannot be joined")
  func refused() throws {
    let fit = leastSquares(try data.design(), data.counts)
    let other = leastSquares(try ModelMatrix([("x", data.x)]), data.counts)
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) { try PooledEstimates([fit]) }
    #expect(throws: StatisticsError.self) { try PooledEstimates([fit, other]) }
  }

  @Test("The joint test is refused where Reiter's degrees of freedom are not defined, instead of having none")
  func fewCompleteDegrees() throws {
    let fits = (0..<6).map { j in
      CoefficientEstimates(
        names: ["a", "b"], values: [1 + 0.3 * Double(j), 2 - 0.4 * Double(j * j % 5)],
        covariance: .diagonal([0.2, 0.3]), degreesOfFreedom: 5, convention: LocalizedText("made up"), observations: 7)
    }
    #expect(throws: StatisticsError.self) { try PooledEstimates(fits).wald(zero: [0, 1]) }
    let plenty = try PooledEstimates(fits, completeDegreesOfFreedom: 500).wald(zero: [0, 1])
    #expect(plenty.denominator > 4 && plenty.pValue.isFinite)
  }
}
