import DisclosureControl
import Primitives
import Statistics

extension StudyDisclosure {
  func outcomes() throws(DisclosureControlError) -> [DisclosedOutcome] {
    var disclosed: [DisclosedOutcome] = []
    for (definition, result) in zip(plan.outcomes, results.outcomes) {
      var comparisons: [DisclosedOutcome.Comparison] = []
      for comparison in result.comparisons { comparisons.append(try self.comparison(comparison, definition)) }
      disclosed.append(
        DisclosedOutcome(
          id: definition.id, name: definition.name,
          causes: definition.causes.map { StudyLabel(id: $0.id, name: $0.name) }, main: definition.main,
          alreadyThere: policy.count(result.alreadyThere), comparisons: comparisons))
    }
    return disclosed
  }

  private func comparison(
    _ comparison: OutcomeResult.Comparison, _ outcome: OutcomeDefinition
  ) throws(DisclosureControlError) -> DisclosedOutcome.Comparison {
    let grouping = comparison.grouping.map { plan.groupings[$0] }
    let labels = groups(grouping)
    var groups: [DisclosedOutcome.Group] = []
    for (label, group) in zip(labels, comparison.groups) { groups.append(try self.group(group, label, outcome)) }
    return DisclosedOutcome.Comparison(
      grouping: grouping.map { StudyLabel(id: $0.id, name: $0.name) }, groups: groups,
      difference: comparison.groups.count > 1 ? difference(comparison, labels, outcome) : nil,
      test: comparison.test.map {
        DisclosedOutcome.Test(
          name: "Gray", pValue: ($0.pValue * 1000).rounded() / 1000, degreesOfFreedom: $0.degreesOfFreedom)
      }, events: table(ProtectedTables.events(outcome.id, grouping?.id)))
  }

  private func group(
    _ group: OutcomeResult.Group, _ label: StudyLabel, _ outcome: OutcomeDefinition
  ) throws(DisclosureControlError) -> DisclosedOutcome.Group {
    guard let incidence = group.incidence else {
      return DisclosedOutcome.Group(id: label.id, name: label.name, curves: [], atRisk: [], estimates: [])
    }
    let curves = outcome.causes.indices.map { cause in
      curve(incidence, cause, id: outcome.causes[cause].id)
    }
    // Times in days, at whole multiples of the month, so that steps and numbers at risk fall on the same days.
    let interval = plan.cohort.followUp.months <= 18 ? 3 : 6
    let months = Array(stride(from: 0, through: plan.cohort.followUp.months, by: interval))
    let disclosed = try policy.curves(
      curves, numberAtRisk: DisclosureControl.NumberAtRisk(times: group.exitDays, counts: group.atRisk),
      at: months.map { Double($0) * StudyTime.month }, stepWidth: StudyTime.month)
    func inMonths(_ days: Double) -> Double { (days / StudyTime.month * 1000).rounded() / 1000 }
    return DisclosedOutcome.Group(
      id: label.id, name: label.name,
      curves: disclosed.curves.map { curve in
        DisclosedOutcome.Curve(
          cause: curve.id,
          points: curve.points.map {
            DisclosedOutcome.Point(months: inMonths($0.time), value: $0.value, lower: $0.lower, upper: $0.upper)
          }, end: inMonths(curve.end), decimals: curve.decimals)
      },
      atRisk: zip(months, disclosed.numbersAtRisk).map { DisclosedOutcome.AtRisk(months: $0, people: $1) },
      estimates: plan.report.marks.flatMap { months in
        outcome.causes.indices.compactMap { cause in
          marked(group, incidence, cause, months).map {
            DisclosedOutcome.MarkedEstimate(cause: outcome.causes[cause].id, months: months, estimate: $0)
          }
        }
      })
  }

  private func curve(_ incidence: CumulativeIncidence, _ cause: Int, id: String) -> EstimatedCurve {
    let estimate = incidence.incidence[cause]
    let intervals = incidence.intervals(of: cause + 1)
    var events = 0
    return EstimatedCurve(
      id: id, times: incidence.times, estimate: estimate,
      lower: zip(intervals, estimate).map { $0.lower ?? $1 }, upper: zip(intervals, estimate).map { $0.upper ?? $1 },
      cumulativeEvents: incidence.events[cause].map {
        events += Int($0)
        return events
      })
  }

  /// The groups of people that an estimate rests on: all, those with and without the event by a day, and those who
  /// were followed so long, unless everybody had an event before.
  private func contributors(
    _ group: OutcomeResult.Group, _ incidence: CumulativeIncidence, _ cause: Int, _ day: Double
  ) -> [Int] {
    let events = zip(incidence.times, incidence.events[cause]).reduce(0) { $1.0 <= day ? $0 + Int($1.1) : $0 }
    let followed = incidence.survival.last == 0 ? [] : [incidence.numberAtRisk(at: day)]
    return [group.people, events, group.people - events] + followed
  }

  private func marked(
    _ group: OutcomeResult.Group, _ incidence: CumulativeIncidence, _ cause: Int, _ months: Int
  ) -> DisclosedEstimate? {
    let day = Double(StudyTime.days(months: months))
    guard let estimate = incidence.estimate(of: cause + 1, at: day) else { return nil }
    return policy.estimate(
      estimate.value, lower: estimate.interval.lower ?? estimate.value,
      upper: estimate.interval.upper ?? estimate.value, contributors: contributors(group, incidence, cause, day),
      decimals: 2)
  }

  /// First group less second, of the main cause at the last mark, as of two independent samples.
  private func difference(
    _ comparison: OutcomeResult.Comparison, _ labels: [StudyLabel], _ outcome: OutcomeDefinition
  ) -> DisclosedOutcome.Difference? {
    let months = plan.report.marks.last!
    let day = Double(StudyTime.days(months: months))
    let (first, second) = (comparison.groups[0], comparison.groups[1])
    guard let a = first.incidence, let b = second.incidence,
      let p = a.estimate(of: outcome.mainIndex + 1, at: day), let q = b.estimate(of: outcome.mainIndex + 1, at: day),
      let s = p.standardError, let t = q.standardError
    else { return nil }
    let reach = 1.959963984540054 * (s * s + t * t).squareRoot()
    return DisclosedOutcome.Difference(
      first: labels[0].id, second: labels[1].id, cause: outcome.main, months: months,
      estimate: policy.estimate(
        p.value - q.value, lower: p.value - q.value - reach, upper: p.value - q.value + reach,
        contributors: contributors(first, a, outcome.mainIndex, day)
          + contributors(second, b, outcome.mainIndex, day), decimals: 2))
  }
}
