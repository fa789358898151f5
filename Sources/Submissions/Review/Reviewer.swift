import DataModels
import Primitives
import TableFiles

/// The stages of a review, in their order: layout, cells, fields, keys, people, rules.
struct Reviewer {
  let model: DataModel
  let sheets: [RawSheet]
  let known: KnownRecords?
  let occasion: ReviewOccasion
  var batches: [RecordBatch] = []
  var findings: [Finding] = []
  /// For each sheet, the positions of the columns that are read.
  var readColumns: [Set<Int>] = []

  init(model: DataModel, sheets: [RawSheet], known: KnownRecords?, occasion: ReviewOccasion) {
    self.model = model
    self.sheets = sheets
    self.known = known
    self.occasion = occasion
    readColumns = Array(repeating: [], count: sheets.count)
  }

  mutating func run(progress: ProgressHandler?) -> Review {
    let total = sheets.count + 4
    func report(_ completed: Int) {
      progress?(StageProgress(stage: "checking", completed: completed, total: total))
    }
    report(0)
    findings += occasion.unread.map(\.finding) + occasion.repeated.map { $0.finding(in: occasion.period) }
    var readings: [SheetReading] = []
    let layoutReader = LayoutReader(model: model, period: occasion.period)
    let batchReader = BatchReader(model: model, sheets: sheets, dates: occasion.dates)
    for (index, sheet) in sheets.enumerated() {
      if sheet.isEmpty { continue }
      findings += readingFindings(sheet)
      let (layout, layoutFindings) = layoutReader.layout(of: sheet)
      findings += layoutFindings
      readColumns[index] = Set(layout.groups.flatMap { $0.positions.compactMap { $0 } })
      var new = batchReader.batches(of: index, layout, &findings)
      for i in new.indices {
        // A batch without a required column cannot be taken in.
        let record = model.records[new[i].record]
        if record.fields.indices.contains(where: {
          record.fields[$0].isRequired(in: occasion.period) && new[i].positions[$0] == nil
        }) {
          for row in 0..<new[i].rowCount { new[i].isHeld[row] = true }
        }
      }
      batches += new
      readings.append(
        SheetReading(
          file: sheet.file, sheet: sheet.sheet, kind: layout.kind,
          records: orderedUnique(layout.groups.map { model.records[$0.record].id }), rows: sheet.rows.count))
      report(index + 1)
    }
    if readings.contains(where: { $0.kind != .notRecognised }) { releaseForeignSheets(layoutReader) }
    checkKeys()
    report(sheets.count + 1)
    checkFields()
    report(sheets.count + 2)
    let people = ReturnPeople(model: model, batches: batches, known: known ?? KnownRecords())
    checkPeople(people)
    checkErased()
    report(sheets.count + 3)
    checkConditions(people)
    for rule in model.rules { check(rule, people) }
    checkOddValues()
    checkContract()
    checkLifetimes(people)
    checkHistory(people)
    if model.checks.comparesWithColumn { checkColumns() }
    checkPersonalData(people)
    tellOfRowsBehindHeldPeople(people)
    let tallies = countOutcomes(people)
    report(total)
    let fileOrder = Dictionary(sheets.enumerated().map { ($1.file + "\u{1}" + ($1.sheet ?? ""), $0) }) { first, _ in
      first
    }
    let order = findings.map { finding in
      (
        fileOrder[finding.place.file + "\u{1}" + (finding.place.sheet ?? "")] ?? -1, finding.place.row ?? 0,
        finding.place.columnNumber, finding.code.rawValue
      )
    }
    let ordered = findings.indices.sorted { order[$0] == order[$1] ? $0 < $1 : order[$0] < order[$1] }
      .map { place in
        // A rule of the model need not say what to do; the page of its code does.
        var finding = findings[place]
        if finding.fix == nil { finding.fix = finding.code.explanation.text }
        return finding
      }
    return Review(
      model: model, findings: ordered, layouts: readings, summary: summary, outcomes: tallies, batches: batches,
      sheets: sheets)
  }

  /// Sheets without any column of the model stand in nobody's way when others are read.
  private mutating func releaseForeignSheets(_ reader: LayoutReader) {
    let foreign = Set(
      sheets.filter { !$0.isEmpty && reader.isForeign($0) }.map { SheetName(file: $0.file, sheet: $0.sheet) })
    for (index, finding) in findings.enumerated() where finding.code == .sheetNotRecognised {
      let place = finding.place
      guard foreign.contains(SheetName(file: place.file, sheet: place.sheet)) else { continue }
      let name = (place.sheet ?? place.file).shown()
      findings[index] = Finding(
        code: .sheetNotRecognised, severity: .confirm, place: place,
        message: LocalizedText(
          "“\(name)” has no column of the model; it is not read, and need not be when it holds no data of people.",
          nl:
            "“\(name)” heeft geen kolom van het model; het wordt niet gelezen, en dat hoeft ook niet als er geen gegevens van mensen in staan."
        ),
        fix: LocalizedText(
          "Leave it as it is, or put the column names of the model in the first row if it should be read.",
          nl: "Laat het zo, of zet de kolomnamen van het model in de eerste rij als het gelezen moet worden."))
    }
  }

