import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// How soon people reached an outcome: in words, by each grouping, and beside what came first instead.
  func outcomeSection(_ index: Int) -> ReportSection {
    let words = OutcomeWords(study.outcomes[index], self)
    var blocks: [ReportBlock] = words.opening.map { [.paragraph($0)] } ?? []
    let groupings = words.outcome.comparisons.filter { $0.grouping != nil }
    for (place, comparison) in groupings.enumerated() {
      guard let grouping = comparison.grouping else { continue }
      if groupings.count > 1 {
        blocks.append(
          .subheading(LocalizedText(en: "By \(grouping.name.inSentence)", nl: "Naar \(grouping.name.inSentence)")))
      }
      blocks += comparisonBlocks(comparison, grouping, words, isFirst: index == 0 && place == 0)
    }
    if let everybody = words.everybody { blocks += everybodyBlocks(everybody, words, isFirst: groupings.isEmpty) }
    return ReportSection(heading: words.heading, blocks: blocks)
  }

  private func comparisonBlocks(
    _ comparison: DisclosedOutcome.Comparison, _ grouping: StudyLabel, _ words: OutcomeWords, isFirst: Bool
  ) -> [ReportBlock] {
    var blocks: [ReportBlock] = []
    let sentences = [words.difference(in: comparison), words.test(in: comparison, grouping, isFirst: isFirst)]
      .compactMap(\.self)
    if !sentences.isEmpty { blocks.append(.paragraph(LocalizedText(sentences: sentences))) }
    let lines = comparison.groups.enumerated().map { place, group in
      curve(
        words.outcome.main, of: group, in: comparison, name: group.name, tone: .ordinal(place), line: .ordinal(place))
    }
    let curves = lines.compactMap(\.self)
    blocks += withoutLine(comparison.groups.map(\.name.asGroup), lines)
    let table = estimateTable(comparison.groups, [words.main], words)
    if curves.isEmpty {
      blocks.append(.table(alone(table, words)))
    } else {
      blocks.append(
        .figure(
          ReportFigure(
            title: words.title(of: comparison, grouping),
            subtitle: LocalizedText(
              en:
                "\(words.topic), of every 100 people in each group, with 95% intervals; \(cohort)",
              nl:
                "\(words.topic), van elke 100 mensen in elke groep, met 95%-intervallen; \(cohort)"
            ),
            chart: chart(
              curves,
              LocalizedText(
                en: "Of every 100 people: \(words.main.name.inSentence)",
                nl: "Van elke 100 mensen: \(words.main.name.inSentence)"), comparison.groups),
            description: words.description(of: comparison.groups, [words.main]), data: table,
            method: words.method(of: comparison, grouping, isFirst: isFirst), source: source,
            provenance: code(words.result))))
    }
    let isFirstOfGrouping = words.outcome.id == study.outcomes.first?.id
    blocks.append(.caveat(words.caveat(on: grouping, isFirst: isFirst, isFirstOfGrouping: isFirstOfGrouping)))
    return blocks
  }

  /// What the study says of a grouping: its caveats that begin with the name of it.
  func caveats(on grouping: StudyLabel) -> [LocalizedText] {
    study.caveats.filter { $0.english.hasPrefix("\(grouping.name.english): ") }
  }

  /// Says which lines are not drawn; nothing when all are or none is, for then there is no figure to explain.
  private func withoutLine(_ names: [LocalizedText], _ lines: [CumulativeCurveChart.Curve?]) -> [ReportBlock] {
    let missing = zip(names, lines).filter { $1 == nil }.map(\.0)
    guard !missing.isEmpty, missing.count < lines.count else { return [] }
    let list = LocalizedText(list: missing)
    return [
      .paragraph(
        LocalizedText(
          en: "There is no line for \(list): too few people to show.",
          nl: "Er is geen lijn voor \(list): te weinig mensen om te tonen."))
    ]
  }

  private func everybodyBlocks(
    _ everybody: DisclosedOutcome.Comparison, _ words: OutcomeWords, isFirst: Bool
  ) -> [ReportBlock] {
    guard let group = everybody.groups.first else { return [] }
    let causes = [words.main] + words.others
    let lines = causes.enumerated().map { place, cause in
      curve(cause.id, of: group, in: everybody, name: cause.name, tone: tone(cause.id), line: .ordinal(place))
    }
    let curves = lines.compactMap(\.self)
    let table = estimateTable([group], causes, words)
    guard !curves.isEmpty else { return isFirst ? [.table(alone(table, words))] : [] }
    var blocks: [ReportBlock] = []
    if !isFirst { blocks.append(.subheading(LocalizedText("Everybody together", nl: "Iedereen samen"))) }
    blocks += withoutLine(causes.map(\.name.inSentence), lines)
    let title =
      words.others.isEmpty
      ? LocalizedText(
        en: "\(words.main.name.atStart), month by month", nl: "\(words.main.name.atStart), maand na maand")
      : LocalizedText("What came first", nl: "Wat het eerst kwam")
    blocks.append(
      .figure(
        ReportFigure(
          title: title,
          subtitle: LocalizedText(
            en: "Of every 100 people, by what they had first, with 95% intervals; \(cohort)",
            nl: "Van elke 100 mensen, naar wat ze het eerst hadden, met 95%-intervallen; \(cohort)"),
          chart: chart(curves, LocalizedText("Of every 100 people", nl: "Van elke 100 mensen"), [group]),
          description: words.description(of: [group], causes), data: table, method: words.everybodyMethod,
          source: source, provenance: code(words.result))))
    return blocks
  }

  /// A table without a figure, which says itself where it comes from.
  private func alone(_ table: ReportTable, _ words: OutcomeWords) -> ReportTable {
    var table = table
    table.provenance = code(words.result)
    return table
  }

  // MARK: Curves

  /// The curve of one event in one group; nil when too few people were followed or had the event to draw any of it.
  private func curve(
    _ cause: String, of group: DisclosedOutcome.Group, in comparison: DisclosedOutcome.Comparison, name: LocalizedText,
    tone: SeriesTone, line: LineStyle
  ) -> CumulativeCurveChart.Curve? {
    guard let curve = group.curves.first(where: { $0.cause == cause }), curve.end > 0 else { return nil }
    let decimals = curve.decimals - 2
    let end = min(curve.end, Double(study.plan.followUpMonths))
    var points = curve.points.filter { $0.months <= end }.map { point in
      CumulativeCurveChart.Point(
        time: point.months, value: PerHundred.percent(point.value, decimals: decimals),
        lower: PerHundred.percent(point.lower, decimals: decimals),
        upper: PerHundred.percent(point.upper, decimals: decimals))
    }
    // A line that never leaves 0 says that nobody had the event, which only the count of events may say.
    guard points.contains(where: { $0.value > 0 }) || comparison.events[group.id, cause] == .zero,
      var last = points.last
    else { return nil }
    // After its last step a curve goes on unseen: it is drawn no further, unless nobody had the event at all.
    let isUntold = points.count > 1 && last.time < end - 0.5
    if last.time < end, !isUntold {
      last.time = end
      points.append(last)
    }
    let threshold = study.policy.threshold
    let isEarly = end < Double(study.plan.followUpMonths)
    let month = Int(last.time.rounded())
    let marks = riskMarks([group])
    return CumulativeCurveChart.Curve(
      name: name, tone: tone, line: line, points: points,
      endText: isUntold
        ? LocalizedText { language in
          let value = NumberStyle.percent(decimals: max(0, decimals)).text(last.value, in: language)
          return language == .dutch ? "\(value) in maand \(month)" : "\(value) at month \(month)"
        } : nil,
      stopReason: isEarly && !isUntold
        ? LocalizedText(
          en: "stops: fewer than \(threshold) people followed", nl: "stopt: minder dan \(threshold) mensen gevolgd")
        : nil,
      atRisk: marks.map { mark in
        ChartValue(group.atRisk.first { $0.months == mark }?.people ?? .absent(.notApplicable))
      })
  }

  private func chart(
    _ curves: [CumulativeCurveChart.Curve], _ title: LocalizedText, _ groups: [DisclosedOutcome.Group]
  ) -> Chart {
    let marks = riskMarks(groups)
    let months = study.plan.followUpMonths
    let step = marks.count > 1 ? marks[1] - marks[0] : months <= 18 ? 3 : 6
    let decimals = groups.flatMap(\.curves).map { $0.decimals - 2 }.max() ?? 0
    return .cumulativeCurves(
      CumulativeCurveChart(
        curves: curves, time: .init(monthsSinceStart, end: Double(months), step: Double(step)),
        value: ValueAxis(title, style: .percent(decimals: max(0, decimals)))))
  }

  /// The months at which people still followed are counted: 0, step, 2 step …; empty when they are not so.
  private func riskMarks(_ groups: [DisclosedOutcome.Group]) -> [Int] {
    guard let months = groups.first(where: { !$0.atRisk.isEmpty })?.atRisk.map(\.months), months.count > 1,
      months.first == 0, months[1] > 0,
      months.indices.allSatisfy({ months[$0] == $0 * months[1] })
    else { return [] }
    return months.filter { $0 <= study.plan.followUpMonths }
  }

  // MARK: Estimates

  /// For each group or event, at each mark: the estimate, its interval and the people still followed without it.
  private func estimateTable(
    _ groups: [DisclosedOutcome.Group], _ causes: [StudyLabel], _ words: OutcomeWords
  ) -> ReportTable {
    let hasRisk = groups.contains { group in
      study.plan.marks.allSatisfy { mark in group.atRisk.contains { $0.months == mark } }
    }
    var rows: [ReportTable.Row] = []
    for group in groups {
      for cause in causes {
        for mark in study.plan.marks {
          let estimate = group.estimates.first { $0.cause == cause.id && $0.months == mark }.map {
            PerHundred($0.estimate)
          }
          let name = causes.count > 1 || groups.count == 1 ? cause.name : group.name
          let absent = ReportTable.Cell.absent(.protected)
          let months = LocalizedText { LocalizedText.months(mark)[$0].replacing(" ", with: "\u{A0}") }
          var cells = [estimate.map { .number($0.percent) } ?? absent, estimate?.intervalCell ?? absent]
          if hasRisk {
            cells.append(group.atRisk.first { $0.months == mark }.map { ReportTable.Cell($0.people) } ?? absent)
          }
          rows.append(
            ReportTable.Row(
              LocalizedText(en: "\(name), \(months)", nl: "\(name), \(months)"),
              cells))
        }
      }
    }
    let columns = [
      LocalizedText("Of every 100", nl: "Van elke 100"), LocalizedText("95% interval", nl: "95%-interval"),
      LocalizedText("Followed, and not there yet", nl: "Gevolgd, en nog niet zover"),
    ]
    return ReportTable(
      caption: words.caption(causes), rowHeading: LocalizedText("After", nl: "Na"),
      columns: columns.prefix(hasRisk ? 3 : 2).map { .init($0) }, rows: rows)
  }
}
