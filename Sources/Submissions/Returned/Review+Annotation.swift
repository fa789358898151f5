import DataModels
import Foundation
import Primitives
import TableFiles

/// A file of a return as it is given back: a workbook with every finding at its cell.
public struct AnnotatedFile: Sendable {
  public let workbook: Data
  /// Whether the sender's own workbook could not be edited, so that its values stand in a new one.
  public let isRewritten: Bool
  /// Cells that are coloured without a note, because there were too many notes for one sheet.
  public let cellsWithoutNote: Int
  /// The findings about this file, and how many of them the sheet of findings names: a sheet has 1,048,576 rows.
  public let findings: Int
  public let findingsNamed: Int
}

extension Review {
  /// A file of the return with its findings in it.
  ///
  /// A workbook stays the sender's own, byte for byte, but for what is added: a colour and a note on each cell with a
  /// finding, drop-downs where a column of codes has none, two columns behind the last (`__finding_count` and the hidden
  /// `__row_id`), and a sheet of findings in front. A text file becomes a workbook of the same cells, as text.
  ///
  /// - Parameters:
  ///   - sheets: the sheets of the file as they were read, additions of an earlier time among them.
  ///   - verdict: the lines above the findings.
  ///   - most: the findings that the sheet of findings names at most; nil for as many as a sheet has rows for.
  public func annotated(
    _ content: Data, named file: String, sheets: [RawSheet], verdict: [String], language: Language, most: Int? = nil
  ) throws(TableFileError) -> AnnotatedFile {
    let own = sheets.filter { $0.file == file }
    let isText = own.allSatisfy { $0.sheet == nil }
    if !isText {
      let (annotation, total) = annotation(of: own, names: own.map { $0.sheet ?? "" }, verdict, language, most)
      if let result = try WorkbookAnnotator.annotate(content, named: file, with: annotation) {
        return AnnotatedFile(
          workbook: result.workbook, isRewritten: false, cellsWithoutNote: result.cellsWithoutNote, findings: total,
          findingsNamed: annotation.overview.rowCount)
      }
    }
    let kept = own.filter { !$0.isAdded }.map(\.withoutAdditions)
    var names: Set<String> = []
    let sheetNames = kept.map { sheet -> String in
      var name = sheet.sheet ?? file
      if sheet.sheet == nil, let point = name.lastIndex(of: "."), point != name.startIndex {
        name = String(name[..<point])
      }
      return SheetName.free(name, &names)
    }
    let plain = try WorkbookWriter(sheets: zip(kept, sheetNames).map { $0.asWorkbookSheet(named: $1) }).data()
    let (annotation, total) = annotation(of: kept, names: sheetNames, verdict, language, most)
    guard let result = try WorkbookAnnotator.annotate(plain, named: file, with: annotation) else {
      throw .notWritable(file: file)
    }
    return AnnotatedFile(
      workbook: result.workbook, isRewritten: !isText, cellsWithoutNote: result.cellsWithoutNote, findings: total,
      findingsNamed: annotation.overview.rowCount)
  }

  // MARK: What is added

