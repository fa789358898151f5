import Foundation
import Primitives
import TableFiles

extension CaseFile {
  /// The cells of a row, in the order of the record's columns.
  func cells(_ draft: RowDraft, seed: UInt64) -> [RawCell] {
    let item = Int(draft.item)
    let traits = person.traits
    func end(_ date: CalendarDate?) -> RawCell { draft.tellsEnd ? date.map(RawCell.date) ?? .empty : .empty }
    func end(_ ending: Ending?) -> RawCell { draft.tellsEnd ? text(ending?.rawValue) : .empty }
    var cells: [RawCell] = [.text(person.code)]
    switch draft.record {
    case .person:
      var draws = SeededGenerator(seed: seed, person: person.stream, for: .names)
      cells += [
        .text(InventedName.given(&draws)), .text(InventedName.family(&draws)), .number(Double(person.birthYear)),
        .text(traits.sex.rawValue), .text(draws.choice(traits.origin.countries)), .text(traits.ground.rawValue),
      ]
    case .settlement:
      cells += [.date(person.settledOn), .date(person.permitOn), .number(Double(traits.centreDays))]
    case .household:
      let note = course.households[item]
      cells += [.date(note.on), .text(note.composition.rawValue), .number(Double(note.children))]
    case .caseManager:
      let spell = managers[item]
      cells += [.text(spell.code), .text(spell.team.rawValue), .date(spell.from), end(spell.to)]
    case .contact:
      let contact = course.contacts[item]
      cells += [
        .date(contact.on), .text(contact.form.rawValue), .text(contact.attended ? "yes" : "no"),
        contact.attended ? .number(Double(contact.minutes)) : .empty,
      ]
    case .intake:
      cells += [
        .date(course.intakeOn!), .text(traits.education.rawValue), .number(Double(traits.schoolYears)),
        .text(traits.readsLatinScript ? "yes" : "no"), .number(Double(traits.workYears)),
        .text(traits.learnability.rawValue), .text(traits.health.rawValue),
        .text(course.goals.joined(separator: ", ")),
      ]
    case .plan:
      let plan = course.plans[item]
      cells += [
        .date(plan.on), .text(plan.isFirst ? "first" : "revision"), .text(plan.route.rawValue),
        .number(Double(plan.weeklyHours)),
      ]
    case .route:
      let spell = course.routes[item]
      cells += [.text(spell.route.rawValue), .date(spell.from), end(spell.to), end(spell.ending)]
    case .instrument:
      let spell = course.instruments[item]
      cells += [
        .text(spell.type.rawValue), .text(spell.instrument.rawValue), .date(spell.from), end(spell.to),
        .number(Double(spell.weeklyHours)), end(spell.ending),
      ]
    case .languageTest:
      let test = course.tests[item / 4]
      let skill = ["reading", "listening", "writing", "speaking"][item % 4]
      cells += [.date(test.on), .text(skill), .text(test.levels[item % 4].rawValue)]
    case .activity:
      let spell = course.activities[item]
      cells += [
        .text(spell.kind.rawValue), .date(spell.from), end(spell.to), spell.hours.map(RawCell.number) ?? .empty,
        text(spell.sector?.rawValue), text(spell.job?.level.rawValue), text(spell.job?.contract.rawValue),
        text(spell.courseLevel?.rawValue),
      ]
    case .benefit:
      let spell = course.benefits[item]
      cells += [.text("social-assistance"), .date(spell.from), end(spell.to)]
    case .exam:
      let exam = course.exams[item]
      cells += [
        .date(exam.on), exam.result == .exempt ? .empty : .text(exam.level.rawValue), .text(exam.result.rawValue),
      ]
    case .exit:
      cells += [.date(person.departure.leftOn!), .text(person.departure.reason!.rawValue)]
    }
    return cells
  }

  private func text(_ text: String?) -> RawCell { text.map(RawCell.text) ?? .empty }
}
