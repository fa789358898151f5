import Foundation
import Primitives

extension SeededGenerator {
  /// True with this probability.
  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  /// A draw from the standard normal distribution, from two uniform numbers (Box and Muller 1958,
  /// doi:10.1214/aoms/1177706645); the second normal number is not kept, so that a draw always costs two.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// One of the weighted values; the weights need not add up to one.
  mutating func choice<Element>(_ weighted: [(Element, Double)]) -> Element {
    pick(weighted, at: uniform())
  }

  mutating func element<Element>(of elements: [Element]) -> Element {
    elements[integer(in: 0...(elements.count - 1))]
  }
}

/// The weighted value in which the share `u` of the total weight falls.
func pick<Element>(_ weighted: [(Element, Double)], at u: Double) -> Element {
  var left = u * weighted.reduce(0) { $0 + $1.1 }
  for (element, weight) in weighted {
    left -= weight
    if left < 0 { return element }
  }
  return weighted[weighted.count - 1].0
}
