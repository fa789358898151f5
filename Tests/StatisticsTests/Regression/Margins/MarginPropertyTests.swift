import Foundation
import NumericalMethods
import Statistics
import Testing

@Suite("Marginal quantities are those of whole matrices and small steps")
struct MarginPropertyTests {
  private let data = WaveData()
  private let knots = [-2.0, 0, 2]

  /// A model in which every variable takes part in several terms; x and the group may be given other values.
  private func terms(x: (Double) -> Double = { $0 }, z: (Double) -> Double = { $0 }, group: Int32? = nil)
    -> [ModelMatrix.Term]
  {
    let xs = ModelMatrix.Term.numeric("x", data.x.map(x))
    let codes = group.map { value in data.group.map { _ in value } } ?? data.group
    let g = ModelMatrix.Term.factor("g", codes: codes, levels: ["a", "b", "c"], reference: 0)
    let spline = ModelMatrix.Term.spline("z", data.z.map(z), knots: knots)
    return [.intercept, xs, .product(xs, xs), spline, g, .product(xs, g), .product(spline, xs)]
  }

  private func model(_ family: ResponseFamily = .binomial) throws -> GeneralisedLinearModel {
    let response = family == .poisson ? data.counts : data.y
    return try GeneralisedLinearModel(
      ModelMatrix(rowCount: data.count, terms: terms()), response: response, family: family,
      convergence: .complete)
  }

  /// The average prediction over a laid out matrix and its derivatives.
  private func naive(
    _ model: GeneralisedLinearModel, _ terms: [ModelMatrix.Term], rows: [Int]
  ) throws -> (value: Double, gradient: [Double]) {
    let x = try ModelMatrix(rowCount: data.count, terms: terms).materialised()
    var value = 0.0
    var gradient = [Double](repeating: 0, count: x.columns)
    for i in rows {
      let row = x.row(i)
      let eta = zip(row, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let isLog = model.family == .poisson
      let mean = isLog ? exp(eta) : 1 / (1 + exp(-eta))
      let slope = isLog ? mean : mean * (1 - mean)
      value += mean / Double(rows.count)
      for c in row.indices { gradient[c] += slope * row[c] / Double(rows.count) }
    }
    return (value, gradient)
  }

  @Test("Predictions and changes are those of matrices with the variable replaced", arguments: [true, false])
  func changes(binary: Bool) throws {
    let model = try model(binary ? .binomial : .poisson)
    let all = Array(0..<data.count)
    let found = try AverageMargins(model).averages([
      .prediction(), .prediction(holding: ["g": .level("b")]),
      .change(of: "g", from: .level("a"), to: .level("c")),
      .change(of: "x", from: .number(-0.5), to: .number(0.5), holding: ["g": .level("b")]),
    ])
    let predictions = [
      try naive(model, terms(), rows: all), try naive(model, terms(group: 1), rows: all),
      try naive(model, terms(group: 2), rows: all), try naive(model, terms(group: 0), rows: all),
      try naive(model, terms(x: { _ in 0.5 }, group: 1), rows: all),
      try naive(model, terms(x: { _ in -0.5 }, group: 1), rows: all),
    ]
    let expected: [(Double, [Double])] = [
      (predictions[0].value, predictions[0].gradient), (predictions[1].value, predictions[1].gradient),
      (
        predictions[2].value - predictions[3].value,
        zip(predictions[2].gradient, predictions[3].gradient).map { $0 - $1 }
      ),
      (
        predictions[4].value - predictions[5].value,
        zip(predictions[4].gradient, predictions[5].gradient).map { $0 - $1 }
      ),
    ]
    for (i, (value, gradient)) in expected.enumerated() {
      #expect(isClose([found.values[i]], [value], within: 1e-12))
      #expect(isClose([found.covariance[i, i]], [model.covariance.quadraticForm(gradient)], within: 1e-10))
    }
  }

  @Test("Slopes are differences over small steps, through squares, products and splines")
  func slopes() throws {
    let model = try model()
    let step = 1e-5
    let margins = try AverageMargins(model)
    let all = Array(0..<data.count)
    let found = try margins.averages([.slope(of: "x"), .slope(of: "z"), .slope(of: "x", holding: ["g": .level("c")])])
    let pairs = [
      (terms(x: { $0 + step }), terms(x: { $0 - step })), (terms(z: { $0 + step }), terms(z: { $0 - step })),
      (terms(x: { $0 + step }, group: 2), terms(x: { $0 - step }, group: 2)),
    ]
    for (i, (up, down)) in pairs.enumerated() {
      let (high, low) = (try naive(model, up, rows: all), try naive(model, down, rows: all))
      let gradient = zip(high.gradient, low.gradient).map { ($0 - $1) / (2 * step) }
      #expect(isClose([found.values[i]], [(high.value - low.value) / (2 * step)], within: 1e-7))
      #expect(isClose([found.covariance[i, i]], [model.covariance.quadraticForm(gradient)], within: 1e-6))
    }
  }

  @Test("A subset is averaged alone; the average over all is the mean of the averages over the parts")
  func subset() throws {
    let model = try model()
    let margins = try AverageMargins(model)
    let first = data.group.map { $0 == 0 }
    let found = try margins.averages([.prediction(), .slope(of: "x")], subset: first)
    let expected = try naive(model, terms(), rows: first.indices.filter { first[$0] })
    #expect(isClose([found.values[0]], [expected.value], within: 1e-12))
    #expect(isClose([found.covariance[0, 0]], [model.covariance.quadraticForm(expected.gradient)], within: 1e-10))
    let parts = try (0..<3).map { group in
      try margins.averages([.slope(of: "x")], subset: data.group.map { $0 == Int32(group) }).values[0]
    }
    #expect(isClose([parts.reduce(0, +) / 3], try margins.averages([.slope(of: "x")]).values, within: 1e-12))
  }

  @Test("With an intercept a logit's average prediction is the observed share")
  func calibration() throws {
    let found = try AverageMargins(model()).averages([.prediction()])
    #expect(isClose(found.values, [data.y.reduce(0, +) / 120], within: 1e-10))
  }

  @Test("On the scale of the linear predictor a slope is the coefficient itself")
  func linear() throws {
    let model = try GeneralisedLinearModel(data.design(), response: data.y, family: .binomial)
    let found = try AverageMargins(model, scale: .linearPredictor).effects()
    #expect(isClose(found.values, Array(model.coefficients[1...]), within: 1e-12))
    #expect(
      isClose(found.covariance.diagonal, Array(model.covariance.diagonal[1...]), within: 1e-10))
  }

