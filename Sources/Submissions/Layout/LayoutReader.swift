import DataModels
import Primitives
import TableFiles

/// Decides how a sheet is read, by exact comparison of its headers with the model's field names.
///
/// A header is never matched by its beginning: `hours_of_employment_entry` is that field and not
/// `hours_of_employment` with something after it. Something after a field name and an underscore is a suffix only when
/// no field has the whole name, and when its columns together make a full instance of the record.
struct LayoutReader {
  let model: DataModel
  /// Field name → the records and places it can stand for.
  private var owners: [String: [(record: Int, field: Int)]] = [:]
  private let personName: String
  /// The month that a return is about, for fields that are not asked strictly yet.
  private let period: CalendarMonth?

  init(model: DataModel, period: CalendarMonth? = nil) {
    self.model = model
    self.period = period
    personName = comparable(model.personField)
    for (r, record) in model.records.enumerated() {
      for (f, field) in record.fields.enumerated() {
        owners[comparable(field.id), default: []].append((r, f))
        owners[comparable(record.id) + "." + comparable(field.id), default: []].append((r, f))
      }
    }
  }

  func layout(of sheet: RawSheet) -> (SheetLayout, [Finding]) {
    var findings: [Finding] = []
    var names: [String?] = sheet.headers.map {
      let name = comparable($0.name)
      return name.isEmpty ? nil : name
    }
    for (position, header) in sheet.headers.enumerated() where names[position] == nil && header.name.isInvisibleOnly {
      findings.append(
        finding(
          .blankHeader, .confirm, sheet, position,
          LocalizedText(
            "This column has data but no name that can be seen.",
            nl: "Deze kolom heeft gegevens maar geen zichtbare naam."),
          FindingCode.blankHeader.explanation.text))
    }
    let isPersonRepeated = names.count { $0 == personName } > 1
    for (_, positions) in Dictionary(grouping: names.indices.filter { names[$0] != nil }, by: { names[$0]! })
      .sorted(by: { $0.value[0] < $1.value[0] }) where positions.count > 1
    {
      for position in positions { names[position] = nil }
      findings.append(
        finding(
          .duplicateColumn, .setup, sheet, positions[1],
          LocalizedText(
            "The column “\(shown(sheet, positions[0]))” stands \(positions.count) times in this sheet.",
            nl: "De kolom “\(shown(sheet, positions[0]))” staat \(positions.count) keer in dit blad."),
          LocalizedText("Keep one of them.", nl: "Bewaar er één.")))
    }
    let known = Set(names.indices.filter { names[$0].flatMap { owners[$0] } != nil })
    // That the person's column stands twice was said; a second finding would say that it is not there.
    if isPersonRepeated { return (SheetLayout(kind: .notRecognised, groups: []), findings) }
    guard let person = names.firstIndex(of: personName), !sheet.isEmpty else {
      let near = nearPersonHeader(sheet)?.name.shown()
      findings.append(
        Finding(
          code: .sheetNotRecognised, severity: .setup, place: FindingPlace(file: sheet.file, sheet: sheet.sheet),
          message: LocalizedText(
            "There is no column “\(model.personField)”, so it is not clear whom the rows are about.",
            nl: "Er is geen kolom “\(model.personField)”, dus is niet duidelijk over wie de rijen gaan."),
          fix: near.map {
            LocalizedText(
              "Did you mean the column “\($0)”? Rename it to “\(model.personField)”.",
              nl: "Bedoelt u de kolom “\($0)”? Noem die “\(model.personField)”.")
          }
            ?? LocalizedText(
              "Put the column names of the model in the first row.",
              nl: "Zet de kolomnamen van het model in de eerste rij."), quotesHeader: near != nil))
      return (SheetLayout(kind: .notRecognised, groups: []), findings)
    }
    var discarded: [Finding] = []
    let hasInstances = wideGroups(sheet, names, person, &discarded).contains { !$0.suffix.isEmpty }
    if !hasInstances, let record = singleRecord(sheet, names, known, &findings) {
      let fields = model.records[record].fields
      var group = SheetLayout.Group(record: record, suffix: "", positions: Array(repeating: nil, count: fields.count))
      for (position, name) in names.enumerated() {
        guard let name else { continue }
        if let owner = owners[name]?.first(where: { $0.record == record }) {
          group.positions[owner.field] = position
        } else {
          findings.append(unknownColumn(sheet, position, among: fields.map(\.id)))
        }
      }
      findings += missingColumns(of: group, in: sheet)
      return (SheetLayout(kind: .oneRecord, groups: [group]), findings)
    }
    if findings.contains(where: { $0.code == .ambiguousSheet }) {
      return (SheetLayout(kind: .notRecognised, groups: []), findings)
    }
    let groups = wideGroups(sheet, names, person, &findings)
    for group in groups { findings += missingColumns(of: group, in: sheet) }
    if groups.isEmpty {
      findings.append(
        Finding(
          code: .sheetNotRecognised, severity: .setup, place: FindingPlace(file: sheet.file, sheet: sheet.sheet),
          message: LocalizedText(
            "No column of this sheet belongs to a record of the model “\(model.id)”.",
            nl: "Geen kolom van dit blad hoort bij een record van het model “\(model.id)”."),
          fix: LocalizedText(
            "Put the column names of the model in the first row.",
            nl: "Zet de kolomnamen van het model in de eerste rij.")))
    }
    return (SheetLayout(kind: groups.isEmpty ? .notRecognised : .wide, groups: groups), findings)
  }

