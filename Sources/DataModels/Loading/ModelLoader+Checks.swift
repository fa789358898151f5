import Primitives

extension ModelLoader {
  private static let checkNames = [
    "born", "steady", "frozen-after", "compare-with-column", "contract", "compare-with-last-return", "same-person",
    "balances", "compare-with-others",
  ]

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
      checks.contract = try parts["contract"].map { (node) throws(DefinitionProblem) in try readRange(node, .date) }
      checks.comparesWithLastReturn = try parts["compare-with-last-return"]?.yesOrNo() ?? false
      checks.looksForSamePerson = try parts["same-person"]?.yesOrNo() ?? false
      if let balances = parts["balances"] { try readBalances(balances) }
      if let shares = parts["compare-with-others"] { try readPeerShares(shares) }
    }
  }

  private mutating func readBalances(_ node: DefinitionNode) throws(DefinitionProblem) {
    for (name, key, value) in try node.entries() {
      _ = try key.identifier()
      let parts = try value.mapping(allowing: ["title", "on", "where", "from", "until"])
      let record = try countedRecord(parts)
      func day(_ part: String) throws(DefinitionProblem) -> Int {
        let node = try parts.required(part)
        let id = try node.text()
        guard let place = records[record].index(of: id) else {
          throw node.problem(
            "“\(records[record].id)” has no field “\(id)”"
              + suggestion(for: id, among: records[record].fields.map(\.id)))
        }
        guard records[record].fields[place].type == .date else {
          throw node.problem("“\(id)” is not a date, and a stock is counted by days")
        }
        return place
      }
      let filter = parts["where"].flatMap { condition($0, own: record) }
      checks.balances.append(
        FlowBalance(
          id: name, title: try parts["title"]?.localizedText() ?? LocalizedText(name), record: record, filter: filter,
          from: try day("from"), until: try day("until")))
    }
  }

  private mutating func readPeerShares(_ node: DefinitionNode) throws(DefinitionProblem) {
    for (name, key, value) in try node.entries() {
      _ = try key.identifier()
      let parts = try value.mapping(allowing: ["title", "on", "where", "share"])
      let record = try countedRecord(parts)
      let filter = parts["where"].flatMap { condition($0, own: record) }
      guard let share = condition(try parts.required("share"), own: record) else { continue }
      checks.peerShares.append(
        PeerShare(
          id: name, title: try parts["title"]?.localizedText() ?? LocalizedText(name), record: record, filter: filter,
          share: share))
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
