import Primitives

extension ModelLoader {
  private static let ruleNames = [
    "on", "where", "hold", "no-overlap", "at-most", "otherwise", "grace", "if-absent", "field", "says", "fix",
  ]

  mutating func readRules(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    for (name, key, value) in entries {
      guard problems.attempt({ () throws(DefinitionProblem) in try key.identifier() }) != nil,
        let parts = problems.attempt({ () throws(DefinitionProblem) in try value.mapping(allowing: Self.ruleNames) }),
        let record = problems.attempt({ () throws(DefinitionProblem) in try self.record(parts) })
      else { continue }
      var filter: Condition?
      if let text = parts["where"] {
        guard let condition = condition(text, own: record) else { continue }
        filter = condition
      }
      guard let requirement = requirement(name, parts, record) else { continue }
      problems.attempt { () throws(DefinitionProblem) in
        rules.append(
          Rule(
            id: name, record: records[record].id, filter: filter, requirement: requirement,
            severity: try parts["otherwise"]?.choice(Severity.self) ?? .error,
            grace: try parts["grace"].map { (node) throws(DefinitionProblem) in try readGrace(node) },
            whenAbsent: try parts["if-absent"]?.choice(AbsenceRule.self) ?? .pending,
            field: try pointedField(parts, record, requirement),
            says: try parts.required("says").localizedText(), fix: try parts["fix"]?.localizedText()))
      }
    }
  }

  private func record(_ parts: DefinitionMapping) throws(DefinitionProblem) -> Int {
    let node = try parts.required("on")
    let id = try node.text()
    guard let index = records.firstIndex(where: { $0.id == id }) else {
      throw node.problem("no record is called “\(id)”" + suggestion(for: id, among: records.map(\.id)))
    }
    return index
  }

  private mutating func requirement(_ name: String, _ parts: DefinitionMapping, _ record: Int) -> Rule.Requirement? {
    let given = ["hold", "no-overlap", "at-most"].filter { parts[$0] != nil }
    guard given.count == 1 else {
      problems.add(
        parts.node.problem(
          "the rule “\(name)” needs exactly one of hold, no-overlap, at-most, so that it can be enforced"))
      return nil
    }
    switch given[0] {
    case "hold": return condition(parts["hold"]!, own: record).map(Rule.Requirement.hold)
    case "at-most":
      return problems.attempt { () throws(DefinitionProblem) in
        .atMost(
          try parts["at-most"]!.integer(in: 1...1_000_000, otherwise: "“at-most” lies between 1 and 1,000,000"))
      }
    default:
      return problems.attempt { () throws(DefinitionProblem) in
        let node = parts["no-overlap"]!
        guard case .spell = records[record].nature else {
          throw node.problem("only spells can overlap; “\(records[record].id)” is a \(records[record].nature.name)")
        }
        guard node.isSequence else {
          guard try node.yesOrNo() else { throw node.problem("“no-overlap” is yes, or a list of fields") }
          return .noOverlap(within: [])
        }
        var fields: [String] = []
        for item in try node.items() {
          let field = try item.text()
          guard records[record].field(field) != nil else {
            throw item.problem(
              "“\(records[record].id)” has no field “\(field)”"
                + suggestion(for: field, among: records[record].fields.map(\.id)))
          }
          fields.append(field)
        }
        return .noOverlap(within: fields)
      }
    }
  }

  private func pointedField(
    _ parts: DefinitionMapping, _ record: Int, _ requirement: Rule.Requirement
  ) throws(DefinitionProblem) -> String {
    let definition = records[record]
    if let node = parts["field"] {
      let id = try node.text()
      guard definition.field(id) != nil else {
        throw node.problem(
          "“\(definition.id)” has no field “\(id)”" + suggestion(for: id, among: definition.fields.map(\.id)))
      }
      return id
    }
    if case .hold(let condition) = requirement, let field = condition.firstField(of: definition.id) { return field }
    return definition.nature.timeField ?? definition.key.last!
  }
}
