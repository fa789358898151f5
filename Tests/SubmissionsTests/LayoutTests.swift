import DataModels
import Primitives
import Submissions
import TableFiles
import Testing

/// A model for tests: a person, a home (one at a time), and jobs.
let caseModel = try! DataModel(
  yaml: """
    meedoen: data-model/1
    id: cases
    version: "1"
    title: {en: Cases, nl: Zaken}
    code-lists:
      kind: {codes: {work: {en: Paid work, nl: Betaald werk}, "5-11": {en: Five to eleven, nl: Vijf tot elf}, "NO": {en: Norway, nl: Noorwegen}}}
    records:
      person:
        is: person
        purpose: test
        key: [id]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: {en: Number, nl: Nummer}}
          name: {type: text, privacy: direct, required: yes, label: {en: Name, nl: Naam}}
          hours_of_work: {type: integer, range: 0..80, label: {en: Hours, nl: Uren}}
          born: {type: year, range: 1920..2012, privacy: quasi, label: {en: Born, nl: Geboren}}
          started: {type: month, label: {en: Started, nl: Begonnen}}
          nino: {type: text, format: uk-nino, unique: provider, privacy: direct, label: {en: NI number, nl: NI-nummer}}
      job:
        is: spell
        of: person
        from: starts
        to: ends
        purpose: test
        key: [id, starts]
        fields:
          id: {type: text, privacy: identifier, required: yes, label: {en: Number, nl: Nummer}}
          starts: {type: date, required: yes, label: {en: From, nl: Vanaf}}
          ends: {type: date, label: {en: To, nl: Tot}}
          kind: {type: code, list: kind, required: yes, label: {en: Kind, nl: Soort}}
          hours_of_work_in_job: {type: number, label: {en: Hours, nl: Uren}, required-if: kind = work}
          tags: {type: list, list: kind, min-items: 2, label: {en: Tags, nl: Labels}}
      note:
        is: event
        of: person
        at: on
        key: [id, on]
        purpose: test
        fields:
          id: {type: text, privacy: identifier, required: yes, label: {en: Number, nl: Nummer}}
          on: {type: date, required: yes, label: {en: Day, nl: Dag}}
          starts: {type: date, label: {en: From, nl: Vanaf}}
    rules:
      after-start:
        on: job
        hold: starts >= person.started
        says: {en: Too early., nl: Te vroeg.}
        fix: {en: Check., nl: Controleer.}
      ends-after-start: {on: job, hold: ends >= starts, says: {en: Ends before it starts., nl: Eindigt voor het begin.}}
      one-job: {on: job, no-overlap: yes, otherwise: confirm, says: {en: Two at once., nl: Twee tegelijk.}}
      two-notes: {on: note, at-most: 2, otherwise: confirm, says: {en: Too many., nl: Te veel.}}
      note-needs-job: {on: note, hold: any job before on, otherwise: confirm, says: {en: No job before., nl: Geen baan ervoor.}}
    """, file: "cases.yml")

/// A sheet of texts, as from a CSV file.
func sheet(_ file: String, _ headers: [String], _ rows: [[String]]) -> RawSheet {
  RawSheet(
    file: file, headers: headers.enumerated().map { RawHeader(name: $1, column: $0) },
    rows: rows.enumerated().map { index, cells in
      RawRow(number: index + 2, cells: cells.map { $0.isEmpty ? .empty : .text($0) })
    })
}

@Suite struct LayoutTests {
  func kinds(_ sheets: RawSheet...) -> [String] {
    caseModel.review(sheets).layouts.map { "\($0.kind.rawValue): \($0.records.joined(separator: "+"))" }
  }

  @Test func oneRecordWideAndRepeatedRowsAreRecognisedByTheirHeaders() {
    #expect(kinds(sheet("a.csv", ["id", "name", "born"], [["p", "n", "1990"]])) == ["oneRecord: person"])
    #expect(kinds(sheet("a.csv", ["ID ", "Starts", "KIND"], [["p", "2016-01-01", "NO"]])) == ["oneRecord: job"])
    #expect(
      kinds(sheet("a.csv", ["id", "name", "job.starts", "kind"], [["p", "n", "2016-01-01", "NO"]])) == [
        "wide: person+job"
      ])
  }

  @Test func aFieldThatBeginsLikeAnotherIsItself() {
    let review = caseModel.review([
      sheet(
        "wide.csv", ["id", "name", "hours_of_work", "job.starts", "kind", "hours_of_work_in_job"],
        [["p", "n", "12", "2016-01-01", "work", "24"]])
    ])
    #expect(review.findings.isEmpty)
    let rows = review.accept(as: someReturn).records
    #expect(rows.map(\.recordIndex) == [0, 1])
    #expect(rows[0].values.contains(.integer(12)) && rows[1].values.contains(.number(24)))
  }

  @Test func suffixesMakeInstancesOnlyWhenTheyAreWhole() {
    let whole = caseModel.review([
      sheet(
        "wide.csv", ["id", "name", "job.starts_1", "kind_1", "job.starts_2", "kind_2"],
        [["p", "n", "2016-01-01", "NO", "2017-01-01", "NO"], ["q", "m", "2016-01-01", "NO", "", ""]])
    ])
    #expect(whole.findings.map(\.code) == [.overlap], "both jobs of p are open")
    #expect(whole.summary.records.map(\.rows) == [2, 3])
    let stray = caseModel.review([sheet("a.csv", ["id", "name", "borns", "id_comment"], [["p", "n", "x", "y"]])])
    #expect(stray.findings.map(\.code) == [.unknownColumn, .unknownColumn])
    #expect(stray.findings[0].fix?.english.contains("“born”") == true)
    #expect(stray.findings.map(\.place.column) == ["C", "D"])
  }

  @Test func aColumnOfTwoRecordsMustSayWhich() {
    let review = caseModel.review([
      sheet("wide.csv", ["id", "name", "starts", "kind"], [["p", "n", "2016-01-01", "NO"]])
    ])
    #expect(review.findings.contains { $0.code == .ambiguousColumn && $0.fix?.english.contains("job.starts") == true })
    #expect(review.verdict == .blocked)
  }

  @Test func missingColumnsSheetsAndPeopleAreToldApart() {
    let missing = caseModel.review([sheet("job.csv", ["id", "starts", "knd"], [["p", "2016-01-01", "NO"]])])
    #expect(missing.findings.map(\.code).contains(.missingColumn))
    #expect(missing.findings.first { $0.code == .missingColumn }?.fix?.english == "Rename “knd” to “kind”.")
    #expect(missing.summary.held == 1)
    let nobody = caseModel.review([sheet("a.csv", ["idd", "name"], [["p", "n"]])])
    #expect(nobody.findings.map(\.code) == [.sheetNotRecognised])
    #expect(nobody.findings[0].fix?.english.contains("idd") == true)
    let twice = caseModel.review([sheet("a.csv", ["id", "name", "born", "born"], [["p", "n", "1990", "1991"]])])
    #expect(twice.findings.map(\.code) == [.duplicateColumn])
  }

  @Test func aFileNamedAfterItsRecordIsThatRecord() {
    // `id` and `starts` alone fit two records.
    #expect(kinds(sheet("2016 note.csv", ["id", "on", "starts"], [["p", "2016-01-01", ""]])) == ["oneRecord: note"])
  }
}

let someReturn = ProviderReturn(
  provider: "p", period: CalendarMonth(iso: "2016-01")!, receivedOn: CalendarDate(iso: "2016-02-10")!, files: [])
