import Primitives

extension ModelLoader {
  private static let outcomeNames = [
    "title", "on", "where", "needs", "evidence", "counts", "per-person", "cap", "price",
  ]

  mutating func readOutcomes(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    for (name, key, value) in entries {
      guard problems.attempt({ () throws(DefinitionProblem) in try key.identifier() }) != nil,
        let parts = problems.attempt({ () throws(DefinitionProblem) in try value.mapping(allowing: Self.outcomeNames) }
        ),
        let record = problems.attempt({ () throws(DefinitionProblem) in try countedRecord(parts) })
      else { continue }
      var conditions: [String: Condition] = [:]
      for name in ["where", "needs"] {
        if let text = parts[name], let condition = condition(text, own: record) { conditions[name] = condition }
      }
      problems.attempt { () throws(DefinitionProblem) in
        outcomes.append(
          Outcome(
            id: name, title: try parts.required("title").localizedText(), record: record, filter: conditions["where"],
            prerequisite: conditions["needs"], evidence: try evidence(parts["evidence"], record),
            window: try parts["counts"].map { (node) throws(DefinitionProblem) in try window(node, record) },
            mostPerPerson: try parts["per-person"]?.integer(
              in: 1...1000, otherwise: "“per-person” lies between 1 and 1000"),
            cap: try parts["cap"]?.integer(in: 1...10_000_000, otherwise: "“cap” lies between 1 and 10,000,000"),
            price: try parts["price"].map { (node) throws(DefinitionProblem) in try price(node) }))
      }
    }
  }

  func countedRecord(_ parts: DefinitionMapping) throws(DefinitionProblem) -> Int {
    let node = try parts.required("on")
    let id = try node.text()
    guard let index = records.firstIndex(where: { $0.id == id }) else {
      throw node.problem("no record is called “\(id)”" + suggestion(for: id, among: records.map(\.id)))
    }
    return index
  }

  private func evidence(_ node: DefinitionNode?, _ record: Int) throws(DefinitionProblem) -> [Int] {
    guard let node else { return [] }
    var places: [Int] = []
    for item in try node.items() {
      let id = try item.text()
      guard let place = records[record].index(of: id) else {
        throw item.problem(
          "“\(records[record].id)” has no field “\(id)”"
            + suggestion(for: id, among: records[record].fields.map(\.id)))
      }
      places.append(place)
    }
    return places
  }

  private func window(_ node: DefinitionNode, _ record: Int) throws(DefinitionProblem) -> ValueRange {
    guard let field = records[record].nature.timeField.flatMap(records[record].field) else {
      throw node.problem("“\(records[record].id)” has no day, so “counts” has nothing to compare with")
    }
    return try readRange(node, field.type)
  }

  private func price(_ node: DefinitionNode) throws(DefinitionProblem) -> Price {
    let parts = try node.mapping(allowing: ["amount", "currency"])
    guard
      let price = Price(
        amount: try parts.required("amount").text(), currency: try parts.required("currency").text())
    else {
      throw node.problem("a price is an amount such as 750 or 750.50 and a currency of three capitals, such as GBP")
    }
    return price
  }
}
