import DataModels
import Fingerprints
import Foundation
import Primitives
import Tables
import Testing

@testable import Registers
@testable import Submissions

/// The definition of a register's state, as slowly and plainly as can be: returns laid over each other.
struct PlainState {
  /// By record and key, with pseudonyms in the place of identifying values.
  private(set) var rows: [String: [[String]: [Value]]] = [:]

  /// - Parameters:
  ///   - returns: those that count, in their order.
  ///   - isSetAside: asked of a person's pseudonym and a provider.
  init(
    _ returns: [AcceptedSubmission], model: DataModel, keys: RegisterKeys,
    isSetAside: (String, String) -> Bool = { _, _ in false }
  ) {
    for each in returns {
      for sent in each.records {
        let record = model.records[sent.recordIndex]
        for row in 0..<sent.rowCount {
          var values = Array(repeating: Value.missing, count: record.fields.count)
          for (position, index) in sent.fieldIndices.enumerated() {
            values[index] = sent.value(row: row, position: position)
          }
          for (index, field) in record.fields.enumerated()
          where field.privacy.isIdentifying && !values[index].isMissing {
            let name = field.id == model.personField ? field.id : "\(record.id).\(field.id)"
            values[index] = .text(
              keys.pseudonym(
                of: values[index].canonicalText, field: name, provider: each.source.provider, model: model))
          }
          if isSetAside(values[record.index(of: model.personField)!].canonicalText, each.source.provider) { continue }
          let key = record.keyIndices.map { values[$0].canonicalText }
          var known = rows[record.id]?[key] ?? Array(repeating: .missing, count: values.count)
          for index in sent.fieldIndices { known[index] = values[index] }
          rows[record.id, default: [:]][key] = known
        }
      }
    }
  }

  /// The returns in the order in which they count, each on its earliest day; those of a day and before only.
  static func ordered(_ returns: [AcceptedSubmission], until day: CalendarDate? = nil) -> [AcceptedSubmission] {
    var earliest: [String: AcceptedSubmission] = [:]
    for each in returns where day.map({ each.source.receivedOn <= $0 }) ?? true {
      let known = earliest[each.source.fingerprint.hex]?.source.receivedOn ?? each.source.receivedOn
      if each.source.receivedOn <= known { earliest[each.source.fingerprint.hex] = each }
    }
    return earliest.values.sorted { a, b in
      (a.source.period, a.source.receivedOn, a.source.fingerprint)
        < (b.source.period, b.source.receivedOn, b.source.fingerprint)
    }
  }

  static func expect(
    _ state: [String: [[String]: [Value]]], in snapshot: RegisterSnapshot, _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let model = snapshot.model
    let people = Set((state["person"] ?? [:]).keys.map { $0[0] })
    #expect(snapshot.people == people.sorted(), comment, sourceLocation: sourceLocation)
    for (index, record) in model.records.enumerated() {
      let person = record.index(of: model.personField)!
      let expected = (state[record.id] ?? [:]).values.filter { people.contains($0[person].canonicalText) }
      var found: [[Value]] = []
      for (place, name) in snapshot.people.enumerated() {
        for row in snapshot.person(place).rows(ofRecord: index) {
          found.append(
            record.fields.indices.map { snapshot.person(place).value(record: index, row: row, field: $0) })
          #expect(found.last?[person] == .text(name), comment, sourceLocation: sourceLocation)
        }
      }
      #expect(
        Set(found) == Set(expected) && found.count == expected.count, comment, sourceLocation: sourceLocation)
    }
  }
}
