import Charts
import DisclosureControl
import Foundation
import Primitives
import Studies

// The only place where protected values become numbers of a report. Nothing is computed from them but a change of unit.

extension Charts.Absence {
  /// The same reason, as a report shows it.
  init(_ absence: DisclosureControl.Absence) {
    switch absence {
    case .protected: self = .protected
    case .notApplicable: self = .notApplicable
    case .notCollected: self = .notCollected
    case .tooLate: self = .late
    }
  }
}

extension ChartValue {
  init(_ value: DisclosedValue) {
    switch value {
    case .value(let number): self = .number(number)
    case .zero: self = .number(0)
    case .absent(let absence): self = .absent(Charts.Absence(absence))
    }
  }
}

extension ReportNumber {
  /// A number of people or rows.
  init(_ value: DisclosedValue) { self.init(ChartValue(value), style: .count) }
  init(_ count: DisclosedCount) { self.init(count.value) }
  init(_ share: DisclosedShare) {
    self.init(ChartValue(share.percentage), style: .percent(decimals: share.decimals))
  }
  init(_ mean: DisclosedMean) { self.init(ChartValue(mean.value), style: .decimal(mean.decimals)) }
  /// People per professional: `1 : 63`.
  init(_ rate: DisclosedRate) {
    self.init(ChartValue(rate.value), style: NumberStyle(decimals: rate.decimals, prefix: NumberStyle.oneTo.prefix))
  }
}

extension ReportTable.Cell {
  init(_ value: DisclosedValue) { self = .number(ReportNumber(value)) }
}

/// An estimated probability or difference of two, as people in every hundred.
struct PerHundred {
  let value: ChartValue
  let lower: Double?
  let upper: Double?
  /// Digits after the decimal sign that may be printed.
  let decimals: Int

  init(_ estimate: DisclosedEstimate) {
    let decimals = max(0, estimate.decimals - 2)
    func hundred(_ value: DisclosedValue) -> ChartValue {
      switch ChartValue(value) {
      case .number(let number): .number(PerHundred.percent(number, decimals: decimals))
      case .absent(let absence): .absent(absence)
      }
    }
    self.decimals = decimals
    value = hundred(estimate.value)
    lower = hundred(estimate.lower).number
    upper = hundred(estimate.upper).number
  }

  /// A probability in hundredths, without the noise of binary fractions.
  static func percent(_ probability: Double, decimals: Int) -> Double {
    let scale = pow(10, Double(max(0, decimals)))
    return (100 * probability * scale).rounded() / scale
  }

  /// The number as one says it aloud: whole, unless it is less than one.
  func spoken(plus: Bool = false) -> LocalizedText {
    let isSmall = (value.number?.magnitude ?? 1) < 1
    let style = NumberStyle(decimals: isSmall ? decimals : 0, showsPlus: plus)
    return LocalizedText { style.text(of: value, in: $0) }
  }

  var percent: ReportNumber { ReportNumber(value, style: .percent(decimals: decimals)) }

  /// `42 to 46`; nil when there is no interval.
  var interval: LocalizedText? {
    guard let lower, let upper else { return nil }
    return LocalizedText { NumberStyle.decimal(decimals).range(from: lower, to: upper, in: $0) }
  }

  /// The interval in a table.
  var intervalCell: ReportTable.Cell {
    interval.map { .text($0) } ?? .absent(value.absence ?? .notApplicable)
  }

  /// Whether the interval, as it is printed, lies above or below zero. Nil: it holds zero, or there is none.
  var direction: Direction? {
    guard let lower, let upper else { return nil }
    return lower > 0 ? .above : upper < 0 ? .below : nil
  }

  enum Direction { case above, below }
}