  private struct SheetName: Hashable {
    let file: String
    let sheet: String?
  }

  private var summary: ReviewSummary {
    var records: [ReviewSummary.Record] = []
    for (r, record) in model.records.enumerated() {
      let own = batches.filter { $0.record == r }
      if own.isEmpty { continue }
      let rows = own.reduce(0) { $0 + $1.isRepeated.count { !$0 } }
      let held = own.reduce(0) { sum, batch in
        sum + (0..<batch.rowCount).count { batch.isHeld[$0] && !batch.isRepeated[$0] }
      }
      records.append(ReviewSummary.Record(record: record.id, rows: rows, accepted: rows - held, held: held))
    }
    return ReviewSummary(records: records)
  }

  // MARK: Findings about a row

  /// A finding about a cell of a row (or the row, without a field).
  func finding(
    _ code: FindingCode, _ severity: Severity, _ batch: Int, _ row: Int, _ field: Int?, rule: String,
    _ message: LocalizedText, _ fix: LocalizedText?
  ) -> Finding {
    let source = batches[batch]
    let record = model.records[source.record]
    let sheet = sheets[source.sheet]
    let sheetRow = sheet.rows[Int(source.sheetRows[row])]
    let position = field.flatMap { source.positions[$0] }
    let definition = field.map { record.fields[$0] }
    var value: String?
    if let position, let definition, !definition.privacy.isIdentifying {
      let text = sheetRow.cells[position].text.shown()
      value = text.isEmpty ? nil : text
    }
    return Finding(
      code: code, severity: severity,
      place: BatchReader(model: model, sheets: sheets).place(sheet, sheetRow, position), record: record.id,
      field: definition?.id, rule: rule, value: value, message: message, fix: fix,
      recordKey: record.keyIndices.map { source.value(row, $0).canonicalText })
  }

  /// Where a note is about; for merged cells the first of them, where their value stands.
  private func place(of note: ReadingNote, in sheet: RawSheet) -> FindingPlace {
    let merged = note.kind == .mergedCells ? note.arguments.first.flatMap { CellRange(a1: $0) } : nil
    return FindingPlace(
      file: sheet.file, sheet: sheet.sheet, row: note.rows.first ?? merged?.first.row,
      column: (note.column ?? merged?.first.column).map(CellAddress.columnLetters))
  }

  private func readingFindings(_ sheet: RawSheet) -> [Finding] {
    let delimiter = sheet.notes.first { $0.kind == .delimiterRecognised && $0.arguments.first != "comma" }
    return sheet.notes.compactMap { note in
      guard let code = FindingCode(note.kind) else { return nil }
      var message = note.message
      // Where the text may have been cut wrongly, it matters at which character.
      if let delimiter, [.readAs, .raggedRow].contains(code), note.kind != .delimiterAmbiguous {
        let cut = delimiter.message
        message = LocalizedText("\(message.english) \(cut.english)", nl: "\(message[.dutch]) \(cut[.dutch])")
      }
      let isOdd = [.rowTooLong, .blankHeader, .changedSinceDescribed, .partNotRead].contains(note.kind)
      return Finding(
        code: code, severity: isOdd ? .confirm : .notice,
        place: place(of: note, in: sheet),
        message: message, fix: code.explanation.text, count: max(1, note.rows.count))
    }
  }
}

extension FindingPlace {
  /// From 1 for A; 0 for none.
  fileprivate var columnNumber: Int { (column ?? "").utf8.reduce(0) { $0 * 26 + Int($1) - 64 } }
}

func orderedUnique(_ items: [String]) -> [String] {
  var seen: Set<String> = []
  return items.filter { seen.insert($0).inserted }
}

extension FindingCode {
  /// The code for something the reader of a file noticed; nil for what needs no word.
  init?(_ kind: ReadingNote.Kind) {
    switch kind {
    case .delimiterRecognised, .byteOrderMark, .delimiterLine, .duplicateHeader: return nil
    case .delimiterAmbiguous, .windows1252, .utf16, .extensionMismatch: self = .readAs
    case .titleRowSkipped: self = .titleRow
    case .blankRowSkipped: self = .blankRow
    case .rowTooShort, .rowTooLong: self = .raggedRow
    case .strayQuotationMark, .controlCharacter: self = .oddText
    case .blankHeader: self = .blankHeader
    case .formulaValueUsed, .formulaWithoutValue: self = .formula
    case .hiddenSheet, .hiddenRow, .hiddenColumn: self = .hidden
    case .mergedCells: self = .mergedCells
    case .numberStoredAsText: self = .numberAsText
    case .leadingZerosOnlyShown: self = .lostZeros
    case .timeOfDayLeftOut, .timeWithoutDate: self = .timeOfDay
    case .impossibleDate: self = .notADate
    case .codesHaveLabels, .declaredMissing, .declaredEncoding, .declaredForm, .differsFromDeclaredForm,
      .changedSinceDescribed, .partNotRead:
      self = .declaredByFile
    }
  }
}
