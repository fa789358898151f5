import Estimations
import Foundation
import TestSupport
import Testing

/// Logits, counts, marginal effects and imputation on a flat file, against cases solved by hand.
@Suite struct GeneralisedEstimationTests {
  // Two groups of 10: 7 and 4 of them have the outcome, with 30 and 12 visits in 10 and 8 months each.
  static let people: String = {
    var text = "id,group,out,visits,months,score\n"
    for i in 0..<10 { text += "\(i),a,\(i < 7 ? 1 : 0),3,10,\(i % 4)\n" }
    for i in 0..<10 { text += "\(i + 10),b,\(i < 4 ? 1 : 0),\(i < 2 ? 2 : 1),8,\((3 * i) % 5)\n" }
    return text
  }()

  private func column(_ key: String, _ value: ResultValue?) -> [Double] {
    numbers(value, key).map { $0 ?? .nan }
  }

  private func names(_ value: ResultValue?) -> [String] {
    guard case .table(let table)? = value, let column = table.columns.first, case .texts(let texts) = column.values
    else { return [] }
    return texts
  }

  private func isNear(_ found: [Double], _ expected: [Double], _ tolerance: Double = 1e-6) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test func `a logit of two groups gives their odds ratio`() throws {
    let result = try estimate(
      "logistic-regression", table(Self.people), ["formula": "out ~ group", "convergence": "complete"])
    let odds = (4.0 / 6) / (7.0 / 3)
    #expect(names(result["coefficients"]) == ["(Intercept)", "groupb"])
    #expect(isNear(column("oddsRatio", result["coefficients"]), [7.0 / 3, odds]))
    let error = (1 / 7.0 + 1 / 3.0 + 1 / 4.0 + 1 / 6.0).squareRoot()
    #expect(isNear(Array(column("standardError", result["coefficients"]).suffix(1)), [error]))
    #expect(column("exactLower", result["profile"]).count == 2)
    #expect(number(result["fit", "observations"]) == 20)
  }

  @Test func `a rate of two groups gives their rate ratio`() throws {
    let result = try estimate(
      "poisson-regression", table(Self.people),
      ["formula": "visits ~ group + offset(log(months))", "convergence": "complete"])
    #expect(isNear(column("rateRatio", result["coefficients"]), [0.3, (12.0 / 80) / 0.3]))
  }

  @Test func `the marginal effect of a group is the difference of shares`() throws {
    let result = try estimate(
      "marginal-effects", table(Self.people), ["formula": "out ~ group", "predictions": "group"])
    #expect(names(result["effects"]) == ["group: b - a"])
    #expect(isNear(column("estimate", result["effects"]), [0.4 - 0.7]))
    let error = (0.7 * 0.3 / 10 + 0.4 * 0.6 / 10).squareRoot()
    #expect(isNear(column("standardError", result["effects"]), [error], 1e-5))
    #expect(isNear(column("estimate", result["predictions"]), [0.55, 0.7, 0.4]))
  }

  @Test func `a square moves with its variable, and what does not is refused`() throws {
    let people = try table(Self.people)
    let square = try estimate(
      "marginal-effects", people, ["formula": "visits ~ score + I(score^2)", "family": "linear"])
    let line = try estimate(
      "marginal-effects", people, ["formula": "visits ~ score + I(score^2)", "family": "linear", "at": "means"])
    // The slope of a parabola at the mean is the mean of its slopes.
    #expect(
      isNear(column("estimate", square["effects"]), column("estimate", line["effects"])))
    let found = refusal {
      _ = try estimate("marginal-effects", people, ["formula": "visits ~ score + exp(score)", "family": "linear"])
    }
    #expect(found.code == "EST-09" && found.message.contains("exp(score)"))
  }

  @Test func `separation is refused with the column, and Firth's penalty answers`() throws {
    let rows = "y,x\n" + (1...10).map { "\($0 > 5 ? 1 : 0),\($0)\n" }.joined()
    let found = refusal { _ = try estimate("logistic-regression", table(rows), ["formula": "y ~ x"]) }
    #expect(found.code == "EST-09" && found.message.contains("Firth"))
    let result = try estimate("firth-regression", table(rows), ["formula": "y ~ x"])
    #expect(isNear(column("estimate", result["coefficients"]), [-5.338572631293450, 0.970649569326082]))
  }

  @Test func `Rubin's rules join three estimates`() throws {
    let rows = "estimate,se\n1,0.2\n1.1,0.25\n0.8,0.22\n"
    let result = try estimate("rubins-rules", table(rows), ["estimate": "estimate", "standard-error": "se"])
    let mean = 2.9 / 3
    let within = (0.04 + 0.0625 + 0.0484) / 3
    let between = [1.0, 1.1, 0.8].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
    #expect(isNear(column("estimate", result["coefficients"]), [mean]))
    #expect(
      isNear(column("standardError", result["coefficients"]), [(within + 4 * between / 3).squareRoot()]))
  }

  @Test func `a regression over completed sets uses every row`() throws {
    var rows = "a,b\n"
    for i in 0..<60 { rows += "\(i % 10),\(i % 7 == 0 ? "" : String(2 * (i % 10) + i % 3))\n" }
    let settings = ["variables": "a,b", "formula": "b ~ a", "imputations": "5", "iterations": "2"]
    let result = try estimate("multiple-imputation", table(rows), settings)
    #expect(result.rows.used == 60)
    #expect(abs(column("estimate", result["coefficients"])[1] - 2) < 0.2)
    let again = try estimate("multiple-imputation", table(rows), settings)
    #expect(column("estimate", result["coefficients"]) == column("estimate", again["coefficients"]))
  }
}
