import Foundation
import NumericalMethods
import Statistics
import Testing

@Suite("Generalised linear models keep what must not change")
struct GeneralisedPropertyTests {
  private let data = WaveData()

  @Test("An intercept alone gives the log odds of the mean, and its error 1/√(n p (1 − p))")
  func interceptOnly() throws {
    let design = try ModelMatrix(rowCount: 10, terms: [.intercept])
    let model = try GeneralisedLinearModel(
      design, response: [1, 0, 0, 1, 0, 0, 0, 1, 0, 0], family: .binomial, convergence: .complete)
    #expect(isClose(model.coefficients, [log(0.3 / 0.7)], within: 1e-12))
    #expect(isClose(model.covariance.diagonal, [1 / (10 * 0.3 * 0.7)], within: 1e-12))
    #expect(model.deviance == model.nullDeviance || abs(model.deviance - model.nullDeviance) < 1e-10)
  }

  @Test("A table of two by two gives the log odds ratio, and √(1/a + 1/b + 1/c + 1/d)")
  func twoByTwo() throws {
    let design = try ModelMatrix([("exposed", [1, 1, 0, 0])])
    let model = try GeneralisedLinearModel(
      design, response: [1, 0, 1, 0], family: .binomial, weights: [30, 70, 10, 90], convergence: .complete)
    #expect(isClose([model.coefficients[1]], [log(30.0 * 90 / (70 * 10))], within: 1e-10))
    #expect(isClose([model.covariance[1, 1]], [1 / 30.0 + 1 / 70.0 + 1 / 10.0 + 1 / 90.0], within: 1e-10))
  }

  @Test("Rates of two groups give the log rate ratio")
  func rates() throws {
    let model = try GeneralisedLinearModel(
      ModelMatrix([("group", [0, 1])]), response: [20, 60], family: .poisson, offset: [log(100.0), log(150.0)],
      convergence: .complete)
    #expect(isClose(model.coefficients, [log(0.2), log(2.0)], within: 1e-10))
    #expect(isClose([model.covariance[1, 1]], [1 / 20.0 + 1 / 60.0], within: 1e-10))
  }

  @Test("The order of the rows does not matter")
  func order() throws {
    let base = try GeneralisedLinearModel(data.design(), response: data.y, family: .binomial)
    var generator = CounterGenerator(seed: 4)
    let order = generator.permutation(of: data.count).map { Int($0) }
    let other = try GeneralisedLinearModel(
      data.design().selecting(rows: order), response: order.map { data.y[$0] }, family: .binomial)
    #expect(isClose(other.coefficients, base.coefficients, within: 1e-11))
    #expect(isClose(other.covariance.elements, base.covariance.elements, within: 1e-10))
  }

  @Test("Columns may be scaled and shifted")
  func scale() throws {
    let base = try GeneralisedLinearModel(data.design(), response: data.y, family: .binomial)
    for (factor, shift) in [(1e12, 0.0), (1e-12, 0), (1, 1e6), (1e12, 1e15)] {
      let terms: [ModelMatrix.Term] = [
        .intercept, .numeric("x", data.x.map { factor * $0 + shift }), .numeric("z", data.z), data.factor,
      ]
      let other = try GeneralisedLinearModel(
        ModelMatrix(rowCount: data.count, terms: terms), response: data.y, family: .binomial)
      #expect(isClose([other.coefficients[1] * factor], [base.coefficients[1]], within: 1e-8))
      #expect(isClose([other.covariance[1, 1].squareRoot() * factor], [base.covariance[1, 1].squareRoot()]))
      #expect(isClose(other.linearPredictor, base.linearPredictor, within: 1e-8))
    }
  }

  @Test("A weight of three is three equal rows")
  func weights() throws {
    let rows = (0..<data.count).flatMap { [Int](repeating: $0, count: Int(data.weights[$0])) }
    for (family, response) in [(ResponseFamily.binomial, data.y), (.poisson, data.counts)] {
      let weighted = try GeneralisedLinearModel(
        data.design(), response: response, family: family, weights: data.weights, convergence: .complete)
      let repeated = try GeneralisedLinearModel(
        data.design().selecting(rows: rows), response: rows.map { response[$0] }, family: family,
        convergence: .complete)
      #expect(isClose(weighted.coefficients, repeated.coefficients, within: 1e-9))
      #expect(isClose(weighted.covariance.elements, repeated.covariance.elements, within: 1e-8))
      #expect(isClose([weighted.deviance, weighted.logLikelihood], [repeated.deviance, repeated.logLikelihood]))
    }
  }

