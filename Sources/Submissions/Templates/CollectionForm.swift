import DataModels
import Primitives
import TableFiles

/// A model as an XLSForm, with which ODK and KoboToolbox collect one person's records on a phone or a screen.
///
/// The person comes first; a record with at most one row a person is a group, another a repeat. Questions are called as
/// columns are in a wide return: by the field, or `record.field` where several records have it. Form:
/// https://xlsform.org/en/.
public struct CollectionForm: Sendable {
  public let sheets: [WorkbookSheet]
  /// What a form cannot hold and only a check of the return will see.
  public let notes: [LocalizedText]

  public init(_ model: DataModel, language: Language) {
    var builder = FormBuilder(model)
    builder.addPerson()
    for record in model.records where record.nature != .person { builder.add(record) }
    notes = builder.notes
    sheets = [
      WorkbookSheet(name: "survey", headers: FormBuilder.headers, rows: builder.rows),
      WorkbookSheet(
        name: "choices",
        headers: ["list_name", "name"] + FormBuilder.columns("label") + ["code"], rows: builder.choices),
      WorkbookSheet(
        name: "settings", headers: ["form_title", "form_id", "version", "default_language"],
        rows: [
          [model.title[language], model.id, model.version, FormBuilder.languageName(language)].map { .text($0) }
        ]),
    ]
  }
}

/// Writes the rows of a form.
private struct FormBuilder {
  static let headers =
    ["type", "name"] + columns("label") + columns("hint") + ["required", "relevant", "constraint"]
    + columns("constraint_message")

  static func languageName(_ language: Language) -> String {
    language == .dutch ? "Nederlands (nl)" : "English (en)"
  }

  static func columns(_ name: String) -> [String] { Language.allCases.map { "\(name)::\(languageName($0))" } }

  let model: DataModel
  var rows: [[RawCell]] = []
  var choices: [[RawCell]] = []
  var notes: [LocalizedText] = []
  /// How many records have a field of this id.
  private let uses: [String: Int]
  private var listed: Set<String> = []