  // MARK: One record

  /// The record that all known columns belong to, or that the sheet or file is named after.
  private func singleRecord(
    _ sheet: RawSheet, _ names: [String?], _ known: Set<Int>, _ findings: inout [Finding]
  ) -> Int? {
    var fitting: [Int] = []
    for (r, record) in model.records.enumerated() {
      let own = known.filter { position in owners[names[position]!]!.contains { $0.record == r } }
      if own == known, known.count > 1 || record.fields.count == 1,
        record.keyIndices.allSatisfy({ key in known.contains { owners[names[$0]!]!.contains { $0 == (r, key) } } })
      {
        fitting.append(r)
      }
    }
    let named = recordNamed(by: sheet)
    if let named, fitting.contains(named) { return named }
    // Columns beyond one record's: a wide sheet, unless the name says otherwise and most columns agree.
    guard !fitting.isEmpty else {
      guard let named else { return nil }
      let own = known.filter { position in owners[names[position]!]!.contains { $0.record == named } }
      let exclusive = known.subtracting(own)
      return own.count > 1 && exclusive.isEmpty ? named : nil
    }
    if fitting.count == 1 { return fitting[0] }
    // The record with the fewest fields left over is meant, when it is the only one.
    let unused = fitting.map { (record: $0, left: model.records[$0].fields.count - known.count) }
    let fewest = unused.map(\.left).min()!
    let best = unused.filter { $0.left == fewest }
    if best.count == 1 { return best[0].record }
    findings.append(
      Finding(
        code: .ambiguousSheet, severity: .setup, place: FindingPlace(file: sheet.file, sheet: sheet.sheet),
        message: LocalizedText(
          "The columns fit more than one record: \(best.map { model.records[$0.record].id }.joined(separator: ", ")).",
          nl:
            "De kolommen passen bij meer dan één record: \(best.map { model.records[$0.record].id }.joined(separator: ", "))."
        ),
        fix: LocalizedText(
          "Name the sheet or file after the record.", nl: "Geef het blad of bestand de naam van het record.")))
    return nil
  }

