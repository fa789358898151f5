/// Where a function is smallest, and how that was found.
public struct Minimum: Hashable, Sendable {
  public var point: [Double]
  public var value: Double
  public var gradient: [Double]
  public var iterations: Int

  public init(point: [Double], value: Double, gradient: [Double], iterations: Int) {
    self.point = point
    self.value = value
    self.gradient = gradient
    self.iterations = iterations
  }

  /// The largest share by which the value would change when one element of the point doubled: free of the scale of
  /// the point and the value (Dennis and Schnabel 1983, section 7.2).
  var relativeGradient: Double {
    var largest = 0.0
    for i in point.indices { largest = max(largest, abs(gradient[i]) * max(abs(point[i]), 1)) }
    return largest / max(abs(value), 1)
  }

  var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
}

func innerProduct(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

/// x + step · direction.
func moved(_ x: [Double], _ step: Double, along direction: [Double]) -> [Double] {
  var moved = x
  for i in x.indices { moved[i] += step * direction[i] }
  return moved
}
