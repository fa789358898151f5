import Primitives

extension RunChart {
  func drawing(_ size: Chart.Size, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    let numbers = series.flatMap { $0.values.compactMap(\.number) } + [norm?.value].compactMap(\.self)
    let scale = AxisScale(value, values: numbers, about: 5)
    let title = Drawing.axisTitle(value, within: size.width, in: language)
    let columnLimit = size.isNarrow ? 92.0 : 170.0
    let blocks = series.map { line in
      LabelBlock(
        line.name[language], .strong,
        number: line.endText?[language] ?? line.values.last.map { value.style.text(of: $0, in: language) },
        within: columnLimit)
    }
    let normBlock = norm.map { LabelBlock($0.label[language], .label, within: columnLimit) }
    let column = (blocks + [normBlock].compactMap(\.self)).map(\.width).max() ?? 0
    let left = max(Drawing.gutter(scale, value, in: language), 20)
    let right = max(left + 60, size.width - min(column, columnLimit) - 24)
    let top = title.height + 10
    let labelHeights = (blocks + [normBlock].compactMap(\.self)).reduce(0) { $0 + $1.height + 4 }
    let room = max(size.isNarrow ? 210 : 250, labelHeights)
    let plot = Plot(left: left, right: right, top: top, bottom: top + room, scale: scale)
    let slot = plot.width / Double(max(1, timeline.count))
    let x: (Int) -> Double = { left + (Double($0) + 0.5) * slot }

    drawing.drawValueAxis(value, of: plot, title: title, in: language)
    var ends: [EndLabel] = []
    if let norm, let normBlock {
      let y = plot.y(norm.value)
      drawing.line(Position(left, y), Position(right, y), .norm, dashes: "2 3")
      ends.append(EndLabel(block: normBlock, end: Position(right, y), isNorm: true))
    }
    for (index, (line, block)) in zip(series, blocks).enumerated() {
      drawLine(line, foot: plot.bottom - 3 - 5 * Double(index), in: plot, x: x, on: &drawing)
      guard let last = line.values.indices.last(where: { line.values[$0].number != nil }) else {
        ends.append(EndLabel(block: block, end: Position(right, plot.bottom), tone: line.tone))
        continue
      }
      let end = Position(x(last), plot.y(line.values[last].number ?? 0))
      ends.append(EndLabel(block: block, end: end, tone: line.tone, isEarly: last < timeline.count - 1))
    }
    drawing.place(ends, x: right + 24, from: top - 6, to: plot.bottom)
    let ticks = TimelineTicks(timeline, slot: slot, in: language)
    drawing.draw(ticks, below: plot, at: x)
    drawing.height = plot.bottom + 8 + ticks.height + 4
    drawing.drawAbsenceNote(
      LocalizedText("Dashes at the foot", nl: "Streepjes onderaan"), for: series.flatMap(\.values), in: language)
    return drawing
  }

  /// The stretches of a line between absent values; a value alone is a dot. Absent ones are dashes at the foot.
  private func drawLine(
    _ line: Series, foot: Double, in plot: Plot, x: (Int) -> Double, on drawing: inout Drawing
  ) {
    var stretch: [Position] = []
    func close(_ drawing: inout Drawing) {
      if stretch.count == 1 {
        drawing.circle(stretch[0], radius: 3, .fill, line.tone)
      } else if let first = stretch.first {
        drawing.path(
          [.move(first)] + stretch.dropFirst().map(PathStep.line), .line, line.tone, dashes: line.line.dashes)
      }
      stretch = []
    }
    let half = plot.width / Double(max(1, timeline.count)) / 2
    for (period, value) in line.values.enumerated() where period < timeline.count {
      switch value {
      case .number(let number): stretch.append(Position(x(period), plot.y(number)))
      case .absent:
        close(&drawing)
        drawing.line(Position(x(period) - half, foot), Position(x(period) + half, foot), .unknown, line.tone)
      }
    }
    close(&drawing)
    if let last = line.values.indices.last, last < timeline.count, let number = line.values[last].number {
      drawing.circle(Position(x(last), plot.y(number)), radius: 3.5, .fill, line.tone)
    }
  }
}
