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
      title: caseloadTitle(caseload),
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
      heading: caseloadHeading(caseload),
      blocks: [.paragraph(aboveNorm(caseload, last))] + (hasNumbers ? [.figure(figure)] : []))
  }

  /// How many professionals had more people than the norm in the last month.
  private func aboveNorm(_ caseload: DisclosedCaseload, _ last: DisclosedCaseload.Month) -> LocalizedText {
    let (share, norm, month) = (ReportNumber(last.all.aboveNorm), caseload.norm, last.month)
    switch (last.all.aboveNorm.percentage, share.value) {
    case (.zero, _):
      return LocalizedText(
        en: "At the end of \(month) none of the professionals had more than \(norm) people.",
        nl: "Eind \(month) had geen van de professionals meer dan \(norm) mensen.")
    case (_, .absent(let absence)):
      return LocalizedText(
        en: "How many professionals had more than \(norm) people at the end of \(month): \(absence.meaning).",
        nl: "Hoeveel professionals eind \(month) meer dan \(norm) mensen hadden: \(absence.meaning).")
    case (_, .number):
      return LocalizedText(
        en: "At the end of \(month) \(share) of the professionals had more than \(norm) people.",
        nl: "Eind \(month) had \(share) van de professionals meer dan \(norm) mensen.")
    }
  }

  /// The month with the most people per professional, of those that have a number.
  private func caseloadTitle(_ caseload: DisclosedCaseload) -> LocalizedText {
    let numbers = caseload.months.map { load($0.all) }
    guard let most = numbers.compactMap(\.value.number).max(),
      let place = numbers.firstIndex(where: { $0.value.number == most })
    else {
      return LocalizedText("People per professional, month by month", nl: "Mensen per professional, maand na maand")
    }
    return LocalizedText(
      en: "The busiest month: \(caseload.months[place].month), with \(numbers[place])",
      nl: "De drukste maand: \(caseload.months[place].month), met \(numbers[place])")
  }

  private func load(_ load: DisclosedCaseload.Load) -> ReportNumber {
    load.perManager.map { ReportNumber($0) } ?? .absent(load.people == .zero ? .notApplicable : .protected)
  }

  /// In how many of the months that have a number it was above the norm.
  private func caseloadHeading(_ caseload: DisclosedCaseload) -> LocalizedText {
    let numbers = caseload.months.compactMap { load($0.all).value.number }
    let above = numbers.filter { $0 > Double(caseload.norm) }.count
    let norm = oneTo(caseload.norm)
    if numbers.isEmpty { return LocalizedText("People per professional", nl: "Mensen per professional") }
    if above == 0 {
      return LocalizedText(
        en: "The caseload stayed within the \(norm) of the plan",
        nl: "Het aantal mensen per professional bleef binnen de \(norm) van het plan")
    }
    if above == numbers.count {
      return LocalizedText(
        en: "The caseload was above the \(norm) of the plan all the time",
        nl: "Het aantal mensen per professional lag steeds boven de \(norm) van het plan")
    }
    return LocalizedText(
      en: "The caseload was above the \(norm) of the plan in \(above) of \(numbers.count) months",
      nl:
        "In \(above) van de \(numbers.count) maanden waren er meer mensen per professional dan de \(norm) uit het plan")
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
