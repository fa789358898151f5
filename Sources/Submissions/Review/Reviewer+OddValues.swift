import DataModels
import Primitives
import TableFiles

extension Reviewer {
  /// Values that can be read and are hardly meant: stand-ins, mixed alphabets, days that have not come yet.
  mutating func checkOddValues() {
    for b in batches.indices {
      let record = model.records[batches[b].record]
      for f in record.fields.indices where batches[b].positions[f] != nil {
        let field = record.fields[f]
        let isText = field.type == .text
        let asksForText = isText && field.format == nil && (field.isRequired || field.requiredIf != nil)
        let tellsApart =
          isText && (record.keyIndices.contains(f) || field.privacy == .identifier || field.unique != nil)
        let isDay = field.type.isTemporal
        let happens = isDay && record.nature.timeField == field.id && occasion.receivedOn != nil
        guard asksForText || tellsApart || isDay else { continue }
        for row in 0..<batches[b].rowCount where !batches[b].isRepeated[row] {
          let value = batches[b].value(row, f)
          if value.isMissing { continue }
          if asksForText || isDay, StandIn.stands(for: value), field.range?.contains(value) != false {
            addOdd(.standIn, b, row, f)
          } else if tellsApart, case .text(let text) = value, text.mixesAlphabets {
            addOdd(.mixedAlphabets, b, row, f)
          } else if happens, let day = occasion.receivedOn, value.compared(with: .date(day)) == 1 {
            addOdd(.inTheFuture, b, row, f)
          }
        }
      }
    }
  }

  private mutating func addOdd(_ code: FindingCode, _ batch: Int, _ row: Int, _ f: Int) {
    let record = model.records[batches[batch].record]
    let field = record.fields[f]
    let (english, dutch) = (field.label.english, field.label[.dutch])
    let check: String
    let message: LocalizedText
    switch code {
    case .standIn:
      check = "stand-in"
      message = LocalizedText(
        "“\(english)” is needed, and this looks like a word or day for “not known”.",
        nl: "“\(dutch)” is nodig, en dit lijkt een woord of dag voor “niet bekend”.")
    case .mixedAlphabets:
      check = "alphabet"
      message = LocalizedText(
        "“\(english)” mixes letters of two alphabets that look alike, so it equals no number that looks the same.",
        nl:
          "“\(dutch)” mengt letters van twee alfabetten die op elkaar lijken, en is dus aan geen gelijk lijkend nummer gelijk."
      )
    default:
      check = "future"
      message = LocalizedText(
        "“\(english)” lies after the day on which the return came in.",
        nl: "“\(dutch)” ligt na de dag waarop de aanlevering binnenkwam.")
    }
    add(
      code, Severity.confirm.eased(by: field.grace, in: occasion.period), batch, row, f,
      rule: "\(record.id).\(field.id).\(check)", message, code.explanation.text)
  }

  /// Days before the person's birth, and spells or ages that nobody reaches.
  mutating func checkLifetimes(_ people: ReturnPeople) {
    let person = model.index(ofRecord: model.person.id)!
    let born = model.checks.born.flatMap { model.person.index(of: $0) }
    for r in model.records.indices where batches.contains(where: { $0.record == r }) {
      let record = model.records[r]
      let days = record.fields.indices.filter {
        record.fields[$0].type.isTemporal && !(r == person && $0 == born)
      }
      var ends: (start: Int, end: Int)?
      if case .spell(let from, let to) = record.nature, let start = record.index(of: from),
        let end = record.index(of: to)
      {
        ends = (start, end)
      }
      guard ends != nil || (born != nil && !days.isEmpty) else { continue }
      forEachRow(of: r, people) { reviewer, batch, row, handle, own in
        let batchRows = reviewer.batches[batch]
        if let ends, let from = batchRows.value(row, ends.start).calendarYear,
          let to = batchRows.value(row, ends.end).calendarYear, to - from > 60, to < 9999
        {
          reviewer.addLifetime(.implausibleLength, batch, row, ends.end)
        }
        guard let born, let place = own.rows(ofRecord: person).first else { return }
        let birth = own.value(record: person, row: place, field: born)
        guard let birthYear = birth.calendarYear else { return }
        for f in days where batchRows.positions[f] != nil {
          let value = batchRows.value(row, f)
          guard let year = value.calendarYear, year < 9999 else { continue }
          if value.compared(with: birth) == -1 {
            reviewer.addLifetime(.beforeBirth, batch, row, f)
          } else if year - birthYear > 110 {
            reviewer.addLifetime(.implausibleLength, batch, row, f)
          }
        }
      }
    }
  }

  fileprivate mutating func addLifetime(_ code: FindingCode, _ batch: Int, _ row: Int, _ f: Int) {
    let record = model.records[batches[batch].record]
    let field = record.fields[f]
    let (english, dutch) = (field.label.english, field.label[.dutch])
    add(
      code, .confirm, batch, row, f, rule: "\(record.id).\(field.id).\(code == .beforeBirth ? "birth" : "length")",
      code == .beforeBirth
        ? LocalizedText("“\(english)” lies before the person was born.", nl: "“\(dutch)” ligt voor de geboorte.")
        : LocalizedText(
          "“\(english)” makes a length of time that hardly occurs: an age above 110 or more than 60 years.",
          nl: "“\(dutch)” geeft een tijdsduur die bijna niet voorkomt: een leeftijd boven 110 of meer dan 60 jaar."),
      code.explanation.text)
  }
}

extension Value {
  /// The year of a day, month or year.
  var calendarYear: Int? {
    switch self {
    case .date(let date): date.year
    case .month(let month): month.year
    case .year(let year): year
    default: nil
    }
  }
}
