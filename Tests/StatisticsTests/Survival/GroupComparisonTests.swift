import Primitives
import Statistics
import TestSupport
import Testing

@Suite struct GroupComparisonTests {
  /// Group 0: events at 1 and 3; group 1: event at 2, censored at 4.
  /// At 1: n=4, expected 1/2, variance 1/4. At 2: n=3, group 0 has 1: 1/3, 2/9. At 3: n=2: 1/2, 1/4.
  @Test func theLogRankTestByHand() throws {
    let followUp = try FollowUp(exit: [1, 3, 2, 4], cause: [1, 1, 1, 0])
    let test = try LogRankTest(followUp, group: [0, 0, 1, 1], groups: 2)
    #expect(test.observed == [2, 1])
    #expect(isClose(test.expected[0], 4.0 / 3) && isClose(test.expected[1], 5.0 / 3))
    #expect(isClose(test.covariance[0][0], 13.0 / 18) && isClose(test.covariance[0][1], -13.0 / 18))
    #expect(isClose(test.statistic, (4.0 / 9) / (13.0 / 18)))
    #expect(test.degreesOfFreedom == 1 && test.counts == [2, 2])
    // Weighted by S(t−) = 1, 3/4, 1/2: observed − expected = 1/2 − 1/4 + 1/4, variance 1/4 + 1/8 + 1/16.
    let peto = try LogRankTest(followUp, group: [0, 0, 1, 1], groups: 2, rho: 1)
    #expect(isClose(peto.statistic, 0.25 / 0.4375))
  }

  /// The same data: differences 1/2, −1/3, 1/2 and variances 1/4, 2/9, 1/4, weighted by n = 4, 3, 2, by √n, by
  /// ∏ (1 − d/(n + 1)) = 0.8, 0.6, 0.4, by that times n/(n + 1), and by 1 − S(t−) = 0, 1/4, 1/2.
  @Test func otherWeightsByHand() throws {
    let followUp = try FollowUp(exit: [1, 3, 2, 4], cause: [1, 1, 1, 0])
    let weights: [(LogRankWeighting, [Double])] = [
      (.gehan, [4, 3, 2]), (.taroneWare, [2, 3.squareRoot(), 2.squareRoot()]), (.petoPeto, [0.8, 0.6, 0.4]),
      (.modifiedPetoPeto, [0.64, 0.45, 0.8 / 3]), (.flemingHarrington(rho: 0, gamma: 1), [0, 0.25, 0.5]),
      (.logRank, [1, 1, 1]),
    ]
    for (weighting, w) in weights {
      let test = try LogRankTest(followUp, group: [0, 0, 1, 1], groups: 2, weighting: weighting)
      let difference = w[0] / 2 - w[1] / 3 + w[2] / 2
      let variance = w[0] * w[0] / 4 + w[1] * w[1] * 2 / 9 + w[2] * w[2] / 4
      #expect(isClose(test.statistic, difference * difference / variance), "\(weighting)")
      // With two groups the trend is the test itself.
      #expect(isClose(try test.trend().statistic, test.statistic))
    }
  }

