import DataModels
import Foundation
import Primitives
import Submissions
import SyntheticProgrammes
import TableFiles
import TestSupport
import Testing

/// The review of a whole fund, return after return, against the key of its mistakes.
@Suite struct SyntheticFundReviewTests {
  /// What was accepted so far, as the reviewer of the next return asks for it.
  private struct Accepted {
    private var rows: [String: [Int: [[Value]: [Value]]]] = [:]

    mutating func add(_ submission: AcceptedSubmission, _ model: DataModel) {
      for accepted in submission.records {
        let record = model.records[accepted.recordIndex]
        for row in 0..<accepted.rowCount {
          var values = [Value](repeating: .missing, count: record.fields.count)
          for (position, field) in accepted.fieldIndices.enumerated() {
            values[field] = accepted.value(row: row, position: position)
          }
          let key = record.key.map { values[record.index(of: $0)!] }
          rows[values[0].canonicalText, default: [:]][accepted.recordIndex, default: [:]][key] = values
        }
      }
    }

    func known(_ numbers: Set<String>) -> KnownRecords {
      var known = KnownRecords()
      for number in numbers.sorted() {
        for (record, values) in rows[number] ?? [:] {
          if record == 0 { known.people.insert(number) }
          for row in values.values { known.rows[record, default: .init()].values += row }
        }
      }
      return known
    }
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Each finding that is more than a notice, and each line of the key, as one text.
  private func findings(of fund: SyntheticFund) throws -> (found: Set<String>, key: Set<String>) {
    let model = try DataModel(contentsOf: repository.appendingPathComponent("Models/rtof.yml"))
    return try withTemporaryFolder { folder in
      try fund.write(to: folder)
      var found: Set<String> = []
      var accepted = Accepted()
      let returns = folder.appendingPathComponent("returns")
      for month in try names(in: returns) {
        for provider in try names(in: returns.appendingPathComponent(month)) {
          let source = returns.appendingPathComponent("\(month)/\(provider)")
          let files = try names(in: source).filter { $0 != "return.yml" }
          let sheets = try files.flatMap { try TableFileReader().read(contentsOf: source.appendingPathComponent($0)) }
          let review = model.review(sheets, known: accepted.known(model.personNumbers(in: sheets)))
          for finding in review.findings where finding.severity > .notice {
            let place = finding.place
            // The key says how grave the rule is; what shows only beside an earlier return is asked about instead.
            let isShownByRegister = finding.message.english.hasSuffix("together with what was sent before.")
            if isShownByRegister { #expect(finding.severity == .confirm) }
            let severity = isShownByRegister ? Severity.error : finding.severity
            found.insert(
              [
                "\(month)/\(provider)", place.file, place.sheet ?? "", place.row.map(String.init) ?? "",
                place.column ?? "", finding.code.rawValue, severity.rawValue,
              ].joined(separator: " "))
          }
          accepted.add(
            review.accept(
              as: ProviderReturn(
                provider: provider, period: CalendarMonth(iso: month)!,
                receivedOn: CalendarMonth(iso: month)!.lastDay, files: [])), model)
        }
      }
      let key = try TableFileReader().read(contentsOf: folder.appendingPathComponent("errors.csv"))[0]
      let columns = ["return", "file", "sheet", "row", "column", "code", "severity"].map { name in
        key.headers.firstIndex { $0.name == name }!
      }
      return (found, Set(key.rows.map { row in columns.map { row.cells[$0].text }.joined(separator: " ") }))
    }
  }

  @Test func `a review finds every mistake of the key, and nothing that is not in it`() throws {
    let (found, key) = try findings(
      of: SyntheticFund(
        participants: 200, seed: 9, enrolmentUntil: CalendarMonth(year: 2022, month: 8)!,
        until: CalendarMonth(year: 2023, month: 6)!, errorRate: 0.1))
    #expect(key.count > 80)
    #expect(found.subtracting(key) == [])
    #expect(key.subtracting(found) == [])
  }
}
