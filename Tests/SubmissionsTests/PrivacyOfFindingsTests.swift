import DataModels
import Primitives
import Submissions
import TableFiles
import Testing

/// What a sender typed never stands in a message or a fix, and not in a value where the field identifies.
@Suite struct PrivacyOfFindingsTests {
  static let types = [
    "text", "text, max-length: 5", "text, format: uk-nino", "text, format: nl-bsn", "text, format: email",
    "text, unique: provider", "integer, range: 0..80", "number, range: 0..80", "date, range: 2000-01-01..2030-12-31",
    "month, range: 2000-01..2030-12", "year, range: 2000..2030", "code, list: kind", "list, list: kind, min-items: 2",
  ]
  static let classes = ["direct", "quasi", "sensitive", "plain"]
  static let canaries = ["Zq9", "zq9", "1871", "918273"]
  static let cells: [RawCell] = [
    .text("Zq9Canary"), .text("Zq9 Trafford"), .text("1871-02"), .text("1871-02-31"), .text("03/04/1871"),
    .text("31-12-1871"), .text("1871"), .text("918273"), .text("918273,5"), .text("work, Zq9Canary"),
    .text("work;Zq9Canary"), .text("Zq9\u{200B}Canary"), .text("\u{1B}[31mZq9"), .text("0918273"),
    .error("Zq9Canary"), .date(CalendarDate(iso: "1871-02-03")!), .number(918273), .number(918273.5), .number(42460),
  ]

  static func model(_ type: String, _ privacy: String) throws -> DataModel {
    try DataModel(
      yaml: """
        meedoen: data-model/1
        id: canary
        version: "1"
        title: Canary
        code-lists:
          kind: {codes: {work: Work, rest: Rest}}
        records:
          person:
            is: person
            purpose: test
            key: [id]
            fields:
              id: {type: text, privacy: identifier, required: yes, label: Number}
              it: {type: \(type), privacy: \(privacy), required: yes, label: It}
              why: {type: text, label: Why, required-if: it is given}
        """, file: "canary.yml")
  }

  @Test(arguments: types, classes)
  func noFindingHoldsWhatWasTyped(_ type: String, _ privacy: String) throws {
    let isIdentifying = privacy == "direct"
    var model: DataModel
    do {
      model = try Self.model(type, privacy)
    } catch {
      // Some forms may stand only in identifying fields.
      try #require(!isIdentifying, "\(error)")
      return
    }
    for cell in Self.cells {
      let headers = ["id", "it", "why"].enumerated().map { RawHeader(name: $1, column: $0) }
      let review = model.review([
        RawSheet(
          file: "a.csv", headers: headers,
          rows: [
            RawRow(number: 2, cells: [.text("Zq9-1"), cell, .empty]),
            RawRow(number: 3, cells: [.text("Zq9-2"), cell, .text("x")]),
            RawRow(number: 4, cells: [.text("Zq9-1"), .empty, .text("x")]),
            RawRow(number: 5, cells: [.text("Zq9-\u{200B}2"), cell, .text("y")]),
          ])
      ])
      #expect(!review.findings.isEmpty)
      for finding in review.findings {
        let told =
          [finding.message, finding.fix].compactMap { $0 }.flatMap { [$0.english, $0[.dutch]] }.joined(separator: " ")
        for canary in Self.canaries { #expect(!told.contains(canary), "\(type) \(privacy) \(finding.code)") }
        if finding.field == "id" || isIdentifying && finding.field == "it" { #expect(finding.value == nil) }
      }
    }
  }

  @Test func shownValuesAreShortAndHoldNothingThatActsOnATerminal() {
    let long = caseModel.review([
      sheet(
        "job.csv", CheckingTests.jobHeaders, [["p", "2016-01-01", "", String(repeating: "é", count: 5000), "", ""]])
    ])
    let value = long.findings.first { $0.field == "kind" }?.value
    #expect(value?.count == 80 && value?.hasSuffix("…") == true)
    let wild = caseModel.review([
      sheet(
        "job.csv", CheckingTests.jobHeaders + ["\u{1B}[31mred\u{202E}"],
        [["p", "2016-01-01", "", "\u{1B}[2J\u{9B}\u{202E}x\n", "", "", ""]])
    ])
    #expect(wild.findings.first { $0.code == .notInList }?.value == "\\u{1B}[2J\\u{9B}\\u{202E}x\\u{A}")
    let unknown = wild.findings.first { $0.code == .unknownColumn }
    #expect(unknown?.place.header == "\\u{1B}[31mred\\u{202E}")
    for finding in wild.findings {
      let all =
        "\(finding.message.english)\(finding.message[.dutch])\(finding.fix?.english ?? "")\(finding.value ?? "")"
      #expect(all.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{9B}" && $0 != "\u{202E}" })
    }
  }

  @Test(arguments: ["", "a", String(repeating: "b", count: 80), "Zoë", "日本"])
  func shortPlainTextIsShownAsItIs(_ text: String) { #expect(text.shown() == text) }

  @Test func theMarkOfACutCounts() {
    #expect("abcdef".shown(atMost: 4) == "abc…")
    #expect("ab\u{7}cdef".shown(atMost: 4) == "ab…")
  }
}
