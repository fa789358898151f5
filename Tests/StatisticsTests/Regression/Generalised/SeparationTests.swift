import Foundation
import NumericalMethods
import Statistics
import Testing

@Suite("Separation is found, proved and named, and nothing else is taken for it")
struct SeparationTests {
  private func logit(_ design: ModelMatrix, _ y: [Double]) throws -> GeneralisedLinearModel {
    try GeneralisedLinearModel(design, response: y, family: .binomial)
  }

  @Test("Complete separation by a combination of two columns")
  func twoColumns() throws {
    var generator = CounterGenerator(seed: 1)
    let a = (0..<50).map { _ in generator.normal() }
    let b = (0..<50).map { _ in generator.normal() }
    let c = (0..<50).map { _ in generator.normal() }
    let y = zip(a, b).map { $0 - 0.7 * $1 > 0.2 ? 1.0 : 0 }
    #expect {
      try logit(ModelMatrix([("a", a), ("b", b), ("c", c)]), y)
    } throws: { error in
      guard case StatisticsError.separated(let columns, _)? = error as? StatisticsError else { return false }
      return columns.contains("a") && columns.contains("b")
    }
  }

  @Test("A level of a factor in which everybody has the outcome")
  func level() throws {
    var generator = CounterGenerator(seed: 2)
    let codes = (0..<200).map { _ in Int32(generator.index(below: 4)) }
    let x = (0..<200).map { _ in generator.normal() }
    let y = codes.map { $0 == 2 ? 1.0 : (generator.uniform() < 0.4 ? 1 : 0) }
    let design = try ModelMatrix(
      rowCount: 200,
      terms: [
        .intercept, .numeric("x", x),
        .factor("g", codes: codes, levels: ["a", "b", "c", "d"], reference: 0),
      ])
    #expect(throws: StatisticsError.separated(columns: ["gc"])) { try logit(design, y) }
  }

  @Test("A column that separates all rows but those at one value")
  func quasi() throws {
    let x = [1.0, 2, 3, 4, 5, 5, 6, 7, 8]
    let y = [0.0, 0, 0, 0, 0, 1, 1, 1, 1]
    let z = [1.0, 0, 1, 1, 0, 1, 0, 1, 0]
    #expect(throws: StatisticsError.separated(columns: ["x"])) { try logit(ModelMatrix([("x", x)]), y) }
    #expect(throws: StatisticsError.self) { try logit(ModelMatrix([("x", x), ("z", z)]), y) }
  }

  @Test("Counts that are all zero in one group")
  func counts() throws {
    let group = (0..<30).map { $0 % 3 == 0 ? 1.0 : 0 }
    let y = (0..<30).map { $0 % 3 == 0 ? 0.0 : Double($0 % 5) }
    let design = try ModelMatrix([("group", group)])
    #expect(throws: StatisticsError.separated(columns: ["group"])) {
      try GeneralisedLinearModel(design, response: y, family: .poisson)
    }
  }

  @Test("Probit and complementary log-log refuse it too")
  func otherLinks() throws {
    let design = try ModelMatrix([("x", (1...12).map { Double($0) })])
    let y = (1...12).map { $0 > 5 ? 1.0 : 0 }
    for family in [ResponseFamily.probit, .complementaryLogLog] {
      #expect(throws: StatisticsError.separated(columns: ["x"])) {
        try GeneralisedLinearModel(design, response: y, family: family)
      }
    }
  }

  @Test("Data with one row on the wrong side are fitted, however strong the relation")
  func almost() throws {
    for scale in [1.0, 1e-9, 1e12] {
      let x = (1...40).map { scale * Double($0) }
      var y = (1...40).map { $0 > 20 ? 1.0 : 0 }
      y[20] = 0
      y[19] = 1
      let model = try logit(ModelMatrix([("x", x)]), y)
      #expect(abs(model.coefficients[1] * scale) < 10)
      #expect(model.covariance.isFinite)
    }
  }

  @Test("A rare outcome is not separation")
  func rare() throws {
    var generator = CounterGenerator(seed: 3)
    let x = (0..<20_000).map { _ in generator.normal() }
    let y = x.map { generator.uniform() < 1 / (1 + exp(8 - $0)) ? 1.0 : 0 }
    let model = try logit(ModelMatrix([("x", x)]), y)
    #expect(abs(model.coefficients[0] + 8) < 1)
  }

  /// Small random data: the verdict must be that of a search over all directions through the rows.
  @Test("The verdict is that of a search over all directions, on small random data")
  func verdicts() throws {
    var separated = 0
    for seed in 0..<400 {
      var generator = CounterGenerator(seed: UInt64(seed), stream: 9)
      let n = 6 + generator.index(below: 8)
      let x = (0..<n).map { _ in Double(generator.index(below: 6)) }
      let y = (0..<n).map { _ in generator.uniform() < 0.5 ? 1.0 : 0 }
      guard Set(y).count == 2, Set(x).count > 1 else { continue }
      // With one column the outcome is separated when some cut leaves the classes apart, ties at the cut allowed.
      let ones = zip(x, y).filter { $1 == 1 }.map(\.0)
      let zeros = zip(x, y).filter { $1 == 0 }.map(\.0)
      let expected = zeros.max()! <= ones.min()! || ones.max()! <= zeros.min()!
      var found = false
      do {
        _ = try logit(ModelMatrix([("x", x)]), y)
      } catch StatisticsError.separated {
        found = true
      }
      #expect(found == expected, "seed \(seed): \(x) \(y)")
      separated += found ? 1 : 0
    }
    #expect(separated > 20)
  }

  @Test("Firth's penalty gives the finite answer, symmetric for symmetric data")
  func firth() throws {
    let design = try ModelMatrix([("x", (1...10).map { Double($0) })])
    let y = (1...10).map { $0 > 5 ? 1.0 : 0 }
    let fit = try FirthLogisticRegression(design, response: y)
    // brglm2 0.9
    #expect(isClose(fit.coefficients, [-5.338572631293450, 0.970649569326082], within: 1e-7))
    #expect(
      isClose(fit.covariance.diagonal.map { $0.squareRoot() }, [3.322712278074162, 0.576540835138837], within: 1e-7))
    #expect(abs(fit.linearPredictor[0] + fit.linearPredictor[9]) < 1e-7)
    let interval = try fit.profileInterval(1)
    #expect(interval.lower! > 0)
  }
}
