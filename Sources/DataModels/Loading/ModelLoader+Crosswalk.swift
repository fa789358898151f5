import Primitives

extension ModelLoader {
  /// What a field is read from in rows of other versions: `sort`, `[street, number]`, or
  /// `{field: sort, codes: {a: b}}`, one or several.
  func readSources(
    _ node: DefinitionNode, of field: Field, among fields: [Field]
  ) throws(DefinitionProblem) -> [FieldSource] {
    var sources: [FieldSource] = []
    for item in node.isSequence ? try node.items() : [node] {
      var name = item
      var codes: [String: String]?
      if item.isMapping {
        let parts = try item.mapping(allowing: ["field", "codes"])
        name = try parts.required("field")
        codes = try parts["codes"].map { (node) throws(DefinitionProblem) in try readCodeMap(node, for: field) }
      }
      let id = try name.identifier()
      guard !fields.contains(where: { $0.id == id }) else {
        throw name.problem("“\(id)” is a field of this record, so nothing replaces it")
      }
      guard !sources.contains(where: { $0.field == id }) else { throw name.problem("“\(id)” stands here twice") }
      sources.append(FieldSource(field: id, codes: codes))
    }
    guard !sources.isEmpty else { throw node.problem("name the field of the older version that this one replaces") }
    return sources
  }

  private func readCodeMap(_ node: DefinitionNode, for field: Field) throws(DefinitionProblem) -> [String: String] {
    guard case .code(let id) = field.type, let list = codeLists.first(where: { $0.id == id }) else {
      throw node.problem("“codes” goes with fields of the type code only")
    }
    var codes: [String: String] = [:]
    for (old, _, value) in try node.entries() {
      let new = try value.text()
      guard list.contains(new) else {
        throw value.problem(
          "“\(new)” is no code of “\(id)”" + suggestion(for: new, among: list.codes.map(\.code)))
      }
      codes[old] = new
    }
    return codes
  }

  /// Codes that are gone and that nothing replaces, with their labels; and those that were cut up.
  func readRetired(
    _ retired: DefinitionNode?, _ split: DefinitionNode?, _ codes: [CodeList.Code], _ replaces: [String: String]
  ) throws(DefinitionProblem) -> (retired: [CodeList.Code], split: [String: [String]]) {
    var found: [CodeList.Code] = []
    func add(_ code: String, _ label: LocalizedText, at node: DefinitionNode) throws(DefinitionProblem) {
      guard !codes.contains(where: { $0.code == code }), replaces[code] == nil else {
        throw node.problem("“\(code)” is a code of this list or replaced by one, so it is not gone")
      }
      guard !found.contains(where: { $0.code == code }) else {
        throw node.problem("the code “\(code)” stands twice among those that are gone")
      }
      found.append(CodeList.Code(code: code, label: label))
    }
    if let retired, retired.isSequence {
      for item in try retired.items() { try add(try item.text(), LocalizedText(try item.text()), at: item) }
    } else {
      for (code, key, value) in try retired?.entries() ?? [] { try add(code, try value.localizedText(), at: key) }
    }
    var parts: [String: [String]] = [:]
    for (code, key, value) in try split?.entries() ?? [] {
      for item in try value.items() {
        let new = try item.text()
        guard codes.contains(where: { $0.code == new }) else {
          throw item.problem("“\(new)” is no code of this list" + suggestion(for: new, among: codes.map(\.code)))
        }
        parts[code, default: []].append(new)
      }
      guard parts[code, default: []].count > 1 else { throw value.problem("a code is split into two codes or more") }
      if !found.contains(where: { $0.code == code }) { try add(code, LocalizedText(code), at: key) }
    }
    return (found, parts)
  }
}
