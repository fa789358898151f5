import NumericalMethods
import Statistics
import Testing

/// How often 95 % intervals cover the true value in 2,000 invented samples.
struct LinearRegressionCoverageTests {
  private struct Count {
    var covered = 0
    var sum = 0.0
  }

  private func simulate(
    draws: Int, truth: Double, _ draw: @Sendable (inout CounterGenerator) -> [CoefficientEstimates]
  ) -> [(coverage: Double, bias: Double)] {
    let all = WorkSharing.map(draws) { number -> [(Bool, Double)] in
      var random = CounterGenerator(seed: 20_261_121, stream: UInt64(number))
      return draw(&random).map { estimates in
        let estimate = try! estimates.estimate(1)
        return (estimate.interval.lower! <= truth && truth <= estimate.interval.upper!, estimate.value - truth)
      }
    }
    return all[0].indices.map { kind in
      let covered = all.reduce(0) { $0 + ($1[kind].0 ? 1 : 0) }
      return (Double(covered) / Double(draws), all.reduce(0) { $0 + $1[kind].1 } / Double(draws))
    }
  }

  @Test func robustIntervalsCoverWhenSpreadGrows() {
    let found = simulate(draws: 2000, truth: 0.5) { random in
      let x = (0..<250).map { _ in random.uniform() * 4 }
      let y = x.map { 1 + 0.5 * $0 + (0.3 + $0) * random.normal() }
      let model = try! LinearRegression(ModelMatrix([("x", x)]), response: y)
      return [.hc1, .hc2, .hc3, .hc4].map { try! model.estimates($0) }
    }
    for (coverage, bias) in found {
      #expect((0.93...0.97).contains(coverage), "\(coverage)")
      #expect(abs(bias) < 0.02)
    }
  }

  @Test func classicalIntervalsCoverWhenSpreadIsOne() {
    let found = simulate(draws: 2000, truth: -0.2) { random in
      let x = (0..<30).map { _ in random.normal() }
      let model = try! LinearRegression(
        ModelMatrix([("x", x)]), response: x.map { 3 - 0.2 * $0 + random.normal() })
      return [try! model.estimates()]
    }
    #expect((0.93...0.97).contains(found[0].coverage), "\(found[0].coverage)")
    #expect(abs(found[0].bias) < 0.02)
  }

  @Test func clusteredIntervalsCoverWithFortyClustersAndAdjustedOnesWithTwelve() {
    @Sendable func sample(_ clusters: Int, _ random: inout CounterGenerator) -> (LinearRegression, Clusters) {
      var (labels, x, y): ([Int], [Double], [Double]) = ([], [], [])
      for cluster in 0..<clusters {
        let (own, effect) = (random.normal(), random.normal())
        for _ in 0..<(4 + cluster % 5) {
          let value = own + random.normal()
          labels.append(cluster)
          x.append(value)
          y.append(1 + 0.3 * value + effect + random.normal())
        }
      }
      return (try! LinearRegression(ModelMatrix([("x", x)]), response: y), Clusters(labels: labels))
    }
    let many = simulate(draws: 2000, truth: 0.3) { random in
      let (model, clusters) = sample(40, &random)
      return [.cr1, .cr2, .cr3].map { try! model.estimates(.clustered($0), clusters: [clusters]) }
    }
    for (coverage, bias) in many {
      #expect((0.93...0.97).contains(coverage), "\(coverage)")
      #expect(abs(bias) < 0.02)
    }
    let few = simulate(draws: 2000, truth: 0.3) { random in
      let (model, clusters) = sample(12, &random)
      return [try! model.estimates(.clustered(.cr2), clusters: [clusters])]
    }
    #expect((0.93...0.97).contains(few[0].coverage), "\(few[0].coverage)")
  }

  @Test func predictionIntervalsCoverANewObservation() {
    let covered = WorkSharing.map(2000) { number -> (Bool, Bool) in
      var random = CounterGenerator(seed: 77, stream: UInt64(number))
      let x = (0..<25).map { _ in random.normal() }
      let model = try! LinearRegression(ModelMatrix([("x", x)]), response: x.map { 2 + $0 + random.normal() })
      let found = try! model.predictions(for: ModelMatrix([("x", [0.8])]))[0]
      let new = 2.8 + random.normal()
      return (
        found.ofMean.lower! <= 2.8 && 2.8 <= found.ofMean.upper!,
        found.ofObservation.lower! <= new && new <= found.ofObservation.upper!
      )
    }
    for share in [covered.filter(\.0).count, covered.filter(\.1).count] {
      #expect((0.93...0.97).contains(Double(share) / 2000), "\(share)")
    }
  }

  @Test func intervalsOfNeweyAndWestCoverInALongSeries() {
    let found = simulate(draws: 2000, truth: 0.4) { random in
      var (y, x, error): ([Double], [Double], Double) = ([], [], 0)
      for t in 0..<400 {
        error = 0.3 * error + random.normal()
        x.append(t < 200 ? 0 : 1)
        y.append(2 + 0.4 * x[t] + error)
      }
      let model = try! LinearRegression(ModelMatrix([("after", x)]), response: y)
      return [try! model.estimates(NeweyWest(lag: 8)), try! model.estimates(NeweyWest(prewhitens: true))]
    }
    for (coverage, bias) in found {
      #expect((0.93...0.97).contains(coverage), "\(coverage)")
      #expect(abs(bias) < 0.02)
    }
  }

  @Test func clusteredIntervalsCoverWithAbsorbedEffects() {
    let covered = WorkSharing.map(2000) { number -> Bool in
      var random = CounterGenerator(seed: 9, stream: UInt64(number))
      var (unit, period, x, y): ([Int], [Int], [Double], [Double]) = ([], [], [], [])
      for person in 0..<50 {
        let (own, trend) = (random.normal(), random.normal())
        for month in 0..<5 where random.uniform() < 0.9 {
          let value = own + trend * Double(month) / 4 + random.normal()
          unit.append(person)
          period.append(month)
          x.append(value)
          y.append(0.5 * value + 3 * own + Double(month) + 0.5 * random.normal() * Double(month) + random.normal())
        }
      }
      let person = Clusters(labels: unit)
      let model = try! AbsorbedRegression(
        ModelMatrix(intercept: false, [("x", x)]), response: y, absorbing: [person, Clusters(labels: period)])
      let found = try! model.estimates(.clustered(.cr1SmallestCount), clusters: [person]).estimate(0).interval
      return found.lower! <= 0.5 && 0.5 <= found.upper!
    }
    #expect((0.93...0.97).contains(Double(covered.filter { $0 }.count) / 2000))
  }
}
