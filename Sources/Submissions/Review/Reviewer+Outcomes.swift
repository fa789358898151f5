import DataModels
import Primitives
import TableFiles

/// How many rows that show a result count, and how many do not.
public struct OutcomeTally: Hashable, Sendable, Encodable {
  /// The id of the result in the model.
  public let outcome: String
  public let title: LocalizedText
  public let counted: Int
  public let notCounted: Int
  public let price: Price?
}

extension Reviewer {
  /// Whether the results that count do: in their window, with their evidence, after what they need, and as often as
  /// they may. Rows that are held do not count either, and their findings say what that costs.
  mutating func countOutcomes(_ people: ReturnPeople) -> [OutcomeTally] {
    model.outcomes.map { outcome in
      var counted = 0
      var lost: Set<RowPlace> = []
      var timesOf: [Int: Int] = [:]
      let sent = Set(batches.map(\.record))
      let isOpen = known == nil && !(outcome.prerequisite?.consultedRecords ?? []).isSubset(of: sent)
      forEachRow(of: outcome.record, people) { reviewer, batch, row, handle, person in
        let point = EvaluationPoint(record: outcome.record, row: handle)
        if let filter = outcome.filter, filter.holds(at: point, in: person) == false { return }
        if reviewer.batches[batch].isHeld[row] {
          lost.insert(RowPlace(reviewer.place(batch, row)))
          return
        }
        guard outcome.filter == nil || outcome.filter!.holds(at: point, in: person) == true else { return }
        let time = reviewer.timeField(of: outcome)
        var reason: (code: FindingCode, field: Int?)?
        if let window = outcome.window, let time,
          window.contains(person.value(record: outcome.record, row: handle, field: time)) == false
        {
          reason = (.outsideWindow, time)
        } else if let missing = outcome.evidence.first(where: {
          person.value(record: outcome.record, row: handle, field: $0).isMissing
        }) {
          reason = (.evidenceMissing, missing)
        } else if let prerequisite = outcome.prerequisite, prerequisite.holds(at: point, in: person) == false, !isOpen {
          reason = (.prerequisiteMissing, time)
        } else if let most = outcome.mostPerPerson {
          let earlier = timesOf[person.index] ?? reviewer.countKnown(outcome, person)
          timesOf[person.index] = earlier + 1
          if earlier + 1 > most { reason = (.countedBefore, time) }
        }
        if let reason {
          reviewer.addUncounted(outcome, reason.code, batch, row, reason.field)
          lost.insert(RowPlace(reviewer.place(batch, row)))
        } else {
          counted += 1
        }
      }
      price(outcome, lost)
      return OutcomeTally(
        outcome: outcome.id, title: outcome.title, counted: counted, notCounted: lost.count, price: outcome.price)
    }
  }

  /// How often a result of a person counts by rows that only the register holds.
  private func countKnown(_ outcome: Outcome, _ person: ReturnPerson) -> Int {
    person.rows(ofRecord: outcome.record).count { handle in
      person.people.sources[outcome.record][handle].batch < 0
        && outcome.counts(at: EvaluationPoint(record: outcome.record, row: handle), in: person, model)
    }
  }

  private func timeField(of outcome: Outcome) -> Int? {
    let record = model.records[outcome.record]
    return record.nature.timeField.flatMap { record.index(of: $0) }
  }

  private func place(_ batch: Int, _ row: Int) -> FindingPlace {
    let sheet = sheets[batches[batch].sheet]
    return FindingPlace(
      file: sheet.file, sheet: sheet.sheet, row: sheet.rows[Int(batches[batch].sheetRows[row])].number)
  }

  private mutating func addUncounted(_ outcome: Outcome, _ code: FindingCode, _ batch: Int, _ row: Int, _ field: Int?) {
    let (english, dutch) = (outcome.title.english, outcome.title[.dutch])
    let message: LocalizedText
    switch code {
    case .outsideWindow:
      message = LocalizedText(
        "“\(english)” does not count: it lies outside \(outcome.window?.text ?? "").",
        nl: "“\(dutch)” telt niet mee: het ligt buiten \(outcome.window?.text ?? "").")
    case .evidenceMissing:
      let label = model.records[outcome.record].fields[field!].label
      message = LocalizedText(
        "“\(english)” does not count: “\(label.english)”, which proves it, is empty.",
        nl: "“\(dutch)” telt niet mee: “\(label[.dutch])”, dat het bewijst, is leeg.")
    case .prerequisiteMissing:
      let words = outcome.prerequisite!
      message = LocalizedText(
        "“\(english)” does not count: it needs that \(words.inWords(.english, model)).",
        nl: "“\(dutch)” telt niet mee: nodig is dat \(words.inWords(.dutch, model)).")
    default:
      let most = outcome.mostPerPerson ?? 1
      message = LocalizedText(
        "“\(english)” does not count: it counts \(most == 1 ? "once" : "\(most) times") for a person.",
        nl: "“\(dutch)” telt niet mee: het telt \(most == 1 ? "één keer" : "\(most) keer") per persoon.")
    }
    var found = finding(
      code, .confirm, batch, row, field, rule: "outcome.\(outcome.id)", message, code.explanation.text)
    found.cost = FindingCost(outcome: outcome.id, title: outcome.title, price: outcome.price)
    findings.append(found)
  }

  /// Lets the errors of rows that do not count say what that costs.
  private mutating func price(_ outcome: Outcome, _ rows: Set<RowPlace>) {
    let record = model.records[outcome.record].id
    for index in findings.indices where findings[index].severity >= .error && findings[index].cost == nil {
      guard findings[index].record == record, rows.contains(RowPlace(findings[index].place)) else { continue }
      findings[index].cost = FindingCost(outcome: outcome.id, title: outcome.title, price: outcome.price)
    }
  }

  private struct RowPlace: Hashable {
    let file: String
    let sheet: String?
    let row: Int?

    init(_ place: FindingPlace) { (file, sheet, row) = (place.file, place.sheet, place.row) }
  }
}
