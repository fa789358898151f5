import NumericalMethods
import Primitives
import Statistics

/// Options and results that regressions share.
extension EstimationOption {
  static let regressionFormula = EstimationOption(
    "formula", .formula, "What is modelled, a tilde, and the terms: income ~ treated*sex + rcs(age, 4).",
    nl: "Wat wordt gemodelleerd, een tilde, en de termen: income ~ treated*sex + rcs(age, 4).", isRequired: true)

  static let clusterDegrees = EstimationOption(
    "test-degrees",
    .choice([
      EstimationChoice(
        "usual", "Satterthwaite's for cr2 and cr3, else G − 1", nl: "die van Satterthwaite bij cr2 en cr3, anders G − 1"
      ),
      EstimationChoice("satterthwaite", "Satterthwaite's", nl: "die van Satterthwaite"),
      EstimationChoice("clusters", "G − 1 of the fewest clusters", nl: "G − 1 van de minste clusters"),
      EstimationChoice("residual", "n − k", nl: "n − k"),
      EstimationChoice("normal", "the normal distribution", nl: "de normale verdeling"),
    ]), "Degrees of freedom of tests with clustered errors.",
    nl: "Vrijheidsgraden van toetsen met geclusterde fouten.", standard: "usual")

  static let coefficientTest = EstimationOption(
    "test", .texts, "Terms or columns whose coefficients are tested together to be zero: treated,treated:sex.",
    nl: "Termen of kolommen waarvan samen wordt getoetst of de coëfficiënten nul zijn: treated,treated:sex.")

  static let combination = EstimationOption(
    "combine", .texts, "A sum of coefficients, each with its weight: treated=1,treated:sex=0.5.",
    nl: "Een som van coëfficiënten, elk met een gewicht: treated=1,treated:sex=0.5.")
}

extension EstimationRequest {
  /// The coefficients' positions that the option `test` names, by column or by term; nil when it is not given.
  private func jointPositions(
    _ model: Model, _ kept: [Int], _ estimates: CoefficientEstimates
  ) throws(EstimationError) -> [Int]? {
    let named = joinedNames(texts("test")) { name in
      estimates.position(name) != nil || model.termNames.contains(name)
    }
    guard !named.isEmpty else { return nil }
    var positions: [Int] = []
    for name in named {
      if let position = estimates.position(name) {
        positions.append(position)
      } else if let term = model.termNames.firstIndex(of: name) {
        let columns = model.design.columns(ofTerm: term)
        positions += kept.indices.filter { columns.contains(kept[$0]) }
      } else {
        throw .unknownChoice(
          option: "test", found: name, near: nearest(to: name, in: estimates.names),
          choices: estimates.names + model.termNames)
      }
    }
    return Array(Set(positions)).sorted()
  }

  /// One row for each coefficient tested; nil when nothing is.
  func jointMatrix(
    _ model: Model, _ kept: [Int], _ estimates: CoefficientEstimates
  ) throws(EstimationError) -> Matrix? {
    guard let positions = try jointPositions(model, kept, estimates), !positions.isEmpty else { return nil }
    var l = Matrix(rows: positions.count, columns: estimates.count)
    for (row, position) in positions.enumerated() { l[row, position] = 1 }
    return l
  }

  /// Wald's test of the option `test`; nothing when it is not given.
  func joint(
    _ model: Model, _ kept: [Int], _ estimates: CoefficientEstimates
  ) throws(EstimationError) -> [ResultItem] {
    guard let positions = try jointPositions(model, kept, estimates) else { return [] }
    let test = try run { () throws(StatisticsError) in try estimates.wald(zero: positions) }
    return [.wald("test", test, title: LocalizedText("Joint test", nl: "Gezamenlijke toets"))]
  }

