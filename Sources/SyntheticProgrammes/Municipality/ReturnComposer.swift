import Foundation
import Primitives
import TableFiles

/// One row of a return as it will stand in a file.
struct ComposedRow: Sendable {
  var draft: RowDraft
  var cells: [RawCell]
  var error: RowError?
  /// Whether it is right and a rule asks to confirm it all the same.
  var needsConfirmation = false
}

/// Puts together what one sender sends in one month: what is new, and what was wrong in the return before.
struct ReturnComposer: Sendable {
  let files: [CaseFile]
  let schedule: ReturnSchedule
  let municipality: SyntheticMunicipality

  /// The rows of each record, ordered by person.
  func rows(month place: Int, sender: Sender) -> [MunicipalRecord: [ComposedRow]] {
    let drafts = schedule.drafts[place][sender.rawValue]
    let again = place > 0 ? corrections(of: place - 1, sender) : []
    let isNew = Set(again.isEmpty ? [] : drafts)
    let told = again.filter { draft in
      var closed = draft
      closed.tellsEnd = true
      return !isNew.contains(draft) && !isNew.contains(closed)
    }
    var rows: [MunicipalRecord: [ComposedRow]] = [:]
    for (draft, isCorrection) in drafts.map({ ($0, false) }) + told.map({ ($0, true) }) {
      let file = files[Int(draft.person)]
      let cells = file.cells(draft, seed: municipality.seed)
      let error = isCorrection ? nil : self.error(draft)
      let lines = error.map { file.apply($0, to: cells, draft, seed: municipality.seed) } ?? [cells]
      for line in lines {
        rows[draft.record, default: []].append(
          ComposedRow(
            draft: draft, cells: line, error: error,
            needsConfirmation: error == nil && file.startsWorkBeforeSettling(draft)
              && !isDayOfSettlingUnreadable(draft.person, place)))
      }
    }
    return rows.mapValues { list in
      // Stable: the two rows of a duplicate stay together.
      list.enumerated().sorted {
        ($0.element.draft.person, $0.element.draft.item, $0.offset)
          < ($1.element.draft.person, $1.element.draft.item, $1.offset)
      }.map(\.element)
    }
  }

  func error(_ draft: RowDraft) -> RowError? {
    files[Int(draft.person)].error(in: draft, seed: municipality.seed, rate: municipality.errorRate)
  }

  /// Whether the settlement stands in the return of this month without its day, so that nothing can be held against it.
  private func isDayOfSettlingUnreadable(_ person: Int32, _ place: Int) -> Bool {
    let settled = files[Int(person)].person.settledOn.month.months(since: schedule.from)
    let draft = RowDraft(person: person, item: 0, record: .settlement, tellsEnd: false)
    return settled == place && (error(draft).map { $0.kind == .unknownPerson || $0.column == 1 } ?? false)
  }

  /// The rows that were held in a return and are put right in the next.
  private func corrections(of place: Int, _ sender: Sender) -> [RowDraft] {
    schedule.drafts[place][sender.rawValue].filter { error($0) != nil && isCorrected($0, after: place) }
  }

  /// Whether an error of this return is put right in the next return that is made.
  func isCorrected(_ draft: RowDraft, after place: Int) -> Bool {
    guard place + 1 < schedule.drafts.count else { return false }
    if files[Int(draft.person)].mustBeCorrected(draft) { return true }
    var draws = SeededGenerator(seed: municipality.seed, row: draft, purpose: 4)
    return draws.chance(municipality.correctionRate)
  }
}

extension CaseFile {
  func startsWorkBeforeSettling(_ draft: RowDraft) -> Bool {
    guard draft.record == .activity else { return false }
    let spell = course.activities[Int(draft.item)]
    return spell.kind == .work && spell.from < person.settledOn
  }
}
