import Primitives

extension PublishedModelTranslation {
  /// A date that has to come after another, as far as it can be enforced.
  private struct Order {
    let record: PublishedRecord
    let field: PublishedField
    let otherRecord: PublishedRecord
    let other: PublishedField
  }

  private static let temporalTypes: Set<String> = ["date", "monthyear", "year"]

  mutating func writeRules() {
    var orders: [Order] = []
    for record in records {
      for field in record.fields {
        guard let validator = field.validator("date_after") else { continue }
        let targets = (try? validator.setting.items()) ?? [validator.setting]
        for target in targets {
          if let name = try? target.text() {
            if let order = order(validator, name, field, record) { orders.append(order) }
          } else {
            noteMisplaced("date_after", at: target, field, record)
          }
        }
      }
    }
    guard !orders.isEmpty else { return }
    text.blank()
    text.line(0, "rules:")
    for order in orders { write(order) }
  }

  private mutating func order(
    _ validator: PublishedValidator, _ name: String, _ field: PublishedField, _ record: PublishedRecord
  ) -> Order? {
    let own = record.fields.filter { $0.id == name }.map { (record, $0) }
    let found = own.isEmpty ? records.flatMap { r in r.fields.filter { $0.id == name }.map { (r, $0) } } : own
    guard let (otherRecord, other) = found.first else {
      note(
        .orderFieldUnknown, at: validator.place, record: record.id, field: field.id,
        "“\(field.id)” should come after “\(name)”, but no record has a field “\(name)”; this is not enforced. Write a rule by hand if another field is meant.",
        nl:
          "“\(field.id)” moet na “\(name)” komen, maar geen enkel record heeft een veld “\(name)”; dit wordt niet gecontroleerd. Schrijf zelf een regel als een ander veld is bedoeld."
      )
      return nil
    }
    let obstacle: LocalizedText? =
      if found.count > 1 {
        LocalizedText("more than one record has that field", nl: "meer dan één record heeft dat veld")
      } else if !Self.temporalTypes.contains(field.type) || !Self.temporalTypes.contains(other.type) {
        LocalizedText("they are not both dates, months or years", nl: "het zijn niet allebei datums, maanden of jaren")
      } else if otherRecord.id != record.id, key(of: otherRecord) != [personKey] {
        LocalizedText(
          "a person can have several rows of “\(otherRecord.id)”",
          nl: "een persoon kan meer rijen van “\(otherRecord.id)” hebben")
      } else {
        nil
      }
    if let obstacle {
      note(
        .orderNotComparable, at: validator.place, record: record.id, field: field.id,
        "“\(field.id)” should come after “\(name)”, but \(obstacle[.english]); this is not enforced.",
        nl: "“\(field.id)” moet na “\(name)” komen, maar \(obstacle[.dutch]); dit wordt niet gecontroleerd.")
      return nil
    }
    noteOrder(Order(record: record, field: field, otherRecord: otherRecord, other: other), at: validator.place)
    return Order(record: record, field: field, otherRecord: otherRecord, other: other)
  }

  private mutating func noteOrder(_ order: Order, at place: DefinitionNode) {
    let isAcross = order.record.id != order.otherRecord.id
    let waits = isAcross ? "; while there is no “\(order.otherRecord.id)” the check waits" : ""
    let wacht = isAcross ? "; zolang er geen “\(order.otherRecord.id)” is, wacht de controle" : ""
    note(
      .orderRead, at: place, record: order.record.id, field: order.field.id,
      "“\(order.field.id)” after “\(order.other.id)” is read as: not before it, at the coarser precision of the two\(waits).",
      nl:
        "“\(order.field.id)” na “\(order.other.id)” wordt gelezen als: niet ervoor, op de grofste nauwkeurigheid van de twee\(wacht)."
    )
  }

  private mutating func write(_ order: Order) {
    let isAcross = order.record.id != order.otherRecord.id
    let other = isAcross ? "\(order.otherRecord.id).\(order.other.id)" : order.other.id
    let parts = [order.record.id, order.field.id, "after", order.other.id].joined(separator: "-")
    let label = order.field.name ?? Self.words(order.field.id)
    let otherLabel = order.other.name ?? Self.words(order.other.id)
    text.line(1, "\(String(parts.map { $0 == "_" ? "-" : $0 })):")
    text.line(2, "on: \(order.record.id)")
    text.line(2, "hold: \(order.field.id) >= \(other)")
    text.line(2, "otherwise: error")
    if isAcross { text.line(2, "if-absent: pending") }
    text.line(2, "field: \(order.field.id)")
    let says = LocalizedText(
      "“\(label)” lies before “\(otherLabel)”.", nl: "“\(label)” ligt vóór “\(otherLabel)”.")
    text.line(2, "says: \(ModelText.localized(says))")
    let fix = LocalizedText("Check both dates.", nl: "Controleer beide datums.")
    text.line(2, "fix: \(ModelText.localized(fix))")
  }
}