  /// One weight for each coefficient from the option `combine`; nil when it is not given.
  func combinationWeights(_ names: [String]) throws(EstimationError) -> [Double]? {
    let parts = joinedNames(texts("combine")) { part in
      part.lastIndex(of: "=").map { Double(part[part.index(after: $0)...]) != nil } ?? names.contains(part)
    }
    guard !parts.isEmpty else { return nil }
    var weights = [Double](repeating: 0, count: names.count)
    for part in parts {
      var (name, weight) = (part, 1.0)
      if !names.contains(part), let sign = part.lastIndex(of: "="),
        let number = Double(part[part.index(after: sign)...])
      {
        (name, weight) = (String(part[..<sign]), number)
      }
      guard let position = names.firstIndex(of: name), weight.isFinite else {
        throw .unknownChoice(option: "combine", found: name, near: nearest(to: name, in: names), choices: names)
      }
      weights[position] += weight
    }
    return weights
  }

  /// Names may hold commas, `rcs(age, 4)`: pieces are put together until they are a name.
  private func joinedNames(_ pieces: [String], _ isName: (String) -> Bool) -> [String] {
    var names: [String] = []
    var open: String?
    for piece in pieces {
      let joined = open.map { $0 + ", " + piece } ?? piece
      if isName(joined) {
        names.append(joined)
        open = nil
      } else {
        open = joined
      }
    }
    return names + (open.map { [$0] } ?? [])
  }
}

extension EstimationResult {
  mutating func addClusterCounts(_ clusters: [Clusters]) {
    guard !clusters.isEmpty else { return }
    add("clusters", .numbers(clusters.map { Double($0.count) }))
  }

  mutating func warnOfAliased(_ names: [String]) {
    guard !names.isEmpty else { return }
    let list = names.joined(separator: ", ")
    addWarning(
      "Without a coefficient, because other columns or effects determine them: \(list).",
      nl: "Zonder coëfficiënt, omdat andere kolommen of effecten ze bepalen: \(list).")
  }
}

extension ResultItem {
  /// One sum of coefficients, with the joint degrees of freedom.
  static func combination(
    _ estimates: CoefficientEstimates, _ weights: [Double], level: Double
  ) throws(StatisticsError) -> ResultItem {
    let found = try estimates.linearCombination(weights, level: level)
    let variance = (found.standardError ?? 0) * (found.standardError ?? 0)
    return try single(
      CoefficientEstimates(
        names: ["combination"], values: [found.value], covariance: Matrix(rows: 1, columns: 1, elements: [variance]),
        degreesOfFreedom: estimates.jointDegreesOfFreedom, convention: estimates.convention,
        observations: estimates.observations), level: level)
  }

  /// One coefficient as a group of named values.
  static func single(_ estimates: CoefficientEstimates, level: Double) throws(StatisticsError) -> ResultItem {
    let estimate = try estimates.estimate(0, level: level)
    let degrees = estimates.degreesOfFreedom[0]
    return ResultItem(
      "combination",
      .group([
        ResultItem("estimate", .number(estimate.value)), ResultItem("standardError", .number(estimate.standardError)),
        ResultItem("statistic", .number(estimates.statistic(0))),
        ResultItem("degreesOfFreedom", .number(degrees.isFinite ? degrees : nil)),
        ResultItem("pValue", .number(estimates.pValue(0))), ResultItem("lower", .number(estimate.interval.lower)),
        ResultItem("upper", .number(estimate.interval.upper)),
      ]), title: LocalizedText("Sum of coefficients", nl: "Som van coëfficiënten"))
  }

  /// A number without a fraction when it is whole.
  static func plain(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}

extension LocalizedText {
  static let standardErrors = LocalizedText("Standard errors", nl: "Standaardfouten")
  static let residualDegrees = LocalizedText("residual degrees of freedom", nl: "vrijheidsgraden van de residuen")
  static let aliased = LocalizedText("without a coefficient", nl: "zonder coëfficiënt")
  static let rowOfFile = LocalizedText("row of the file", nl: "rij van het bestand")
}
