import Estimations
import Foundation
import TestSupport
import Testing

/// What the commands of weighting give on the data of the reference cases.
@Suite(.enabled(if: SharedMaterial.folder("reference/statistics/truth") != nil, "\(SharedMaterial.absent)"))
struct WeightingEstimationTests {
  static let formula =
    "treat ~ age + educ + I(race == \"black\") + I(race == \"hispan\") + married + nodegree + re74 + re75"
  static let selection = "mbsmoke_ ~ mmarried_ + mage + mage2 + fbaby_ + medu"
  static let adjustment = "prenatal1_ + mmarried_ + mage + fbaby_"
  let people: EstimationTable
  let births: EstimationTable
  let city: EstimationTable

  init() throws {
    let folder = try #require(SharedMaterial.folder("reference/statistics/data"))
    people = try EstimationTable(contentsOf: folder.appendingPathComponent("lalonde.csv"))
    births = try EstimationTable(contentsOf: folder.appendingPathComponent("cattaneo2.csv"))
    city = try EstimationTable(contentsOf: folder.appendingPathComponent("city.csv"))
  }

  private func expectEffect(
    _ result: EstimationResult, _ value: Double, _ error: Double, relative: Double = 1e-6,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(number(result["difference", "estimate"]))
    let spread = try #require(number(result["difference", "standardError"]))
    #expect(isClose(found, value, relative: relative), sourceLocation: location)
    #expect(isClose(spread, error, relative: relative), sourceLocation: location)
  }

  @Test func weightingWithStackedErrorsAsCaseW02() throws {
    for (target, value, error) in [
      ("everyone", 224.676308271436, 876.193185557484), ("treated", 1214.07122089147, 798.154627174731),
      ("overlap", 1242.20063127236, 738.74903923042),
    ] {
      try expectEffect(
        estimate(
          "inverse-probability-weighting", people, ["formula": Self.formula, "outcome": "re78", "target": target]),
        value, error)
    }
  }

  @Test func weightingTruncatedAndTrimmedAsCaseW01() throws {
    let options = ["formula": Self.formula, "outcome": "re78", "errors": "hc3"]
    try expectEffect(
      estimate(
        "inverse-probability-weighting", people, options.merging(["truncate": "0.01,0.99"]) { $1 }), 486.933648608489,
      814.785948683392)
    try expectEffect(
      estimate("inverse-probability-weighting", people, options.merging(["trim": "0.1,0.9"]) { $1 }),
      1477.58502500753, 960.3210327317)
  }

