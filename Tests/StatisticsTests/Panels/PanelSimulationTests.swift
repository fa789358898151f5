import NumericalMethods
import Statistics
import Testing

@Suite("Panel methods: bias and coverage over 2,000 draws")
struct PanelSimulationTests {
  private struct Tally: Sendable {
    var sum = 0.0
    var covered = 0
    var banded = 0
  }

  private func check(_ tallies: [Tally], truth: Double, draws: Int, _ what: String) {
    let mean = tallies.reduce(0) { $0 + $1.sum } / Double(draws)
    let covered = Double(tallies.reduce(0) { $0 + $1.covered }) / Double(draws)
    #expect(abs(mean - truth) < 0.02, "\(what): mean \(mean)")
    #expect(covered > 0.93 && covered < 0.97, "\(what): coverage \(covered)")
  }

  @Test("Group-time effects: doubly robust with a covariate, and averages without")
  func groupTime() {
    let draws = 2000
    let methods: [(String, Bool)] = [("without covariate", false), ("with covariate", true)]
    for (name, covariate) in methods {
      let tallies = WorkSharing.map(draws) { draw in
        let data = PanelPropertyTests.simulated(150, periods: 4, seed: UInt64(1000 + draw))
        // Without the covariate its drift is part of the outcome, so it is taken out beforehand.
        let outcome =
          covariate
          ? data.outcome
          : data.outcome.indices.map { data.outcome[$0] - 0.3 * data.covariate[$0] * Double(data.period[$0]) }
        var tally = Tally()
        guard
          let found = try? GroupTimeEffects(
            unit: data.unit, period: data.period, firstTreated: data.group, outcome: outcome,
            covariates: covariate ? ModelMatrix(intercept: false, [("x", data.covariate)]) : nil),
          let aggregate = try? found.aggregated(.dynamic),
          let part = aggregate.parts.first(where: { $0.position == 0 }),
          let error = part.standardError
        else { return tally }
        tally.sum = part.effect
        tally.covered = abs(part.effect - 1) < 1.959964 * error ? 1 : 0
        return tally
      }
      check(tallies, truth: 1, draws: draws, name)
    }
  }

  @Test("Bands by multipliers cover all effects at once")
  func bands() {
    let draws = 400
    let covered = WorkSharing.map(draws) { draw in
      let data = PanelPropertyTests.simulated(200, seed: UInt64(9000 + draw))
      let outcome = data.outcome.indices.map { data.outcome[$0] - 0.3 * data.covariate[$0] * Double(data.period[$0]) }
      guard
        let found = try? GroupTimeEffects(
          unit: data.unit, period: data.period, firstTreated: data.group, outcome: outcome
        ).aggregated(.dynamic), let band = try? found.bootstrap(.init(draws: 400, seed: UInt64(draw)))
      else { return 0 }
      let inside = zip(found.parts, band.standardErrors).allSatisfy { part, error in
        let truth = part.position < 0 ? 0 : 1 + 0.5 * Double(part.position)
        return abs(part.effect - truth) <= band.criticalValue * error!
      }
      return inside ? 1 : 0
    }.reduce(0, +)
    let share = Double(covered) / Double(draws)
    #expect(share > 0.91 && share < 0.985, "\(share)")
  }

  @Test("Two-way effects clustered by unit, and two groups over two periods by every method")
  func twoWayAndTwoByTwo() {
    let draws = 2000
    let twoWay = WorkSharing.map(draws) { draw in
      var data = PanelPropertyTests.simulated(60, periods: 4, seed: UInt64(20_000 + draw))
      data.group = data.group.map { $0 == 4 ? 3 : $0 }
      var generator = CounterGenerator(seed: UInt64(draw), stream: 7)
      // Errors of a unit hang together.
      let own = (0..<60).map { _ in generator.normal() }
      let treated = data.unit.indices.map { data.group[$0] > 0 && data.period[$0] >= 3 ? 1.0 : 0 }
      let outcome = data.unit.indices.map {
        treated[$0] + 0.4 * own[data.unit[$0]] * Double(data.period[$0]) + generator.normal()
      }
      var tally = Tally()
      guard let panel = try? Panel(unit: data.unit, period: data.period),
        let fit = try? TwoWayFixedEffects(
          panel, response: outcome, regressors: ModelMatrix(intercept: false, [("d", treated)])),
        let estimates = try? fit.estimates(), let estimate = try? estimates.estimate(0)
      else { return tally }
      tally.sum = estimate.value
      tally.covered = estimate.interval.lower! < 1 && estimate.interval.upper! > 1 ? 1 : 0
      return tally
    }
    check(twoWay, truth: 1, draws: draws, "two-way")
    for method in ComparisonMethod.allCases where method != .unnormalisedWeighting {
      let tallies = WorkSharing.map(draws) { draw in
        var generator = CounterGenerator(seed: UInt64(draw), stream: 11)
        var (before, after, treated, x) = ([Double](), [Double](), [Bool](), [Double]())
        for _ in 0..<200 {
          let covariate = generator.normal()
          let isTreated = generator.uniform() < logistic(0.5 * covariate - 0.3)
          let level = generator.normal()
          before.append(level + generator.normal())
          after.append(level + 0.5 * covariate + (isTreated ? 1 : 0) + generator.normal())
          treated.append(isTreated)
          x.append(covariate)
        }
        var tally = Tally()
        guard
          let found = try? DifferenceInDifferences(
            before: before, after: after, treated: treated, covariates: ModelMatrix(intercept: false, [("x", x)]),
            settings: .init(method: method))
        else { return tally }
        tally.sum = found.effect.value
        tally.covered = found.effect.interval.lower! < 1 && found.effect.interval.upper! > 1 ? 1 : 0
        return tally
      }
      check(tallies, truth: 1, draws: draws, method.rawValue)
    }
  }

  @Test("Change of level in a series with dependent errors")
  func series() {
    let draws = 2000
    let tallies = WorkSharing.map(draws) { draw in
      var generator = CounterGenerator(seed: UInt64(draw), stream: 13)
      var error = generator.normal()
      let outcome = (1...200).map { time in
        error = 0.3 * error + generator.normal() * 0.3
        return 5 + 0.01 * Double(time) + (time >= 101 ? 1 : 0) + error
      }
      var tally = Tally()
      guard
        let found = try? InterruptedTimeSeries(
          outcome: outcome, time: Array(1...200), interruptions: [101],
          settings: .init(errors: .autoregressive(.praisWinsten))),
        let estimate = try? found.estimates.estimate(2)
      else { return tally }
      tally.sum = estimate.value
      tally.covered = estimate.interval.lower! < 1 && estimate.interval.upper! > 1 ? 1 : 0
      return tally
    }
    check(tallies, truth: 1, draws: draws, "Prais and Winsten")
  }
}
