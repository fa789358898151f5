import Charts
import Foundation
import Primitives
import Testing

@Suite("Values")
struct ValueTests {
  @Test("Zero and the four reasons for absence are written in five different ways, in each language")
  func fiveStates() {
    for language in Language.allCases {
      let values: [ChartValue] = [0] + Absence.allCases.map { .absent($0) }
      let texts = values.map { NumberStyle.count.text(of: $0, in: language) }
      #expect(Set(texts).count == 5)
    }
    #expect(Absence.allCases.map(\.sign.english) == ["c", "n/a", "…", "late"])
    #expect(Absence.allCases.map { $0.sign[.dutch] } == ["c", "n.v.t.", "…", "laat"])
  }

  @Test("Numbers are written in the language's own form")
  func numbers() {
    #expect(NumberStyle.count.text(4_000, in: .english) == "4,000")
    #expect(NumberStyle.count.text(4_000, in: .dutch) == "4.000")
    #expect(NumberStyle.percent(decimals: 1).text(44.25, in: .dutch).hasSuffix("%"))
    #expect(NumberStyle.difference().text(11.8, from: 8.6, to: 15, in: .english) == "+11.8 (8.6 to 15.0)")
    #expect(NumberStyle.difference().text(11.8, from: -8.6, to: 15, in: .dutch) == "+11,8 (−8,6 tot 15,0)")
    #expect(NumberStyle.oneTo.text(63, in: .english) == "1\u{202F}:\u{202F}63")
  }

  @Test("Minus is a real minus, and nothing is minus or plus zero")
  func signs() {
    #expect(NumberStyle.difference().text(-3, in: .english) == "−3.0")
    #expect(NumberStyle.difference().text(-0.01, in: .english) == "0.0")
    #expect(NumberStyle.difference().text(0, in: .english) == "0.0")
  }

  @Test("A chart is the same after it was written down and read again")
  func roundTrip() throws {
    for seed in 0..<40 {
      var random = RandomCharts(seed: UInt64(seed))
      let chart = random.chart()
      let data = try JSONEncoder().encode(chart)
      #expect(try JSONDecoder().decode(Chart.self, from: data) == chart)
    }
  }
}