  private func annotation(
    of sheets: [RawSheet], names: [String], _ verdict: [String], _ language: Language, _ most: Int?
  ) -> (WorkbookAnnotation, findings: Int) {
    var parts: [WorkbookAnnotation.Sheet] = []
    // Places only: of a million findings no copy is made, and a row is made when it is written.
    var rows: [(finding: Int32, sheet: Int32, isWhole: Bool)] = []
    let files = Set(sheets.map(\.file))
    let bySheet = Dictionary(
      grouping: findings.indices.lazy.filter { files.contains(findings[$0].place.file) }.map(Int32.init),
      by: { findings[Int($0)].place.sheet })
    let shown = sheets.map { (headerRow: $0.headerRow, isAdded: $0.isAdded || $0.isOfTemplate) }
    // What is about the whole return or the whole file has no sheet, and leads to the first.
    if let at = shown.indices.first(where: { !shown[$0].isAdded }) {
      let isText = sheets[at].sheet == nil
      rows = findings.indices.lazy.filter { index in
        let place = findings[index].place
        return place.file.isEmpty || (!isText && place.sheet == nil && files.contains(place.file))
      }.map { (Int32($0), Int32(at), true) }
    }
    for (index, (sheet, name)) in zip(sheets, names).enumerated() where !shown[index].isAdded {
      let own = bySheet[sheet.sheet] ?? []
      rows += own.map { ($0, Int32(index), false) }
      guard !sheet.isEmpty, let headerRow = sheet.headerRow else { continue }
      parts.append(part(of: sheet, named: name, headerRow, own, language))
    }
    // Stable: the order of the places stays within one severity.
    let ordered = Severity.allCases.reversed().flatMap { severity in
      rows.filter { findings[Int($0.finding)].severity == severity }
    }
    let isDutch = language == .dutch
    var lines = verdict
    // With the line that says so, there is one row less.
    let room = min(most ?? .max, WorkbookAnnotation.Overview.capacity(below: lines.count))
    let count =
      ordered.count <= room ? ordered.count : min(room, WorkbookAnnotation.Overview.capacity(below: lines.count + 1))
    if count < ordered.count {
      let (named, all) = (language.number(count), language.number(ordered.count))
      lines.append(
        isDutch
          ? "Dit blad noemt \(named) van de \(all) bevindingen, de ernstigste eerst; meer rijen heeft een blad niet. De cellen hebben alle een kleur, en `meedoen check … --csv bestand` schrijft alle bevindingen."
          : "This sheet names \(named) of the \(all) findings, the gravest first; a sheet has no more rows. All cells have their colour, and `meedoen check … --csv file` writes every finding."
      )
    }
    let overview = WorkbookAnnotation.Overview(
      name: isDutch ? "Bevindingen" : "Findings", lines: lines,
      headers: isDutch
        ? [
          "Code", "Ernst", "Blad", "Cel", "Record", "Veld", "Waarde", "Wat er is", "Wat u kunt doen", "Stand", "Eerder",
        ]
        : [
          "Code", "Severity", "Sheet", "Cell", "Record", "Field", "Value", "What is wrong", "What to do", "Status",
          "Before",
        ],
      widths: [9, 11, 18, 8, 16, 22, 20, 60, 60, 22, 40], rowCount: count
    ) { row in
      let (finding, sheet, isWhole) = ordered[row]
      let name = names[Int(sheet)]
      return overviewRow(
        Int(finding), isWhole ? nil : name, shown[Int(sheet)].headerRow ?? 1, leadingTo: name, language)
    }
    var annotation = WorkbookAnnotation(
      overview: overview, sheets: parts, author: AddedContent.author, overviewMarker: AddedContent.findingsMarker,
      listsMarker: AddedContent.listsMarker)
    annotation.templateAuthor = AddedContent.templateAuthor
    annotation.earlierOverview = sheets.first { $0.holdsMarker(AddedContent.findingsMarker) }?.sheet
    annotation.earlierLists = sheets.first { $0.holdsMarker(AddedContent.listsMarker) }?.sheet
    return (annotation, ordered.count)
  }