  private func recordNamed(by sheet: RawSheet) -> Int? {
    var name = sheet.sheet ?? sheet.file
    if sheet.sheet == nil, let point = name.lastIndex(of: ".") { name = String(name[..<point]) }
    let comparableName = comparable(name)
    let matches = model.records.indices.filter { r in
      let id = comparable(model.records[r].id)
      return comparableName == id || comparableName.hasSuffix("_" + id) || comparableName.hasPrefix(id + "_")
    }
    // The longest name is the closest: `sample_record_employment_entry` is not `entry`.
    return matches.max { model.records[$0].id.count < model.records[$1].id.count }
  }

  // MARK: Wide

  private func wideGroups(
    _ sheet: RawSheet, _ names: [String?], _ person: Int, _ findings: inout [Finding]
  ) -> [SheetLayout.Group] {
    var exact: [Int: SheetLayout.Group] = [:]
    var suffixed: [String: SheetLayout.Group] = [:]
    var order: [String] = []
    var unresolved: [Int] = []
    func empty(_ record: Int, _ suffix: String) -> SheetLayout.Group {
      var group = SheetLayout.Group(
        record: record, suffix: suffix, positions: Array(repeating: nil, count: model.records[record].fields.count))
      group.positions[model.records[record].index(of: model.personField)!] = person
      return group
    }
    for (position, name) in names.enumerated() where position != person {
      guard let name else { continue }
      if let candidates = owners[name] {
        let candidates = candidates.filter { model.records[$0.record].fields[$0.field].id != model.personField }
        if candidates.count == 1 {
          exact[candidates[0].record, default: empty(candidates[0].record, "")].positions[candidates[0].field] =
            position
        } else if candidates.count > 1 {
          let records = candidates.map { model.records[$0.record].id }
          findings.append(
            finding(
              .ambiguousColumn, .setup, sheet, position,
              LocalizedText(
                "The column “\(shown(sheet, position))” could belong to \(Language.english.list(records)).",
                nl: "De kolom “\(shown(sheet, position))” kan horen bij \(Language.dutch.list(records))."),
              LocalizedText(
                "Write the record before it: “\(records[0]).\(shown(sheet, position))”.",
                nl: "Zet het record ervoor: “\(records[0]).\(shown(sheet, position))”.")))
        }
        continue
      }
      guard let (record, field, suffix) = suffixedField(name) else {
        unresolved.append(position)
        continue
      }
      let id = "\(record)\u{1}\(suffix)"
      if suffixed[id] == nil { order.append(id) }
      suffixed[id, default: empty(record, suffix)].positions[field] = position
    }
    var groups = exact.values.sorted { $0.record < $1.record }
    for id in order {
      let group = suffixed[id]!
      if isFull(group) {
        groups.append(group)
      } else {
        unresolved += group.positions.compactMap { $0 }.filter { $0 != person }
      }
    }
    let all = model.records.flatMap { $0.fields.map(\.id) }
    for position in unresolved.sorted() { findings.append(unknownColumn(sheet, position, among: all)) }
    return groups
  }

  /// The longest field name that, with an underscore and something after it, makes the header.
  private func suffixedField(_ name: String) -> (record: Int, field: Int, suffix: String)? {
    var best: (record: Int, field: Int, suffix: String, length: Int)?
    for (candidate, places) in owners where name.hasPrefix(candidate + "_") && name.count > candidate.count + 1 {
      guard places.count == 1, candidate.count > best?.length ?? 0 else { continue }
      best = (places[0].record, places[0].field, String(name.dropFirst(candidate.count)), candidate.count)
    }
    return best.map { ($0.record, $0.field, $0.suffix) }
  }

  /// Whether a group with a suffix holds everything that a row of its record needs, so that it is no accident.
  private func isFull(_ group: SheetLayout.Group) -> Bool {
    let fields = model.records[group.record].fields
    return fields.indices.allSatisfy { !fields[$0].isRequired(in: period) || group.positions[$0] != nil }
  }

  // MARK: Findings

