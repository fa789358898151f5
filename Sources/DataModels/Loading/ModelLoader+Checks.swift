import Primitives

extension ModelLoader {
  private static let checkNames = ["born", "steady", "frozen-after", "compare-with-column"]

  mutating func readChecks(_ node: DefinitionNode) {
    problems.attempt { () throws(DefinitionProblem) in
      let parts = try node.mapping(allowing: Self.checkNames)
      if let born = parts["born"] {
        let id = try born.text()
        let person = records.first { $0.nature == .person }!
        guard let field = person.field(id) else {
          throw born.problem(
            "“\(person.id)” has no field “\(id)”" + suggestion(for: id, among: person.fields.map(\.id)))
        }
        guard field.type.isTemporal else { throw born.problem("“\(id)” is not a date, month or year") }
        checks.born = id
      }
      if let steady = parts["steady"] {
        checks.steady = try paths(steady) { field in
          field.privacy.isIdentifying ? "identifies; a pseudonym cannot be compared" : nil
        }
      }
      checks.frozenAfterMonths = try parts["frozen-after"]?.integer(
        in: 1...600, otherwise: "“frozen-after” lies between 1 and 600 months")
      checks.comparesWithColumn = try parts["compare-with-column"]?.yesOrNo() ?? false
    }
  }

  /// Fields written as `record.field`.
  private func paths(
    _ node: DefinitionNode, refusing: (Field) -> String?
  ) throws(DefinitionProblem) -> [FieldPath] {
    var paths: [FieldPath] = []
    for item in try node.items() {
      let text = try item.text()
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let r = records.firstIndex(where: { $0.id == parts[0] }),
        let f = records[r].index(of: parts[1])
      else {
        let names = records.flatMap { record in record.fields.map { "\(record.id).\($0.id)" } }
        throw item.problem("“\(text)” is no field, written as record.field" + suggestion(for: text, among: names))
      }
      if let reason = refusing(records[r].fields[f]) { throw item.problem("“\(text)” \(reason)") }
      paths.append(FieldPath(record: r, field: f))
    }
    return paths
  }
}
