import Charts
import Primitives

/// Charts with names of every length and values of every kind, for properties that must hold for any chart.
struct RandomCharts {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
  mutating func chance(_ share: Double) -> Bool { generator.uniform() < share }

  private static let words = [
    "Work", "Paid", "of", "the", "Intensive", "approach", "Language", "first", "Education", "with", "benefit", "A",
    "Arbeidsmarktgericht", "inburgeringsplichtigen", "Onderwijsroute", "Zelfredzaamheidsroute", "en", "taal", "é",
    "2016–2018",
    "Meervoudigepersoonlijkheidsgesprekken", "(n/a)", "still", "moved",
  ]

  mutating func name() -> LocalizedText {
    let count = integer(1...5)
    let english = (0..<count).map { _ in Self.words.randomElement(using: &generator)! }.joined(separator: " ")
    let dutch = (0..<integer(1...6)).map { _ in Self.words.randomElement(using: &generator)! }.joined(separator: " ")
    return LocalizedText(english, nl: dutch)
  }

  mutating func tone() -> SeriesTone { SeriesTone.allCases.randomElement(using: &generator)! }

  mutating func value(below limit: Double) -> ChartValue {
    if chance(0.15) { return .absent(Absence.allCases.randomElement(using: &generator)!) }
    if chance(0.1) { return 0 }
    return .number((generator.uniform() * limit).rounded())
  }

  mutating func style() -> NumberStyle {
    [.count, .percent(decimals: integer(0...2)), .difference(), .oneTo, .decimal(1)][integer(0...4)]
  }

  mutating func upperLimit() -> Double { [8, 60, 100, 4_321, 1_250_000][integer(0...4)] }

  mutating func someTimeline() -> Timeline {
    let start = CalendarMonth(year: integer(2014...2019), month: integer(1...12))!
    switch integer(0...2) {
    case 0: return .months(from: start, count: integer(1...60))
    case 1: return .halfYears(from: start, count: integer(1...9))
    default: return .named((0..<integer(1...8)).map { _ in name() })
    }
  }

  mutating func cumulativeCurves() -> Chart {
    let end = [12.0, 36, 60][integer(0...2)]
    let limit = upperLimit()
    let curves = (0..<integer(1...5)).map { _ in
      var reached = 0.0
      let last = chance(0.3) ? end * generator.uniform() : end
      let points = stride(from: 0, through: last, by: 1).map { time in
        reached = min(limit, reached + generator.uniform() * limit / end)
        let hasInterval = chance(0.9)
        return CumulativeCurveChart.Point(
          time: time, value: reached, lower: hasInterval ? reached * 0.9 : nil, upper: hasInterval ? reached * 1.1 : nil
        )
      }
      return CumulativeCurveChart.Curve(
        name: name(), tone: tone(), line: LineStyle.allCases.randomElement(using: &generator)!, points: points,
        stopReason: chance(0.5) ? name() : nil,
        atRisk: (0..<integer(0...7)).map { _ in value(below: 90_000) })
    }
    return .cumulativeCurves(
      CumulativeCurveChart(
        curves: curves, time: .init(name(), end: end, step: [3, 6, 12][integer(0...2)]),
        value: ValueAxis(name(), style: style())))
  }

  mutating func sankey() -> Chart {
    let limit = upperLimit()
    let columns = (0..<integer(2...5)).map { column in
      SankeyChart.Column(
        heading: name(),
        nodes: (0..<integer(1...6)).map { row in
          SankeyChart.Node(id: "\(column)-\(row)", name: name(), value: value(below: limit), tone: tone())
        })
    }
    var links: [SankeyChart.Link] = []
    for (left, right) in zip(columns, columns.dropFirst()) {
      for from in left.nodes {
        for to in right.nodes where chance(0.6) {
          links.append(SankeyChart.Link(from: from.id, to: to.id, value: value(below: limit / 5)))
        }
      }
    }
    return .sankey(SankeyChart(columns: columns, links: links, style: style()))
  }

  mutating func stateBands() -> Chart {
    let timeline = someTimeline()
    let limit = upperLimit()
    let states = (0..<integer(1...7)).map { _ in
      StateBandChart.State(
        name: name(), tone: tone(), values: (0..<timeline.count).map { _ in value(below: limit) })
    }
    return .stateBands(
      StateBandChart(
        timeline: timeline, states: states, form: chance(0.5) ? .areas : .bars, value: ValueAxis(name(), style: style())
      ))
  }

  mutating func run() -> Chart {
    let timeline = someTimeline()
    let limit = upperLimit()
    let series = (0..<integer(1...4)).map { _ in
      RunChart.Series(name: name(), tone: tone(), values: (0..<timeline.count).map { _ in value(below: limit) })
    }
    return .run(
      RunChart(
        timeline: timeline, series: series, norm: chance(0.7) ? .init(limit / 2, label: name()) : nil,
        value: ValueAxis(name(), style: style())))
  }

  mutating func dotIntervals() -> Chart {
    let limit = upperLimit()
    let hasBefore = chance(0.3)
    let groups = (0..<integer(1...3)).map { _ in
      DotIntervalChart.Group(
        heading: chance(0.5) ? name() : nil,
        rows: (0..<integer(1...6)).map { _ in
          let centre = (generator.uniform() - 0.3) * limit
          let hasInterval = chance(0.7)
          return DotIntervalChart.Row(
            name: name(), value: chance(0.1) ? .absent(.protected) : .number(centre),
            lower: hasInterval ? centre - limit / 10 : nil, upper: hasInterval ? centre + limit / 10 : nil,
            before: hasBefore ? value(below: limit) : nil, tone: tone(), isMain: chance(0.2))
        })
    }
    return .dotIntervals(
      DotIntervalChart(
        groups: groups, form: chance(0.4) ? .bars : .dots, value: ValueAxis(name(), style: style()),
        references: (0..<integer(0...3)).map { _ in .init((generator.uniform() - 0.3) * limit, label: name()) },
        before: hasBefore ? name() : nil, after: hasBefore ? name() : nil))
  }

  mutating func chart() -> Chart {
    switch integer(0...4) {
    case 0: cumulativeCurves()
    case 1: sankey()
    case 2: stateBands()
    case 3: run()
    default: dotIntervals()
    }
  }
}
