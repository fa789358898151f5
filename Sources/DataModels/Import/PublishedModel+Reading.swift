import Foundation
import Yams

extension PublishedModel {
  /// Reads every file of the folder; problems are gathered, so that one reading names them all.
  init(folder: URL) throws(ModelImportError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
      throw .noFolder(path: folder.path)
    }
    var reading = PublishedFolder(folder: folder)
    let recordFiles = reading.files(in: "records")
    guard !recordFiles.isEmpty else { throw .noRecords(path: folder.path) }
    records = recordFiles.compactMap { reading.record($0) }
    categories = reading.files(in: "categories").compactMap { reading.category($0) }
    types = reading.words("datatypes")
    validators = reading.words("validators")
    workflow = reading.workflow()
    workflowColour = reading.colour
    unknownSettings = reading.unknownSettings
    guard reading.problems.isEmpty else { throw .refused(reading.problems.problems) }
  }
}

/// The reading of one folder: what was found besides the model itself.
private struct PublishedFolder {
  let folder: URL
  let problems = ProblemList()
  var unknownSettings: [(name: String, place: DefinitionNode, record: String?, field: String?)] = []
  var colour: DefinitionNode?

  private static let fieldSettings = [
    "name", "type", "description", "comments", "latest_comments", "primary_key", "foreign_keys", "validation", "status",
  ]
  /// Validators that are on or off.
  private static let switches = ["required", "unique", "notnull", "notblank", "national_insurance_number"]

