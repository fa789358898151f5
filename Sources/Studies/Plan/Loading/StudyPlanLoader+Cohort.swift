import DataModels
import Primitives

extension StudyPlanLoader {
  mutating func readCohort(_ node: DefinitionNode) throws(DefinitionProblem) -> CohortDefinition? {
    let parts = try node.mapping(
      allowing: ["name", "time-zero", "time-zero-name", "include", "exclude", "follow"])
    // Read first, because conditions compare with it.
    let timeZero = problems.attempt { () throws(DefinitionProblem) in
      try expression(try parts.required("time-zero"), .timeZero)
    }
    let include = readSteps(parts["include"])
    let exclude = readSteps(parts["exclude"])
    if let twice = firstRepeated((include + exclude).map(\.id)) {
      throw node.problem("two steps of the cohort are called “\(twice)”")
    }
    let followUp = try readFollowUp(try parts.required("follow"))
    guard let timeZero else { return nil }
    return CohortDefinition(
      name: try parts.required("name").localizedText(), timeZero: timeZero,
      timeZeroName: try parts.required("time-zero-name").localizedText(), include: include, exclude: exclude,
      followUp: followUp)
  }

  private mutating func readSteps(_ node: DefinitionNode?) -> [CohortStep] {
    guard let node, let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else {
      return []
    }
    return entries.compactMap { (_, key, value) in
      problems.attempt { () throws(DefinitionProblem) in
        let parts = try value.mapping(allowing: ["name", "where"])
        return CohortStep(
          id: try identifier(key), name: try parts.required("name").localizedText(),
          condition: try expression(try parts.required("where"), .person))
      }
    }
  }

  private func readFollowUp(_ node: DefinitionNode) throws(DefinitionProblem) -> FollowUpDefinition {
    let parts = try node.mapping(allowing: ["months", "until", "lost-after", "seen-by", "seen-while"])
    let monthsNode = try parts.required("months")
    let months = try monthsNode.integer(in: 1...1200, otherwise: "people are followed for 1 to 1,200 months")
    let until = try parts["until"].map { (node) throws(DefinitionProblem) in
      let text = try node.text()
      guard let date = CalendarDate(iso: text) else { throw node.problem("“\(text)” is not a day such as 2019-05-31") }
      return date
    }
    let seenBy = try several(parts["seen-by"], .selection)
    let seenWhile = try several(parts["seen-while"], .selection)
    guard let after = parts["lost-after"] else {
      for name in ["seen-by", "seen-while"] {
        if let node = parts[name] { throw node.problem("“\(name)” says by what people are seen; add “lost-after”") }
      }
      return FollowUpDefinition(months: months, until: until, loss: nil)
    }
    guard !seenBy.isEmpty || !seenWhile.isEmpty else {
      throw after.problem("“lost-after” needs “seen-by”: the records by which a person is seen")
    }
    return FollowUpDefinition(
      months: months, until: until,
      loss: LossDefinition(after: try duration(after), seenBy: seenBy, seenWhile: seenWhile))
  }

  mutating func readStates(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    states = entries.compactMap { (_, key, value) in
      problems.attempt { () throws(DefinitionProblem) in
        let id = try identifier(key)
        let parts = try value.mapping(allowing: ["name", "when", "absorbing", "lost", "otherwise"])
        let isLost = try parts["lost"]?.yesOrNo() ?? false
        let isRest = try parts["otherwise"]?.yesOrNo() ?? false
        let absorbing = try parts["absorbing"]?.yesOrNo() ?? false
        guard [parts["when"] != nil, isLost, isRest].filter({ $0 }).count == 1 else {
          throw key.problem("the state “\(id)” needs exactly one of “when”, “lost: yes”, “otherwise: yes”")
        }
        if absorbing, parts["when"] == nil { throw key.problem("only a state with “when” can be absorbing") }
        let rule: StateDefinition.Rule =
          if let when = parts["when"] {
            absorbing ? .absorbing(try expression(when, .day)) : .when(try expression(when, .day))
          } else { isLost ? .lost : .otherwise }
        return StateDefinition(
          id: id, name: try parts.required("name").localizedText(), rule: rule, place: PlanPlace(key))
      }
    }
    guard states.count == entries.count else { return }
    for (rule, words) in [(StateDefinition.Rule.otherwise, "otherwise: yes"), (.lost, "lost: yes")] {
      let count = states.filter { $0.rule == rule }.count
      if count > 1 { problems.add(node.problem("only one state can be “\(words)”")) }
      if count == 0, rule == .otherwise {
        problems.add(node.problem("one state has to be “otherwise: yes”, so that everybody is in a state on each day"))
      }
    }
    if states.count > Self.most { problems.add(node.problem("there can be at most \(Self.most) states")) }
  }

  /// A state for the lost is there exactly when the cohort says who is lost.
  func checkLoss(_ followUp: FollowUpDefinition?, _ top: DefinitionMapping) {
    guard let followUp, let node = top["states"], problems.isEmpty else { return }
    let hasState = states.contains { $0.rule == .lost }
    if followUp.loss != nil, !hasState {
      problems.add(node.problem("people can be lost (“lost-after”), so one state has to be “lost: yes”"))
    }
    if followUp.loss == nil, hasState {
      problems.add(node.problem("nobody can be lost without “lost-after” under cohort, follow"))
    }
  }

  func firstRepeated(_ ids: [String]) -> String? {
    var seen: Set<String> = []
    return ids.first { !seen.insert($0).inserted }
  }
}
