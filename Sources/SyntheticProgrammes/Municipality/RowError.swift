import Foundation
import Primitives
import TableFiles

/// A mistake of the kind that people and spreadsheets make, in one row of a return.
struct RowError: Hashable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case codeTypo = "code-typo"
    case missingValue = "missing-value"
    case nonexistentDay = "day-that-does-not-exist"
    case monthForDate = "month-for-date"
    case textForDate = "text-for-date"
    case ambiguousDate = "ambiguous-date"
    case serialDate = "date-turned-into-number"
    case centuryTypo = "year-a-century-off"
    case swappedDates = "swapped-dates"
    case textForNumber = "text-for-number"
    case outOfRange = "out-of-range"
    case twoDigitYear = "two-digit-year"
    case unknownPerson = "unknown-person"
    case duplicateKey = "duplicate-key"
    case missingByCondition = "missing-because-of-another-answer"
    case unexpectedByCondition = "unexpected-because-of-another-answer"

    /// The code of the finding that a review should give.
    var findingCode: String {
      switch self {
      case .codeTypo: "VAL-02"
      case .missingValue: "VAL-01"
      case .nonexistentDay, .monthForDate, .textForDate: "TYP-01"
      case .ambiguousDate: "TYP-02"
      case .serialDate: "TYP-03"
      case .centuryTypo, .outOfRange: "VAL-04"
      case .swappedDates: "DAT-03"
      case .textForNumber: "TYP-04"
      case .twoDigitYear: "TYP-09"
      case .unknownPerson: "KEY-02"
      case .duplicateKey: "KEY-01"
      case .missingByCondition: "CON-01"
      case .unexpectedByCondition: "CON-02"
      }
    }

    /// How the review weighs it; what a rule asks to leave blank can be confirmed.
    var severity: String { self == .unexpectedByCondition || self == .unknownPerson ? "confirm" : "error" }

    var weight: Double {
      switch self {
      case .codeTypo: 22
      case .missingValue: 18
      case .nonexistentDay, .textForDate, .textForNumber, .twoDigitYear: 5
      case .monthForDate, .ambiguousDate, .centuryTypo, .outOfRange: 6
      case .serialDate, .swappedDates: 4
      case .unknownPerson, .duplicateKey: 8
      case .missingByCondition: 10
      case .unexpectedByCondition: 4
      }
    }
  }

  var kind: Kind
  /// The place of the column.
  var column: Int
}

extension CaseFile {
  /// The error that a row gets, if any: a function of the seed and the row alone.
  ///
  /// Rows on whose end the start of another row depends get none, so that one mistake is one finding and does not
  /// make sound rows look wrong.
  func error(in draft: RowDraft, seed: UInt64, rate: Double) -> RowError? {
    var draws = SeededGenerator(seed: seed, row: draft, purpose: 2)
    guard draws.uniform() < rate, mayErr(draft) else { return nil }
    let cells = cells(draft, seed: seed)
    var options: [(RowError, Double)] = []
    for kind in RowError.Kind.allCases {
      let columns = columns(for: kind, draft, cells)
      for column in columns {
        options.append((RowError(kind: kind, column: column), kind.weight / Double(columns.count)))
      }
    }
    return options.isEmpty ? nil : draws.choice(options)
  }

  /// Whether an error is always put right in the next return, because rows of later returns build on this one.
  func mustBeCorrected(_ draft: RowDraft) -> Bool {
    switch draft.record {
    case .person, .settlement: true
    case .plan: draft.item == 0
    case .activity: course.activities[Int(draft.item)].kind == .work
    default: false
    }
  }

  private func mayErr(_ draft: RowDraft) -> Bool {
    guard draft.tellsEnd else { return true }
    switch draft.record {
    case .caseManager, .route, .benefit: return false
    case .activity: return course.activities[Int(draft.item)].kind != .education
    default: return true
    }
  }

  private func columns(for kind: RowError.Kind, _ draft: RowDraft, _ cells: [RawCell]) -> [Int] {
    let record = draft.record
    let columns = record.columns
    func filled(where condition: (ReturnColumn) -> Bool) -> [Int] {
      columns.indices.filter { condition(columns[$0]) && cells[$0] != .empty }
    }
    // Conditions of other fields look at these, so an error there would show in a second place.
    let steering = ["kind", "ended-on", "released-on", "result"]
    switch kind {
    case .codeTypo: return filled { $0.kind == .code && !steering.contains($0.name) }
    case .missingValue:
      return filled { $0.isRequired && $0.kind != .identifier && !steering.contains($0.name) }
    case .centuryTypo where [.caseManager, .route, .activity, .benefit, .exit].contains(record):
      // A spell that begins a century early overlaps the sound ones; who left a century ago had contacts since.
      return []
    case .nonexistentDay, .monthForDate, .textForDate, .serialDate, .centuryTypo:
      return filled { $0.kind == .date && !steering.contains($0.name) }
    case .ambiguousDate:
      return filled { $0.kind == .date && !steering.contains($0.name) }.filter { place in
        guard case .date(let date) = cells[place] else { return false }
        return date.parts.day <= 12 && date.parts.day != date.parts.month
      }
    case .swappedDates:
      guard record == .activity || record == .instrument, draft.tellsEnd,
        let place = columns.firstIndex(where: { $0.name == "ended-on" }), cells[place] != cells[place - 1]
      else { return [] }
      return [place]
    case .textForNumber: return filled { $0.kind == .number }
    case .outOfRange: return filled { $0.highest != nil }
    case .twoDigitYear: return filled { $0.kind == .year }
    case .unknownPerson: return record == .person ? [] : [0]
    case .duplicateKey:
      return conflict(cells, record) == nil ? [] : [columns.lastIndex(where: \.isKey)!]
    case .missingByCondition:
      switch record {
      case .activity where course.activities[Int(draft.item)].kind == .work: return [4, 5]
      case .activity where course.activities[Int(draft.item)].kind == .education: return [8]
      case .instrument where draft.tellsEnd: return [6]
      default: return []
      }
    case .unexpectedByCondition:
      guard record == .activity else { return [] }
      return course.activities[Int(draft.item)].kind == .volunteering ? [5, 7] : []
    }
  }

