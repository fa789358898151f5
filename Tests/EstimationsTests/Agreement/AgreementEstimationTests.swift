import Estimations
import TestSupport
import Testing

/// The methods of agreement on a flat file.
@Suite struct AgreementEstimationTests {
  @Test func `Cohen's kappa takes categories of both raters, in the order given`() throws {
    let subjects = try table("a,b\nlow,low\nlow,mid\nmid,mid\nhigh,high\nhigh,mid\n,low\n")
    let plain = try estimate("cohen-kappa", subjects, ["first": "a", "second": "b"])
    // pₒ = 3/5; margins (2, 1, 2) and (1, 3, 1) of 5: pₑ = 7/25.
    #expect(isClose(number(plain["kappa", "estimate"])!, (0.6 - 0.28) / 0.72))
    #expect(number(plain["missing"]) == 1)
    let weighted = try estimate(
      "cohen-kappa", subjects, ["first": "a", "second": "b", "disagreement": "linear", "order": "low,mid,high"])
    #expect(isClose(number(weighted["observedAgreement"])!, 0.8))
    #expect(texts(weighted["table"], "first") == ["low", "mid", "high"])
    let table = try table("a,b,n\n0,0,20\n0,1,5\n1,0,10\n1,1,15\n")
    let counted = try estimate("cohen-kappa", table, ["first": "a", "second": "b", "people": "n"])
    #expect(isClose(number(counted["kappa", "estimate"])!, 0.4) && number(counted["subjects"]) == 50)
    let wrong = refusal {
      _ = try estimate("cohen-kappa", subjects, ["first": "a", "second": "b", "order": "low,mid"])
    }
    #expect(wrong.code == "EST-06")
  }

  @Test func `Fleiss' kappa takes counts of raters`() throws {
    let subjects = try table("x,y\n2,0\n1,1\n0,2\n")
    let result = try estimate("fleiss-kappa", subjects, ["counts": "x,y"])
    // P̄ = 2/3, P̄ₑ = 1/2.
    #expect(isClose(number(result["kappa", "estimate"])!, 1.0 / 3))
    #expect(number(result["raters"]) == 2)
  }

  @Test(arguments: [("nominal", 0.743421052631579), ("ordinal", 0.8153875037548814), ("interval", 0.8491071428571428)])
  func `Krippendorff's alpha takes a column for each coder`(_ metric: String, _ expected: Double) throws {
    let units = try table(
      """
      a,b,c,d
      1,1,,1
      2,2,3,2
      3,3,3,3
      3,3,3,3
      2,2,2,2
      1,2,3,4
      4,4,4,4
      1,1,2,1
      2,2,2,2
      ,5,5,5
      ,,1,1
      ,3,,

      """)
    let result = try estimate(
      "krippendorff-alpha", units, ["coders": "a,b,c,d", "metric": metric, "draws": "99"])
    #expect(isClose(number(result["alpha", "estimate"])!, expected))
    #expect(number(result["units"]) == 11 && number(result["values"]) == 40)
    #expect(number(result["alpha", "lower"])! < expected)
  }

  @Test func `alpha of stretches takes a row for each stretch`() throws {
    let stretches = try table("who,from,to,code\nA,2,6,x\nB,4,8,x\n")
    let result = try estimate(
      "unitised-alpha", stretches,
      ["observer": "who", "start": "from", "end": "to", "value": "code", "length": "10"])
    #expect(isClose(number(result["whole"])!, 1 - 2848.0 / 3840))
    #expect(numbers(result["values"], "coverage") == [0.5])
  }
}
