import DataModels
import Primitives
import TableFiles
import Testing

@testable import Submissions

/// What a model asks for beyond its fields and rules: steady values, results that count, odd numbers, time of grace.
@Suite struct DeclaredCheckTests {
  static func model(_ extra: String = "") throws -> DataModel {
    try DataModel(
      yaml: """
        meedoen: data-model/1
        id: declared
        version: "1"
        title: Declared
        code-lists:
          sex: {codes: [man, woman]}
        records:
          person:
            is: person
            purpose: test
            key: [id]
            fields:
              id: {type: text, privacy: identifier, required: yes, label: Number}
              born: {type: year, privacy: quasi, label: {en: Born, nl: Geboren}}
              sex: {type: code, list: sex, label: Sex}
              goal: {type: text, required: yes, grace: {until: 2024-06}, label: Goal}
          job:
            is: event
            of: person
            at: on
            purpose: test
            key: [id, on]
            fields:
              id: {type: text, privacy: identifier, required: yes, label: Number}
              on: {type: date, required: yes, label: {en: Day, nl: Dag}}
              wage: {type: number, label: Wage}
              contract: {type: text, label: {en: Contract, nl: Contract}}
              hours: {type: integer, range: 0..80, severity: error, grace: {until: 2024-06, severity: confirm}, label: Hours}
        checks:
          born: born
          steady: [person.born, person.sex]
          frozen-after: 6
          compare-with-column: yes
        outcomes:
          work:
            title: {en: Into work, nl: Aan het werk}
            on: job
            where: wage > 0
            evidence: [contract]
            counts: 2023-01..2024-12
            needs: person.sex is given
            per-person: 1
            price: {amount: 750, currency: GBP}
        rules:
          fewer-hours:
            on: job
            hold: hours <= 40
            grace: {until: 2024-03, severity: notice}
            says: Too many hours.
        \(extra)
        """, file: "declared.yml")
  }

  static let personHeaders = ["id", "born", "sex", "goal"]
  static let jobHeaders = ["id", "on", "wage", "contract", "hours"]

  func review(
    _ sheets: [RawSheet], known: KnownRecords? = nil, period: String? = nil, on day: String? = nil
  ) throws -> Review {
    try Self.model().review(
      sheets, known: known,
      on: ReviewOccasion(
        period: period.flatMap { CalendarMonth(iso: $0) }, receivedOn: day.flatMap { CalendarDate(iso: $0) }))
  }

  func found(
    _ sheets: RawSheet..., known: KnownRecords? = nil, period: String? = nil, on day: String? = nil
  ) throws -> [String] {
    try review(sheets, known: known, period: period, on: day).findings.map {
      "\($0.code.rawValue) \($0.severity) \($0.place.cell ?? $0.place.column ?? "-")"
    }
  }

  let anna = ["p1", "1990", "woman", "nurse"]
  func people(_ rows: [String]...) -> RawSheet { sheet("person.csv", Self.personHeaders, rows) }
  func jobs(_ rows: [String]...) -> RawSheet { sheet("job.csv", Self.jobHeaders, rows) }

  // MARK: Odd values

  @Test(arguments: [
    (["p1", "1990", "woman", "n.v.t."], ["VAL-07 confirm D2"]),
    (["p1", "1900", "woman", "nurse"], ["VAL-07 confirm B2"]),
    (["p\u{0430}1", "1990", "woman", "nurse"], ["VAL-08 confirm A2"]),
    (["onbekend", "1990", "woman", "nurse"], ["VAL-07 confirm A2"]),
    (["p1", "1990", "woman", "none"], []), (["\u{041F}1", "1990", "woman", "\u{041E}лена"], []),
  ])
  func valuesThatAreHardlyMeantAreToBeConfirmed(_ row: [String], _ expected: [String]) throws {
    let numberIsCyrillic = row[0] == "\u{041F}1"
    let row = numberIsCyrillic ? ["p1"] + row.dropFirst() : row
    #expect(try found(people(row)) == expected)
  }

  @Test func aDayAfterTheReturnCameInIsToBeConfirmed() throws {
    let job = jobs(["p1", "2024-05-02", "", "", ""])
    #expect(try found(people(anna), job, on: "2024-05-01") == ["DAT-01 confirm B2"])
    #expect(try found(people(anna), job, on: "2024-05-02") == [])
    #expect(try found(people(anna), job) == [], "without a day of receipt nothing is in the future")
  }