  /// Paths of the YAML files in a part of the folder, in the order of their names.
  func files(in part: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(part).path)) ?? []
    return names.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }.sorted().map { "\(part)/\($0)" }
  }

  private func text(_ file: String) -> String? {
    problems.attempt { () throws(DefinitionProblem) in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)),
        let text = String(data: data, encoding: .utf8)
      else { throw DefinitionProblem(file: file, line: 1, column: 1, message: "the file cannot be read as UTF-8 text") }
      return text
    }
  }

  private func root(_ file: String, _ text: String) -> DefinitionNode? {
    do throws(DefinitionError) {
      return try DefinitionNode(yaml: text, file: file)
    } catch {
      for problem in error.problems { problems.add(problem) }
      return nil
    }
  }

  private func id(_ file: String) -> String? {
    let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    return problems.attempt { () throws(DefinitionProblem) in
      guard isIdentifier(name) else {
        throw DefinitionProblem(
          file: file, line: 1, column: 1,
          message:
            "the file's name “\(name)” is not an id: letters, digits, hyphens and underscores, starting with a letter")
      }
      return name
    }
  }

  // MARK: Records

  mutating func record(_ file: String) -> PublishedRecord? {
    guard let id = id(file), let text = text(file), let root = root(file, text),
      let entries = problems.attempt({ () throws(DefinitionProblem) in try root.entries() })
    else { return nil }
    var record = PublishedRecord(id: id, file: file, help: given(entries, "description")?.text, fields: [])
    for (name, key, _) in entries where !["description", "fields"].contains(name) {
      unknownSettings.append((name, key, id, nil))
    }
    guard let fields = entries.first(where: { $0.name == "fields" })?.value else {
      problems.add(root.problem("“fields” is missing"))
      return nil
    }
    let fieldEntries = problems.attempt { () throws(DefinitionProblem) in try fields.entries() }
    for (name, key, value) in fieldEntries ?? [] {
      if let field = field(name, key, value, record: id) { record.fields.append(field) }
    }
    return record
  }

  private mutating func field(
    _ id: String, _ key: DefinitionNode, _ value: DefinitionNode, record: String
  ) -> PublishedField? {
    guard let entries = problems.attempt({ () throws(DefinitionProblem) in try value.entries() }) else { return nil }
    for (name, key, _) in entries where !Self.fieldSettings.contains(name) {
      unknownSettings.append((name, key, record, id))
    }
    return problems.attempt { () throws(DefinitionProblem) in
      guard isIdentifier(id) else {
        throw key.problem("“\(id)” is not an id: letters, digits, hyphens and underscores, starting with a letter")
      }
      guard let type = given(entries, "type") else { throw key.problem("the field “\(id)” has no type") }
      var isKey = false
      if let node = entries.first(where: { $0.name == "primary_key" })?.value { isKey = try node.trueOrFalse() }
      let help = given(entries, "description")
      return PublishedField(
        id: id, place: key, name: given(entries, "name")?.text, type: type.text, help: help?.text,
        helpPlace: help?.place, isKey: isKey, references: try references(entries),
        validators: try validators(entries.first { $0.name == "validation" }?.value),
        status: given(entries, "status")?.text,
        commentCount: ["comments", "latest_comments"].filter { given(entries, $0) != nil }.count)
    }
  }

  private func references(
    _ entries: [(name: String, key: DefinitionNode, value: DefinitionNode)]
  ) throws(DefinitionProblem) -> [(record: String, field: String, place: DefinitionNode)] {
    guard let node = entries.first(where: { $0.name == "foreign_keys" })?.value else { return [] }
    var references: [(String, String, DefinitionNode)] = []
    for item in try node.items() {
      let parts = try item.mapping(allowing: ["record", "field"])
      references.append((try parts.required("record").text(), try parts.required("field").text(), item))
    }
    return references
  }

  private func validators(_ node: DefinitionNode?) throws(DefinitionProblem) -> [PublishedValidator] {
    guard let node, !isBlank(node) else { return [] }
    var validators: [PublishedValidator] = []
    for (name, key, value) in try node.entries() {
      if Self.switches.contains(name) { _ = try value.trueOrFalse() }
      validators.append(PublishedValidator(name: name, place: key, setting: value))
    }
    return validators
  }

  // MARK: Categories

  func category(_ file: String) -> PublishedCategory? {
    guard let id = id(file), let text = text(file), let root = root(file, text) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    return problems.attempt { () throws(DefinitionProblem) in
      var items: [PublishedCategory.Item] = []
      for item in try root.items() {
        var value = item
        var label: String?
        if item.isMapping {
          let parts = try item.mapping(allowing: ["value", "description"])
          value = try parts.required("value")
          if let node = parts["description"], !isBlank(node) { label = trimmed(try node.text()) }
        }
        let raw = try value.text()
        let code = trimmed(raw)
        guard !code.isEmpty else { throw value.problem("a value is expected here") }
        items.append(
          PublishedCategory.Item(
            value: code, label: label, place: value,
            hasBlanks: code != raw || hasBlanks(around: value, in: lines)))
      }
      guard !items.isEmpty else { throw root.problem("the list has no values") }
      return PublishedCategory(id: id, file: file, items: items)
    }
  }

  /// Whether a value without quotation marks has blanks after it, or more than one before it, in the source.
  private func hasBlanks(around value: DefinitionNode, in lines: [[Unicode.Scalar]]) -> Bool {
    guard value.node.scalar?.style == .plain, lines.indices.contains(value.line - 1) else { return false }
    var line = lines[value.line - 1]
    if line.last == "\r" { line.removeLast() }
    let before = line.prefix(value.column - 1)
    return line.last == " " || line.last == "\t"
      || (before.suffix(2).allSatisfy { $0 == " " } && !before.allSatisfy { $0 == " " })
  }

  // MARK: Words and workflow

  private func optionalRoot(_ name: String) -> DefinitionNode? {
    let file = ["\(name).yml", "\(name).yaml"].first {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
    }
    guard let file, let text = text(file) else { return nil }
    return root(file, text)
  }

  func words(_ name: String) -> [PublishedWord] {
    guard let root = optionalRoot(name),
      let entries = problems.attempt({ () throws(DefinitionProblem) in try root.entries() })
    else { return [] }
    return entries.map { name, key, value in
      let settings = (try? value.entries()) ?? []
      return PublishedWord(name: name, place: key, help: given(settings, "description")?.text)
    }
  }

  mutating func workflow() -> [PublishedStage] {
    guard let root = optionalRoot("workflow") else { return [] }
    do throws(DefinitionProblem) {
      return try stages(root)
    } catch {
      problems.add(error)
      return []
    }
  }

  private mutating func stages(_ node: DefinitionNode) throws(DefinitionProblem) -> [PublishedStage] {
    var stages: [PublishedStage] = []
    for item in try node.items() {
      let parts = try item.mapping(allowing: ["name", "color", "steps", "records", "flows"])
      if let node = parts["color"], colour == nil { colour = node }
      var records: [String] = []
      if let node = parts["records"] {
        for record in try node.items() { records.append(try record.mapping(allowing: ["id"]).required("id").text()) }
      }
      var inner: [PublishedStage] = []
      for name in ["steps", "flows"] { if let node = parts[name] { inner += try self.stages(node) } }
      stages.append(PublishedStage(name: try parts.required("name").text(), records: records, stages: inner))
    }
    return stages
  }
}

/// A setting that is there and not blank.
private func given(
  _ entries: [(name: String, key: DefinitionNode, value: DefinitionNode)], _ name: String
) -> (text: String, place: DefinitionNode)? {
  guard let value = entries.first(where: { $0.name == name })?.value, let text = try? value.text() else { return nil }
  let cleaned = trimmed(text)
  return cleaned.isEmpty ? nil : (cleaned, value)
}

private func isBlank(_ node: DefinitionNode) -> Bool { (try? node.text()).map { trimmed($0).isEmpty } ?? false }

extension DefinitionNode {
  /// A boolean as YAML writers spell it.
  func trueOrFalse() throws(DefinitionProblem) -> Bool {
    switch try text().lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw problem("“\(try text())” should be true or false")
    }
  }
}