  init(_ model: DataModel) {
    self.model = model
    uses = model.records.flatMap { $0.fields.map(\.id) }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  mutating func addPerson() {
    for field in model.person.fields { add(field, of: model.person) }
  }

  mutating func add(_ record: RecordDefinition) {
    let kind = record.key.count == 1 ? "group" : "repeat"
    var row = Row(type: "begin_\(kind)", name: "\(record.id)")
    row.label = record.title
    row.hint = record.help
    rows.append(row.cells)
    for field in record.fields where field.id != model.personField { add(field, of: record) }
    rows.append(Row(type: "end_\(kind)", name: record.id).cells)
  }

  private func name(of field: Field, in record: RecordDefinition) -> String {
    // The person's number is asked once, and stands for that of every record.
    if field.id == model.personField || uses[field.id] == 1 { return field.id }
    return "\(record.id).\(field.id)"
  }

  private mutating func add(_ field: Field, of record: RecordDefinition) {
    let names = Dictionary(uniqueKeysWithValues: record.fields.map { ($0.id, name(of: $0, in: record)) })
    let expression = FormExpression(names: names, record: record.id, model: model)
    var row = Row(type: type(of: field), name: names[field.id]!)
    row.label = field.label
    row.hint = hint(of: field)
    if field.isRequired {
      // A person need not have a row of every record: in a group that was left alone nothing is required.
      row.required = record.nature == .person || record.key.count > 1 ? "yes" : groupIsBegun(record, but: field, names)
    } else if let condition = field.requiredIf {
      row.required = expression.text(of: condition)?.text
      if row.required == nil { note(field, record, "when it is required", "wanneer het verplicht is") }
    }
    if let condition = field.blankUnless {
      row.relevant = expression.text(of: condition)?.text
      if row.relevant == nil { note(field, record, "when it is to be blank", "wanneer het leeg hoort te zijn") }
    }
    let limits = constraints(on: field, of: record, expression)
    row.constraint = limits.text
    row.message = limits.message
    rows.append(row.cells)
    if let list = field.type.codeList.flatMap(model.codeList) {
      addChoices(list, isMany: type(of: field) == "select_multiple \(list.id)")
    }
  }

  /// Whether something else of a group is filled in.
  private func groupIsBegun(_ record: RecordDefinition, but field: Field, _ names: [String: String]) -> String {
    let others = record.fields.filter { $0.id != field.id && $0.id != model.personField }.prefix(12)
    return others.isEmpty ? "no" : others.map { "${\(names[$0.id]!)} != ''" }.joined(separator: " or ")
  }

  private func type(of field: Field) -> String {
    switch field.type {
    case .text, .month: "text"
    case .integer, .year: "integer"
    case .number: "decimal"
    case .date: "date"
    case .code(let list): "select_one \(list)"
    case .list(let list): list.map { "select_multiple \($0)" } ?? "text"
    }
  }

  private func hint(of field: Field) -> LocalizedText? {
    func text(_ language: Language) -> String {
      let words = FieldWords(field: field, model: model, language: language)
      var parts = [field.help?[language]].compactMap(\.self)
      if case .month = field.type { parts.append(words.type) }
      if case .list(nil) = field.type { parts.append(words.type) }
      parts += [words.limits, words.form].compactMap(\.self)
      return parts.joined(separator: " · ")
    }
    return text(.english).isEmpty ? nil : LocalizedText(text(.english), nl: text(.dutch))
  }

  // MARK: Constraints

  private mutating func constraints(
    on field: Field, of record: RecordDefinition, _ expression: FormExpression
  ) -> (text: String?, message: LocalizedText?) {
    var parts: [String] = []
    var messages: [LocalizedText] = []
    func limits(_ language: Language) -> String {
      let words = FieldWords(field: field, model: model, language: language)
      return [words.limits, words.form].compactMap(\.self).joined(separator: "; ")
    }
    if field.severity == .error {
      if let range = field.range { parts += Self.bounds(range) }
      switch field.format {
      case .ukNationalInsuranceNumber?:
        parts.append("regex(., '^[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]$')")
        parts.append("not(regex(., '^(BG|GB|KN|NK|NT|TN|ZZ)'))")
      case .dutchCitizenServiceNumber?: parts.append("regex(., '^[0-9]{9}$')")
      case .email?: parts.append("regex(., '^[^@ ]+@[^@ ]+[.][^@ ]+$')")
      case nil: break
      }
    }
    if case .month = field.type { parts.append("regex(., '^[0-9]{4}-(0[1-9]|1[0-2])$')") }
    if let length = field.maximumLength { parts.append("string-length(.) <= \(length)") }
    if let items = field.minimumItems { parts.append("count-selected(.) >= \(items)") }
    if !parts.isEmpty {
      func sentence(_ language: Language) -> String {
        let words = FieldWords(field: field, model: model, language: language)
        return [words.type, limits(language)].filter { !$0.isEmpty }.joined(separator: "; ")
      }
      messages.append(LocalizedText(sentence(.english), nl: sentence(.dutch)))
    }
    for rule in model.rules where rule.record == record.id && rule.field == field.id {
      guard rule.severity >= .error, case .hold(let condition) = rule.requirement else {
        if rule.severity >= .error { note(rule) }
        continue
      }
      let whole = rule.filter.map { Condition.any([.not($0), condition]) } ?? condition
      guard let text = expression.textUnlessBlank(of: whole) else {
        note(rule)
        continue
      }
      parts.append("(\(text))")
      messages.append(rule.says)
    }
    guard !parts.isEmpty else { return (nil, nil) }
    return (
      parts.joined(separator: " and "),
      LocalizedText(
        messages.map(\.english).joined(separator: " "), nl: messages.map { $0[.dutch] }.joined(separator: " "))
    )
  }

  private static func bounds(_ range: ValueRange) -> [String] {
    func bound(_ value: Value?, _ sign: String, isEnd: Bool) -> String? {
      switch value {
      case .month(let month)?: return ". \(sign) date('\((isEnd ? month.lastDay : month.firstDay).iso)')"
      case let value?: return FormExpression.literal(value).map { ". \(sign) \($0)" }
      case nil: return nil
      }
    }
    return [bound(range.lower, ">=", isEnd: false), bound(range.upper, "<=", isEnd: true)].compactMap(\.self)
  }

  private mutating func note(_ field: Field, _ record: RecordDefinition, _ english: String, _ dutch: String) {
    notes.append(
      LocalizedText(
        "\(record.id).\(field.id): the form does not know \(english); the check of the return does.",
        nl: "\(record.id).\(field.id): het formulier weet niet \(dutch); de controle van de aanlevering wel."))
  }

  private mutating func note(_ rule: Rule) {
    notes.append(
      LocalizedText(
        "Rule \(rule.id) looks beyond one row, so the form does not check it; the check of the return does.",
        nl:
          "Regel \(rule.id) kijkt verder dan één rij; het formulier controleert haar niet, de controle van de aanlevering wel."
      ))
  }

  // MARK: Choices

  private mutating func addChoices(_ list: CodeList, isMany: Bool) {
    guard listed.insert(list.id).inserted else { return }
    for code in list.codes {
      // Several choices are stored with blanks between them, so none may hold one. The code itself stands beside it.
      let name = String(code.code.map { $0.isWhitespace ? "_" : $0 })
      choices.append(
        ([list.id, name] + Language.allCases.map { code.label[$0] } + [code.code]).map { .text($0) })
    }
    if isMany, list.codes.contains(where: { $0.code.contains(where: \.isWhitespace) }) {
      notes.append(
        LocalizedText(
          "Choices of \(list.id) have an underscore where the code has a blank; the column “code” of the sheet “choices” has the code.",
          nl:
            "Keuzes van \(list.id) hebben een liggend streepje waar de code een spatie heeft; de kolom “code” van het blad “choices” heeft de code."
        ))
    }
  }

  /// One line of the sheet `survey`.
  private struct Row {
    let type: String
    let name: String
    var label: LocalizedText?
    var hint: LocalizedText?
    var required: String?
    var relevant: String?
    var constraint: String?
    var message: LocalizedText?

    init(type: String, name: String) {
      self.type = type
      self.name = name
    }

    var cells: [RawCell] {
      func both(_ text: LocalizedText?) -> [String] { Language.allCases.map { text?[$0] ?? "" } }
      let texts =
        [type, name] + both(label) + both(hint) + [required ?? "", relevant ?? "", constraint ?? ""] + both(message)
      return texts.map { $0.isEmpty ? .empty : .text($0) }
    }
  }
}
