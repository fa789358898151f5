import Primitives

/// A page being written: its language, and the identifiers given out so far.
struct HTMLPage {
  let language: Language
  /// The labels of results that the appendix explains: only their codes are links.
  let origins: Set<String>
  private var counts: [String: Int] = [:]

  init(language: Language, origins: Set<String>) {
    self.language = language
    self.origins = origins
  }

  /// A new identifier of a kind: `figure-1`, `figure-2`, …
  mutating func identifier(_ kind: String) -> String {
    counts[kind, default: 0] += 1
    return "\(kind)-\(counts[kind]!)"
  }

  func text(_ text: LocalizedText) -> String { Markup.inline(text[language]) }

  mutating func body(of report: Report, translation: HTMLRenderer.Translation?) -> String {
    var html = "<a class=\"skip\" href=\"#text\">\(text(RendererWords.skip))</a>\n"
    html += header(of: report, translation: translation)
    html += "<main id=\"text\">\n"
    if !report.keyFindings.isEmpty { html += keyFindings(of: report) }
    let sections = report.sections.map { (identifier("section"), $0) }
    html += contents(sections.map { ($0.0, $0.1.heading) }, hasAppendix: !report.appendix.isEmpty)
    for (id, section) in sections {
      html += "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(text(section.heading))</h2>\n"
      html += blocks(section.blocks)
      html += "</section>\n"
    }
    html += appendix(report.appendix)
    html += "</main>\n"
    if let colophon = report.colophon { html += "<footer><p>\(text(colophon))</p></footer>\n" }
    return html
  }

  private func header(of report: Report, translation: HTMLRenderer.Translation?) -> String {
    var html = "<header>\n"
    if let translation {
      let code = translation.language.rawValue
      html += """
        <p class="translation"><a href="\(Markup.escaped(translation.address))" lang="\(code)" hreflang="\(code)" \
        rel="alternate">\(RendererWords.name(of: translation.language))</a></p>

        """
    }
    html += "<p class=\"kicker\">\(text(report.kicker))</p>\n<h1>\(text(report.title))</h1>\n"
    html += "<p class=\"lede\">\(text(report.lede))</p>\n"
    if !report.facts.isEmpty {
      html += "<dl class=\"facts\">\n"
      for fact in report.facts { html += "<div><dt>\(text(fact.label))</dt><dd>\(text(fact.value))</dd></div>\n" }
      html += "</dl>\n"
    }
    return html + "</header>\n"
  }

  private func keyFindings(of report: Report) -> String {
    let heading = report.keyFindingsHeading ?? RendererWords.thingsToKnow(report.keyFindings.count)
    var html = "<section class=\"keys\" aria-labelledby=\"keys\">\n<h2 id=\"keys\">\(text(heading))</h2>\n<ol>\n"
    for finding in report.keyFindings {
      html += "<li><p><strong class=\"value\">\(text(finding.value))</strong> "
      html += "<span class=\"sentence\">\(text(finding.sentence))"
      let chip = finding.provenance.map { " " + self.chip($0) } ?? ""
      html += finding.note.map { "<small class=\"note\">\(text($0))\(chip)</small>" } ?? chip
      html += "</span></p></li>\n"
    }
    return html + "</ol>\n</section>\n"
  }

  private func contents(_ sections: [(id: String, heading: LocalizedText)], hasAppendix: Bool) -> String {
    guard sections.count > 2 else { return "" }
    var html =
      "<nav class=\"contents\" aria-labelledby=\"contents\">\n<h2 id=\"contents\">\(text(RendererWords.contents))</h2>\n<ol>\n"
    for section in sections { html += "<li><a href=\"#\(section.id)\">\(text(section.heading))</a></li>\n" }
    if hasAppendix { html += "<li><a href=\"#appendix\">\(text(RendererWords.appendix))</a></li>\n" }
    return html + "</ol>\n</nav>\n"
  }

  /// The code of a result, with a way to where it comes from.
  func chip(_ code: ProvenanceCode) -> String {
    let content = "<code>\(Markup.escaped(code.text))</code>"
    guard origins.contains(code.label) else { return "<span class=\"chip\">\(content)</span>" }
    let label = Markup.escaped("\(code.text): \(RendererWords.origin[language])")
    return "<a class=\"chip\" href=\"#origin-\(Markup.identifier(code.label))\" aria-label=\"\(label)\">\(content)</a>"
  }
}
