import DisclosureControl
import Fingerprints
import Primitives

extension StudyResults {
  /// Everything that a report may print, protected together.
  ///
  /// - Throws: `notProtected` when the policy cannot be kept, whatever is withheld.
  public func disclosed(_ policy: DisclosurePolicy) throws(StudyError) -> DisclosedStudy {
    try disclosed(policy, beside: nil).study
  }

  /// The same beside what was passed on before, and what it adds to that.
  ///
  /// - Parameter ledger: the earlier releases; nil for none, as for what nobody gets.
  /// - Throws: `tellsBesideEarlier` when it would tell, beside one of them, a small count.
  public func disclosed(
    _ policy: DisclosurePolicy, beside ledger: ReleaseLedger?
  ) throws(StudyError) -> (study: DisclosedStudy, release: ReleaseLedger.Release) {
    let conflict: ReleaseConflict?
    let result: (DisclosedStudy, ReleaseLedger.Release)
    do throws(DisclosureControlError) {
      let disclosure = try StudyDisclosure(self, policy)
      result = (
        try disclosure.study(),
        disclosure.protected.release(
          named: "\(plan.id) \(plan.version), \(asKnownOn.iso)", data: dataFingerprint.hex)
      )
      conflict = try ledger?.conflict(
        of: disclosure.protected, disclosure.layout.tables, relations: disclosure.layout.relations, policy: policy,
        data: dataFingerprint.hex)
    } catch {
      throw .notProtected(error)
    }
    if let conflict { throw .tellsBesideEarlier(conflict) }
    return result
  }
}

extension ReportSettings {
  /// The policy by which the plan's report is protected.
  public var policy: DisclosurePolicy {
    // The loader admits only settings of which a policy can be made.
    try! DisclosurePolicy(threshold: threshold, rounding: roundTo.map { .nearest(base: $0) } ?? .none)
  }
}

/// Takes the protected tables apart into what a report prints.
struct StudyDisclosure {
  let results: StudyResults
  let policy: DisclosurePolicy
  let layout: ProtectedTables
  let protected: Disclosure

  var plan: StudyPlan { results.plan }
  var stateIDs: [String] { plan.states.map(\.id) }

  init(_ results: StudyResults, _ policy: DisclosurePolicy) throws(DisclosureControlError) {
    self.results = results
    self.policy = policy
    layout = ProtectedTables(results)
    protected = try policy.protect(layout.tables, relations: layout.relations)
  }

  func study() throws(DisclosureControlError) -> DisclosedStudy {
    let outcomes = try self.outcomes()
    let caseload = self.caseload()
    return DisclosedStudy(
      schema: "meedoen/study/1",
      plan: DisclosedStudy.PlanSummary(
        id: plan.id, version: plan.version, title: plan.title, question: plan.question, fingerprint: plan.fingerprint,
        model: "\(plan.model.id) \(results.modelVersion)", cohort: plan.cohort.name,
        timeZero: plan.cohort.timeZeroName, followUpMonths: plan.cohort.followUp.months,
        languages: plan.report.languages, marks: plan.report.marks),
      data: DisclosedStudy.DataSummary(
        fingerprint: results.dataFingerprint, asKnownOn: results.asKnownOn, observedUntil: results.observedUntil,
        returnCount: results.returnCount), codeVersion: results.codeVersion, policy: policy,
      keyResults: keyResults(outcomes, caseload), attrition: attrition(), states: states, flows: flows(),
      routes: routes(), outcomes: outcomes, occupancy: occupancy(), caseload: caseload, methodNotes: methodNotes,
      caveats: caveats, planInWords: plan.paragraphs, suppressedCells: protected.summary.suppressed, origins: origins)
  }

  func table(_ id: String) -> DisclosedTable { protected[id]! }

  func count(_ table: String, _ row: String, _ column: String) -> DisclosedCount {
    protected[table]!.count(row: row, column: column)!
  }

  var people: DisclosedCount {
    count(ProtectedTables.attrition, results.attrition.steps.last!.id, "remaining")
  }

  // MARK: Attrition, states, flows

  private func attrition() -> DisclosedAttrition {
    let table = table(ProtectedTables.attrition)
    let start = DisclosedAttrition.Step(
      id: "start", name: LocalizedText("In the register", nl: "In het register"), kind: .start,
      remaining: table["start", "remaining"]!, excluded: table["start", "excluded"]!)
    return DisclosedAttrition(
      steps: [start]
        + results.attrition.steps.map {
          DisclosedAttrition.Step(
            id: $0.id, name: $0.name, kind: $0.kind, remaining: table[$0.id, "remaining"]!,
            excluded: table[$0.id, "excluded"]!)
        }, cohort: people)
  }

  private var states: [DisclosedState] {
    plan.states.map {
      let kind: DisclosedState.Kind =
        switch $0.rule {
        case .when: .plain
        case .absorbing: .absorbing
        case .lost: .lost
        case .otherwise: .otherwise
        }
      return DisclosedState(id: $0.id, name: $0.name, kind: kind)
    }
  }

  private func flows() -> DisclosedFlows {
    let months = results.flows.months
    return DisclosedFlows(
      periods: layout.periods.map {
        DisclosedFlows.Period(
          id: $0.id, first: months[$0.months.lowerBound], last: months[$0.months.upperBound - 1],
          table: table(ProtectedTables.flows($0.id)))
      }, months: months, stock: table(ProtectedTables.stock), transitions: table(ProtectedTables.transitions))
  }

