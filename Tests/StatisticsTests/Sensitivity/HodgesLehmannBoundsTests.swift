import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Hodges–Lehmann bounds") struct HodgesLehmannBoundsTests {
  @Test("without hidden bias are R's pseudo-median") func pseudoMedian() throws {
    let differences = [1.2, -0.4, 3.3, 2.1, 0.9, -1.7, 2.2, 0.3, 5.1, -0.2, 1.9, 0.8]
    let bound = try HodgesLehmannBounds(differences: differences).bound(gamma: 1)
    #expect(isClose(bound.lower, 1.2) && isClose(bound.upper, 1.2))
    // The exact interval of wilcox.test is 0.20 to 2.45; the normal one may be one average narrower.
    #expect(isClose(bound.interval.lower!, 0.2) && abs(bound.interval.upper! - 2.45) <= 0.25)
  }

  /// Walsh averages of 1, 2, 4: 1, 1.5, 2, 2.5, 3, 4. At Γ = 1 half of 6 lie above: between 2 and 2.5. At Γ = 2 four
  /// should lie above, between 1.5 and 2; at 1/3 two, between 2.5 and 3.
  @Test("of three pairs worked by hand") func worked() throws {
    let bounds = try HodgesLehmannBounds(differences: [4, 1, 2])
    #expect(try bounds.bound(gamma: 1).lower == 2.25)
    #expect(try bounds.bound(gamma: 2).lower == 1.75)
    #expect(try bounds.bound(gamma: 2).upper == 2.75)
    // 6·Γ/(1 + Γ) = 4.5: the count passes it at the second average; three pairs give no limits.
    #expect(try bounds.bound(gamma: 3).lower == 1.5)
    #expect(try bounds.bound(gamma: 3).interval.lower == nil)
  }

  @Test("find in the sorted list of all averages what counting finds", arguments: 0..<20)
  func selection(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let count = 1 + generator.index(below: 40)
    let values = (0..<count).map { _ in seed.isMultiple(of: 2) ? generator.normal() : Double(generator.index(below: 5))
    }
    var averages: [Double] = []
    for i in 0..<count { for j in i..<count { averages.append(values[i] / 2 + values[j] / 2) } }
    averages.sort()
    for gamma in [1, 1.3, 2, 5] {
      let above = gamma / (1 + gamma) * Double(averages.count)
      let place = Double(averages.count) - above
      let expected: Double
      if abs(place - place.rounded()) < 1e-9, place.rounded() >= 1 {
        expected = (averages[Int(place.rounded()) - 1] + averages[Int(place.rounded())]) / 2
      } else {
        expected = averages[max(0, Int(place.rounded(.up)) - 1)]
      }
      #expect(try HodgesLehmannBounds(differences: values).bound(gamma: gamma).lower == expected)
    }
  }

  @Test("move and mirror with the differences", arguments: 0..<5) func invariance(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed), stream: 9)
    let values = (0..<31).map { _ in Double(generator.index(below: 4096)) / 64 }
    let bound = try HodgesLehmannBounds(differences: values).bound(gamma: 1.5)
    let moved = try HodgesLehmannBounds(differences: values.map { $0 + 1024 }).bound(gamma: 1.5)
    #expect(moved.lower == bound.lower + 1024 && moved.upper == bound.upper + 1024)
    let mirrored = try HodgesLehmannBounds(differences: values.reversed().map(-)).bound(gamma: 1.5)
    #expect(mirrored.lower == -bound.upper && mirrored.upper == -bound.lower)
    #expect(mirrored.interval.lower == bound.interval.upper.map(-))
  }

  @Test("cover the true effect in 95 % of samples") func coverage() throws {
    var covered = 0
    for draw in 0..<2000 {
      var generator = CounterGenerator(seed: 77, stream: UInt64(draw))
      let values = (0..<40).map { _ in 3 + 2 * generator.normal() }
      let interval = try HodgesLehmannBounds(differences: values).bound(gamma: 1).interval
      if interval.lower! <= 3, interval.upper! >= 3 { covered += 1 }
    }
    #expect((1860...1940).contains(covered), "\(covered)")
  }
}