  @Test("A row of weight zero is as if it were not there")
  func zeroWeight() throws {
    let weights = (0..<data.count).map { $0 % 5 == 0 ? 0.0 : 1 }
    let rows = (0..<data.count).filter { $0 % 5 != 0 }
    let weighted = try GeneralisedLinearModel(
      data.design(), response: data.y, family: .binomial, weights: weights, convergence: .complete)
    let left = try GeneralisedLinearModel(
      data.design().selecting(rows: rows), response: rows.map { data.y[$0] }, family: .binomial,
      convergence: .complete)
    #expect(isClose(weighted.coefficients, left.coefficients, within: 1e-9))
    #expect(weighted.observations == left.observations)
    #expect(
      isClose(
        try weighted.estimates(.hc1).standardErrors.map { $0! }, try left.estimates(.hc1).standardErrors.map { $0! }))
  }

  @Test("One thread and two give the same bits")
  func threads() throws {
    var generator = CounterGenerator(seed: 5)
    let n = 30_000
    let x = (0..<n).map { _ in generator.normal() }
    let codes = (0..<n).map { _ in Int32(generator.index(below: 9)) }
    let y = x.map { generator.uniform() < 1 / (1 + exp(-$0)) ? 1.0 : 0 }
    let design = try ModelMatrix(
      rowCount: n,
      terms: [
        .intercept, .numeric("x", x), .factor("g", codes: codes, levels: (0..<9).map(String.init), reference: 0),
      ])
    func results() throws -> [Double] {
      let model = try GeneralisedLinearModel(design, response: y, family: .binomial)
      let effects = try AverageMargins(model).effects()
      return model.coefficients + model.covariance.elements + effects.values + effects.covariance.elements
        + [model.deviance]
    }
    let one = try WorkSharing.$threads.withValue(1) { try results() }
    let two = try WorkSharing.$threads.withValue(2) { try results() }
    #expect(one == two)
  }

  @Test("A column that depends on others is left out and named")
  func aliased() throws {
    let twice = zip(data.x, data.z).map { 2 * $0 - $1 }
    let model = try GeneralisedLinearModel(
      data.design([.numeric("twice", twice), .numeric("constant", data.x.map { _ in 7 })]), response: data.y,
      family: .binomial)
    #expect(model.aliased == ["twice", "constant"])
    let base = try GeneralisedLinearModel(data.design(), response: data.y, family: .binomial)
    #expect(isClose(model.coefficients, base.coefficients, within: 1e-9))
    #expect(try model.estimates().aliased == ["twice", "constant"])
  }

  @Test("Input that has no answer is refused by name")
  func degenerate() throws {
    let design = try data.design()
    func fit(
      _ response: [Double], _ family: ResponseFamily = .binomial, weights: [Double]? = nil, offset: [Double]? = nil
    ) throws {
      _ = try GeneralisedLinearModel(design, response: response, family: family, weights: weights, offset: offset)
    }
    var broken = data.y
    broken[3] = .infinity
    #expect(throws: StatisticsError.notFinite(array: "response", index: 3)) { try fit(broken) }
    broken[3] = 2
    #expect(throws: StatisticsError.responseOutOfRange(index: 3, allowed: "0 to 1")) { try fit(broken) }
    #expect(throws: StatisticsError.responseOutOfRange(index: 5, allowed: "0 to 9007199254740992")) {
      try fit(data.counts.indices.map { $0 == 5 ? -1 : data.counts[$0] }, .poisson)
    }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "the response")) { try fit(data.y.map { _ in 1 }) }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "the response")) { try fit(data.y.map { _ in 0 }, .poisson) }
    #expect(throws: StatisticsError.lengthsDiffer(array: "response", expected: 120, found: 2)) { try fit([0, 1]) }
    #expect(throws: StatisticsError.negativeWeight(index: 0)) {
      try fit(data.y, weights: data.y.indices.map { $0 == 0 ? -1 : 1 })
    }
    #expect(throws: StatisticsError.weightsSumToZero) { try fit(data.y, weights: data.y.map { _ in 0 }) }
    #expect(throws: StatisticsError.notFinite(array: "offset", index: 0)) {
      try fit(data.y, offset: data.y.map { _ in .nan })
    }
    let empty = try ModelMatrix(rowCount: 0, terms: [.intercept])
    #expect(throws: StatisticsError.noObservations) {
      try GeneralisedLinearModel(empty, response: [], family: .binomial)
    }
  }

  @Test("No column, columns of zeros and numbers whose squares overflow are refused; more columns than rows are not")
  func sizes() throws {
    let y = [1.0, 0, 1, 0, 0]
    let zeros = ModelMatrix.Term.numeric("z", [0, 0, 0, 0, 0])
    #expect(throws: StatisticsError.noColumns) {
      try GeneralisedLinearModel(ModelMatrix(rowCount: 5, terms: []), response: y, family: .binomial)
    }
    #expect(throws: StatisticsError.collinear(columns: ["z"])) {
      try GeneralisedLinearModel(ModelMatrix(rowCount: 5, terms: [zeros]), response: y, family: .binomial)
    }
    #expect(throws: StatisticsError.self) {
      try GeneralisedLinearModel(
        ModelMatrix([("x", [1e300, 2e300, 3e300, 2e300, 5e300])]), response: y, family: .binomial)
    }
    let many = try ModelMatrix((0..<8).map { j in (name: "x\(j)", values: (0..<5).map { Double(($0 * (j + 3)) % 7) }) })
    let model = try GeneralisedLinearModel(many, response: [1, 2, 3, 4, 5], family: .poisson)
    #expect(model.coefficients.count + model.aliased.count == 9)
    #expect(abs(model.deviance) < 1e-9)
  }

  @Test("Counts that vary less than Poisson's have an infinite shape")
  func underdispersed() throws {
    let fit = try NegativeBinomialModel(
      ModelMatrix([("x", (0..<20).map { Double($0) })]), response: (0..<20).map { 3 + Double($0 % 2) })
    #expect(fit.shape == .infinity)
    #expect(fit.shapeStandardError == nil)
    #expect(fit.overdispersionTest.pValue == 1)
  }
}
