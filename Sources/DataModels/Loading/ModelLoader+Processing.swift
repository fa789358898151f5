import Primitives

extension ModelLoader {
  /// Purposes, terms of keeping, and who is responsible; after the records, of which they speak.
  func readProcessing(_ top: DefinitionMapping) throws(DefinitionProblem) -> ProcessingDefinition {
    let general = try top["keep"].map { (node) throws(DefinitionProblem) in try readTerm(node, own: nil) }
    let files = try top["keep-files"].map { (node) throws(DefinitionProblem) in try readTerm(node, own: nil) }
    if let files, files.clock != .receipt, let node = top["keep-files"] {
      throw node.problem("files are kept some time “after receipt”")
    }
    var terms: [String: [String: KeepingTerm]] = [:]
    var recordTerms: [String: KeepingTerm] = [:]
    for (id, _, node) in try top.required("records").entries() {
      guard let place = records.firstIndex(where: { $0.id == id }) else { continue }
      let record = records[place]
      let parts = try node.mapping(allowing: Self.recordNames)
      let own = try parts["keep"].map { (node) throws(DefinitionProblem) in try readTerm(node, own: record) } ?? general
      recordTerms[id] = own
      for (name, _, settings) in try parts.required("fields").entries() {
        guard let node = try settings.mapping(allowing: Self.fieldNames)["keep"] else {
          terms[id, default: [:]][name] = own
          continue
        }
        guard !record.key.contains(name) else {
          throw node.problem(
            "“\(name)” is part of the key, which is kept as long as its record: give the record a “keep”")
        }
        terms[id, default: [:]][name] = try readTerm(node, own: record)
      }
    }
    let purposes = try readPurposes(top["purposes"])
    var organisation = ProcessingOrganisation()
    if let node = top["processing"] {
      let parts = try node.mapping(
        allowing: ["controller", "contact", "data-protection-officer", "transfers", "security"])
      organisation.controller = try parts["controller"]?.localizedText()
      organisation.contact = try parts["contact"]?.localizedText()
      organisation.officer = try parts["data-protection-officer"]?.localizedText()
      organisation.transfers = try parts["transfers"]?.localizedText()
      organisation.security = try parts["security"]?.localizedText()
    }
    return ProcessingDefinition(
      purposes: purposes, filesTerm: files, organisation: organisation, terms: terms, recordTerms: recordTerms)
  }

  /// `5 years after last-return`, `24 months after ended-on`, `5y after person.left-on`.
  private func readTerm(_ node: DefinitionNode, own: RecordDefinition?) throws(DefinitionProblem) -> KeepingTerm {
    let text = try node.text()
    let form = node.problem(
      "“\(text)” is no term: write a length of time, “after”, and receipt, last-return or a field, such as 5 years after "
        + "last-return")
    let words = text.split(separator: " ").map(String.init)
    guard let after = words.firstIndex(of: "after"), words.count == after + 2 else { throw form }
    guard let (count, unit) = Self.length(words[..<after].joined()) else { throw form }
    guard (1...unit.limit).contains(count) else { throw node.problem(CalendarDuration.limitMessage) }
    return KeepingTerm(
      duration: CalendarDuration(count, unit), clock: try readClock(words[after + 1], node, own), text: text)
  }

  /// A number and a unit without a blank between them: `5years`, `5y`.
  private static func length(_ text: String) -> (count: Int, unit: CalendarDuration.Unit)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let name = String(text.dropFirst(digits.count))
    guard let count = Int(digits) else { return nil }
    let short = ["d": "days", "w": "weeks", "m": "months", "y": "years"]
    let unit =
      CalendarDuration.Unit(rawValue: name) ?? CalendarDuration.Unit(rawValue: name + "s")
      ?? short[name].flatMap { CalendarDuration.Unit(rawValue: $0) }
    return unit.map { (count, $0) }
  }

  private func readClock(
    _ word: String, _ node: DefinitionNode, _ own: RecordDefinition?
  ) throws(DefinitionProblem) -> KeepingTerm.Clock {
    if word == "receipt" { return .receipt }
    if word == "last-return" { return .lastReturn }
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let record: RecordDefinition
    if parts.count == 2 {
      guard let found = records.first(where: { $0.id == parts[0] }) else {
        throw node.problem("no record is called “\(parts[0])”" + suggestion(for: parts[0], among: records.map(\.id)))
      }
      record = found
    } else if let own, parts.count == 1 {
      record = own
    } else {
      throw node.problem("“\(word)” is neither receipt, last-return nor a record's field, such as person.left-on")
    }
    let name = parts.last!
    guard let field = record.field(name) else {
      throw node.problem(
        "“\(record.id)” has no field “\(name)”" + suggestion(for: name, among: record.fields.map(\.id)))
    }
    guard field.type.isTemporal else { throw node.problem("“\(word)” is not a date, month or year") }
    guard !field.privacy.isIdentifying else {
      throw node.problem("“\(word)” identifies people, so the register does not hold it in clear")
    }
    return .field(record: record.id, field: name, isOwn: parts.count == 1)
  }

  /// - Throws: also when a field has a purpose that is not among them.
  private func readPurposes(_ node: DefinitionNode?) throws(DefinitionProblem) -> [Purpose] {
    guard let node else { return [] }
    var purposes: [Purpose] = []
    for (id, key, value) in try node.entries() {
      _ = try key.identifier()
      let parts = try value.mapping(allowing: ["title", "basis", "special-basis", "recipients"])
      purposes.append(
        Purpose(
          id: id, title: try parts.required("title").localizedText(), basis: try parts["basis"]?.localizedText(),
          specialBasis: try parts["special-basis"]?.localizedText(),
          recipients: try parts["recipients"]?.localizedText()))
    }
    let ids = purposes.map(\.id)
    for record in records {
      for field in record.fields {
        guard let purpose = field.purpose, !ids.contains(purpose) else { continue }
        throw node.problem(
          "“\(record.id).\(field.id)” is for “\(purpose)”, which is not among the purposes"
            + suggestion(for: purpose, among: ids))
      }
    }
    return purposes
  }
}