  private func missingColumns(of group: SheetLayout.Group, in sheet: RawSheet) -> [Finding] {
    let record = model.records[group.record]
    return record.fields.indices.compactMap { f in
      let field = record.fields[f]
      guard field.isRequired, group.positions[f] == nil else { return nil }
      let used = Set(group.positions.compactMap { $0 })
      let candidates = sheet.headers.indices.filter { !used.contains($0) }.map { sheet.headers[$0].name }
      let near = nearMiss(field.id + group.suffix, among: candidates)?.shown()
      let name = field.id + group.suffix.shown()
      let isStrict = field.isRequired(in: period)
      return Finding(
        code: .missingColumn, severity: isStrict ? .setup : field.grace?.severity ?? .notice,
        place: FindingPlace(file: sheet.file, sheet: sheet.sheet, row: sheet.headerRow),
        record: record.id, field: field.id, rule: "\(record.id).\(field.id).required",
        message: isStrict
          ? LocalizedText(
            "The required column “\(name)” of “\(record.id)” is missing; its rows cannot be taken in.",
            nl: "De verplichte kolom “\(name)” van “\(record.id)” ontbreekt; de rijen kunnen niet worden opgenomen.")
          : LocalizedText(
            "The column “\(name)” of “\(record.id)” is missing; after \(field.grace?.until.iso ?? "") rows without it are held.",
            nl:
              "De kolom “\(name)” van “\(record.id)” ontbreekt; na \(field.grace?.until.iso ?? "") wachten rijen zonder."
          ),
        fix: near.map {
          LocalizedText(
            "Rename “\($0)” to “\(name)”.", nl: "Noem “\($0)” voortaan “\(name)”."
          )
        } ?? LocalizedText("Add the column.", nl: "Voeg de kolom toe."),
        quotesHeader: near != nil || !group.suffix.isEmpty)
    }
  }

  private func unknownColumn(_ sheet: RawSheet, _ position: Int, among fields: [String]) -> Finding {
    let near = nearMiss(sheet.headers[position].name, among: fields)
    let name = shown(sheet, position)
    return finding(
      .unknownColumn, .confirm, sheet, position,
      LocalizedText(
        "The column “\(name)” is not in the model, so it is not read.",
        nl: "De kolom “\(name)” staat niet in het model en wordt niet gelezen."),
      near.map {
        LocalizedText("Did you mean “\($0)”? Then rename the column.", nl: "Bedoelt u “\($0)”? Noem de kolom dan zo.")
      }
        ?? LocalizedText(
          "Take the column out, or confirm that it need not be read.",
          nl: "Haal de kolom weg of bevestig dat die niet gelezen hoeft te worden."))
  }

  private func finding(
    _ code: FindingCode, _ severity: Severity, _ sheet: RawSheet, _ position: Int, _ message: LocalizedText,
    _ fix: LocalizedText
  ) -> Finding {
    Finding(
      code: code, severity: severity,
      place: FindingPlace(
        file: sheet.file, sheet: sheet.sheet, row: sheet.headerRow,
        column: CellAddress.columnLetters(sheet.headers[position].column), header: shown(sheet, position)),
      message: message, fix: fix, quotesHeader: true)
  }

  private func shown(_ sheet: RawSheet, _ position: Int) -> String { sheet.headers[position].name.shown() }

  /// A header that is nearly the name of the person's column.
  private func nearPersonHeader(_ sheet: RawSheet) -> RawHeader? {
    sheet.headers.first { nearMiss($0.name, among: [model.personField]) != nil }
  }

  /// Whether a header is the name of a field.
  func isField(_ header: String) -> Bool { owners[comparable(header)] != nil }

  /// Whether nothing in a sheet's headers is, or nearly is the person's column, or is any other column of the model.
  func isForeign(_ sheet: RawSheet) -> Bool {
    nearPersonHeader(sheet) == nil && sheet.headers.allSatisfy { owners[comparable($0.name)] == nil }
  }
}

extension String {
  /// Whether there is a name, of characters that nobody can see.
  fileprivate var isInvisibleOnly: Bool {
    hasInvisibleCharacters && withoutInvisibleCharacters.trimmingWhitespace.isEmpty
  }
}
