import Primitives

/// The monthly accounts of people in each state: opening + new + entered − left − ended = closing, always.
///
/// Each change of state counts on its day, so a person who changes twice in a month is counted twice among the moves.
/// Whose follow-up is complete leaves the accounts on the day after; who is followed to the last day of the study
/// stays in the last closing.
struct FlowAccounts: Sendable {
  let months: [CalendarMonth]
  let stateCount: Int
  /// Per month, per state.
  private(set) var opening: [[Int]]
  private(set) var new: [[Int]]
  private(set) var ended: [[Int]]
  private(set) var closing: [[Int]]
  /// Per month, from each state to each state.
  private(set) var moves: [[[Int]]]

  init(_ histories: LifeHistories, states: [StateDefinition]) throws(StudyError) {
    let count = histories.stateCount
    stateCount = count
    let firstDay = histories.members.map(\.window.first).min()!
    let lastDay = histories.members.map(\.window.last).max()!
    let firstMonth = CalendarDate(daysSinceEpoch: firstDay).month
    let monthCount = CalendarDate(daysSinceEpoch: lastDay).month.months(since: firstMonth) + 1
    months = (0..<monthCount).map { firstMonth.adding(months: $0) }
    let ends = months.map { min($0.lastDay.daysSinceEpoch, lastDay) }
    var place: [Int] = []
    for (month, end) in ends.enumerated() {
      let from = month == 0 ? firstDay : ends[month - 1] + 1
      place += Array(repeating: month, count: Int(end - from) + 1)
    }
    func month(of day: Int32) -> Int { place[Int(day - firstDay)] }

    let none = Array(repeating: Array(repeating: 0, count: count), count: monthCount)
    new = none
    ended = none
    moves = Array(repeating: Array(repeating: Array(repeating: 0, count: count), count: count), count: monthCount)
    var changes = Array(repeating: Array(repeating: 0, count: count), count: monthCount + 1)
    for member in histories.members.indices {
      var previous: LifeHistories.Segment?
      for segment in histories.segments(of: member) {
        let (state, start) = (Int(segment.state), month(of: segment.first))
        if let previous { moves[start][Int(previous.state)][state] += 1 } else { new[start][state] += 1 }
        // The segment is counted at the end of each month that it covers.
        let finish = month(of: segment.last)
        changes[start][state] += 1
        changes[segment.last == ends[finish] ? finish + 1 : finish][state] -= 1
        previous = segment
      }
      if let last = previous, last.last < lastDay { ended[month(of: last.last + 1)][Int(last.state)] += 1 }
    }
    closing = none
    var stock = Array(repeating: 0, count: count)
    for month in 0..<monthCount {
      for state in 0..<count { stock[state] += changes[month][state] }
      closing[month] = stock
    }
    opening = [Array(repeating: 0, count: count)] + closing.dropLast()
    try check(states)
  }

  /// Counts the closing from the flows and compares it with the closing counted from the days.
  private func check(_ states: [StateDefinition]) throws(StudyError) {
    for month in months.indices {
      for state in 0..<stateCount {
        let flows = new[month][state] + entered(state, in: month) - left(state, in: month) - ended[month][state]
        guard opening[month][state] + flows == closing[month][state] else {
          throw .flowsDoNotBalance(state: states[state].id, month: months[month])
        }
      }
    }
  }

  func entered(_ state: Int, in month: Int) -> Int { moves[month].reduce(0) { $0 + $1[state] } }
  func left(_ state: Int, in month: Int) -> Int { moves[month][state].reduce(0, +) }

  /// Moves over the whole study.
  var transitions: [[Int]] {
    (0..<stateCount).map { from in (0..<stateCount).map { to in moves.reduce(0) { $0 + $1[from][to] } } }
  }

  /// Months of one printed period.
  struct Period: Sendable {
    let id: String
    let months: Range<Int>
  }

  /// The months by calendar quarter, half-year or year.
  func periods(_ period: ReportSettings.Period) -> [Period] {
    var result: [Period] = []
    for (index, month) in months.enumerated() {
      let (year, number) = month.parts
      let part = (number - 1) / period.months + 1
      let id =
        switch period {
        case .quarter: "\(year)-Q\(part)"
        case .halfYear: "\(year)-H\(part)"
        case .year: "\(year)"
        }
      if let last = result.last, last.id == id {
        result[result.count - 1] = Period(id: id, months: last.months.lowerBound..<index + 1)
      } else {
        result.append(Period(id: id, months: index..<index + 1))
      }
    }
    return result
  }
}
