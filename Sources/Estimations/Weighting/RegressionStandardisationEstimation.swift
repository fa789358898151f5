import Primitives
import Statistics
import Tables

/// Predictions as if all were treated and as if none were.
struct RegressionStandardisationEstimation: EstimationMethod {
  let id = "regression-standardisation"
  let title = LocalizedText("Regression standardisation", nl: "Standaardisatie met regressie")
  let summary = LocalizedText(
    "Predicts everybody's outcome with and without treatment and compares the averages: the g-formula, Stata's teffects ra.",
    nl:
      "Voorspelt ieders uitkomst met en zonder behandeling en vergelijkt de gemiddelden: de g-formule, teffects ra van Stata."
  )
  let page = "RegressionStandardisation"
  let example = "--treatment treat --formula 're78 ~ age + educ + race' --target treated"
  let options: [EstimationOption] = [
    EstimationOption(
      "treatment", .column, "Who was treated (0 and 1).", nl: "Wie behandeld is (0 en 1).", isRequired: true),
    EstimationOption(
      "formula", .formula,
      "The outcome, a tilde, and the terms. Without the treatment among them each group gets a model of its own, otherwise there is one model.",
      nl:
        "De uitkomst, een tilde, en de termen. Zonder de behandeling daartussen krijgt elke groep een eigen model, anders is er één model.",
      isRequired: true),
    .outcomeModel, .target(all: false, standard: "everyone"), .samplingWeights, .effectErrors(weightedMeans: false),
    .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    try request.refuseTreatmentWithinExpressions()
    let treated = try request.truths("treatment")
    let model = try request.model("formula")
    let weights = try request.numbersIfGiven("sampling-weights")
    let kind = request.choice("model", as: OutcomeModel.self)
    let (errors, clusters) = try request.effectErrors()
    let target = request.target
    let name = request.text("treatment") ?? ""
    let means = try request.run { () throws(StatisticsError) in
      guard model.design.terms.contains(where: { $0.mentions(name) }) else {
        return try RegressionStandardisation(
          outcome: model.response, treated: treated, design: model.design, model: kind, target: target,
          samplingWeights: weights
        ).means
      }
      let n = treated.count
      let designs = try [0.0, 1.0].map { value throws(StatisticsError) in
        try ModelMatrix(rowCount: n, terms: model.design.terms.map { $0.setting(name, to: value, rows: n) })
      }
      return try RegressionStandardisation(
        outcome: model.response, treated: treated, observed: model.design, ifUntreated: designs[0],
        ifTreated: designs[1], model: kind, target: target, samplingWeights: weights
      ).means
    }
    return try request.result(of: means, errors, clusters)
  }
}

extension EstimationRequest {
  /// A treatment inside `factor(treat)` or `I(treat * age)` would stay as it is when everybody is set to be treated.
  fileprivate func refuseTreatmentWithinExpressions() throws(EstimationError) {
    guard let treatment = method.options.first(where: { $0.name == "treatment" }), let name = text("treatment"),
      let formula = text("formula")
    else { return }
    let columns = try treatment.expression(in: name, of: table).columns
    let terms = try Formula(formula, option: "formula", columns: table.names, needsResponse: true).terms
    for part in terms.joined() where part.label != name && part.columns.contains(where: columns.contains) {
      throw .optionsConflict(
        LocalizedText(
          "--formula: write the treatment as it is in --treatment, not within \(part.label); products as \(name):age.",
          nl:
            "--formula: schrijf de behandeling zoals in --treatment, niet binnen \(part.label); producten als \(name):age."
        ))
    }
  }
}

extension ModelMatrix.Term {
  /// Whether a column of this name is in the term.
  fileprivate func mentions(_ name: String) -> Bool {
    switch self {
    case .numeric(let own, _): own == name
    case .product(let a, let b): a.mentions(name) || b.mentions(name)
    case .intercept, .factor, .spline: false
    }
  }

  /// The term with the column of this name at one value for everybody.
  fileprivate func setting(_ name: String, to value: Double, rows: Int) -> Self {
    switch self {
    case .numeric(let own, _) where own == name: .numeric(own, [Double](repeating: value, count: rows))
    case .product(let a, let b):
      .product(a.setting(name, to: value, rows: rows), b.setting(name, to: value, rows: rows))
    default: self
    }
  }
}
