import DataModels
import Primitives

/// A plan whose every condition has its meaning in a data model.
struct ResolvedPlan {
  let plan: StudyPlan
  let timeZero: Operand
  /// Whether time zero is known by month only.
  let isTimeZeroMonthly: Bool
  let include: [Condition]
  let exclude: [Condition]
  /// nil for the lost and for who is left.
  let states: [DayCondition?]
  let seenBy: [DaySelection]
  let seenWhile: [DaySelection]
  /// Per outcome, per cause.
  let causes: [[DayCondition]]
  /// Per grouping, per value; nil takes who is left.
  let groupings: [[Condition?]]
  /// Per column, per value where the column is a choice.
  let routes: [[DayCondition?]]
  let caseload: ResolvedCaseload?
  let selections: SelectionList

  /// The places of the groupings that look at what happens after time zero.
  var lateGroupings: [Int] {
    groupings.indices.filter { groupings[$0].contains { $0?.looksAhead ?? false } }
  }
}

struct ResolvedCaseload {
  let spells: DaySelection
  let manager: Int
  let team: Int?
  let teamList: CodeList?
}

extension StudyPlan {
  /// Everything in the plan that has no meaning in a data model: unknown names, types that do not fit, conditions that
  /// cannot be computed, each with its place; empty for a plan that can be carried out.
  public func problems(in model: DataModel) -> [DefinitionProblem] {
    do throws(DefinitionError) {
      _ = try resolved(in: model)
      return []
    } catch {
      return error.problems
    }
  }

  func resolved(in model: DataModel) throws(DefinitionError) -> ResolvedPlan {
    if self.model.id != model.id || !self.model.accepts(version: model.version) {
      let wanted = self.model.id + (self.model.version.map { " >= \($0)" } ?? "")
      throw DefinitionError([
        self.model.place.problem(
          "the plan is written for the model “\(wanted)” and the data have “\(model.id) \(model.version)”")
      ])
    }
    var resolver = PlanResolver(model: model)
    return try resolver.resolve(self)
  }
}

/// Reads a plan's expressions against a model and gathers what is wrong with them.
private struct PlanResolver {
  let model: DataModel
  let problems = ProblemList()
  var selections = SelectionList()
  var timeZeroType = FieldType.date

  init(model: DataModel) { self.model = model }

  mutating func resolve(_ plan: StudyPlan) throws(DefinitionError) -> ResolvedPlan {
    let timeZero = operandOfTimeZero(plan.cohort.timeZero)
    let include = plan.cohort.include.map { condition($0.condition) }
    let exclude = plan.cohort.exclude.map { condition($0.condition) }
    for state in plan.states where model.index(ofRecord: state.id) != nil {
      problems.add(
        state.place.problem(
          "a state and a record of the model are both called “\(state.id)”; give the state another id"))
    }
    let states = plan.states.map { state -> DayCondition? in
      switch state.rule {
      case .when(let expression), .absorbing(let expression): dayCondition(expression)
      case .lost, .otherwise: nil
      }
    }
    let loss = plan.cohort.followUp.loss
    let seenBy = (loss?.seenBy ?? []).compactMap { sighting($0, needsSpell: false) }
    let seenWhile = (loss?.seenWhile ?? []).compactMap { sighting($0, needsSpell: true) }
    let causes = plan.outcomes.map { outcome in
      outcome.causes.map { cause in
        DayCondition.any(
          cause.sources.compactMap { source in
            switch source {
            case .state(let id): plan.states.firstIndex { $0.id == id }.flatMap { states[$0] }
            case .expression(let expression): dayCondition(expression)
            }
          })
      }
    }
    let groupings = plan.groupings.map { $0.values.map { $0.condition.flatMap { condition($0) } } }
    let routes = plan.routes.map { column -> [DayCondition?] in
      guard case .choice(let values, _) = column.kind else { return [] }
      return values.map { $0.condition.flatMap { dayCondition($0) } }
    }
    let caseload = plan.caseload.flatMap { resolve($0) }
    guard problems.isEmpty, let timeZero else { throw DefinitionError(problems.problems) }
    return ResolvedPlan(
      plan: plan, timeZero: timeZero, isTimeZeroMonthly: timeZeroType == .month, include: include.map { $0! },
      exclude: exclude.map { $0! }, states: states,
      seenBy: seenBy, seenWhile: seenWhile, causes: causes, groupings: groupings, routes: routes, caseload: caseload,
      selections: selections)
  }

