import DisclosureControl
import Primitives
import Studies

extension DisclosedStudy {
  /// The protected tables of the study as datasets: flows, stock, transitions, outcomes and occupancy, each also by the
  /// plan's groupings.
  public func datasets(in language: Language) -> [AggregateDataset] {
    DatasetMaker(study: self, language: language).datasets
  }
}

private struct DatasetMaker {
  typealias Dimension = AggregateDataset.Dimension
  typealias Category = AggregateDataset.Dimension.Category

  let study: DisclosedStudy
  let language: Language

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }

  var datasets: [AggregateDataset] {
    [flows, stock, transitions].compactMap { $0 } + study.outcomes.flatMap(outcome)
      + study.occupancy.compactMap(occupancy)
  }

  /// A dimension with the rows or columns of a table, in their order; what has no name is called by its id.
  private func dimension(
    _ id: String, _ label: String, of ids: [String], named names: [String: String] = [:], isTime: Bool = false
  ) -> Dimension {
    let general = [
      "total": pick("Total", "Totaal"), "everyone": pick("Everybody", "Iedereen"),
      "no-event": pick("No event within follow-up", "Geen gebeurtenis binnen de follow-up"),
    ]
    return Dimension(id, label, ids.map { Category($0, names[$0] ?? general[$0] ?? $0) }, isTime: isTime)
  }

  private var state: String { pick("State", "Toestand") }
  private var states: [String: String] {
    Dictionary(study.states.map { ($0.id, $0.name[language]) }, uniquingKeysWith: { first, _ in first })
  }

  private func names(_ labels: [StudyLabel]) -> [String: String] {
    Dictionary(labels.map { ($0.id, $0.name[language]) }, uniquingKeysWith: { first, _ in first })
  }

  /// Period × state × kind of flow.
  private var flows: AggregateDataset? {
    guard let first = study.flows.periods.first else { return nil }
    let kinds = [
      "opening": pick("At the start", "Aan het begin"), "new": pick("New", "Nieuw"),
      "entered": pick("Came in from another state", "Ingestroomd uit een andere toestand"),
      "left": pick("Left for another state", "Uitgestroomd naar een andere toestand"),
      "ended": pick("Observation ended", "Waarneming geëindigd"), "closing": pick("At the end", "Aan het eind"),
    ]
    return AggregateDataset(
      id: "flows", label: pick("Flows by period", "Stromen per periode"),
      slices: dimension("period", pick("Period", "Periode"), of: study.flows.periods.map(\.id), isTime: true),
      rows: dimension("state", state, of: first.table.rows, named: states),
      columns: dimension("measure", pick("Kind of flow", "Soort stroom"), of: first.table.columns, named: kinds),
      tables: study.flows.periods.map(\.table))
  }

  private var stock: AggregateDataset? {
    let table = study.flows.stock
    guard !table.rows.isEmpty else { return nil }
    let months = Dictionary(uniqueKeysWithValues: study.flows.months.map { ($0.iso, language.month($0)) })
    return AggregateDataset(
      id: "stock",
      label: pick("People in each state at the end of the month", "Mensen per toestand aan het eind van de maand"),
      rows: dimension("period", pick("Month", "Maand"), of: table.rows, named: months, isTime: true),
      columns: dimension("state", state, of: table.columns, named: states), table: table)
  }

  private var transitions: AggregateDataset {
    let table = study.flows.transitions
    return AggregateDataset(
      id: "transitions", label: pick("Moves from state to state", "Overgangen van toestand naar toestand"),
      rows: dimension("from", pick("From", "Van"), of: table.rows, named: states),
      columns: dimension("to", pick("To", "Naar"), of: table.columns, named: states), table: table)
  }

  private func outcome(_ outcome: DisclosedOutcome) -> [AggregateDataset] {
    outcome.comparisons.map { comparison in
      let by = suffix(comparison.grouping)
      let groups = Dictionary(
        comparison.groups.map { ($0.id, $0.name[language]) }, uniquingKeysWith: { first, _ in first })
      return AggregateDataset(
        id: "outcome.\(outcome.id)\(by.id)", label: outcome.name[language] + by.label,
        rows: dimension("group", groupLabel(comparison.grouping), of: comparison.events.rows, named: groups),
        columns: dimension(
          "event", pick("First event", "Eerste gebeurtenis"), of: comparison.events.columns,
          named: names(outcome.causes)), table: comparison.events)
    }
  }

  private func occupancy(_ occupancy: DisclosedOccupancy) -> AggregateDataset? {
    guard let first = occupancy.marks.first else { return nil }
    let by = suffix(occupancy.grouping)
    let marks = occupancy.marks.map {
      Category(String($0.months), pick("After \($0.months) months", "Na \($0.months) maanden"))
    }
    return AggregateDataset(
      id: "occupancy\(by.id)",
      label: pick("People in each state since time zero", "Mensen per toestand sinds het beginpunt") + by.label,
      slices: Dimension("months", pick("Months since time zero", "Maanden sinds het beginpunt"), marks),
      rows: dimension(
        "group", groupLabel(occupancy.grouping), of: first.table.rows, named: names(occupancy.groups)),
      columns: dimension("state", state, of: first.table.columns, named: states),
      tables: occupancy.marks.map(\.table))
  }

  private func suffix(_ grouping: StudyLabel?) -> (id: String, label: String) {
    grouping.map { (".\($0.id)", pick(" by ", " naar ") + $0.name[language]) } ?? ("", "")
  }

  private func groupLabel(_ grouping: StudyLabel?) -> String { grouping?.name[language] ?? pick("Group", "Groep") }
}
