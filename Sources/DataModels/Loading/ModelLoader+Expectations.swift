import Primitives

extension ModelLoader {
  private static let expectationNames = [
    "title", "on", "where", "from", "expect", "opens", "within", "every", "unless",
  ]

  mutating func readExpectations(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    for (name, key, value) in entries {
      problems.attempt { () throws(DefinitionProblem) in
        _ = try key.identifier()
        expectations.append(try expectation(name, try value.mapping(allowing: Self.expectationNames)))
      }
    }
  }

  private func expectation(_ id: String, _ parts: DefinitionMapping) throws(DefinitionProblem) -> Expectation {
    let node = try parts.required("on")
    let name = try node.text()
    guard let own = records.firstIndex(where: { $0.id == name }) else {
      throw node.problem("no record is called “\(name)”" + suggestion(for: name, among: records.map(\.id)))
    }
    let record = records[own]
    let fromNode = try parts.required("from")
    let from = try fromNode.text()
    guard let index = record.index(of: from) else {
      throw fromNode.problem("“\(name)” has no field “\(from)”" + suggestion(for: from, among: record.fields.map(\.id)))
    }
    guard record.fields[index].type.isTemporal else {
      throw fromNode.problem("“\(from)” is not a date, month or year, and time is counted from it")
    }
    let expectNode = try parts.required("expect")
    let scope = ConditionScope(records: records, codeLists: codeLists, own: own)
    let expected = try Self.read(expectNode) { (text) throws(ConditionError) in
      try ConditionParser.selection(text, scope: scope)
    }
    func condition(_ part: String) throws(DefinitionProblem) -> Condition? {
      guard let node = parts[part] else { return nil }
      return try Self.read(node) { (text) throws(ConditionError) in try ConditionParser.condition(text, scope: scope) }
    }
    return Expectation(
      id: id, title: try parts["title"]?.localizedText() ?? LocalizedText(id), record: name,
      filter: try condition("where"),
      from: FieldReference(record: name, field: from, index: index, type: record.fields[index].type),
      expected: expected, timing: try timing(id, parts, expectNode, expected), unless: try condition("unless"))
  }

  private func timing(
    _ id: String, _ parts: DefinitionMapping, _ expectNode: DefinitionNode, _ expected: Selection
  ) throws(DefinitionProblem) -> Expectation.Timing {
    func duration(_ part: String) throws(DefinitionProblem) -> CalendarDuration? {
      guard let node = parts[part] else { return nil }
      let text = try node.text()
      let words = text.split(separator: " ")
      guard words.count == 2, let count = Int(words[0]),
        let unit = CalendarDuration.Unit(rawValue: words[1].hasSuffix("s") ? String(words[1]) : words[1] + "s")
      else { throw node.problem("“\(text)” is not a length of time, such as “3 months” or “1 year”") }
      guard (1...unit.limit).contains(count) else {
        throw node.problem(count < 1 ? "“\(part)” is at least one day" : CalendarDuration.limitMessage)
      }
      return CalendarDuration(count, unit)
    }
    switch (try duration("opens"), try duration("within"), try duration("every")) {
    case (let opens, let within?, nil):
      let start = CalendarDate(daysSinceEpoch: 0)
      if let opens, start.shifted(by: opens) > start.shifted(by: within) {
        throw parts["within"]!.problem("“within” lies before “opens”, so it could never be met in time")
      }
      return .once(opens: opens, within: within)
    case (nil, nil, let every?):
      guard expected.startIndex != nil else {
        throw expectNode.problem("“\(expected.record)” has no day of its own, so the next one is never due")
      }
      return .every(every)
    default:
      throw parts.node.problem("the expectation “\(id)” needs “within” (with or without “opens”), or “every”")
    }
  }

  private static func read<Result>(
    _ node: DefinitionNode, _ parse: (String) throws(ConditionError) -> Result
  ) throws(DefinitionProblem) -> Result {
    let text = try node.text()
    do throws(ConditionError) {
      return try parse(text)
    } catch {
      throw problem(error, in: node, text)
    }
  }
}
