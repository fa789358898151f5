import Primitives
import Testing

@Suite struct CalendarTests {
  @Test func everyDayOfEightCenturiesSurvivesItsParts() {
    var date = CalendarDate(year: 1600, month: 1, day: 1)!
    let end = CalendarDate(year: 2400, month: 12, day: 31)!
    var previous = (year: 1599, month: 12, day: 31)
    while date <= end {
      let parts = date.parts
      #expect(CalendarDate(year: parts.year, month: parts.month, day: parts.day) == date)
      #expect((parts.year, parts.month, parts.day) > (previous.year, previous.month, previous.day))
      previous = parts
      date = date.adding(days: 1)
    }
  }

  @Test func isoTextIsReadStrictly() {
    #expect(CalendarDate(iso: "2016-02-29")?.iso == "2016-02-29")
    for wrong in ["2015-02-29", "2016-2-29", "2016-02-29T00:00", "16-02-29", "2016/02/29", "", "2016-13-01"] {
      #expect(CalendarDate(iso: wrong) == nil, "\(wrong)")
    }
    #expect(CalendarMonth(iso: "2022-08")?.firstDay.iso == "2022-08-01")
    #expect(CalendarMonth(iso: "2022-13") == nil)
  }

  @Test func addingMonthsStopsAtTheMonthsEnd() {
    let date = CalendarDate(iso: "2016-01-31")!
    #expect(date.adding(months: 1).iso == "2016-02-29")
    #expect(date.adding(months: -2).iso == "2015-11-30")
    #expect(CalendarDate(iso: "2016-03-15")!.completedMonths(since: CalendarDate(iso: "2016-01-16")!) == 1)
    #expect(CalendarDate(iso: "2016-03-16")!.completedMonths(since: CalendarDate(iso: "2016-01-16")!) == 2)
    #expect(CalendarDate(iso: "2016-01-15")!.completedMonths(since: CalendarDate(iso: "2016-01-16")!) == -1)
  }

  @Test func addingStopsAtTheEndsOfWhatCanBeCounted() {
    let date = CalendarDate(iso: "2016-01-31")!
    for count in [Int.max, Int(Int32.max), 4_000_000_000] {
      #expect(date.adding(days: count).daysSinceEpoch == .max)
      #expect(date.adding(days: -count).daysSinceEpoch < -2_147_000_000)
      #expect(date.adding(months: count).daysSinceEpoch == .max)
      #expect(date.adding(months: -count).daysSinceEpoch == .min)
      #expect(date.month.adding(months: count).index == .max)
      #expect(date.month.adding(months: count).lastDay >= date)
      #expect(date.month.adding(months: -count).firstDay.daysSinceEpoch == .min)
    }
    #expect(CalendarDate.earliest.iso == "0001-01-01" && CalendarDate.latest.iso == "9999-12-31")
  }

  @Test func beyondTheYearsThatCanBeWrittenTheCalendarGoesOn() {
    var date = CalendarDate(daysSinceEpoch: CalendarDate.earliest.daysSinceEpoch - 1500)
    while date < CalendarDate.earliest.adding(days: 1500) {
      #expect(date.month.firstDay <= date && date <= date.month.lastDay)
      #expect(date.adding(months: 12).adding(months: -12).month == date.month)
      date = date.adding(days: 1)
    }
    #expect(CalendarDate.earliest.adding(days: -1).parts == (0, 12, 31))
    #expect(CalendarDate.earliest.month.adding(months: -13).parts == (-1, 12))
    #expect(CalendarDate.latest.adding(months: 2).parts == (10_000, 2, 29))
  }

  @Test func aSeedGivesTheSameStreamAndStreamsDiffer() {
    var a = SeededGenerator(seed: 1, stream: 7)
    var b = SeededGenerator(seed: 1, stream: 7)
    var c = SeededGenerator(seed: 1, stream: 8)
    let draws = (0..<1000).map { _ in a.uniform() }
    #expect(draws == (0..<1000).map { _ in b.uniform() })
    #expect(draws != (0..<1000).map { _ in c.uniform() })
    #expect(abs(draws.reduce(0, +) / 1000 - 0.5) < 0.05)
  }

  @Test func valuesHaveOneSpelling() {
    #expect(Value.number(12).canonicalText == "12")
    #expect(Value.number(0.5).canonicalText == "0.5")
    #expect(Value.list(["a", "b, c"]).canonicalText == "a, \"b, c\"")
  }
}
