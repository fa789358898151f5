import Primitives

/// A record whose fields' conditions are still text.
struct RecordDraft {
  var definition: RecordDefinition
  var conditions: [(field: Int, isRequirement: Bool, text: DefinitionNode)]
}

extension ModelLoader {
  static let recordNames = [
    "is", "of", "at", "from", "to", "title", "help", "key", "purpose", "keep", "retired", "fields",
  ]
  static let fieldNames = [
    "type", "list", "privacy", "purpose", "keep", "required", "required-if", "blank-unless", "range", "max-length",
    "min-items", "format", "unit", "unique", "severity", "grace", "status", "label", "help", "collected", "replaces",
  ]

  mutating func readRecords(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    for (name, key, value) in entries {
      problems.attempt { () throws(DefinitionProblem) in _ = try key.identifier() }
      readRecord(name, value)
    }
    records = drafts.map(\.definition)
    guard problems.isEmpty else { return }
    problems.attempt { () throws(DefinitionProblem) in try checkPersons(entries.map { ($0.name, $0.value) }) }
  }

  private mutating func readRecord(_ id: String, _ node: DefinitionNode) {
    guard
      let parts = problems.attempt({ () throws(DefinitionProblem) in try node.mapping(allowing: Self.recordNames) }),
      let fieldsNode = problems.attempt({ () throws(DefinitionProblem) in try parts.required("fields") }),
      let entries = problems.attempt({ () throws(DefinitionProblem) in try fieldsNode.entries() })
    else { return }
    let purpose = problems.attempt { () throws(DefinitionProblem) in try parts["purpose"]?.text() } ?? nil
    var fields: [Field] = []
    var conditions: [(Int, Bool, DefinitionNode)] = []
    for (name, key, value) in entries {
      problems.attempt { () throws(DefinitionProblem) in
        _ = try key.identifier()
        let settings = try value.mapping(allowing: Self.fieldNames)
        fields.append(try readField(name, settings, purpose: purpose))
        if let text = settings["required-if"] { conditions.append((fields.count - 1, true, text)) }
        if let text = settings["blank-unless"] { conditions.append((fields.count - 1, false, text)) }
      }
    }
    guard fields.count == entries.count else { return }
    problems.attempt { () throws(DefinitionProblem) in
      var keyFields: [String] = []
      for item in try parts.required("key").items() {
        let name = try item.text()
        guard let field = fields.first(where: { $0.id == name }) else {
          throw item.problem(
            "the key names “\(name)”, which is no field here" + suggestion(for: name, among: fields.map(\.id)))
        }
        guard field.isRequired else { throw item.problem("“\(name)” is part of the key, so it must be required") }
        guard field.grace == nil else { throw item.problem("“\(name)” is part of the key, so it has no grace") }
        if let list = field.type.codeList, codeLists.contains(where: { $0.id == list && !$0.replaces.isEmpty }) {
          throw item.problem(
            "“\(name)” is part of the key and its list has “replaces”: two stored rows could become one")
        }
        keyFields.append(name)
      }
      guard !keyFields.isEmpty else { throw try parts.required("key").problem("a record needs a key") }
      for (index, entry) in entries.enumerated() {
        let settings = try entry.value.mapping(allowing: Self.fieldNames)
        guard let node = settings["replaces"] else { continue }
        guard !keyFields.contains(entry.name) else {
          throw node.problem("“\(entry.name)” is part of the key, so it replaces nothing: rows could not be told apart")
        }
        fields[index].replaces = try readSources(node, of: fields[index], among: fields)
      }
      let nature = try readNature(parts, fields)
      let title = try parts["title"]?.localizedText() ?? LocalizedText(id)
      var definition = RecordDefinition(
        id: id, title: title, help: try parts["help"]?.localizedText(), nature: nature, key: keyFields, fields: fields)
      for item in try parts["retired"]?.items() ?? [] {
        let name = try item.identifier()
        guard definition.field(name) == nil else {
          throw item.problem("“\(name)” is a field of this record, so it is not retired")
        }
        definition.retired.append(name)
      }
      drafts.append(RecordDraft(definition: definition, conditions: conditions))
    }
  }

