import DataModels
import Primitives
import Submissions
import TableFiles
import Testing

@Suite struct CheckingTests {
  static let personHeaders = ["id", "name", "hours_of_work", "born", "started", "nino"]
  static let jobHeaders = ["id", "starts", "ends", "kind", "hours_of_work_in_job", "tags"]

  func people(_ rows: [String]...) -> RawSheet { sheet("person.csv", Self.personHeaders, rows) }
  func jobs(_ rows: [String]...) -> RawSheet { sheet("job.csv", Self.jobHeaders, rows) }
  let anna = ["p1", "Anna", "", "1990", "2016-03", ""]

  /// Code, severity and cell of each finding.
  func found(_ sheets: RawSheet..., known: KnownRecords? = nil) -> [String] {
    caseModel.review(sheets, known: known).findings.map {
      "\($0.code.rawValue) \($0.severity) \($0.place.cell ?? "-")\($0.isPending ? " pending" : "")"
    }
  }

  @Test func aCleanReturnHasNoFindings() {
    #expect(found(people(anna), jobs(["p1", "2016-03-01", "", "work", "24.5", "work, NO"])) == [])
  }

  @Test(arguments: [
    (["p1", "", "", "", "", ""], "VAL-01 error B2"), (["p1", "A", "x", "", "", ""], "TYP-04 error C2"),
    (["p1", "A", "81", "", "", ""], "VAL-04 error C2"), (["p1", "A", "", "90", "", ""], "TYP-09 error D2"),
    (["p1", "A", "", "1890", "", ""], "VAL-04 error D2"), (["p1", "A", "", "", "March", ""], "TYP-08 error E2"),
    (["p1", "A", "", "", "", "TN054981B"], "VAL-03 error F2"), (["", "A", "", "", "", ""], "VAL-01 error A2"),
  ])
  func cellsOfAPersonAreChecked(_ row: [String], _ expected: String) { #expect(found(people(row)) == [expected]) }

  @Test(arguments: [
    (["p1", "2016-02-30", "", "NO", "", ""], "TYP-01 error B2"),
    (["p1", "03/04/2016", "", "NO", "", ""], "TYP-02 error B2"),
    (["p1", "2016-03", "", "NO", "", ""], "TYP-01 error B2"), (["p1", "42460", "", "NO", "", ""], "TYP-03 error B2"),
    (["p1", "2016-04-01", "", "wrok", "", ""], "VAL-02 error D2"),
    (["p1", "2016-04-01", "", "work", "", ""], "CON-01 error E2"),
    (["p1", "2016-04-01", "", "NO", "", "NO,NO"], "CON-03 error F2"),
    (["p1", "2016-04-01", "", "NO", "", "NO, Work"], "VAL-02 error F2"),
    (["p1", "2016-02-29", "", "NO", "", ""], "DAT-03 error B2"),
    (["p1", "2016-05-01", "2016-04-30", "NO", "", ""], "DAT-03 error C2"),
    (["p1", "2016-03-01", "2016-03-01", "NO", "", ""], nil),
    (["p9", "2016-04-01", "", "NO", "", ""], "KEY-02 notice A pending"),
  ])
  func cellsOfAJobAreChecked(_ row: [String], _ expected: String?) {
    let all = found(people(anna), jobs(row)).filter { !$0.hasPrefix("DAT-06") }
    if expected?.hasPrefix("KEY-02") == true {
      #expect(all == ["KEY-02 notice - pending"])
    } else {
      #expect(all == [expected].compactMap { $0 })
    }
  }

  @Test func numbersDatesAndCodesComeThroughWhole() {
    let review = caseModel.review([
      people(["p1", "Anna", "40", "1990", "2016-03", "AB123456C"]),
      jobs(
        ["p1", "2016-03-31", "", "5-11", "12,5", ""], ["p1", "2017-01-01", "2017-02-01", "NO", "", "\"NO\", 5-11"]),
    ])
    let rows = review.accept(as: someReturn).records
    #expect(
      rows[0].values == [
        .text("p1"), .text("Anna"), .integer(40), .year(1990), .month(CalendarMonth(iso: "2016-03")!),
        .text("AB123456C"),
      ])
    #expect(
      rows[1].values.contains(.number(12.5)) && rows[1].values.contains(.text("5-11"))
        && rows[1].values.contains(.text("NO")))
    #expect(rows[1].values.contains(.list(["NO", "5-11"])))
  }

  @Test func aColumnThatCanOnlyBeDayMonthYearIsReadSoAndSaysIt() {
    let all = found(
      people(anna), jobs(["p1", "31-03-2016", "30-4-2016", "NO", "", ""], ["p1", "01-05-2016", "", "NO", "", ""]))
    #expect(all == ["TYP-05 notice -", "TYP-05 notice -"])
  }

  @Test func excelTurnedACodeIntoADate() {
    var row = jobs(["p1", "2016-04-01", "", "NO", "", ""])
    row.rows[0].cells[3] = .date(CalendarDate(iso: "2016-11-05")!)
    row.rows[0].cells[1] = .date(CalendarDate(iso: "2016-04-01")!)
    #expect(found(people(anna), row) == ["TYP-11 error D2"])
    row.rows[0].cells[3] = .error("#REF!")
    #expect(found(people(anna), row) == ["TYP-10 error D2"])
    row.rows[0].cells[3] = .text("NO")
    row.rows[0].cells[1] = .number(42460)
    #expect(found(people(anna), row) == ["TYP-03 error B2"])
  }

  @Test func theSameRowTwiceIsOneAndDifferentRowsWithOneKeyAreHeld() {
    let same = caseModel.review([people(anna, anna)])
    #expect(same.findings.map(\.code) == [.duplicateKey] && same.findings[0].severity == .notice)
    #expect(same.summary.rows == 1 && same.summary.held == 0)
    let other = caseModel.review([people(anna, ["p1", "Anna", "", "1991", "2016-03", ""])])
    #expect(other.findings.map(\.code) == [.duplicateKey, .duplicateKey])
    #expect(other.summary.held == 2)
    #expect(other.findings[0].message.english.contains("2 and 3"))
  }

  @Test func uniqueValuesAreComparedOverPeople() {
    let all = found(people(["p1", "A", "", "", "", "AB123456C"], ["p2", "B", "", "", "", "AB123456C"]))
    #expect(all == ["KEY-03 error F2", "KEY-03 error F3"])
  }

  @Test func rulesWaitForRecordsThatAreNotThere() {
    #expect(found(people(["p1", "Anna", "", "", "", ""]), jobs(["p1", "2016-01-01", "", "NO", "", ""])) == [])
    #expect(
      found(jobs(["p1", "2016-01-01", "", "NO", "", ""])) == ["KEY-02 notice - pending", "DAT-06 notice B2 pending"])
    let notes = sheet("note.csv", ["id", "on"], [["p1", "2016-06-01"]])
    #expect(found(people(anna), notes) == ["DAT-06 notice B2 pending"], "jobs may still come")
    let jobless = sheet("job.csv", Self.jobHeaders, [["p1", "2016-07-01", "", "NO", "", ""]])
    #expect(
      found(people(anna), notes, jobless)
        == ["CON-05 confirm B2"].map { $0.hasPrefix("CON") ? "DAT-03 confirm B2" : $0 })
  }

  @Test func whatTheRegisterKnowsIsSeenButHoldsNoRow() {
    let known = KnownRecords(
      rows: [
        0: KnownRecords.Rows(values: [
          .text("p1"), .text("x"), .missing, .missing, .month(CalendarMonth(iso: "2016-03")!), .missing,
        ]),
        1: KnownRecords.Rows(values: [
          .text("p1"), .date(CalendarDate(iso: "2015-01-01")!), .missing, .text("NO"), .missing, .missing,
        ]),
      ], people: ["p1"])
    let early = jobs(["p1", "2016-01-01", "2016-01-31", "NO", "", ""])
    let review = caseModel.review([early], known: known)
    #expect(review.findings.map(\.code) == [.tooEarly, .overlap])
    #expect(review.summary.held == 0, "the return alone does not show it")
    #expect(
      found(jobs(["p7", "2016-04-01", "2016-05-01", "NO", "", ""]), known: known) == [
        "KEY-02 confirm A2 pending", "DAT-06 notice B2 pending",
      ])
  }

  @Test func rowsBehindAHeldPersonAreSaidToWait() {
    let review = caseModel.review([
      people(["p1", "", "", "", "", ""]),
      jobs(["p1", "2016-04-01", "2016-05-01", "NO", "", ""], ["p1", "2016-06-01", "2016-06-02", "NO", "", ""]),
    ])
    let waiting = review.findings.first { $0.code == .unknownPerson }
    #expect(waiting?.count == 2 && waiting?.severity == .notice && waiting?.isPending == true)
    #expect(waiting?.message.english.hasPrefix("2 rows of “job” wait") == true)
    #expect(review.summary.held == 1, "they themselves are sound")
  }

  @Test(arguments: ["P1", " p-1", "p01", "p001"])
  func aNumberThatLooksLikeAnotherIsNamedAtItsCell(_ number: String) {
    let review = caseModel.review([people(anna), jobs([number, "2016-04-01", "2016-05-01", "NO", "", ""])])
    let near = review.findings.first { $0.code == .unknownPerson }
    #expect(near?.place.cell == "A2" && near?.severity == .confirm && near?.isPending == true)
    #expect(near?.fix?.english.hasPrefix("Row 2 of “person.csv” has almost the same number") == true)
    let other = caseModel.review([people(anna), jobs(["p11", "2016-04-01", "2016-05-01", "NO", "", ""])])
    #expect(other.findings.first { $0.code == .unknownPerson }?.severity == .notice, "p11 is somebody else")
  }

  @Test func rowsAboutAnErasedPersonAreHeldAndSayWhy() throws {
    let known = KnownRecords(erased: ["p1"])
    let anotherPerson = ["p2", "Bo", "", "1991", "2016-03", ""]
    let review = caseModel.review(
      [people(anna, anotherPerson), jobs(["p1", "2016-03-01", "", "work", "24.5", "work, NO"])], known: known)
    let erased = review.findings.filter { $0.code == .erasedPerson }
    #expect(erased.map { "\($0.place.file) \($0.place.cell ?? "")" } == ["person.csv A2", "job.csv A2"])
    #expect(erased.allSatisfy { $0.severity == .error && $0.value == nil && $0.fix != nil })
    #expect(erased[0].message[.dutch].contains("gewist") && erased[0].message.english.contains("erased"))
    #expect(review.summary.held == 2 && review.summary.accepted == 1)
    let source = ProviderReturn(
      provider: "north", period: CalendarMonth(iso: "2016-03")!, receivedOn: CalendarDate(iso: "2016-04-01")!, files: []
    )
    #expect(review.accept(as: source).held.map(\.codes) == [[.erasedPerson], [.erasedPerson]])
    #expect(found(people(anna), known: KnownRecords(erased: ["p3"])) == [])
  }

  @Test func identifyingValuesAreNeverShown() {
    let review = caseModel.review([
      people(["secret-1", "", "x", "", "", "TN999999Z"], ["secret-1", "Bob-Secret", "", "", "", ""]),
      jobs(["secret-2", "2016-02-30", "", "wrok", "", ""]),
    ])
    #expect(review.findings.count > 5)
    for finding in review.findings {
      let shown = [
        finding.message.english, finding.message[.dutch], finding.fix?.english ?? "", finding.fix?[.dutch] ?? "",
        finding.value ?? "",
      ].joined()
      for secret in ["secret", "Secret", "TN999999Z"] { #expect(!shown.contains(secret)) }
    }
  }

  @Test func everyCodeHasAPageInBothLanguages() {
    for code in FindingCode.allCases {
      let page = code.explanation
      #expect(
        !page.title.english.isEmpty && page.title.dutch?.isEmpty == false && page.text.dutch?.isEmpty == false,
        "\(code)")
    }
    #expect(Set(FindingCode.allCases.map(\.rawValue)).count == FindingCode.allCases.count)
  }
}
