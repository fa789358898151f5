import CExpat
import Foundation
import Primitives
import Testing

@testable import Charts

@Suite("Drawings")
struct DrawingTests {
  private func svg(_ chart: Chart, _ size: Chart.Size = .wide, in language: Language = .english) -> String {
    chart.svg(
      size, in: language, title: "Work & <more>", description: "A \"quoted\" line", prefix: "f1-\(size.className)")
  }

  @Test("Every drawing is well-formed, has a title and a description, and is an image to a screen reader")
  func accessible() {
    for seed in 0..<120 {
      var random = RandomCharts(seed: UInt64(seed))
      let text = svg(random.chart(), seed % 2 == 0 ? .wide : .narrow, in: seed % 3 == 0 ? .dutch : .english)
      let id = seed % 2 == 0 ? "f1-wide" : "f1-narrow"
      #expect(isWellFormed(text), "seed \(seed)")
      #expect(text.contains("role=\"img\" aria-labelledby=\"\(id)-title \(id)-desc\""))
      #expect(text.contains("<title id=\"\(id)-title\">Work &amp; &lt;more&gt;</title>"))
      #expect(text.contains("<desc id=\"\(id)-desc\">A &quot;quoted&quot; line</desc>"))
    }
  }

  @Test("No colour is fixed in a drawing: tones are classes that the page's theme colours")
  func noColours() {
    for seed in 0..<40 {
      var random = RandomCharts(seed: UInt64(seed))
      let text = svg(random.chart())
      for word in ["style=", "fill=", "stroke=", "#0", "rgb("] { #expect(!text.contains(word)) }
    }
    for tone in SeriesTone.allCases {
      #expect(Chart.styleSheet.contains(".tone-\(tone.rawValue){--tone:var(\(tone.property))}"))
    }
  }

  @Test("Coordinates have one decimal at most, so no drawing is more precise than it looks")
  func rounding() throws {
    for seed in 0..<60 {
      var random = RandomCharts(seed: UInt64(seed))
      let text = svg(random.chart())
      for match in text.matches(of: /(?:d|x|y|width|height|cx|cy|r)="([^"]*)"/) {
        #expect(!match.1.contains(/\.[0-9]{2,}/), "seed \(seed): \(match.1)")
      }
    }
    #expect([0, 1, -0.04, 12.34, -3.16].map(rounded) == ["0", "1", "0", "12.3", "-3.2"])
  }

  @Test("Words and numbers in a drawing are only those that the chart was given, and the marks of its axes")
  func onlyGivenNumbers() {
    let chart = Chart.sankey(
      SankeyChart(
        columns: [
          .init(heading: "", nodes: [.init(id: "a", name: "All", value: 100, tone: .whole)]),
          .init(
            heading: "",
            nodes: [
              .init(id: "b", name: "Work", value: 70, tone: .first),
              .init(id: "c", name: "Gone", value: .absent(.protected), tone: .quiet),
            ]),
        ],
        links: [.init(from: "a", to: "b", value: 70), .init(from: "a", to: "c", value: .absent(.protected))]))
    for size in [Chart.Size.wide, .narrow] {
      let texts = chart.drawing(size, in: .english).texts.flatMap(\.runs).map(\.text)
      let numbers = texts.flatMap { $0.matches(of: /[0-9][0-9.,]*/).map { String($0.0) } }
      #expect(Set(numbers) == ["100", "70"])
      #expect(!svg(chart, size).contains("30<"))
    }
  }

  @Test("A protected link has the same thinness whatever is behind it, and says that it is protected")
  func protectedLinks() {
    func links(_ other: Double) -> [Mark] {
      SankeyChart(
        columns: [
          .init(heading: "", nodes: [.init(id: "a", name: "All", value: .number(other + 9), tone: .whole)]),
          .init(
            heading: "",
            nodes: [
              .init(id: "b", name: "Work", value: .number(other), tone: .first),
              .init(id: "c", name: "Gone", value: .absent(.protected), tone: .quiet),
            ]),
        ],
        links: [
          .init(from: "a", to: "b", value: .number(other)), .init(from: "a", to: "c", value: .absent(.protected)),
        ]
      ).drawing(.wide, in: .english).marks
    }
    for other in [50.0, 5_000] {
      let unknown = links(other).filter { $0.role == .unknown }
      #expect(unknown.count == 1)
      let meaning = "protected: too few people, here or in a number that follows from it"
      #expect(unknown.first?.title == "All → Gone: c, \(meaning)")
      #expect(links(other).contains { $0.role == .outline })
    }
  }

  @Test("What leaves a node of a Sankey diagram fills it from top to bottom when the numbers add up")
  func sankeySums() {
    let columns = [
      [SankeyChart.Node(id: "a", name: "A", value: 30, tone: .first)],
      [
        SankeyChart.Node(id: "b", name: "B", value: 20, tone: .first),
        SankeyChart.Node(id: "c", name: "C", value: 10, tone: .first),
      ],
    ]
    let links = [SankeyChart.Link(from: "a", to: "c", value: 10), SankeyChart.Link(from: "a", to: "b", value: 20)]
    let layout = SankeyLayout(columns, links: links, labelHeights: [[18], [18, 18]], span: 300)
    #expect(layout.nodes[0][0].height == 300)
    #expect(layout.nodes[1].map(\.height) == [200, 100])
    // The link to the upper node leaves above the other, so they do not cross.
    #expect(layout.links.map(\.thickness) == [100, 200])
    #expect(layout.links[1].fromTop == layout.nodes[0][0].top)
    #expect(layout.links[0].fromTop == layout.nodes[0][0].top + 200)
    #expect(layout.height == 314)
  }

  @Test("A curve that stops early stops in the drawing too, with its reason, and its last number is not carried on")
  func earlyStop() {
    let chart = CumulativeCurveChart(
      curves: [
        .init(
          name: "Pilot", tone: .first, line: .solid, points: [.init(time: 0, value: 0), .init(time: 18, value: 20)],
          stopReason: "fewer than 10 followed", atRisk: [40, 12, .absent(.protected)])
      ], time: .init("Months", end: 36, step: 12), value: ValueAxis("Share", style: .percent(), maximum: 40))
    let drawing = chart.drawing(.wide, in: .english)
    let furthest = drawing.marks.filter { $0.role == .line }.flatMap { mark -> [Double] in
      guard case .path(let steps) = mark.shape else { return [] }
      return steps.map { step in if case .line(let at) = step { at.x } else { 0 } }
    }
    let axis = drawing.marks.filter { $0.role == .base }.compactMap { mark -> Double? in
      guard case .path(let steps) = mark.shape, case .line(let at) = steps.last else { return nil }
      return at.x
    }
    #expect((furthest.max() ?? 0) < (axis.max() ?? 0) * 0.7)
    let texts = drawing.texts.flatMap(\.runs).map(\.text)
    #expect(texts.joined(separator: " ").contains("fewer than 10 followed"))
    #expect(texts.contains("c"))
  }

  @Test("A line breaks where a value is absent, and the reason is below the drawing")
  func breaks() {
    let chart = RunChart(
      timeline: .months(from: CalendarMonth(iso: "2016-01")!, count: 6),
      series: [.init(name: "Load", values: [50, 52, .absent(.late), 51, 50, 49])], value: ValueAxis("People"))
    let drawing = chart.drawing(.wide, in: .english)
    #expect(drawing.marks.filter { $0.role == .line }.count == 2)
    #expect(drawing.marks.filter { $0.role == .unknown }.count == 1)
    let text = drawing.texts.flatMap(\.runs).map(\.text).joined(separator: " ")
    #expect(text.contains("no number (late not yet in)"))
    #expect(!text.contains("protected"))
  }

  @Test("Axes have round marks that hold every value, and zero")
  func scales() {
    let plain = AxisScale(ValueAxis("People"), values: [3, 437], about: 5)
    #expect((plain.minimum, plain.maximum) == (0, 500))
    #expect(plain.marks == [0, 100, 200, 300, 400, 500])
    let signed = AxisScale(ValueAxis("Effect"), values: [-2.1, 7], about: 5)
    #expect(signed.minimum <= -2.1 && signed.maximum >= 7 && signed.marks.contains(0))
    let fine = AxisScale(ValueAxis("Balance"), values: [0.02, 0.31], about: 4)
    #expect(fine.decimals == 1)
    let nothing = AxisScale(ValueAxis("Nothing"), values: [], about: 5)
    #expect(nothing.maximum > nothing.minimum)
  }

  @Test("Charts of nothing are drawn without failing")
  func emptyCharts() {
    let axis = ValueAxis("People")
    let charts: [Chart] = [
      .cumulativeCurves(.init(curves: [], time: .init("Months", end: 36, step: 6), value: axis)),
      .sankey(.init(columns: [], links: [])), .run(.init(timeline: .named([]), series: [], value: axis)),
      .stateBands(.init(timeline: .named([]), states: [], value: axis)),
      .stateBands(.init(timeline: .named([]), states: [], form: .bars, value: axis)),
      .dotIntervals(.init(rows: [], value: axis)),
    ]
    for chart in charts { #expect(isWellFormed(svg(chart, .narrow)) && isWellFormed(svg(chart))) }
  }

  private func isWellFormed(_ text: String) -> Bool {
    let parser = XML_ParserCreate("UTF-8")
    defer { XML_ParserFree(parser) }
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { XML_Parse(parser, $0.baseAddress, Int32($0.count), 1) }
    } == XML_STATUS_OK
  }
}

extension LocalizedText: ExpressibleByStringLiteral {
  public init(stringLiteral text: String) { self.init(text) }
}
