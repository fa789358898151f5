import DataModels
import Primitives
import TableFiles

extension DataModel {
  /// Reviews the sheets of one return: how they are read, and everything that is wrong with them.
  ///
  /// All checks that are possible are made, also when others fail. Sheets and columns that an annotated workbook or a
  /// file of held rows has more than was sent are left aside, and so are the sheets that a template has beside its tables. Rows with an error are held, the others can be accepted.
  /// Whether a row is held depends on the return alone; what the register knows only adds findings.
  ///
  /// - Parameters:
  ///   - known: what the register holds about these people; nil when there is no register to ask.
  ///   - occasion: which month it is about, when it came, and what else came with it.
  public func review(
    _ sheets: [RawSheet], known: KnownRecords? = nil, on occasion: ReviewOccasion = ReviewOccasion(),
    progress: ProgressHandler? = nil
  ) -> Review {
    let returned = sheets.filter { !$0.isAdded && !$0.isOfTemplate }
    var reviewer = Reviewer(model: self, sheets: returned.map(\.withoutAdditions), known: known, occasion: occasion)
    var review = reviewer.run(progress: progress)
    review.isOfHeldRows = holdsOnlyHeldRows(returned)
    return review
  }

  /// The person numbers that a return speaks of, to ask the register about.
  public func personNumbers(in sheets: [RawSheet]) -> Set<String> {
    let reader = LayoutReader(model: self)
    var numbers: Set<String> = []
    for sheet in sheets.lazy.filter({ !$0.isAdded && !$0.isOfTemplate }).map(\.withoutAdditions) {
      guard let group = reader.layout(of: sheet).0.groups.first else { continue }
      let field = records[group.record].index(of: personField)!
      guard let position = group.positions[field] else { continue }
      for row in sheet.rows {
        let text = row.cells[position].text.withoutInvisibleCharacters.trimmingWhitespace
        if !text.isEmpty { numbers.insert(text) }
      }
    }
    return numbers
  }

  /// Whether at least one of the sheets can be read against this model.
  public func recognises(_ sheets: [RawSheet]) -> Bool {
    let reader = LayoutReader(model: self)
    return sheets.contains { !$0.isEmpty && reader.layout(of: $0).0.kind != .notRecognised }
  }

  /// The places of the records that rules look at beyond the row at hand.
  public var recordsThatRulesConsult: Set<Int> {
    var consulted: Set<Int> = []
    for rule in rules {
      switch rule.requirement {
      case .hold(let condition): consulted.formUnion(condition.consultedRecords)
      case .noOverlap, .atMost: consulted.insert(index(ofRecord: rule.record)!)
      }
      if let filter = rule.filter { consulted.formUnion(filter.consultedRecords) }
    }
    for record in records {
      for field in record.fields {
        consulted.formUnion(field.requiredIf?.consultedRecords ?? [])
        consulted.formUnion(field.blankUnless?.consultedRecords ?? [])
      }
    }
    consulted.formUnion(checks.steady.map(\.record))
    if checks.born != nil { consulted.insert(index(ofRecord: person.id)!) }
    if checks.frozenAfterMonths != nil {
      consulted.formUnion(records.indices.filter { records[$0].nature.timeField != nil })
    }
    for outcome in outcomes {
      consulted.insert(outcome.record)
      consulted.formUnion(outcome.filter?.consultedRecords ?? [])
      consulted.formUnion(outcome.prerequisite?.consultedRecords ?? [])
    }
    return consulted
  }
}

/// A reviewed return: the findings, and the rows that may be taken in.
public struct Review: Sendable {
  public enum Verdict: String, Codable, Sendable {
    /// Nothing stands in the way.
    case accepted
    /// Some findings ask for a confirmation.
    case confirmationNeeded = "confirmation-needed"
    /// Some rows are held; the rest can be taken in.
    case partlyHeld = "partly-held"
    /// A sheet could not be read against the model.
    case blocked
  }

  public let model: DataModel
  public let findings: [Finding]
  public let layouts: [SheetReading]
  public let summary: ReviewSummary
  /// How many of the results that count do, and do not; empty where the model names none.
  public let outcomes: [OutcomeTally]
  /// Whether it was made of a file of held rows that was given back, and of nothing else.
  public internal(set) var isOfHeldRows = false
  let batches: [RecordBatch]
  let sheets: [RawSheet]
  /// What is known of findings from earlier returns, by their places; empty without a register.
  public var statuses: [Int: FindingStatus] = [:]

  public var verdict: Verdict {
    let worst = findings.map(\.severity).max()
    switch worst {
    case .setup: return .blocked
    case .error: return .partlyHeld
    case .confirm: return .confirmationNeeded
    case .notice, nil: return .accepted
    }
  }

