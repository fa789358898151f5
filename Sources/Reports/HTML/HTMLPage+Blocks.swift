import Charts
import Primitives

extension HTMLPage {
  /// What stands in a section, in order.
  mutating func blocks(_ blocks: [ReportBlock]) -> String {
    var html = ""
    for block in blocks {
      switch block {
      case .paragraph(let paragraph): html += "<p>\(text(paragraph))</p>\n"
      case .list(let items): html += "<ul>\n\(items.map { "<li>\(text($0))</li>\n" }.joined())</ul>\n"
      case .subheading(let heading): html += "<h3>\(text(heading))</h3>\n"
      case .figure(let figure): html += self.figure(figure)
      case .table(let table): html += "<div class=\"block\">\n\(self.table(table))</div>\n"
      case .relations(let diagram):
        html += "<div class=\"block\">\n\(diagram.svg(in: language, id: identifier("diagram")))</div>\n"
      case .caveat(let caveat): html += self.caveat(caveat)
      case .method(let note):
        html += details(note.title ?? RendererWords.method, paragraphs(note.paragraphs))
      }
    }
    return html
  }

  func paragraphs(_ paragraphs: [LocalizedText]) -> String {
    paragraphs.map { "<p>\(text($0))</p>\n" }.joined()
  }

  private mutating func caveat(_ caveat: ReportCaveat) -> String {
    let id = identifier("caveat")
    let title = text(caveat.title ?? RendererWords.caveat)
    return """
      <aside class="caveat" aria-labelledby="\(id)">
      <h3 id="\(id)">\(title)</h3>
      \(paragraphs(caveat.paragraphs))</aside>

      """
  }

  /// Something that is folded away on a screen and open on paper.
  private func details(_ summary: LocalizedText, _ content: String) -> String {
    "<details>\n<summary>\(text(summary))</summary>\n\(content)</details>\n"
  }

  /// A chart in both sizes with its finding above and its source, numbers and method below.
  private mutating func figure(_ figure: ReportFigure) -> String {
    let id = identifier("figure")
    var html = """
      <figure id="\(id)" aria-labelledby="\(id)-finding">
      <figcaption><h3 id="\(id)-finding">\(text(figure.title))</h3>
      <p class="subtitle">\(text(figure.subtitle))</p></figcaption>

      """
    for size in [Chart.Size.wide, .narrow] {
      html += figure.chart.svg(
        size, in: language, title: Markup.plain(figure.title[language]),
        description: Markup.plain(figure.description[language]), prefix: "\(id)-\(size.className)")
      html += "\n"
    }
    html += "<p class=\"source\">\(text(figure.source)) \(chip(figure.provenance))</p>\n"
    html += details(RendererWords.numbers, table(figure.data))
    if let method = figure.method { html += details(RendererWords.method, paragraphs([method])) }
    return html + "</figure>\n"
  }
}
