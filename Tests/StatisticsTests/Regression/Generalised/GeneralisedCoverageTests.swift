import Foundation
import NumericalMethods
import Statistics
import Testing

/// 2,000 samples of 200 each; a nominal 95 % interval must cover in 93 to 97 % of them.
@Suite("Intervals of generalised linear models hold their level")
struct GeneralisedCoverageTests {
  private let draws = 2000
  private let count = 200

  private func sample(_ draw: Int) -> (x: [Double], d: [Double], generator: CounterGenerator) {
    var generator = CounterGenerator(seed: 2024, stream: UInt64(draw))
    let x = (0..<count).map { _ in generator.normal() }
    let d = (0..<count).map { _ in generator.uniform() < 0.4 ? 1.0 : 0 }
    return (x, d, generator)
  }

  private func share(_ covers: [Bool?]) -> Double {
    #expect(covers.filter { $0 == nil }.count < draws / 100)
    let known = covers.compactMap { $0 }
    return Double(known.filter { $0 }.count) / Double(known.count)
  }

  @Test("Logit: Wald, profile, sandwich and the average effect of a change")
  func logit() throws {
    let truth = (intercept: -0.4, x: 0.6, d: 0.8)
    let results = WorkSharing.map(draws) { draw -> [Bool]? in
      var (x, d, generator) = sample(draw)
      let mean = { (x: Double, d: Double) in 1 / (1 + exp(-(truth.intercept + truth.x * x + truth.d * d))) }
      let y = zip(x, d).map { generator.uniform() < mean($0, $1) ? 1.0 : 0 }
      guard let design = try? ModelMatrix([("x", x), ("d", d)]),
        let model = try? GeneralisedLinearModel(design, response: y, family: .binomial),
        let wald = try? model.estimates().estimate(1).interval, let profile = try? model.profileInterval(1),
        let robust = try? model.estimates(.hc3).estimate(2).interval,
        let effect = try? AverageMargins(model).averages([.change(of: "d", from: .number(0), to: .number(1))])
          .estimate(0).interval
      else { return nil }
      // The effect in these rows: the rows are taken as given.
      let own = x.reduce(0) { $0 + mean($1, 1) - mean($1, 0) } / Double(count)
      func covers(_ interval: ConfidenceInterval, _ value: Double) -> Bool {
        interval.lower! <= value && interval.upper! >= value
      }
      return [covers(wald, truth.x), covers(profile, truth.x), covers(robust, truth.d), covers(effect, own)]
    }
    for i in 0..<4 {
      let covered = share(results.map { $0?[i] })
      #expect(covered > 0.93 && covered < 0.97, "\(i): \(covered)")
    }
  }

  @Test("Poisson counts that vary too much: the sandwich holds, the model's own errors do not")
  func overdispersed() throws {
    let results = WorkSharing.map(draws) { draw -> [Bool]? in
      var (x, d, generator) = sample(draw)
      let y = zip(x, d).map { x, d in
        // A Poisson count whose mean varies by a gamma variable of shape 1.
        let mean = exp(0.5 + 0.3 * x + 0.4 * d) * generator.exponential()
        var (count, sum) = (0.0, generator.exponential())
        while sum < mean {
          count += 1
          sum += generator.exponential()
        }
        return count
      }
      guard let design = try? ModelMatrix([("x", x), ("d", d)]),
        let model = try? GeneralisedLinearModel(design, response: y, family: .poisson),
        let own = try? model.estimates().estimate(2).interval,
        let robust = try? model.estimates(.hc3).estimate(2).interval,
        let negative = try? NegativeBinomialModel(design, response: y).model.estimates().estimate(2).interval
      else { return nil }
      return [own, robust, negative].map { $0.lower! <= 0.4 && $0.upper! >= 0.4 }
    }
    #expect(share(results.map { $0?[0] }) < 0.85)
    for i in 1..<3 {
      let covered = share(results.map { $0?[i] })
      #expect(covered > 0.93 && covered < 0.97, "\(i): \(covered)")
    }
  }

  @Test("Firth's penalty takes away most of the bias of a logit in small samples")
  func firth() throws {
    let results = WorkSharing.map(draws) { draw -> (Double, Double?, Bool)? in
      var generator = CounterGenerator(seed: 77, stream: UInt64(draw))
      let x = (0..<40).map { _ in generator.normal() }
      let y = x.map { generator.uniform() < 1 / (1 + exp(-$0)) ? 1.0 : 0 }
      guard let design = try? ModelMatrix([("x", x)]),
        let fit = try? FirthLogisticRegression(design, response: y), let interval = try? fit.profileInterval(1)
      else { return nil }
      let plain = try? GeneralisedLinearModel(design, response: y, family: .binomial).coefficients[1]
      return (fit.coefficients[1], plain, interval.lower ?? -9 <= 1 && interval.upper ?? 9 >= 1)
    }
    let found = results.compactMap { $0 }
    #expect(found.count == draws)
    let bias = found.reduce(0) { $0 + $1.0 } / Double(draws) - 1
    let plain = found.compactMap(\.1)
    #expect(abs(bias) < 0.04, "\(bias)")
    #expect(plain.reduce(0, +) / Double(plain.count) - 1 > 0.08)
    let covered = Double(found.filter(\.2).count) / Double(draws)
    #expect(covered > 0.93 && covered < 0.97, "\(covered)")
  }
}
