import Foundation
import TestSupport
import Testing

/// `meedoen estimate` as a person types it.
@Suite struct EstimateTests {
  static let people = """
    days;status;arm;age
    1;2;a;30,5
    2;1;a;41
    3;2;a;22
    4;2;b;35
    5;1;b;
    2;2;b;50

    """

  func estimate(_ arguments: String...) throws -> Meedoen.Run {
    try withTemporaryFolder { folder in
      try Data(Self.people.utf8).write(to: folder.appendingPathComponent("people.csv"))
      return try Meedoen.run(arguments: ["estimate"] + arguments, in: folder)
    }
  }

  @Test func `without a method it lists them, with a method and help it explains that one`() throws {
    let list = try estimate("--lang", "en")
    #expect(list.status == 0 && list.output.contains("Survival\n") && list.output.contains("kaplan-meier"))
    #expect(try estimate("--lang", "nl").output.contains("Overleving\n"))
    let help = try estimate("kaplan-meier", "--help", "--lang", "en")
    #expect(help.status == 0 && help.output.contains("--event COLUMN  (required)"))
    #expect(help.output.contains("Documentation/Methods/KaplanMeier.md"))
    #expect(try estimate("kaplan-meier", "--help", "--lang", "nl").output.contains("(nodig)"))
    let methods = try estimate("--format", "json").json()
    #expect(methods["schema"] as? String == "meedoen-methods/1")
    let method = try estimate("log-rank", "--help", "--format", "json").json()
    let options = try #require(method["options"] as? [[String: Any]])
    #expect(options.contains { $0["name"] as? String == "group" && $0["required"] as? Bool == true })
  }

  @Test func `an estimate is printed for people and for programs`() throws {
    let text = try estimate(
      "kaplan-meier", "--data", "people.csv", "--time", "days", "--event", "status == 2", "--group", "arm", "--lang",
      "en")
    #expect(text.status == 0, "\(text.errors)")
    #expect(text.output.hasPrefix("Kaplan-Meier survival\n6 rows were used of 6."))
    let json = try estimate(
      "kaplan-meier", "--data=people.csv", "--time=days", "--event=status == 2", "--format=json", "--quantiles=0.5")
    let results = try #require(json.json()["results"] as? [String: Any])
    let curve = try #require(results["curve"] as? [[String: Any]])
    #expect(curve[0]["survival"] as? Double == 1 - 1.0 / 6)
    #expect(results["events"] as? Int == 4)
  }

  @Test func `rows without a value in use are counted and left out, and a filter is heeded`() throws {
    let json = try estimate(
      "log-rank", "--data", "people.csv", "--time", "days", "--event", "status == 2", "--group", "age > 33", "--where",
      "days < 5", "--format", "json"
    ).json()
    #expect(json["rows"] as? [String: Int] == ["read": 6, "filtered": 1, "missing": 0, "used": 5])
  }

  @Test(
    arguments: [
      (["kaplan-mier"], 64, "EST-02", "“kaplan-meier”"),
      (["DiD"], 64, "EST-02", "“difference-in-differences”"),
      (["log-rank", "--time", "days"], 64, "EST-03", "--data"),
      (["log-rank", "--data", "people.csv", "--time", "days"], 64, "EST-03", "--event"),
      (["log-rank", "--data", "people.csv", "--tyme", "days"], 64, "EST-03", "“--time”"),
      (["cox", "--data", "people.csv", "--formula", "age"], 64, "EST-03", "“--terms”"),
      (["log-rank", "--data", "no.csv"], 2, "FIL-07", "no.csv"),
      (["kaplan-meier", "--data", "no.csv", "--time", "days", "--event", "x"], 2, "FIL-07", "no.csv"),
      (["kaplan-meier", "--data", "people.csv", "--time", "day", "--event", "status"], 2, "EST-05", "“days”"),
      (["kaplan-meier", "--data", "people.csv", "--time", "arm", "--event", "status == 2"], 2, "EST-06", "row 2"),
      (["kaplan-meier", "--data", "people.csv", "--time", "days - 3", "--event", "status == 2"], 4, "EST-09", "row 2"),
      (["kaplan-meier", "--data", "people.csv", "--time", "days", "--event", "status = 2"], 64, "EST-07", "“==”"),
      (["kaplan-meier", "--data", "people.csv", "--time", "days", "--time", "age"], 64, "EST-03", "twice"),
      (
        ["kaplan-meier", "--data", "people.csv", "--time", "days", "--event", "status == 2", "--level", "95"], 64,
        "EST-04", "between 0 and 1"
      ),
    ] as [([String], Int32, String, String)])
  func `what goes wrong is told with its code, and the exit code tells its kind`(
    _ arguments: [String], _ status: Int32, _ code: String, _ words: String
  ) throws {
    let run = try withTemporaryFolder { folder in
      try Data(Self.people.utf8).write(to: folder.appendingPathComponent("people.csv"))
      return try Meedoen.run(arguments: ["estimate"] + arguments + ["--lang", "en"], in: folder)
    }
    let told = run.errors.replacing("\n", with: " ")
    #expect(run.status == status && told.contains(code) && told.contains(words), "\(run.status) \(told)")
    #expect(run.output.isEmpty)
  }

