import Primitives

extension StateBandChart {
  func drawing(_ size: Chart.Size, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    let floors = stackedFloors
    let tops = (0..<timeline.count).map { period in (states.indices.last.map { floors[$0 + 1][period] }) ?? 0 }
    let scale = AxisScale(value, values: tops, about: 5)
    let title = Drawing.axisTitle(value, within: size.width, in: language)
    let columnLimit = size.isNarrow ? 96.0 : 160.0
    let blocks = states.map { state in
      LabelBlock(
        state.name[language], number: state.values.last.map { value.style.text(of: $0, in: language) },
        within: columnLimit)
    }
    let left = max(Drawing.gutter(scale, value, in: language), 20)
    let right = max(left + 60, size.width - min(columnLimit, blocks.map(\.width).max() ?? 0) - 22)
    let top = title.height + 10
    let room = max(size.isNarrow ? 260 : 300, blocks.reduce(0) { $0 + $1.height + 4 })
    let plot = Plot(left: left, right: right, top: top, bottom: top + room, scale: scale)
    let count = max(1, timeline.count)
    let slot = form == .bars || count < 2 ? plot.width / Double(count) : plot.width / Double(count - 1)
    let x: (Int) -> Double = {
      form == .bars || count < 2 ? left + (Double($0) + 0.5) * slot : left + Double($0) * slot
    }

    drawing.drawValueAxis(value, of: plot, title: title, in: language)
    for index in states.indices {
      let (floor, ceiling) = (floors[index], floors[index + 1])
      if form == .bars || count < 2 {
        drawBars(of: states[index], floor: floor, ceiling: ceiling, slot: slot, x: x, plot: plot, on: &drawing)
      } else {
        drawArea(of: states[index], floor: floor, ceiling: ceiling, x: x, plot: plot, on: &drawing)
      }
    }
    // Unknown sizes are marked on top of the areas, which would cover them.
    for index in states.indices {
      markAbsences(of: states[index], floor: floors[index], slot: slot, x: x, plot: plot, on: &drawing)
    }

    let lastEdge = form == .bars || count < 2 ? x(count - 1) + slot * 0.36 : right
    let ends = zip(states.indices, blocks).map { index, block in
      let middle = timeline.count == 0 ? 0 : (floors[index][count - 1] + floors[index + 1][count - 1]) / 2
      return EndLabel(block: block, end: Position(lastEdge + 2, plot.y(middle)), tone: states[index].tone)
    }
    drawing.place(ends, x: right + 22, from: top - 6, to: plot.bottom + 4)
    let ticks = TimelineTicks(timeline, slot: slot, in: language)
    drawing.draw(ticks, below: plot, at: x)
    drawing.height = plot.bottom + 8 + ticks.height + 4
    drawing.drawAbsenceNote(
      LocalizedText("Dashed", nl: "Gestreept"), for: states.flatMap(\.values), in: language)
    return drawing
  }

  /// For each state and period the height at which it begins; one more row for where the last one ends.
  private var stackedFloors: [[Double]] {
    var rows = [[Double](repeating: 0, count: timeline.count)]
    for state in states {
      let below = rows[rows.count - 1]
      rows.append(below.indices.map { below[$0] + max(0, value(of: state, at: $0)?.number ?? 0) })
    }
    return rows
  }

  private func value(of state: State, at period: Int) -> ChartValue? {
    period < state.values.count ? state.values[period] : nil
  }

  private func drawArea(
    of state: State, floor: [Double], ceiling: [Double], x: (Int) -> Double, plot: Plot, on drawing: inout Drawing
  ) {
    guard zip(floor, ceiling).contains(where: { $0 < $1 }) else { return }
    let upper = ceiling.indices.map { Position(x($0), plot.y(ceiling[$0])) }
    let lower = floor.indices.reversed().map { Position(x($0), plot.y(floor[$0])) }
    drawing.path([.move(upper[0])] + (upper.dropFirst() + lower).map(PathStep.line) + [.close], .fill, state.tone)
  }

  private func drawBars(
    of state: State, floor: [Double], ceiling: [Double], slot: Double, x: (Int) -> Double, plot: Plot,
    on drawing: inout Drawing
  ) {
    for period in floor.indices where ceiling[period] > floor[period] {
      let (top, bottom) = (plot.y(ceiling[period]), plot.y(floor[period]))
      drawing.rectangle(
        x: x(period) - slot * 0.36, y: top, width: slot * 0.72, height: bottom - top, .fill, state.tone)
    }
  }

  private func markAbsences(
    of state: State, floor: [Double], slot: Double, x: (Int) -> Double, plot: Plot, on drawing: inout Drawing
  ) {
    for period in floor.indices where value(of: state, at: period)?.absence != nil {
      let y = plot.y(floor[period])
      let half = form == .bars ? slot * 0.36 : slot / 2
      let from = max(plot.left, x(period) - half)
      drawing.line(Position(from, y), Position(min(plot.right, x(period) + half), y), .unknown, state.tone)
    }
  }
}
