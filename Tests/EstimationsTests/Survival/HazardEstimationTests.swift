import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

/// Models of hazards on a flat file, against small cases solved by hand.
@Suite struct HazardEstimationTests {
  static let people = """
    days,event,cause,x,kind,who
    1,1,1,1,a,1
    2,1,1,0,b,1
    3,1,1,1,a,2

    """

  /// θ/(2θ + 1) · 1/(θ + 1) is highest at θ = √½.
  @Test func `Cox gives the coefficient, its tests and curves`() throws {
    let settings = ["time": "days", "event": "event", "terms": "x", "times": "2", "at": "x=1"]
    let result = try estimate("cox", table(Self.people), settings)
    let theta = 0.5.squareRoot()
    #expect(isClose(numbers(result["coefficients"], "estimate")[0]!, log(theta)))
    #expect(isClose(numbers(result["coefficients"], "hazardRatio")[0]!, theta))
    #expect(isClose(number(result["initialLogLikelihood"])!, -log(6.0)))
    #expect(isClose(number(result["scoreTest", "statistic"])!, 1.0 / 17))
    let baseline = 1 / (2 * theta + 1) + 1 / (theta + 1)
    #expect(isClose(numbers(result["baseline"], "cumulativeHazard")[0]!, baseline))
    #expect(isClose(numbers(result["predicted"], "survival")[0]!, exp(-theta * baseline)))
    #expect(number(result["concordance", "estimate"]) != nil)
    #expect(result["proportionality"] != nil)
  }

  @Test func `Cox gives residuals, and names the test of a factor by its variable`() throws {
    let settings = ["time": "days", "event": "event", "terms": "kind", "residuals": "true"]
    let result = try estimate("cox", table(Self.people), settings)
    let theta = 0.5.squareRoot()
    // kind a is x = 1 and the reference, so kind b has the ratio 1/θ.
    #expect(isClose(numbers(result["coefficients"], "hazardRatio")[0]!, 1 / theta))
    let martingale = numbers(result["residuals"], "martingale").compactMap { $0 }
    #expect(isClose(martingale[0], 1 - theta / (2 * theta + 1)))
    #expect(abs(martingale.reduce(0, +)) < 1e-9)
    #expect(isClose(numbers(result["residuals"], "linearPredictor")[1]!, -log(theta)))
    #expect(numbers(result["schoenfeld"], "kindb").count == 3)
    #expect(numbers(result["dfbeta"], "kindb").count == 3)
    guard case .table(let tests)? = result["proportionality"], case .texts(let names)? = tests.columns.first?.values
    else {
      Issue.record("no table of tests")
      return
    }
    #expect(names == ["kind", "GLOBAL"])
  }

  @Test func `Fine and Gray's model has Wald and score tests`() throws {
    let settings = ["time": "days", "cause": "cause", "of": "1", "terms": "x", "errors": "information"]
    let result = try estimate("fine-gray", table(Self.people), settings)
    #expect(isClose(number(result["scoreTest", "statistic"])!, 1.0 / 17))
    let row = numbers(result["coefficients"], "statistic")[0]!
    #expect(isClose(number(result["waldTest", "statistic"])!, row * row))
  }

  @Test func `a factor, strata, clusters and an offset reach the model`() throws {
    let rows = (0..<40).map { i in
      "\((i * 7) % 19 + 1),\(i % 4 == 0 ? 0 : 1),\(["a", "b", "c"][i % 3]),\(i % 2),\(i / 3),\(Double(i % 5) / 10)"
    }
    let people = try table("days,event,kind,site,who,off\n" + rows.joined(separator: "\n") + "\n")
    let result = try estimate(
      "cox", people,
      ["time": "days", "event": "event", "terms": "kind", "strata": "site", "cluster": "who", "offset": "off"])
    #expect(numbers(result["coefficients"], "estimate").count == 2)
    #expect(numbers(result["modelErrors"], "standardError").count == 2)
    #expect(result["robustScoreTest", "pValue"] != nil)
    #expect(result.conventions[0].english.contains("14 clusters"))
    let refused = refusal {
      _ = try estimate("cox", people, ["time": "days", "event": "event", "terms": "kind", "at": "kindd=1"])
    }
    #expect(refused.code == "EST-05" && refused.message.contains("“kindb”"))
  }

  @Test func `Firth's penalty answers where Cox cannot`() throws {
    let people = try table("days,event,x\n1,1,1\n2,1,0\n")
    let settings = ["time": "days", "event": "event", "terms": "x"]
    #expect(refusal { _ = try estimate("cox", people, settings) }.message.contains("Firth"))
    let result = try estimate("firth-cox", people, settings)
    #expect(isClose(numbers(result["coefficients"], "estimate")[0]!, log(3.0)))
  }

  @Test func `Fine-Gray with one cause is Cox with Breslow's ties`() throws {
    let fine = try estimate(
      "fine-gray", table(Self.people), ["time": "days", "cause": "cause", "terms": "x", "of": "1"])
    #expect(isClose(numbers(fine["coefficients"], "estimate")[0]!, log(0.5) / 2))
    let refused = refusal {
      _ = try estimate("fine-gray", table(Self.people), ["time": "days", "cause": "cause", "terms": "x", "of": "9"])
    }
    #expect(refused.code == "EST-06")
  }

  @Test func `a landmark leaves those who are still there`() throws {
    let result = try estimate("landmark", table(Self.people), ["time": "days", "event": "event", "landmark": "1"])
    #expect(numbers(result["curve"], "survival") == [0.5, 0])
    #expect(numbers(result["curve"], "time") == [1, 2])
  }

  @Test func `bands and concordance are given`() throws {
    let rows = (0..<30).map { "\($0 + 1),\($0 % 4 == 0 ? 0 : 1),\(30 - $0)" }.joined(separator: "\n")
    let people = try table("days,event,score\n\(rows)\n")
    let band = try estimate(
      "survival-band", people, ["time": "days", "event": "event", "kind": "hall-wellner", "from": "3", "to": "25"])
    #expect(number(band["criticalValue"])! > 1 && !numbers(band["band"], "lower").isEmpty)
    let concordance = try estimate("concordance", people, ["time": "days", "event": "event", "score": "score"])
    #expect(number(concordance["concordance", "estimate"]) == 1)
    let trend = try estimate(
      "log-rank", people, ["time": "days", "event": "event", "group": "score > 15", "weighting": "gehan"])
    #expect(number(trend["statistic"])! > 5)
  }
}
