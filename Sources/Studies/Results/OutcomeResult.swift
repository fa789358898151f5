import Primitives
import Statistics

/// Which of several events came first, and when: cumulative incidence for everybody and by each grouping.
struct OutcomeResult: Sendable {
  /// One way to divide the cohort.
  struct Comparison: Sendable {
    /// The grouping's place in the plan; nil for everybody together.
    let grouping: Int?
    let groups: [Group]
    /// Of the main cause; nil when the groups cannot be compared.
    let test: GrayTest?
  }

  struct Group: Sendable {
    /// In days since time zero; nil for a group without people.
    let incidence: CumulativeIncidence?
    /// Events of each cause.
    let events: [Int]
    let people: Int
    /// The distinct days on which follow-up ended, ascending, and how many people were followed to each or longer.
    let exitDays: [Double]
    let atRisk: [Int]

    var withoutEvent: Int { people - events.reduce(0, +) }

    /// People under observation and without any event just before a day.
    func atRisk(onDay day: Int) -> Int { exitDays.firstIndex { $0 >= Double(day) }.map { atRisk[$0] } ?? 0 }
  }

  let comparisons: [Comparison]
  /// People for whom one of the events held at time zero.
  let alreadyThere: Int

  init(_ outcome: Int, _ histories: LifeHistories, _ plan: StudyPlan) throws(StudyError) {
    let definition = plan.outcomes[outcome]
    let endings = histories.endings[outcome]
    alreadyThere = histories.alreadyThere[outcome]
    do throws(StatisticsError) {
      let followUp = try FollowUp(
        exit: endings.map { Double($0.day) }, cause: endings.map { Int($0.cause) }, causes: definition.causes.count)
      var comparisons = [
        Comparison(
          grouping: nil, groups: [try Self.group(followUp, causes: definition.causes.count)], test: nil)
      ]
      for (index, grouping) in plan.groupings.enumerated() {
        let group = histories.groups[index].map { Int($0) }
        let parts = try followUp.split(by: group, groups: grouping.values.count)
        var groups: [Group] = []
        for part in parts { groups.append(try Self.group(part, causes: definition.causes.count)) }
        let test = try? GrayTest(
          followUp, cause: definition.mainIndex + 1, group: group, groups: grouping.values.count)
        comparisons.append(Comparison(grouping: index, groups: groups, test: test))
      }
      self.comparisons = comparisons
    } catch {
      throw .noEstimate(outcome: definition.id, reason: error)
    }
  }

  private static func group(_ followUp: FollowUp?, causes: Int) throws(StatisticsError) -> Group {
    guard let followUp else {
      return Group(
        incidence: nil, events: Array(repeating: 0, count: causes), people: 0, exitDays: [], atRisk: [])
    }
    var events = Array(repeating: 0, count: causes)
    for cause in followUp.cause where cause > 0 { events[cause - 1] += 1 }
    var left: [Double: Int] = [:]
    for day in followUp.exit { left[day, default: 0] += 1 }
    let days = left.keys.sorted()
    var remaining = followUp.count
    let atRisk = days.map { day -> Int in
      defer { remaining -= left[day]! }
      return remaining
    }
    return Group(
      incidence: try CumulativeIncidence(followUp), events: events, people: followUp.count, exitDays: days,
      atRisk: atRisk)
  }
}
