import Foundation
import Testing

@testable import Statistics

@Suite struct DistributionTests {
  /// The complementary error function is the normal upper tail at √2 times its argument.
  @Test func theNormalQuantileInvertsTheTail() {
    for exponent in stride(from: -0.31, through: -280, by: -0.37) {
      let tail = pow(10, exponent)
      guard tail < 0.5 else { continue }
      let quantile = normalQuantile(upperTail: tail)
      #expect(abs(erfc(quantile / 2.0.squareRoot()) / 2 / tail - 1) < 1e-12 * max(1, quantile * quantile), "\(tail)")
      if tail > 1e-3 { #expect(abs(normalQuantile(upperTail: 1 - tail) + quantile) < 1e-12) }
    }
    #expect(normalQuantile(upperTail: 0.5) == 0)
    #expect(abs(normalQuantile(upperTail: 0.025) - 1.959963984540054) < 1e-14)
    #expect(abs(normalQuantile(upperTail: 0.005) - 2.575829303548901) < 1e-14)
  }

  /// 5 % and 0.1 % points of tables (Abramowitz and Stegun 1964, table 26.8).
  @Test func theChiSquareTailMatchesTables() {
    let points: [(Int, Double, Double)] = [
      (1, 3.841458820694124, 0.05), (2, 5.991464547107979, 0.05), (3, 7.814727903251179, 0.05),
      (4, 9.487729036781154, 0.05), (7, 14.067140449340169, 0.05), (10, 18.307038053275146, 0.05),
      (1, 10.827566170662733, 0.001), (5, 20.515005652432873, 0.001), (6, 22.457744484825323, 0.001),
    ]
    for (freedom, point, tail) in points {
      #expect(abs(chiSquareUpperTail(point, degreesOfFreedom: freedom) / tail - 1) < 1e-10, "\(freedom)")
    }
    for freedom in 1...12 {
      #expect(chiSquareUpperTail(0, degreesOfFreedom: freedom) == 1)
      #expect(chiSquareUpperTail(-1e-17, degreesOfFreedom: freedom) == 1)
      var previous = 1.0
      for statistic in stride(from: 0.5, through: 600, by: 7.5) {
        let tail = chiSquareUpperTail(statistic, degreesOfFreedom: freedom)
        #expect(tail < previous && tail > 0)
        previous = tail
      }
    }
  }

  @Test func sortingIsStableAndRight() {
    let times = [3, 0.0, -0.0, 1e-300, 1e300, 3, 2.5, 3]
    #expect(sortedOrder(ofTimes: times) == [1, 2, 3, 6, 0, 5, 7, 4])
    #expect(sortedOrder([]) == [])
    #expect(sortedOrder([9]) == [0])
    let (number, count) = denseNumbers([7, -2, 7, .max, .min, -2])
    #expect(number == [2, 1, 2, 3, 0, 1])
    #expect(count == 4)
    #expect(countAtOrBelow(2, in: [1, 2, 2, 3]) == 3)
    #expect(countBelow(2, in: [1, 2, 2, 3]) == 1)
    #expect(lastStep(at: 0.5, in: [1, 2]) == nil)
  }

  @Test func theQuadraticFormRefusesASingularMatrix() {
    #expect(quadraticForm([1, 2], [[2, 0], [0, 4]]) == 1.5)
    #expect(quadraticForm([1, 2], [[2, 2], [2, 2]]) == nil)
    #expect(quadraticForm([1], [[0]]) == nil)
    #expect(abs(quadraticForm([1, 1], [[2, 1], [1, 2]])! - 2.0 / 3) < 1e-15)
  }
}
