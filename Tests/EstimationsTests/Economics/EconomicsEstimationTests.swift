import Estimations
import TestSupport
import Testing

/// The methods of costs and effects on a flat file.
@Suite struct EconomicsEstimationTests {
  @Test func `a trial gives differences, their ratio and net benefit`() throws {
    let people = try table(
      "cost,gain,arm,age\n1,1,1,30\n3,2,1,40\n5,3,1,50\n1,0,0,30\n2,1,0,60\n3,2,0,45\n2,1,0,52\n")
    let result = try estimate(
      "cost-effectiveness", people,
      ["cost": "cost", "effect": "gain", "treatment": "arm", "willingness": "0,2", "adjust": "age", "draws": "50"])
    // Means 3 and 2 of the treated, 2 and 1 of the others.
    #expect(number(result["cost", "estimate"]) == 1 && number(result["effect", "estimate"]) == 1)
    #expect(number(result["ratio", "ratio"]) == 1)
    #expect(numbers(result["netBenefit"], "estimate") == [-1, 1])
    #expect(numbers(result["regression"], "estimate").count == 2)
    #expect(numbers(result["resampled"], "valueOfPerfectInformation").count == 2)
  }

  @Test func `draws of a model give decisions and switching points`() throws {
    let draws = try table("c1,c2,e1,e2\n0,10,0,2\n0,10,0,0\n")
    let result = try estimate(
      "cost-effectiveness-simulation", draws,
      ["costs": "c1,c2", "effects": "e1,e2", "base": "2", "names": "none,all", "willingness": "0,20"])
    #expect(number(result["against_none", "ratio"]) == 10)
    #expect(numbers(result["decisions"], "incrementalNetBenefit_none") == [-10, 10])
    #expect(numbers(result["decisions"], "acceptability_none") == [0, 0.5])
    // Best in each draw at 20: 30 and 0, on average 15; best on average 10.
    #expect(numbers(result["decisions"], "valueOfPerfectInformation") == [0, 5])
    #expect(texts(result["switchingPoints"], "best") == ["none", "all"])
    let wrong = refusal {
      _ = try estimate("cost-effectiveness-simulation", draws, ["costs": "c1,c2", "effects": "e1"])
    }
    #expect(wrong.code == "EST-03")
  }

  @Test func `the frontier names what dominates`() throws {
    let strategies = try table("name,cost,effect\nnone,0,0\na,10,2\nb,30,3\nc,50,6\nd,60,5\n")
    let result = try estimate(
      "efficiency-frontier", strategies, ["strategy": "name", "cost": "cost", "effect": "effect"])
    #expect(
      texts(result["strategies"], "status") == [
        "start", "onFrontier", "extendedlyDominated", "onFrontier", "dominated",
      ])
    #expect(texts(result["strategies"], "comparedWith") == ["", "none", "a + c", "a", "c"])
    #expect(numbers(result["strategies"], "ratio") == [nil, 5, nil, 10, nil])
  }
}