  private func readNature(_ parts: DefinitionMapping, _ fields: [Field]) throws(DefinitionProblem) -> RecordNature {
    func timeField(_ name: String) throws(DefinitionProblem) -> String? {
      guard let node = parts[name] else { return nil }
      let id = try node.text()
      guard let field = fields.first(where: { $0.id == id }) else {
        throw node.problem("“\(id)” is no field here" + suggestion(for: id, among: fields.map(\.id)))
      }
      guard field.type.isTemporal else { throw node.problem("“\(id)” is not a date, month or year") }
      return id
    }
    let kind = try parts.required("is")
    func required(_ name: String) throws(DefinitionProblem) -> String {
      guard let id = try timeField(name) else { throw kind.problem("a record of this kind needs “\(name)”") }
      return id
    }
    switch try kind.text() {
    case "person": return .person
    case "event": return .event(at: try required("at"))
    case "measurement": return .measurement(at: try timeField("at"))
    case "spell": return .spell(from: try required("from"), to: try required("to"))
    case let other:
      throw kind.problem("“\(other)” is not one of person, event, spell, measurement")
    }
  }

  /// One person record; every other record is of it and carries its key.
  private func checkPersons(_ nodes: [(name: String, value: DefinitionNode)]) throws(DefinitionProblem) {
    let persons = records.filter { $0.nature == .person }
    guard persons.count == 1, let person = persons.first else {
      throw root.problem("a model has exactly one record that is a person; this one has \(persons.count)")
    }
    guard person.key.count == 1 else {
      throw root.problem("the key of “\(person.id)” is one field: the person's number")
    }
    guard person.field(person.key[0])?.privacy == .identifier else {
      throw root.problem("“\(person.key[0])” is the person's number, so its privacy is identifier")
    }
    for (name, node) in nodes {
      guard let record = records.first(where: { $0.id == name }), record.nature != .person else { continue }
      let of = try node.mapping(allowing: Self.recordNames)["of"]
      guard let of else { throw node.problem("“\(name)” needs “of: \(person.id)”") }
      guard try of.text() == person.id else {
        throw of.problem("no person record is called “\(try of.text())”; the person record is “\(person.id)”")
      }
      guard let field = record.field(person.key[0]), field.type == person.field(person.key[0])!.type,
        field.privacy == .identifier, record.key.contains(field.id)
      else {
        throw node.problem(
          "“\(name)” needs the field “\(person.key[0])” (an identifier, part of the key) that says whose it is")
      }
    }
  }

  private func readField(
    _ id: String, _ settings: DefinitionMapping, purpose inherited: String?
  ) throws(DefinitionProblem) -> Field {
    let type = try readType(settings)
    let privacy = try settings["privacy"]?.choice(PrivacyClass.self) ?? .plain
    let purpose = try settings["purpose"]?.text() ?? inherited
    if privacy != .plain, purpose == nil {
      throw settings.node.problem("“\(id)” is \(privacy.rawValue), so it needs a purpose (its own or its record's)")
    }
    func only(_ name: String, _ allowed: Bool, _ kinds: String) throws(DefinitionProblem) {
      if let node = settings[name], !allowed {
        throw node.problem("“\(name)” applies to \(kinds) only, not to a \(type.name)")
      }
    }
    var isList = false
    if case .list = type { isList = true }
    let isText = type == .text
    try only("max-length", isText, "text")
    try only("format", isText, "text")
    try only("min-items", isList, "lists")
    try only("range", !isText && !isList && type.codeList == nil, "numbers, dates, months and years")
    func positive(_ name: String) throws(DefinitionProblem) -> Int? {
      try settings[name]?.integer(in: 1...1_000_000, otherwise: "“\(name)” lies between 1 and 1,000,000")
    }
    return Field(
      id: id, type: type, label: try settings.required("label").localizedText(),
      help: try settings["help"]?.localizedText(), privacy: privacy, purpose: purpose,
      isRequired: try settings["required"]?.yesOrNo() ?? false, requiredIf: nil, blankUnless: nil,
      range: try settings["range"].map { (node) throws(DefinitionProblem) in try readRange(node, type) },
      maximumLength: try positive("max-length"), minimumItems: try positive("min-items"),
      format: try settings["format"]?.choice(ValueFormat.self), unit: try settings["unit"]?.text(),
      unique: try settings["unique"]?.choice(UniquenessScope.self),
      severity: try settings["severity"]?.choice(Severity.self) ?? .error,
      grace: try settings["grace"].map { (node) throws(DefinitionProblem) in try readGrace(node) },
      status: try settings["status"]?.choice(FieldStatus.self) ?? .decided,
      collected: try settings["collected"]?.text())
  }

