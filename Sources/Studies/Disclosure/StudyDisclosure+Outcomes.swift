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
    for (label, group) in zip(labels, comparison.groups) {
      groups.append(try self.group(group, label, grouping, outcome))
    }
    groups = withholdingPartners(groups, comparison.groups.map(\.people))
    return DisclosedOutcome.Comparison(
      grouping: grouping.map { StudyLabel(id: $0.id, name: $0.name) }, groups: groups,
      difference: comparison.groups.count > 1 ? difference(comparison, groups, outcome) : nil,
      test: comparison.test.map {
        DisclosedOutcome.Test(
          name: "Gray", pValue: ($0.pValue * 1000).rounded() / 1000, degreesOfFreedom: $0.degreesOfFreedom)
      }, events: table(ProtectedTables.events(outcome.id, grouping?.id)))
  }

  /// An estimate that alone is withheld among the groups would follow from the others and from that of everybody: then
  /// the smallest other group's is withheld too.
  private func withholdingPartners(_ groups: [DisclosedOutcome.Group], _ people: [Int]) -> [DisclosedOutcome.Group] {
    guard groups.count > 1, let places = groups.map(\.estimates.count).min() else { return groups }
    var estimates = groups.map(\.estimates)
    for place in 0..<places {
      let hidden = groups.indices.filter { estimates[$0][place].estimate.value.number == nil }
      guard hidden.count == 1 else { continue }
      let others = groups.indices.filter { !hidden.contains($0) }
      let partner = others.min { people[$0] < people[$1] }!
      estimates[partner][place] = DisclosedOutcome.MarkedEstimate(
        cause: estimates[partner][place].cause, months: estimates[partner][place].months,
        estimate: policy.estimate(0, lower: 0, upper: 0, contributors: [], decimals: 2))
    }
    return zip(groups, estimates).map { group, estimates in
      DisclosedOutcome.Group(
        id: group.id, name: group.name, curves: group.curves, atRisk: group.atRisk, estimates: estimates)
    }
  }

  private func group(
    _ group: OutcomeResult.Group, _ label: StudyLabel, _ grouping: Grouping?, _ outcome: OutcomeDefinition
  ) throws(DisclosureControlError) -> DisclosedOutcome.Group {
    guard let incidence = group.incidence else {
      return DisclosedOutcome.Group(id: label.id, name: label.name, curves: [], atRisk: [], estimates: [])
    }
    let curves = outcome.causes.indices.map { cause in
      curve(incidence, cause, id: outcome.causes[cause].id)
    }
    // A month of days such that the last of them is the last day of follow-up (a hair before it, for rounding's sake).
    let month =
      (Double(StudyTime.days(months: plan.cohort.followUp.months)) - 1e-6) / Double(plan.cohort.followUp.months)
    let (months, times) = ProtectedTables.riskMonths(plan)
    let risk = table(ProtectedTables.risk(outcome.id, grouping?.id))
    let disclosed = try policy.curves(
      curves, numberAtRisk: DisclosureControl.NumberAtRisk(times: group.exitDays, counts: group.atRisk),
      at: times.map { Double($0) * month }, marks: plan.report.marks.map { Double($0) * month },
      stepWidth: month)
    func inMonths(_ days: Double) -> Double { (days / month * 1000).rounded() / 1000 }
    return DisclosedOutcome.Group(
      id: label.id, name: label.name,
      curves: disclosed.curves.map { curve in
        DisclosedOutcome.Curve(
          cause: curve.id,
          points: curve.points.map {
            DisclosedOutcome.Point(months: inMonths($0.time), value: $0.value, lower: $0.lower, upper: $0.upper)
          }, end: inMonths(curve.end), decimals: curve.decimals)
      },
      // Withheld where the curves or the tables would tell more by it.
      atRisk: zip(times, disclosed.numbersAtRisk).filter { months.contains($0.0) }.map { month, people in
        DisclosedOutcome.AtRisk(
          months: month, people: people.absence == nil ? risk["\(month)", label.id]! : people)
      },
      // Only where the curve steps: a second, more exact number beside it would tell what happened in between.
      estimates: plan.report.marks.flatMap { months in
        disclosed.curves.map { curve in
          DisclosedOutcome.MarkedEstimate(
            cause: curve.id, months: months, estimate: curve.estimate(at: Double(months) * month))
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

  /// First group less second, of the main cause at the last mark, as of two independent samples. Withheld unless both
  /// curves are told at that mark.
  private func difference(
    _ comparison: OutcomeResult.Comparison, _ groups: [DisclosedOutcome.Group], _ outcome: OutcomeDefinition
  ) -> DisclosedOutcome.Difference? {
    let months = plan.report.marks.last!
    let day = Double(StudyTime.days(months: months))
    guard let a = comparison.groups[0].incidence, let b = comparison.groups[1].incidence,
      let p = a.estimate(of: outcome.mainIndex + 1, at: day), let q = b.estimate(of: outcome.mainIndex + 1, at: day),
      let s = p.standardError, let t = q.standardError
    else { return nil }
    let isTold = groups.prefix(2).allSatisfy { group in
      group.estimates.contains { $0.cause == outcome.main && $0.months == months && $0.estimate.value.number != nil }
    }
    let grain = comparison.groups.prefix(2).map { policy.probabilityGrain(people: $0.people, decimals: 2) }.max() ?? 1
    func rounded(_ difference: Double) -> Double { (difference / grain).rounded() * grain }
    let reach = 1.959963984540054 * (s * s + t * t).squareRoot()
    return DisclosedOutcome.Difference(
      first: groups[0].id, second: groups[1].id, cause: outcome.main, months: months,
      estimate: policy.estimate(
        rounded(p.value - q.value), lower: rounded(p.value - q.value - reach),
        upper: rounded(p.value - q.value + reach),
        contributors: isTold ? comparison.groups.prefix(2).map(\.people) : [], decimals: 2))
  }
}
