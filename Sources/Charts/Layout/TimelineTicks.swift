import Primitives

/// The texts under a timeline: as many as there is room for, at fixed distances, each below its period.
struct TimelineTicks: Sendable {
  /// The period's place in the timeline, and its text in lines.
  var ticks: [(index: Int, block: LabelBlock)]

  var height: Double { ticks.map(\.block.height).max() ?? 0 }

  /// - Parameter slot: the width of one period in the drawing.
  init(_ timeline: Timeline, slot: Double, in language: Language) {
    let candidates: [(index: Int, text: String)]
    switch timeline {
    case .months(let first, let count): candidates = TimelineTicks.months(from: first, count: count, in: language)
    case .halfYears(let first, let count):
      candidates = (0..<max(0, count)).map { index in
        let start = first.adding(months: 6 * index)
        let end = start.adding(months: 5)
        let year = start.year == end.year ? "\(start.year)" : "\(start.year)/\(end.year % 100)"
        return (index, "\(language.shortMonth(start))–\(language.shortMonth(end)) \(year)")
      }
    case .named(let names): candidates = names.enumerated().map { ($0.offset, $0.element[language]) }
    }
    let distance = candidates.count > 1 ? candidates[1].index - candidates[0].index : timeline.count
    ticks = []
    for stride in 1...max(1, candidates.count) {
      let room = slot * Double(distance * stride) - 8
      let kept = candidates.indices.filter { $0 % stride == 0 }.map { candidates[$0] }
      let blocks = kept.map { candidate in
        LabelBlock(lines: TextMeasure.lines(candidate.text, .axis, within: room).map { TextLine($0, .axis) })
      }
      let longestWord = kept.flatMap { $0.text.split(separator: " ") }.map { TextMeasure.width(String($0), .axis) }
        .max()
      ticks = zip(kept, blocks).map { ($0.index, $1) }
      if room >= longestWord ?? 0 { return }
    }
    ticks = Array(ticks.prefix(1))
  }

  /// Januaries with their year; every third month with its name when the whole is a year and a half or less.
  private static func months(from first: CalendarMonth, count: Int, in language: Language) -> [(Int, String)] {
    let all = (0..<max(0, count)).map { (index: $0, month: first.adding(months: $0)) }
    if count > 18 {
      return all.filter { $0.month.parts.month == 1 }.map { ($0.index, String($0.month.year)) }
    }
    let step = count > 6 ? 3 : 1
    return all.filter { $0.index % step == 0 }
      .map { ($0.index, "\(language.shortMonth($0.month)) \($0.month.year)") }
  }
}

extension Language {
  /// A month in three letters: `Mar` or `mrt`.
  func shortMonth(_ month: CalendarMonth) -> String {
    self == .dutch && month.parts.month == 3 ? "mrt" : String(self.month(month).prefix(3))
  }
}

extension Drawing {
  /// Draws the texts under a timeline, moved inwards where they would leave the drawing.
  mutating func draw(_ ticks: TimelineTicks, below plot: Plot, at x: (Int) -> Double) {
    var last = -Double.infinity
    for tick in ticks.ticks {
      let half = tick.block.width / 2
      let centre = min(width - half, max(half, x(tick.index)))
      guard centre - half >= last + 4 else { continue }
      last = centre + half
      line(Position(x(tick.index), plot.bottom), Position(x(tick.index), plot.bottom + 5), .base)
      texts += tick.block.placed(x: centre, top: plot.bottom + 8, anchor: .middle)
    }
  }
}
