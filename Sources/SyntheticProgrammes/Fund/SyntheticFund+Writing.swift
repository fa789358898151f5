import Foundation
import Primitives
import TableFiles

extension SyntheticFund {
  /// What was written.
  public typealias Summary = SyntheticMunicipality.Summary

  /// Writes the returns, the key of the errors, the truth and a README into a folder, which is made when needed.
  ///
  /// Returns stand in `returns/<month>/<provider>/`, each with its `return.yml`. Progress counts months.
  /// - Throws: ``SyntheticProgrammeError``, `TableFileError`, or `CancellationError` when the task was cancelled.
  @discardableResult
  public func write(to folder: URL, progress: ProgressHandler? = nil) throws -> Summary {
    try check()
    let returns = folder.appendingPathComponent("returns")
    if FileManager.default.fileExists(atPath: returns.path) {
      throw SyntheticProgrammeError.folderInUse(name: folder.lastPathComponent)
    }
    progress?(StageProgress(stage: "inventing", completed: 0, total: participants))
    let people = population()
    let sent = sentRows(of: people)
    progress?(StageProgress(stage: "inventing", completed: participants, total: participants))

    let truth = truth(of: people)
    var key: [ErrorKeyRow] = []
    var summary = Summary(people: people.count, returns: 0, rows: 0, errors: 0, confirmations: 0)
    let months = until.months(since: from) + 1
    progress?(StageProgress(stage: "writing", completed: 0, total: months))
    for offset in 0..<months {
      try Task.checkCancellation()
      for provider in FundProvider.allCases {
        let address = ReturnAddress(period: from.adding(months: offset), provider: provider)
        // A provider without news sends nothing.
        guard let rows = sent[address] else { continue }
        key += try write(rows, address, in: returns)
        summary.returns += 1
        summary.rows += rows.count
      }
      progress?(StageProgress(stage: "writing", completed: offset + 1, total: months))
    }
    // Both rows of a contradiction have a line.
    let twins = key.count { $0.kind == FundSlip.Kind.contradictingTwin.rawValue }
    summary.errors = key.count { $0.severity == "error" } - twins / 2
    summary.confirmations = key.count { $0.severity == "confirm" }
    try save(CSVWriter().data(headers: ErrorKeyRow.headers, rows: key.map(\.cells)), to: folder, "errors.csv")
    try save(Data(json(truth).utf8), to: folder, "truth.json")
    try save(Data(readMe(truth, summary).utf8), to: folder, "README.md")
    return summary
  }

  /// Refuses settings that make no fund.
  public func check() throws(SyntheticProgrammeError) {
    try SettingsCheck.people("participants", participants, below: 90_000)
    try SettingsCheck.months("enrolmentUntil", from: from, inflowUntil: enrolmentUntil, until: until)
    try SettingsCheck.share("intensiveShare", intensiveShare)
    try SettingsCheck.rates(error: errorRate, correction: correctionRate)
    try SettingsCheck.effect(effect, [effect])
  }

  struct ReturnAddress: Hashable {
    var period: CalendarMonth
    var provider: FundProvider
  }

  /// Every row of every return, in the order of the participants.
  func sentRows(of people: [FundPerson]) -> [ReturnAddress: [FundSentRow]] {
    var slips = FundSlipMaker(self, people: people)
    let rows = people.indices.flatMap { FundCourse(self, people[$0], index: $0).rows }
    return Dictionary(grouping: slips.sent(rows)) { sent in
      ReturnAddress(period: sent.row.period, provider: people[sent.row.person].provider)
    }
  }

  /// Writes one return and gives back the lines of the key about it.
  private func write(_ rows: [FundSentRow], _ address: ReturnAddress, in returns: URL) throws -> [ErrorKeyRow] {
    let provider = address.provider
    let name = "\(address.period.iso)/\(provider.id)"
    let folder = returns.appendingPathComponent(address.period.iso).appendingPathComponent(provider.id)
    let sheets = provider.sheets(rows)
    try save(Data(description(of: address).utf8), to: folder, "return.yml")
    if provider.sendsWorkbooks {
      let book = WorkbookWriter(
        sheets: sheets.map { WorkbookSheet(name: $0.name, headers: $0.headers, rows: $0.rows) },
        created: address.period.lastDay)
      try save(book.data(), to: folder, "caseload.xlsx")
    } else {
      // The provider of single files saves them from Excel.
      let fromExcel = provider.form == .singleCSVs
      let writer = CSVWriter(lineEnding: fromExcel ? .carriageReturnLineFeed : .lineFeed, hasByteOrderMark: fromExcel)
      for sheet in sheets {
        let data = writer.data(headers: sheet.headers, rows: sheet.rows.map { $0.map(\.text) })
        try save(data, to: folder, sheet.name + ".csv")
      }
    }
    return sheets.flatMap { sheet in
      sheet.marked.compactMap { place in
        place.sent.keyLine(
          returned: name, file: provider.sendsWorkbooks ? "caseload.xlsx" : sheet.name + ".csv",
          sheet: provider.sendsWorkbooks ? sheet.name : "", row: place.row, column: place.column)
      }
    }
  }

  /// Returns are due on the 14th of the next month; a few are late.
  private func description(of address: ReturnAddress) -> String {
    var draws = SeededGenerator(
      seed: seed &+ 0x0DAE, stream: UInt64(address.period.index) << 8 | UInt64(address.provider.rawValue))
    let day = draws.chance(0.06) ? draws.integer(in: 15...21) : draws.integer(in: 6...14)
    let sent = address.period.adding(months: 1).firstDay.adding(days: day - 1)
    return """
      meedoen: return/1
      provider: \(address.provider.id)
      period: \(address.period.iso)
      sent-on: \(sent.iso)
      model: rtof
      synthetic: yes

      """
  }

  private func save(_ data: Data, to folder: URL, _ name: String) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try data.write(to: folder.appendingPathComponent(name))
    } catch {
      throw SyntheticProgrammeError.notWritable(file: name)
    }
  }
}
