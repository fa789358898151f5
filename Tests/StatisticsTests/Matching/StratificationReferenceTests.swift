import Statistics
import TestSupport
import Testing

/// Values made by MatchIt 4.7.2.
@Suite(.enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct StratificationReferenceTests {
  @Test func `M08: exact matching`() throws {
    let given = try MatchingCase("M08", hasScore: false, covariates: ["race", "married", "nodegree"])
    let sample = try ExactMatching().match(given.units)
    given.expectWeights(sample)
    try given.expectSets(sample)
    try given.expectBalance(sample)
  }

  @Test func `M09: coarsened exact matching with explicit boundaries`() throws {
    let given = try MatchingCase("M09", hasScore: false)
    let earnings = Coarsening.cutpoints([1, 5000, 10000])
    let sample = try CoarsenedExactMatching(coarsenings: [
      "age": .cutpoints([20, 25, 30, 40]), "educ": .cutpoints([8.5, 11.5, 12.5]), "re74": earnings, "re75": earnings,
    ]).match(given.units)
    given.expectWeights(sample)
    try given.expectSets(sample)
    try given.expectBalance(sample)
  }

  @Test func `M10: coarsened exact matching by Sturges' rule`() throws {
    let given = try MatchingCase("M10", hasScore: false)
    let sample = try CoarsenedExactMatching().match(given.units)
    given.expectWeights(sample)
    try given.expectSets(sample)
    try given.expectBalance(sample)
  }

  @Test func `M11: six classes of the propensity score`() throws {
    let given = try MatchingCase("M11")
    let sample = try Subclassification().match(given.units)
    given.expectWeights(sample)
    try given.expectSets(sample)
    try given.expectBalance(sample)
  }
}
