import DataModels
import Primitives

extension StudyPlanLoader {
  mutating func readGroupings(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    groupings = entries.compactMap { (_, key, value) in
      problems.attempt { () throws(DefinitionProblem) in
        let parts = try value.mapping(allowing: ["name", "values"])
        let valuesNode = try parts.required("values")
        let values = try values(valuesNode, .person)
        guard values.count >= 2 else { throw valuesNode.problem("groups are two or more") }
        return Grouping(id: try identifier(key), name: try parts.required("name").localizedText(), values: values)
      }
    }
  }

  func readOutcomes(_ node: DefinitionNode) -> [OutcomeDefinition] {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return [] }
    if entries.isEmpty { problems.add(node.problem("a study needs at least one outcome")) }
    return entries.compactMap { (_, key, value) in
      problems.attempt { () throws(DefinitionProblem) in
        let parts = try value.mapping(allowing: ["name", "causes", "main"])
        let causesNode = try parts.required("causes")
        var causes: [CauseDefinition] = []
        let entries = try causesNode.entries()
        if entries.count > Self.most { throw causesNode.problem("there can be at most \(Self.most) causes") }
        for (_, key, value) in entries { causes.append(try readCause(key, value)) }
        guard let first = causes.first else { throw causesNode.problem("an outcome needs at least one cause") }
        let main = try parts["main"]?.text() ?? first.id
        guard causes.contains(where: { $0.id == main }) else {
          throw parts["main"]!.problem(
            "“\(main)” is none of the causes" + suggestion(for: main, among: causes.map(\.id)))
        }
        return OutcomeDefinition(
          id: try identifier(key), name: try parts.required("name").localizedText(), causes: causes, main: main)
      }
    }
  }

  private func readCause(_ key: DefinitionNode, _ value: DefinitionNode) throws(DefinitionProblem) -> CauseDefinition {
    let parts = try value.mapping(allowing: ["name", "first"])
    var sources: [CauseDefinition.Source] = []
    let whens = states.compactMap { state -> String? in
      switch state.rule {
      case .when, .absorbing: state.id
      case .lost, .otherwise: nil
      }
    }
    for expression in try several(try parts.required("first"), .name) {
      if whens.contains(expression.text) {
        sources.append(.state(expression.text))
      } else if states.contains(where: { $0.id == expression.text }) {
        throw expression.place.problem("“\(expression.text)” is a state without a condition, so it cannot be an event")
      } else {
        expressions.add(expression, .day)
        sources.append(.expression(expression))
      }
    }
    let id = try identifier(key)
    return CauseDefinition(id: id, name: try parts["name"]?.localizedText() ?? nameOfState(id), sources: sources)
  }

  private func nameOfState(_ id: String) -> LocalizedText { states.first { $0.id == id }?.name ?? LocalizedText(id) }

  func readRoutes(_ node: DefinitionNode, months: Int) -> [RouteColumn] {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return [] }
    if entries.count < 2 { problems.add(node.problem("routes need two columns or more")) }
    return entries.compactMap { (_, key, value) in
      problems.attempt { () throws(DefinitionProblem) in
        let parts = try value.mapping(allowing: ["name", "everyone", "group", "choose", "values", "state-at"])
        let id = try identifier(key)
        let given = ["everyone", "group", "values", "state-at"].filter { parts[$0] != nil }
        guard given.count == 1 else {
          throw key.problem("the column “\(id)” needs exactly one of “everyone: yes”, “group”, “values”, “state-at”")
        }
        if let choose = parts["choose"], parts["values"] == nil {
          throw choose.problem("“choose” goes with “values”")
        }
        return RouteColumn(
          id: id, name: try parts.required("name").localizedText(), kind: try readColumn(parts, months: months))
      }
    }
  }

  private func readColumn(_ parts: DefinitionMapping, months: Int) throws(DefinitionProblem) -> RouteColumn.Kind {
    if let node = parts["everyone"] {
      guard try node.yesOrNo() else { throw node.problem("“everyone” is yes, or is left out") }
      return .everyone
    }
    if let node = parts["group"] {
      let id = try node.text()
      guard groupings.contains(where: { $0.id == id }) else {
        throw node.problem("no groups are called “\(id)”" + suggestion(for: id, among: groupings.map(\.id)))
      }
      return .grouping(id)
    }
    if let node = parts["values"] {
      return .choice(try values(node, .day), try parts["choose"]?.choice(RouteColumn.Choice.self) ?? .first)
    }
    let node = parts["state-at"]!
    if try node.text() == "end" { return .state(.end) }
    let duration = try duration(node)
    let count = duration.unit == .years ? 12 * duration.count : duration.count
    guard duration.unit == .months || duration.unit == .years, count <= months else {
      throw node.problem("“state-at” is “end” or a number of months within the follow-up, such as “24 months”")
    }
    return .state(.months(count))
  }

  func readCaseload(_ node: DefinitionNode) throws(DefinitionProblem) -> CaseloadDefinition {
    let parts = try node.mapping(allowing: ["name", "spells", "manager", "team", "norm"])
    let norm = try parts.required("norm").integer(
      in: 1...10_000, otherwise: "the norm is a number of people above 0 and at most 10,000")
    var name: LocalizedText?
    if let nameNode = parts["name"] { name = try nameNode.localizedText() }
    return CaseloadDefinition(
      name: name,
      spells: try expression(try parts.required("spells"), .selection),
      manager: try expression(try parts.required("manager"), .name),
      team: try parts["team"].map { (node) throws(DefinitionProblem) in try expression(node, .name) }, norm: norm)
  }

  func readReport(_ node: DefinitionNode?, months: Int) throws(DefinitionProblem) -> ReportSettings {
    let customary = [12, 24, 36].filter { $0 < months } + (months == .max ? [] : [months])
    guard let node else {
      return ReportSettings(
        languages: Language.allCases, threshold: 10, roundTo: 5, every: .halfYear, marks: customary, caveats: [])
    }
    let parts = try node.mapping(allowing: ["languages", "small-cells", "every", "marks", "cannot-tell"])
    var languages: [Language] = []
    if let node = parts["languages"] {
      for item in try node.items() { languages.append(try item.choice(Language.self)) }
    }
    var (threshold, roundTo): (Int, Int?) = (10, 5)
    if let node = parts["small-cells"] {
      let cells = try node.mapping(allowing: ["threshold", "round-to"])
      if let node = cells["threshold"] {
        threshold = try node.integer(in: 2...1000, otherwise: "the threshold lies between 2 and 1,000")
      }
      if let node = cells["round-to"] {
        roundTo =
          try node.text() == "none"
          ? nil
          : try node.integer(
            in: 2...threshold,
            otherwise: "“round-to” is “none”, or a number from 2 to the threshold, \(threshold)")
      } else {
        roundTo = min(5, threshold)
      }
    }
    var marks = customary
    if let node = parts["marks"] {
      marks = []
      for item in try node.items() {
        let message = "marks are months within the follow-up, in ascending order"
        let month = try item.integer(in: 1...months, otherwise: message)
        guard month > marks.last ?? 0 else { throw item.problem(message) }
        marks.append(month)
      }
      guard !marks.isEmpty else { throw node.problem("results need at least one mark") }
    }
    var caveats: [LocalizedText] = []
    if let node = parts["cannot-tell"] {
      for item in try node.items() { caveats.append(try item.localizedText()) }
    }
    return ReportSettings(
      languages: languages.isEmpty ? Language.allCases : languages, threshold: threshold, roundTo: roundTo,
      every: try parts["every"]?.choice(ReportSettings.Period.self) ?? .halfYear, marks: marks,
      caveats: caveats)
  }
}