  public func count(_ severity: Severity) -> Int {
    findings.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) }
  }

  /// The rows that may be taken in, as the return they came in.
  ///
  /// - Parameter carried: the only field that the rows are to carry beside their key; nil for all that were sent.
  public func accept(as source: ProviderReturn, carryingOnly carried: String? = nil) -> AcceptedSubmission {
    var rows: [AcceptedRows] = []
    for batch in batches {
      let record = model.records[batch.record]
      let fields = batch.positions.indices.filter { field in
        guard batch.positions[field] != nil else { return false }
        return carried == nil || record.keyIndices.contains(field) || record.fields[field].id == carried
      }
      var values: [Value] = []
      for row in 0..<batch.rowCount where !batch.isHeld[row] && !batch.isRepeated[row] {
        for field in fields { values.append(batch.value(row, field)) }
      }
      if !values.isEmpty { rows.append(AcceptedRows(recordIndex: batch.record, fieldIndices: fields, values: values)) }
    }
    rows.sort { $0.recordIndex < $1.recordIndex }
    var accepted = AcceptedSubmission(
      source: source, model: (model.id, model.version), records: rows, findings: findings, held: heldRows,
      summary: summary)
    accepted.heldKeys = heldKeys
    if isOfHeldRows || source.isDeclaredPart || carried != nil { accepted.extent = .part }
    return accepted
  }

  /// Whose rows are held, each once.
  private var heldKeys: [HeldKey] {
    var keys: [HeldKey] = []
    var seen: Set<HeldKey> = []
    for batch in batches {
      let record = model.records[batch.record]
      let person = record.index(of: model.personField)!
      for row in 0..<batch.rowCount where batch.isHeld[row] && !batch.isRepeated[row] {
        let number = batch.value(row, person).canonicalText
        if number.isEmpty { continue }
        let rest = record.keyIndices.filter { $0 != person }.map { batch.value(row, $0) }
        let key = HeldKey(
          recordIndex: batch.record, number: number, rest: rest.contains(where: \.isMissing) ? nil : rest)
        if seen.insert(key).inserted { keys.append(key) }
      }
    }
    return keys
  }

  /// The rows that are held, with the codes of their errors.
  var heldRows: [HeldRow] {
    var codes: [String: Set<FindingCode>] = [:]
    func place(_ file: String, _ sheet: String?, _ row: Int?, _ record: String) -> String {
      "\(file)\u{1}\(sheet ?? "")\u{1}\(row ?? 0)\u{1}\(record)"
    }
    for finding in findings where finding.severity >= .error && !finding.isPending {
      guard let record = finding.record else { continue }
      codes[place(finding.place.file, finding.place.sheet, finding.place.row, record), default: []].insert(finding.code)
    }
    var rows: [HeldRow] = []
    for batch in batches {
      let record = model.records[batch.record].id
      let sheet = sheets[batch.sheet]
      for row in 0..<batch.rowCount where batch.isHeld[row] && !batch.isRepeated[row] {
        let number = sheet.rows[Int(batch.sheetRows[row])].number
        let own = codes[place(sheet.file, sheet.sheet, number, record)]
        rows.append(
          HeldRow(
            file: sheet.file, sheet: sheet.sheet, row: number, record: record,
            codes: (own ?? [.missingColumn]).sorted { $0.rawValue < $1.rawValue }))
      }
    }
    return rows
  }
}

/// How one sheet was read, for the sender to see.
public struct SheetReading: Hashable, Codable, Sendable {
  public let file: String
  public let sheet: String?
  public let kind: SheetLayout.Kind
  public let records: [String]
  public let rows: Int
}

extension Condition {
  /// The places of the records that the condition looks at beyond the row at hand.
  public var consultedRecords: Set<Int> {
    switch self {
    case .always: []
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.consultedRecords) }
    case .not(let part): part.consultedRecords
    case .compare(let left, _, let right): left.consultedRecords.union(right.consultedRecords)
    case .among(let operand, _), .within(let operand, _), .isMissing(let operand): operand.consultedRecords
    case .exists(let selection): [selection.recordIndex]
    }
  }

  /// The places of the records of which it matters whether there are rows at all.
  var countedRecords: Set<Int> {
    switch self {
    case .always, .among, .within, .isMissing: []
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.countedRecords) }
    case .not(let part): part.countedRecords
    case .compare(let left, _, let right): left.countedRecords.union(right.countedRecords)
    case .exists(let selection): [selection.recordIndex]
    }
  }
}

extension Operand {
  var consultedRecords: Set<Int> {
    switch self {
    case .literal, .field, .parameter: []
    case .picked(let selection, _, _), .count(let selection): [selection.recordIndex]
    case .shifted(let operand, _): operand.consultedRecords
    case .between(_, let from, let to): from.consultedRecords.union(to.consultedRecords)
    }
  }

  var countedRecords: Set<Int> {
    switch self {
    case .count(let selection): [selection.recordIndex]
    case .picked(let selection, let pick, _): pick == .only ? [] : [selection.recordIndex]
    case .shifted(let operand, _): operand.countedRecords
    case .between(_, let from, let to): from.countedRecords.union(to.countedRecords)
    case .literal, .field, .parameter: []
    }
  }
}
