import DataModels
import Primitives

extension Reviewer {
  /// Fields that are required, or must be blank, because of other values.
  mutating func checkConditions(_ people: ReturnPeople) {
    for (r, record) in model.records.enumerated() {
      let conditional = record.fields.indices.filter {
        record.fields[$0].requiredIf != nil || record.fields[$0].blankUnless != nil
      }
      if conditional.isEmpty { continue }
      forEachRow(of: r, people) { reviewer, batch, row, handle, person in
        for f in conditional where reviewer.batches[batch].positions[f] != nil {
          let field = record.fields[f]
          if reviewer.batches[batch].unreadable.contains(row * reviewer.batches[batch].fieldCount + f) { continue }
          let isMissing = reviewer.batches[batch].value(row, f).isMissing
          let point = EvaluationPoint(record: r, row: handle)
          if isMissing, let condition = field.requiredIf, condition.holds(at: point, in: person) == true {
            let columns = condition.columns(apartFrom: field.id)
            reviewer.add(
              .requiredByCondition, Severity.error.eased(by: field.grace, in: reviewer.occasion.period), batch, row, f,
              rule: "\(record.id).\(field.id).required-if",
              LocalizedText(
                "“\(field.label.english)” (`\(field.id)`) is empty, but is needed because \(condition.inWords(.english, reviewer.model))\(columns.english).",
                nl:
                  "“\(field.label[.dutch])” (`\(field.id)`) is leeg, maar is nodig omdat \(condition.inWords(.dutch, reviewer.model))\(columns[.dutch])."
              ),
              FindingCode.requiredByCondition.explanation.text)
          }
          if !isMissing, let condition = field.blankUnless, condition.holds(at: point, in: person) == false {
            let columns = condition.columns(apartFrom: field.id)
            reviewer.add(
              .mustBeBlank, Severity.confirm.eased(by: field.grace, in: reviewer.occasion.period), batch, row, f,
              rule: "\(record.id).\(field.id).blank-unless",
              LocalizedText(
                "“\(field.label.english)” (`\(field.id)`) is filled in, but belongs only where \(condition.inWords(.english, reviewer.model))\(columns.english).",
                nl:
                  "“\(field.label[.dutch])” (`\(field.id)`) is ingevuld, maar hoort alleen waar \(condition.inWords(.dutch, reviewer.model))\(columns[.dutch])."
              ),
              FindingCode.mustBeBlank.explanation.text)
          }
        }
      }
    }
  }

  /// Visits the return's rows of a record, person by person.
  mutating func forEachRow(
    of record: Int, _ people: ReturnPeople,
    _ visit: (inout Reviewer, _ batch: Int, _ row: Int, _ handle: Int, ReturnPerson) -> Void
  ) {
    for place in people.numbers.indices {
      let person = people.person(place)
      for handle in person.rows(ofRecord: record) {
        let source = people.sources[record][handle]
        if source.batch >= 0 { visit(&self, Int(source.batch), Int(source.row), handle, person) }
      }
    }
  }

  mutating func check(_ rule: Rule, _ people: ReturnPeople) {
    let r = model.index(ofRecord: rule.record)!
    guard batches.contains(where: { $0.record == r }) else { return }
    let field = model.records[r].index(of: rule.field)!
    switch rule.requirement {
    case .hold(let condition): checkHold(rule, condition, r, field, people)
    case .atMost(let most): checkAtMost(rule, most, r, field, people)
    case .noOverlap(let within): checkOverlap(rule, within, r, field, people)
    }
  }

  private func severity(of rule: Rule) -> Severity { rule.severity.eased(by: rule.grace, in: occasion.period) }

