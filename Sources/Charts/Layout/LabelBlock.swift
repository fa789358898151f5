/// A name, its number and a note, broken into lines: what stands beside a mark.
struct LabelBlock: Equatable, Sendable {
  var lines: [TextLine]

  /// The number follows the name on its last line when there is room, and has a line of its own otherwise.
  init(_ name: String, _ role: TextRole = .label, number: String? = nil, note: String? = nil, within limit: Double) {
    lines = TextMeasure.lines(name, role, within: limit).map { TextLine($0, role) }
    if let number, !number.isEmpty {
      let inline = TextLine(runs: lines[lines.count - 1].runs + [.init(text: " " + number, role: .number)])
      if inline.width <= limit {
        lines[lines.count - 1] = inline
      } else {
        lines += TextMeasure.lines(number, .number, within: limit).map { TextLine($0, .number) }
      }
    }
    if let note, !note.isEmpty {
      lines += TextMeasure.lines(note, .axis, within: limit).map { TextLine($0, .axis) }
    }
  }

  init(lines: [TextLine]) { self.lines = lines }

  var width: Double { lines.map(\.width).max() ?? 0 }
  var height: Double { lines.reduce(0) { $0 + $1.height } }

  /// The lines around a middle height.
  func placed(
    x: Double, middle: Double, anchor: PlacedText.Anchor = .start, hasRim: Bool = false, isNorm: Bool = false
  ) -> [PlacedText] {
    placed(x: x, top: middle - height / 2, anchor: anchor, hasRim: hasRim, isNorm: isNorm)
  }

  /// The lines below a height.
  func placed(
    x: Double, top: Double, anchor: PlacedText.Anchor = .start, hasRim: Bool = false, isNorm: Bool = false
  ) -> [PlacedText] {
    var y = top
    return lines.map { line in
      defer { y += line.height }
      let baseline = y + line.height / 2 + 0.28 * line.size
      return PlacedText(line: line, x: x, baseline: baseline, anchor: anchor, hasRim: hasRim, isNorm: isNorm)
    }
  }
}

/// What stands at the right of a plot, beside the ends of lines and areas.
struct EndLabel: Sendable {
  var block: LabelBlock
  /// Where the line ends.
  var end: Position
  var tone: SeriesTone?
  var dashes: String?
  var isNorm = false
  /// Whether the mark ends before the plot does, so that only a faint leader goes on to the label.
  var isEarly = false
}

extension Drawing {
  /// Places labels in the column that begins at `x`, each as near as it can be to its end, and joins it to its name.
  mutating func place(_ labels: [EndLabel], x: Double, from top: Double, to bottom: Double) {
    let centres = Spreading.centres(
      wanted: labels.map(\.end.y), lengths: labels.map { $0.block.height + 4 }, from: top, to: bottom)
    for (label, centre) in zip(labels, centres) {
      let target = Position(x - 5, centre)
      if label.isEarly {
        line(Position(label.end.x + 6, label.end.y), target, .leader, dashes: "1 4")
      } else if abs(centre - label.end.y) > 2 {
        let bend = label.end.x + (target.x - label.end.x) * 0.3
        path([.move(label.end), .line(Position(bend, label.end.y)), .line(target)], .leader)
      }
      texts += label.block.placed(x: x, middle: centre, isNorm: label.isNorm)
    }
  }

  /// The height that these labels need, one below another.
  static func height(of labels: [EndLabel]) -> Double { labels.reduce(0) { $0 + $1.block.height + 4 } }
}
