import Primitives
import Testing

@testable import Charts

@Suite("Labels")
struct LabelTests {
  @Test("No two labels overlap and none leaves the drawing, in any chart, at any width, in both languages")
  func labelsKeepApart() {
    for seed in 0..<600 {
      var random = RandomCharts(seed: UInt64(seed))
      let chart = random.chart()
      let width = [360, 880, Double(random.integer(320...1_200))][seed % 3]
      for language in Language.allCases {
        let drawing = chart.drawing(Chart.Size(width: width, className: "any"), in: language)
        let boxes = drawing.texts.map { (text: $0.runs.map(\.text).joined(), box: $0.box) }
        for (index, label) in boxes.enumerated() {
          #expect(
            label.box.left >= -0.1 && label.box.right <= width + 0.1 && label.box.top >= -2
              && label.box.bottom <= drawing.height + 0.1,
            "seed \(seed), width \(width), \(language): “\(label.text)” leaves the drawing: \(label.box), height \(drawing.height)"
          )
          for other in boxes[(index + 1)...] {
            #expect(
              !label.box.overlaps(other.box),
              "seed \(seed), width \(width), \(language): “\(label.text)” \(label.box) overlaps “\(other.text)” \(other.box)"
            )
          }
        }
      }
    }
  }

  @Test("Lines of text are never wider than asked, and together say the whole text")
  func breaking() {
    for seed in 0..<200 {
      var random = RandomCharts(seed: UInt64(seed))
      let text = random.name().english
      let limit = Double(random.integer(40...240))
      let lines = TextMeasure.lines(text, .label, within: limit)
      for line in lines { #expect(TextMeasure.width(line, .label) <= limit, "“\(line)” within \(limit)") }
      let letters = { (text: String) in text.filter { $0 != " " && $0 != "-" } }
      #expect(letters(lines.joined()) == letters(text))
    }
  }

  @Test("Things that are apart already stay where they are, and those that are not move as little as they can")
  func spreading() {
    #expect(Spreading.centres(wanted: [10, 50], lengths: [20, 20], from: 0, to: 100) == [10, 50])
    // Two things wanted at 50, 20 long each: one moves up by 10 and the other down by 10.
    #expect(Spreading.centres(wanted: [50, 50], lengths: [20, 20], from: 0, to: 100) == [40, 60])
    // At the edge both give way to the bound.
    #expect(Spreading.centres(wanted: [2, 4], lengths: [20, 20], from: 0, to: 100) == [10, 30])
    // The order is kept when things of unequal length change places in start but not in middle.
    #expect(Spreading.centres(wanted: [60, 50], lengths: [10, 40], from: 0, to: 100) == [67.5, 42.5])
  }
}
