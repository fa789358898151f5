import DataModels
import Primitives
import TableFiles

extension Reviewer {
  /// Texts and columns that hold what points to a person and has no place there.
  mutating func checkPersonalData(_ people: ReturnPeople) {
    for b in batches.indices {
      for f in freeTextFields(ofRecord: batches[b].record) where batches[b].positions[f] != nil {
        checkTexts(b, f)
      }
    }
    checkOwnNames(people)
    for (index, sheet) in sheets.enumerated() where !sheet.isEmpty { checkUnknownColumns(of: sheet, index) }
  }

  /// The places of fields in which anything can be written: kept as it is, and read by others.
  private func freeTextFields(ofRecord record: Int) -> [Int] {
    let record = model.records[record]
    return record.fields.indices.filter { Self.isFreeText(record.fields[$0]) }
  }

  static func isFreeText(_ field: Field) -> Bool {
    guard !field.privacy.isIdentifying, field.format == nil else { return false }
    return field.type == .text || field.type == .list(list: nil)
  }

  private mutating func checkTexts(_ batch: Int, _ field: Int) {
    var found: [(row: Int, kind: PersonalData)] = []
    // Cells that are nothing but nine digits: one number in eleven passes the test of a citizen service number.
    var bare: [Int] = []
    var passing = 0
    // Texts recur, and looking into one takes longer than finding it again.
    var looked: [String: PersonalData?] = [:]
    func look(_ text: String) -> PersonalData? {
      if let known = looked[text] { return known }
      let kind = PersonalData.found(in: text)
      if looked.count < 4096 { looked[text] = .some(kind) }
      return kind
    }
    for row in 0..<batches[batch].rowCount where !batches[batch].isRepeated[row] {
      let kind: PersonalData?
      switch batches[batch].value(row, field) {
      case .text(let text):
        kind = look(text)
        if text.utf8.count == 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
          bare.append(row)
          if kind == .citizenServiceNumber { passing += 1 }
        }
      case .list(let items): kind = items.lazy.compactMap { PersonalData.found(in: $0) }.first
      default: kind = nil
      }
      if let kind { found.append((row, kind)) }
    }
    if bare.count >= 20, 2 * passing < bare.count {
      let chance = Set(bare)
      found.removeAll { chance.contains($0.row) && $0.kind == .citizenServiceNumber }
    }
    for (row, kind) in found { addPersonalData(kind, batch, row, field) }
  }

  /// A person's own name, or another value that points to them, in one of their texts.
  private mutating func checkOwnNames(_ people: ReturnPeople) {
    let person = model.index(ofRecord: model.person.id)!
    let direct = model.person.fields.indices.filter {
      model.person.fields[$0].privacy == .direct && model.person.fields[$0].type == .text
    }
    let sent = Set(batches.map(\.record))
    let texts = sent.sorted().map { (record: $0, fields: freeTextFields(ofRecord: $0)) }.filter { !$0.fields.isEmpty }
    guard !direct.isEmpty, !texts.isEmpty, sent.contains(person) else { return }
    for place in people.numbers.indices {
      // What the register knows holds pseudonyms here, so only what was sent can be compared.
      let own = people.person(place, withKnown: false)
      var values: [String] = []
      for handle in own.rows(ofRecord: person) {
        for field in direct {
          if case .text(let name) = own.value(record: person, row: handle, field: field) { values.append(name) }
        }
      }
      let names = NameScan(values)
      if names.isEmpty { continue }
      for (r, fields) in texts {
        for handle in own.rows(ofRecord: r) {
          let source = people.sources[r][handle]
          for f in fields where batches[Int(source.batch)].positions[f] != nil {
            guard case .text(let text) = own.value(record: r, row: handle, field: f), names.stands(in: text),
              PersonalData.found(in: text) == nil
            else { continue }
            addPersonalData(.name, Int(source.batch), Int(source.row), f)
          }
        }
      }
    }
  }

  private mutating func addPersonalData(_ kind: PersonalData, _ batch: Int, _ row: Int, _ field: Int) {
    let record = model.records[batches[batch].record]
    let label = record.fields[field].label
    var found = finding(
      .personalDataInText, .confirm, batch, row, field, rule: "\(record.id).\(record.fields[field].id).personal-data",
      LocalizedText(
        "“\(label.english)” seems to hold \(kind.inWords.english).",
        nl: "“\(label[.dutch])” lijkt \(kind.inWords[.dutch]) te bevatten."),
      FindingCode.personalDataInText.explanation.text)
    found.value = nil
    findings.append(found)
  }

  // MARK: Columns outside the model

  private mutating func checkUnknownColumns(of sheet: RawSheet, _ index: Int) {
    let reader = LayoutReader(model: model)
    for (position, header) in sheet.headers.enumerated() where !readColumns[index].contains(position) {
      if reader.isField(header.name) { continue }
      var filled = 0
      var matching = 0
      var kind: PersonalData?
      for row in sheet.rows where !row.cells[position].isBlank {
        filled += 1
        if case .date = row.cells[position] { continue }
        if let found = PersonalData.found(in: row.cells[position].text) {
          matching += 1
          kind = kind ?? found
        }
      }
      guard filled > 0 else { continue }
      let place = BatchReader(model: model, sheets: sheets).place(sheet, nil, position)
      let named = PersonalColumn(header: comparable(header.name))
      // A few numbers among many cells pass a test by chance; a column of them does not.
      if named == .identifying || (kind != nil && 2 * matching >= min(filled, 40)) {
        addColumn(.personalDataColumn, place, kind, count: named == .identifying ? filled : matching)
      } else if named == .specialCategory {
        addColumn(.specialCategoryColumn, place, nil, count: filled)
      }
    }
  }

  private mutating func addColumn(_ code: FindingCode, _ place: FindingPlace, _ kind: PersonalData?, count: Int) {
    let message: LocalizedText
    if code == .specialCategoryColumn {
      message = LocalizedText(
        "This column is not in the model and, by its name, holds a special category of personal data.",
        nl: "Deze kolom staat niet in het model en bevat volgens de naam bijzondere persoonsgegevens.")
    } else if let kind {
      message = LocalizedText(
        "This column is not in the model and seems to hold personal data, such as \(kind.inWords.english).",
        nl: "Deze kolom staat niet in het model en lijkt persoonsgegevens te bevatten, zoals \(kind.inWords[.dutch]).")
    } else {
      message = LocalizedText(
        "This column is not in the model and, by its name, holds personal data.",
        nl: "Deze kolom staat niet in het model en bevat volgens de naam persoonsgegevens.")
    }
    findings.append(
      Finding(
        code: code, severity: .confirm, place: place, message: message, fix: code.explanation.text, count: count))
  }
}
