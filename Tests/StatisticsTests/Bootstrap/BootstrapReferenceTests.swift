import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Intervals against R's boot 1.3-28.1, on the resamples that it used.
@Suite(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
struct BootstrapReferenceTests {
  /// Positions counted from 0 out of a file without a header that counts from 1.
  static func indices(_ name: String) throws -> [[Int]] {
    let url = try #require(SharedMaterial.folder("reference/statistics/data/\(name).csv"))
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: ",").map { Int($0)! - 1 }
    }
  }

  static func expectAll(_ reference: ReferenceCase, _ bootstrap: Bootstrap) throws {
    let results = reference.results
    reference.expect(bootstrap.original[0], results["t0"], "t0")
    reference.expect(bootstrap.original[0] + bootstrap.bias(), results["mean_t"], "mean of draws")
    reference.expect(bootstrap.bias(), results["bias"], "bias")
    reference.expect(bootstrap.standardError(), results["se"], "standard error")
    reference.expect(Array(bootstrap.values().prefix(5)), results["t_first5"], "first draws")
    let intervals: [(String, BootstrapIntervalKind)] = [
      ("normal", .normal), ("basic", .basic), ("percentile", .percentile),
      ("bca", .biasCorrectedAccelerated(.jackknife)),
    ]
    for (name, kind) in intervals {
      let found = try bootstrap.interval(0, kind)
      reference.expect([found.interval.lower, found.interval.upper], results["ci95"][name], name)
    }
    let corrected = try bootstrap.interval(0, .biasCorrectedAccelerated(.jackknife))
    reference.expect(corrected.biasCorrection, results["bca_z0"], "z0")
    reference.expect(corrected.acceleration, results["bca_a"], "a")
  }

  @Test func ratioOfTwoMeans() throws {
    let reference = try ReferenceCase("B01")
    let city = try reference.table("city")
    let (u, x) = (city.numbers("u"), city.numbers("x"))
    let indices = try Self.indices("boot_indices_B01")
    let bootstrap = try Bootstrap(ResamplingPlan(rowCount: u.count, indices: indices)) { weights in
      [weightedSum(x, weights) / weightedSum(u, weights)]
    }
    try Self.expectAll(reference, bootstrap)
  }

  @Test func meanOfSurvivalTimes() throws {
    let reference = try ReferenceCase("B02")
    let time = try reference.table("aml").numbers("time")
    let indices = try Self.indices("boot_indices_B02")
    let bootstrap = try Bootstrap(ResamplingPlan(rowCount: time.count, indices: indices)) { weights in
      [weightedSum(time, weights) / weights.reduce(0, +)]
    }
    try Self.expectAll(reference, bootstrap)
  }
}

func weightedSum(_ values: [Double], _ weights: [Double]) -> Double {
  var sum = 0.0
  for i in values.indices { sum += values[i] * weights[i] }
  return sum
}
