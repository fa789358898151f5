import Primitives

extension CumulativeCurveChart {
  func drawing(_ size: Chart.Size, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    let names = curves.map { $0.name[language] }
    let values = curves.flatMap { $0.points.flatMap { [$0.value, $0.lower, $0.upper] } }.compactMap(\.self)
    let scale = AxisScale(value, values: values, about: 5)
    let title = Drawing.axisTitle(value, within: size.width, in: language)
    let columnLimit = size.isNarrow ? 88.0 : 175.0
    let blocks = curves.map { endBlock($0, within: columnLimit, in: language) }
    let column = min(columnLimit, blocks.map(\.width).max() ?? 0)

    // Rows of people still followed have their names beside them when there is room, else above them.
    let showsRisk = curves.contains { !$0.atRisk.isEmpty }
    let riskBlocks = riskRows(names, in: language).map {
      LabelBlock($0.name, .axis, within: size.isNarrow ? size.width : 130)
    }
    var left = max(Drawing.gutter(scale, value, in: language), 20)
    if showsRisk, !size.isNarrow {
      left = max(left, (riskBlocks.map(\.width).max() ?? 0) + widestRisk(in: language) / 2 + 10)
    }
    left = max(left, widestRisk(in: language) / 2 + 1)
    let right = max(left + 60, size.width - column - 26)
    let top = title.height + 10
    let room = max(size.isNarrow ? 230 : 280, blocks.reduce(0) { $0 + $1.height + 4 })
    let plot = Plot(left: left, right: right, top: top, bottom: top + room, scale: scale)
    let x: (Double) -> Double = { left + (right - left) * min(1, max(0, $0 / time.end)) }

    drawing.drawValueAxis(value, of: plot, title: title, in: language)
    for curve in curves { drawing.drawBand(of: curve, in: plot, x: x, until: time.end) }
    var ends: [EndLabel] = []
    for (curve, block) in zip(curves, blocks) {
      guard let end = drawing.drawLine(of: curve, in: plot, x: x, until: time.end) else { continue }
      let isEarly = end.x < right - 1
      if isEarly {
        drawing.line(Position(end.x, end.y - 6), Position(end.x, end.y + 6), .line, curve.tone)
      }
      ends.append(EndLabel(block: block, end: end, tone: curve.tone, isEarly: isEarly))
    }
    drawing.place(ends, x: right + 26, from: top - 6, to: plot.bottom)
    drawTimeAxis(on: &drawing, plot: plot, x: x, riskBlocks: showsRisk ? riskBlocks : [], size: size, in: language)
    return drawing
  }

  /// The rows under the axis: one for each curve; one for all when the curves are of the same people.
  private func riskRows(_ names: [String], in language: Language) -> [(name: String, values: [ChartValue])] {
    let rows = zip(names, curves).filter { !$0.1.atRisk.isEmpty }.map { (name: $0, values: $1.atRisk) }
    guard rows.count > 1, let first = rows.first, rows.allSatisfy({ $0.values == first.values }) else { return rows }
    return [(language == .dutch ? "Iedereen" : "Everybody", first.values)]
  }

  private func endBlock(_ curve: Curve, within limit: Double, in language: Language) -> LabelBlock {
    let isEarly = (curve.points.last?.time ?? 0) < time.end
    let last = curve.points.last(where: { $0.time <= time.end })
    let value = curve.endText?[language] ?? last.map { self.value.style.text($0.value, in: language) }
    return LabelBlock(
      curve.name[language], .strong, number: value, note: isEarly ? curve.stopReason?[language] : nil, within: limit)
  }

  private func widestRisk(in language: Language) -> Double {
    curves.flatMap(\.atRisk).map { TextMeasure.width(NumberStyle.count.text(of: $0, in: language), .axis) }.max() ?? 0
  }

