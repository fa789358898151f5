import Foundation
import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Event rates") struct EventRateTests {
  /// statsmodels 0.15.0, confint_poisson in an exposure of 2.5: exact, mid-p.
  @Test("have the intervals of statsmodels") func agrees() throws {
    let reference: [(Int, [Double], [Double])] = [
      (4, [0.43594614945052995, 4.096635470161479], [0.5083780659049772, 3.8593758698175122]),
      (25, [6.471472739131731, 14.761972679012157], [6.615037959915936, 14.544294990950853]),
      (300, [106.80371009318654, 134.37645022102828], [106.98690521027731, 134.17095126562003]),
    ]
    for (events, exact, midP) in reference {
      let rate = try EventRate(events: events, exposure: 2.5)
      let found = try rate.estimate(.exact).interval
      #expect(isClose(found.lower!, exact[0], relative: 1e-11) && isClose(found.upper!, exact[1], relative: 1e-11))
      let middle = try rate.estimate(.midP).interval
      #expect(isClose(middle.lower!, midP[0], relative: 1e-7) && isClose(middle.upper!, midP[1], relative: 1e-7))
      let byar = try rate.estimate(.byar).interval
      #expect(abs(byar.lower! - exact[0]) < 0.03 * exact[0] && abs(byar.upper! - exact[1]) < 0.01 * exact[1])
    }
  }

  @Test("without events end where e^−λ is the level") func none() throws {
    let rate = try EventRate(events: 0, exposure: 10)
    #expect(try rate.estimate().interval.lower == 0)
    #expect(isClose(try rate.estimate(.exact).interval.upper!, -log(0.025) / 10, relative: 1e-13))
    #expect(isClose(try rate.estimate(.midP).interval.upper!, -log(0.05) / 10, relative: 1e-12))
    #expect(try rate.estimate(.byar).interval.lower == 0)
  }

  @Test("have limits at which the tails are the level") func tails() throws {
    let rate = try EventRate(events: 7, exposure: 3.3)
    for (method, midP) in [(RateIntervalMethod.exact, false), (.midP, true)] {
      let interval = try rate.estimate(method).interval
      #expect(isClose(try rate.pValue(against: interval.lower!, .greater, midP: midP), 0.025, relative: 1e-10))
      #expect(isClose(try rate.pValue(against: interval.upper!, midP: midP), 0.05, relative: 1e-10))
    }
  }

  /// R 4.2.2, poisson.test.
  @Test("have the ratio intervals of R's poisson.test") func ratios() throws {
    let ratio = RateRatio(try EventRate(events: 11, exposure: 800), try EventRate(events: 21, exposure: 3011))
    let interval = try ratio.interval()
    #expect(isClose(interval.lower!, 0.8584264033916392, relative: 1e-12))
    #expect(isClose(interval.upper!, 4.2772659436540712, relative: 1e-12))
    #expect(isClose(ratio.value!, 11.0 / 800 / (21.0 / 3011)))
    let unbounded = RateRatio(try EventRate(events: 4, exposure: 10), try EventRate(events: 0, exposure: 20))
    #expect(isClose(try unbounded.interval().lower!, 1.320248038720187, relative: 1e-12))
    #expect(try unbounded.interval().upper == nil && unbounded.value == nil)
    let other = RateRatio(try EventRate(events: 4, exposure: 10), try EventRate(events: 9, exposure: 20))
    #expect(isClose(try other.pValue(against: 1, .greater), 0.6775759993426673, relative: 1e-12))
    let midP = try ratio.interval(.midP)
    #expect(midP.lower! > interval.lower! && midP.upper! < interval.upper!)
    let wald = try ratio.interval(.wald)
    #expect(isClose(wald.lower! * wald.upper!, ratio.value! * ratio.value!))
  }

  @Test("cover the truth: exact at least, mid-p about 95 %") func coverage() throws {
    for mean in [0.7, 3, 8.5, 20] {
      let distribution = Poisson(mean: mean)
      var (exact, middle) = (0.0, 0.0)
      for count in 0...80 {
        let rate = try EventRate(events: count, exposure: 1)
        let probability = distribution.density(Double(count))
        let wide = try rate.estimate(.exact).interval
        if wide.lower! <= mean, wide.upper! >= mean { exact += probability }
        let narrow = try rate.estimate(.midP).interval
        if narrow.lower! <= mean, narrow.upper! >= mean { middle += probability }
      }
      #expect(exact >= 0.95)
      #expect(middle >= 0.9 && middle <= exact, "\(mean): \(middle)")
    }
  }

  @Test("refuse what cannot be") func refusals() throws {
    #expect(throws: StatisticsError.self) { try EventRate(events: -1, exposure: 1) }
    #expect(throws: StatisticsError.self) { try EventRate(events: 1, exposure: 0) }
    #expect(throws: StatisticsError.self) { try EventRate(events: 1, exposure: .infinity) }
    let none = try EventRate(events: 0, exposure: 1)
    #expect(throws: StatisticsError.noObservations) { try RateRatio(none, none).interval() }
    #expect(throws: StatisticsError.self) { try RateRatio(none, EventRate(events: 2, exposure: 1)).interval(.wald) }
    #expect(try RateRatio(none, EventRate(events: 2, exposure: 1)).value == 0)
  }
}