  private mutating func operandOfTimeZero(_ expression: PlanExpression) -> Operand? {
    do throws(ConditionError) {
      let (operand, type) = try model.operand(expression.text)
      guard type == .date || type == .month else {
        problems.add(expression.place.problem("time zero is a date or a month; this is a \(type.name)"))
        return nil
      }
      timeZeroType = type
      return operand
    } catch {
      problems.add(expression.place.problem(error, in: expression.text))
      return nil
    }
  }

  /// A condition on the person at time zero.
  private func condition(_ expression: PlanExpression) -> Condition? {
    read(expression) { (text) throws(ConditionError) in
      try model.condition(text, parameters: [PlanParameter.timeZero: timeZeroType])
    }
  }

  private mutating func dayCondition(_ expression: PlanExpression) -> DayCondition? {
    let parameters = [PlanParameter.timeZero: timeZeroType, PlanParameter.day: FieldType.date]
    let condition = read(expression) { (text) throws(ConditionError) in
      try model.condition(text, parameters: parameters)
    }
    guard let condition else { return nil }
    do throws(DayConditionRefusal) {
      return try DayCondition(condition, &selections)
    } catch {
      problems.add(expression.place.problem("\(error.message) (in “\(expression.text)”)"))
      return nil
    }
  }

  private mutating func sighting(_ expression: PlanExpression, needsSpell: Bool) -> DaySelection? {
    guard let selection = selection(expression) else { return nil }
    if needsSpell, selection.endIndex == nil {
      problems.add(
        expression.place.problem("“\(selection.record)” does not last, so it belongs under “seen-by”"))
    }
    return DaySelection(slot: selections.slot(selection), isSpell: selection.endIndex != nil, timing: .itself)
  }

  private func selection(_ expression: PlanExpression) -> Selection? {
    let selection = read(expression) { (text) throws(ConditionError) in
      try model.selection(text, parameters: [PlanParameter.timeZero: timeZeroType])
    }
    guard let selection else { return nil }
    guard selection.startIndex != nil else {
      problems.add(expression.place.problem("“\(selection.record)” has no time of its own"))
      return nil
    }
    guard selection.timing == nil else {
      problems.add(expression.place.problem("the rows are named without a time here (in “\(expression.text)”)"))
      return nil
    }
    return selection
  }

  private mutating func resolve(_ caseload: CaseloadDefinition) -> ResolvedCaseload? {
    guard let selection = selection(caseload.spells) else { return nil }
    guard selection.endIndex != nil else {
      problems.add(caseload.spells.place.problem("a caseload needs spells; “\(selection.record)” does not last"))
      return nil
    }
    let record = model.records[selection.recordIndex]
    func field(_ expression: PlanExpression) -> Int? {
      if let index = record.index(of: expression.text) { return index }
      problems.add(
        expression.place.problem(
          "“\(record.id)” has no field “\(expression.text)”"
            + suggestion(for: expression.text, among: record.fields.map(\.id))))
      return nil
    }
    let manager = field(caseload.manager)
    let team = caseload.team.flatMap { field($0) }
    var list: CodeList?
    if let team, let expression = caseload.team {
      guard case .code(let id) = record.fields[team].type else {
        problems.add(expression.place.problem("the team is a field of codes, so that no name can appear"))
        return nil
      }
      list = model.codeList(id)
    }
    guard let manager else { return nil }
    return ResolvedCaseload(
      spells: DaySelection(slot: selections.slot(selection), isSpell: true, timing: .itself), manager: manager,
      team: team, teamList: list)
  }

  private func read<Result>(
    _ expression: PlanExpression, _ reading: (String) throws(ConditionError) -> Result
  ) -> Result? {
    do throws(ConditionError) {
      return try reading(expression.text)
    } catch {
      problems.add(expression.place.problem(error, in: expression.text))
      return nil
    }
  }
}
