import Primitives

extension SankeyChart {
  func drawing(_ size: Chart.Size, in language: Language) -> Drawing {
    let spacing = (size.width - 160) / Double(max(1, columns.count - 1))
    var drawing =
      size.isNarrow || spacing < 130
      ? panels(size, in: language) : flowing(size, spacing: spacing, in: language)
    drawing.drawAbsenceNote(
      LocalizedText("Dashed", nl: "Gestreept"), for: links.map(\.value) + columns.flatMap { $0.nodes.map(\.value) },
      in: language)
    return drawing
  }

  /// All columns side by side, each name to the right of its node.
  private func flowing(_ size: Chart.Size, spacing: Double, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    let limit = { (column: Int) in
      column == columns.count - 1 ? 160 - SankeyNode.width - 8 : spacing - SankeyNode.width - 40
    }
    let headings = columns.indices.map { column in
      let width = column == columns.count - 1 ? 160 : spacing - 14
      return LabelBlock(
        lines: TextMeasure.lines(columns[column].heading[language], .heading, within: width).map {
          TextLine($0, .heading)
        })
    }
    let headHeight = headings.map(\.height).max() ?? 0
    let blocks = columns.indices.map { column in
      columns[column].nodes.map { block($0, within: limit(column), in: language) }
    }
    let layout = SankeyLayout(
      columns.map(\.nodes), links: links, labelHeights: blocks.map { $0.map(\.height) }, span: 290)
    let top = headHeight + 12
    for column in columns.indices {
      let x = Double(column) * spacing
      drawing.texts += headings[column].placed(x: x, top: headHeight - headings[column].height)
    }
    draw(layout, x: { Double($0) * spacing }, top: top, on: &drawing, in: language)
    for column in columns.indices {
      for (node, block) in zip(layout.nodes[column], blocks[column]) {
        let x = Double(column) * spacing + SankeyNode.width + 8
        drawing.texts += block.placed(x: x, middle: top + node.middle, hasRim: true)
      }
    }
    drawing.height = top + layout.height + 4
    return drawing
  }

  /// One panel for each step from a column to another, names on either side: for screens too narrow for all at once.
  private func panels(_ size: Chart.Size, in language: Language) -> Drawing {
    var drawing = Drawing(width: size.width, height: 0)
    var column: [String: Int] = [:]
    for (index, each) in columns.enumerated() { for node in each.nodes { column[node.id] = index } }
    var steps: [(from: Int, to: Int)] = []
    for link in links {
      let step = (from: column[link.from]!, to: column[link.to]!)
      if !steps.contains(where: { $0 == step }) { steps.append(step) }
    }
    let side = (size.width * 0.31).rounded()
    for step in steps.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      let within = links.filter { column[$0.from] == step.from && column[$0.to] == step.to }
      let pair = [step.from, step.to].map { each in
        columns[each].nodes.filter { node in within.contains { $0.from == node.id || $0.to == node.id } }
      }
      let blocks = pair.map { $0.map { block($0, within: side - 8, in: language) } }
      let headings = [step.from, step.to].map { each in
        LabelBlock(
          lines: TextMeasure.lines(columns[each].heading[language], .heading, within: size.width * 0.46)
            .map { TextLine($0, .heading) })
      }
      var y = drawing.height == 0 ? 0 : drawing.height + 26
      drawing.texts += headings[0].placed(x: 0, top: y)
      drawing.texts += headings[1].placed(x: size.width, top: y, anchor: .end)
      y += (headings.map(\.height).max() ?? 0) + 8
      let layout = SankeyLayout(pair, links: within, labelHeights: blocks.map { $0.map(\.height) }, span: 200)
      let x = { (index: Int) in index == 0 ? side : size.width - side - SankeyNode.width }
      draw(layout, x: x, top: y, on: &drawing, in: language)
      for index in pair.indices {
        for (node, block) in zip(layout.nodes[index], blocks[index]) {
          drawing.texts += block.placed(
            x: index == 0 ? side - 7 : size.width - side + 7, middle: y + node.middle,
            anchor: index == 0 ? .end : .start)
        }
      }
      drawing.height = y + layout.height
    }
    drawing.height += 4
    return drawing
  }

  private func block(_ node: Node, within limit: Double, in language: Language) -> LabelBlock {
    LabelBlock(node.name[language], number: style.text(of: node.value, in: language), within: limit)
  }

  private func draw(
    _ layout: SankeyLayout, x: (Int) -> Double, top: Double, on drawing: inout Drawing, in language: Language
  ) {
    for link in layout.links {
      let (left, right) = (x(link.fromColumn) + SankeyNode.width, x(link.toColumn))
      let half = (right - left) / 2
      let curve = { (from: Position, to: Position, bend: Double) in
        PathStep.curve(Position(from.x + bend, from.y), Position(to.x - bend, to.y), to)
      }
      let title = title(of: link.link, in: language)
      let start = Position(left, top + link.fromTop)
      let end = Position(right, top + link.toTop)
      if link.isUnknown {
        let middle = SankeyNode.unknownThickness / 2
        let (start, end) = (Position(start.x, start.y + middle), Position(end.x, end.y + middle))
        drawing.path([.move(start), curve(start, end, half)], .unknown, link.tone, title: title)
      } else {
        let (endBelow, startBelow) = (
          Position(end.x, end.y + link.thickness), Position(start.x, start.y + link.thickness)
        )
        let steps: [PathStep] = [
          .move(start), curve(start, end, half), .line(endBelow), curve(endBelow, startBelow, -half), .close,
        ]
        drawing.path(steps, .flow, link.tone, title: title)
      }
    }
    for (column, nodes) in layout.nodes.enumerated() {
      for node in nodes {
        drawing.rectangle(
          x: x(column), y: top + node.top, width: SankeyNode.width, height: node.height,
          node.isUnknown ? .outline : .fill, node.tone)
      }
    }
  }

  private func title(of link: Link, in language: Language) -> String {
    let names = Dictionary(columns.flatMap { $0.nodes.map { ($0.id, $0.name[language]) } }, uniquingKeysWith: { $1 })
    let arrow = "\(names[link.from] ?? "") → \(names[link.to] ?? "")"
    switch link.value {
    case .number: return "\(arrow): \(style.text(of: link.value, in: language))"
    case .absent(let absence): return "\(arrow): \(absence.sign[language]), \(absence.meaning[language])"
    }
  }
}
