import DataModels
import Primitives
import TableFiles

extension Reviewer {
  private struct RowAddress {
    let batch: Int
    let row: Int
  }

  /// The same key twice: the same row again is left out and said, different rows are both held. Then values that must
  /// be unique.
  mutating func checkKeys() {
    for (r, record) in model.records.enumerated() {
      let own = batches.indices.filter { batches[$0].record == r }
      if own.isEmpty { continue }
      var first: [[Value]: RowAddress] = [:]
      var conflicts: [[Value]: [RowAddress]] = [:]
      for b in own {
        for row in 0..<batches[b].rowCount {
          let key = record.keyIndices.map { batches[b].value(row, $0) }
          if key.contains(where: \.isMissing) { continue }
          guard let other = first[key] else {
            first[key] = RowAddress(batch: b, row: row)
            continue
          }
          switch agreement(other, RowAddress(batch: b, row: row)) {
          case .same: batches[b].isRepeated[row] = true
          case .compatible: break
          case .different: conflicts[key, default: [other]].append(RowAddress(batch: b, row: row))
          }
        }
      }
      for rows in conflicts.values {
        // One text for all of them: made for each row it would grow with the square of their number.
        let message = conflictMessage(rows)
        for address in rows {
          add(
            .duplicateKey, .error, address.batch, address.row, record.keyIndices.last, rule: "\(record.id).key",
            message, FindingCode.duplicateKey.explanation.text)
        }
      }
      for f in record.fields.indices where record.fields[f].unique != nil { checkUnique(own, record, f) }
    }
    sayWhatIsRepeated()
  }

  /// One notice for each sheet about its rows that hold nothing but what other rows say too.
  private mutating func sayWhatIsRepeated() {
    for s in sheets.indices {
      let own = batches.indices.filter { batches[$0].sheet == s }
      guard let first = own.first(where: { batches[$0].isRepeated.contains(true) }) else { continue }
      var repeated: Set<Int32> = []
      var kept: Set<Int32> = []
      for b in own {
        for row in 0..<batches[b].rowCount {
          if batches[b].isRepeated[row] {
            repeated.insert(batches[b].sheetRows[row])
          } else {
            kept.insert(batches[b].sheetRows[row])
          }
        }
      }
      repeated.subtract(kept)
      guard let row = repeated.min() else { continue }
      let count = repeated.count
      findings.append(
        Finding(
          code: .duplicateKey, severity: .notice,
          place: FindingPlace(file: sheets[s].file, sheet: sheets[s].sheet, row: sheets[s].rows[Int(row)].number),
          record: model.records[batches[first].record].id, rule: "\(model.records[batches[first].record].id).key",
          message: LocalizedText(
            count == 1
              ? "This row says the same as another one and is counted once."
              : "\(count) rows say the same as others and are counted once; this is the first.",
            nl: count == 1
              ? "Deze rij zegt hetzelfde als een andere en telt één keer."
              : "\(count) rijen zeggen hetzelfde als andere en tellen één keer; dit is de eerste."),
          fix: LocalizedText("Nothing needs to be done.", nl: "U hoeft niets te doen."), count: count))
    }
  }

  /// Names at most five of the rows, with their files where they stand in several.
  private func conflictMessage(_ rows: [RowAddress]) -> LocalizedText {
    var places: [(sheet: Int, row: Int)] = rows.map {
      let batch = batches[$0.batch]
      return (batch.sheet, sheets[batch.sheet].rows[Int(batch.sheetRows[$0.row])].number)
    }
    places.sort { $0 < $1 }
    // A row of a wide sheet can hold several rows of one record.
    places = places.indices.filter { $0 == 0 || places[$0] != places[$0 - 1] }.map { places[$0] }
    let isOneSheet = places.allSatisfy { $0.sheet == places[0].sheet }
    func phrase(_ language: Language) -> String {
      let isDutch = language == .dutch
      var names = places.prefix(5).map { place in
        if isOneSheet { return String(place.row) }
        let sheet = sheets[place.sheet]
        let name = (sheet.sheet.map { "\(sheet.file) › \($0)" } ?? sheet.file).shown()
        return (isDutch ? "rij \(place.row) van “" : "row \(place.row) of “") + name + "”"
      }
      let rest = places.count - names.count
      if rest > 0 {
        names.append(language.number(rest) + (isDutch ? " andere" : rest == 1 ? " other" : " others"))
      }
      let list = language.list(names)
      return isOneSheet ? (isDutch ? "Rijen " : "Rows ") + list : list.prefix(1).uppercased() + list.dropFirst()
    }
    if places.count == 1 {
      return LocalizedText(
        "Row \(places[0].row) says different things under one key.",
        nl: "Rij \(places[0].row) zegt verschillende dingen onder één sleutel.")
    }
    return LocalizedText(
      "\(phrase(.english)) have the same key and say different things.",
      nl: "\(phrase(.dutch)) hebben dezelfde sleutel en zeggen iets anders.")
  }

  private enum Agreement { case same, compatible, different }

  /// Whether two rows with one key say the same, complement each other, or contradict.
  private func agreement(_ a: RowAddress, _ b: RowAddress) -> Agreement {
    let (first, second) = (batches[a.batch], batches[b.batch])
    var sameFields = true
    for f in 0..<first.fieldCount {
      let (inFirst, inSecond) = (first.positions[f] != nil, second.positions[f] != nil)
      if inFirst != inSecond {
        sameFields = false
      } else if inFirst, first.value(a.row, f) != second.value(b.row, f) {
        return .different
      }
      if first.unreadable.contains(a.row * first.fieldCount + f) { return .different }
      if second.unreadable.contains(b.row * second.fieldCount + f) { return .different }
    }
    return sameFields ? .same : .compatible
  }

  private mutating func checkUnique(_ own: [Int], _ record: RecordDefinition, _ f: Int) {
    var seen: [Value: [RowAddress]] = [:]
    for b in own where batches[b].positions[f] != nil {
      for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
        let value = batches[b].value(row, f)
        if !value.isMissing { seen[value, default: []].append(RowAddress(batch: b, row: row)) }
      }
    }
    for rows in seen.values where rows.count > 1 {
      for address in rows {
        add(
          .notUnique, .error, address.batch, address.row, f, rule: "\(record.id).\(record.fields[f].id).unique",
          LocalizedText(
            "“\(record.fields[f].label.english)” is the same in \(rows.count) rows; it should be unique.",
            nl: "“\(record.fields[f].label[.dutch])” is gelijk in \(rows.count) rijen; het hoort uniek te zijn."),
          FindingCode.notUnique.explanation.text)
      }
    }
  }
}
