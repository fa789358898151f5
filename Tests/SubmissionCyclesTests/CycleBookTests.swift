import DataModels
import Foundation
import Primitives
import SubmissionCycles
import TestSupport
import Testing

private func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }
private func month(_ iso: String) -> CalendarMonth { CalendarMonth(iso: iso)! }

/// A cycle by the month, due on the 14th, in a story that was followed by hand.
@Suite struct CycleBookTests {
  let cycle = SubmissionCycle(every: .month, dueDay: 14, timeZone: "Europe/Amsterdam")
  let returns = [
    CycleReturn(provider: "a", month: month("2016-01"), receivedOn: day("2016-02-14"), rows: 10, accepted: 9, held: 1),
    CycleReturn(provider: "b", month: month("2016-01"), receivedOn: day("2016-02-20"), rows: 5, accepted: 5),
    CycleReturn(provider: "a", month: month("2016-02"), receivedOn: day("2016-03-01"), rows: 4, accepted: 4),
    CycleReturn(provider: "a", month: month("2016-01"), receivedOn: day("2016-04-02"), rows: 1, accepted: 1),
  ]
  let decisions = [
    CycleDecision(.release, month("2016-01"), on: day("2016-02-21"), by: "w"),
    CycleDecision(.lock, month("2016-01"), on: day("2016-03-10"), by: "w"),
    CycleDecision(
      .reopen, month("2016-01"), on: day("2016-04-01"), by: "w", reason: "wrong dates", until: day("2016-04-05")),
  ]

  func book(_ iso: String, _ cycle: SubmissionCycle? = nil, providers: [ExpectedProvider] = []) -> CycleBook {
    CycleBook(
      cycle: cycle ?? self.cycle, decisions: decisions, returns: returns, providers: providers, asKnownOn: day(iso))
  }

  func status(_ period: String, _ iso: String) -> PeriodStatus {
    let book = book(iso)
    return book.status(of: book.period(containing: month(period)))
  }

  @Test(arguments: [
    ("2016-02-13", CycleState.upcoming), ("2016-02-14", .open), ("2016-02-15", .late), ("2016-02-20", .late),
    ("2016-02-21", .released), ("2016-03-09", .released), ("2016-03-10", .locked), ("2016-03-31", .locked),
    ("2016-04-01", .reopened), ("2016-04-05", .reopened), ("2016-04-06", .locked), ("2017-01-01", .locked),
  ])
  func januaryGoesThroughItsStatesAsKnownOnEachDay(_ iso: String, _ state: CycleState) {
    // Before the first return was received nobody knew that the cycle had begun.
    #expect(status("2016-01", iso).state == state)
  }

  @Test func whoSentIsInTimeOnTheDueDayAndLateOnTheNext() throws {
    let january = status("2016-01", "2016-03-20")
    #expect(january.providers.map(\.standing) == [.inTime, .late])
    #expect(january.providers.map(\.daysLate) == [0, 6])
    #expect(january.providers[0].held == 1)
    #expect(status("2016-02", "2016-03-14").providers.map(\.standing) == [.inTime, .expected])
    let february = status("2016-02", "2016-03-20")
    #expect(february.providers.map(\.standing) == [.inTime, .missing])
    #expect(february.providers[1].daysLate == 6, "days without a return count up to the day of the book")
  }

  @Test func punctualityCountsPeriodsWhoseDueDayHasPassed() {
    let book = book("2016-03-20")
    let found = book.punctuality(of: book.periods.map { book.status(of: $0) })
    #expect(book.periods.map(\.name) == ["2016-01", "2016-02", "2016-03"])
    #expect(found.map(\.provider) == ["a", "b"] && found.map(\.due) == [2, 2])
    #expect(found.map(\.inTime) == [2, 0] && found.map(\.late) == [0, 1] && found.map(\.missing) == [0, 1])
    #expect(found[1].completeness == 0.5 && found[1].timeliness == 0 && found[1].averageDaysLate == 6)
    #expect(isClose(found[0].heldShare ?? 0, 1.0 / 14))
  }

  @Test func aProviderIsExpectedInTheMonthsThatItTakesPart() {
    let providers = [
      ExpectedProvider(name: "a"), ExpectedProvider(name: "c", from: month("2016-02")),
      ExpectedProvider(name: "d", until: month("2016-01")),
    ]
    let book = book("2016-03-20", providers: providers)
    let names = book.periods.map { book.status(of: $0).providers.map(\.provider) }
    #expect(names == [["a", "b", "d"], ["a", "c"], ["a", "c"]], "who sent is listed, expected or not")
  }