  private func routes() -> DisclosedRoutes? {
    guard let routes = results.routes else { return nil }
    let columns = routes.columns.enumerated().map { index, column in
      DisclosedRoutes.Column(
        id: column.id, name: column.name,
        nodes: column.nodes.map { node in
          DisclosedRoutes.Node(
            id: node.id, name: node.name, people: protected[layout.nodeCells(index, node.id)[0]]!)
        })
    }
    let links = routes.links.indices.flatMap { index in
      let (from, to) = (routes.columns[index], routes.columns[index + 1])
      let table = table(ProtectedTables.routes(index))
      return from.nodes.flatMap { a in
        to.nodes.map { b in
          DisclosedRoutes.Link(
            fromColumn: from.id, from: a.id, toColumn: to.id, to: b.id, people: table[a.id, b.id]!)
        }
      }
    }
    return DisclosedRoutes(columns: columns, links: links.filter { $0.people != .zero })
  }

  // MARK: States by group, caseload

  private func occupancy() -> [DisclosedOccupancy] {
    results.occupancies.map { occupancy in
      let grouping = occupancy.grouping.map { plan.groupings[$0] }
      let groups = self.groups(grouping)
      let marks = plan.report.marks.map { months in
        let table = table(ProtectedTables.occupancy(months, grouping?.id))
        return DisclosedOccupancy.Mark(
          months: months, table: table,
          shares: groups.map { group in
            stateIDs.map { table.share(of: (group.id, $0), in: (group.id, "total"))! }
          })
      }
      let means = groups.enumerated().map { index, group in
        let mean = occupancy.meanMonths(group: index, minimum: policy.threshold)
        let people = occupancy.followed(group: index, day: 0)
        return DisclosedOccupancy.MeanMonths(
          group: group.id, horizon: (mean.horizon * 10).rounded() / 10,
          // A mean rests on those who were ever in the state; nobody ever is told as none.
          states: mean.months.enumerated().map { state, months in
            let visitors = occupancy.visitors(group: index, state: state)
            return policy.mean(months, contributors: visitors == 0 ? people : visitors, decimals: 1)
          })
      }
      return DisclosedOccupancy(
        grouping: grouping.map { StudyLabel(id: $0.id, name: $0.name) }, groups: groups, marks: marks,
        meanMonths: means)
    }
  }

  /// The groups of a grouping, or everybody as one.
  func groups(_ grouping: Grouping?) -> [StudyLabel] {
    grouping?.values.map { StudyLabel(id: $0.id, name: $0.name) }
      ?? [StudyLabel(id: "everyone", name: plan.cohort.name)]
  }

  private func caseload() -> DisclosedCaseload? {
    guard let caseload = results.caseload, let norm = plan.caseload?.norm else { return nil }
    let table = table(ProtectedTables.caseload)
    // Professionals are no clients: three of them are enough not to point at one.
    let fewest = 3
    let professionals = try! DisclosurePolicy(threshold: fewest, rounding: .none)
    let shown = caseload.all.filter { $0.managers >= fewest }
    func load(_ month: Int, _ column: String, _ load: CaseloadAccounts.Load) -> DisclosedCaseload.Load {
      let row = ProtectedTables.month(caseload.months[month])
      // The load of one or two professionals is theirs, and not that of a team.
      return DisclosedCaseload.Load(
        people: load.managers < fewest ? .absent(.protected) : table[row, column]!,
        perManager: load.managers < fewest
          ? nil : table.rate(row: row, column: column, per: Double(load.managers)),
        aboveNorm: professionals.share(load.aboveNorm, of: load.managers))
    }
    return DisclosedCaseload(
      name: plan.caseload?.name, norm: norm, monthsShown: shown.count,
      monthsAboveNorm: shown.count { $0.people > norm * $0.managers }, teams: caseload.teams,
      months: caseload.months.enumerated().map { index, month in
        DisclosedCaseload.Month(
          month: month, all: load(index, "total", caseload.all[index]),
          teams: caseload.teams.enumerated().map { load(index, $1.id, caseload.byTeam[$0][index]) })
      })
  }

  // MARK: What the report opens with

  private func keyResults(_ outcomes: [DisclosedOutcome], _ caseload: DisclosedCaseload?) -> [KeyResult] {
    var key = [KeyResult.cohort(people: people)]
    let months = plan.report.marks.last!
    for outcome in outcomes.prefix(2) {
      // By the first grouping, or for everybody where a group is too small to be told.
      for comparison in [outcome.comparisons.dropFirst().first, outcome.comparisons[0]].compactMap({ $0 }) {
        let estimates = comparison.groups.map { group in
          group.estimates.first { $0.cause == outcome.main && $0.months == months }?.estimate
        }
        guard estimates.allSatisfy({ $0?.value.number != nil }) else { continue }
        for (group, estimate) in zip(comparison.groups, estimates) {
          key.append(
            .outcome(
              outcome: outcome.id, cause: outcome.main, months: months, grouping: comparison.grouping?.id,
              group: comparison.grouping == nil ? nil : group.id, estimate: estimate!))
        }
        if let difference = comparison.difference, difference.estimate.value.number != nil {
          key.append(
            .difference(
              outcome: outcome.id, cause: outcome.main, months: months, grouping: comparison.grouping!.id,
              first: difference.first, second: difference.second, estimate: difference.estimate))
        }
        break
      }
    }
    if let caseload {
      let last = caseload.months.last { $0.all.perManager?.value.number != nil }
      if let last, let rate = last.all.perManager {
        key.append(.caseload(month: last.month, perManager: rate, norm: caseload.norm))
      }
    }
    if let lost = plan.states.first(where: { $0.rule == .lost })?.id {
      let share = table(ProtectedTables.final).share(of: (lost, "count"), in: ("total", "count"))!
      key.append(.lost(state: lost, share: share))
    }
    return key
  }
}