  private mutating func checkHold(
    _ rule: Rule, _ condition: Condition, _ r: Int, _ field: Int, _ people: ReturnPeople
  ) {
    let sent = Set(batches.map(\.record))
    let counted = condition.countedRecords.subtracting([r])
    // Whether rows that may still come, or that only the register has, could change the answer.
    let isOpen = known == nil && !counted.isSubset(of: sent)
    let awaited = counted.subtracting(sent).sorted().map { model.records[$0].id }
    let isTemporal = model.records[r].fields[field].type.isTemporal
    forEachRow(of: r, people) { reviewer, batch, row, handle, person in
      let point = EvaluationPoint(record: r, row: handle)
      if let filter = rule.filter, filter.holds(at: point, in: person) != true { return }
      var outcome = condition.holds(at: point, in: person)
      var waitsFor: [String] = []
      if outcome == nil {
        let absent = condition.recordsWaitedFor(at: point, in: person)
        if absent.isEmpty { return }
        switch rule.whenAbsent {
        case .ignore: return
        case .pending: waitsFor = absent
        case .violation: outcome = false
        }
      } else if outcome == false, isOpen {
        // Without its own value the row has nothing to compare, whatever comes.
        if condition.comparesMissingValue(at: point, in: person) { return }
        waitsFor = awaited
      }
      if !waitsFor.isEmpty {
        reviewer.add(
          .waitingForOtherRecord, .notice, batch, row, field, rule: rule.id,
          reviewer.waitingMessage(reviewer.model.records[r].fields[field], for: orderedUnique(waitsFor)),
          FindingCode.waitingForOtherRecord.explanation.text, isPending: true)
      } else if outcome == false {
        // A row is held on the return's own evidence only, so that the order of arrival does not matter.
        let alone = condition.holds(at: point, in: people.person(person.index, withKnown: false))
        var says = rule.says
        if let both = condition.comparedTimes(of: rule.field, at: point, in: person, reviewer.model) {
          says = LocalizedText(
            "\(says.english) (here \(both.here), there \(both.there))",
            nl: "\(says[.dutch]) (hier \(both.here), daar \(both.there))")
        }
        reviewer.add(
          isTemporal ? .tooEarly : .ruleNotHeld, reviewer.severity(of: rule), batch, row, field, rule: rule.id, says,
          rule.fix,
          holds: counted.isEmpty && alone == false)
      }
    }
  }

  private func waitingMessage(_ field: Field, for records: [String]) -> LocalizedText {
    func titles(_ language: Language) -> String {
      language.list(records.map { "“\(model.record($0)?.title[language] ?? $0)”" })
    }
    let isOne = records.count == 1
    return LocalizedText(
      "A check of “\(field.label.english)” waits: \(titles(.english)) of this person \(isOne ? "is" : "are") not there yet.",
      nl:
        "Een controle van “\(field.label[.dutch])” wacht: \(titles(.dutch)) van deze persoon \(isOne ? "is" : "zijn") er nog niet."
    )
  }

  private mutating func checkAtMost(_ rule: Rule, _ most: Int, _ r: Int, _ field: Int, _ people: ReturnPeople) {
    for place in people.numbers.indices {
      let person = people.person(place)
      let counted = person.rows(ofRecord: r).filter { handle in
        guard let filter = rule.filter else { return true }
        return filter.holds(at: EvaluationPoint(record: r, row: handle), in: person) == true
      }
      let own = counted.filter { people.sources[r][$0].batch >= 0 }
      guard counted.count > most, !own.isEmpty else { continue }
      for handle in own.suffix(counted.count - most) {
        let source = people.sources[r][handle]
        add(
          .tooManyRows, severity(of: rule), Int(source.batch), Int(source.row), field, rule: rule.id, rule.says,
          rule.fix,
          holds: own.count > most)
      }
    }
  }

  private mutating func checkOverlap(
    _ rule: Rule, _ within: [String], _ r: Int, _ field: Int, _ people: ReturnPeople
  ) {
    let record = model.records[r]
    guard case .spell(let from, let to) = record.nature, let start = record.index(of: from),
      let end = record.index(of: to)
    else { return }
    let groupFields = within.compactMap { record.index(of: $0) }
    for place in people.numbers.indices {
      let person = people.person(place)
      var spells: [[Value]: [(handle: Int, start: Value, end: Value)]] = [:]
      for handle in person.rows(ofRecord: r) {
        if let filter = rule.filter, filter.holds(at: EvaluationPoint(record: r, row: handle), in: person) != true {
          continue
        }
        let begins = person.value(record: r, row: handle, field: start)
        if begins.isMissing { continue }
        spells[groupFields.map { person.value(record: r, row: handle, field: $0) }, default: []].append(
          (handle, begins, person.value(record: r, row: handle, field: end)))
      }
      for var group in spells.values where group.count > 1 {
        group.sort { ($0.start.compared(with: $1.start) ?? 0) < 0 }
        var reach = group[0]
        for spell in group.dropFirst() {
          let overlaps = reach.end.isMissing || (spell.start.compared(with: reach.end) ?? 1) < 0
          if overlaps {
            let own = people.sources[r][spell.handle].batch >= 0 ? spell.handle : reach.handle
            let source = people.sources[r][own]
            let bothSent = people.sources[r][spell.handle].batch >= 0 && people.sources[r][reach.handle].batch >= 0
            if source.batch >= 0 {
              add(
                .overlap, severity(of: rule), Int(source.batch), Int(source.row), field, rule: rule.id, rule.says,
                rule.fix,
                holds: bothSent)
            }
          }
          if !reach.end.isMissing, spell.end.isMissing || (spell.end.compared(with: reach.end) ?? 0) > 0 {
            reach = spell
          }
        }
      }
    }
  }
}
