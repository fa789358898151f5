import Foundation
import Statistics

/// 120 rows made by formulas that R can repeat, for figures computed there.
struct WaveData {
  let count = 120
  let x: [Double]
  let z: [Double]
  let group: [Int32]
  let weights: [Double]
  let exposure: [Double]
  let y: [Double]
  let counts: [Double]
  let clusters: Clusters

  init() {
    let rows = 0..<120
    let x = rows.map { Double((37 * $0) % 101) / 50 - 1 }
    let z = rows.map { Double($0 % 7) - 3 }
    let u = rows.map { Double((53 * $0) % 97) / 97 }
    self.x = x
    self.z = z
    group = rows.map { Int32($0 % 3) }
    weights = rows.map { Double(1 + $0 % 4) }
    exposure = rows.map { log(Double(1 + $0 % 5)) }
    y = rows.map { i in
      let eta = -0.3 + 0.9 * x[i] + 0.2 * z[i] - (i % 3 == 1 ? 0.5 : 0)
      return u[i] < 1 / (1 + exp(-eta)) ? 1 : 0
    }
    counts = rows.map { i in
      floor(-log(1 - u[i]) * exp(0.4 + 0.6 * x[i] + 0.1 * z[i]) + (i % 11 == 0 ? 4 : 0))
    }
    clusters = Clusters(labels: rows.map { $0 / 6 })
  }

  var factor: ModelMatrix.Term { .factor("g", codes: group, levels: ["a", "b", "c"], reference: 0) }

  func design(_ more: [ModelMatrix.Term] = []) throws -> ModelMatrix {
    try ModelMatrix(rowCount: count, terms: [.intercept, .numeric("x", x), .numeric("z", z), factor] + more)
  }
}

/// Whether numbers agree to a relative distance.
func isClose(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-8) -> Bool {
  found.count == expected.count
    && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(abs($1), 1e-3) }
}
