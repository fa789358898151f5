import DataModels
import Fingerprints
import Primitives
import Registers
import Studies
import Tables

/// A small model with one record of each nature.
let smallModelText = """
  meedoen: data-model/1
  id: small
  version: "2.1"
  title: {en: Small, nl: Klein}
  code-lists:
    kind: {codes: [work, education]}
    team: {codes: {fast: {en: Fast, nl: Snel}, slow: {en: Slow, nl: Langzaam}}}
    reason: {codes: [moved, died]}
  records:
    person:
      is: person
      purpose: test
      key: [id]
      fields:
        id: {type: text, privacy: identifier, required: yes, label: Number}
        born: {type: year, privacy: quasi, label: Born}
        enrolled: {type: month, label: Enrolled}
    arrival:
      is: event
      of: person
      at: on
      key: [id]
      fields:
        id: {type: text, privacy: identifier, purpose: test, required: yes, label: Number}
        on: {type: date, required: yes, label: Day}
    activity:
      is: spell
      of: person
      from: from
      to: to
      key: [id, kind, from]
      fields:
        id: {type: text, privacy: identifier, purpose: test, required: yes, label: Number}
        kind: {type: code, list: kind, required: yes, label: Kind}
        from: {type: date, required: yes, label: From}
        to: {type: date, label: To}
        hours: {type: number, label: Hours}
    contact:
      is: event
      of: person
      at: seen
      key: [id, seen]
      fields:
        id: {type: text, privacy: identifier, purpose: test, required: yes, label: Number}
        seen: {type: date, required: yes, label: Seen}
    guidance:
      is: spell
      of: person
      from: from
      to: to
      key: [id, manager, from]
      fields:
        id: {type: text, privacy: identifier, purpose: test, required: yes, label: Number}
        manager: {type: text, required: yes, label: Manager}
        team: {type: code, list: team, label: Team}
        from: {type: date, required: yes, label: From}
        to: {type: date, label: To}
    exit:
      is: event
      of: person
      at: gone
      key: [id]
      fields:
        id: {type: text, privacy: identifier, purpose: test, required: yes, label: Number}
        gone: {type: date, required: yes, label: Gone}
        reason: {type: code, list: reason, required: yes, label: Reason}
  """

let smallModel = try! DataModel(yaml: smallModelText, file: "small.yml")

let smallPlanText = """
  meedoen: study-plan/1
  id: small-study
  version: "1"
  title: {en: Small study, nl: Kleine studie}
  question: {en: Who finds work?, nl: Wie vindt werk?}
  model: small >= 2.0
  cohort:
    name: {en: Adults who arrived in 2017, nl: Volwassenen die in 2017 aankwamen}
    time-zero: arrival.on
    time-zero-name: {en: arrival, nl: aankomst}
    include:
      year: {name: {en: Arrived in 2017, nl: Aangekomen in 2017}, where: time-zero in 2017-01..2017-12}
    exclude:
      child: {name: {en: Born after 1998, nl: Geboren na 1998}, where: person.born > 1998}
    follow: {months: 11, until: 2017-12-31, lost-after: 3 months, seen-by: [contact]}
  states:
    work: {name: {en: Work, nl: Werk}, when: "activity(kind = work, hours >= 12)"}
    education: {name: {en: Education, nl: Opleiding}, when: activity(kind = education)}
    none: {name: {en: None of these, nl: Geen van deze}, otherwise: yes}
    lost: {name: {en: Lost, nl: Uit beeld}, lost: yes}
    moved: {name: {en: Moved, nl: Verhuisd}, when: exit(reason = moved), absorbing: yes}
  outcomes:
    into-work:
      name: {en: Into work, nl: Aan het werk}
      causes:
        work: {first: work}
        gone: {name: {en: Gone, nl: Weg}, first: [moved, "exit(reason = died)"]}
  groups:
    team:
      name: {en: Team, nl: Team}
      values:
        fast: {name: {en: Fast, nl: Snel}, when: any guidance(team = fast) on time-zero + 1 month}
        other: {name: {en: Other, nl: Anders}, otherwise: yes}
  routes:
    all: {name: {en: Inflow, nl: Instroom}, everyone: yes}
    team: {name: {en: Team, nl: Team}, group: team}
    way:
      name: {en: Way, nl: Weg}
      choose: longest
      values:
        school: {name: {en: School, nl: School}, when: activity(kind = education)}
        job: {name: {en: Job, nl: Baan}, when: activity(kind = work)}
        neither: {name: {en: Neither, nl: Geen}, otherwise: yes}
    end: {name: {en: End, nl: Eind}, state-at: end}
  caseload: {spells: guidance, manager: manager, team: team, norm: 2}
  report:
    languages: [en, nl]
    small-cells: {threshold: 10, round-to: 5}
    every: quarter
    marks: [6, 11]
  """

func smallPlan(_ changes: (String, String)...) throws -> StudyPlan {
  var text = smallPlanText
  for (old, new) in changes {
    precondition(text.contains(old), old)
    text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
  return try StudyPlan(yaml: text, file: "plan.yml", model: smallModel)
}

/// One row by the ids of its fields.
typealias RowInTest = [String: String]

/// A snapshot of rows given as text, each record's rows in the order given.
func snapshot(of model: DataModel, asKnownOn day: String = "2018-06-30", _ rows: [String: [RowInTest]])
  -> RegisterSnapshot
{
  let key = model.personField
  let people = (rows[model.person.id] ?? []).map { $0[key]! }.sorted()
  let records = model.records.map { record -> RegisterSnapshot.RecordRows in
    var starts: [Int32] = [0]
    var builders = record.fields.map { ColumnBuilder(columnKind($0.type)) }
    var count: Int32 = 0
    let byPerson = Dictionary(grouping: rows[record.id] ?? []) { $0[key]! }
    for person in people {
      for row in byPerson[person] ?? [] {
        for (index, field) in record.fields.enumerated() {
          builders[index].append(value(row[field.id] ?? "", field.type))
        }
        count += 1
      }
      starts.append(count)
    }
    return RegisterSnapshot.RecordRows(
      table: Table(names: record.fields.map(\.id), columns: builders.map { $0.finish() }), starts: starts)
  }
  return RegisterSnapshot(
    model: model, asKnownOn: CalendarDate(iso: day)!, fingerprint: Fingerprint(of: "test"), people: people,
    records: records, returnCount: 1)
}

private func columnKind(_ type: FieldType) -> ColumnBuilder.Kind {
  switch type {
  case .code: .categories
  case .text: .texts
  case .integer, .year: .integers
  case .number: .numbers
  case .date: .dates
  case .month: .months
  case .list: .lists
  }
}

private func value(_ text: String, _ type: FieldType) -> Value {
  if text.isEmpty { return .missing }
  switch type {
  case .text, .code: return .text(text)
  case .integer, .year: return .integer(Int(text)!)
  case .number: return .number(Double(text)!)
  case .date: return .date(CalendarDate(iso: text)!)
  case .month: return .month(CalendarMonth(iso: text)!)
  case .list: return .list([text])
  }
}
