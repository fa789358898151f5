/// How many people are in each state on each day since time zero, among those still followed.
///
/// The lost are in a state of their own; only the end of observation takes people out.
struct Occupancy: Sendable {
  /// The grouping's place in the plan; nil for everybody together.
  let grouping: Int?
  let groupCount: Int
  let stateCount: Int
  /// Days from 0 to the end of follow-up, both included.
  let dayCount: Int
  /// Group × state × day.
  private var counts: [Int32]
  /// Group × state: people who were ever in it.
  private var visitors: [Int32]

  init(_ histories: LifeHistories, grouping: Int?, groups: Int, months: Int) {
    self.grouping = grouping
    groupCount = groups
    stateCount = histories.stateCount
    dayCount = StudyTime.days(months: months) + 1
    let states = stateCount
    let days = dayCount + 1
    var visitors = Array(repeating: Int32(0), count: groups * states)
    var visited = Array(repeating: -1, count: states)
    var changes = Array(repeating: Int32(0), count: groups * states * days)
    for (index, member) in histories.members.enumerated() {
      let group = grouping.map { Int(histories.groups[$0][index]) } ?? 0
      for segment in histories.segments(of: index) {
        if visited[Int(segment.state)] != index {
          visited[Int(segment.state)] = index
          visitors[group * states + Int(segment.state)] += 1
        }
        let row = (group * states + Int(segment.state)) * days
        changes[row + Int(segment.first - member.window.first)] += 1
        changes[row + Int(segment.last - member.window.first) + 1] -= 1
      }
    }
    for row in 0..<groups * states {
      for day in 1..<days { changes[row * days + day] += changes[row * days + day - 1] }
    }
    counts = changes
    self.visitors = visitors
  }

  /// People of a group who were ever in a state.
  func visitors(group: Int, state: Int) -> Int { Int(visitors[group * stateCount + state]) }

  /// People of a group in a state on a day since time zero.
  func people(group: Int, state: Int, day: Int) -> Int {
    Int(counts[(group * stateCount + state) * (dayCount + 1) + day])
  }

  /// People of a group who are still followed on a day.
  func followed(group: Int, day: Int) -> Int {
    (0..<stateCount).reduce(0) { $0 + people(group: group, state: $1, day: day) }
  }

  /// The mean number of months in each state, up to the day on which fewer people than a minimum are followed.
  ///
  /// The share in the state among those still followed, summed over the days; the states add up to the horizon.
  func meanMonths(group: Int, minimum: Int) -> (horizon: Double, months: [Double]) {
    var sums = Array(repeating: 0.0, count: stateCount)
    var days = 0
    while days < dayCount - 1 {
      let followed = followed(group: group, day: days)
      if followed < max(1, minimum) { break }
      for state in 0..<stateCount {
        sums[state] += Double(people(group: group, state: state, day: days)) / Double(followed)
      }
      days += 1
    }
    let month = 365.0 / 12.0
    return (Double(days) / month, sums.map { $0 / month })
  }
}
