import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct PanelEstimationTests {
  /// Treated change by 5 and 7 from period 1 to 2, others by 1, 2 and 3: an effect of 4.
  private let long =
    "who,year,y,start\na,1,10,2\na,2,15,2\nb,1,20,2\nb,2,27,2\nc,1,1,\nc,2,2,\nd,1,2,\nd,2,4,\ne,1,3,0\ne,2,6,0\n"
  private let wide = "y1,y2,treated\n10,15,1\n20,27,1\n1,2,0\n2,4,0\n3,6,0\n"

  @Test func twoPeriodsInThreeShapes() throws {
    let fromWide = try estimate(
      "difference-in-differences", table(wide), ["before": "y1", "outcome": "y2", "treated": "treated"])
    #expect(isClose(number(fromWide["effect", "estimate"])!, 4))
    let error = ((2.0 / 4 + 2.0 / 9) * 5 / 4).squareRoot()
    #expect(isClose(number(fromWide["effect", "standardError"])!, error))
    #expect(fromWide.warnings.contains { $0.english.contains("has 2 rows") })
    let units = try estimate(
      "difference-in-differences", table(long),
      ["outcome": "y", "unit": "who", "after": "year == 2", "treated": "y > 9"])
    #expect(isClose(number(units["effect", "estimate"])!, 4))
    #expect(isClose(number(units["effect", "standardError"])!, error))
    let people = try estimate(
      "difference-in-differences", table(long),
      ["outcome": "y", "after": "year == 2", "treated": "y > 9", "method": "interaction"])
    #expect(isClose(number(people["effect", "estimate"])!, 4))
    #expect(isClose(number(units["means", "treatedAfter"])!, 21))
  }

  @Test func groupsByPeriodAndTheirAverages() throws {
    let result = try estimate(
      "group-time-effects", table(long),
      ["outcome": "y", "unit": "who", "period": "year", "first-treated": "start", "draws": "100"])
    #expect(numbers(result["effects"], "estimate").map { $0.map { isClose($0, 4) } } == [true])
    #expect(isClose(number(result["simple", "overall", "estimate"])!, 4))
    #expect(number(result["neverTreated"]) == 3)
    #expect(numbers(result["dynamic", "effects"], "time") == [0])
    #expect(numbers(result["effects"], "bandLower")[0]! < 4)
    #expect(result.warnings.contains { $0.english.contains("Small groups") })
  }

  @Test func regressionsWithUnitsAndPeriods() throws {
    let settings = ["outcome": "y", "unit": "who", "period": "year", "first-treated": "start"]
    for method in ["event-study", "sun-abraham"] {
      let result = try estimate(method, table(long), settings)
      #expect(numbers(result["coefficients"], "estimate").map { isClose($0!, 4) } == [true], "\(method)")
    }
    let plain = try estimate(
      "two-way-fixed-effects", table(long),
      ["formula": "y ~ d", "unit": "who", "period": "year"].merging(["formula": "y ~ I(y > 9 & year == 2)"]) { $1 })
    #expect(numbers(plain["coefficients"], "estimate").count == 1)
    let refused = refusal {
      _ = try estimate("event-study", table(long), settings.merging(["errors": "hc1", "cluster": "who"]) { $1 })
    }
    #expect(refused.message.contains("--errors hc1"))
  }

  @Test func aSeries() throws {
    let rows = (1...20).reversed().map { "\($0),\(3 + 2 * $0 + ($0 >= 11 ? 5 : 0) + ($0 % 3 == 0 ? 1 : 0))" }
    let result = try estimate(
      "interrupted-time-series", table("t,y\n" + rows.joined(separator: "\n") + "\n"),
      ["outcome": "y", "time": "t", "interruptions": "11", "errors": "newey-west", "lag": "2"])
    #expect(numbers(result["coefficients"], "estimate").count == 4)
    #expect(numbers(result["series"], "time").first == 1)
    #expect(abs(number(result["averageEffect", "estimate"])! - 5) < 1)
    #expect(number(result["breuschGodfrey", "pValue"]) != nil)
  }
}
