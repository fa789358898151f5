import DataModels
import Primitives
import Workspaces

/// A model, a record or a code list as people read it.
struct ModelText {
  let description: ModelDescription

  private var isDutch: Bool { description.language == .dutch }
  private func pick(_ english: String, _ dutch: String) -> String { isDutch ? dutch : english }

  var text: String {
    var lines = ["\(description.title) (\(description.id) \(description.version))"]
    if let part = description.part, description.records.isEmpty {
      lines = ["\(part) (\(description.id) \(description.version))"]
      var table = TextTable([.left, .left])
      for code in description.codeLists[part] ?? [] { table.add(code.code, code.label == code.code ? "" : code.label) }
      return (lines + table.lines()).joined(separator: "\n")
    }
    for record in description.records {
      lines += [
        "",
        "\(record.id)  \(record.title) · \(record.kind) · " + pick("key: ", "sleutel: ")
          + record.key.joined(separator: ", "),
      ]
      var table = TextTable([.left, .left, .left, .left, .left])
      for field in record.fields {
        let required =
          field.required == "yes"
          ? pick("required", "verplicht")
          : field.required == "no" ? "" : pick("required if ", "verplicht als ") + field.required
        let type = field.type + (field.list.map { " (\($0))" } ?? "") + (field.range.map { " \($0)" } ?? "")
        table.add(field.id, type, field.privacy == .plain ? "" : field.privacy.rawValue, field.label, required)
      }
      lines += table.lines()
    }
    if !description.rules.isEmpty {
      lines += ["", pick("Rules", "Regels")]
      var table = TextTable([.left, .left, .left, .left])
      for rule in description.rules { table.add(rule.record, rule.severity.rawValue, rule.id, rule.says) }
      lines += table.lines()
    }
    if description.part == nil, !description.codeLists.isEmpty {
      lines += [
        "", pick("Code lists: ", "Codelijsten: ") + description.codeLists.keys.sorted().joined(separator: ", "),
      ]
    }
    return lines.joined(separator: "\n")
  }
}
