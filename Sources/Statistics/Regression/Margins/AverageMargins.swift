import NumericalMethods
import Primitives

/// What marginal quantities are computed from: a fitted model's columns, coefficients and link.
public struct AverageMargins: Sendable {
  let design: ModelMatrix
  let estimates: CoefficientEstimates
  let link: ResponseFamily.Link?
  let offset: [Double]?
  let modelWeights: [Double]?

  /// - Parameters:
  ///   - model: a fitted model.
  ///   - estimates: its coefficients with a covariance of any convention; that of the model when nil.
  ///   - scale: the mean of the response, or the linear predictor.
  public init(
    _ model: GeneralisedLinearModel, estimates: CoefficientEstimates? = nil, scale: MarginalScale = .response
  ) throws(StatisticsError) {
    design = model.design
    if let estimates { self.estimates = estimates } else { self.estimates = try model.estimates() }
    link = scale == .response ? model.family.link : nil
    offset = model.offset
    modelWeights = model.weights
    precondition(self.estimates.values == model.coefficients, "the estimates are those of the model")
  }

  /// - Parameters:
  ///   - model: a fitted model.
  ///   - estimates: its coefficients with a covariance of any convention; that of the model when nil.
  public init(_ model: LinearRegression, estimates: CoefficientEstimates? = nil) throws(StatisticsError) {
    design =
      model.kept.count == model.design.columnCount ? model.design : model.design.selecting(columns: model.kept)
    if let estimates { self.estimates = estimates } else { self.estimates = try model.estimates() }
    link = nil
    offset = model.offset
    modelWeights = model.weights
    precondition(self.estimates.values == model.coefficients, "the estimates are those of the model")
  }

  /// Averages over the rows with errors by the delta method.
  ///
  /// Slopes are derivatives by a variable through every column that it takes part in (squares, products, splines).
  /// Changes are differences of average predictions. The covariance is JVJᵀ, with J the exact derivatives of the averages
  /// by the coefficients and V the coefficients' covariance: the rows are taken as given, so the errors are those of
  /// the average over these rows (Dowd, Greene and Norton 2014, doi:10.1111/1475-6773.12122). No n × k array is made.
  ///
  /// - Parameters:
  ///   - quantities: what to average.
  ///   - point: averaged over the rows, or at one row of means.
  ///   - subset: n values; the rows to average over. All when nil.
  ///   - weights: n numbers, zero or more, of the average; the model's own when nil.
  /// - Returns: one value for each quantity, named by it, with their joint covariance.
  /// - Throws: `.unknownVariable`, `.setting` for a value that a variable cannot have, `.lengthsDiffer`, `.negativeWeight`,
  ///   `.weightsSumToZero` when no row is left.
  public func averages(
    _ quantities: [MarginalQuantity], at point: MarginalPoint = .observed, subset: [Bool]? = nil,
    weights: [Double]? = nil
  ) throws(StatisticsError) -> CoefficientEstimates {
    for quantity in quantities { try check(quantity) }
    let weights = try rowWeights(subset, weights)
    let averages =
      switch point {
      case .observed: observed(quantities, weights)
      case .means: atMeans(quantities, weights)
      }
    let k = estimates.count
    var jacobian = Matrix(rows: quantities.count, columns: k)
    for (r, average) in averages.enumerated() {
      for c in 0..<k { jacobian[r, c] = average.gradient[c] }
    }
    return CoefficientEstimates(
      names: quantities.map(\.name), values: averages.map(\.value),
      covariance: estimates.covariance.sandwiched(by: jacobian), degreesOfFreedom: estimates.jointDegreesOfFreedom,
      convention: LocalizedText(
        "delta method; \(estimates.convention[.english])", nl: "deltamethode; \(estimates.convention[.dutch])"),
      observations: estimates.observations, clusterCounts: estimates.clusterCounts)
  }

  /// The marginal effects of variables: the slope of a number, the change from 0 to 1 of a number that is only ever 0 or
  /// 1, and the change from the reference to each other level of a factor.
  ///
  /// - Parameter variables: in this order; all of the model when nil.
  public func effects(
    of variables: [String]? = nil, holding values: [String: VariableValue] = [:], at point: MarginalPoint = .observed,
    subset: [Bool]? = nil, weights: [Double]? = nil
  ) throws(StatisticsError) -> CoefficientEstimates {
    var quantities: [MarginalQuantity] = []
    let known = design.variables
    for name in variables ?? known.map(\.name) {
      guard let variable = known.first(where: { $0.name == name }) else {
        throw .unknownVariable(name: name, known: known.map(\.name))
      }
      if let levels = variable.levels {
        let reference = levels[variable.reference ?? 0]
        for level in levels where level != reference {
          quantities.append(.change(of: name, from: .level(reference), to: .level(level), holding: values))
        }
      } else if design.isBinary(name) {
        quantities.append(.change(of: name, from: .number(0), to: .number(1), holding: values))
      } else {
        quantities.append(.slope(of: name, holding: values))
      }
    }
    return try averages(quantities, at: point, subset: subset, weights: weights)
  }

