/// The minimum of a smooth function from its value, gradient and Hessian, by Newton's method.
///
/// Steps are halved until the function falls; where the Hessian is not positive definite, a growing multiple of the
/// identity is added to it (Nocedal and Wright 2006, algorithms 3.2 and 3.3).
///
/// - Parameters:
///   - tolerance: of the Newton decrement gᵀH⁻¹g / 2, relative to max(|f|, 1): by how much one more step would still
///     lower the function.
///   - function: the value, the gradient and the Hessian; NaN where it is not defined.
/// - Throws: `notFinite` at the start, `notConverged`.
public func minimiseNewton(
  from start: [Double], tolerance: Double = 1e-12, maximumIterations: Int = 100,
  _ function: (_ x: [Double]) -> (value: Double, gradient: [Double], hessian: Matrix)
) throws(NumericalMethodsError) -> Minimum {
  var (value, gradient, hessian) = function(start)
  var current = Minimum(point: start, value: value, gradient: gradient, iterations: 0)
  guard current.isFinite, hessian.elements.allSatisfy(\.isFinite) else { throw .notFinite(method: "Newton's method") }
  while true {
    guard let direction = descentDirection(hessian, current.gradient) else {
      throw .notFinite(method: "Newton's method")
    }
    let decrement = -innerProduct(direction, current.gradient) / 2
    if decrement <= tolerance * max(abs(current.value), 1) { return current }
    guard current.iterations < maximumIterations else {
      throw .notConverged(method: "Newton's method", iterations: maximumIterations)
    }
    var step = 1.0
    while true {
      let point = moved(current.point, step, along: direction)
      (value, gradient, hessian) = function(point)
      let next = Minimum(point: point, value: value, gradient: gradient, iterations: current.iterations + 1)
      if next.isFinite, hessian.elements.allSatisfy(\.isFinite), value <= current.value - 1e-4 * step * decrement {
        current = next
        break
      }
      step /= 2
      guard step > 1e-12 else {
        throw .notConverged(method: "Newton's method", iterations: current.iterations)
      }
    }
  }
}

/// −(H + λI)⁻¹·gradient with the smallest tried λ that makes the matrix positive definite; nil when none does.
private func descentDirection(_ hessian: Matrix, _ gradient: [Double]) -> [Double]? {
  let largest = hessian.diagonal.reduce(0) { max($0, abs($1)) }
  var ridge = 0.0
  for _ in 0..<60 {
    var shifted = hessian
    for i in 0..<hessian.rows { shifted[i, i] += ridge }
    if let factor = Cholesky(shifted) { return factor.solve(gradient).map(-) }
    ridge = ridge == 0 ? 1e-8 * max(largest, 1e-300) : ridge * 4
  }
  return nil
}

/// A zero of as many equations as unknowns, by Newton's method with halved steps.
///
/// - Parameters:
///   - tolerance: of each element of the step, relative to max(|xᵢ|, 1).
///   - equations: the values g(x) and their derivatives, row i holding those of gᵢ.
/// - Throws: `notFinite` at the start or where the derivatives are singular, `notConverged`.
public func findRootNewton(
  from start: [Double], tolerance: Double = 1e-12, maximumIterations: Int = 100,
  _ equations: (_ x: [Double]) -> (values: [Double], jacobian: Matrix)
) throws(NumericalMethodsError) -> [Double] {
  var x = start
  var (values, jacobian) = equations(x)
  var size = innerProduct(values, values)
  guard size.isFinite else { throw .notFinite(method: "Newton's method") }
  for _ in 0..<maximumIterations {
    if size == 0 { return x }
    guard let solution = solveLinearSystem(jacobian, Matrix(columns: [values])) else {
      throw .notFinite(method: "Newton's method")
    }
    let direction = solution.column(0).map(-)
    let isSmall = zip(direction, x).allSatisfy { abs($0) <= tolerance * max(abs($1), 1) }
    if isSmall { return moved(x, 1, along: direction) }
    var step = 1.0
    while true {
      let next = moved(x, step, along: direction)
      let (nextValues, nextJacobian) = equations(next)
      let nextSize = innerProduct(nextValues, nextValues)
      if nextSize.isFinite, nextSize < size {
        (x, values, jacobian, size) = (next, nextValues, nextJacobian, nextSize)
        break
      }
      step /= 2
      // At the limit of rounding no step makes the equations smaller.
      if step < 1e-3, zip(direction, x).allSatisfy({ abs($0) <= 1e-6 * max(abs($1), 1) }) { return x }
      guard step > 1e-10 else { throw .notConverged(method: "Newton's method", iterations: maximumIterations) }
    }
  }
  throw .notConverged(method: "Newton's method", iterations: maximumIterations)
}
