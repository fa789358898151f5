import Primitives

extension DotIntervalChart {
  func drawing(_ size: Chart.Size, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    let rows = groups.flatMap(\.rows)
    let numbers = rows.flatMap { [$0.value.number, $0.lower, $0.upper, $0.before?.number] }.compactMap(\.self)
    let scale = AxisScale(value, values: numbers + references.map(\.value), about: size.isNarrow ? 4 : 6)
    let layout = RowLayout(self, size: size, in: language)
    let marks = scale.marks.map { scale.text($0, value.style, in: language) }
    let edge = (marks.map { TextMeasure.width($0, .axis) }.max() ?? 0) / 2
    let left = max(layout.nameColumn, edge)
    let right = max(left + 40, size.width - max(layout.valueColumn, edge))
    let x: (Double) -> Double = { left + scale.fraction($0) * (right - left) }

    var y = drawKey(on: &drawing, size: size, in: language)
    y = drawReferenceLabels(on: &drawing, from: y, x: x, in: language)
    let top = y
    var bodies: [(row: Row, middle: Double)] = []
    for group in groups {
      if let heading = group.heading {
        let lines = TextMeasure.lines(heading[language], .heading, within: layout.isStacked ? size.width : left - 12)
        y += y == top ? 0 : 8
        drawing.texts += LabelBlock(lines: lines.map { TextLine($0, .heading) }).placed(x: 0, top: y)
        y += Double(lines.count) * TextRole.heading.lineHeight + 3
      }
      for row in group.rows {
        let name = layout.name(of: row, in: language)
        let text = layout.value(of: row, in: language)
        if layout.hasValueBelow {
          drawing.texts += name.placed(x: 0, top: y)
          drawing.texts += text.placed(x: size.width, top: y + name.height, anchor: .end)
          bodies.append((row, y + name.height + text.height + 9))
          y += name.height + text.height + 28
          continue
        }
        let nameHeight = max(name.height, text.height)
        let middle = layout.isStacked ? y + nameHeight + 9 : y + nameHeight / 2 + 5
        let textMiddle = layout.isStacked ? y + nameHeight / 2 : middle
        drawing.texts += name.placed(x: 0, middle: textMiddle)
        drawing.texts += text.placed(x: size.width, middle: textMiddle, anchor: .end)
        bodies.append((row, middle))
        y = layout.isStacked ? middle + 19 : y + nameHeight + 10
      }
    }
    let bottom = y + 2
    let lines = references.map(\.value)
    if layout.isStacked {
      // Names stand between the rows: each row has its own track, and lines are drawn beside the marks only.
      for (row, middle) in bodies where row.value.number != nil {
        drawing.line(Position(left, middle), Position(right, middle), .grid)
        drawLines(
          zero: scale.marks.contains(0), references: lines, x: x, from: middle - 8, to: middle + 8, on: &drawing)
      }
      for mark in scale.marks { drawing.line(Position(x(mark), bottom - 2), Position(x(mark), bottom + 3), .base) }
    } else {
      for mark in scale.marks where mark != 0 {
        drawing.line(Position(x(mark), top), Position(x(mark), bottom), .grid)
      }
      drawLines(zero: scale.marks.contains(0), references: lines, x: x, from: top, to: bottom, on: &drawing)
    }
    for body in bodies { draw(body.row, at: body.middle, x: x, scale: scale, on: &drawing) }
    drawing.height = drawAxis(
      on: &drawing, from: bottom, marks: zip(scale.marks, marks).map { ($0, $1) }, x: x, in: language)
    return drawing
  }

  private func drawLines(
    zero: Bool, references: [Double], x: (Double) -> Double, from top: Double, to bottom: Double,
    on drawing: inout Drawing
  ) {
    if zero { drawing.line(Position(x(0), top), Position(x(0), bottom), .base) }
    for value in references { drawing.line(Position(x(value), top), Position(x(value), bottom), .norm, dashes: "2 3") }
  }

  private func draw(_ row: Row, at y: Double, x: (Double) -> Double, scale: AxisScale, on drawing: inout Drawing) {
    if form == .bars, let number = row.value.number {
      let (zero, end) = (x(max(scale.minimum, 0)), x(number))
      drawing.rectangle(x: min(zero, end), y: y - 7, width: abs(end - zero), height: 14, .fill, row.tone)
    }
    if let lower = row.lower, let upper = row.upper {
      if form == .bars {
        drawing.line(Position(x(lower), y), Position(x(upper), y), .base)
        for end in [lower, upper] { drawing.line(Position(x(end), y - 4), Position(x(end), y + 4), .base) }
      } else {
        drawing.line(Position(x(lower), y), Position(x(upper), y), .interval, row.tone)
      }
    }
    if form == .dots {
      if let before = row.before?.number {
        if let number = row.value.number { drawing.line(Position(x(before), y), Position(x(number), y), .leader) }
        drawing.circle(Position(x(before), y), radius: 4.5, .open, row.tone)
      }
      if let number = row.value.number {
        drawing.circle(Position(x(number), y), radius: row.isMain ? 6.5 : 5, .fill, row.tone)
      }
    }
  }

