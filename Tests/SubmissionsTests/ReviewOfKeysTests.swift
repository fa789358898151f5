import DataModels
import Primitives
import Submissions
import TableFiles
import Testing

/// Equal keys, invisible characters, and sheets that are none of the model's.
@Suite struct ReviewOfKeysTests {
  let headers = CheckingTests.personHeaders

  @Test func manyRowsWithOneKeyAreNamedInOneShortSentence() {
    let rows = (0..<20_000).map { ["p", "Name \($0)", "", "", "", ""] }
    let review = caseModel.review([sheet("person.csv", headers, rows)])
    #expect(review.summary.held == 20_000)
    #expect(
      Set(review.findings.map(\.message)) == [
        LocalizedText(
          "Rows 2, 3, 4, 5, 6 and 19,995 others have the same key and say different things.",
          nl: "Rijen 2, 3, 4, 5, 6 en 19.995 andere hebben dezelfde sleutel en zeggen iets anders.")
      ])
  }

  @Test func aRowThatIsRepeatedIsCountedOnceAndSaid() {
    let row = ["p", "A", "", "", "", ""]
    let review = caseModel.review([sheet("person.csv", headers, [row, ["q", "B", "", "", "", ""], row, row])])
    #expect(review.findings.map(\.code) == [.duplicateKey] && review.verdict == .accepted)
    #expect(review.findings[0].place.row == 4 && review.findings[0].count == 2)
    #expect(review.summary.rows == 2 && review.summary.accepted == 2)
  }

  @Test func aRowWithACellThatCannotBeReadRepeatsNoOther() {
    let review = caseModel.review([
      sheet("person.csv", headers, [["p", "A", "", "", "", ""], ["p", "A", "x", "", "", ""]])
    ])
    #expect(Set(review.findings.map(\.code)) == [.duplicateKey, .notANumber])
    #expect(review.summary.rows == 2 && review.summary.held == 2)
  }

  @Test func rowsOfSeveralFilesAreNamedWithTheirFile() {
    let a = sheet("a.csv", headers, [["p", "A", "", "", "", ""]])
    var b = sheet("b.xlsx", headers, [["p", "B", "", "", "", ""]])
    b.sheet = "People"
    #expect(
      caseModel.review([a, b]).findings.first?.message.english
        == "Row 2 of “a.csv” and row 2 of “b.xlsx › People” have the same key and say different things.")
    let six = (0..<6).map { sheet("\($0).csv", headers, [["p", "N\($0)", "", "", "", ""]]) }
    #expect(caseModel.review(six).findings.first?.message.english.contains("row 2 of “4.csv” and 1 other have") == true)
  }

  @Test func whatLooksEqualIsEqual() {
    let people = sheet("person.csv", ["id\u{200B}", "\u{FEFF}name", "bo\u{AD}rn"], [["W-1", "A", "1990"]])
    let jobs = sheet(
      "job.csv", CheckingTests.jobHeaders,
      [
        ["W-1\u{200B}", "2016-01-01", "2016-02-01", "NO\u{FEFF}", "", ""],
        ["W\u{AD}-1", "2017-01-01", "", "NO", "", ""],
      ]
    )
    let review = caseModel.review([people, jobs])
    #expect(review.findings.map(\.code) == [.invisibleCharacters, .invisibleCharacters])
    #expect(review.findings.map(\.place.column) == ["A", "D"])
    #expect(review.findings.map(\.count) == [2, 1])
    let accepted = review.accept(as: someReturn).records
    #expect(accepted.flatMap(\.values).filter { $0 == .text("W-1") }.count == 3)
    #expect(caseModel.personNumbers(in: [jobs]) == ["W-1"])
  }

  @Test func composedAndDecomposedLettersAreOnePerson() {
    let review = caseModel.review([
      sheet("person.csv", ["id", "name"], [["Zoe\u{308}", "A"]]),
      sheet("job.csv", CheckingTests.jobHeaders, [["Zo\u{EB}", "2016-01-01", "", "NO", "", ""]]),
    ])
    #expect(review.findings.isEmpty)
    for rows in review.accept(as: someReturn).records {
      guard case .text(let number) = rows.values[0] else { continue }
      #expect(Array(number.utf8) == Array("Zo\u{EB}".utf8), "the bytes are those of the composed form")
    }
  }

  @Test func namesInScriptsThatNeedJoinersAreLeft() {
    let name = "علی\u{200C}رضا"
    let review = caseModel.review([sheet("person.csv", ["id", "name"], [["p", name]])])
    #expect(review.findings.isEmpty)
    #expect(review.accept(as: someReturn).records[0].values.contains(.text(name)))
  }

  @Test func thePersonsColumnTwiceIsOneFinding() {
    let review = caseModel.review([sheet("person.csv", ["id", "name", "id\u{200B}"], [["p", "A", "p"]])])
    #expect(review.findings.map(\.code) == [.duplicateColumn])
    #expect(review.verdict == .blocked)
  }

  @Test func aSheetOfNotesBesideOthersBlocksNothing() {
    let people = sheet("person.csv", ["id", "name"], [["p", "A"]])
    let notes = sheet("Notes.csv", ["To do", "Who"], [["call", "me"]])
    let both = caseModel.review([people, notes])
    #expect(both.verdict == .confirmationNeeded)
    #expect(both.findings.map(\.message.english).first?.hasPrefix("“Notes.csv” has no column of the model") == true)
    #expect(caseModel.review([notes]).verdict == .blocked, "alone it is the return")
    let misspelled = sheet("job.csv", ["idd", "Who"], [["p", "me"]])
    #expect(caseModel.review([people, misspelled]).verdict == .blocked, "nearly the person's column")
    #expect(caseModel.recognises([people, notes]) && !caseModel.recognises([notes]))
  }

  @Test func oneRowIsSpokenOfAsOne() {
    let review = caseModel.review([sheet("job.csv", CheckingTests.jobHeaders, [["p", "2016-01-01", "", "NO", "", ""]])])
    let message = review.findings.first { $0.code == .unknownPerson }?.message
    #expect(message?.english.hasPrefix("1 row of “job” is about a person") == true)
    #expect(message?[.dutch].hasPrefix("1 rij van “job” gaat over een persoon") == true)
  }
}
