import Charts
import DisclosureControl
import Primitives
import Studies

extension StudyComposer {
  /// Who went which way: bands between the columns of the plan.
  var routesSection: ReportSection? {
    guard let routes = study.routes, let last = routes.columns.last else { return nil }
    let names = LocalizedText { language in
      routes.columns.map { $0.name.inSentence[language] }.joined(separator: "\u{A0}→ ")
    }
    let heading = LocalizedText("Which way people went", nl: "Welke weg mensen gingen")
    var blocks = [
      ReportBlock.paragraph(
        LocalizedText(
          en:
            "Read the figure from left to right: \(names). The thicker a band is, the more people went that way.",
          nl: "Lees de figuur van links naar rechts: \(names). Hoe dikker een band, hoe meer mensen die weg gingen."))
    ]
    if isEndOfFollowUp(last) {
      blocks.append(
        .paragraph(
          LocalizedText(
            en:
              "**\(last.name.atStart)** is the last day on which somebody was followed, and people were followed for different lengths of time: \(followUp) at most, and less for who came late. So the numbers there do not say where people are after one and the same time.",
            nl:
              "**\(last.name.atStart)** is de laatste dag waarop we iemand volgden, en niet iedereen is even lang gevolgd: hoogstens \(followUp), en korter voor wie laat begon. De aantallen daar zeggen dus niet waar mensen na één en dezelfde tijd zijn."
          )))
    }
    let hasNumbers = routes.links.contains { $0.people.number != nil }
    let figure = ReportFigure(
      title: LocalizedText("Who went which way", nl: "Wie welke weg ging"),
      subtitle: LocalizedText(
        en:
          "Number of people: \(names); \(cohort)",
        nl: "Aantal mensen: \(names); \(cohort)"),
      chart: .sankey(chart(of: routes)), description: description(of: routes), data: table(of: routes),
      method: LocalizedText(
        "Everybody is in one place of each column. A dashed band has a number that is protected; how thick it is, says nothing.",
        nl:
          "Iedereen staat in elke kolom op één plek. Een gestreepte band heeft een beschermd aantal; hoe dik die is, zegt niets."
      ), source: source, provenance: code("routes"))
    return ReportSection(heading: heading, blocks: blocks + [block(figure, hasNumbers: hasNumbers)])
  }

  /// Whether a column is the state on the last day of everybody's follow-up. That after a number of months has a place
  /// more, for those who were not followed so long.
  private func isEndOfFollowUp(_ column: DisclosedRoutes.Column) -> Bool {
    column.nodes.allSatisfy { state($0.id) != nil }
  }

  private func chart(of routes: DisclosedRoutes) -> SankeyChart {
    let columns = routes.columns.map { column in
      let nodes = ordered(column).filter { $0.people != .zero }
      return SankeyChart.Column(
        heading: column.name.atStart,
        nodes: nodes.map { node in
          SankeyChart.Node(
            id: key(column.id, node.id), name: node.name, value: ChartValue(node.people),
            tone: tone(of: node, in: column))
        })
    }
    let links = routes.links.map { link in
      SankeyChart.Link(
        from: key(link.fromColumn, link.from), to: key(link.toColumn, link.to), value: ChartValue(link.people))
    }
    let drawn = Set(columns.flatMap(\.nodes).map(\.id))
    return SankeyChart(columns: columns, links: links.filter { drawn.contains($0.from) && drawn.contains($0.to) })
  }

  private func key(_ column: String, _ node: String) -> String { "\(column).\(node)" }

  private func isOfStates(_ column: DisclosedRoutes.Column) -> Bool {
    column.nodes.contains { state($0.id) != nil }
  }

  /// States stand in the order that they have in every figure.
  private func ordered(_ column: DisclosedRoutes.Column) -> [DisclosedRoutes.Node] {
    guard isOfStates(column) else { return column.nodes }
    let order = orderedStates.map(\.id)
    return order.compactMap { id in column.nodes.first { $0.id == id } }
      + column.nodes.filter { !order.contains($0.id) }
  }

  /// States and groups keep the colours that they have elsewhere; choices have others.
  private func tone(of node: DisclosedRoutes.Node, in column: DisclosedRoutes.Column) -> SeriesTone {
    if column.nodes.count == 1 { return .whole }
    if isOfStates(column) { return tone(node.id) }
    let place = column.nodes.firstIndex { $0.id == node.id } ?? 0
    let isGrouping = study.occupancy.contains { $0.groups.map(\.id) == column.nodes.map(\.id) }
    return .ordinal(isGrouping ? place : place + 2)
  }

  private func description(of routes: DisclosedRoutes) -> LocalizedText {
    let columns = routes.columns.map { column in
      LocalizedText { language in
        let nodes = column.nodes.map { "\($0.name[language]) \(ReportNumber($0.people).text(in: language))" }
        return "\(column.name.atStart[language]): \(nodes.joined(separator: ", "))."
      }
    }
    return LocalizedText(
      sentences: [
        LocalizedText(
          "Bands run from each column to the next. People in each place of each column:",
          nl: "Banden lopen van elke kolom naar de volgende. Mensen op elke plek van elke kolom:")
      ] + columns)
  }

  private func table(of routes: DisclosedRoutes) -> ReportTable {
    var rows: [ReportTable.Row] = []
    for (index, column) in routes.columns.enumerated() {
      for node in ordered(column) {
        let name = LocalizedText(en: "\(column.name.atStart): \(node.name)", nl: "\(column.name.atStart): \(node.name)")
        rows.append(ReportTable.Row(name, [ReportTable.Cell(node.people)]))
        guard index + 1 < routes.columns.count else { continue }
        let next = routes.columns[index + 1]
        for link in routes.links where link.fromColumn == column.id && link.from == node.id {
          let name = next.nodes.first { $0.id == link.to }?.name ?? LocalizedText(link.to)
          rows.append(
            ReportTable.Row(
              LocalizedText(en: "to \(name)", nl: "naar \(name)"), [ReportTable.Cell(link.people)], kind: .part))
        }
      }
    }
    return ReportTable(
      caption: LocalizedText(
        "People in each place, and where they went from there", nl: "Mensen op elke plek, en waar ze daarna heen gingen"
      ),
      rowHeading: LocalizedText("Place", nl: "Plek"), columns: [.init(LocalizedText("People", nl: "Mensen"))],
      rows: rows)
  }
}