  /// The open and the filled mark in words, when rows have a value before. Returns where the rest begins.
  private func drawKey(on drawing: inout Drawing, size: Chart.Size, in language: Language) -> Double {
    guard let before, let after else { return 0 }
    var (left, y) = (0.0, 0.0)
    for (text, role) in [(before[language], Mark.Role.open), (after[language], .fill)] {
      let block = LabelBlock(lines: TextMeasure.lines(text, .axis, within: size.width - 16).map { TextLine($0, .axis) })
      if left > 0, left + 16 + block.width > size.width { (left, y) = (0, y + TextRole.axis.lineHeight + 2) }
      drawing.circle(Position(left + 6, y + 8), radius: 4.5, role, .first)
      drawing.texts += block.placed(x: left + 16, top: y)
      left += 16 + block.width + 20
      if block.lines.count > 1 { (left, y) = (0, y + block.height + 2) }
    }
    return y + TextRole.axis.lineHeight + 10
  }

  /// The names of the references above the plot, in as many rows as they need. Returns where the rows begin.
  private func drawReferenceLabels(
    on drawing: inout Drawing, from top: Double, x: (Double) -> Double, in language: Language
  ) -> Double {
    guard !references.isEmpty else { return top }
    var y = top
    for reference in references.sorted(by: { $0.value < $1.value }) {
      let lines = TextMeasure.lines(reference.label[language], .axis, within: drawing.width)
      let block = LabelBlock(lines: lines.map { TextLine($0, .axis) })
      let half = block.width / 2
      let centre = min(drawing.width - half, max(half, x(reference.value)))
      let fits = !block.placed(x: centre, top: y, anchor: .middle)
        .contains { new in drawing.texts.contains { $0.box.overlaps(new.box) } }
      if !fits { y = (drawing.texts.map(\.box.bottom).max() ?? y) + 2 }
      drawing.texts += block.placed(x: centre, top: y, anchor: .middle, isNorm: true)
    }
    return (drawing.texts.map(\.box.bottom).max() ?? y) + 8
  }

  /// The texts of the axis and its title below the rows. Returns the height of the whole.
  private func drawAxis(
    on drawing: inout Drawing, from bottom: Double, marks: [(Double, String)], x: (Double) -> Double,
    in language: Language
  ) -> Double {
    var last = -Double.infinity
    for (mark, text) in marks {
      let half = TextMeasure.width(text, .axis) / 2
      guard x(mark) - half >= last + 6 else { continue }
      last = x(mark) + half
      drawing.add(PlacedText(text, .axis, x: x(mark), baseline: bottom + 15, anchor: .middle))
    }
    let title = Drawing.axisTitle(value, within: drawing.width, in: language)
    let left = min(x(marks.first?.0 ?? 0), max(0, drawing.width - title.width))
    drawing.texts += title.placed(x: left, top: bottom + 21)
    return bottom + 21 + title.height + 3
  }

  /// How wide the columns of names and of values are, and whether they stand beside the marks or above them.
  private struct RowLayout {
    let nameColumn: Double
    let valueColumn: Double
    let nameLimit: Double
    let width: Double
    /// Names and values above the marks, because there is no room beside them.
    let isStacked: Bool
    /// Values below the names as well, because both do not fit on a line.
    let hasValueBelow: Bool
    let chart: DotIntervalChart

    init(_ chart: DotIntervalChart, size: Chart.Size, in language: Language) {
      self.chart = chart
      width = size.width
      let rows = chart.groups.flatMap(\.rows)
      let values = rows.map { row in TextMeasure.width(RowLayout.text(row, chart, language), .number) }.max() ?? 0
      let names = rows.map { TextMeasure.width($0.name[language], $0.isMain ? .strong : .label) }
      let headings = chart.groups.compactMap(\.heading).map { TextMeasure.width($0[language], .heading) }
      let column = min(260, (names + headings).max() ?? 0)
      isStacked = size.isNarrow || column + values + 44 > size.width * 0.7
      hasValueBelow = isStacked && values > size.width * 0.5
      if isStacked {
        (nameColumn, valueColumn) = (0, 0)
        nameLimit = hasValueBelow ? size.width : size.width - values - 14
      } else {
        nameLimit = column
        (nameColumn, valueColumn) = (nameLimit + 20, values + 24)
      }
    }

    func name(of row: Row, in language: Language) -> LabelBlock {
      LabelBlock(row.name[language], row.isMain ? .strong : .label, within: nameLimit)
    }

    func value(of row: Row, in language: Language) -> LabelBlock {
      let lines = TextMeasure.lines(RowLayout.text(row, chart, language), .number, within: width)
      return LabelBlock(lines: lines.map { TextLine($0, .number) })
    }

    private static func text(_ row: Row, _ chart: DotIntervalChart, _ language: Language) -> String {
      let style = chart.value.style
      let text: String
      if let number = row.value.number, let lower = row.lower, let upper = row.upper {
        text = style.text(number, from: lower, to: upper, in: language)
      } else {
        text = style.text(of: row.value, in: language)
      }
      guard let before = row.before else { return text }
      return "\(style.text(of: before, in: language)) → \(text)"
    }
  }
}
