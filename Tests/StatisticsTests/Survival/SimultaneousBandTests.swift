import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

@Suite struct SimultaneousBandTests {
  /// Over the whole range the Hall-Wellner value is Kolmogorov's 1.3581; the equal-precision one solves the tail of
  /// Miller and Siegmund 1982, 4φ(c)/c + φ(c)(c − 1/c) log(…), nearly.
  @Test func criticalValuesAgreeWithKnownOnes() throws {
    let exit = (1...400).map(Double.init)
    let curve = try KaplanMeier(FollowUp(exit: exit, cause: exit.map { _ in 1 }))
    let wide = try SimultaneousBand(curve, kind: .hallWellner)
    #expect(abs(wide.criticalValue - 1.3581) < 1e-3)
    let equal = try SimultaneousBand(curve, range: 40...360)
    let c = equal.criticalValue
    let density = exp(-c * c / 2) / (2 * Double.pi).squareRoot()
    // Without censoring nσ² / (1 + nσ²) is the share with the event.
    let (low, high) = (0.1, 0.9)
    let tail = 4 * density / c + density * (c - 1 / c) * log(high * (1 - low) / (low * (1 - high)))
    #expect(abs(tail - 0.05) < 0.002)
    // A single time needs no more than a pointwise interval.
    let point = try SimultaneousBand(curve, range: 200...200)
    #expect(isClose(point.criticalValue, Normal.standard.quantile(upperTail: 0.025), relative: 1e-6))
    #expect(isClose(point.intervals[0].lower!, curve.intervals[199].lower!, relative: 1e-6))
    let single = try SimultaneousBand(curve, kind: .hallWellner, range: 200...200)
    #expect(isClose(single.intervals[0].upper!, curve.intervals[199].upper!, relative: 1e-6))
  }

  @Test func bandsAreWiderThanIntervals() throws {
    let data = RandomFollowUp(seed: 41, count: 80)
    let curve = try KaplanMeier(data.followUp())
    for kind in BandKind.allCases {
      let band = try SimultaneousBand(curve, kind: kind)
      for (step, time) in band.times.enumerated() where kind == .equalPrecision {
        let pointwise = curve.intervals[curve.times.firstIndex(of: time)!]
        #expect(band.intervals[step].lower! < pointwise.lower! && band.intervals[step].upper! > pointwise.upper!)
      }
    }
    #expect(throws: StatisticsError.beyondFollowUp(name: "the range of the simultaneous band")) {
      _ = try SimultaneousBand(curve, range: 100...200)
    }
    #expect(throws: StatisticsError.notSupported(method: "a simultaneous band", input: "jackknife errors")) {
      _ = try SimultaneousBand(KaplanMeier(data.followUp(clustered: true)))
    }
  }

  /// The whole curve lies within the band in about 95 % of 400 draws; exponential times, a third censored.
  @Test func bandsCoverTheWholeCurve() throws {
    var random = SeededGenerator(seed: 42)
    var covered = [0, 0]
    for _ in 0..<400 {
      let times = (0..<150).map { _ in -log(1 - random.uniform()) }
      let censoring = (0..<150).map { _ in -2 * log(1 - random.uniform()) }
      let followUp = try FollowUp(
        exit: zip(times, censoring).map { min($0, $1) }, cause: zip(times, censoring).map { $0 <= $1 ? 1 : 0 })
      let curve = try KaplanMeier(followUp)
      for (place, kind) in BandKind.allCases.enumerated() {
        let band = try SimultaneousBand(curve, kind: kind, range: 0.1...1.5)
        let holds = band.times.indices.allSatisfy { step in
          // Just before and at each step, because the truth moves on between steps.
          let truth = exp(-band.times[step])
          let next = step + 1 < band.times.count ? exp(-band.times[step + 1]) : truth
          return band.intervals[step].lower! <= next && truth <= band.intervals[step].upper!
        }
        if holds { covered[place] += 1 }
      }
    }
    for count in covered { #expect((368...392).contains(count), "\(count) of 400") }
  }
}
