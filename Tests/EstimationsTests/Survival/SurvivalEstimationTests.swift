import Estimations
import TestSupport
import Testing

/// The methods of survival on a flat file, against small cases solved by hand.
@Suite struct SurvivalEstimationTests {
  // Times 1, 2+, 3, 4, 5+ in group a; 2, 4, 6+ in group b.
  static let people = """
    days,event,arm,kind
    1,1,a,work
    2,0,a,
    3,1,a,work
    4,1,a,study
    5,0,a,
    2,1,b,work
    4,1,b,study
    6,0,b,

    """

  @Test func `strata may be several columns and expressions`() throws {
    let settings = ["time": "days", "event": "event", "group": "arm"]
    let one = try estimate("log-rank", table(Self.people), settings.merging(["strata": "days > 3"]) { $1 })
    let two = try estimate("log-rank", table(Self.people), settings.merging(["strata": "days > 3,event >= 0"]) { $1 })
    let none = try estimate("log-rank", table(Self.people), settings)
    #expect(number(one["statistic"]) == number(two["statistic"]))
    #expect(number(one["statistic"]) != number(none["statistic"]))
  }

  @Test func `with weights Kaplan-Meier gives the weight at risk`() throws {
    let settings = ["time": "days", "event": "event", "weights": "1 + (arm == 'a')"]
    let all = try estimate("kaplan-meier", table(Self.people), settings)
    // Five rows of weight 2 and three of weight 1; then 1 leaves, then 2 of each arm, ….
    #expect(numbers(all["curve"], "weightAtRisk") == [13, 11, 8, 6])
    let asked = try estimate("kaplan-meier", table(Self.people), settings.merging(["times": "2,2.5,4"]) { $1 })
    #expect(numbers(asked["curve"], "weightAtRisk") == [11, 8, 6])
  }

  @Test func `Kaplan-Meier gives the curve of each group`() throws {
    let result = try estimate(
      "kaplan-meier", table(Self.people), ["time": "days", "event": "event", "group": "arm", "quantiles": "0.5"])
    // a: 4/5, then 2/3 of that at 3, then 1/2 of that at 4.
    let survival = numbers(result["groups", "a", "curve"], "survival")
    for (found, expected) in zip(survival, [0.8, 0.8 * 2 / 3, 0.8 / 3]) { #expect(isClose(found!, expected)) }
    #expect(numbers(result["groups", "a", "curve"], "atRisk") == [5, 3, 2])
    #expect(numbers(result["groups", "a", "quantiles"], "time") == [4])
    #expect(numbers(result["groups", "b", "curve"], "time") == [2, 4])
    // Greenwood at the first time: 0.8 √(1 / (5 · 4)).
    #expect(isClose(numbers(result["groups", "a", "curve"], "standardError")[0]!, 0.8 * (1.0 / 20).squareRoot()))
  }

  @Test func `the restricted mean is the area under the curve, and its difference that of the areas`() throws {
    let result = try estimate(
      "restricted-mean", table(Self.people), ["time": "days", "event": "event", "group": "arm", "horizon": "4"])
    // a: 1 + 0.8 · 2 + 0.8 · 2/3; b: 2 + 2/3 · 2.
    let means = numbers(result["means"], "estimate")
    #expect(isClose(means[0]!, 1 + 1.6 + 1.6 / 3) && isClose(means[1]!, 2 + 4.0 / 3))
    #expect(isClose(numbers(result["differences"], "estimate")[0]!, means[1]! - means[0]!))
  }

  @Test func `the log-rank test sets events against those expected`() throws {
    let result = try estimate("log-rank", table(Self.people), ["time": "days", "event": "event", "group": "arm"])
    // Expected in a: 5/8 at 1, 4/7 at 2, 3/5 at 3, 2 · 2/4 at 4.
    let expected = numbers(result["groups"], "expected")
    #expect(isClose(expected[0]!, 5.0 / 8 + 4.0 / 7 + 3.0 / 5 + 1))
    #expect(isClose(expected[0]! + expected[1]!, 5))
    #expect(number(result["degreesOfFreedom"]) == 1)
  }

  @Test func `causes may have names, and an empty cell is no cause`() throws {
    // An empty cell in a column in use is missing, so the censored rows need a mark.
    let marked = Self.people.replacing(",\n", with: ",none\n")
    let result = try estimate(
      "cumulative-incidence", table(marked), ["time": "days", "cause": "kind", "censored": "none"])
    // At 1: 1/8; at 2: + 7/8 · 1/7.
    let work = numbers(result["causes", "work"], "estimate")
    #expect(isClose(work[0]!, 1.0 / 8) && isClose(work[1]!, 2.0 / 8))
    let study = numbers(result["causes", "study"], "estimate")
    let none = numbers(result["noEvent"], "estimate")
    for step in work.indices { #expect(isClose(work[step]! + study[step]! + none[step]!, 1)) }
  }

  @Test func `states may have names, and the shares add up to one`() throws {
    let spells = """
      id,start,stop,to
      1,0,2,work
      1,2,5,home
      2,0,3,home
      3,0,4,
      4,0,1,work
      4,1,6,

      """
    let result = try estimate(
      "state-occupation", table(spells),
      ["person": "id", "entry": "start", "time": "stop", "to": "to", "start": "waiting", "times": "2.5"])
    #expect(result.rows.missing == 0)
    let shares = ["waiting", "work", "home"].map { numbers(result["states", $0], "estimate")[0]! }
    // Two of four moved to work by 2.5.
    #expect(isClose(shares[0], 0.5) && isClose(shares[1], 0.5) && isClose(shares[2], 0))
    #expect(numbers(result["transitions"], "work")[1] == 2 || numbers(result["transitions"], "work").contains(2))
  }
}
