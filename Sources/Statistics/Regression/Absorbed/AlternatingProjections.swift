import NumericalMethods

/// Takes the effects of several ways out of a column by taking out the means of each way in turn, there and back, sped up
/// by conjugate gradients (Correia 2016, Linear Models with High-Dimensional Fixed Effects).
///
/// The sweep there and back is a symmetric operator S; what is free of all effects is where x = Sx, and x − Sx is the
/// residual that conjugate gradients drive to zero.
struct AlternatingProjections: Sendable {
  let ways: [Clusters]
  let weights: [Double]?
  private let weightSums: [[Double]]

  /// What may be left of the effects, as a share of the column's length.
  static let tolerance = 1e-11
  static let longest = 10_000

  init(_ ways: [Clusters], weights: [Double]?) {
    self.ways = ways
    self.weights = weights
    weightSums = ways.map { way in
      var sums = [Double](repeating: 0, count: way.count)
      for i in way.codes.indices { sums[Int(way.codes[i])] += weights?[i] ?? 1 }
      return sums
    }
  }

  /// - Throws: `.notConverged` when the steps run out, `.cancelled`.
  func residual(_ column: [Double], _ cancellation: Cancellation) throws(StatisticsError) -> [Double] {
    var x = column
    for way in ways.indices { takeOut(way, &x) }
    guard ways.count > 1 else { return x }
    let size = length(x)
    guard size > 0 else { return x }
    let limit = Self.tolerance * Self.tolerance * size
    var rest = change(x)
    var direction = rest
    var squares = length(rest)
    var step = 0
    while squares > limit {
      step += 1
      try cancellation.check()
      guard step <= Self.longest else {
        throw .notConverged(method: "absorbing the effects", iterations: Self.longest)
      }
      let image = change(direction)
      let curvature = product(direction, image)
      guard curvature > 0 else { break }
      let pace = squares / curvature
      for i in x.indices {
        x[i] -= pace * direction[i]
        rest[i] -= pace * image[i]
      }
      let next = length(rest)
      let turn = next / squares
      for i in direction.indices { direction[i] = rest[i] + turn * direction[i] }
      squares = next
    }
    for way in ways.indices { takeOut(way, &x) }
    return x
  }

  /// x − Sx.
  private func change(_ x: [Double]) -> [Double] {
    var image = x
    for way in ways.indices { takeOut(way, &image) }
    for way in ways.indices.dropLast().reversed() { takeOut(way, &image) }
    for i in image.indices { image[i] = x[i] - image[i] }
    return image
  }

  private func takeOut(_ way: Int, _ x: inout [Double]) {
    let codes = ways[way].codes
    var means = [Double](repeating: 0, count: ways[way].count)
    if let weights {
      for i in x.indices { means[Int(codes[i])] += weights[i] * x[i] }
    } else {
      for i in x.indices { means[Int(codes[i])] += x[i] }
    }
    for g in means.indices { means[g] /= weightSums[way][g] }
    for i in x.indices { x[i] -= means[Int(codes[i])] }
  }

  private func length(_ x: [Double]) -> Double { product(x, x) }

  private func product(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    if let weights {
      for i in x.indices { sum += weights[i] * x[i] * y[i] }
    } else {
      for i in x.indices { sum += x[i] * y[i] }
    }
    return sum
  }
}
