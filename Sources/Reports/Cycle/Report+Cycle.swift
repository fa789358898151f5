import Charts
import DisclosureControl
import Primitives
import SubmissionCycles

extension Report {
  /// The page of a period of the cycle: who sent, in time or not, what waits for whom, and what was decided.
  public init(cycle contents: CycleReportContents) {
    let status = contents.status
    let sent = status.providers.count { $0.firstReceivedOn != nil }
    let period = { (language: Language) in status.period.inWords(language) }
    self.init(
      kicker: LocalizedText { language in
        contents.organisation[language] + (language == .dutch ? " · Aanleveringen" : " · Returns")
          + (contents.isSynthetic ? (language == .dutch ? " · verzonnen mensen" : " · invented people") : "")
      },
      title: LocalizedText { language in
        let name = period(language)
        return name.prefix(1).uppercased() + name.dropFirst()
      },
      lede: CycleWords.lede(status, sent: sent),
      facts: [
        ReportFact(CycleWords.state, LocalizedText { CycleWords.capitalised(status.state.words[$0]) }),
        ReportFact(CycleWords.due, LocalizedText(status.dueOn)),
        status.releasedOn.map { ReportFact(CycleWords.released, LocalizedText($0)) },
        status.lockedOn.map { ReportFact(CycleWords.locked, LocalizedText($0)) },
        ReportFact(CycleWords.asKnownOn, LocalizedText(contents.asKnownOn)),
      ].compactMap(\.self),
      keyFindings: CycleWords.findings(status, sent: sent), keyFindingsHeading: CycleWords.findingsHeading,
      sections: Self.sections(contents), colophon: CycleWords.colophon)
  }

  private static func sections(_ contents: CycleReportContents) -> [ReportSection] {
    var sections: [ReportSection] = []
    if !contents.status.providers.isEmpty {
      sections.append(
        ReportSection(
          heading: CycleWords.whoSent, blocks: [.table(providers(contents)), .caveat(CycleWords.rowsCaveat)]))
    }
    if contents.punctuality.contains(where: { $0.due > 0 }) {
      sections.append(
        ReportSection(
          heading: CycleWords.punctual, blocks: [.paragraph(CycleWords.punctualLede), .table(punctuality(contents))]))
    }
    if let expected = contents.expected {
      sections.append(
        ReportSection(
          heading: CycleWords.expected,
          blocks: [.paragraph(CycleWords.expectedLede), .table(outcomes(expected, contents.expectations))]))
    }
    if !contents.status.decisions.isEmpty {
      sections.append(
        ReportSection(
          heading: CycleWords.decided, blocks: [.list(contents.status.decisions.map(CycleWords.decision))]))
    }
    return sections
  }

  private static func providers(_ contents: CycleReportContents) -> ReportTable {
    let none = LocalizedText("–")
    return ReportTable(
      caption: LocalizedText("Returns about this period", nl: "Aanleveringen over deze periode"),
      rowHeading: CycleWords.provider,
      columns: [
        .init(CycleWords.state, .leading), .init(LocalizedText("Received", nl: "Ontvangen"), .leading),
        .init(LocalizedText("Days late", nl: "Dagen te laat")),
        .init(LocalizedText("Rows read", nl: "Rijen gelezen")), .init(LocalizedText("Taken in", nl: "Opgenomen")),
        .init(LocalizedText("Held", nl: "Vastgehouden")),
      ],
      rows: contents.status.providers.map { provider in
        func cell(_ column: String) -> ReportTable.Cell {
          guard provider.returns > 0, let value = contents.rows?[provider.provider, column] else { return .text(none) }
          return ReportTable.Cell(value)
        }
        return ReportTable.Row(
          LocalizedText(provider.provider),
          [
            .text(LocalizedText { CycleWords.capitalised(provider.standing.words[$0]) }),
            .text(provider.firstReceivedOn.map { LocalizedText($0) } ?? none),
            provider.daysLate == 0 ? .text(none) : .number(.count(provider.daysLate)),
            cell("read"), cell("accepted"), cell("held"),
          ])
      })
  }

  private static func punctuality(_ contents: CycleReportContents) -> ReportTable {
    func share(_ value: Double?) -> ReportTable.Cell {
      value.map { .number(.percent(100 * $0)) } ?? .absent(.notApplicable)
    }
    return ReportTable(
      caption: LocalizedText(
        "All periods whose due day has passed", nl: "Alle periodes waarvan de inleverdag voorbij is"),
      rowHeading: CycleWords.provider,
      columns: [
        .init(LocalizedText("Due", nl: "Te leveren")), .init(LocalizedText("In time", nl: "Op tijd")),
        .init(LocalizedText("Late", nl: "Te laat")), .init(LocalizedText("Missing", nl: "Ontbreekt")),
        .init(LocalizedText("Came at all", nl: "Binnengekomen")),
        .init(LocalizedText("Came in time", nl: "Op tijd binnen")),
      ],
      rows: contents.punctuality.map {
        ReportTable.Row(
          LocalizedText($0.provider),
          [
            .number(.count($0.due)), .number(.count($0.inTime)), .number(.count($0.late)), .number(.count($0.missing)),
            share($0.completeness), share($0.timeliness),
          ])
      })
  }

  private static func outcomes(_ table: DisclosedTable, _ titles: [String: LocalizedText]) -> ReportTable {
    ReportTable(
      caption: LocalizedText("People, by what is expected of them", nl: "Mensen, naar wat van hen wordt verwacht"),
      rowHeading: LocalizedText("Expected", nl: "Verwacht"),
      columns: table.columns.compactMap { ExpectedOutcome.Standing(rawValue: $0) }.map { standing in
        .init(LocalizedText { CycleWords.capitalised(standing.words[$0]) })
      },
      rows: zip(table.rows, table.values).map { row, values in
        ReportTable.Row(titles[row] ?? LocalizedText(row), values.map { ReportTable.Cell($0) })
      })
  }
}