  @Test func `one class of all covariates asks for other errors`() throws {
    let table = "treat,x,y\n1,1,4\n1,1,5\n0,1,2\n0,1,3\n1,1,6\n0,1,1\n"
    try withTemporaryFolder { folder in
      try Data(table.utf8).write(to: folder.appendingPathComponent("t.csv"))
      let call = ["estimate", "exact-matching", "--data", "t.csv", "--formula", "treat ~ x", "--outcome", "y"]
      for language in ["en", "nl"] {
        let run = try Meedoen.run(arguments: call + ["--lang", language], in: folder)
        #expect(run.status == 4 && run.errors.contains("--errors hc1"), "\(run.errors)")
      }
      let mended = try Meedoen.run(arguments: call + ["--errors", "hc1", "--lang", "nl"], in: folder)
      #expect(mended.status == 0 && mended.output.contains("Standaardfouten: HC1"), "\(mended.errors)")
    }
  }

  @Test func `a slip of a peer that is reproduced is told with the option that corrects it`() throws {
    var table = "y,after,treat,x\n"
    for row in 0..<60 { table += "\(row * 37 % 23),\(row % 2),\(row / 2 % 2),\(row * 53 % 31)\n" }
    try withTemporaryFolder { folder in
      try Data(table.utf8).write(to: folder.appendingPathComponent("t.csv"))
      let call = [
        "estimate", "difference-in-differences", "--data", "t.csv", "--outcome", "y", "--after", "after", "--treated",
        "treat", "--covariates", "x",
      ]
      for (language, words) in [("en", "DRDID 1.0.6"), ("nl", "vergissing")] {
        let run = try Meedoen.run(arguments: call + ["--lang", language], in: folder)
        #expect(
          run.status == 0 && run.output.contains(words) && run.output.contains("exact influence"), "\(run.output)")
        let exact = try Meedoen.run(arguments: call + ["--exact-influence", "--lang", language], in: folder)
        #expect(exact.status == 0 && !exact.output.contains("DRDID 1.0.6"), "\(exact.output)")
      }
    }
  }

  @Test func `a mark that occurs nowhere is told`() throws {
    let event = try estimate(
      "kaplan-meier", "--data", "people.csv", "--time", "days", "--event", "arm == 'B'", "--times", "3", "--lang", "en")
    #expect(event.output.contains("No row has the event"), "\(event.errors)")
    let cause = try estimate(
      "cumulative-incidence", "--data", "people.csv", "--time", "days", "--cause", "status", "--times", "3", "--lang",
      "en")
    #expect(cause.output.contains("No row is marked as censored (--censored 0)"), "\(cause.errors)")
  }

  @Test func `one estimate needs no file`() throws {
    let run = try estimate("e-value", "--estimate", "2", "--lower", "1.5", "--upper", "2.7", "--format", "json")
    let results = try #require(run.json()["results"] as? [String: Any])
    let rows = try #require(results["eValues"] as? [[String: Any]])
    let value = try #require(rows.first?["eValue"] as? Double)
    #expect(rows.count == 1 && abs(value - (2 + 2.0.squareRoot())) < 1e-12)
  }

  @Test func `an error is JSON when that is asked, and its code has a page`() throws {
    let run = try estimate("log-rank", "--data", "people.csv", "--time", "day", "--format", "json")
    let json = try run.json()
    #expect(json["schema"] as? String == "meedoen-error/1")
    let code = try #require(json["code"] as? String)
    #expect(try Meedoen.run("explain", code, "--lang", "en").status == 0)
    for number in 1...10 {
      let code = "EST-" + (number < 10 ? "0" : "") + String(number)
      #expect(try Meedoen.run("explain", code, "--lang", "nl").status == 0, "\(code)")
    }
  }

  @Test func `nothing of a person stands in an error`() throws {
    let canary = "Zq9Canary"
    try withTemporaryFolder { folder in
      try Data("days,status\n\(canary),\(canary)\n4,2\n".utf8).write(to: folder.appendingPathComponent("p.csv"))
      for event in ["status", "status == 2", "log(status)"] {
        let run = try Meedoen.run(
          "estimate", "kaplan-meier", "--data", "p.csv", "--time", "days", "--event", event, in: folder)
        #expect(run.status == 2 || run.status == 64)
        #expect(!(run.errors + run.output).contains(canary))
      }
    }
  }
}
