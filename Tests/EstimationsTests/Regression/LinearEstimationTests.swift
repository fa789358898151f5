import Estimations
import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct LinearEstimationTests {
  /// y = 2.2 + 0.6 x worked by hand in LinearRegressionTests.
  private let five = "x,y,group,who\n1,2,a,p\n2,4,a,p\n3,5,b,q\n4,4,b,r\n5,5,b,r\n"

  private func rows(_ value: ResultValue?) -> ResultTable? {
    if case .table(let table)? = value { table } else { nil }
  }

  @Test func fivePointsWorkedByHand() throws {
    let result = try estimate("linear-regression", table(five), ["formula": "y ~ x"])
    let values = numbers(result["coefficients"], "estimate")
    #expect(isClose(values[0]!, 2.2) && isClose(values[1]!, 0.6))
    #expect(isClose(numbers(result["coefficients"], "standardError")[1]!, 0.08.squareRoot()))
    #expect(isClose(number(result["fit", "rSquared"])!, 0.6))
    #expect(isClose(number(result["fit", "f"])!, 4.5))
    #expect(number(result["residualDegreesOfFreedom"]) == 3)
    #expect(result.conventions.allSatisfy { $0.dutch != nil })
  }

  @Test func clustersTestsAndSumsOfCoefficients() throws {
    let result = try estimate(
      "linear-regression", table(five),
      ["formula": "y ~ x", "cluster": "who", "errors": "cr0", "test": "x", "combine": "(Intercept)=1,x=3"])
    #expect(isClose(numbers(result["coefficients"], "standardError")[1]!, 0.02.squareRoot()))
    #expect(isClose(number(result["test", "f"])!, 18))
    #expect(number(result["test", "denominatorDegreesOfFreedom"]) == 2)
    #expect(isClose(number(result["combination", "estimate"])!, 4))
    let refused = refusal {
      _ = try estimate("linear-regression", table(five), ["formula": "y ~ x", "combine": "z=1"])
    }
    #expect(refused.code == "EST-04" && refused.message.contains("z"))
  }

  @Test func smallClustersHaveSatterthwaiteAndHotelling() throws {
    var text = "x,y,z,who\n"
    for i in 0..<40 { text += "\((i * 37) % 41),\((i * i * 7 + 3 * i) % 17 + i % 5),\(i % 3),\(i / 5)\n" }
    let result = try estimate(
      "linear-regression", table(text),
      ["formula": "y ~ x + z", "cluster": "who", "errors": "cr2", "test": "x,z", "combine": "x=1,z=-1"])
    #expect(numbers(result["coefficients"], "degreesOfFreedom").allSatisfy { $0! > 1 && $0! < 7 })
    #expect(number(result["hotellingTest", "pValue"])! > 0)
    let degrees = number(result["combination", "degreesOfFreedom"])!
    #expect(degrees != degrees.rounded())
  }

  @Test func influenceAndPredictionsNameTheRowsOfTheFile() throws {
    let gap = "x,y\n1,2\n,3\n2,4\n3,5\n4,4\n5,5\n"
    let result = try estimate(
      "linear-regression", table(gap), ["formula": "y ~ x", "influence": "true", "predictions": "true"])
    let influence = rows(result["influence"])
    guard case .wholes(let found)? = influence?.columns.first?.values else { return }
    #expect(found == [2, 4, 5, 6, 7])
    #expect(isClose(numbers(result["influence"], "leverage")[0]!, 0.6))
    #expect(isClose(numbers(result["predictions"], "estimate")[4]!, 5.2))
    #expect(numbers(result["predictions"], "observationLower")[0]! < numbers(result["predictions"], "lower")[0]!)
  }

  @Test func seriesHaveErrorsOfNeweyAndWest() throws {
    let result = try estimate("linear-regression", table(five), ["formula": "y ~ x", "lag": "0"])
    #expect(isClose(numbers(result["coefficients"], "standardError")[1]!, (0.0344 * 5 / 3).squareRoot()))
    #expect(result.conventions[0].english.contains("0 lags"))
  }

  @Test func absorbedEffectsWorkedByHand() throws {
    let text = "x,y,person,month\n0,10,1,1\n1,12,1,2\n5,0,2,1\n8,4,2,2\n0,3,3,1\n3,9,3,2\n"
    let one = try estimate(
      "absorbed-regression", table(text),
      ["formula": "y ~ x", "absorb": "person", "where": ""].filter { $0.value != "" })
    // (1·2 + 3·4 + 3·6)/(1 + 9 + 9).
    #expect(isClose(numbers(one["coefficients"], "estimate")[0]!, 32.0 / 19))
    // Around the means of the changes, 7/3 and 4: (4/3·2 + 2/3·0 + 2/3·2)/(16/9 + 4/9 + 4/9).
    let two = try estimate(
      "absorbed-regression", table(text), ["formula": "y ~ x", "absorb": "person,month", "cluster": "person"])
    #expect(isClose(numbers(two["coefficients"], "estimate")[0]!, 1.5))
    #expect(two.conventions[0].english.contains("K = 3"))
  }

  @Test(.enabled(if: SharedMaterial.folder("reference/statistics") != nil, "the shared reference material is absent"))
  func petersenWithSeveralConventions() throws {
    let file = try #require(SharedMaterial.folder("reference/statistics/data/petersen_cl.csv"))
    let panel = try EstimationTable(contentsOf: file)
    let found = try estimate(
      "linear-regression", panel, ["formula": "y ~ x", "cluster": "firm,year", "errors": "cr1-white"])
    let errors = numbers(found["coefficients"], "standardError")
    #expect(isClose(errors[0]!, 0.0650663905756927) && isClose(errors[1]!, 0.0535610337451434))
  }
}
