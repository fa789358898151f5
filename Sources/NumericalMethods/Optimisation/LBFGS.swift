/// The minimum of a smooth function of many variables from its value and gradient.
///
/// Limited-memory BFGS: the curvature is remembered as the last few pairs of steps and changes of the gradient
/// (Nocedal 1980, doi:10.1090/S0025-5718-1980-0572855-7; Liu and Nocedal 1989, doi:10.1007/BF01589116), each step
/// being searched until it meets the strong Wolfe conditions (Nocedal and Wright 2006, algorithms 3.5 and 3.6).
///
/// - Parameters:
///   - start: where to begin; the function must be finite there.
///   - memory: how many pairs to remember.
///   - tolerance: of the relative gradient, max |gᵢ|·max(|xᵢ|, 1) / max(|f|, 1). When rounding allows no further
///     descent, a relative gradient below the square root of the tolerance counts as converged.
///   - function: fills the gradient and returns the value; NaN or infinite where it is not defined.
/// - Throws: `notFinite` at the start, `notConverged`.
public func minimiseLBFGS(
  from start: [Double], memory: Int = 10, tolerance: Double = 1e-9, maximumIterations: Int = 1000,
  _ function: (_ x: [Double], _ gradient: inout [Double]) -> Double
) throws(NumericalMethodsError) -> Minimum {
  var gradient = [Double](repeating: 0, count: start.count)
  let value = function(start, &gradient)
  var current = Minimum(point: start, value: value, gradient: gradient, iterations: 0)
  guard current.isFinite else { throw .notFinite(method: "L-BFGS") }
  var pairs = CurvaturePairs(capacity: max(1, memory))
  while current.relativeGradient > tolerance {
    guard current.iterations < maximumIterations else {
      throw .notConverged(method: "L-BFGS", iterations: maximumIterations)
    }
    var direction = pairs.direction(current.gradient)
    if innerProduct(direction, current.gradient) >= 0 {
      pairs.forget()
      direction = current.gradient.map(-)
    }
    var search = LineSearch(origin: current, direction: direction)
    let length = innerProduct(direction, direction).squareRoot()
    guard var next = search.run(firstStep: pairs.isEmpty ? min(1, 1 / length) : 1, function) else {
      if !pairs.isEmpty {
        // The remembered curvature may be what misleads: once more, downhill.
        pairs.forget()
        continue
      }
      if current.relativeGradient <= tolerance.squareRoot() { return current }
      throw .notConverged(method: "L-BFGS", iterations: current.iterations)
    }
    next.iterations = current.iterations + 1
    pairs.remember(from: current, to: next)
    current = next
  }
  return current
}

/// The last steps s, changes of the gradient y, and 1 / yᵀs.
private struct CurvaturePairs {
  private let capacity: Int
  private var steps: [[Double]] = []
  private var changes: [[Double]] = []
  private var scales: [Double] = []

  init(capacity: Int) { self.capacity = capacity }

  var isEmpty: Bool { steps.isEmpty }

  mutating func forget() { self = CurvaturePairs(capacity: capacity) }

  mutating func remember(from: Minimum, to: Minimum) {
    let step = zip(to.point, from.point).map(-)
    let change = zip(to.gradient, from.gradient).map(-)
    let curvature = innerProduct(step, change)
    guard curvature > Double.ulpOfOne * innerProduct(change, change) else { return }
    if steps.count == capacity {
      steps.removeFirst()
      changes.removeFirst()
      scales.removeFirst()
    }
    steps.append(step)
    changes.append(change)
    scales.append(1 / curvature)
  }

  /// −H·gradient, with H the approximate inverse Hessian.
  func direction(_ gradient: [Double]) -> [Double] {
    var q = gradient
    var weights = [Double](repeating: 0, count: steps.count)
    for i in steps.indices.reversed() {
      weights[i] = scales[i] * innerProduct(steps[i], q)
      q = moved(q, -weights[i], along: changes[i])
    }
    if let change = changes.last, let scale = scales.last {
      let size = 1 / (scale * innerProduct(change, change))
      for i in q.indices { q[i] *= size }
    }
    for i in steps.indices {
      q = moved(q, weights[i] - scales[i] * innerProduct(changes[i], q), along: steps[i])
    }
    return q.map(-)
  }
}
