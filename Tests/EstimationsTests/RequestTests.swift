import Estimations
import Statistics
import TestSupport
import Testing

/// Which rows are used, and what is refused before anything is computed.
@Suite struct RequestTests {
  static let people = """
    time,status,arm,weight,code
    5,2,A,1,007
    6,1,B,,008
    7,2,A,2,009
    ,1,B,1,010
    9,2,,1,011

    """

  @Test func `rows with a missing value in use are left out and counted, others are not`() throws {
    let two = try request(table(Self.people), ["x": "time", "group": "arm"])
    #expect(two.rows == RowCount(read: 5, filtered: 0, missing: 2))
    #expect(try two.numbers("x") == [5, 6, 7])
    #expect(try two.categories("group").levels == ["A", "B"])
    #expect(two.fileRow(of: 2) == 4)
    let one = try request(table(Self.people), ["x": "time"])
    #expect(one.rows == RowCount(read: 5, filtered: 0, missing: 1))
    #expect(one.fileRow(of: 3) == 6)
    let kept = try request(table(Self.people), ["kept": "time"])
    #expect(kept.rows.used == 5)
    #expect(try kept.numbers("kept")[3].isNaN)
  }

  @Test func `a filter leaves rows out before missing values are counted`() throws {
    let asked = try request(table(Self.people), ["x": "time"], filter: "arm == 'A' | status == 1")
    #expect(asked.rows == RowCount(read: 5, filtered: 1, missing: 1))
    #expect(try asked.numbers("x") == [5, 6, 7])
    #expect(refusal { _ = try filtered("status == 9") }.code == "EST-08")
    #expect(refusal { _ = try filtered("arm") }.code == "EST-07")
    #expect(refusal { _ = try filtered("armm == 'A'") }.message.contains("“arm”"))
  }

  func filtered(_ filter: String) throws -> EstimationRequest {
    try request(table(Self.people), ["x": "time"], filter: filter)
  }

  @Test func `expressions stand for columns`() throws {
    let asked = try request(
      table(Self.people), ["x": "1 + 2*(status == 2)", "yes": "code %in% c('007', '010')"])
    #expect(try asked.numbers("x") == [3, 1, 3, 1, 3])
    #expect(try asked.truths("yes") == [true, false, false, true, false])
  }

  @Test(
    arguments: [
      (["x": "tme"], "EST-05", "Did you mean “time”?"),
      (["x": "arm"], "EST-06", "from row 2"),
      (["yes": "status"], "EST-06", "arm == 'yes'"),
      (["ratio": "10"], "EST-04", "from 1 to 9"),
      (["rho": "-1"], "EST-04", "zero or more"),
      (["rho": "1,5"], "EST-04", "decimal point"),
      (["ties": "efrom"], "EST-04", "Did you mean “efron”?"),
      (["tise": "efron"], "EST-03", "Did you mean “--ties”?"),
      (["level": "95"], "EST-04", "between 0 and 1"),
    ] as [([String: String], String, String)])
  func `what does not fit is refused with the option and a hint`(
    _ settings: [String: String], _ code: String, _ words: String
  ) {
    let found = refusal {
      let asked = try request(table(Self.people), settings)
      _ = try asked.numbersIfGiven("x")
      _ = try asked.truthsIfGiven("yes")
    }
    let words = words == "arm == 'yes'" ? "status == 'yes'" : words
    #expect(found.code == code && found.message.contains(words), "\(found.message)")
  }

  @Test func `no value of a row is ever told`() {
    let canary = "Zq9Canary"
    let text = "x,y\n\(canary),1\n\(canary)2,3\n"
    for settings in [["x": "x"], ["yes": "x"], ["formula": "x ~ y"], ["formula": "y ~ log(x)"]] {
      let found = refusal {
        let asked = try request(table(text), settings)
        _ = try asked.numbersIfGiven("x")
        _ = try asked.truthsIfGiven("yes")
        if asked.has("formula") { _ = try asked.model() }
      }
      #expect(!found.code.isEmpty && !found.message.contains(canary), "\(found.message)")
    }
  }

  @Test func `marks of missing values can be named`() throws {
    let text = "x,group,code\n1,NA,07\nunknown,a,unknown\n3,b,08\n999,a,09\n"
    let marks = ["NA", "unknown", "999"]
    let one = try request(table(text, missing: marks), ["x": "x"])
    #expect(try one.numbers("x") == [1, 3])
    let two = try request(table(text, missing: marks), ["group": "group"])
    #expect(two.rows.missing == 1)
    #expect(try two.categories("group").levels == ["a", "b"])
    #expect(
      try request(table(text, missing: marks), ["group": "code"]).categories("group").levels == ["07", "08", "09"])
    #expect(try request(table(text), ["group": "group"]).categories("group").levels == ["NA", "a", "b"])
  }

  @Test func `errors and clusters ask each other`() throws {
    func covariance(_ settings: [String: String]) throws -> CovarianceConvention {
      try request(table(Self.people), settings).covariance().convention
    }
    #expect(try covariance([:]) == .classical)
    #expect(try covariance(["cluster": "arm"]) == .clustered(.cr1))
    #expect(try covariance(["errors": "hc3"]) == .hc3)
    #expect(try covariance(["errors": "cr2", "cluster": "arm"]) == .clustered(.cr2))
    #expect(refusal { _ = try covariance(["errors": "cr2"]) }.message.contains("needs --cluster"))
    #expect(refusal { _ = try covariance(["errors": "hc3", "cluster": "arm"]) }.code == "EST-03")
  }

  @Test func `a text in the response is looked for in its own row`() {
    let found = refusal {
      _ = try estimate(
        "linear-regression", table("x,b\n1.5,1\n-2,2\nabc,3\n4,5\nzero,6\n"), ["formula": "x ~ b"])
    }
    #expect(found.code == "EST-06" && found.message.contains("row 4"), "\(found.message)")
  }

  @Test func `an error of a method names the row of the file`() {
    let found = refusal {
      _ = try estimate(
        "kaplan-meier", table("t,d,g\n1,1,a\n2,0,\n-3,1,b\n"), ["time": "t", "event": "d", "group": "g"])
    }
    #expect(found.code == "EST-09" && found.message.contains("row 4"), "\(found.message)")
  }
}