  @Test func theCalendarReleasesWhenTheModelNamesADay() {
    let fixed = SubmissionCycle(every: .month, dueDay: 14, releaseDay: 14, timeZone: "Europe/London")
    let book = CycleBook(cycle: fixed, decisions: [], returns: returns, asKnownOn: day("2016-03-14"))
    let february = book.status(of: book.period(containing: month("2016-02")))
    #expect(february.state == .released && february.releasedOn == day("2016-03-14"))
  }

  @Test func theSameDecisionsGiveTheSameStateInWhateverOrderReturnsStand() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<50 {
      let shuffled = CycleBook(
        cycle: cycle, decisions: decisions, returns: returns.shuffled(using: &generator), asKnownOn: day("2016-04-03"))
      let period = shuffled.period(containing: month("2016-01"))
      let status = shuffled.status(of: period)
      #expect(status.state == .reopened && status.providers == self.status("2016-01", "2016-04-03").providers)
    }
  }

  @Test func quartersAndYearsAreDueInTheMonthAfterThem() {
    let quarter = SubmissionCycle(every: .quarter, dueDay: 20, timeZone: "Europe/London")
    let second = CyclePeriod(containing: month("2016-05"), every: .quarter)
    #expect(second.name == "2016-Q2" && quarter.dueOn(second) == day("2016-07-20"))
    #expect(second.inWords(.english) == "April to June 2016" && second.inWords(.dutch) == "april tot en met juni 2016")
    let year = SubmissionCycle(every: .year, dueDay: 1, timeZone: "Europe/London")
    let whole = CyclePeriod(containing: month("2016-12"), every: .year)
    #expect(whole.name == "2016" && year.dueOn(whole) == day("2017-01-01") && whole.next.name == "2017")
  }

  @Test func theDayEndsAtMidnightInTheTimeZoneOfTheCycle() {
    // 14 April 2016, 22:30 UTC: 23:30 in London, half past midnight in Amsterdam.
    let moment = Date(timeIntervalSince1970: 1_460_673_000)
    #expect(cycle.day(at: moment) == day("2016-04-15"))
    #expect(SubmissionCycle(every: .month, dueDay: 14, timeZone: "Europe/London").day(at: moment) == day("2016-04-14"))
  }

  // MARK: Refusals

  func refusal(_ decision: CycleDecision, _ iso: String) -> String? {
    do throws(CycleError) {
      try book(iso).check(decision)
      return nil
    } catch {
      #expect(error.message.english != error.message[.dutch])
      return error.code
    }
  }

  @Test func whatDoesNotApplyIsRefusedWithACode() {
    let february = month("2016-02")
    #expect(refusal(CycleDecision(.release, february, on: day("2016-03-20"), by: "w"), "2016-03-20") == nil)
    #expect(refusal(CycleDecision(.lock, february, on: day("2016-03-20"), by: "w"), "2016-03-20") == "CYC-03")
    #expect(refusal(CycleDecision(.open, february, on: day("2016-03-20"), by: "w"), "2016-03-20") == "CYC-03")
    #expect(refusal(CycleDecision(.open, month("2015-11"), on: day("2016-03-20"), by: "w"), "2016-03-20") == nil)
    #expect(refusal(CycleDecision(.open, month("2016-05"), on: day("2016-03-20"), by: "w"), "2016-03-20") == "CYC-06")
    let january = month("2016-01")
    #expect(
      refusal(CycleDecision(.reopen, january, on: day("2016-03-20"), by: "w", until: day("2016-03-21")), "2016-03-20")
        == "CYC-04")
    #expect(
      refusal(
        CycleDecision(.reopen, january, on: day("2016-03-20"), by: "w", reason: "x", until: day("2016-03-19")),
        "2016-03-20") == "CYC-05")
    #expect(refusal(CycleDecision(.lock, january, on: day("2016-03-01"), by: "w"), "2016-03-20") == "CYC-07")
  }

  @Test func aReturnAboutALockedPeriodIsRefusedAndOneAboutAReopenedRestates() throws {
    #expect(throws: CycleError.self) { try book("2016-03-20").receive(aboutMonth: month("2016-01")) }
    #expect(try book("2016-04-03").receive(aboutMonth: month("2016-01")) == .takeInRestatement)
    #expect(try book("2016-02-14").receive(aboutMonth: month("2016-01")) == .takeIn)
    #expect(try book("2016-02-16").receive(aboutMonth: month("2016-01")) == .takeInLate)
    #expect(try book("2016-02-22").receive(aboutMonth: month("2016-01")) == .takeInCorrection)
  }
}