  private func part(
    of sheet: RawSheet, named name: String, _ headerRow: Int, _ own: [Int32], _ language: Language
  ) -> WorkbookAnnotation.Sheet {
    var part = WorkbookAnnotation.Sheet(name: name, headerRow: headerRow)
    // A formula that was never computed is no value, and must not be written over either.
    let last = max(
      sheet.headers.last { !AddedContent.columns.contains($0.name) }?.column ?? -1,
      sheet.notes.compactMap { $0.kind == .formulaWithoutValue ? $0.column : nil }.max() ?? -1)
    let count = sheet.headers.first { $0.name == AddedContent.findingCount }?.column ?? last + 1
    let identifier =
      sheet.headers.first { $0.name == AddedContent.rowIdentifier }?.column ?? max(last, count) + 1
    let isRead = layouts.contains {
      $0.file == sheet.file && $0.sheet == sheet.sheet && $0.kind != .notRecognised
    }

    var counts: [Int: Int] = [:]
    var identifiers: [Int: Int] = [:]
    for row in sheet.rows {
      counts[row.number] = 0
      identifiers[row.number] = row.number
    }
    // Of merged cells a spreadsheet shows the first.
    let merged = sheet.notes.filter { $0.kind == .mergedCells }.flatMap(\.arguments).compactMap { CellRange(a1: $0) }
    var cells: [(address: CellAddress, finding: Int32)] = []
    cells.reserveCapacity(own.count)
    var known: (letters: String, column: Int)?
    for index in own {
      let place = findings[Int(index)].place
      if let row = place.row, counts[row] != nil { counts[row, default: 0] += 1 }
      guard place.row != nil || place.column != nil else { continue }
      // What is about a row, and no cell of it, is told at its count.
      var column = isRead ? count : 0
      if let letters = place.column {
        if known?.letters != letters { known = CellAddress(a1: letters + "1").map { (letters, $0.column) } }
        if let known, known.letters == letters { column = known.column }
      }
      let address = CellAddress(column: column, row: place.row ?? headerRow)
      cells.append((merged.first { $0.contains(address) }?.first ?? address, index))
    }
    cells.sort { $0.address == $1.address ? $0.finding < $1.finding : $0.address < $1.address }
    // A sheet that is not read is somebody's own: it is coloured, and nothing is written in it.
    part.columns =
      !isRead
      ? []
      : [
        WorkbookAnnotation.Column(column: count, header: AddedContent.findingCount, values: counts),
        WorkbookAnnotation.Column(
          column: identifier, header: AddedContent.rowIdentifier, isHidden: true, values: identifiers),
      ].sorted { $0.column < $1.column }
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, cells[end].address == cells[start].address { end += 1 }
      let there = cells[start..<end].map(\.finding)
      let worst = there.map { findings[Int($0)].severity }.max() ?? .notice
      let hasRoom = part.marks.count < WorkbookAnnotation.usualNoteLimit
      if !hasRoom { part.notesLeftOut += 1 }
      part.marks.append(
        WorkbookAnnotation.Mark(
          cells[start].address, worst.colour, note: hasRoom ? note(there.map { findings[Int($0)] }, language) : ""))
      start = end
    }
    part.choices = choices(sheet, headerRow)
    return part
  }

  private func note(_ findings: [Finding], _ language: Language) -> String {
    var parts = findings.prefix(5).map { finding in
      "\(finding.code.rawValue) (\(finding.severity.name[language]))\n\(finding.message[language])"
        + (finding.fix.map { "\n→ \($0[language])" } ?? "")
    }
    if findings.count > 5 { parts.append("+ \(findings.count - 5)") }
    return parts.joined(separator: "\n\n")
  }

  /// - Parameter name: of the sheet it is about; nil for the whole file or return.
  private func overviewRow(
    _ index: Int, _ name: String?, _ headerRow: Int, leadingTo target: String, _ language: Language
  ) -> [WorkbookAnnotation.Overview.Cell] {
    let finding = findings[index]
    let place = finding.place
    let isDutch = language == .dutch
    let whole =
      place.file.isEmpty ? (isDutch ? "hele aanlevering" : "whole return") : (isDutch ? "heel bestand" : "whole file")
    let row = place.row ?? headerRow
    let column = place.column.flatMap { CellAddress(a1: $0 + "1")?.column }
    return [
      .coloured(finding.code.rawValue, finding.severity.colour), .text(finding.severity.name[language]),
      .text(name ?? whole), .place(sheet: target, CellAddress(column: column ?? 0, row: row)),
      .text(finding.record ?? ""),
      .text(finding.field ?? ""), .text(finding.value ?? ""), .text(finding.message[language]),
      .text(finding.fix?[language] ?? ""), .text(standing(of: index)[language]),
      .text(statuses[index]?.words[language] ?? ""),
    ]
  }

  /// What a finding means for its row; one that was confirmed is not asked about again.
  private func standing(of index: Int) -> LocalizedText {
    if case .confirmed? = statuses[index] { return LocalizedText("confirmed", nl: "bevestigd") }
    return findings[index].status
  }

  /// The codes of the columns that hold one code each.
  private func choices(_ sheet: RawSheet, _ headerRow: Int) -> [WorkbookAnnotation.Choice] {
    guard let index = sheets.firstIndex(where: { $0.file == sheet.file && $0.sheet == sheet.sheet }) else { return [] }
    var choices: [Int: WorkbookAnnotation.Choice] = [:]
    let lastRow = (sheet.rows.last?.number ?? headerRow) + 500
    for batch in batches where batch.sheet == index {
      for (f, field) in model.records[batch.record].fields.enumerated() {
        guard let position = batch.positions[f], case .code(let id) = field.type, let list = model.codeList(id) else {
          continue
        }
        let column = sheets[index].headers[position].column
        choices[column] = WorkbookAnnotation.Choice(
          column: column, rows: headerRow + 1...min(lastRow, WorkbookWriter.maximumRows), list: id,
          values: list.codes.map(\.code))
      }
    }
    return choices.values.sorted { $0.column < $1.column }
  }
}

extension Severity {
  /// The word for it, as every screen and file has it.
  public var name: LocalizedText {
    switch self {
    case .setup: LocalizedText("setup", nl: "opzet")
    case .error: LocalizedText("error", nl: "fout")
    case .confirm: LocalizedText("confirm", nl: "bevestig")
    case .notice: LocalizedText("notice", nl: "melding")
    }
  }

  fileprivate var colour: WorkbookSheet.Mark.Colour {
    switch self {
    case .setup, .error: .red
    case .confirm: .yellow
    case .notice: .blue
    }
  }
}

extension Finding {
  /// What it means for the row, in a few words.
  public var status: LocalizedText {
    if isPending { return LocalizedText("waits for a record", nl: "wacht op een record") }
    switch severity {
    case .setup: return LocalizedText("not read", nl: "niet gelezen")
    case .error: return LocalizedText("row is held", nl: "rij vastgehouden")
    case .confirm: return LocalizedText("to confirm", nl: "te bevestigen")
    case .notice: return LocalizedText("for information", nl: "ter informatie")
    }
  }
}

extension RawSheet {
  /// The cells at their own rows; title rows, which are not part of a table, are left blank.
  fileprivate func asWorkbookSheet(named name: String) -> WorkbookSheet {
    func row(_ cells: [RawCell]) -> [RawCell] {
      var result: [RawCell] = []
      for (header, cell) in zip(headers, cells) {
        while result.count < header.column { result.append(.empty) }
        result.append(cell)
      }
      return result
    }
    let names = row(headers.map { $0.name.isEmpty ? .empty : .text($0.name) })
    let first = headerRow ?? 1
    var lines: [[RawCell]] = Array(repeating: [], count: max(0, first - 2))
    if first > 1 { lines.append(names) }
    for line in rows {
      while lines.count + 2 < line.number { lines.append([]) }
      lines.append(row(line.cells) + line.surplus)
    }
    return WorkbookSheet(name: name, headers: first == 1 ? names.map(\.text) : [], rows: lines)
  }
}
