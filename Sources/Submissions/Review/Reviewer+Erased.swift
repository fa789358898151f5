import DataModels
import Primitives

extension Reviewer {
  /// Rows about people who were erased from the register, which stay out of it.
  ///
  /// That they are held depends on the register and not on the return alone: erasing is for good, by law, and what comes
  /// later must not undo it. Their other findings are left as they are, so that the sender sees the whole row.
  mutating func checkErased() {
    guard let erased = known?.erased, !erased.isEmpty else { return }
    for b in batches.indices {
      let record = model.records[batches[b].record]
      let field = record.index(of: model.personField)!
      for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
        let number = batches[b].value(row, field)
        guard !number.isMissing, erased.contains(number.canonicalText) else { continue }
        add(
          .erasedPerson, .error, b, row, field, rule: "\(record.id).erased",
          LocalizedText(
            "This person was erased from the register, so nothing about them is taken in.",
            nl: "Deze persoon is uit het register gewist; er wordt niets meer over deze persoon opgenomen."),
          FindingCode.erasedPerson.explanation.text)
      }
    }
  }
}