  @Test func daysAreComparedWithTheBirth() throws {
    #expect(try found(people(anna), jobs(["p1", "1989-05-02", "", "", ""])) == ["DAT-04 confirm B2"])
    #expect(
      try found(people(["p1", "1910", "woman", "x y"]), jobs(["p1", "2024-05-02", "", "", ""])) == ["DAT-05 confirm B2"]
    )
    #expect(try found(people(anna), jobs(["p1", "1990-05-02", "", "", ""])) == [])
  }

  // MARK: Grace

  @Test func aCheckIsMilderUntilTheEndOfItsGrace() throws {
    let sheets = [
      people(["p1", "1990", "woman", ""]),
      jobs(["p1", "2024-03-02", "", "", "81"], ["p1", "2024-03-03", "", "", "41"]),
    ]
    func found(_ period: String?) throws -> [String] {
      try review(sheets, period: period).findings.map { "\($0.code.rawValue) \($0.severity)" }.sorted()
    }
    #expect(try found("2024-03") == ["CON-05 notice", "CON-05 notice", "VAL-01 notice", "VAL-04 confirm"])
    #expect(try found("2024-06") == ["CON-05 error", "CON-05 error", "VAL-01 notice", "VAL-04 confirm"])
    #expect(try found("2024-07") == ["CON-05 error", "CON-05 error", "VAL-01 error", "VAL-04 error"])
    #expect(try found(nil) == (try found("2024-07")))
    #expect(try review(sheets, period: "2024-03").summary.held == 0)
  }

  @Test func aNewRequiredColumnMayBeMissingDuringItsGrace() throws {
    let old = sheet("person.csv", ["id", "born", "sex"], [["p1", "1990", "woman"]])
    let early = try review([old], period: "2024-06")
    #expect(early.findings.map { "\($0.code.rawValue) \($0.severity)" } == ["STR-03 notice"])
    #expect(early.summary.held == 0 && early.findings[0].message.english.contains("2024-06"))
    #expect(try review([old], period: "2024-07").summary.held == 1)
  }

  // MARK: History

  func known(person: [Value]? = nil, jobs: [[Value]] = [], before: [Value]? = nil) -> KnownRecords {
    var known = KnownRecords(people: ["p1"])
    known.rows = [0: .init(values: person ?? []), 1: .init(values: jobs.flatMap { $0 })]
    if let before { known.before = [0: .init(values: before)] }
    return known
  }

  @Test func aSteadyValueThatChangesOrGoesBackIsToBeConfirmed() throws {
    let was: [Value] = [.text("p1"), .year(1991), .text("woman"), .text("nurse")]
    #expect(try found(people(anna), known: known(person: was)) == ["HIS-05 confirm B2"])
    let before: [Value] = [.text("p1"), .year(1990), .text("woman"), .text("nurse")]
    #expect(try found(people(anna), known: known(person: was, before: before)) == ["HIS-03 confirm B2"])
    #expect(try found(people(anna), known: known(person: before, before: was)) == [])
    #expect(try found(people(["p1", "", "woman", "nurse"]), known: known(person: was)) == ["HIS-05 confirm B2"])
    let unknown: [Value] = [.text("p1"), .missing, .text("woman"), .text("nurse")]
    #expect(try found(people(anna), known: known(person: unknown)) == [], "what was not known is new")
    #expect(try found(people(anna)) == [])
  }

  @Test func aChangeInSettledTimeIsToBeConfirmed() throws {
    let day = Value.date(CalendarDate(iso: "2023-05-02")!)
    let was: [Value] = [.text("p1"), day, .missing, .missing, .integer(20)]
    let same = jobs(["p1", "2023-05-02", "", "", "20"])
    let changed = jobs(["p1", "2023-05-02", "", "", "24"])
    #expect(try found(people(anna), same, known: known(jobs: [was]), period: "2024-05") == [])
    #expect(try found(people(anna), changed, known: known(jobs: [was]), period: "2024-05") == ["HIS-02 confirm E2"])
    #expect(try found(people(anna), changed, known: known(jobs: [was]), period: "2023-11") == [], "not settled yet")
  }

  @Test func aResultThatCountedAndNoLongerDoesIsToBeConfirmed() throws {
    let day = Value.date(CalendarDate(iso: "2024-05-02")!)
    let was: [Value] = [.text("p1"), day, .number(1200), .text("c"), .missing]
    let review = try review(
      [people(anna), jobs(["p1", "2024-05-02", "0", "c", ""])], known: known(jobs: [was]), period: "2024-06")
    #expect(review.findings.map(\.code) == [.outcomeReversed])
    #expect(review.findings[0].cost?.price?.text == "750.00 GBP")
    #expect(review.summary.held == 0)
    #expect(try found(people(anna), jobs(["p1", "2024-05-02", "1300", "c", ""]), known: known(jobs: [was])) == [])
  }

  // MARK: Results that count

  @Test func whatAResultNeedsIsCheckedAndCounted() throws {
    let review = try review([
      people(anna, ["p2", "1990", "", "cook"], ["p3", "1990", "man", "cook"], ["p4", "1990", "man", "cook"]),
      jobs(
        ["p1", "2024-05-02", "1200", "c1", ""], ["p1", "2024-06-02", "1250", "c2", ""],
        ["p2", "2024-05-02", "1210", "c3", ""], ["p3", "2022-05-02", "1220", "c4", ""],
        ["p4", "2024-05-02", "1230", "", ""], ["p4", "2024-05-03", "0", "", ""],
        ["p4", "2024-05-04", "1240", "c5", "90"]),
    ])
    #expect(
      review.findings.map { "\($0.code.rawValue) \($0.severity) \($0.place.cell ?? "-")" } == [
        "PAY-03 confirm B3", "PAY-04 confirm B4", "PAY-02 confirm B5", "PAY-01 confirm D6", "CON-05 error E8",
        "VAL-04 error E8",
      ])
    #expect(review.findings.allSatisfy { $0.cost?.outcome == "work" }, "the held row does not count either")
    let tally = try #require(review.outcomes.first)
    #expect(tally.counted == 1 && tally.notCounted == 5 && tally.price?.text == "750.00 GBP")
    #expect(review.findings[1].message.english.contains("it needs that"))
  }

  @Test func whatTheRegisterCountedForAPersonCounts() throws {
    let was: [Value] = [.text("p1"), .date(CalendarDate(iso: "2024-01-02")!), .number(1200), .text("c"), .missing]
    let job = jobs(["p1", "2024-05-02", "1300", "c", ""])
    #expect(try found(people(anna), job, known: known(jobs: [was]), period: "2024-05") == ["PAY-03 confirm B2"])
    #expect(try found(people(anna), job, known: known(jobs: []), period: "2024-05") == [])
  }

  @Test func withoutTheRegisterWhatHasToComeBeforeMayBeThere() throws {
    #expect(try found(jobs(["p1", "2024-05-02", "1300", "c", ""])).filter { $0.hasPrefix("PAY") } == [])
  }

  // MARK: Columns

  @Test func aNumberFarFromTheOthersIsToBeConfirmed() throws {
    func wages(_ last: String, count: Int = 40) -> RawSheet {
      sheet(
        "job.csv", Self.jobHeaders,
        (0..<count).map { ["p1", "2024-\(10 + $0 % 3)-\(10 + $0 / 3)", "\(1500 + 37 * ($0 % 11))", "c", ""] }
          + [["p1", "2024-09-01", last, "c", ""]])
    }
    func outliers(_ sheet: RawSheet) throws -> [String] {
      try found(people(anna), sheet).filter { $0.hasPrefix("PLA") }
    }
    #expect(try outliers(wages("170000")) == ["PLA-01 confirm C42"])
    #expect(try outliers(wages("2100")) == [])
    #expect(try outliers(wages("170000", count: 20)) == [], "too few to compare with")
  }

  @Test func manyRowsOnOneDayAreTold() throws {
    func dates(_ onOneDay: Int) -> RawSheet {
      sheet(
        "job.csv", Self.jobHeaders,
        (0..<60).map { ["p\($0)", $0 < onOneDay ? "2024-03-01" : "2024-04-\(10 + $0 % 20)", "", "", ""] })
    }
    let many = try found(dates(30)).filter { $0.hasPrefix("PLA") }
    #expect(many == ["PLA-02 notice B"])
    #expect(try found(dates(3)).filter { $0.hasPrefix("PLA") } == [])
  }

  // MARK: Files

  @Test func aFileThatCannotBeReadAmongOthersIsAFinding() throws {
    let review = try Self.model().review(
      [people(anna)], on: ReviewOccasion(unread: [UnreadFile(file: "job.xlsx", error: .encrypted(file: "job.xlsx"))]))
    #expect(review.findings.map { "\($0.code.rawValue) \($0.severity) \($0.place.file)" } == ["FIL-04 setup job.xlsx"])
    #expect(review.verdict == .blocked && review.summary.accepted == 1)
  }

  @Test func aFileThatWasSentBeforeIsTold() throws {
    func found(_ month: String) throws -> [String] {
      try Self.model().review(
        [people(anna)],
        on: ReviewOccasion(
          period: CalendarMonth(iso: "2024-05"),
          repeated: [RepeatedFile(file: "person.csv", period: CalendarMonth(iso: month)!)])
      ).findings.map { "\($0.code.rawValue) \($0.severity)" }
    }
    #expect(try found("2024-04") == ["PLA-03 confirm"])
    #expect(try found("2024-05") == ["FIL-06 notice"])
  }
}
