import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// How many lines a figure can have and still be read.
  private static let mostLines = 6

  /// People per professional, month by month, against what the plan says.
  var caseloadSection: ReportSection? {
    guard let caseload = study.caseload, let first = caseload.months.first, let last = caseload.months.last else {
      return nil
    }
    let figure = ReportFigure(
      title: LocalizedText(
        "People per professional on average, month by month", nl: "Mensen per professional, gemiddeld, maand na maand"),
      subtitle: LocalizedText(
        en:
          "At the end of each month, \(first.month) to \(last.month); also people outside this study",
        nl:
          "Aan het einde van elke maand, \(first.month) tot en met \(last.month); ook mensen buiten dit onderzoek"
      ),
      chart: .run(caseloadChart(caseload)), description: caseloadDescription(caseload), data: caseloadTable(caseload),
      method: LocalizedText(
        "All people whom the plan counts at the end of the month, for each professional who has at least one of them. With fewer than three professionals there is no number: it would tell about one of them.",
        nl:
          "Alle mensen die het plan aan het einde van de maand telt, per professional met minstens één van hen. Met minder dan drie professionals staat er geen getal: dat zou iets over één van hen vertellen."
      ),
      source: source, provenance: code("caseload"))
    let hasNumbers = caseload.months.contains { load($0.all).value.number != nil }
    return ReportSection(
      heading: caseloadHeading(caseload, last),
      blocks: [.paragraph(caseloadSentences(caseload, last))] + (hasNumbers ? [.figure(figure)] : []))
  }

  /// How many professionals had more people than the norm in the last month, when that is told.
  private func caseloadHeading(_ caseload: DisclosedCaseload, _ last: DisclosedCaseload.Month) -> LocalizedText {
    let (share, norm, month) = (ReportNumber(last.all.aboveNorm), caseload.norm, last.month)
    guard share.value.number != nil else {
      return LocalizedText("People per professional", nl: "Mensen per professional")
    }
    let heading =
      last.all.aboveNorm.percentage == .zero
      ? LocalizedText(
        en: "in \(month) no professional had more than \(norm) people",
        nl: "in \(month) had geen enkele professional meer dan \(norm) mensen")
      : LocalizedText(
        en: "in \(month) \(share) of the professionals had more than \(norm) people",
        nl: "in \(month) had \(share) van de professionals meer dan \(norm) mensen")
    // The register may have other professionals, of whom this says nothing.
    return caseload.name.map { LocalizedText(en: "\($0.atStart): \(heading)", nl: "\($0.atStart): \(heading)") }
      ?? heading.atStart
  }

  /// What the average says and hides, and why the heading does not tell how many were above the norm.
  private func caseloadSentences(_ caseload: DisclosedCaseload, _ last: DisclosedCaseload.Month) -> LocalizedText {
    var sentences: [LocalizedText] = []
    if let absence = ReportNumber(last.all.aboveNorm).value.absence {
      sentences.append(
        LocalizedText(
          en:
            "How many professionals had more than \(caseload.norm) people at the end of \(last.month): \(absence.meaning).",
          nl: "Hoeveel professionals eind \(last.month) meer dan \(caseload.norm) mensen hadden: \(absence.meaning)."))
    }
    if let months = monthsAboveNorm(caseload) { sentences.append(months) }
    sentences.append(
      LocalizedText(
        "An average hides differences between professionals: one has more people, another fewer.",
        nl: "Een gemiddelde verbergt verschillen tussen professionals: de een heeft meer mensen, de ander minder."))
    return LocalizedText(sentences: sentences)
  }

  /// In how many months there were more people per professional than the norm, as the study counted them before
  /// rounding; nil when there are no months to count.
  private func monthsAboveNorm(_ caseload: DisclosedCaseload) -> LocalizedText? {
    let (above, shown, norm) = (caseload.monthsAboveNorm, caseload.monthsShown, caseload.norm)
    // A number of months that stands for numbers of people none of which may be shown.
    guard shown > 1, caseload.months.contains(where: { load($0.all).value.number != nil }) else { return nil }
    switch above {
    case 0:
      return LocalizedText(
        en: "In none of the \(shown) months shown were there more than \(norm) people per professional on average.",
        nl: "In geen van de \(shown) getoonde maanden waren er gemiddeld meer dan \(norm) mensen per professional.")
    case shown:
      return LocalizedText(
        en: "In all \(shown) months shown there were more than \(norm) people per professional on average.",
        nl: "In alle \(shown) getoonde maanden waren er gemiddeld meer dan \(norm) mensen per professional.")
    default:
      return LocalizedText(
        en: "In \(above) of the \(shown) months shown there were more than \(norm) people per professional on average.",
        nl: "In \(above) van de \(shown) getoonde maanden waren er gemiddeld meer dan \(norm) mensen per professional.")
    }
  }

  private func load(_ load: DisclosedCaseload.Load) -> ReportNumber {
    load.perManager.map { ReportNumber($0) } ?? .absent(load.people == .zero ? .notApplicable : .protected)
  }

  private func caseloadChart(_ caseload: DisclosedCaseload) -> RunChart {
    let all = RunChart.Series(
      name: caseload.name ?? LocalizedText("All together", nl: "Allemaal samen"), tone: .whole,
      values: caseload.months.map { load($0.all).value })
    let teams = caseload.teams.enumerated().map { place, team in
      RunChart.Series(
        name: team.name, tone: .ordinal(place), line: .ordinal(place + 1),
        values: caseload.months.map { place < $0.teams.count ? load($0.teams[place]).value : .absent(.notApplicable) })
    }
    // A single team is everybody, and too many lines cannot be told apart; the table has them all.
    let isReadable = (2..<Self.mostLines).contains(teams.count)
    return RunChart(
      timeline: .months(from: caseload.months[0].month, count: caseload.months.count),
      series: [all] + (isReadable ? teams : []),
      norm: .init(
        Double(caseload.norm),
        label: LocalizedText(en: "Plan: \(oneTo(caseload.norm))", nl: "Plan: \(oneTo(caseload.norm))")),
      value: ValueAxis(LocalizedText("People per professional", nl: "Mensen per professional"), style: .oneTo))
  }

  private func caseloadDescription(_ caseload: DisclosedCaseload) -> LocalizedText {
    let norm = oneTo(caseload.norm)
    guard let last = caseload.months.last else { return LocalizedText("") }
    let items = LocalizedText { language in
      let teams = zip(caseload.teams, last.teams).map { "\($0.name[language]) \(load($1).text(in: language))" }
      let all = LocalizedText("all together", nl: "allemaal samen")[language]
      return (["\(all) \(load(last.all).text(in: language))"] + teams).joined(separator: ", ")
    }
    return LocalizedText(
      en: "Lines month by month beside a fixed line at \(norm). At the end of \(last.month): \(items).",
      nl: "Lijnen maand na maand naast een vaste lijn bij \(norm). Eind \(last.month): \(items).")
  }

  private func caseloadTable(_ caseload: DisclosedCaseload) -> ReportTable {
    let headings =
      [LocalizedText("All", nl: "Samen")] + caseload.teams.map(\.name) + [
        LocalizedText("Above the norm", nl: "Boven de norm")
      ]
    return ReportTable(
      caption: LocalizedText(
        "People per professional, and the share of professionals with more people than the norm",
        nl: "Mensen per professional, en het deel van de professionals met meer mensen dan de norm"),
      rowHeading: LocalizedText("Month", nl: "Maand"), columns: headings.map { .init($0) },
      rows: caseload.months.map { month in
        let teams = caseload.teams.indices.map { place in
          ReportTable.Cell.number(place < month.teams.count ? load(month.teams[place]) : .absent(.notApplicable))
        }
        return ReportTable.Row(
          LocalizedText { $0.month(month.month) },
          [.number(load(month.all))] + teams + [.number(ReportNumber(month.all.aboveNorm))])
      })
  }
}
