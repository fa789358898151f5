import Primitives

/// The range of an axis and its marks, at round numbers.
struct AxisScale: Equatable, Sendable {
  var minimum: Double
  var maximum: Double
  var marks: [Double]
  /// How many decimals the marks need.
  var decimals: Int

  /// A scale that holds the values, zero, and the bounds that the axis asks for, with about this many marks.
  init(_ axis: ValueAxis, values: [Double], about count: Int) {
    let finite = values.filter(\.isFinite)
    let low = axis.minimum ?? min(0, finite.min() ?? 0)
    var high = axis.maximum ?? max(low < 0 ? 0 : low, finite.max() ?? 0)
    if high <= low { high = low + 1 }
    let step = AxisScale.roundStep((high - low) / Double(max(1, count)))
    minimum = axis.minimum ?? (low / step - 1e-9).rounded(.up) * step
    if axis.minimum == nil, low < minimum { minimum -= step }
    maximum = axis.maximum ?? (high / step - 1e-9).rounded(.up) * step
    let first = Int((minimum / step - 1e-9).rounded(.up))
    let last = Int((maximum / step + 1e-9).rounded(.down))
    marks = first <= last ? (first...last).map { Double($0) * step } : [minimum]
    decimals = AxisScale.decimals(of: step)
  }

  /// Where a value is, between 0 and 1; values outside are brought to the edge.
  func fraction(_ value: Double) -> Double {
    min(1, max(0, (value - minimum) / (maximum - minimum)))
  }

  /// The text at a mark: the unit stands only at the last one.
  func text(_ mark: Double, _ style: NumberStyle, in language: Language) -> String {
    var bare = style
    bare.decimals = decimals
    bare.prefix = LocalizedText("")
    if mark != marks.last { bare.suffix = LocalizedText("") }
    return bare.text(mark, in: language)
  }

  private static func roundStep(_ raw: Double) -> Double {
    var power = 1.0
    while power > raw { power /= 10 }
    while power * 10 <= raw { power *= 10 }
    for factor in [1.0, 2, 5, 10] where factor * power >= raw * 0.999_999 { return factor * power }
    return 10 * power
  }

  private static func decimals(of step: Double) -> Int {
    var (decimals, scaled) = (0, step)
    while decimals < 6, abs(scaled - scaled.rounded()) > 1e-6 { (decimals, scaled) = (decimals + 1, scaled * 10) }
    return decimals
  }
}
