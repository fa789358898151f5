extension PublishedModelTranslation {
  /// Writes `required` and `required-if`.
  mutating func writeRequirement(_ field: PublishedField, _ record: PublishedRecord) {
    let weaker = ["notblank", "notnull"].first { field.isOn($0) }
    if field.isKey || field.isOn("required") || weaker != nil { text.line(4, "required: yes") }
    if !field.isOn("required") {
      if let weaker, let place = field.validator(weaker)?.place {
        note(
          .requirementRead, at: place, record: record.id, field: field.id,
          "“\(weaker)” is read as required: a value that is not blank.",
          nl: "“\(weaker)” wordt gelezen als verplicht: een waarde die niet leeg is.")
      } else if field.isKey {
        note(
          .requirementRead, at: field.place, record: record.id, field: field.id,
          "“\(field.id)” is part of the key and is read as required.",
          nl: "“\(field.id)” is deel van de sleutel en wordt gelezen als verplicht.")
      }
    }
    guard let conditional = field.validator("conditional") else { return }
    writeConditions(conditional, field, record)
  }

  private mutating func writeConditions(
    _ conditional: PublishedValidator, _ field: PublishedField, _ record: PublishedRecord
  ) {
    guard let items = try? conditional.setting.items() else {
      return noteUnreadable(conditional.place, nil, field, record)
    }
    var conditions: [String] = []
    for item in items {
      guard let parts = try? item.mapping(allowing: ["expression", "validation"]),
        let expression = try? parts.required("expression"), let expressionText = try? expression.text(),
        let validation = try? parts.required("validation").entries()
      else {
        noteUnreadable(item, nil, field, record)
        continue
      }
      for (name, key, _) in validation where name != "required" {
        note(
          .conditionPartLost, at: key, record: record.id, field: field.id,
          "“\(name)” under a condition is not enforced; only “required” can depend on another field.",
          nl:
            "“\(name)” onder een voorwaarde wordt niet gecontroleerd; alleen “required” kan van een ander veld afhangen."
        )
      }
      guard let required = validation.first(where: { $0.name == "required" })?.value,
        (try? required.trueOrFalse()) == true
      else { continue }
      if let condition = condition(expressionText, record) {
        conditions.append(condition)
      } else {
        noteUnreadable(expression, expressionText, field, record)
      }
    }
    if !conditions.isEmpty { text.line(4, "required-if: \(ModelText.quoted(conditions.joined(separator: " or ")))") }
  }

  /// The condition in our language; nil when it is of another form, or speaks of what the record does not have.
  private func condition(_ expression: String, _ record: PublishedRecord) -> String? {
    guard let oneOf = OneOfExpression(expression),
      let other = record.fields.first(where: { $0.id == oneOf.field }), ["code", "text"].contains(type(of: other))
    else { return nil }
    if let list = codeList(of: other), !oneOf.values.allSatisfy({ value in list.items.contains { $0.value == value } })
    {
      return nil
    }
    let values = oneOf.values.map { value in
      "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
    return "\(oneOf.field) in [\(values.joined(separator: ", "))]"
  }

  private mutating func noteUnreadable(
    _ place: DefinitionNode, _ expression: String?, _ field: PublishedField, _ record: PublishedRecord
  ) {
    let shown = expression.map { " “\($0)”" } ?? ""
    note(
      .conditionNotReadable, at: place, record: record.id, field: field.id,
      "The condition\(shown) cannot be enforced; only one_of(a code or text of the same record, ['its', 'values']) is read.",
      nl:
        "De voorwaarde\(shown) kan niet worden gecontroleerd; alleen one_of(een code of tekst van hetzelfde record, ['waarden', 'ervan']) wordt gelezen."
    )
  }
}
