import Foundation
import TestSupport
import Testing

/// `meedoen estimate` for agreement and counts, from a CSV file to the numbers printed, against numbers worked by hand.
@Suite struct EstimateAgreementTests {
  func run(_ table: String, _ arguments: [String]) throws -> Meedoen.Run {
    try withTemporaryFolder { folder in
      try Data(table.utf8).write(to: folder.appendingPathComponent("t.csv"))
      return try Meedoen.run(
        arguments: ["estimate", arguments[0], "--data", "t.csv"] + arguments.dropFirst(), in: folder)
    }
  }

  /// The numbers in JSON, and the text in English and Dutch.
  func results(_ table: String, _ arguments: String...) throws -> [String: Any] {
    let run = try run(table, arguments + ["--format", "json"])
    #expect(run.status == 0, "\(run.errors)")
    return try #require(run.json()["results"] as? [String: Any])
  }

  func text(_ table: String, _ language: String, _ arguments: String...) throws -> String {
    let run = try run(table, arguments + ["--lang", language])
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  func number(_ results: [String: Any], _ path: String...) -> Double? {
    var value: Any? = results
    for key in path { value = (value as? [String: Any])?[key] }
    return (value as? NSNumber)?.doubleValue
  }

  func row(_ results: [String: Any], _ table: String, _ number: Int) -> [String: Any] {
    (results[table] as? [[String: Any]])?[number] ?? [:]
  }

  /// 20 and 15 of 50 agree: pₒ = 0.7; margins 25/25 and 30/20 give pₑ = 0.5; κ = 0.4.
  static let raters = "a,b,n\nno,no,20\nno,yes,5\nyes,no,10\nyes,yes,15\n"

  @Test func `Cohen's kappa`() throws {
    let found = try results(Self.raters, "cohen-kappa", "--first", "a", "--second", "b", "--people", "n")
    #expect(isClose(number(found, "kappa", "estimate") ?? 0, 0.4))
    #expect(isClose(number(found, "observedAgreement") ?? 0, 0.7))
    // √(pₒ(1 − pₒ)/n)/(1 − pₑ) is close to Fleiss, Cohen and Everitt's error.
    #expect(abs((number(found, "kappa", "standardError") ?? 0) - 0.1296) < 0.005)
    #expect(number(found, "subjects") == 50)
    let english = try text(Self.raters, "en", "cohen-kappa", "--first", "a", "--second", "b", "--people", "n")
    #expect(english.contains("0.4"), "\(english)")
    let dutch = try text(Self.raters, "nl", "cohen-kappa", "--first", "a", "--second", "b", "--people", "n")
    #expect(dutch.contains("0,4") && dutch.contains("Hoe het is berekend"), "\(dutch)")
  }

  @Test func `Fleiss' kappa`() throws {
    // P̄ = (1 + 0 + 1)/3 and P̄ₑ = ½² + ½².
    let table = "x,y\n2,0\n1,1\n0,2\n"
    let found = try results(table, "fleiss-kappa", "--counts", "x,y")
    #expect(isClose(number(found, "kappa", "estimate") ?? 0, 1.0 / 3))
    #expect(number(found, "raters") == 2)
    #expect(try text(table, "en", "fleiss-kappa", "--counts", "x,y").contains("0.33333"))
  }

  @Test func `Krippendorff's alpha`() throws {
    // Values 1 1, 2 2, 1 2: two of the six values differ within their unit, Dₒ = 2/6; Dₑ = 2·3·3/(6·5).
    let table = "one,two\n1,1\n2,2\n1,2\n3,\n"
    let found = try results(
      table, "krippendorff-alpha", "--coders", "one,two", "--metric", "nominal", "--draws", "99")
    #expect(isClose(number(found, "alpha", "estimate") ?? 0, 1 - (2.0 / 6) / (18.0 / 30)))
    #expect(number(found, "units") == 3 && number(found, "values") == 6)
    let again = try results(
      table, "krippendorff-alpha", "--coders", "one,two", "--metric", "nominal", "--draws", "99")
    #expect(number(found, "alpha", "lower") == number(again, "alpha", "lower"))
    let dutch = try text(
      table, "nl", "krippendorff-alpha", "--coders", "one,two", "--metric", "nominal", "--draws", "99")
    #expect(dutch.contains("0,44444"), "\(dutch)")
  }

  @Test func `a proportion`() throws {
    // Wilson's limits of 8 of 10: (p + z²/2n ± z√(p(1 − p)/n + z²/4n²))/(1 + z²/n).
    let table = "work,n\n8,10\n"
    let found = try results(table, "proportion", "--outcome", "work", "--people", "n")
    let proportion = row(found, "proportions", 0)
    let z = 1.959963984540054
    let centre = 0.8 + z * z / 20
    let reach = z * (0.8 * 0.2 / 10 + z * z / 400).squareRoot()
    for (key, expected) in [
      ("estimate", 0.8), ("lower", (centre - reach) / (1 + z * z / 10)), ("upper", (centre + reach) / (1 + z * z / 10)),
    ] {
      #expect(isClose((proportion[key] as? NSNumber)?.doubleValue ?? 0, expected), "\(key)")
    }
    #expect(try text(table, "en", "proportion", "--outcome", "work", "--people", "n").contains("0.8"))
    let wrong = try run("work,n\n12,10\n", ["proportion", "--outcome", "work", "--people", "n", "--lang", "nl"])
    let told = wrong.errors.replacing("\n", with: " ")
    #expect(wrong.status == 4 && told.contains("Er is geen schatting") && !told.contains("in het Engels"), "\(told)")
  }

  @Test func `a rate`() throws {
    let table = "arm,n,years\na,5,400\na,6,400\nb,21,3011\n"
    let found = try results(
      table, "rate", "--events", "n", "--exposure", "years", "--group", "arm")
    #expect(isClose((row(found, "rates", 0)["estimate"] as? NSNumber)?.doubleValue ?? 0, 11.0 / 800))
    #expect((row(found, "rates", 1)["events"] as? NSNumber)?.intValue == 21)
    #expect(isClose(number(found, "ratio", "estimate") ?? 0, 11.0 / 800 / (21.0 / 3011)))
    #expect(try text(table, "en", "rate", "--events", "n", "--exposure", "years", "--group", "arm").contains("0.01375"))
  }

  @Test func `the limits of a funnel plot`() throws {
    let table = "name,n,size\na,90,100\nb,110,100\nc,130,100\n"
    let found = try results(
      table, "funnel-plot", "--provider", "name", "--events", "n", "--size", "size", "--measure", "rate", "--target",
      "1",
      "--overdispersion", "multiplicative", "--winsorised", "0")
    // (−1)² + 1² + 3² over three providers.
    #expect(isClose(number(found, "dispersion") ?? 0, 11.0 / 3))
    let upper = row(found, "providers", 0)["upper_0.95"] as? NSNumber
    #expect(isClose(upper?.doubleValue ?? 0, 1 + 1.959963984540054 * (0.01 * 11.0 / 3).squareRoot()))
    let dutch = try text(
      table, "nl", "funnel-plot", "--provider", "name", "--events", "n", "--size", "size", "--measure", "rate",
      "--target",
      "1")
    #expect(dutch.contains("Trechterplot") && dutch.contains("1,1958"), "\(dutch)")
  }
}
