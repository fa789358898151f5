import DataModels
import Primitives
import Registers

/// The people who are followed, and how they were found.
struct Cohort: Sendable {
  struct Member: Sendable {
    /// The place in the snapshot's people.
    let person: Int
    /// As recorded: a day or a month.
    let timeZero: Value
    /// The days under observation; the first is time zero (of a month, its first day).
    let window: DaySpans.Span
  }

  let members: [Member]
  let attrition: Attrition
  /// The last day on which anybody can be under observation.
  let observedUntil: CalendarDate
}

/// How many people remain after each step towards the cohort.
struct Attrition: Sendable {
  struct Step: Sendable {
    let id: String
    let name: LocalizedText
    let kind: DisclosedAttrition.Step.Kind
    let excluded: Int
    let remaining: Int
  }

  /// Everybody in the register.
  let start: Int
  let steps: [Step]
  var cohort: Int { steps.last?.remaining ?? start }
}

/// Finds the cohort: everybody with a time zero in the time of observation, less those whom a step takes out.
///
/// A step that includes keeps those for whom its condition is known to hold; a step that excludes takes out those for
/// whom it is known to hold.
struct CohortSearch {
  private struct Step {
    let id: String
    let name: LocalizedText
    let kind: DisclosedAttrition.Step.Kind
    let keeps: (SnapshotPerson, EvaluationPoint) -> Bool
  }

  let plan: ResolvedPlan
  let snapshot: RegisterSnapshot

  func run(_ progress: StageReporter) throws(StudyError) -> Cohort {
    let definition = plan.plan.cohort
    let end = min(definition.followUp.until ?? snapshot.asKnownOn, snapshot.asKnownOn)
    let length = Int32(StudyTime.days(months: definition.followUp.months))
    let steps = stepsOfPlan
    var excluded = Array(repeating: 0, count: steps.count + 2)
    var members: [Cohort.Member] = []
    for index in snapshot.people.indices {
      try progress.report(index, of: snapshot.people.count)
      let person = snapshot.person(index)
      let timeZero = plan.timeZero.value(at: EvaluationPoint(), in: person)
      guard let first = dayRange(timeZero)?.first else {
        excluded[0] += 1
        continue
      }
      guard first <= end.daysSinceEpoch else {
        excluded[1] += 1
        continue
      }
      let point = EvaluationPoint(parameters: [PlanParameter.timeZero: timeZero])
      if let step = steps.firstIndex(where: { !$0.keeps(person, point) }) {
        excluded[step + 2] += 1
        continue
      }
      members.append(
        Cohort.Member(
          person: index, timeZero: timeZero,
          window: DaySpans.Span(first: first, last: min(first + length, end.daysSinceEpoch))))
    }
    try progress.report(snapshot.people.count, of: snapshot.people.count)
    let attrition = attrition(steps, excluded, end)
    if members.isEmpty {
      let step = attrition.steps.first { $0.remaining == 0 }
      throw .nobodyLeft(step: step?.name.english ?? "start")
    }
    return Cohort(members: members, attrition: attrition, observedUntil: end)
  }

  private var stepsOfPlan: [Step] {
    let definition = plan.plan.cohort
    return zip(definition.include, plan.include).map { step, condition in
      Step(id: step.id, name: step.name, kind: .include) { condition.holds(at: $1, in: $0) == true }
    }
      + zip(definition.exclude, plan.exclude).map { step, condition in
        Step(id: step.id, name: step.name, kind: .exclude) { condition.holds(at: $1, in: $0) != true }
      }
  }

  private func attrition(_ steps: [Step], _ excluded: [Int], _ end: CalendarDate) -> Attrition {
    let moment = plan.plan.cohort.timeZeroName
    let known = Step(
      id: "time-zero",
      name: LocalizedText(
        "With a known date of \(moment[.english])", nl: "Met een bekende datum van \(moment[.dutch])"),
      kind: .include, keeps: { _, _ in true })
    let observed = Step(
      id: "observed",
      name: LocalizedText(
        "With \(moment[.english]) on or before \(Language.english.date(end))",
        nl: "Met \(moment[.dutch]) uiterlijk op \(Language.dutch.date(end))"), kind: .include,
      keeps: { _, _ in true })
    var remaining = snapshot.people.count
    return Attrition(
      start: remaining,
      steps: zip([known, observed] + steps, excluded).map { step, excluded in
        remaining -= excluded
        return Attrition.Step(
          id: step.id, name: step.name, kind: step.kind, excluded: excluded, remaining: remaining)
      })
  }
}