  @Test("At the means one row is used, factors counting by their shares")
  func atMeans() throws {
    let model = try GeneralisedLinearModel(data.design(), response: data.y, family: .binomial)
    let found = try AverageMargins(model).averages(
      [.prediction(), .slope(of: "x"), .change(of: "g", from: .level("a"), to: .level("b"))], at: .means)
    let mean = { (values: [Double]) in values.reduce(0, +) / 120 }
    let row = [1, mean(data.x), mean(data.z), 1 / 3.0, 1 / 3.0]
    let link = { (row: [Double]) in zip(row, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
    let p = 1 / (1 + exp(-link(row)))
    let b = 1 / (1 + exp(-link([1, row[1], row[2], 1, 0])))
    let a = 1 / (1 + exp(-link([1, row[1], row[2], 0, 0])))
    #expect(isClose(found.values, [p, p * (1 - p) * model.coefficients[1], b - a], within: 1e-12))
    var gradient = row.map { p * (1 - p) * (1 - 2 * p) * model.coefficients[1] * $0 }
    gradient[1] += p * (1 - p)
    #expect(isClose([found.covariance[1, 1]], [model.covariance.quadraticForm(gradient)], within: 1e-10))
  }

  @Test("What the model does not have is refused by name")
  func unknown() throws {
    let margins = try AverageMargins(model())
    #expect(throws: StatisticsError.unknownVariable(name: "w", known: ["x", "z", "g"])) {
      try margins.averages([.slope(of: "w")])
    }
    #expect(throws: StatisticsError.self) { try margins.averages([.slope(of: "g")]) }
    #expect(throws: StatisticsError.self) { try margins.averages([.prediction(holding: ["g": .level("d")])]) }
    #expect(throws: StatisticsError.self) { try margins.averages([.prediction(holding: ["x": .level("d")])]) }
    #expect(throws: StatisticsError.weightsSumToZero) {
      try margins.averages([.prediction()], subset: data.y.map { _ in false })
    }
  }
}
