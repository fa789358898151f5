import Primitives

extension PublishedModelTranslation {
  private static let types = [
    "string": "text", "integer": "integer", "date": "date", "year": "year", "monthyear": "month", "categorical": "code",
    "list": "list",
  ]
  private static let validators: Set<String> = [
    "required", "notnull", "notblank", "unique", "dimension", "date_after", "national_insurance_number",
    "character_limit", "count_min", "conditional",
  ]

  /// The type of a field in our format: that of its name, and text where a code has no list to come from.
  func type(of field: PublishedField) -> String {
    let type = Self.types[field.type] ?? "text"
    return type == "code" && codeList(of: field) == nil ? "text" : type
  }

  /// The code list of a field; nil when it names none, or one that is not in the folder.
  func codeList(of field: PublishedField) -> PublishedCategory? {
    guard field.type == "categorical" || field.type == "list",
      let name = try? field.validator("dimension")?.setting.text()
    else { return nil }
    return model.categories.first { $0.id == name }
  }

  func key(of record: PublishedRecord) -> [String] { record.fields.filter(\.isKey).map(\.id) }

  func privacy(of field: PublishedField) -> PrivacyClass {
    PrivacyAssignment.privacy(
      of: field.id, isPersonNumber: field.id == personKey, isNationalNumber: field.isOn("national_insurance_number"),
      isText: type(of: field) == "text")
  }

  // MARK: Records

  mutating func write(_ record: PublishedRecord) {
    let key = key(of: record)
    text.line(1, "\(record.id):")
    if record.id == person.id {
      text.line(2, "is: person")
    } else if let day = dayField(of: record) {
      text.line(2, "is: event")
      text.line(2, "of: \(person.id)")
      text.line(2, "at: \(day.id)")
      note(
        .natureChosen, at: day.place, record: record.id, field: day.id,
        "“\(record.id)” is read as an event on the day “\(day.id)”; the folder does not say what a record is in time.",
        nl:
          "“\(record.id)” wordt gelezen als een gebeurtenis op de dag “\(day.id)”; de map zegt niet wat een record in de tijd is."
      )
    } else {
      text.line(2, "is: measurement")
      text.line(2, "of: \(person.id)")
      note(
        .natureChosen, file: record.file, record: record.id,
        "“\(record.id)” has no day of its own and is read as a measurement without a date.",
        nl: "“\(record.id)” heeft geen eigen dag en wordt gelezen als een meting zonder datum.")
    }
    text.line(2, "title: \(ModelText.localized(LocalizedText(Self.words(record.id))))")
    if let help = record.help { text.line(2, "help: \(ModelText.localized(LocalizedText(help)))") }
    text.line(2, "key: [\(key.joined(separator: ", "))]")
    text.line(2, "purpose: follow-up")
    text.line(2, "fields:")
    for field in record.fields { write(field, of: record, key: key) }
    if !record.fields.contains(where: { $0.isKey && $0.isOn("unique") }) {
      let place = record.fields.first { $0.id == personKey }!.place
      note(
        .keyReadAsKey, at: place, record: record.id, field: personKey,
        "The key of “\(record.id)” is not said to be unique; it is checked as unique, because equal rows cannot be told apart.",
        nl:
          "Van de sleutel van “\(record.id)” staat er niet dat hij uniek is; hij wordt als uniek gecontroleerd, omdat gelijke rijen niet te onderscheiden zijn."
      )
    }
  }

  /// The day on which a record happened: its first required date.
  private func dayField(of record: PublishedRecord) -> PublishedField? {
    record.fields.first { $0.type == "date" && $0.isOn("required") && !$0.isKey }
  }

  // MARK: Fields

  private mutating func write(_ field: PublishedField, of record: PublishedRecord, key: [String]) {
    let type = type(of: field)
    let privacy = privacy(of: field)
    text.line(3, "\(field.id):")
    text.line(4, "type: \(type)")
    if let list = codeList(of: field) { text.line(4, "list: \(list.id)") }
    if privacy != .plain { text.line(4, "privacy: \(privacy.rawValue)") }
    if privacy == .direct { text.line(4, "purpose: linkage") }
    noteType(field, record)
    for validator in field.validators where !Self.validators.contains(validator.name) {
      note(
        .validatorUnknown, at: validator.place, record: record.id, field: field.id,
        "The validator “\(validator.name)” is not known and is not enforced.",
        nl: "De controle “\(validator.name)” is niet bekend en wordt niet uitgevoerd.")
    }
    writeRequirement(field, record)
    writeUniqueness(field, record, key: key)
    writeFormat(field, record, type: type)
    writeLimits(field, record, type: type)
    writeStatus(field, record)
    text.line(4, "label: \(ModelText.localized(LocalizedText(field.name ?? Self.words(field.id))))")
    if let help = field.help {
      text.line(4, "help: \(ModelText.localized(LocalizedText(help)))")
      if Self.isCutOff(help) { noteCutOff(field.helpPlace ?? field.place, record.id, field.id, name: field.id) }
    }
    noteReferences(field, record)
  }

