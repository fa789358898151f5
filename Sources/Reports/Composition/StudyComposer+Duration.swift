import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// How many months people spend in each state, and where they are at each mark.
  var durationSection: ReportSection? {
    guard let everybody = study.occupancy.first(where: { $0.grouping == nil }) else { return nil }
    let groupings = study.occupancy.filter { $0.grouping != nil }
    var blocks: [ReportBlock] = []
    if let table = shareTable(everybody) { blocks.append(.table(table)) }
    if groupings.isEmpty {
      blocks.append(
        .paragraph(
          LocalizedText("These averages have no interval.", nl: "Deze gemiddelden hebben geen interval.")))
    } else {
      var all = durationTable(everybody, everybody)
      (all.source, all.provenance) = (source, code("occupancy"))
      blocks += [
        .table(all), .subheading(LocalizedText("Group by group", nl: "Groep voor groep")),
        .paragraph(
          LocalizedText(
            "These averages have no interval, so small differences between groups say little.",
            nl: "Deze gemiddelden hebben geen interval. Kleine verschillen tussen groepen zeggen dus weinig.")),
      ]
    }
    for (place, occupancy) in (groupings.isEmpty ? [everybody] : groupings).enumerated() {
      let hasNumbers = occupancy.meanMonths.contains { $0.states.contains { $0.value.number != nil } }
      blocks.append(block(durationFigure(occupancy, everybody, isFirst: place == 0), hasNumbers: hasNumbers))
    }
    return ReportSection(heading: durationHeading(everybody), blocks: blocks)
  }

  private func mean(_ state: String, _ group: DisclosedOccupancy.MeanMonths) -> ReportNumber {
    guard let place = study.states.firstIndex(where: { $0.id == state }), place < group.states.count else {
      return .absent(.notApplicable)
    }
    return ReportNumber(group.states[place])
  }

  private func durationHeading(_ everybody: DisclosedOccupancy) -> LocalizedText {
    guard let main = mainState, let months = everybody.meanMonths.first, mean(main.id, months).value.number != nil
    else {
      return LocalizedText("How long people are in each state", nl: "Hoe lang mensen in elke toestand zijn")
    }
    let (number, horizon) = (mean(main.id, months), horizon(months))
    return LocalizedText(
      en: "\(main.name.atStart): on average \(number) of the first \(horizon) months",
      nl: "\(main.name.atStart): gemiddeld \(number) van de eerste \(horizon) maanden")
  }

  /// Months, without a decimal when they are whole.
  private func horizon(_ group: DisclosedOccupancy.MeanMonths) -> ReportNumber {
    .decimal(group.horizon, decimals: group.horizon == group.horizon.rounded() ? 0 : 1)
  }

  private func durationFigure(_ occupancy: DisclosedOccupancy, _ everybody: DisclosedOccupancy, isFirst: Bool)
    -> ReportFigure
  {
    let axis = ValueAxis(LocalizedText("Months, on average", nl: "Maanden, gemiddeld"), style: .decimal(1), minimum: 0)
    let chart: DotIntervalChart
    if occupancy.grouping == nil {
      chart = DotIntervalChart(
        rows: orderedStates.map { state in
          .init(
            name: state.name,
            value: occupancy.meanMonths.first.map { mean(state.id, $0).value } ?? .absent(.notApplicable),
            tone: tone(state.id))
        }, form: .bars, value: axis)
    } else {
      chart = DotIntervalChart(
        groups: orderedStates.map { state in
          .init(
            heading: state.name,
            rows: zip(occupancy.groups, occupancy.meanMonths).enumerated().map { place, group in
              .init(name: group.0.name, value: mean(state.id, group.1).value, tone: .ordinal(place))
            })
        }, form: .bars, value: axis)
    }
    let title =
      occupancy.grouping.map {
        LocalizedText(
          en: "Months in each state, by \($0.name.inSentence)",
          nl: "Maanden in elke toestand, naar \($0.name.inSentence)")
      }
      ?? LocalizedText("Months in each state", nl: "Maanden in elke toestand")
    let numbers = LocalizedText { language in
      orderedStates.map { state in
        let values = occupancy.meanMonths.map { mean(state.id, $0).text(in: language) }
        return "\(state.name[language]) \(values.joined(separator: " / "))"
      }.joined(separator: ", ")
    }
    return ReportFigure(
      title: title,
      subtitle: LocalizedText(
        en: "Average number of months since \(study.plan.timeZero.inSentence); \(cohort)",
        nl: "Gemiddeld aantal maanden sinds \(study.plan.timeZero.inSentence); \(cohort)"),
      chart: .dotIntervals(chart),
      description: LocalizedText(
        en: "Bars of months in each state: \(numbers).", nl: "Balken met maanden in elke toestand: \(numbers)."),
      data: durationTable(occupancy, everybody), method: durationMethod(occupancy, isFirst: isFirst), source: source,
      provenance: code("occupancy"))
  }

  /// A row for each state with everybody, and a part of it for each group.
  private func durationTable(_ occupancy: DisclosedOccupancy, _ everybody: DisclosedOccupancy) -> ReportTable {
    let rows = orderedStates.flatMap { state -> [ReportTable.Row] in
      let all = everybody.meanMonths.first.map { mean(state.id, $0) } ?? .absent(.notApplicable)
      let groups = occupancy.grouping == nil ? [] : Array(zip(occupancy.groups, occupancy.meanMonths))
      return [ReportTable.Row(state.name, [.number(all)])]
        + groups.map { ReportTable.Row($0.name, [.number(mean(state.id, $1))], kind: .part) }
    }
    return ReportTable(
      caption: LocalizedText("Months in each state, on average", nl: "Maanden in elke toestand, gemiddeld"),
      rowHeading: LocalizedText("State", nl: "Toestand"), columns: [.init(LocalizedText("Months", nl: "Maanden"))],
      rows: rows)
  }

  /// Says over how many months the averages are, for each group where they differ.
  private func durationMethod(_ occupancy: DisclosedOccupancy, isFirst: Bool) -> LocalizedText {
    let name = occupancy.grouping?.name.inSentence ?? LocalizedText("")
    let full = LocalizedText(
      "For each day we take the share of people in the state, among those for whom that day has passed. Added up over all days that is the average number of months.",
      nl:
        "Voor elke dag nemen we het deel in de toestand, van de mensen voor wie die dag voorbij is. Opgeteld over alle dagen is dat het gemiddelde aantal maanden."
    )
    let short = LocalizedText(
      en: "Averaged in the same way, for each group by \(name) on its own.",
      nl: "Op dezelfde manier gemiddeld, voor elke groep naar \(name) apart.")
    let base = isFirst ? full : short
    let lengths = Set(occupancy.meanMonths.map(\.horizon))
    if lengths.count == 1, let group = occupancy.meanMonths.first {
      guard isFirst else { return base }
      return LocalizedText(
        sentences: [
          base,
          LocalizedText(
            en: "All states together make \(horizon(group)) months.",
            nl: "Alle toestanden samen zijn \(horizon(group)) maanden."),
        ])
    }
    let items = zip(occupancy.groups, occupancy.meanMonths).map { label, group in
      LocalizedText(en: "\(label.name.asGroup) \(horizon(group))", nl: "\(label.name.asGroup) \(horizon(group))")
    }
    return LocalizedText(
      sentences: [
        base,
        LocalizedText(
          en:
            "Not every group is followed equally long, so their averages cover a different number of months: \(LocalizedText(list: items)). They are not to be compared as they are.",
          nl:
            "Niet elke groep is even lang gevolgd. De gemiddelden gaan dus over een verschillend aantal maanden: \(LocalizedText(list: items)). Vergelijk ze niet zonder meer."
        ),
      ])
  }

  /// The share in each state at each mark, of those for whom so many months have passed.
  private func shareTable(_ occupancy: DisclosedOccupancy) -> ReportTable? {
    let marks = occupancy.marks
    guard !marks.isEmpty else { return nil }
    let rows = orderedStates.map { state in
      let place = study.states.firstIndex { $0.id == state.id } ?? 0
      return ReportTable.Row(
        state.name,
        marks.map { mark in
          guard let shares = mark.shares.first, place < shares.count else { return .absent(.notApplicable) }
          return .number(ReportNumber(shares[place]))
        })
    }
    let months = LocalizedText(list: marks.map { LocalizedText(String($0.months)) })
    let either = LocalizedText { language in
      let (last, word) = (marks[marks.count - 1].months, language == .dutch ? "of" : "or")
      let others = marks.dropLast().map { String($0.months) }.joined(separator: ", ")
      return others.isEmpty ? "\(last)" : "\(others) \(word) \(last)"
    }
    let followed = ReportTable.Row(
      LocalizedText("People whose months have passed", nl: "Mensen van wie de maanden om zijn"),
      marks.map { mark in
        let row = occupancy.groups.first?.id ?? "everyone"
        return ReportTable.Cell(mark.table[row, "total"] ?? mark.table["total", "total"] ?? .absent(.notApplicable))
      }, kind: .total)
    return ReportTable(
      caption: LocalizedText(
        en:
          "Where people are \(months) months after \(study.plan.timeZero.inSentence), of every 100 of those whose \(either) months have passed",
        nl:
          "Waar mensen zijn \(months) maanden na \(study.plan.timeZero.inSentence), van elke 100 van wie de \(either) maanden om zijn"
      ),
      rowHeading: LocalizedText("State", nl: "Toestand"),
      columns: marks.map { .init(LocalizedText("\($0.months) mo.", nl: "\($0.months) mnd.")) },
      rows: rows + [followed], source: source,
      provenance: code("occupancy"))
  }
}
