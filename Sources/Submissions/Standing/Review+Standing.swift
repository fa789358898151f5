import DataModels
import Primitives
import TableFiles

/// Where a return speaks of a person: the cell with the person's number.
public struct PersonPlace: Sendable {
  public let place: FindingPlace
  public let record: String
  public let field: String
  /// The key of the row. Never written out: it holds the person's number.
  let key: [String]
}

extension Review {
  /// For each number of a person in the return, where the return first speaks of them: at their person record when it
  /// has one.
  public var personPlaces: [String: PersonPlace] {
    var places: [String: PersonPlace] = [:]
    let person = model.index(ofRecord: model.person.id)!
    let reader = BatchReader(model: model, sheets: sheets)
    for batch in batches.filter({ $0.record == person }) + batches.filter({ $0.record != person }) {
      let record = model.records[batch.record]
      let field = record.index(of: model.personField)!
      let sheet = sheets[batch.sheet]
      for row in 0..<batch.rowCount where !batch.isRepeated[row] {
        let number = batch.value(row, field)
        if number.isMissing || places[number.canonicalText] != nil { continue }
        let sheetRow = sheet.rows[Int(batch.sheetRows[row])]
        places[number.canonicalText] = PersonPlace(
          place: reader.place(sheet, sheetRow, batch.positions[field]), record: record.id,
          field: model.personField, key: record.keyIndices.map { batch.value(row, $0).canonicalText })
      }
    }
    return places
  }

  /// Where a column of the return stands, for what is about all of it; nil when no sheet has it.
  func columnPlace(record: String, field: String) -> FindingPlace? {
    guard let r = model.index(ofRecord: record), let f = model.records[r].index(of: field) else { return nil }
    for batch in batches where batch.record == r {
      guard let position = batch.positions[f] else { continue }
      return BatchReader(model: model, sheets: sheets).place(sheets[batch.sheet], nil, position)
    }
    return nil
  }

  /// The same review with findings that need more than the return: what it comes to with all that is known. They stand
  /// behind its own, and hold no row.
  public func adding(_ findings: [Finding]) -> Review {
    Review(
      model: model, findings: self.findings + findings, layouts: layouts, summary: summary, outcomes: outcomes,
      batches: batches, sheets: sheets)
  }
}

extension AcceptedSubmission {
  /// The same with findings that need more than the return; none of them holds a row.
  public func adding(_ findings: [Finding]) -> AcceptedSubmission {
    AcceptedSubmission(
      source: source, model: model, records: records, findings: self.findings + findings, held: held, summary: summary)
  }
}
