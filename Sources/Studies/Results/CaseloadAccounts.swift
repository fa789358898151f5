import DataModels
import Primitives
import Registers
import Tables

/// How many people each professional has at the end of each month, without saying who the professional is.
///
/// All people of the register with a running spell count, whether or not they are in the cohort: that is the work of
/// the professional.
struct CaseloadAccounts: Sendable {
  struct Load: Hashable, Sendable {
    var people = 0
    /// Professionals with at least one person.
    var managers = 0
    var aboveNorm = 0
  }

  let months: [CalendarMonth]
  let teams: [StudyLabel]
  /// Per month.
  private(set) var all: [Load]
  /// Per team, per month; those without a team count in ``all`` only.
  private(set) var byTeam: [[Load]]

  init(
    _ caseload: ResolvedCaseload, norm: Int, _ data: IndexedSnapshot, months: [CalendarMonth], until: CalendarDate
  ) {
    self.months = months
    teams = caseload.teamList?.codes.map { StudyLabel(id: $0.code, name: $0.label) } ?? []
    let slot = data.slots[caseload.spells.slot]
    let table = data.snapshot.records[slot.record].table
    let ends = months.map { min($0.lastDay.daysSinceEpoch, until.daysSinceEpoch) }
    let teamCount = teams.count
    /// People by manager, and by manager within a team, as changes per month.
    var changes: [Key: [Int32]] = [:]
    let places = Dictionary(uniqueKeysWithValues: teams.enumerated().map { ($1.id, $0) })
    for index in data.snapshot.people.indices {
      for row in Int(slot.starts[index])..<Int(slot.starts[index + 1]) {
        if let rows = slot.rows, !rows[row] { continue }
        if let filter = slot.filter {
          let point = EvaluationPoint(record: slot.record, row: row)
          guard filter.holds(at: point, in: data.snapshot.person(index)) == true else { continue }
        }
        let (start, end) = (slot.times.startLow[row], slot.times.endHigh[row])
        let manager = table.columns[caseload.manager][row]
        guard start != RecordTimes.missing, !manager.isMissing else { continue }
        let first = ends.partitioningIndex { $0 >= start }
        let last = ends.partitioningIndex { $0 > end }
        guard first < last else { continue }
        var keys = [Key(manager: manager, team: nil)]
        if let field = caseload.team, case .text(let code) = table.columns[field][row], let team = places[code] {
          keys.append(Key(manager: manager, team: team))
        }
        for key in keys {
          changes[key, default: Array(repeating: 0, count: ends.count + 1)][first] += 1
          changes[key]![last] -= 1
        }
      }
    }
    all = Array(repeating: Load(), count: months.count)
    byTeam = Array(repeating: all, count: teamCount)
    for (key, changes) in changes {
      var people = 0
      for month in months.indices {
        people += Int(changes[month])
        guard people > 0 else { continue }
        let above = people > norm ? 1 : 0
        func add(_ load: inout Load) {
          load.people += people
          load.managers += 1
          load.aboveNorm += above
        }
        if let team = key.team { add(&byTeam[team][month]) } else { add(&all[month]) }
      }
    }
  }

  private struct Key: Hashable {
    let manager: Value
    let team: Int?
  }
}

extension [Int32] {
  /// The first place from which on all elements satisfy a condition that, once true, stays true.
  fileprivate func partitioningIndex(where holds: (Int32) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
