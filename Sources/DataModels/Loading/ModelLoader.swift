import Fingerprints
import Foundation
import Primitives

/// Reads a data model from YAML in passes: lists, records, then conditions and rules that speak of both.
///
/// Problems are gathered, so that one reading names them all.
struct ModelLoader {
  let root: DefinitionNode
  let problems = ProblemList()
  var codeLists: [CodeList] = []
  var drafts: [RecordDraft] = []
  var records: [RecordDefinition] = []
  var rules: [Rule] = []
  var checks = DeclaredChecks.none
  var outcomes: [Outcome] = []
  var expectations: [Expectation] = []

  init(yaml: String, file: String) throws(DefinitionError) { root = try DefinitionNode(yaml: yaml, file: file) }

  static let topLevelNames = [
    "meedoen", "id", "version", "title", "help", "source", "identifier-scope", "cycle", "returns-hold", "code-lists",
    "records", "rules", "checks", "outcomes", "expectations", "workflow", "keep", "keep-files", "purposes",
    "processing",
  ]

  mutating func load(fingerprint: Fingerprint) throws(DefinitionError) -> DataModel {
    guard let top = problems.attempt({ () throws(DefinitionProblem) in try root.mapping(allowing: Self.topLevelNames) })
    else {
      throw DefinitionError(problems.problems)
    }
    problems.attempt { () throws(DefinitionProblem) in
      let kind = try top.required("meedoen")
      guard try kind.text() == "data-model/1" else { throw kind.problem("“data-model/1” is expected here") }
    }
    let id = problems.attempt { () throws(DefinitionProblem) in try top.required("id").identifier() } ?? ""
    let version = problems.attempt { () throws(DefinitionProblem) in try top.required("version").text() } ?? ""
    let title = problems.attempt { () throws(DefinitionProblem) in try top.required("title").localizedText() }
    let help = problems.attempt { () throws(DefinitionProblem) in try top["help"]?.localizedText() } ?? nil
    let source = problems.attempt { () throws(DefinitionProblem) in try top["source"]?.text() } ?? nil
    let scope =
      problems.attempt { () throws(DefinitionProblem) in
        try top["identifier-scope"]?.choice(IdentifierScope.self) ?? .programme
      }
      ?? .programme
    let cycle =
      problems.attempt { () throws(DefinitionProblem) in
        try top["cycle"].map { (node) throws(DefinitionProblem) in try readCycle(node) }
      } ?? nil

    let returnsHold =
      problems.attempt { () throws(DefinitionProblem) in
        try top["returns-hold"]?.choice(ReturnExtent.self) ?? .everything
      } ?? .everything

    if let lists = top["code-lists"] { readCodeLists(lists) }
    if let records = problems.attempt({ () throws(DefinitionProblem) in try top.required("records") }) {
      readRecords(records)
    }
    if problems.isEmpty { resolveConditions() }
    if problems.isEmpty, let rules = top["rules"] { readRules(rules) }
    if problems.isEmpty, let checks = top["checks"] { readChecks(checks) }
    if problems.isEmpty, let outcomes = top["outcomes"] { readOutcomes(outcomes) }
    if problems.isEmpty, let node = top["expectations"] { readExpectations(node) }
    var workflow: [WorkflowStage] = []
    if problems.isEmpty, let node = top["workflow"] {
      workflow = problems.attempt { () throws(DefinitionProblem) in try readWorkflow(node) } ?? []
    }
    var processing = ProcessingDefinition.empty
    if problems.isEmpty {
      processing = problems.attempt { () throws(DefinitionProblem) in try readProcessing(top) } ?? .empty
    }
    guard problems.isEmpty else { throw DefinitionError(problems.problems) }
    return DataModel(
      id: id, version: version, title: title!, help: help, source: source, identifierScope: scope, cycle: cycle,
      returnsHold: returnsHold, codeLists: codeLists, records: records, rules: rules, checks: checks,
      outcomes: outcomes, expectations: expectations, workflow: workflow, processing: processing,
      fingerprint: fingerprint,
      recordIndex: Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1.id, $0) }))
  }

  /// Where a condition of the definition was refused.
  static func problem(_ error: ConditionError, in node: DefinitionNode, _ text: String) -> DefinitionProblem {
    DefinitionProblem(
      file: node.file, line: node.line, column: node.textColumn.map { $0 + error.column - 1 } ?? node.column,
      message: "\(error.message) (in “\(text)”)")
  }

  private func readCycle(_ node: DefinitionNode) throws(DefinitionProblem) -> SubmissionCycle {
    let parts = try node.mapping(allowing: ["every", "due-day", "release-day", "time-zone"])
    let due = try parts.required("due-day")
    let day = try due.integer(in: 1...28, otherwise: "the due day lies between 1 and 28")
    let release = try parts["release-day"]?.integer(
      in: day...28, otherwise: "the release day lies between the due day and 28")
    let zone = try parts.required("time-zone")
    guard TimeZone(identifier: try zone.text()) != nil else {
      throw zone.problem("“\(try zone.text())” is no time zone; write one such as Europe/Amsterdam")
    }
    return SubmissionCycle(
      every: try parts.required("every").choice(SubmissionCycle.Interval.self), dueDay: day, releaseDay: release,
      timeZone: try zone.text())
  }

  // MARK: Code lists

  private mutating func readCodeLists(_ node: DefinitionNode) {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try node.entries() }) else { return }
    for (name, key, value) in entries {
      problems.attempt { () throws(DefinitionProblem) in
        _ = try key.identifier()
        let parts = try value.mapping(allowing: ["title", "ordered", "codes", "replaces", "retired", "split", "source"])
        let codes = try readCodes(try parts.required("codes"))
        let replaces = try readReplacements(parts["replaces"], codes)
        let gone = try readRetired(parts["retired"], parts["split"], codes, replaces)
        codeLists.append(
          CodeList(
            id: name, title: try parts["title"]?.localizedText(), isOrdered: try parts["ordered"]?.yesOrNo() ?? false,
            codes: codes, replaces: replaces, retired: gone.retired, split: gone.split))
      }
    }
  }

  /// Codes that are gone, each with the code of now that it is read as.
  private func readReplacements(
    _ node: DefinitionNode?, _ codes: [CodeList.Code]
  ) throws(DefinitionProblem) -> [String: String] {
    var replacements: [String: String] = [:]
    for (old, key, value) in try node?.entries() ?? [] {
      let new = try value.text()
      guard codes.contains(where: { $0.code == new }) else {
        throw value.problem("“\(new)” is no code of this list" + suggestion(for: new, among: codes.map(\.code)))
      }
      guard !codes.contains(where: { $0.code == old }) else {
        throw key.problem("“\(old)” is a code of this list, so nothing replaces it")
      }
      replacements[old] = new
    }
    return replacements
  }

  private func readCodes(_ node: DefinitionNode) throws(DefinitionProblem) -> [CodeList.Code] {
    var codes: [CodeList.Code] = []
    var seen: Set<String> = []
    func add(_ code: String, _ label: LocalizedText, at place: DefinitionNode) throws(DefinitionProblem) {
      guard !code.isEmpty, code == trimmed(code) else {
        throw place.problem("a code has blanks around it, or is empty")
      }
      guard seen.insert(code).inserted else { throw place.problem("the code “\(code)” stands twice in its list") }
      codes.append(CodeList.Code(code: code, label: label))
    }
    if node.isSequence {
      for item in try node.items() {
        let code = try item.text()
        try add(code, LocalizedText(code), at: item)
      }
    } else {
      for (code, key, value) in try node.entries() { try add(code, try value.localizedText(), at: key) }
    }
    guard !codes.isEmpty else { throw node.problem("a code list needs at least one code") }
    return codes
  }

  // MARK: Workflow

  private func readWorkflow(_ node: DefinitionNode) throws(DefinitionProblem) -> [WorkflowStage] {
    var stages: [WorkflowStage] = []
    for item in try node.items() {
      let parts = try item.mapping(allowing: ["stage", "title", "records", "due", "flows"])
      var named: [String] = []
      var recordNodes: [DefinitionNode] = []
      if let node = parts["records"] { recordNodes = try node.items() }
      for record in recordNodes {
        let id = try record.text()
        guard records.contains(where: { $0.id == id }) else {
          throw record.problem("no record is called “\(id)”" + suggestion(for: id, among: records.map(\.id)))
        }
        named.append(id)
      }
      let stage = try parts.required("stage")
      var title = LocalizedText(try stage.text())
      if let node = parts["title"] { title = try node.localizedText() }
      var flows: [WorkflowStage] = []
      if let node = parts["flows"] { flows = try readWorkflow(node) }
      stages.append(
        WorkflowStage(
          id: try stage.identifier(), title: title,
          records: named, due: try parts["due"]?.localizedText(),
          flows: flows))
    }
    return stages
  }
}

/// Whether a text can be the id of something: letters, digits, hyphens and underscores, starting with a letter and not
/// ending in a hyphen.
public func isIdentifier(_ text: String) -> Bool {
  guard let first = text.utf8.first, (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first) else {
    return false
  }
  return text.utf8.allSatisfy {
    (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
  } && text.utf8.last != 0x2D
}

func trimmed(_ text: String) -> String {
  var characters = Substring(text)
  while let first = characters.first, first.isWhitespace { characters.removeFirst() }
  while let last = characters.last, last.isWhitespace { characters.removeLast() }
  return String(characters)
}