  /// Marks along the time axis, as many as there is room for, with the rows of people still followed below the same marks.
  private func drawTimeAxis(
    on drawing: inout Drawing, plot: Plot, x: (Double) -> Double, riskBlocks: [LabelBlock], size: Chart.Size,
    in language: Language
  ) {
    let marks = time.marks
    let style = NumberStyle.decimal(time.step == time.step.rounded() ? 0 : 1)
    let texts = marks.map { style.text($0, in: language) }
    let widest = max(texts.map { TextMeasure.width($0, .axis) }.max() ?? 0, widestRisk(in: language))
    let distance = marks.count > 1 ? x(marks[1]) - x(marks[0]) : plot.width
    let stride = max(1, Int(((widest + 6) / max(distance, 0.1)).rounded(.up)))
    let shown = marks.indices.filter { $0 % stride == 0 }
    var y = plot.bottom
    for index in shown {
      drawing.line(Position(x(marks[index]), y), Position(x(marks[index]), y + 5), .base)
      drawing.add(PlacedText(texts[index], .axis, x: x(marks[index]), baseline: y + 19, anchor: .middle))
    }
    y += 25
    let title = TextMeasure.lines(time.title[language], .axis, within: size.width - plot.left)
    for line in title where !line.isEmpty {
      drawing.add(PlacedText(line, .axis, x: plot.left, baseline: y + 12))
      y += TextRole.axis.lineHeight
    }
    drawing.height = y + 4
    guard !riskBlocks.isEmpty else { return }
    y += 14
    let heading = LabelBlock(
      lines: TextMeasure.lines(atRiskTitle[language], .heading, within: size.width).map { TextLine($0, .heading) })
    drawing.texts += heading.placed(x: 0, top: y)
    y += heading.height + 3
    for (row, block) in zip(riskRows(curves.map { $0.name[language] }, in: language), riskBlocks) {
      drawing.texts += block.placed(x: 0, top: y)
      if size.isNarrow { y += block.height }
      let rowHeight = size.isNarrow ? TextRole.axis.lineHeight : max(block.height, TextRole.axis.lineHeight)
      for index in shown where index < row.values.count {
        let text = NumberStyle.count.text(of: row.values[index], in: language)
        let half = TextMeasure.width(text, .axis) / 2
        let centre = min(size.width - half, max(half, x(marks[index])))
        drawing.add(PlacedText(text, .axis, x: centre, baseline: y + rowHeight / 2 + 4.2, anchor: .middle))
      }
      y += rowHeight + 4
    }
    drawing.height = y + 2
  }
}

extension Drawing {
  /// The steps of a curve; returns where it ends.
  fileprivate mutating func drawLine(
    of curve: CumulativeCurveChart.Curve, in plot: Plot, x: (Double) -> Double, until end: Double
  ) -> Position? {
    let points = curve.points.filter { $0.time <= end }
    guard let first = points.first else { return nil }
    var at = Position(x(first.time), plot.y(first.value))
    var steps = [PathStep.move(at)]
    for point in points.dropFirst() {
      at = Position(x(point.time), at.y)
      steps.append(.line(at))
      guard plot.y(point.value) != at.y else { continue }
      at = Position(at.x, plot.y(point.value))
      steps.append(.line(at))
    }
    path(steps, .line, curve.tone, dashes: curve.line.dashes)
    return at
  }

  /// The interval of a curve, wherever consecutive points have one.
  fileprivate mutating func drawBand(
    of curve: CumulativeCurveChart.Curve, in plot: Plot, x: (Double) -> Double, until end: Double
  ) {
    var upper: [Position] = []
    var lower: [Position] = []
    func close(_ drawing: inout Drawing) {
      if upper.count > 1 {
        drawing.path(
          [.move(upper[0])] + (upper.dropFirst() + lower.reversed()).map(PathStep.line) + [.close], .band, curve.tone)
      }
      (upper, lower) = ([], [])
    }
    for point in curve.points where point.time <= end {
      if let last = upper.last, let below = lower.last {
        upper.append(Position(x(point.time), last.y))
        lower.append(Position(x(point.time), below.y))
      }
      guard let low = point.lower, let high = point.upper else {
        close(&self)
        continue
      }
      upper.append(Position(x(point.time), plot.y(high)))
      lower.append(Position(x(point.time), plot.y(low)))
    }
    close(&self)
  }
}
