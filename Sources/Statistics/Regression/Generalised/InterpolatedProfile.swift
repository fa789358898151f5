/// The cubic spline of Forsythe, Malcolm and Moler through given points: its ends have the third derivative of the cubic
/// through the four points there (1977, Computer Methods for Mathematical Computations, ISBN 978-0-13-165332-0). It is
/// what R's `spline` draws.
struct ForsytheSpline {
  private let x: [Double]
  private let y: [Double]
  private var b: [Double]
  private var c: [Double]
  private var d: [Double]

  /// - Parameters:
  ///   - x: n ascending numbers, n two or more.
  ///   - y: n numbers.
  init(x: [Double], y: [Double]) {
    let n = x.count
    self.x = x
    self.y = y
    b = [Double](repeating: 0, count: n)
    c = b
    d = b
    guard n > 2 else {
      let slope = (y[1] - y[0]) / (x[1] - x[0])
      b = [slope, slope]
      return
    }
    // d holds the steps, b the diagonal and c the right-hand side of the equations for the second derivatives.
    d[0] = x[1] - x[0]
    c[1] = (y[1] - y[0]) / d[0]
    for i in 1..<n - 1 {
      d[i] = x[i + 1] - x[i]
      b[i] = 2 * (d[i - 1] + d[i])
      c[i + 1] = (y[i + 1] - y[i]) / d[i]
      c[i] = c[i + 1] - c[i]
    }
    b[0] = -d[0]
    b[n - 1] = -d[n - 2]
    c[0] = 0
    c[n - 1] = 0
    if n > 3 {
      c[0] = c[2] / (x[3] - x[1]) - c[1] / (x[2] - x[0])
      c[n - 1] = c[n - 2] / (x[n - 1] - x[n - 3]) - c[n - 3] / (x[n - 2] - x[n - 4])
      c[0] = c[0] * d[0] * d[0] / (x[3] - x[0])
      c[n - 1] = -c[n - 1] * d[n - 2] * d[n - 2] / (x[n - 1] - x[n - 4])
    }
    for i in 1..<n {
      let t = d[i - 1] / b[i - 1]
      b[i] -= t * d[i - 1]
      c[i] -= t * c[i - 1]
    }
    c[n - 1] /= b[n - 1]
    for i in stride(from: n - 2, through: 0, by: -1) { c[i] = (c[i] - d[i] * c[i + 1]) / b[i] }
    b[n - 1] = (y[n - 1] - y[n - 2]) / d[n - 2] + d[n - 2] * (c[n - 2] + 2 * c[n - 1])
    for i in 0..<n - 1 {
      b[i] = (y[i + 1] - y[i]) / d[i] - d[i] * (c[i + 1] + 2 * c[i])
      d[i] = (c[i + 1] - c[i]) / d[i]
      c[i] *= 3
    }
    c[n - 1] *= 3
    d[n - 1] = d[n - 2]
  }

  func value(at point: Double) -> Double {
    var i = 0
    while i < x.count - 1, x[i + 1] <= point { i += 1 }
    i = min(i, x.count - 2)
    let h = point - x[i]
    return y[i] + h * (b[i] + h * (c[i] + h * d[i]))
  }
}

/// Where a curve through points reaches a height, found as R's `confint` finds the limits of a profile: the spline through
/// the points is drawn at three times as many places and read off along straight lines.
///
/// - Parameters:
///   - x: n numbers.
///   - y: n numbers, in the same order ascending.
/// - Returns: nil when the curve does not reach the height.
func interpolatedCrossing(x: [Double], y: [Double], at height: Double) -> Double? {
  guard x.count >= 2, let first = x.first, let last = x.last, first < last else { return nil }
  let spline = ForsytheSpline(x: x, y: y)
  let count = 3 * x.count
  let points = (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
  let drawn = zip(points, points.map(spline.value)).map { (x: $0, y: $1) }.sorted { $0.y < $1.y }
  guard let upper = drawn.firstIndex(where: { $0.y >= height }) else { return nil }
  if drawn[upper].y == height { return drawn[upper].x }
  guard upper > 0 else { return nil }
  let (a, b) = (drawn[upper - 1], drawn[upper])
  return a.x + (b.x - a.x) * ((height - a.y) / (b.y - a.y))
}
