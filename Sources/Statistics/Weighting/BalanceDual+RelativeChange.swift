import Foundation
import NumericalMethods

extension BalanceDual {
  /// The dual as R's WeightIt 0.14 leaves it: for comparison with published numbers.
  ///
  /// - Throws: `.notConverged`, `.balanceInfeasible` when means still differ by more than a thousandth.
  func solveByRelativeChange() throws(StatisticsError) -> Solution {
    let design = columns.design
    let n = design.rowCount
    // Columns of two values are left as they are, others divided by the standard deviation with divisor n − 1.
    let factors = design.names.indices.map { c -> Double in
      let scale = 1 / columns.inverseScales[c]
      let values = design.column(c)
      let first = values[0]
      guard let second = values.first(where: { $0 != first }) else { return 1 }
      if values.allSatisfy({ $0 == first || $0 == second }) { return abs(second - first) }
      return scale * (Double(n) / Double(n - 1)).squareRoot()
    }
    let start = evaluate([Double](repeating: 0, count: factors.count), shift: nil, withHessian: true)
    let kept = independentColumns(start.hessian!)
    func spread(_ point: [Double]) -> [Double] {
      var lambda = [Double](repeating: 0, count: factors.count)
      // From the search's units (its sign is that of exp(−xᵀz)) to standard deviations.
      for (place, column) in kept.enumerated() {
        lambda[column] = -point[place] / (factors[column] * columns.inverseScales[column])
      }
      return lambda
    }
    let search = VariableMetricSearch.minimum(
      from: [Double](repeating: 0, count: kept.count), relativeTolerance: Double.ulpOfOne.squareRoot()
    ) { point in
      let state = evaluate(spread(point), shift: nil, withHessian: false)
      let gradient = kept.map { -state.gradient[$0] / (factors[$0] * columns.inverseScales[$0]) }
      return (state.value, gradient)
    }
    guard let search else { throw .notConverged(method: "entropy balancing", iterations: 10_000) }
    let lambda = spread(search.point)
    let state = evaluate(lambda, shift: nil, withHessian: false)
    let gap = kept.reduce(0) { max($0, abs(state.gradient[$1])) }
    guard gap < 1e-3 else { throw infeasible(state, kept) }
    return Solution(lambda: lambda, kept: kept, largestGap: gap, steps: search.gradients, factors: state.factors)
  }
}
