import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// Where people were at the end of each month, and who came into and went out of each state.
  var monthsSection: ReportSection? {
    let flows = study.flows
    guard let first = flows.months.first, let last = flows.months.last else { return nil }
    let start = study.plan.timeZero.inSentence
    let figure = ReportFigure(
      title: LocalizedText(
        "Where people were at the end of each month", nl: "Waar mensen waren aan het einde van elke maand"),
      subtitle: LocalizedText(
        en: "Number of people in each state, \(first) to \(last); \(cohort)",
        nl: "Aantal mensen in elke toestand, \(first) tot en met \(last); \(cohort)"),
      chart: .stateBands(bands), description: stockDescription, data: stockTable,
      method: LocalizedText(
        en:
          "Each person counts in exactly one state on each day, from \(start) to the end of their follow-up. Before and after that, a person is not in the figure.",
        nl:
          "Iedereen telt op elke dag in precies één toestand mee, vanaf \(start) tot het einde van de tijd waarin we die persoon volgen. Daarvoor en daarna staat iemand niet in de figuur."
      ), source: source, provenance: code("flows"))
    // A table of every month with nothing in it would say no more than the one of the last period.
    let hasNumbers = bands.states.flatMap(\.values).contains { ($0.number ?? 0) > 0 }
    let window = ReportBlock.paragraph(
      LocalizedText(
        en:
          "A person counts from \(start), for \(followUp) at most. So the total rises while people come in, and falls when their follow-up ends.",
        nl:
          "Iemand telt mee vanaf \(start), hoogstens \(followUp) lang. Het totaal stijgt dus zolang er mensen bij komen, en daalt als de tijd om is waarin we hen volgen."
      ))
    var blocks: [ReportBlock] = hasNumbers ? [window, .figure(figure)] : [window]
    if let period = flows.periods.last {
      blocks += [
        .subheading(LocalizedText("Who came in and who went out", nl: "Wie erbij kwam en wie eraf ging")),
        .paragraph(
          LocalizedText(
            "The table shows one period. **New** are people whom we begin to follow. **In** and **out** are moves from one state to another. **Ended** are people whose follow-up is over.",
            nl:
              "De tabel laat één periode zien. **Nieuw** zijn mensen die we vanaf dan volgen. **Erbij** en **eraf** zijn overstappen van de ene toestand naar de andere. **Tijd om**: voor deze mensen is de tijd om waarin we hen volgen."
          )),
        .table(flowTable(of: period)),
      ]
    }
    // No month is the highest or lowest in a way that means anything: who counts changes from month to month.
    return ReportSection(
      heading: LocalizedText("Where people were, month by month", nl: "Waar mensen waren, maand na maand"),
      blocks: blocks)
  }

  private var bands: StateBandChart {
    let flows = study.flows
    return StateBandChart(
      timeline: .months(from: flows.months[0], count: flows.months.count),
      states: orderedStates.map { state in
        StateBandChart.State(
          name: state.name, tone: tone(state.id),
          values: flows.months.map { ChartValue(flows.stock[$0.iso, state.id] ?? .absent(.notApplicable)) })
      }, value: ValueAxis(LocalizedText("People", nl: "Mensen")))
  }

  private var stockDescription: LocalizedText {
    guard let last = study.flows.months.last else { return LocalizedText("") }
    let numbers = LocalizedText { language in
      let items = orderedStates.map { state in
        let value = study.flows.stock[last.iso, state.id] ?? .absent(.notApplicable)
        return "\(state.name[language]) \(ReportNumber(value).text(in: language))"
      }
      return items.joined(separator: ", ")
    }
    return LocalizedText(
      en: "Stacked areas, one for each state, month by month. At the end of \(last): \(numbers).",
      nl: "Gestapelde vlakken, één voor elke toestand, maand na maand. Eind \(last): \(numbers).")
  }

  private var stockTable: ReportTable {
    let flows = study.flows
    let columns = orderedStates.map { ($0.id, $0.name) } + [("total", LocalizedText("All", nl: "Samen"))]
    return ReportTable(
      caption: LocalizedText(
        "People in each state at the end of the month", nl: "Mensen in elke toestand aan het einde van de maand"),
      rowHeading: LocalizedText("Month", nl: "Maand"), columns: columns.map { .init($0.1) },
      rows: flows.months.map { month in
        ReportTable.Row(
          LocalizedText { $0.month(month) },
          columns.map { ReportTable.Cell(flows.stock[month.iso, $0.0] ?? .absent(.notApplicable)) })
      })
  }

  // MARK: In and out

  static let flowColumns: [(id: String, heading: LocalizedText)] = [
    ("opening", LocalizedText("Start", nl: "Begin")), ("new", LocalizedText("New", nl: "Nieuw")),
    ("entered", LocalizedText("In", nl: "Erbij")), ("left", LocalizedText("Out", nl: "Eraf")),
    ("ended", LocalizedText("Ended", nl: "Tijd om")), ("closing", LocalizedText("End", nl: "Einde")),
  ]

  private func flowTable(of period: DisclosedFlows.Period) -> ReportTable {
    ReportTable(
      caption: LocalizedText(en: "In and out, \(span(of: period))", nl: "Erbij en eraf, \(span(of: period))"),
      rowHeading: LocalizedText("State", nl: "Toestand"), columns: Self.flowColumns.map { .init($0.heading) },
      rows: orderedStates.map { ReportTable.Row($0.name, flowCells(of: period, row: $0.id)) } + [
        ReportTable.Row(LocalizedText("All", nl: "Samen"), flowCells(of: period, row: "total"), kind: .total)
      ],
      source: LocalizedText(
        "Start + new + in − out − ended = end. The program checked this before rounding, for each state and each month. After rounding a row may miss it by a few people.",
        nl:
          "Begin + nieuw + erbij − eraf − tijd om = einde. Het programma heeft dit vóór het afronden nagerekend, voor elke toestand en elke maand. Na het afronden kan een rij er een paar mensen naast zitten."
      ), provenance: code("flows"))
  }

  private func flowCells(of period: DisclosedFlows.Period, row: String) -> [ReportTable.Cell] {
    Self.flowColumns.map { ReportTable.Cell(period.table[row, $0.id] ?? .absent(.notApplicable)) }
  }

  /// `January to June 2016`, `2016`, `January 2016`.
  func span(of period: DisclosedFlows.Period) -> LocalizedText {
    let (first, last) = (period.first, period.last)
    if first == last { return LocalizedText { $0.month(first) } }
    if first.year == last.year, last.months(since: first) == 11 { return LocalizedText(String(first.year)) }
    return LocalizedText { language in
      let from = first.year == last.year ? String(language.month(first).dropLast(5)) : language.month(first)
      return "\(from) \(language == .dutch ? "tot en met" : "to") \(language.month(last))"
    }
  }

  /// Every period and every state, for the appendix.
  var allFlows: ReportTable? {
    guard study.flows.periods.count > 1 else { return nil }
    return ReportTable(
      caption: LocalizedText("In and out in every period", nl: "Erbij en eraf in elke periode"),
      rowHeading: LocalizedText("Period and state", nl: "Periode en toestand"),
      columns: Self.flowColumns.map { .init($0.heading) },
      rows: study.flows.periods.flatMap { period in
        [ReportTable.Row(span(of: period).atStart, flowCells(of: period, row: "total"))]
          + orderedStates.map { ReportTable.Row($0.name, flowCells(of: period, row: $0.id), kind: .part) }
      }, source: source, provenance: code("flows"))
  }

  /// Every move from one state to another, for the appendix.
  var allMoves: ReportTable? {
    let moves = study.flows.transitions
    let rows = orderedStates.flatMap { from -> [ReportTable.Row] in
      let parts = orderedStates.compactMap { to -> ReportTable.Row? in
        guard let value = moves[from.id, to.id], value != .zero else { return nil }
        return ReportTable.Row(
          LocalizedText(en: "to \(to.name)", nl: "naar \(to.name)"), [ReportTable.Cell(value)], kind: .part)
      }
      guard !parts.isEmpty, let total = moves[from.id, "total"] else { return [] }
      return [
        ReportTable.Row(LocalizedText(en: "From \(from.name)", nl: "Van \(from.name)"), [ReportTable.Cell(total)])
      ] + parts
    }
    guard !rows.isEmpty else { return nil }
    return ReportTable(
      caption: LocalizedText(
        "Moves from one state to another, all months together",
        nl: "Overstappen van de ene toestand naar de andere, alle maanden samen"),
      rowHeading: LocalizedText("Move", nl: "Overstap"), columns: [.init(LocalizedText("Moves", nl: "Overstappen"))],
      rows: rows,
      source: LocalizedText(
        "Moves that nobody made are left out.", nl: "Overstappen die niemand maakte, staan er niet in."),
      provenance: code("flows"))
  }
}
