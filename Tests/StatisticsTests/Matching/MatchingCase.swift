import Foundation
import NumericalMethods
import Statistics
import Testing

/// The data of the matching cases: LaLonde's sample as MatchIt ships it.
struct MatchingCase {
  let reference: ReferenceCase
  let ids: [String]
  let treated: [Bool]
  let outcome: [Double]
  let covariates: [ModelMatrix.Term]
  let units: MatchingUnits
  /// Row numbers by id.
  let rows: [String: Int]

  static let names = ["age", "educ", "race", "married", "nodegree", "re74", "re75"]

  init(_ id: String, isLinear: Bool = false, hasScore: Bool = true, covariates wanted: [String] = names) throws {
    reference = try ReferenceCase(id)
    let table = try reference.table("lalonde")
    ids = table.texts("id")
    rows = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    treated = table.numbers("treat").map { $0 == 1 }
    outcome = table.numbers("re78")
    func term(_ name: String) -> ModelMatrix.Term {
      guard name == "race" else { return .numeric(name, table.numbers(name)) }
      let (number, names) = table.groups("race")
      return .factor("race", codes: number.map { Int32($0) }, levels: names, reference: 0)
    }
    covariates = wanted.map(term)
    let score = hasScore ? try Self.score(treated, Self.names.map(term), isLinear: isLinear) : nil
    units = try MatchingUnits(treated: treated, score: score, covariates: covariates)
  }

  /// The propensity score by a logit (or its linear predictor), iterated until nothing changes.
  static func score(_ treated: [Bool], _ terms: [ModelMatrix.Term], isLinear: Bool) throws -> [Double] {
    let design = try ModelMatrix(rowCount: treated.count, terms: [.intercept] + terms)
    // Scaled columns, so that the normal equations are well conditioned.
    var x = design.materialised()
    var scales = [Double](repeating: 1, count: x.columns)
    for c in 0..<x.columns {
      scales[c] = x.column(c).map(abs).max()!
      for i in 0..<x.rows { x[i, c] /= scales[c] }
    }
    var beta = [Double](repeating: 0, count: x.columns)
    for _ in 0..<40 {
      let mean = (x * beta).map { 1 / (1 + exp(-$0)) }
      let gradient = x.transposedTimes(zip(treated, mean).map { ($0 ? 1 : 0) - $1 })
      var weighted = x
      for c in 0..<x.columns { for i in 0..<x.rows { weighted[i, c] *= mean[i] * (1 - mean[i]) } }
      let step = Cholesky(x.transposedTimes(weighted))!.solve(gradient)
      for c in beta.indices { beta[c] += step[c] }
    }
    for c in beta.indices { beta[c] /= scales[c] }
    let linear = design.linearPredictor(beta)
    return isLinear ? linear : linear.map { 1 / (1 + exp(-$0)) }
  }

  /// The ids that each focal unit was matched to, against the reference's pairs.
  func expectPairs(_ sample: MatchedSample) throws {
    let pairs = try #require(sample.matches)
    var wrong: [String] = []
    for place in pairs.focal.indices {
      let id = ids[Int(pairs.focal[place])]
      let found = pairs.matches(place).map { ids[Int($0)] }
      let expected = reference.results["pairs"][id].list.compactMap { element -> String? in
        if case .text(let text) = element { text } else { nil }
      }
      if found != expected { wrong.append("\(id): \(found) for \(expected)") }
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(pairs.focal.count): \(wrong.prefix(5))")
  }

  func expectWeights(_ sample: MatchedSample) {
    for (id, row) in rows where !reference.results["weights"].names.isEmpty {
      reference.expect(sample.weights[row], reference.results["weights"][id], "weight of \(id)")
    }
  }

  /// That the units are divided as in the reference, whatever the sets are called.
  func expectSets(_ sample: MatchedSample) throws {
    let sets = try #require(sample.sets)
    var names: [Int32: String] = [:]
    var used: [String: Int32] = [:]
    for (row, id) in ids.enumerated() {
      guard case .text(let name) = reference.results["subclass"][id] else {
        #expect(sets[row] == -1, "\(id) is in set \(sets[row])")
        continue
      }
      #expect(sets[row] >= 0, "\(id) is in no set")
      #expect(names[sets[row]] ?? name == name && used[name] ?? sets[row] == sets[row], "\(id) is in another set")
      names[sets[row]] = name
      used[name] = sets[row]
    }
  }

  func expectBalance(_ sample: MatchedSample, pairs: Bool = true) throws {
    let table = try BalanceTable(sample, covariates: covariates, score: units.score)
    let balance = reference.results["balance"]
    #expect(Set(table.rows.map(\.name)) == Set(balance["after"].names))
    for row in table.rows {
      expect(row.before, balance["before"][row.name], "before, \(row.name)", pairs: false)
      if let after = row.after {
        expect(after, balance["after"][row.name], "after, \(row.name)", pairs: pairs)
      } else {
        Issue.record("\(row.name) has no balance after matching")
      }
    }
    let sizes = table.sizes
    for (group, all, matched, effective, unmatched, discarded) in [
      (
        "Treated", sizes.all.treated, sizes.matched.treated, sizes.matchedEffective.treated, sizes.unmatched.treated,
        sizes.discarded.treated
      ),
      (
        "Control", sizes.all.control, sizes.matched.control, sizes.matchedEffective.control, sizes.unmatched.control,
        sizes.discarded.control
      ),
    ] {
      let nn = balance["nn"]
      reference.expect(Double(all), nn["All"][group], "all \(group)")
      reference.expect(Double(matched), nn["Matched"][group], "matched \(group)")
      reference.expect(effective, nn["Matched (ESS)"][group], "effective \(group)")
      reference.expect(Double(unmatched), nn["Unmatched"][group], "unmatched \(group)")
      reference.expect(Double(discarded), nn["Discarded"][group], "discarded \(group)")
    }
  }

  private func expect(_ found: CovariateBalance, _ expected: Reference, _ what: String, pairs: Bool) {
    reference.expect(found.meanTreated, expected["Means Treated"], "\(what): mean of the treated")
    reference.expect(found.meanControl, expected["Means Control"], "\(what): mean of the controls")
    reference.expect(found.standardisedDifference, expected["Std. Mean Diff."], "\(what): difference")
    reference.expect(found.varianceRatio, expected["Var. Ratio"], "\(what): variance ratio")
    reference.expect(found.averageDistributionDifference, expected["eCDF Mean"], "\(what): eCDF mean")
    reference.expect(found.largestDistributionDifference, expected["eCDF Max"], "\(what): eCDF max")
    if pairs {
      reference.expect(found.standardisedPairDistance, expected["Std. Pair Dist."], "\(what): pair distance")
    }
  }
}
