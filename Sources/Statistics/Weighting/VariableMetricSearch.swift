/// The minimum of a smooth function by variable-metric steps that end when a step changes it little (Nash 1990, Compact
/// Numerical Methods for Computers, algorithm 21; BFGS, as R's `optim`).
///
/// For following programs that stop so, not for precision: Newton's steps reach the minimum itself.
enum VariableMetricSearch {
  /// - Parameters:
  ///   - start: k numbers.
  ///   - relativeTolerance: a step that changes the value by less than this share of it is the last.
  ///   - evaluate: the function and its gradient; may be infinite.
  /// - Returns: the point and how many gradients were taken; nil when the start has no finite value or the steps run out.
  static func minimum(
    from start: [Double], relativeTolerance: Double, maximumGradients: Int = 10_000,
    evaluate: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], gradients: Int)? {
    let k = start.count
    var point = start
    var current = evaluate(point)
    guard current.value.isFinite else { return nil }
    var metric = identity(k)
    var gradients = 1
    // The gradient count at which the metric was last the identity.
    var restarted = gradients
    while gradients < maximumGradients {
      let direction = (0..<k).map { r in -(0..<k).reduce(0) { $0 + metric[r][$1] * current.gradient[$1] } }
      let slope = zip(direction, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      var moved = false
      if slope < 0 {
        var length = 1.0
        var next = current
        var trial = point
        while true {
          trial = (0..<k).map { point[$0] + length * direction[$0] }
          // Nothing moves any more beside 10.
          if (0..<k).allSatisfy({ 10 + trial[$0] == 10 + point[$0] }) { break }
          next = evaluate(trial)
          if next.value.isFinite, next.value <= current.value + slope * length * 1e-4 {
            moved = true
            break
          }
          length *= 0.2
        }
        if moved {
          let change = abs(next.value - current.value)
          let isSmall = change <= relativeTolerance * (abs(current.value) + relativeTolerance)
          if isSmall {
            // The gradient stays that of the point before, as in Nash's algorithm.
            point = trial
            current.value = next.value
            moved = false
          } else {
            gradients += 1
            let isUpdated = update(&metric, step: direction.map { length * $0 }, next.gradient, current.gradient)
            point = trial
            current = next
            if !isUpdated {
              metric = identity(k)
              restarted = gradients
            }
          }
        }
      }
      if !moved || slope >= 0 {
        if restarted == gradients { return (point, gradients) }
        metric = identity(k)
        restarted = gradients
      } else if gradients - restarted > 2 * k {
        metric = identity(k)
        restarted = gradients
      }
    }
    return nil
  }

  private static func identity(_ k: Int) -> [[Double]] { (0..<k).map { r in (0..<k).map { $0 == r ? 1 : 0 } } }

  /// The metric after a step; false, and none changed, where the function does not bend upwards along it.
  private static func update(
    _ metric: inout [[Double]], step: [Double], _ gradient: [Double], _ before: [Double]
  ) -> Bool {
    let k = step.count
    let change = (0..<k).map { gradient[$0] - before[$0] }
    let bend = zip(step, change).reduce(0) { $0 + $1.0 * $1.1 }
    guard bend > 0 else { return false }
    let image = (0..<k).map { r in (0..<k).reduce(0) { $0 + metric[r][$1] * change[$1] } }
    let size = 1 + zip(image, change).reduce(0) { $0 + $1.0 * $1.1 } / bend
    for r in 0..<k {
      for c in 0..<k { metric[r][c] += (size * step[r] * step[c] - step[r] * image[c] - image[r] * step[c]) / bend }
    }
    return true
  }
}
