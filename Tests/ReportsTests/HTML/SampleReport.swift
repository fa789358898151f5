import Charts
import Fingerprints
import Primitives
import Reports

/// A small invented report with one of everything.
enum SampleReport {
  static let code = ProvenanceCode("F1", Fingerprint(of: "figure"))
  static let unexplained = ProvenanceCode("T1", Fingerprint(of: "table"))

  static let charts: [Chart] = [
    .cumulativeCurves(
      CumulativeCurveChart(
        curves: [
          .init(
            name: LocalizedText("Intensive", nl: "Intensief"), tone: .first, line: .solid,
            points: [.init(time: 0, value: 0, lower: 0, upper: 0), .init(time: 36, value: 44, lower: 42, upper: 46)],
            atRisk: [2_260, .absent(.protected)])
        ], time: .init(LocalizedText("Months", nl: "Maanden"), end: 36, step: 36),
        value: ValueAxis(LocalizedText("In work", nl: "Aan het werk"), style: .percent()))),
    .sankey(
      SankeyChart(
        columns: [
          .init(
            heading: LocalizedText("Start", nl: "Begin"),
            nodes: [.init(id: "a", name: LocalizedText("All", nl: "Iedereen"), value: 4_000, tone: .whole)]),
          .init(
            heading: LocalizedText("End", nl: "Einde"),
            nodes: [.init(id: "b", name: LocalizedText("Work", nl: "Werk"), value: 1_610, tone: .first)]),
        ], links: [.init(from: "a", to: "b", value: 1_610)])),
    .stateBands(
      StateBandChart(
        timeline: .months(from: CalendarMonth(year: 2016, month: 1)!, count: 3),
        states: [.init(name: LocalizedText("Waiting", nl: "Wacht"), tone: .quiet, values: [5, 6, 7])],
        value: ValueAxis(LocalizedText("People", nl: "Mensen")))),
    .run(
      RunChart(
        timeline: .months(from: CalendarMonth(year: 2016, month: 1)!, count: 3),
        series: [.init(name: LocalizedText("Caseload", nl: "Werkdruk"), values: [50, .absent(.late), 63])],
        norm: .init(50, label: LocalizedText("Plan")), value: ValueAxis(LocalizedText("People", nl: "Mensen")))),
    .dotIntervals(
      DotIntervalChart(
        rows: [.init(name: LocalizedText("All", nl: "Iedereen"), value: 11.8, lower: 8.6, upper: 15)],
        value: ValueAxis(LocalizedText("Extra", nl: "Extra"), style: .difference()))),
  ]

  static let table = ReportTable(
    caption: LocalizedText("People per state", nl: "Mensen per toestand"),
    rowHeading: LocalizedText("State", nl: "Toestand"),
    columns: [.init(LocalizedText("People", nl: "Mensen")), .init(LocalizedText("Note", nl: "Opmerking"), .leading)],
    rows: [
      .init(
        LocalizedText("Work", nl: "Werk"), [.number(.count(1_610)), .text(LocalizedText("12 hours", nl: "12 uur"))]),
      .init(LocalizedText("Abroad", nl: "Buitenland"), [.absent(.protected), .text(LocalizedText(""))], kind: .part),
      .init(LocalizedText("None", nl: "Geen"), [.number(.count(0)), .number(.absent(.late))]),
      .init(LocalizedText("All", nl: "Samen"), [.number(.count(4_000)), .text(LocalizedText(""))], kind: .total),
    ], source: LocalizedText("Returns", nl: "Aanleveringen"), provenance: unexplained)

  static func report(title: String = "From settlement to work") -> Report {
    let figures = charts.enumerated().map { index, chart in
      ReportBlock.figure(
        ReportFigure(
          title: LocalizedText("Finding \(index)", nl: "Bevinding \(index)"),
          subtitle: LocalizedText("People, 2016–2019", nl: "Mensen, 2016–2019"), chart: chart,
          description: LocalizedText("What it shows", nl: "Wat het toont"), data: table,
          method: LocalizedText("How", nl: "Hoe"), source: LocalizedText("Returns", nl: "Aanleveringen"),
          provenance: code)
      )
    }
    return Report(
      kicker: LocalizedText("Waterstad"), title: LocalizedText(title, nl: "Van huisvesting naar werk"),
      lede: LocalizedText("Invented.", nl: "Verzonnen."),
      facts: [.init(LocalizedText("People", nl: "Mensen"), LocalizedText(.count(4_000)))],
      keyFindings: [
        .init(
          value: LocalizedText("44"), sentence: LocalizedText("in every **100**", nl: "van elke **100**"),
          note: LocalizedText("95% interval", nl: "95%-interval"), provenance: code)
      ],
      sections: [
        ReportSection(heading: LocalizedText("Routes"), blocks: figures),
        ReportSection(
          heading: LocalizedText("Flows", nl: "Stromen"),
          blocks: [
            .paragraph(LocalizedText("Words.", nl: "Woorden.")), .list([LocalizedText("One", nl: "Eén")]),
            .subheading(LocalizedText("Within", nl: "Hierbinnen")), .table(table),
            .caveat(ReportCaveat([LocalizedText("Motivation was not measured.", nl: "Motivatie is niet gemeten.")])),
            .method(ReportMethodNote([LocalizedText("Weighted.", nl: "Gewogen.")])),
          ]),
        ReportSection(heading: LocalizedText("Third", nl: "Derde"), blocks: []),
      ],
      appendix: ReportAppendix(
        method: [.paragraph(LocalizedText("Plan first.", nl: "Eerst het plan."))],
        definitions: [.init(LocalizedText("Work", nl: "Werk"), LocalizedText("12 hours", nl: "12 uur"))],
        dataQuality: [.table(table)],
        provenance: [
          ProvenanceRecord(
            code: code, result: LocalizedText("Routes"), plan: Fingerprint(of: "plan"), data: Fingerprint(of: "data"),
            program: Fingerprint(of: "program"), asKnownOn: CalendarDate(iso: "2019-06-14"), count: .count(4_000),
            method: LocalizedText("Counted", nl: "Geteld"))
        ]), colophon: LocalizedText("Made with Meedoen.", nl: "Gemaakt met Meedoen."))
  }
}
