import DataModels
import Primitives
import Registers
import Tables

/// A snapshot with what a plan's selections need of it, found once for all rows.
struct IndexedSnapshot {
  /// The rows of one selection.
  struct Slot {
    let record: Int
    let starts: [Int32]
    let times: RecordTimes
    /// nil when every row belongs to it.
    let rows: [Bool]?
    /// What has to be asked row by row, because it speaks of more than the row.
    let filter: Condition?
  }

  let snapshot: RegisterSnapshot
  let slots: [Slot]

  init(_ snapshot: RegisterSnapshot, _ list: SelectionList) {
    self.snapshot = snapshot
    var times: [Int: RecordTimes] = [:]
    slots = list.selections.map { selection in
      let record = snapshot.records[selection.recordIndex]
      let table = record.table
      let known =
        times[selection.recordIndex]
        ?? RecordTimes(
          start: table.columns[selection.startIndex!], end: selection.endIndex.map { table.columns[$0] })
      times[selection.recordIndex] = known
      let rows = selection.filter.flatMap { RowFilter(table).rows(where: $0) }
      return Slot(
        record: selection.recordIndex, starts: record.starts, times: known, rows: rows,
        filter: rows == nil ? selection.filter : nil)
    }
  }
}

/// One person of a snapshot, over the days at hand.
struct PersonInWindow {
  let data: IndexedSnapshot
  let index: Int
  let records: SnapshotPerson
  let parameters: [String: Value]
  let window: DaySpans.Span

  init(_ data: IndexedSnapshot, _ index: Int, timeZero: Value, window: DaySpans.Span) {
    self.data = data
    self.index = index
    records = data.snapshot.person(index)
    parameters = [PlanParameter.timeZero: timeZero]
    self.window = window
  }

  var point: EvaluationPoint { EvaluationPoint(parameters: parameters) }

  /// Calls back for each row of a selection that has a time: its first and last possible start and its last end.
  func forEachRow(of slot: Int, _ body: (_ startLow: Int32, _ startHigh: Int32, _ endHigh: Int32) -> Void) {
    let slot = data.slots[slot]
    for row in Int(slot.starts[index])..<Int(slot.starts[index + 1]) {
      if let rows = slot.rows, !rows[row] { continue }
      let start = slot.times.startLow[row]
      if start == RecordTimes.missing { continue }
      if let filter = slot.filter {
        let own = EvaluationPoint(record: slot.record, row: row, parameters: parameters)
        guard filter.holds(at: own, in: records) == true else { continue }
      }
      body(start, slot.times.startHigh[row], slot.times.endHigh[row])
    }
  }
}