  func readGrace(_ node: DefinitionNode) throws(DefinitionProblem) -> Grace {
    let parts = try node.mapping(allowing: ["until", "severity"])
    let until = try parts.required("until")
    guard let month = CalendarMonth(iso: try until.text()) else {
      throw until.problem("“until” is the last month of the milder check, such as 2026-06")
    }
    return Grace(until: month, severity: try parts["severity"]?.choice(Severity.self) ?? .notice)
  }

  private func readType(_ settings: DefinitionMapping) throws(DefinitionProblem) -> FieldType {
    let node = try settings.required("type")
    var list: String?
    if let listNode = settings["list"] {
      let id = try listNode.text()
      guard codeLists.contains(where: { $0.id == id }) else {
        throw listNode.problem("no code list is called “\(id)”" + suggestion(for: id, among: codeLists.map(\.id)))
      }
      list = id
    }
    let name = try node.text()
    if list != nil, name != "code", name != "list" {
      throw node.problem("“list” goes with the types code and list only")
    }
    switch name {
    case "text": return .text
    case "integer": return .integer
    case "number": return .number
    case "date": return .date
    case "month": return .month
    case "year": return .year
    case "code":
      guard let list else { throw node.problem("a code needs “list”: the code list it comes from") }
      return .code(list: list)
    case "list": return .list(list: list)
    case let other:
      let all = ["text", "integer", "number", "date", "month", "year", "code", "list"]
      throw node.problem("“\(other)” is not one of \(all.joined(separator: ", "))" + suggestion(for: other, among: all))
    }
  }

  func readRange(_ node: DefinitionNode, _ type: FieldType) throws(DefinitionProblem) -> ValueRange {
    let text = try node.text()
    let wrong = node.problem("“\(text)” is not a range of \(type.name)s, such as 0..80 or 0..")
    guard let dots = text.firstRange(of: "..") else { throw wrong }
    func end(_ part: Substring) throws(DefinitionProblem) -> Value? {
      let part = trimmed(String(part))
      if part.isEmpty { return nil }
      let value: Value? =
        switch type {
        case .integer: Int(part).map(Value.integer)
        case .number: Double(part).flatMap { $0.isFinite ? .number($0) : nil }
        case .year: Int(part).flatMap { Value.years.contains($0) ? .year($0) : nil }
        case .month: CalendarMonth(iso: part).map(Value.month)
        case .date: CalendarDate(iso: part).map(Value.date) ?? CalendarMonth(iso: part).map(Value.month)
        default: nil
        }
      guard let value else { throw wrong }
      return value
    }
    let range = ValueRange(lower: try end(text[..<dots.lowerBound]), upper: try end(text[dots.upperBound...]))
    guard range.lower != nil || range.upper != nil else { throw wrong }
    if let lower = range.lower, let upper = range.upper, lower.compared(with: upper) == 1 { throw wrong }
    return range
  }

  /// Second pass: fields' conditions, now that every record is known.
  mutating func resolveConditions() {
    for (index, draft) in drafts.enumerated() {
      var fields = draft.definition.fields
      for (field, isRequirement, node) in draft.conditions {
        guard let condition = condition(node, own: index) else { continue }
        fields[field] = fields[field].with(condition, isRequirement: isRequirement)
      }
      let definition = draft.definition
      records[index] = definition.with(fields: fields)
    }
  }

  mutating func condition(_ node: DefinitionNode, own: Int) -> Condition? {
    problems.attempt { () throws(DefinitionProblem) in
      let text = try node.text()
      do throws(ConditionError) {
        return try ConditionParser.condition(
          text, scope: ConditionScope(records: records, codeLists: codeLists, own: own))
      } catch {
        throw Self.problem(error, in: node, text)
      }
    }
  }
}

extension Field {
  fileprivate func with(_ condition: Condition, isRequirement: Bool) -> Field {
    Field(
      id: id, type: type, label: label, help: help, privacy: privacy, purpose: purpose, isRequired: isRequired,
      requiredIf: isRequirement ? condition : requiredIf, blankUnless: isRequirement ? blankUnless : condition,
      range: range, maximumLength: maximumLength, minimumItems: minimumItems, format: format, unit: unit,
      unique: unique, severity: severity, grace: grace, status: status, collected: collected, replaces: replaces)
  }
}
