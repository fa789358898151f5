import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

/// A logit handed over as working residuals and weights, against R 4.2.2 `glm` (converged to 10⁻¹⁴), sandwich 3.0-2 and
/// clubSandwich 0.5.8 on forty invented rows.
struct LikelihoodScoresTests {
  private let rows = Array(0..<40)
  private let clusters = Clusters(labels: RobustErrorsPeer.first)

  private func logit() throws -> (coefficients: [Double], scores: RegressionScores) {
    let x = RobustErrorsPeer.x
    let design = try ModelMatrix([("x", x), ("d", RobustErrorsPeer.d)])
    let y: [Double] = rows.map { Double(($0 * $0 * 7 + 3 * $0) % 17) / 17 + x[$0] / 8 > 0.8 ? 1 : 0 }
    var beta = [0.0, 0, 0]
    var weights = [Double](repeating: 0, count: 40)
    var residuals = weights
    for _ in 0..<30 {
      let line = design.linearPredictor(beta)
      for i in rows {
        let p = 1 / (1 + exp(-line[i]))
        weights[i] = p * (1 - p)
        residuals[i] = (y[i] - p) / weights[i]
      }
      let information = Cholesky(design.crossProducts(weights: weights))!
      let step = information.solve(design.transposedTimes(rows.map { weights[$0] * residuals[$0] }))
      for c in beta.indices { beta[c] += step[c] }
    }
    let scores = RegressionScores(
      matrix: design, residuals: residuals, weights: weights,
      triangle: Cholesky(design.crossProducts(weights: weights))!.lower.transposed, dispersion: 1,
      residualDegreesOfFreedom: .infinity, responseScale: weights)
    return (beta, scores)
  }

  private func expect(
    _ found: [Double?], _ expected: [Double], _ what: String, location: SourceLocation = #_sourceLocation
  ) {
    for (found, expected) in zip(found, expected) {
      #expect(isClose(found!, expected, relative: 1e-9), "\(what): \(found!) for \(expected)", sourceLocation: location)
    }
  }

  @Test func robustErrorsOfALogitAgree() throws {
    let (beta, scores) = try logit()
    expect(beta, [-0.307641743069845, -0.0764741410195723, -0.138771874483643], "coefficients")
    let cases: [(CovarianceConvention, [Double])] = [
      (.hc1, [0.73275510970116, 0.292716075920955, 0.711066658994686]),
      (.hc2, [0.73855171100052, 0.296064987532304, 0.715458383698955]),
      (.hc3, [0.77439389423632, 0.311471245448886, 0.748829258933446]),
      (.clustered(.cr1Likelihood), [0.817788649054724, 0.452955672663464, 0.696961950140729]),
      (.clustered(.cr0), [0.76497123488887, 0.423701234625598, 0.651948207261094]),
      (.clustered(.cr2), [0.864380586818791, 0.470999030685658, 0.725750187463433]),
      (.clustered(.cr3), [0.977956934416602, 0.524013023244227, 0.812333286633566]),
    ]
    for (convention, errors) in cases {
      let found = try scores.estimates(values: beta, convention, clusters: [clusters])
      expect(found.standardErrors, errors, "\(convention)")
    }
  }

  @Test func satterthwaitesDegreesOfALogitAgree() throws {
    let (beta, scores) = try logit()
    let cases: [(ClusterConvention, [Double])] = [
      (.cr0, [3.61896358322531, 4.82392975873609, 4.66858561056962]),
      (.cr2, [3.26376111561218, 4.5218920945474, 4.17483183065795]),
      (.cr3, [2.9330680376969, 4.17471463036524, 3.64990124598911]),
    ]
    for (convention, degrees) in cases {
      let found = try scores.estimates(
        values: beta, .clustered(convention), clusters: [clusters], degreesOfFreedom: .satterthwaite)
      expect(found.degreesOfFreedom, degrees, "\(convention)")
    }
    #expect(
      try scores.estimates(values: beta, .clustered(.cr1), clusters: [clusters]).degreesOfFreedom
        == [.infinity, .infinity, .infinity])
  }
}
