import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles

/// Reads and reviews one edited return, and says what did not hold.
final class EditTrial {
  let edit: RandomEdit
  let sheets: [RawSheet]
  let review: Review
  private(set) var violations: [String] = []

  init(seed: UInt64) {
    edit = RandomEdit(seed: seed)
    var sheets: [RawSheet] = []
    var unread: [UnreadFile] = []
    for file in edit.files {
      do throws(TableFileError) {
        sheets += try TableFileReader().read(file.content, named: file.name)
      } catch {
        unread.append(UnreadFile(file: file.name, error: error))
      }
    }
    self.sheets = sheets
    // The register is asked in half of the cases; it knows nobody.
    let known = seed % 2 == 0 ? KnownRecords() : nil
    review = EditedReturn.model.review(sheets, known: known, on: ReviewOccasion(unread: unread))
    checkPlaces()
    checkAccounts()
    checkExpectation()
    for error in unread where FindingCode(rawValue: error.error.code) == nil {
      violations.append("the error \(error.error.code) has no page")
    }
  }

  private func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { violations.append(what()) }
  }

  /// Each finding says where: its file, its sheet where the file has sheets, its row when it holds a row.
  private func checkPlaces() {
    let files = Set(edit.files.map(\.name))
    let sheetsByFile = Dictionary(grouping: sheets, by: \.file)
    for finding in review.findings {
      let place = finding.place
      expect(files.contains(place.file), "\(finding.code.rawValue) names no file that was sent")
      let own = (sheetsByFile[place.file] ?? []).first { $0.sheet == place.sheet }
      if !finding.code.rawValue.hasPrefix("FIL") {
        expect(own != nil, "\(finding.code.rawValue) names no sheet that was read")
      }
      if finding.severity == .error, !finding.isPending {
        expect(place.row != nil, "\(finding.code.rawValue) is an error and names no row")
        if let field = finding.field, let own, own.headers.contains(where: { $0.name == field }) {
          expect(place.column != nil, "\(finding.code.rawValue) is about a field and names no column")
        }
      }
      if let row = place.row, let own {
        let isThere = own.rows.contains { $0.number == row } || own.headerRow == row
        let isNoted = own.notes.contains { $0.rows.contains(row) }
        expect(isThere || isNoted, "\(finding.code.rawValue) names row \(row), which is not there")
      }
      expect(!finding.message.english.isEmpty && finding.fix != nil, "\(finding.code.rawValue) says not what to do")
    }
  }

  /// Rows read are rows accepted and rows held, each held row has its reason, and each row of a sheet that is read is
  /// counted, left out with a finding, or blank with a note.
  private func checkAccounts() {
    let accepted = review.accept(
      as: ProviderReturn(
        provider: "p", period: CalendarMonth(iso: "2026-01")!, receivedOn: CalendarDate(daysSinceEpoch: 20_000),
        files: []))
    for record in review.summary.records {
      expect(record.rows == record.accepted + record.held, "rows of \(record.record) are neither accepted nor held")
    }
    let taken = accepted.records.reduce(0) { $0 + $1.rowCount }
    expect(taken == review.summary.accepted, "\(taken) rows are taken in of \(review.summary.accepted) accepted")
    expect(accepted.held.count == review.summary.held, "\(accepted.held.count) held rows of \(review.summary.held)")
    for held in accepted.held {
      expect(hasReason(held), "row \(held.row) is held without a finding")
    }
    let notRecognised = Set(
      review.layouts.filter { $0.kind == .notRecognised }.map { "\($0.file)\u{1}\($0.sheet ?? "")" })
    for place in notRecognised {
      let isSaid = review.findings.contains {
        "\($0.place.file)\u{1}\($0.place.sheet ?? "")" == place && $0.severity >= .confirm
      }
      expect(isSaid, "a sheet is not read and nothing is said of it")
    }
    if let instances = edit.instances {
      // A wide row that is repeated holds several rows of records; they are not among those that were sent.
      var counted = review.summary.rows
      for finding in review.findings where finding.code == .duplicateKey && finding.severity == .notice {
        if !edit.isWide { counted += finding.count }
      }
      expect(counted == instances, "\(counted) rows are accounted for of \(instances)")
    }
  }

  private func hasReason(_ held: HeldRow) -> Bool {
    for finding in review.findings where finding.place.file == held.file && finding.place.sheet == held.sheet {
      if finding.place.row == held.row || finding.severity == .setup { return true }
    }
    return false
  }

  private func matches(_ finding: Finding, table: Int, row: Int, column: Int?) -> Bool {
    let record = table == 0 ? "person" : "job"
    let place = finding.place
    switch edit.form {
    case .csv: if place.file != "\(record).csv" { return false }
    case .spss: if place.file != "\(record).sav" { return false }
    case .workbook: if place.sheet != record { return false }
    }
    let number = edit.form == .spss ? row + 1 : row + 2
    guard let column else { return place.row == number }
    // Where the register is not asked, people who are not known are one finding for the column.
    let isRow = place.row == number || (finding.isPending && place.row == nil)
    return isRow && place.column == CellAddress.columnLetters(column)
  }

  private func checkExpectation() {
    let found = review.findings
    switch edit.expectation {
    case .anything: break
    case .nothing:
      let wrong = found.filter { $0.severity >= .error }
      expect(wrong.isEmpty, "a sound return has \(wrong.map(\.code.rawValue))")
    case .cell(let place, let codes):
      let isFound = found.contains {
        codes.contains($0.code) && matches($0, table: place.table, row: place.row, column: place.column)
      }
      expect(isFound, "none of \(codes.map(\.rawValue).sorted()) is found in the cell; found: \(summaryOfFindings)")
    case .row(let table, let row, let codes):
      let isFound = found.contains { codes.contains($0.code) && matches($0, table: table, row: row, column: nil) }
      expect(isFound, "none of \(codes.map(\.rawValue).sorted()) is found in the row; found: \(summaryOfFindings)")
    case .file(let codes):
      expect(
        found.contains { codes.contains($0.code) },
        "none of \(codes.map(\.rawValue).sorted()) is found; found: \(summaryOfFindings)")
    }
  }

  private var summaryOfFindings: [String] {
    review.findings.prefix(8).map {
      "\($0.code.rawValue) \($0.place.sheet ?? $0.place.file) \($0.place.cell ?? "\($0.place.row ?? 0)")"
    }
  }

  /// What did not hold, with what is needed to run it again.
  var report: String? {
    if violations.isEmpty { return nil }
    let layout = edit.isWide ? "wide" : "a file or sheet for each record"
    return "seed \(edit.seed) (\(edit.kind), \(edit.form), \(layout)): " + violations.joined(separator: "; ")
  }
}
