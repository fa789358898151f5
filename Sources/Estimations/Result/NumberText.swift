import Foundation
import Primitives

/// Numbers as people read them: rounded, in a column with their decimal points below each other.
struct NumberText {
  let language: Language

  /// Six digits that count; very small and very large numbers with a power of ten.
  func single(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "–" }
    if number == 0 { return "0" }
    let size = abs(number)
    if number == number.rounded(), size < 1e9 { return language.number(number) }
    guard size >= 1e-4, size < 1e9 else { return power(number, digits: 6) }
    return language.number(number, decimals: needed([number], of: 5 - exponent(size)))
  }

  /// A p-value: four decimals, and below those only that it is.
  func probability(_ number: Double?) -> String {
    guard let number, number.isFinite else { return "–" }
    return number < 1e-4 ? "<" + language.number(1e-4, decimals: 4) : language.number(number, decimals: 4)
  }

  /// Numbers with one number of decimals: five digits for the largest, four at least for all but numbers that are
  /// less than a ten-thousandth of it, which have a power of ten.
  func column(_ numbers: [Double?]) -> [String] {
    let sizes = numbers.compactMap { $0 }.filter { $0.isFinite && $0 != 0 }.map(abs)
    guard let largest = sizes.max() else { return numbers.map(single) }
    if largest < 1e9, numbers.allSatisfy({ $0.map { !$0.isFinite || $0 == $0.rounded() } ?? true }) {
      return numbers.map(single)
    }
    guard largest < 1e9, largest >= 1e-4 else { return numbers.map(single) }
    let ordinary = sizes.filter { $0 >= largest * 1e-4 }
    let decimals = needed(ordinary, of: max(4 - exponent(largest), 3 - exponent(ordinary.min() ?? largest)))
    return numbers.map { number in
      guard let number, number.isFinite else { return "–" }
      if number != 0, abs(number) < largest * 1e-4 { return power(number, digits: 3) }
      return language.number(number, decimals: decimals)
    }
  }

  /// The decimals of so many that are not all zeros.
  private func needed(_ numbers: [Double], of most: Int) -> Int {
    var decimals = min(max(0, most), 9)
    func isZero(_ number: Double) -> Bool {
      let scaled = (abs(number) * pow(10, Double(decimals))).rounded()
      return scaled.truncatingRemainder(dividingBy: 10) == 0
    }
    while decimals > 0, numbers.allSatisfy(isZero) { decimals -= 1 }
    return decimals
  }

  private func exponent(_ size: Double) -> Int { Int(log10(size).rounded(.down)) }

  private func power(_ number: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits - 1)e", number)
    return language == .dutch ? text.replacingOccurrences(of: ".", with: ",") : text
  }
}
