import Charts
import Fingerprints
import Primitives
import Testing

@testable import Reports

@Suite("HTML reports")
struct HTMLRendererTests {
  private func page(_ language: Language = .english) throws -> MarkupReader {
    try MarkupReader(HTMLRenderer(language: language).render(SampleReport.report()))
  }

  @Test(
    "A page is closed in order, in its own language, with one title and one first heading", arguments: Language.allCases
  )
  func structure(language: Language) throws {
    let page = try page(language)
    #expect(page.all("html").first?.attributes["lang"] == language.rawValue)
    #expect(page.all("h1").count == 1)
    #expect(page.all("main").count == 1)
    #expect(page.elements.filter { $0.name == "title" && $0.path.last == "head" }.count == 1)
    let levels = page.elements.compactMap { element in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "no heading level is skipped: \(levels)")
  }

  @Test("A page needs nothing else: no scripts, no addresses elsewhere, and a policy that forbids both")
  func selfContained() throws {
    let text = HTMLRenderer(language: .english).render(SampleReport.report())
    let page = try MarkupReader(text)
    for name in ["script", "link", "img", "iframe", "object", "form", "base"] { #expect(page.all(name).isEmpty) }
    for element in page.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "src" || $0 == "style" })
      if let address = element.attributes["href"] { #expect(address.hasPrefix("#")) }
    }
    #expect(!text.contains("url("))
    #expect(!text.contains("@import"))
    let policies = page.all("meta").filter { $0.attributes["http-equiv"] == "Content-Security-Policy" }
    #expect(policies.map { $0.attributes["content"] } == ["default-src 'none'; style-src 'unsafe-inline'"])
    #expect(page.all("meta").contains { $0.attributes["name"] == "robots" && $0.attributes["content"] == "noindex" })
  }

  @Test("Identifiers are unique, and everything that points to one finds it", arguments: Language.allCases)
  func identifiers(language: Language) throws {
    let page = try page(language)
    let identifiers = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    for element in page.elements {
      for name in ["aria-labelledby", "aria-describedby"] {
        for target in (element.attributes[name] ?? "").split(separator: " ") {
          #expect(identifiers.contains(String(target)), "\(element.name) is labelled by \(target)")
        }
      }
      if let address = element.attributes["href"] { #expect(identifiers.contains(String(address.dropFirst()))) }
    }
  }

  @Test("Every figure has a finding, a wide and a narrow chart with title and description, its table, method and code")
  func figures() throws {
    let page = try page()
    #expect(page.all("figure").count == SampleReport.charts.count)
    let charts = page.all("svg")
    #expect(charts.count == 2 * SampleReport.charts.count)
    for chart in charts {
      #expect(chart.attributes["role"] == "img")
      let parts = (chart.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      let labels = parts.map { id in page.elements.first { $0.attributes["id"] == id } }
      #expect(labels.map { $0?.name } == ["title", "desc"])
      #expect(labels.allSatisfy { $0?.text.isEmpty == false })
    }
    let inFigures = page.elements.filter { $0.path.contains("figure") }
    #expect(inFigures.filter { $0.name == "h3" && $0.path.last == "figcaption" }.count == SampleReport.charts.count)
    #expect(inFigures.filter { $0.name == "table" && $0.path.contains("details") }.count == SampleReport.charts.count)
    #expect(inFigures.filter { $0.name == "details" }.count == 2 * SampleReport.charts.count)
    #expect(
      inFigures.filter { $0.name == "a" && $0.attributes["href"] == "#origin-F1" }.count == SampleReport.charts.count)
  }

  @Test("Tables have captions and headings, absent cells say why, and the legend explains only the signs that occur")
  func tables() throws {
    let page = try page()
    #expect(page.all("caption").count == page.all("table").count)
    for heading in page.all("th") { #expect(["col", "row"].contains(heading.attributes["scope"] ?? "")) }
    let signs = page.all("abbr")
    #expect(Set(signs.map(\.text)) == ["c", "late"])
    #expect(signs.allSatisfy { $0.attributes["title"]?.isEmpty == false })
    let legends = page.elements.filter { $0.name == "p" && $0.attributes["class"] == "legend" }
    #expect(legends.count == page.all("table").count)
    let legend = "c protected: too few people, here or in a number that follows from it · late not yet in"
    #expect(Set(legends.map(\.text)) == [legend])
    #expect(page.all("td").contains { $0.text == "0" })
    #expect(page.all("tr").filter { $0.attributes["class"] == "total" }.count == page.all("table").count)
  }

  @Test("Text is text, wherever it stands")
  func escaping() throws {
    let attack = "</title><script>alert(1)</script>\"'&<b>"
    var report = SampleReport.report(title: attack)
    report.kicker = LocalizedText(attack)
    report.keyFindings[0].value = LocalizedText(attack)
    report.sections[0].heading = LocalizedText(attack)
    report.appendix.definitions[0].term = LocalizedText(attack)
    if case .figure(var figure) = report.sections[0].blocks[0] {
      figure.title = LocalizedText(attack)
      figure.description = LocalizedText(attack)
      figure.data.caption = LocalizedText(attack)
      report.sections[0].blocks[0] = .figure(figure)
    }
    let renderer = HTMLRenderer(language: .english, translation: .init(.dutch, at: "x\" onclick=\"y"))
    let page = try MarkupReader(renderer.render(report))
    #expect(page.all("script").isEmpty && page.all("b").allSatisfy { $0.path.contains("p") })
    #expect(page.elements.allSatisfy { $0.attributes["onclick"] == nil })
    #expect(
      page.all("h1").first?.text == "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;&lt;b&gt;")
  }

  @Test("Pairs of stars are emphasis and pairs of backticks are code; everything else is itself")
  func inlineMarks() {
    #expect(Markup.inline("a **b** c") == "a <strong>b</strong> c")
    #expect(Markup.inline("run `x <y>`") == "run <code>x &lt;y&gt;</code>")
    #expect(Markup.inline("2 * 3 ** 4") == "2 * 3 ** 4")
    #expect(Markup.inline("** and `") == "** and `")
    #expect(Markup.inline("****") == "****")
    #expect(Markup.inline("says 1 : 50.") == "says 1\u{A0}:\u{A0}50.")
    #expect(Markup.plain("a **b** `c`") == "a b c")
  }

  @Test("The appendix explains all five signs, each result once, and each fingerprint in full")
  func appendix() throws {
    let page = try page()
    let signs = page.elements.filter { $0.name == "dt" }.map(\.text)
    for sign in ["c", "0", "n/a", "…", "late"] { #expect(signs.contains(sign)) }
    #expect(page.elements.filter { $0.attributes["id"] == "origin-F1" }.count == 1)
    for part in ["plan", "data", "program", "figure"] {
      #expect(page.all("code").contains { $0.text == Fingerprint(of: part).hex })
    }
    // A code that the appendix does not explain is not a link.
    let plain = page.elements.filter { $0.name == "span" && $0.attributes["class"] == "chip" }
    #expect(plain.contains { $0.text == SampleReport.unexplained.text })
  }

  @Test("Both languages come from one source and no English is left in the Dutch page")
  func languages() throws {
    let dutch = try page(.dutch)
    let english = try page(.english)
    #expect(dutch.elements.map(\.name) == english.elements.map(\.name))
    let words = dutch.all("body").first?.text ?? ""
    for word in ["Intensive", "People", "What this", "How this", "things to know", "protected", "not yet in", "State"] {
      #expect(!words.contains(word), "\(word) is left in Dutch")
    }
    #expect(words.contains("Wat dit niet kan zeggen"))
    #expect(words.contains("4.000"))
    #expect((english.all("body").first?.text ?? "").contains("4,000"))
  }

  @Test("The same report gives the same bytes")
  func reproducible() {
    let renderer = HTMLRenderer(language: .dutch)
    #expect(renderer.render(SampleReport.report()) == renderer.render(SampleReport.report()))
  }

  @Test("The style sheet has a dark theme for screens, a narrow layout, and paper with everything unfolded")
  func styleSheet() {
    let sheet = StyleSheet.report
    #expect(sheet.contains("@media screen and (prefers-color-scheme:dark)"))
    #expect(sheet.contains("@page{size:A4"))
    #expect(sheet.contains("details::details-content{display:block;content-visibility:visible"))
    #expect(sheet.filter { $0 == "{" }.count == sheet.filter { $0 == "}" }.count)
    #expect(!sheet.contains("</"))
    for tone in SeriesTone.allCases { #expect(sheet.contains("\(tone.property):#")) }
  }
}
