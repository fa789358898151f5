import Primitives

extension PublishedModelTranslation {
  /// Writes the code lists that a field uses, in the order of their names.
  mutating func writeCodeLists() {
    let used = Set(records.flatMap(\.fields).compactMap { codeList(of: $0)?.id })
    for category in model.categories where !used.contains(category.id) {
      note(
        .codeListUnused, file: category.file,
        "No field uses the code list “\(category.id)”; it is left out.",
        nl: "Geen enkel veld gebruikt de codelijst “\(category.id)”; zij is weggelaten.")
    }
    guard !used.isEmpty else { return }
    text.blank()
    text.line(0, "code-lists:")
    for category in model.categories where used.contains(category.id) { write(category) }
  }

  private mutating func write(_ category: PublishedCategory) {
    var seen: Set<String> = []
    var items: [PublishedCategory.Item] = []
    for item in category.items {
      if item.hasBlanks {
        note(
          .codeTrimmed, at: item.place,
          "The code “\(item.value)” stands with blanks around it; they are not part of the code.",
          nl: "Om de code “\(item.value)” staan spaties; zij horen niet bij de code.")
      }
      guard seen.insert(item.value).inserted else {
        note(
          .codeRepeated, at: item.place, "The code “\(item.value)” stands twice in its list; it is read once.",
          nl: "De code “\(item.value)” staat tweemaal in de lijst; zij wordt eenmaal gelezen.")
        continue
      }
      items.append(item)
    }
    text.line(1, "\(category.id):")
    text.line(2, "codes:")
    let hasLabels = items.contains { $0.label != nil }
    for item in items {
      let code = ModelText.scalar(item.value)
      let label = ModelText.localized(LocalizedText(item.label ?? item.value))
      text.line(3, hasLabels ? "\(code): \(label)" : "- \(code)")
    }
  }

  // MARK: Workflow

  mutating func writeWorkflow() {
    guard !model.workflow.isEmpty else { return }
    if let colour = model.workflowColour {
      note(
        .appearanceDropped, at: colour, "The colours of the workflow are left out.",
        nl: "De kleuren van de werkvolgorde zijn weggelaten.")
    }
    text.blank()
    text.line(0, "workflow:")
    var ids: Set<String> = []
    for stage in model.workflow { write(stage, depth: 1, ids: &ids) }
  }

  private mutating func write(_ stage: PublishedStage, depth: Int, ids: inout Set<String>) {
    text.line(depth, "- stage: \(stageID(stage.name, taken: &ids))")
    text.line(depth + 1, "title: \(ModelText.localized(LocalizedText(stage.name)))")
    let known = stage.records.filter { id in records.contains { $0.id == id } }
    for id in stage.records where !known.contains(id) {
      note(
        .referenceLost, file: "workflow.yml", "The workflow names “\(id)”, which is no record; it is left out there.",
        nl: "De werkvolgorde noemt “\(id)”, dat geen record is; het is daar weggelaten.")
    }
    if !known.isEmpty { text.line(depth + 1, "records: [\(known.joined(separator: ", "))]") }
    guard !stage.stages.isEmpty else { return }
    text.line(depth + 1, "flows:")
    for inner in stage.stages { write(inner, depth: depth + 2, ids: &ids) }
  }

  /// The name in lower case with hyphens, made different from those before it.
  private func stageID(_ name: String, taken ids: inout Set<String>) -> String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var id = words.joined(separator: "-")
    if id.first?.isLetter != true { id = id.isEmpty ? "stage" : "stage-" + id }
    var candidate = id
    var count = 2
    while !ids.insert(candidate).inserted {
      candidate = "\(id)-\(count)"
      count += 1
    }
    return candidate
  }
}
