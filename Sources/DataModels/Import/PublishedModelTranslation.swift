import Primitives

/// The translation of one published model: its parts, the text under way and the notes so far.
///
/// The folder is checked for what our format cannot do without: one record of persons, a key of each record, and the
/// person's number in all of them.
struct PublishedModelTranslation {
  let model: PublishedModel
  /// The record that the others refer to.
  let person: PublishedRecord
  /// The person's number.
  let personKey: String
  /// Records in the order of the work, the person first.
  let records: [PublishedRecord]
  var text = ModelText()
  var notes: [ImportNote] = []

  init(_ model: PublishedModel) throws(ModelImportError) {
    self.model = model
    let problems = ProblemList()
    let persons = model.records.filter { record in record.fields.allSatisfy { $0.references.isEmpty } }
    guard persons.count == 1, let person = persons.first else {
      let names = persons.map { "“\($0.id)”" }.joined(separator: ", ")
      throw .refused([
        DefinitionProblem(
          file: "records", line: 1, column: 1,
          message: persons.isEmpty
            ? "every record refers to another, so none of them is the person"
            : "one record should be the person and the others refer to it; without foreign_keys are \(names)")
      ])
    }
    let keys = person.fields.filter(\.isKey)
    guard keys.count == 1, let key = keys.first else {
      throw .refused([
        DefinitionProblem(
          file: person.file, line: 1, column: 1,
          message: "the record “\(person.id)” needs one field with primary_key: the person's number")
      ])
    }
    self.person = person
    personKey = key.id
    for record in model.records where record.id != person.id {
      guard let field = record.fields.first(where: { $0.id == key.id }), field.isKey, field.type == key.type,
        field.references.contains(where: { $0.record == person.id && $0.field == key.id })
      else {
        problems.add(
          DefinitionProblem(
            file: record.file, line: 1, column: 1,
            message: "the record “\(record.id)” needs the field “\(key.id)” as primary_key with a foreign key to "
              + "“\(person.id).\(key.id)”"))
        continue
      }
    }
    let places = Self.workOrder(model.workflow)
    records =
      [person]
      + model.records.filter { $0.id != person.id }.sorted {
        (places.firstIndex(of: $0.id) ?? places.count, $0.id) < (places.firstIndex(of: $1.id) ?? places.count, $1.id)
      }
    guard problems.isEmpty else { throw .refused(problems.problems) }
  }

  /// Records in the order in which the work names them.
  private static func workOrder(_ stages: [PublishedStage]) -> [String] {
    stages.flatMap { $0.records + workOrder($0.stages) }
  }

  mutating func translate(id: String, version: String, title: String, folderName: String) -> ImportedModel {
    text.line(0, "meedoen: data-model/1")
    text.line(0, "id: \(ModelText.scalar(id))")
    text.line(0, "version: \(ModelText.quoted(version))")
    text.line(0, "title: \(ModelText.localized(LocalizedText(title)))")
    text.line(0, "source: \(ModelText.quoted("Imported from the published folder \(folderName)."))")
    text.line(0, "identifier-scope: provider")
    writeCodeLists()
    text.blank()
    text.line(0, "records:")
    for record in records { write(record) }
    writeRules()
    writeWorkflow()
    noteWhatIsGeneral()
    let order = Dictionary(uniqueKeysWithValues: ImportNoteCode.allCases.enumerated().map { ($1, $0) })
    return ImportedModel(
      yaml: text.text,
      report: notes.sorted {
        ($0.file, $0.line ?? 0, order[$0.code]!, $0.message.english)
          < ($1.file, $1.line ?? 0, order[$1.code]!, $1.message.english)
      })
  }

  mutating func note(
    _ code: ImportNoteCode, at place: DefinitionNode, record: String? = nil, field: String? = nil, _ english: String,
    nl dutch: String
  ) {
    notes.append(
      ImportNote(
        code: code, file: place.file, line: place.line, record: record, field: field,
        message: LocalizedText(english, nl: dutch)))
  }

  mutating func note(
    _ code: ImportNoteCode, file: String, record: String? = nil, _ english: String, nl dutch: String
  ) {
    notes.append(
      ImportNote(
        code: code, file: file, line: nil, record: record, field: nil, message: LocalizedText(english, nl: dutch)))
  }

  /// An id as words: `housing_entry` gives `Housing entry`.
  static func words(_ id: String) -> String {
    let words = String(id.map { $0 == "_" || $0 == "-" ? " " : $0 })
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