  @Test func theTrendFollowsTheScores() throws {
    let data = RandomFollowUp(seed: 12, count: 90)
    let test = try LogRankTest(data.followUp(), group: data.group, groups: 3)
    let trend = try test.trend()
    #expect(isClose(trend.statistic, try test.trend(scores: [5, 7, 9]).statistic))
    #expect(trend.statistic <= test.statistic && trend.degreesOfFreedom == 1)
    #expect(throws: StatisticsError.singularCovariance(method: "the trend test")) {
      _ = try test.trend(scores: [2, 2, 2])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "scores", expected: 3, found: 1)) {
      _ = try test.trend(scores: [2])
    }
  }

  /// Means 3 and 2 up to 4 with errors 0.3 and 0.4, made from their definitions.
  @Test func restrictedMeansAreSetAgainstEachOther() throws {
    let data = RandomFollowUp(seed: 15, count: 120)
    let groups = try data.followUp().split(by: data.group, groups: 3)
    let (a, b) = (try RestrictedMean(groups[0]!, until: 9), try RestrictedMean(groups[1]!, until: 9))
    let contrast = try RestrictedMeanContrast(a, b)
    let (x, y) = (a.estimate, b.estimate)
    #expect(isClose(contrast.difference.value, x.value - y.value))
    let error = (x.standardError! * x.standardError! + y.standardError! * y.standardError!).squareRoot()
    #expect(isClose(contrast.difference.standardError!, error))
    #expect(isClose(contrast.ratio.value, x.value / y.value))
    #expect(isClose(contrast.lostRatio!.value, (9 - x.value) / (9 - y.value)))
    let turned = try RestrictedMeanContrast(b, a)
    #expect(isClose(turned.ratio.interval.lower!, 1 / contrast.ratio.interval.upper!))
    #expect(isClose(turned.pValue, contrast.pValue))
    #expect(throws: StatisticsError.setting(name: "the horizon", reason: "choose one horizon for all groups")) {
      _ = try RestrictedMeanContrast(a, RestrictedMean(groups[1]!, until: 8))
    }
    let medians = try groups.prefix(2).map { try KaplanMeier($0!).quantiles([0.5])[0] }
    let difference = try #require(medians[0].difference(from: medians[1]))
    #expect(difference.value == medians[0].time! - medians[1].time!)
    #expect(difference.interval.lower! <= difference.value && difference.value <= difference.interval.upper!)
  }

  /// With one cause and no ties Gray's test compares as the log-rank test does; its score at the first event is the
  /// same.
  @Test func withEqualGroupsNothingDiffers() throws {
    let data = RandomFollowUp(seed: 4, count: 40)
    let once = try data.followUp()
    let twice = try FollowUp(
      exit: once.exit + once.exit, cause: once.cause + once.cause, causes: 3)
    let group = once.exit.map { _ in 0 } + once.exit.map { _ in 1 }
    let logRank = try LogRankTest(twice, group: group, groups: 2)
    #expect(abs(logRank.statistic) < 1e-20 && isClose(logRank.pValue, 1))
    let gray = try GrayTest(twice, cause: 2, group: group, groups: 2)
    #expect(abs(gray.statistic) < 1e-20 && isClose(gray.pValue, 1))
  }

  @Test(arguments: [UInt64(1), 2, 3]) func theNamesOfGroupsDoNotMatter(_ seed: UInt64) throws {
    let data = RandomFollowUp(seed: seed, count: 60)
    let renamed = data.group.map { [4, 0, 2][$0] }
    let followUp = try data.followUp()
    #expect(
      isClose(
        try LogRankTest(followUp, group: data.group, groups: 3).statistic,
        try LogRankTest(followUp, group: renamed, groups: 6).statistic))
    let one = try GrayTest(followUp, cause: 1, group: data.group, groups: 3)
    let other = try GrayTest(followUp, cause: 1, group: renamed, groups: 6)
    #expect(isClose(one.statistic, other.statistic) && one.degreesOfFreedom == other.degreesOfFreedom)
    #expect(other.counts[1] == 0 && other.counts.reduce(0, +) == 60)
  }

  @Test func strataOfOneKindAreNoStrata() throws {
    let data = RandomFollowUp(seed: 8, count: 60)
    let followUp = try data.followUp()
    let same = data.group.map { _ in 17 }
    #expect(
      isClose(
        try LogRankTest(followUp, group: data.group, groups: 3).statistic,
        try LogRankTest(followUp, group: data.group, groups: 3, stratum: same).statistic))
    #expect(
      isClose(
        try GrayTest(followUp, cause: 3, group: data.group, groups: 3).statistic,
        try GrayTest(followUp, cause: 3, group: data.group, groups: 3, stratum: same).statistic))
  }

  /// Under equality each test rejects about 5 % of 1000 draws.
  @Test func bothTestsKeepTheirSize() throws {
    var random = SeededGenerator(seed: 77)
    var rejected = [0, 0]
    for draw in 0..<1000 {
      let data = RandomFollowUp(seed: UInt64(draw) &+ 5000, count: 80)
      let group = (0..<80).map { _ in random.uniform() < 0.5 ? 0 : 1 }
      let followUp = try data.followUp()
      if try LogRankTest(followUp, group: group, groups: 2).pValue < 0.05 { rejected[0] += 1 }
      if try GrayTest(followUp, cause: 1, group: group, groups: 2).pValue < 0.05 { rejected[1] += 1 }
    }
    for count in rejected { #expect((30...75).contains(count), "\(count)") }
  }

  @Test func whatCannotBeComparedIsRefused() throws {
    let followUp = try FollowUp(exit: [1, 2, 3], cause: [1, 0, 0])
    let silent = try FollowUp(exit: [1, 2, 3], cause: [0, 0, 0])
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) {
      _ = try LogRankTest(followUp, group: [1, 1, 1], groups: 2)
    }
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) {
      _ = try GrayTest(followUp, cause: 1, group: [1, 1, 1], groups: 2)
    }
    #expect(throws: StatisticsError.singularCovariance(method: "the log-rank test")) {
      _ = try LogRankTest(silent, group: [0, 0, 1], groups: 2)
    }
    #expect(throws: StatisticsError.singularCovariance(method: "Gray's test")) {
      _ = try GrayTest(silent, cause: 1, group: [0, 0, 1], groups: 2)
    }
    #expect(throws: StatisticsError.unknownGroup(index: 2, groups: 2)) {
      _ = try LogRankTest(followUp, group: [0, 1, 2], groups: 2)
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "stratum", expected: 3, found: 1)) {
      _ = try LogRankTest(followUp, group: [0, 1, 1], groups: 2, stratum: [1])
    }
    #expect(throws: StatisticsError.notFinite(array: "rho", index: 0)) {
      _ = try LogRankTest(followUp, group: [0, 1, 1], groups: 2, rho: .nan)
    }
    let weighted = try FollowUp(exit: [1, 2, 3], cause: [1, 0, 0], weight: [1, 2, 1])
    let late = try FollowUp(entry: [0, 1, 0], exit: [1, 2, 3], cause: [1, 0, 0])
    #expect(throws: StatisticsError.notSupported(method: "the log-rank test", input: "weights or clusters")) {
      _ = try LogRankTest(weighted, group: [0, 1, 1], groups: 2)
    }
    #expect(throws: StatisticsError.notSupported(method: "Gray's test", input: "weights or clusters")) {
      _ = try GrayTest(weighted, cause: 1, group: [0, 1, 1], groups: 2)
    }
    #expect(throws: StatisticsError.notSupported(method: "Gray's test", input: "delayed entry")) {
      _ = try GrayTest(late, cause: 1, group: [0, 1, 1], groups: 2)
    }
  }

  @Test func aNegativePowerOfWhatIsZeroIsRefused() throws {
    let followUp = try FollowUp(exit: [1, 3, 2, 4], cause: [1, 1, 1, 0])
    #expect(throws: StatisticsError.setting(name: "gamma", reason: "it is zero or more")) {
      try LogRankTest(
        followUp, group: [0, 0, 1, 1], groups: 2, weighting: .flemingHarrington(rho: 0, gamma: -1))
    }
  }
}