  /// The row with its error in it; two rows for a duplicate.
  func apply(_ error: RowError, to cells: [RawCell], _ draft: RowDraft, seed: UInt64) -> [[RawCell]] {
    var draws = SeededGenerator(seed: seed, row: draft, purpose: 3)
    var wrong = cells
    let column = draft.record.columns[error.column]
    switch error.kind {
    case .codeTypo: wrong[error.column] = .text(Self.typo(cells[error.column].text, &draws))
    case .missingValue, .missingByCondition: wrong[error.column] = .empty
    case .nonexistentDay:
      wrong[error.column] = .text(
        "\(date(cells[error.column]).year)-\(draws.element(of: ["02-30", "02-31", "04-31", "11-31"]))")
    case .monthForDate: wrong[error.column] = .text(date(cells[error.column]).month.iso)
    case .textForDate: wrong[error.column] = .text(draws.element(of: ["onbekend", "n.n.b.", "volgt", "zie dossier"]))
    case .ambiguousDate:
      let (year, month, day) = date(cells[error.column]).parts
      wrong[error.column] = .text("\(two(day))/\(two(month))/\(year)")
    case .serialDate: wrong[error.column] = .number(Double(date(cells[error.column]).daysSinceEpoch + 25_569))
    case .centuryTypo: wrong[error.column] = .date(date(cells[error.column]).adding(months: -1200))
    case .swappedDates: wrong.swapAt(error.column, error.column - 1)
    case .textForNumber:
      wrong[error.column] = .text(draws.element(of: ["ca. ", "± ", "ong. "]) + cells[error.column].text)
    case .outOfRange:
      let past = draws.integer(in: 1...9)
      // A year of birth after the settlement would show in the settlement too.
      wrong[error.column] = .number(Double(column.kind == .year ? 1920 - past : column.highest! + past))
    case .twoDigitYear:
      guard case .number(let year) = cells[error.column] else { break }
      wrong[error.column] = .text(two(Int(year) % 100))
    case .unknownPerson: wrong[0] = .text(SyntheticPerson.code(900_000 + draws.integer(in: 0...99_998)))
    case .duplicateKey: return [cells, conflict(cells, draft.record)!]
    case .unexpectedByCondition: wrong[error.column] = .text(column.name == "sector" ? "other" : "temporary")
    }
    return [wrong]
  }

  /// A second row with the same key that says something else.
  private func conflict(_ cells: [RawCell], _ record: MunicipalRecord) -> [RawCell]? {
    var other = cells
    func swap(_ column: Int, _ a: String, _ b: String) { other[column] = .text(cells[column].text == a ? b : a) }
    func add(_ column: Int) -> Bool {
      guard case .number(let number) = cells[column] else { return false }
      other[column] = .number(number + 1)
      return true
    }
    switch record {
    case .person: if !add(3) { return nil }
    case .settlement: if !add(3) { return nil }
    case .household:
      // A child more in a household without children would be a mistake of its own.
      guard case .number(1...) = cells[3], add(3) else { return nil }
    case .contact: swap(3, "yes", "no")
    case .intake: swap(6, "low", "middle")
    case .plan: swap(3, "b1", "self-reliance")
    case .route: swap(1, "b1", "self-reliance")
    case .instrument: if !add(5) { return nil }
    case .languageTest: swap(3, "A1", "A2")
    case .exam: swap(3, "passed", "failed")
    case .exit: swap(2, "moved", "other")
    case .activity: if !add(4) { return nil }
    case .caseManager, .benefit: return nil
    }
    return other
  }

  private func date(_ cell: RawCell) -> CalendarDate {
    guard case .date(let date) = cell else { preconditionFailure("the column holds a date") }
    return date
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A near miss: one letter left out of a long code, the last letter typed twice in a short one.
  static func typo(_ code: String, _ draws: inout SeededGenerator) -> String {
    guard code.count >= 4 else { return code + code.suffix(1) }
    var letters = Array(code)
    letters.remove(at: draws.integer(in: 1...(letters.count - 2)))
    return String(letters)
  }
}
