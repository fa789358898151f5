import Estimations
import Foundation
import TestSupport
import Testing

/// What the commands of matching give on the data of the reference cases.
@Suite(.enabled(if: SharedMaterial.folder("reference/statistics/truth") != nil, "\(SharedMaterial.absent)"))
struct MatchingEstimationTests {
  static let formula = "treat ~ age + educ + race + married + nodegree + re74 + re75"
  let people: EstimationTable

  init() throws {
    let folder = try #require(SharedMaterial.folder("reference/statistics/data"))
    people = try EstimationTable(contentsOf: folder.appendingPathComponent("lalonde.csv"))
  }

  @Test func `nearest neighbours within a caliper, as case M02`() throws {
    let result = try estimate(
      "nearest-neighbour-matching", people,
      [
        "formula": Self.formula, "caliper": "0.2", "outcome": "re78", "id": "id", "list-pairs": "true",
        "tie-draws": "5",
      ])
    #expect(abs(number(result["effect", "estimate"])! - 1571.74445442478) < 1e-6)
    #expect(abs(number(result["effect", "standardError"])! - 1010.9479698261) < 1e-4)
    #expect(number(result["pairCount"]) == 113)
    #expect(abs(number(result["caliperWidth"])! - 0.0580626744079576) < 1e-8)
    #expect(abs(number(result["tieSensitivity", "highest"])! - 1594.39) < 0.01)
    guard case .table(let pairs) = result["pairs"] else {
      Issue.record("there is no list of pairs")
      return
    }
    guard case .texts(let units) = pairs.columns[0].values, case .texts(let matches) = pairs.columns[1].values else {
      Issue.record("pairs have no names")
      return
    }
    #expect(units.first == "NSW2" && matches.first == "PSID111")
    #expect(!result.warnings.isEmpty)
  }

  @Test func `classes with boundaries, as case M09`() throws {
    let result = try estimate(
      "coarsened-exact-matching", people,
      [
        "formula": Self.formula, "outcome": "re78",
        "cutpoints": "age=20;25;30;40,educ=8.5;11.5;12.5,re74=1;5000;10000,re75=1;5000;10000", "errors": "hc1",
      ])
    #expect(abs(number(result["effect", "estimate"])! + 1144.21146781566) < 1e-6)
    #expect(abs(number(result["effect", "standardError"])! - 1042.76241408541) < 1e-4)
  }

  @Test(arguments: [
    ("optimal-pair-matching", [:]), ("full-matching", [:]), ("exact-matching", ["formula": "treat ~ race + married"]),
    ("subclassification", ["classes": "5"]), ("nearest-neighbour-matching", ["distance": "mahalanobis"]),
    ("nearest-neighbour-matching", ["exact-on": "race + married", "ratio": "2", "replace": "true"]),
    ("nearest-neighbour-matching", ["caliper-on": "age=0.5", "differ-on": "married", "estimand": "control"]),
    ("coarsened-exact-matching", ["grouping": "race=hispan+white;black", "pair": "mahalanobis"]),
  ]) func `methods give sizes, balance and an effect`(_ method: String, _ settings: [String: String]) throws {
    let result = try estimate(
      method, people,
      ["formula": Self.formula, "outcome": "re78", "adjust": "true", "list-weights": "true"]
        .merging(settings) { $1 })
    #expect(number(result["effect", "standardError"])! > 0)
    guard case .table(let balance) = result["balance"], case .table(let weights) = result["weights"] else {
      Issue.record("there is no balance")
      return
    }
    #expect(balance.rowCount >= 4 && weights.rowCount == 614)
  }

  @Test func `the matching estimator, as in case M14`() throws {
    let result = try estimate(
      "matching-estimator", people,
      ["formula": Self.formula, "outcome": "re78", "match-on": "score", "neighbours": "4", "bias-adjust": "true"])
    #expect(abs(number(result["effect", "estimate"])! - 1259.40414195657) < 1e-3)
    #expect(abs(number(result["effect", "standardError"])! - 967.942753767073) < 1e-3)
  }

  @Test func `people who are the same have the same score, so that ties stay ties`() throws {
    let result = try estimate("nearest-neighbour-matching", people, ["formula": Self.formula])
    guard case .table(let balance) = result["balance"],
      let column = balance.columns.first(where: { $0.key == "ecdfMeanBefore" }),
      case .numbers(let means) = column.values
    else {
      Issue.record("there is no balance")
      return
    }
    // The mean is over distinct scores, of which there are as many as distinct people (MatchIt 4.7.2, case M01).
    #expect(abs(try #require(means[0]) - 0.377423218260915) < 1e-9)
  }

  @Test func `the regression and the balance may have covariates of their own, as case M08`() throws {
    let result = try estimate(
      "exact-matching", people,
      [
        "formula": "treat ~ race + married + nodegree", "outcome": "re78",
        "adjust-for": "age + educ + race + married + nodegree + re74 + re75", "balance-on": "age + married",
      ])
    #expect(abs(number(result["effect", "estimate"])! - 1372.20336439363) < 1e-6)
    #expect(abs(number(result["effect", "standardError"])! - 244.364876747056) < 1e-6)
    guard case .table(let balance) = result["balance"] else {
      Issue.record("there is no balance")
      return
    }
    #expect(balance.rowCount == 6)
  }

  @Test func `balance needs no matching`() throws {
    let result = try estimate(
      "balance", people, ["formula": Self.formula, "denominator": "pooled", "weights": "1 + (age > 30)"])
    #expect(number(result["largestStandardisedDifference"])! > 0.5)
  }

  @Test func `a treatment of three values and a nameless caliper are refused`() {
    #expect(throws: EstimationError.self) {
      try estimate("balance", people, ["formula": "educ ~ age"])
    }
    #expect(throws: EstimationError.self) {
      try estimate("nearest-neighbour-matching", people, ["formula": Self.formula, "caliper-on": "age"])
    }
  }
}
