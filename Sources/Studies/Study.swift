import DataModels
import Primitives
import Registers

/// A plan and the data to carry it out on.
public struct Study: Sendable {
  public let plan: StudyPlan
  public let snapshot: RegisterSnapshot
  /// The version of the program, for the origin of each result.
  public let codeVersion: String

  public init(plan: StudyPlan, snapshot: RegisterSnapshot, codeVersion: String) {
    self.plan = plan
    self.snapshot = snapshot
    self.codeVersion = codeVersion
  }

  /// Finds the cohort, follows it and counts what became of it.
  ///
  /// - Parameter progress: stages `cohort` and `histories`, in people; `results`, in results.
  /// - Throws: ``StudyError`` when the plan does not fit the data's model, when nobody is left, when an outcome has no
  ///   estimate, when the flows do not balance (a fault of the program), and when the task is cancelled.
  public func run(progress: @escaping ProgressHandler = { _ in }) throws(StudyError) -> StudyResults {
    let resolved: ResolvedPlan
    do throws(DefinitionError) {
      resolved = try plan.resolved(in: snapshot.model)
    } catch {
      throw .planRefused(error.problems)
    }
    let cohort = try CohortSearch(plan: resolved, snapshot: snapshot).run(StageReporter("cohort", progress))
    let data = IndexedSnapshot(snapshot, resolved.selections)
    let histories = try LifeHistories(cohort, resolved, data, StageReporter("histories", progress))

    let results = StageReporter("results", progress)
    let total = plan.outcomes.count + plan.groupings.count + 4
    func step<Result>(_ compute: () throws(StudyError) -> Result) throws(StudyError) -> Result {
      if Task.isCancelled { throw .cancelled }
      return try compute()
    }
    try results.report(0, of: total)
    let flows = try step { () throws(StudyError) in try FlowAccounts(histories, states: plan.states) }
    let routes = try step { plan.routes.isEmpty ? nil : RouteCounts(histories, plan) }
    var outcomes: [OutcomeResult] = []
    for index in plan.outcomes.indices {
      outcomes.append(try step { () throws(StudyError) in try OutcomeResult(index, histories, plan) })
    }
    let months = plan.cohort.followUp.months
    var occupancies = [try step { Occupancy(histories, grouping: nil, groups: 1, months: months) }]
    for (index, grouping) in plan.groupings.enumerated() {
      occupancies.append(
        try step { Occupancy(histories, grouping: index, groups: grouping.values.count, months: months) })
    }
    let caseload = try step {
      resolved.caseload.map {
        CaseloadAccounts(
          $0, norm: plan.caseload!.norm, data, months: flows.months, until: cohort.observedUntil)
      }
    }
    try results.report(total, of: total)
    var finalStates = Array(repeating: 0, count: plan.states.count)
    for member in histories.members.indices { finalStates[Int(histories.segments(of: member).last!.state)] += 1 }
    return StudyResults(
      plan: plan, dataFingerprint: snapshot.fingerprint, asKnownOn: snapshot.asKnownOn, codeVersion: codeVersion,
      modelVersion: snapshot.model.version, returnCount: snapshot.returnCount, observedUntil: cohort.observedUntil,
      isTimeZeroMonthly: resolved.isTimeZeroMonthly, lateGroupings: resolved.lateGroupings,
      attrition: cohort.attrition, flows: flows, finalStates: finalStates, routes: routes, outcomes: outcomes,
      occupancies: occupancies, caseload: caseload)
  }
}
