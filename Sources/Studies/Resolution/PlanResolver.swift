import DataModels
import Primitives

/// Reads a plan's expressions against a model and gathers what is wrong with them.
struct PlanResolver {
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
            case .expression(let expression): event(expression, plan.states)
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

  /// Reads one expression for what is wrong with it.
  mutating func check(_ expression: PlanExpression, _ kind: ExpressionList.Kind) {
    switch kind {
    case .timeZero: _ = operandOfTimeZero(expression)
    case .person: _ = condition(expression)
    case .day: _ = dayCondition(expression)
    case .selection: _ = selection(expression)
    case .name: break
    }
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

  /// A cause that is not a state's; one word alone has to be a record.
  private mutating func event(_ expression: PlanExpression, _ states: [StateDefinition]) -> DayCondition? {
    if isIdentifier(expression.text), expression.text != "always", model.index(ofRecord: expression.text) == nil {
      let names = states.map(\.id) + model.records.map(\.id)
      problems.add(
        expression.place.problem(
          "no state and no record is called “\(expression.text)”" + suggestion(for: expression.text, among: names)))
      return nil
    }
    return dayCondition(expression)
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

extension ExpressionList {
  /// What is wrong with the expressions by themselves, for a plan whose form has problems.
  func problems(in model: DataModel) -> [DefinitionProblem] {
    var resolver = PlanResolver(model: model)
    for (expression, kind) in expressions { resolver.check(expression, kind) }
    return resolver.problems.problems
  }
}
