import DataModels
import Primitives
import Registers

/// What became of each member of a cohort: states day by day as segments, events, groups and routes.
struct LifeHistories: Sendable {
  /// Days in one state, one after the other without gaps from the first day of observation to the last.
  struct Segment: Hashable, Sendable {
    var first: Int32
    var last: Int32
    /// The place of the state in the plan.
    var state: UInt8
  }

  /// How the follow-up of an outcome ended.
  struct Ending: Hashable, Sendable {
    /// Days since time zero.
    var day: Int32
    /// The cause, from 1; 0 when none happened while the person was followed.
    var cause: UInt8
  }

  let members: [Cohort.Member]
  let stateCount: Int
  private(set) var segments: [Segment] = []
  /// Member `i` has the segments `starts[i] ..< starts[i + 1]`.
  private(set) var starts: [Int] = [0]
  /// Per outcome, per member.
  private(set) var endings: [[Ending]]
  /// Per outcome, per member whether the event already held at time zero; counted, to be told.
  private(set) var alreadyThere: [Int]
  /// Per grouping, per member the place of the group.
  private(set) var groups: [[UInt8]]
  /// Per route column, per member the place of the node.
  private(set) var nodes: [[UInt8]]

  func segments(of member: Int) -> ArraySlice<Segment> { segments[starts[member]..<starts[member + 1]] }

  /// The state on a day of observation.
  func state(of member: Int, on day: Int32) -> UInt8? { segments(of: member).last { $0.first <= day }?.state }

  init(
    _ cohort: Cohort, _ plan: ResolvedPlan, _ data: IndexedSnapshot, _ progress: StageReporter
  ) throws(StudyError) {
    members = cohort.members
    stateCount = plan.plan.states.count
    endings = Array(repeating: [], count: plan.causes.count)
    alreadyThere = Array(repeating: 0, count: plan.causes.count)
    groups = Array(repeating: [], count: plan.groupings.count)
    nodes = Array(repeating: [], count: plan.plan.routes.count)
    let observer = StateObserver(plan)
    for (index, member) in members.enumerated() {
      try progress.report(index, of: members.count)
      let person = PersonInWindow(data, member.person, timeZero: member.timeZero, window: member.window)
      segments += observer.segments(of: person)
      starts.append(segments.count)
      for (outcome, causes) in plan.causes.enumerated() {
        let ending = self.ending(causes, person, member: index, lost: observer.lost)
        if ending.cause > 0, ending.day == 0 { alreadyThere[outcome] += 1 }
        endings[outcome].append(ending)
      }
      for (grouping, values) in plan.groupings.enumerated() {
        let place = values.firstIndex { $0.map { $0.holds(at: person.point, in: person.records) == true } ?? true }
        groups[grouping].append(UInt8(place!))
      }
      for (column, definition) in plan.plan.routes.enumerated() {
        nodes[column].append(node(definition.kind, plan, column, person, member: index))
      }
    }
    try progress.report(members.count, of: members.count)
  }

  /// The first event while the person is followed: to the end, or to the day of loss of who is lost at the end.
  private func ending(_ causes: [DayCondition], _ person: PersonInWindow, member: Int, lost: UInt8?) -> Ending {
    let last = segments(of: member).last!
    let end = last.state == lost ? last.first : last.last
    var ending = Ending(day: end - person.window.first, cause: 0)
    for (number, cause) in causes.enumerated() {
      guard let day = cause.days(for: person).first, day <= end else { continue }
      let offset = day - person.window.first
      if ending.cause == 0 || offset < ending.day { ending = Ending(day: offset, cause: UInt8(number + 1)) }
    }
    return ending
  }

  private func node(
    _ kind: RouteColumn.Kind, _ plan: ResolvedPlan, _ column: Int, _ person: PersonInWindow, member: Int
  ) -> UInt8 {
    switch kind {
    case .everyone: return 0
    case .grouping(let id): return groups[plan.plan.groupings.firstIndex { $0.id == id }!][member]
    case .state(.end): return segments(of: member).last!.state
    case .state(.months(let months)):
      let day = person.window.first + Int32(StudyTime.days(months: months))
      return day <= person.window.last ? state(of: member, on: day)! : UInt8(stateCount)
    case .choice(_, let choice):
      var best = (place: plan.routes[column].count - 1, days: 0)
      for (place, condition) in plan.routes[column].enumerated() {
        guard let condition else { break }
        let days = condition.days(for: person).dayCount
        if days > best.days { best = (place, days) }
        if choice == .first, days > 0 { break }
      }
      return UInt8(best.place)
    }
  }
}