  private func observed(_ quantities: [MarginalQuantity], _ weights: [Double]?) -> [MarginalSweep.Average] {
    var places: [[String: VariableValue]: Int] = [:]
    var settings: [MarginalSetting] = []
    var slopes: [MarginalSweep.Slope] = []
    for quantity in quantities {
      for (_, values) in quantity.settings where places[values] == nil {
        places[values] = settings.count
        settings.append(MarginalSetting(values, design))
      }
      if case .slope(let variable) = quantity.kind {
        slopes.append(
          MarginalSweep.Slope(
            setting: places[quantity.holding]!, derivative: MarginalDerivative(variable, design)))
      }
    }
    let sweep = MarginalSweep(
      design: design, coefficients: estimates.values, offset: offset, link: link, weights: weights,
      settings: settings, slopes: slopes)
    let found = sweep.run()
    var nextSlope = 0
    return quantities.map { quantity in
      if case .slope = quantity.kind {
        nextSlope += 1
        return found.slopes[nextSlope - 1]
      }
      var sum = MarginalSweep.Average(value: 0, gradient: [Double](repeating: 0, count: estimates.count))
      for (sign, values) in quantity.settings {
        let prediction = found.predictions[places[values]!]
        sum.value += sign * prediction.value
        for i in sum.gradient.indices { sum.gradient[i] += sign * prediction.gradient[i] }
      }
      return sum
    }
  }

  private func atMeans(_ quantities: [MarginalQuantity], _ weights: [Double]?) -> [MarginalSweep.Average] {
    let row = design.meanRow(weights)
    let shift = offset.map { weightedMean($0, weights) } ?? 0
    return quantities.map { quantity in
      var sum = MarginalSweep.Average(value: 0, gradient: [Double](repeating: 0, count: estimates.count))
      for (sign, values) in quantity.settings {
        let all = row.values.merging(values) { $1 }
        let x = design.columns { $0.constants(all, shares: row.shares) }
        let eta = shift + inner(x, estimates.values)
        let mean = link?.meanAndSlopes(eta) ?? (mean: eta, slope: 1, curvature: 0)
        if case .slope(let variable) = quantity.kind {
          let dx = design.columns { $0.constantDerivatives(of: variable, all, shares: row.shares) }
          let rate = inner(dx, estimates.values)
          sum.value = mean.slope * rate
          sum.gradient = x.indices.map { mean.curvature * rate * x[$0] + mean.slope * dx[$0] }
        } else {
          sum.value += sign * mean.mean
          for i in x.indices { sum.gradient[i] += sign * mean.slope * x[i] }
        }
      }
      return sum
    }
  }

  private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private func rowWeights(_ subset: [Bool]?, _ weights: [Double]?) throws(StatisticsError) -> [Double]? {
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", design.rowCount)
      try FollowUp.check(weights: weights)
    }
    guard let subset else { return weights ?? modelWeights }
    guard subset.count == design.rowCount else {
      throw .lengthsDiffer(array: "subset", expected: design.rowCount, found: subset.count)
    }
    let base = weights ?? modelWeights
    let chosen = subset.indices.map { subset[$0] ? base?[$0] ?? 1 : 0 }
    guard chosen.contains(where: { $0 > 0 }) else { throw .weightsSumToZero }
    return chosen
  }

  private func check(_ quantity: MarginalQuantity) throws(StatisticsError) {
    let known = design.variables
    func variable(_ name: String) throws(StatisticsError) -> ModelVariable {
      guard let variable = known.first(where: { $0.name == name }) else {
        throw .unknownVariable(name: name, known: known.map(\.name))
      }
      return variable
    }
    if case .slope(let name) = quantity.kind, try variable(name).levels != nil {
      throw .setting(name: name, reason: "a slope needs a number; ask for the change between two levels")
    }
    for (_, values) in quantity.settings {
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        let levels = try variable(name).levels
        switch (value, levels) {
        case (.number(let number), nil):
          guard number.isFinite else { throw .notFinite(array: name, index: 0) }
        case (.level(let level), let levels?):
          guard levels.contains(level) else {
            throw .setting(name: name, reason: "\(level) is not one of its levels \(levels.joined(separator: ", "))")
          }
        case (.number, _?): throw .setting(name: name, reason: "this is a factor; give it the name of a level")
        case (.level, nil): throw .setting(name: name, reason: "this is a number; give it a number")
        }
      }
    }
  }
}

func weightedMean(_ values: [Double], _ weights: [Double]?) -> Double {
  guard let weights else { return values.reduce(0, +) / Double(values.count) }
  var (sum, total) = (0.0, 0.0)
  for i in values.indices where weights[i] > 0 {
    sum += weights[i] * values[i]
    total += weights[i]
  }
  return sum / total
}
