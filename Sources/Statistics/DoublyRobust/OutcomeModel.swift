import NumericalMethods
import Primitives

/// The regression of the outcome on what was known before.
public enum OutcomeModel: String, Codable, Hashable, Sendable, CaseIterable {
  case linear
  /// For outcomes from 0 to 1.
  case logistic
  case probit
  /// For outcomes of 0 and above, log-linear.
  case poisson

  /// The adjective before a plural.
  var words: LocalizedText {
    switch self {
    case .linear: LocalizedText("linear", nl: "lineaire")
    case .logistic: LocalizedText("logistic", nl: "logistische")
    case .probit: LocalizedText("probit", nl: "probit-")
    case .poisson: LocalizedText("poisson", nl: "Poisson-")
    }
  }

  /// The Dutch adjective before a neuter singular, which loses its ending.
  var wordOfOne: String {
    switch self {
    case .linear: "lineair"
    case .logistic: "logistisch"
    case .probit, .poisson: words[.dutch]
    }
  }

  var family: ResponseFamily? {
    switch self {
    case .linear: nil
    case .logistic: .binomial
    case .probit: .probit
    case .poisson: .poisson
    }
  }
}

/// What is predicted for each row, and where from.
struct OutcomePredictions: Sendable {
  let means: [Double]
  /// The regression and the slope of each mean by its linear predictor; nil where the predictions are treated as known.
  let source: (nuisance: NuisanceModel, slopes: [Double])?
}

/// A regression of the outcome, and what it predicts for everybody.
struct FittedOutcome: Sendable {
  let nuisance: NuisanceModel
  /// n; the mean it predicts for each row, and the slope of the mean by the linear predictor.
  let means: [Double]
  let slopes: [Double]

  var predictions: OutcomePredictions { OutcomePredictions(means: means, source: (nuisance, slopes)) }

  /// Fits among some rows and predicts for all.
  ///
  /// - Parameters:
  ///   - rows: which rows are fitted, in order.
  ///   - weights: n numbers; nil for ones.
  init(
    _ kind: OutcomeModel, _ outcome: [Double], _ design: ModelMatrix, rows: [Int], weights: [Double]?
  ) throws(StatisticsError) {
    let own = design.selecting(rows: rows)
    let response = rows.map { outcome[$0] }
    let chosen = weights.map { weights in rows.map { weights[$0] } }
    if let family = kind.family {
      let model = try GeneralisedLinearModel(
        own, response: response, family: family, weights: chosen, convergence: .complete)
      nuisance = try NuisanceModel(model, rows: rows, full: design)
    } else {
      nuisance = NuisanceModel(
        try LinearRegression(own, response: response, weights: chosen), rows: rows, full: design)
    }
    (means, slopes) = FittedOutcome.predict(kind, nuisance, for: nuisance.design)
  }

  /// A regression that is fitted already, predicting for other columns of the same names.
  init(_ kind: OutcomeModel, _ nuisance: NuisanceModel, for design: ModelMatrix) {
    self.nuisance = nuisance
    (means, slopes) = FittedOutcome.predict(kind, nuisance, for: design)
  }

  private static func predict(
    _ kind: OutcomeModel, _ nuisance: NuisanceModel, for design: ModelMatrix
  ) -> (means: [Double], slopes: [Double]) {
    let predictors = design.linearPredictor(nuisance.coefficients)
    guard let link = kind.family?.link else {
      return (predictors, [Double](repeating: 1, count: predictors.count))
    }
    let means = WorkSharing.array(count: predictors.count) { rows, start in
      for i in rows { start[i] = link.mean(predictors[i]) }
    }
    let slopes = WorkSharing.array(count: predictors.count) { rows, start in
      for i in rows { start[i] = link.meanAndSlopes(predictors[i]).slope }
    }
    return (means, slopes)
  }
}
