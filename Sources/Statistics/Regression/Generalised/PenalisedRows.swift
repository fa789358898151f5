import COpenBLAS
import Foundation
import NumericalMethods

/// The rows of a logistic regression under Firth's penalty.
struct PenalisedRows {
  let rows: LikelihoodRows

  static let maximumIterations = 200

  /// log L + ½ log det I, its derivative Σ (w(y − μ) + h(½ − μ)) x with leverages h, and I; nil where I is singular.
  func evaluate(_ coefficients: [Double]) -> ProfileCurve.Evaluation? {
    var predictors = [Double](repeating: 0, count: rows.response.count)
    let pass = rows.pass(coefficients, from: predictors, into: &predictors)
    guard pass.information.isFinite, let factor = InformationFactor(pass.information),
      let triangle = Cholesky(pass.information)
    else { return nil }
    let penalty = penaltyScore(predictors, triangle.lower)
    return ProfileCurve.Evaluation(
      logLikelihood: pass.logLikelihood + factor.logDeterminant / 2, score: zip(pass.score, penalty).map { $0 + $1 },
      information: pass.information)
  }

  /// The largest penalised likelihood, from coefficients of zero.
  func maximum() -> (coefficients: [Double], evaluation: ProfileCurve.Evaluation, iterations: Int)? {
    var coefficients = [Double](repeating: 0, count: rows.design.columnCount)
    guard var current = evaluate(coefficients) else { return nil }
    for iteration in 1...Self.maximumIterations {
      guard let factor = InformationFactor(current.information) else { return nil }
      let step = factor.solve(current.score)
      let length = current.information.quadraticForm(step)
      if length < 1e-20 * (1 + current.information.quadraticForm(coefficients)) {
        return (coefficients, current, iteration)
      }
      var size = 1.0
      while true {
        let next = zip(coefficients, step).map { $0 + size * $1 }
        let limit = current.logLikelihood - 1e-10 * (abs(current.logLikelihood) + 1)
        if let found = evaluate(next), found.logLikelihood >= limit {
          (coefficients, current) = (next, found)
          break
        }
        size /= 2
        guard size > 1e-10 else { return nil }
      }
    }
    return nil
  }

  /// Σ h(½ − μ) x, with h the leverage of each row.
  private func penaltyScore(_ predictors: [Double], _ lower: Matrix) -> [Double] {
    let width = rows.design.columnCount
    return rows.design.reduceBlocks(
      empty: { [Double](repeating: 0, count: width) },
      add: { sums, block in
        let count = block.rows.count
        guard count > 0, width > 0 else { return }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { room in
          let pull = room.baseAddress!
          block.spare.update(from: block.values, count: count * width)
          WorkSharing.prepareLinearAlgebra()
          cblas_dtrsm(
            CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, Int32(count), Int32(width), 1,
            lower.elements, Int32(width), block.spare, Int32(count))
          pull.update(repeating: 0, count: count)
          for c in 0..<width {
            let column = block.spare + c * count
            for i in 0..<count { pull[i] += column[i] * column[i] }
          }
          for i in 0..<count {
            let place = block.rows.lowerBound + i
            let mean = ResponseFamily.Link.logit.meanAndSlopes(predictors[place])
            pull[i] *= (rows.weights?[place] ?? 1) * mean.slope * (0.5 - mean.mean)
          }
          block.addTransposedTimes(pull, to: &sums)
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
  }
}