  @Test func limitsThatAreNotTwoAreRefusedAndNotForgotten() {
    for setting in [["trim": "0.1"], ["truncate": "0.99,0.01"], ["trim": "0.1,0.9", "trim-by": "optimal"]] {
      #expect(throws: EstimationError.self) {
        try estimate("inverse-probability-weighting", people, setting.merging(["formula": Self.formula]) { $1 })
      }
    }
  }

  @Test func aTreatmentWithinAnExpressionIsRefusedBecauseItCouldNotBeSet() throws {
    for terms in ["factor(treat) + age", "I(treat * age) + educ"] {
      let (code, message) = refusal {
        _ = try estimate("regression-standardisation", people, ["treatment": "treat", "formula": "re78 ~ \(terms)"])
      }
      #expect(code == "EST-03" && message.contains("treat:age"))
    }
    let result = try estimate(
      "regression-standardisation", people, ["treatment": "treat", "formula": "re78 ~ treat * age"])
    #expect(number(result["difference", "standardError"]) != nil)
  }

  @Test func limitsOfScoresWithoutFoldsAreRefused() {
    #expect(throws: EstimationError.self) {
      try estimate(
        "augmented-weighting", people, ["formula": Self.formula, "outcome": "re78", "score-limits": "0.01,0.99"])
    }
  }

  @Test func scoresMayStopWhereGlmOfRDoes() throws {
    var options = ["formula": Self.formula, "target": "overlap", "convergence": "relativeDeviance"]
    let asInR = try #require(
      number(estimate("inverse-probability-weighting", people, options)["largestStandardisedDifference"]))
    options["convergence"] = "complete"
    let complete = try #require(
      number(estimate("inverse-probability-weighting", people, options)["largestStandardisedDifference"]))
    #expect(abs(asInR - 1.22655272605243e-08) < 1e-11)
    #expect(complete < 1e-11)
  }

  @Test func drawsFromAFileAsCaseB01() throws {
    let file = try #require(SharedMaterial.folder("reference/statistics/data")).appendingPathComponent(
      "boot_indices_B01.csv")
    let result = try estimate(
      "bootstrap", city, ["outcome": "x", "over": "u", "indices": file.path, "list-draws": "true"])
    #expect(number(result["draws"]) == 999)
    #expect(isClose(try #require(number(result["standardError"])), 0.229996564681863, relative: 1e-8))
    #expect(isClose(try #require(number(result["acceleration"])), -0.021439199474279, relative: 1e-8))
    guard case .table(let intervals) = result["intervals"], case .table(let draws) = result["values"],
      case .numbers(let lower) = intervals.columns[1].values, case .numbers(let values) = draws.columns[0].values
    else {
      Issue.record("there are no intervals")
      return
    }
    let expected = [1.03576060749944, 0.954176401869159, 1.24285714285714, 1.23829881053148, 1.24315005138746]
    for (found, value) in zip(lower, expected) { #expect(isClose(try #require(found), value, relative: 1e-8)) }
    #expect(values.count == 999 && values[0] == 1.6)
  }

  @Test func aFileThatHoldsNoDrawsIsRefused() {
    for path in ["/nowhere.csv", SharedMaterial.folder("reference/statistics/data")!.path + "/city.csv"] {
      #expect(throws: EstimationError.self) {
        try estimate("bootstrap", city, ["outcome": "x", "indices": path])
      }
    }
  }

  @Test func entropyBalancingAsCaseW03() throws {
    let result = try estimate(
      "entropy-balancing", people,
      ["formula": Self.formula, "outcome": "re78", "errors": "hc1", "total": "targetSize"])
    try expectEffect(result, 1273.26181391192, 825.732666044471)
    #expect(try #require(number(result["largestGap"])) < 1e-9)
    try expectEffect(
      estimate(
        "entropy-balancing", people,
        [
          "formula": Self.formula, "outcome": "re78", "errors": "hc1", "target": "everyone",
          "stopping": "relativeChange",
        ]), 952.016320781542, 1478.74132467092)
  }

  @Test func doublyRobustEffectsAsStataPrintsThem() throws {
    let options = [
      "formula": Self.selection, "outcome": "bweight", "outcome-terms": Self.adjustment, "link": "probit",
    ]
    try expectEffect(estimate("augmented-weighting", births, options), -230.9892, 26.21056, relative: 1e-6)
    try expectEffect(estimate("weighted-standardisation", births, options), -229.9671, 26.62668, relative: 1e-6)
    try expectEffect(
      estimate(
        "regression-standardisation", births, ["treatment": "mbsmoke_", "formula": "bweight ~ \(Self.adjustment)"]),
      -239.63921146434, 23.82402100183, relative: 1e-6)
  }

  @Test func weightingWithTheDerivativesOfStatsmodelsAsCaseW06() throws {
    let options = ["formula": Self.selection, "outcome": "bweight", "target": "treated"]
    try expectEffect(
      estimate("inverse-probability-weighting", births, options.merging(["derivative-step": "0.0001"]) { $1 }),
      -225.69918932354014, 23.712063727636266)
    try expectEffect(
      estimate("inverse-probability-weighting", births, options), -225.69918932354014, 23.7133019016194)
  }

  @Test func augmentedWeightingAsCaseW04() throws {
    let options = ["formula": Self.formula, "outcome": "re78"]
    try expectEffect(
      estimate("augmented-weighting", people, options.merging(["errors": "known-n-1"]) { $1 }), 469.639983006978,
      926.1550679012)
    try expectEffect(
      estimate("augmented-weighting", people, options.merging(["normalised": "true", "target": "overlap"]) { $1 }),
      1249.35718780005, 752.999502432271)
    let first = try estimate("augmented-weighting", people, options.merging(["folds": "5"]) { $1 })
    let again = try estimate("augmented-weighting", people, options.merging(["folds": "5"]) { $1 })
    #expect(number(first["difference", "estimate"]) == number(again["difference", "estimate"]))
  }

  /// The same whether the treatment stands in the model or each group has one with all products.
  @Test func oneModelWithAllProductsIsAModelInEachGroup() throws {
    let apart = try estimate(
      "regression-standardisation", people, ["treatment": "treat", "formula": "re78 ~ age + educ"])
    let together = try estimate(
      "regression-standardisation", people, ["treatment": "treat", "formula": "re78 ~ treat * (age + educ)"])
    try expectEffect(
      together, try #require(number(apart["difference", "estimate"])),
      try #require(number(apart["difference", "standardError"])), relative: 1e-8)
  }

  @Test func aRatioIsDrawn() throws {
    let result = try estimate("bootstrap", city, ["outcome": "x", "over": "u", "draws": "499"])
    #expect(isClose(try #require(number(result["estimate"])), 1.5203125, relative: 1e-12))
    #expect(isClose(try #require(number(result["acceleration"])), -0.021439199474279, relative: 1e-8))
    #expect(number(result["failedDraws"]) == 0)
  }

  @Test func optionsThatDoNotFitAreRefused() throws {
    #expect(throws: EstimationError.self) {
      try estimate(
        "inverse-probability-weighting", people,
        ["formula": Self.formula, "outcome": "re78", "errors": "stacked-g-1"])
    }
    #expect(throws: EstimationError.self) {
      try estimate("inverse-probability-weighting", people, ["formula": "age ~ educ", "outcome": "re78"])
    }
  }
}
