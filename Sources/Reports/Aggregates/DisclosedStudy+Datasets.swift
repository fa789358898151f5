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

  private var total: Category { Category("total", pick("Total", "Totaal")) }

  var datasets: [AggregateDataset] {
    [flows, stock, transitions].compactMap { $0 } + study.outcomes.flatMap(outcome)
      + study.occupancy.compactMap(occupancy)
  }

  private func states(_ id: String, _ label: String, withTotal: Bool = true) -> Dimension {
    Dimension(id, label, study.states.map { Category($0.id, $0.name[language]) } + (withTotal ? [total] : []))
  }

  private var state: String { pick("State", "Toestand") }

  /// Period × state × kind of flow.
  private var flows: AggregateDataset? {
    guard !study.flows.periods.isEmpty else { return nil }
    let kinds = [
      Category("opening", pick("At the start", "Aan het begin")), Category("new", pick("New", "Nieuw")),
      Category("entered", pick("Came in from another state", "Ingestroomd uit een andere toestand")),
      Category("left", pick("Left for another state", "Uitgestroomd naar een andere toestand")),
      Category("ended", pick("Observation ended", "Waarneming geëindigd")),
      Category("closing", pick("At the end", "Aan het eind")),
    ]
    return AggregateDataset(
      id: "flows", label: pick("Flows by period", "Stromen per periode"),
      slices: Dimension(
        "period", pick("Period", "Periode"), study.flows.periods.map { Category($0.id, $0.id) }, isTime: true),
      rows: states("state", state),
      columns: Dimension("measure", pick("Kind of flow", "Soort stroom"), kinds),
      tables: study.flows.periods.map(\.table))
  }

  private var stock: AggregateDataset? {
    guard !study.flows.months.isEmpty else { return nil }
    return AggregateDataset(
      id: "stock",
      label: pick("People in each state at the end of the month", "Mensen per toestand aan het eind van de maand"),
      rows: Dimension(
        "period", pick("Month", "Maand"), study.flows.months.map { Category($0.iso, language.month($0)) }, isTime: true),
      columns: states("state", state), table: study.flows.stock)
  }

  private var transitions: AggregateDataset {
    AggregateDataset(
      id: "transitions", label: pick("Moves from state to state", "Overgangen van toestand naar toestand"),
      rows: states("from", pick("From", "Van")), columns: states("to", pick("To", "Naar")),
      table: study.flows.transitions)
  }

  /// The groups of a table: everybody, or those of a grouping with the total.
  private func groups(_ grouping: StudyLabel?, _ labels: [Category], _ table: DisclosedTable) -> Dimension {
    guard let grouping else {
      return Dimension(
        "group", pick("Group", "Groep"), table.rows.map { Category($0, pick("Everybody", "Iedereen")) })
    }
    let names = Dictionary(uniqueKeysWithValues: labels.map { ($0.id, $0) })
    return Dimension(
      "group", grouping.name[language], table.rows.map { $0 == "total" ? total : names[$0] ?? Category($0, $0) })
  }

  private func outcome(_ outcome: DisclosedOutcome) -> [AggregateDataset] {
    outcome.comparisons.map { comparison in
      let causes =
        outcome.causes.map { Category($0.id, $0.name[language]) }
        + [Category("none", pick("No event within follow-up", "Geen gebeurtenis binnen de follow-up")), total]
      let by = comparison.grouping.map { (".\($0.id)", pick(" by ", " naar ") + $0.name[language]) } ?? ("", "")
      let labels = comparison.groups.map { Category($0.id, $0.name[language]) }
      return AggregateDataset(
        id: "outcome.\(outcome.id)\(by.0)", label: outcome.name[language] + by.1,
        rows: groups(comparison.grouping, labels, comparison.events),
        columns: Dimension("event", pick("First event", "Eerste gebeurtenis"), causes), table: comparison.events)
    }
  }

  private func occupancy(_ occupancy: DisclosedOccupancy) -> AggregateDataset? {
    guard let first = occupancy.marks.first else { return nil }
    let by = occupancy.grouping.map { (".\($0.id)", pick(" by ", " naar ") + $0.name[language]) } ?? ("", "")
    let marks = occupancy.marks.map {
      Category(String($0.months), pick("After \($0.months) months", "Na \($0.months) maanden"))
    }
    return AggregateDataset(
      id: "occupancy\(by.0)",
      label: pick("People in each state since time zero", "Mensen per toestand sinds het beginpunt") + by.1,
      slices: Dimension("months", pick("Months since time zero", "Maanden sinds het beginpunt"), marks),
      rows: groups(occupancy.grouping, occupancy.groups.map { Category($0.id, $0.name[language]) }, first.table),
      columns: states("state", state), tables: occupancy.marks.map(\.table))
  }
}
