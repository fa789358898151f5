import Statistics
import TestSupport
import Testing

/// Values made by MatchIt 4.7.2.
@Suite(.enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct NearestNeighbourReferenceTests {
  @Test func `M01: one to one on the propensity score`() throws {
    let given = try MatchingCase("M01")
    let sample = try NearestNeighbourMatching().match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
  }

  @Test func `M02: within a caliper of 0.2 standard deviations`() throws {
    let given = try MatchingCase("M02")
    let sample = try NearestNeighbourMatching(caliper: .standardDeviations(0.2)).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
    #expect(sample.unmatched.count == 614 - 226)
  }

  @Test func `M03: with replacement`() throws {
    let given = try MatchingCase("M03")
    let sample = try NearestNeighbourMatching(reuse: .unlimited).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
    given.reference.expect(
      sample.matches?.totalDistance, given.reference.results["total_abs_distance"], "total distance")
  }

  @Test func `M04: two to one`() throws {
    let given = try MatchingCase("M04")
    let sample = try NearestNeighbourMatching(ratio: 2).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
  }

  @Test func `M05: on the logit, smallest first, within a caliper`() throws {
    let given = try MatchingCase("M05", isLinear: true)
    let sample = try NearestNeighbourMatching(order: .smallest, caliper: .standardDeviations(0.25)).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
  }

  @Test func `M06: agreeing on two variables`() throws {
    let given = try MatchingCase("M06")
    let sample = try NearestNeighbourMatching(exactly: ["race", "married"]).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
  }

  @Test func `M07: on Mahalanobis' distance`() throws {
    let given = try MatchingCase("M07", hasScore: false)
    let sample = try NearestNeighbourMatching(distance: .covariates(.mahalanobis, [])).match(given.units)
    try given.expectPairs(sample)
    try given.expectBalance(sample)
  }

  @Test func `the distance of ranks has a generalised inverse where columns depend on each other`() throws {
    // The three levels of race add up. The sum of distances is from a few lines of R with `rank`, `cov` and `svd`.
    let given = try MatchingCase("M07", hasScore: false)
    let sample = try NearestNeighbourMatching(distance: .covariates(.robustMahalanobis, [])).match(given.units)
    #expect(abs(sample.matches!.totalDistance - 321.4048) < 1e-3)
  }
}
