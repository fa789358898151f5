import Primitives

/// The rectangle in which values are drawn, with its value axis on the left.
struct Plot: Sendable {
  var left: Double
  var right: Double
  var top: Double
  var bottom: Double
  var scale: AxisScale

  var width: Double { right - left }

  func y(_ value: Double) -> Double { bottom - scale.fraction(value) * (bottom - top) }
}

extension Drawing {
  /// The title of the value axis, lines at its marks, and their texts to the left of the plot.
  mutating func drawValueAxis(_ axis: ValueAxis, of plot: Plot, title: LabelBlock, in language: Language) {
    let left = min(plot.left - Drawing.gutter(plot.scale, axis, in: language), width - title.width)
    texts += title.placed(x: max(0, left), top: 0)
    for mark in plot.scale.marks {
      let y = plot.y(mark)
      line(Position(plot.left, y), Position(plot.right, y), mark == 0 ? .base : .grid)
      let text = plot.scale.text(mark, axis.style, in: language)
      add(PlacedText(text, .axis, x: plot.left - 8, baseline: y + 4.2, anchor: .end))
    }
  }

  /// The title of a value axis, broken to the width of the drawing.
  static func axisTitle(_ axis: ValueAxis, within width: Double, in language: Language) -> LabelBlock {
    let title = axis.title[language]
    return LabelBlock(
      lines: title.isEmpty ? [] : TextMeasure.lines(title, .axis, within: width).map { TextLine($0, .axis) })
  }

  /// How much room the texts at the marks take to the left of a plot.
  static func gutter(_ scale: AxisScale, _ axis: ValueAxis, in language: Language) -> Double {
    let widths = scale.marks.map { TextMeasure.width(scale.text($0, axis.style, in: language), .axis) }
    return (widths.max() ?? 0) + 8
  }
}
