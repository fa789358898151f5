import Estimations
import TestSupport
import Testing

/// The methods of sensitivity on a flat file, against numbers that other tests pin.
@Suite struct SensitivityEstimationTests {
  @Test func `Rosenbaum bounds of three positive pairs are the cube of the largest probability`() throws {
    let pairs = try table("y1,y0\n2,1\n4,2\n6,3\n")
    let result = try estimate(
      "rosenbaum-bounds", pairs, ["treated": "y1", "control": "y0", "exact": "true", "gamma": "1,3"])
    #expect(numbers(result["pValues"], "upperPValue").map { $0! } == [0.125, 0.421875])
    #expect(numbers(result["pValues"], "lowerPValue").map { $0! } == [0.125, 0.015625])
    #expect(numbers(result["effects"], "lowerEstimate")[0] == 2)
    #expect(number(result["withstoodGamma"]) == nil && result.warnings.count == 1)
  }

  @Test func `McNemar bounds count the pairs that differ`() throws {
    let pairs = try table("a,b\n1,0\n1,0\n1,1\n0,0\n")
    let result = try estimate("mcnemar-bounds", pairs, ["treated": "a", "control": "b", "gamma": "3"])
    #expect(number(result["treatedOnly"]) == 2 && number(result["controlOnly"]) == 0)
    #expect(isClose(numbers(result["pValues"], "upperPValue")[0]!, 0.5625))
  }

  @Test func `rows may stand for several pairs or people`() throws {
    let pairs = try table("a,b,n\n1,0,110\n0,1,12\n1,1,30\n")
    let result = try estimate("mcnemar-bounds", pairs, ["treated": "a", "control": "b", "people": "n", "gamma": "3"])
    #expect(number(result["treatedOnly"]) == 110 && number(result["controlOnly"]) == 12)
    #expect(isClose(numbers(result["pValues"], "upperPValue")[0]! * 1e5, 2.03003920663525, relative: 1e-9))
    let counts = try table("work,treated,n\n1,1,30\n0,1,20\n1,0,10\n0,0,40\n")
    let risk = try estimate(
      "e-value-risk-difference", counts, ["outcome": "work", "treatment": "treated", "people": "n"])
    #expect(isClose(number(risk["riskDifference", "estimate"])!, 0.4))
    let wrong = refusal {
      _ = try estimate("mcnemar-bounds", table("a,b,n\n1,0,-1\n"), ["treated": "a", "control": "b", "people": "n"])
    }
    #expect(wrong.code == "EST-06")
  }

  @Test func `E-values are given for each row, with limits where there are any`() throws {
    let ratios = try table("rr,low,high\n3.9,1.8,8.7\n0.8,,0.91\n")
    let result = try estimate("e-value", ratios, ["estimate": "rr", "lower": "low", "upper": "high"])
    let values = numbers(result["eValues"], "eValue")
    #expect(isClose(values[0]!, 7.263034344160051) && isClose(values[1]!, 1.8090169943749475))
    #expect(isClose(numbers(result["eValues"], "eValueLimit")[0]!, 3))
    let odds = try estimate("e-value", ratios, ["estimate": "rr", "measure": "odds-ratio-common"])
    #expect(isClose(numbers(odds["eValues"], "riskRatio")[0]!, 3.9.squareRoot()))
    let slopes = try table("b,se,sd\n1,0.2,4\n")
    let slope = try estimate(
      "e-value", slopes,
      ["estimate": "b", "standard-error": "se", "deviation": "sd", "measure": "coefficient", "contrast": "2"])
    let difference = try estimate(
      "e-value", table("d,se\n0.5,0.1\n"),
      ["estimate": "d", "standard-error": "se", "measure": "standardised-difference"])
    #expect(numbers(slope["eValues"], "eValueLimit") == numbers(difference["eValues"], "eValueLimit"))
    #expect(
      refusal { _ = try estimate("e-value", slopes, ["estimate": "b", "measure": "coefficient"]) }.code == "EST-03")
  }

  @Test func `the E-value of a risk difference counts people`() throws {
    var rows = "work,treated\n"
    for (work, treated, count) in [(1, 1, 30), (0, 1, 20), (1, 0, 10), (0, 0, 40)] {
      rows += String(repeating: "\(work),\(treated)\n", count: count)
    }
    let result = try estimate("e-value-risk-difference", table(rows), ["outcome": "work", "treatment": "treated"])
    #expect(isClose(number(result["riskDifference", "estimate"])!, 0.4))
    #expect(number(result["eValue"])! > number(result["eValueLimit"])!)
  }

  @Test func `p-values are corrected in the order of the rows`() throws {
    let tests = try table("name,p\na,0.01\nb,0.04\nc,0.03\n")
    let result = try estimate("multiple-testing", tests, ["p-value": "p", "label": "name", "method": "holm"])
    #expect(numbers(result["tests"], "adjusted").map { $0! } == [0.03, 0.06, 0.06])
    #expect(number(result["findings"]) == 1)
  }
}
