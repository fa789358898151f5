import Estimations
import TestSupport
import Testing

/// The methods of counts on a flat file.
@Suite struct CountsEstimationTests {
  @Test func `a proportion counts rows or people, and compares two groups`() throws {
    let counts = try table("arm,work,people\na,56,70\nb,48,80\n")
    let result = try estimate(
      "proportion", counts, ["outcome": "work", "people": "people", "group": "arm", "against": "0.5"])
    #expect(isClose(number(result["difference", "lower"])!, 0.05243147240236498))
    #expect(numbers(result["proportions"], "estimate").map { $0! } == [0.8, 0.6])
    let exact = try estimate(
      "proportion", table("work\n1\n0\n0\n1\n1\n"), ["outcome": "work", "method": "clopper-pearson"])
    // B(3, 3) at 0.025: the cubic 10p³ − 15p⁴ + 6p⁵.
    #expect(isClose(numbers(exact["proportions"], "lower")[0]!, 0.146632799, relative: 1e-8))
  }

  @Test func `a rate adds events and exposure, and compares two groups`() throws {
    let rows = try table("arm,n,years\na,5,400\na,6,400\nb,6,1083\nb,8,1050\nb,7,878\n")
    let result = try estimate("rate", rows, ["events": "n", "exposure": "years", "group": "arm"])
    #expect(isClose(number(result["ratio", "lower"])!, 0.8584264033916392))
    #expect(isClose(number(result["ratio", "upper"])!, 4.277265943654071))
    #expect(numbers(result["rates"], "events") == [11, 21])
  }

  @Test func `a funnel plot gives limits for each provider`() throws {
    let providers = try table("name,n,size\na,70,100\nb,90,100\nc,110,100\nd,130,100\n")
    let result = try estimate(
      "funnel-plot", providers,
      [
        "provider": "name", "events": "n", "size": "size", "measure": "rate", "target": "1",
        "overdispersion": "multiplicative", "winsorised": "0",
      ])
    #expect(isClose(number(result["dispersion"])!, 5))
    #expect(isClose(numbers(result["providers"], "upper_0.95")[0]!, 1 + 1.959963984540054 * 0.05.squareRoot()))
    let impossible = refusal { _ = try estimate("funnel-plot", providers, ["events": "n", "size": "size"]) }
    #expect(impossible.code == "EST-09")
  }
}
