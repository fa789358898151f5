import Charts
import Fingerprints
import Primitives

extension ReportAppendix {
  var isEmpty: Bool { method.isEmpty && definitions.isEmpty && dataQuality.isEmpty && provenance.isEmpty }
}

extension HTMLPage {
  /// How the report was made. Ends with the five signs, whatever else there is.
  mutating func appendix(_ appendix: ReportAppendix) -> String {
    guard !appendix.isEmpty else { return "" }
    var html = "<section class=\"appendix\" aria-labelledby=\"appendix\">\n"
    html += "<h2 id=\"appendix\">\(text(RendererWords.appendix))</h2>\n"
    if !appendix.method.isEmpty { html += "<h3>\(text(RendererWords.methods))</h3>\n\(blocks(appendix.method))" }
    if !appendix.dataQuality.isEmpty {
      html += "<h3>\(text(RendererWords.quality))</h3>\n\(blocks(appendix.dataQuality))"
    }
    if !appendix.definitions.isEmpty {
      let entries = appendix.definitions.map { (text($0.term), text($0.meaning)) }
      html += "<h3>\(text(RendererWords.definitions))</h3>\n\(glossary(entries))"
    }
    html += "<h3>\(text(RendererWords.signs))</h3>\n<p>\(text(RendererWords.signsLede))</p>\n\(signs)"
    if !appendix.provenance.isEmpty { html += origins(appendix.provenance) }
    return html + "</section>\n"
  }

  private func glossary(_ entries: [(term: String, meaning: String)], class name: String = "glossary") -> String {
    let items = entries.map { "<div><dt>\($0.term)</dt><dd>\($0.meaning)</dd></div>\n" }
    return "<dl class=\"\(name)\">\n\(items.joined())</dl>\n"
  }

  private var signs: String {
    var entries = Absence.allCases.map { (Markup.escaped($0.sign[language]), text($0.meaning)) }
    entries.insert(("0", text(RendererWords.zero)), at: 1)
    return glossary(entries, class: "glossary signs")
  }

  /// Each result with its short fingerprints, and then each fingerprint once in full.
  private func origins(_ records: [ProvenanceRecord]) -> String {
    var html =
      "<h3>\(text(RendererWords.origins))</h3>\n<p>\(text(RendererWords.originsLede))</p>\n<ol class=\"origins\">\n"
    var seen: [(kind: LocalizedText, fingerprint: Fingerprint)] = []
    var labels: Set<String> = []
    for record in records {
      let parts: [(LocalizedText, Fingerprint?)] = [
        (RendererWords.plan, record.plan), (RendererWords.data, record.data), (RendererWords.program, record.program),
      ]
      var facts: [String] = []
      for (kind, fingerprint) in parts {
        guard let fingerprint else { continue }
        facts.append("\(text(kind)) <code>\(fingerprint.short)</code>")
        if !seen.contains(where: { $0.kind == kind && $0.fingerprint == fingerprint }) {
          seen.append((kind, fingerprint))
        }
      }
      if let day = record.asKnownOn { facts.append("\(text(RendererWords.asKnownOn)) \(language.date(day))") }
      if let count = record.count {
        facts.append("\(text(RendererWords.people)) \(Markup.escaped(count.text(in: language)))")
      }
      let id = labels.insert(record.code.label).inserted ? " id=\"origin-\(Markup.identifier(record.code.label))\"" : ""
      html += "<li\(id)><p><span class=\"chip\"><code>\(Markup.escaped(record.code.text))</code></span> "
      html += "<strong>\(text(record.result))</strong></p>\n<p class=\"parts\">\(facts.joined(separator: " · "))</p>\n"
      if let method = record.method { html += "<p>\(text(method))</p>\n" }
      html += "</li>\n"
    }
    html += "</ol>\n"
    for record in records where !seen.contains(where: { $0.fingerprint == record.code.fingerprint }) {
      seen.append((LocalizedText(record.code.label), record.code.fingerprint))
    }
    let full = seen.map {
      ("\(text($0.kind)) <code>\($0.fingerprint.short)</code>", "<code>\($0.fingerprint.hex)</code>")
    }
    html += "<h3>\(text(RendererWords.fingerprints))</h3>\n\(glossary(full, class: "glossary fingerprints"))"
    return html
  }
}