  private mutating func noteType(_ field: PublishedField, _ record: PublishedRecord) {
    if Self.types[field.type] == nil {
      note(
        .typeRead, at: field.place, record: record.id, field: field.id,
        "The type “\(field.type)” is not known and is read as text.",
        nl: "Het type “\(field.type)” is niet bekend en wordt als tekst gelezen.")
    }
    let dimension = field.validator("dimension")
    guard field.type == "categorical" || field.type == "list" else {
      if let dimension { noteMisplaced("dimension", at: dimension.place, field, record) }
      return
    }
    let named = try? dimension?.setting.text()
    if codeList(of: field) == nil, field.type == "categorical" || dimension != nil {
      note(
        .codeListMissing, at: dimension?.place ?? field.place, record: record.id, field: field.id,
        named.map { "The code list “\($0)” is not in the folder, so the codes of “\(field.id)” are not checked." }
          ?? "“\(field.id)” has codes but names no code list, so its codes are not checked.",
        nl: named.map {
          "De codelijst “\($0)” staat niet in de map, dus de codes van “\(field.id)” worden niet gecontroleerd."
        }
          ?? "“\(field.id)” heeft codes maar noemt geen codelijst, dus de codes worden niet gecontroleerd.")
    }
  }

  private mutating func writeUniqueness(_ field: PublishedField, _ record: PublishedRecord, key: [String]) {
    guard field.isOn("unique"), let place = field.validator("unique")?.place else { return }
    guard field.isKey else { return text.line(4, "unique: provider") }
    guard key.count > 1 else { return }
    note(
      .keyPartUnique, at: place, record: record.id, field: field.id,
      "“\(field.id)” is said to be unique but is only a part of the key; read as: \(key.joined(separator: " and ")) together are unique.",
      nl:
        "“\(field.id)” zou uniek zijn maar is slechts een deel van de sleutel; gelezen als: \(key.joined(separator: " en ")) zijn samen uniek."
    )
  }

  private mutating func writeFormat(_ field: PublishedField, _ record: PublishedRecord, type: String) {
    guard field.isOn("national_insurance_number"), let place = field.validator("national_insurance_number")?.place
    else {
      return
    }
    guard type == "text" else { return noteMisplaced("national_insurance_number", at: place, field, record) }
    text.line(4, "format: uk-nino")
    note(
      .formatRead, at: place, record: record.id, field: field.id,
      "The National Insurance number is checked by the rule that the DWP publishes, with its excluded prefixes; a blank passes unless the field is required.",
      nl:
        "Het National Insurance-nummer wordt gecontroleerd met de regel die de DWP publiceert, met de uitgesloten voorvoegsels; leeg mag, tenzij het veld verplicht is."
    )
  }

  private mutating func writeLimits(_ field: PublishedField, _ record: PublishedRecord, type: String) {
    if let limit = field.validator("character_limit") {
      if type == "text", let count = try? limit.setting.integer(), count > 0 {
        text.line(4, "max-length: \(count)")
      } else {
        noteMisplaced("character_limit", at: limit.place, field, record)
      }
    }
    if let minimum = field.validator("count_min") {
      if type == "list", let count = try? minimum.setting.integer(), count > 0 {
        text.line(4, "min-items: \(count)")
        note(
          .itemsCountedOnce, at: minimum.place, record: record.id, field: field.id,
          "At least \(count) items are asked for; an item that is named twice counts once.",
          nl: "Er worden ten minste \(count) onderdelen gevraagd; een onderdeel dat tweemaal is genoemd, telt eenmaal.")
      } else {
        noteMisplaced("count_min", at: minimum.place, field, record)
      }
    }
  }

  private mutating func writeStatus(_ field: PublishedField, _ record: PublishedRecord) {
    switch field.status?.lowercased() {
    case "decided": break
    case "blocked": text.line(4, "status: blocked")
    case let other:
      note(
        .statusRead, at: field.place, record: record.id, field: field.id,
        other == nil
          ? "“\(field.id)” has no status and is read as decided."
          : "The status “\(field.status!)” of “\(field.id)” is read as decided.",
        nl: other == nil
          ? "“\(field.id)” heeft geen status en wordt gelezen als besloten."
          : "De status “\(field.status!)” van “\(field.id)” wordt gelezen als besloten.")
    }
  }

  private mutating func noteReferences(_ field: PublishedField, _ record: PublishedRecord) {
    for reference in field.references
    where field.id != personKey || reference.record != person.id || reference.field != personKey {
      note(
        .referenceLost, at: reference.place, record: record.id, field: field.id,
        "The reference to “\(reference.record).\(reference.field)” is not enforced; a record refers to its person only.",
        nl:
          "De verwijzing naar “\(reference.record).\(reference.field)” wordt niet gecontroleerd; een record verwijst alleen naar zijn persoon."
      )
    }
  }

  mutating func noteMisplaced(
    _ validator: String, at place: DefinitionNode, _ field: PublishedField, _ record: PublishedRecord
  ) {
    note(
      .validatorMisplaced, at: place, record: record.id, field: field.id,
      "The validator “\(validator)” with this setting does not fit the type “\(field.type)” and is not enforced.",
      nl:
        "De controle “\(validator)” met deze instelling past niet bij het type “\(field.type)” en wordt niet uitgevoerd."
    )
  }
}
