import Primitives

extension ReturnPage {
  /// The page as one file that needs nothing else: no scripts, no fonts, nothing from elsewhere.
  public var html: String {
    """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped(verdict))</title>
    <style>
    \(StyleSheet.report)
    \(Self.styleSheet)
    </style>
    </head>
    <body>
    <a class="skip" href="#text">\(pick("To the text", "Naar de tekst"))</a>
    \(header)<main id="text">
    \(changeSection)\(causeSection)\(itemSection)\(nextSection)\(readingSection)</main>
    <footer><p>\(footer)</p></footer>
    </body>
    </html>

    """
  }

  private func pick(_ english: String, _ dutch: String) -> String { language == .dutch ? dutch : english }
  private func escaped(_ text: String) -> String { Markup.escaped(text) }

  private var footer: String {
    changes?.namesPeople == true
      ? pick(
        "This page names people by their numbers. Keep it with the provider whom it is about.",
        "Deze pagina noemt mensen bij hun nummer. Houd haar bij de aanbieder om wie het gaat.")
      : pick(
        "This page names cells and no people: the values of fields that identify are not on it. It can be passed on to who mends the file.",
        "Deze pagina noemt cellen en geen mensen: waarden van velden die iemand aanwijzen staan er niet op. U kunt haar doorgeven aan wie het bestand verbetert."
      )
  }

  private var header: String {
    var html = "<header>\n<p class=\"kicker\">\(escaped(kicker))</p>\n<h1>\(escaped(verdict))</h1>\n"
    if !remarks.isEmpty { html += "<p class=\"lede\">\(escaped(remarks.joined(separator: " ")))</p>\n" }
    return html + list(facts, class: "facts") + "</header>\n"
  }

  private func list(_ facts: [Fact], class name: String) -> String {
    guard !facts.isEmpty else { return "" }
    let items = facts.map { "<div><dt>\(escaped($0.label))</dt><dd>\(escaped($0.value))</dd></div>\n" }
    return "<dl class=\"\(name)\">\n\(items.joined())</dl>\n"
  }

  private func section(_ id: String, _ english: String, _ dutch: String, _ content: String) -> String {
    "<section aria-labelledby=\"\(id)\">\n<h2 id=\"\(id)\">\(pick(english, dutch))</h2>\n\(content)</section>\n"
  }

  /// What the return does to what is known: rows, people who are missing, results that are paid, and studies.
  private var changeSection: String {
    var html = changes.map { list($0.facts, class: "facts") } ?? ""
    if let missing = changes?.missing, !missing.isEmpty {
      let listed = missing.prefix(Self.missingAtMost).map { "<li><code>\(escaped($0))</code></li>\n" }.joined()
      let count = language.number(missing.count)
      let rest = missing.count - min(missing.count, Self.missingAtMost)
      html +=
        "<h3>\(pick("People who were in the return before", "Mensen die in de vorige aanlevering stonden"))</h3>\n"
      html +=
        missing.count == 1
        ? "<p>\(pick("1 person is not in this return. Nothing of them is deleted: say whether they are still here, left, or were entered in error.", "1 persoon staat niet in deze aanlevering. Er wordt niets van die persoon verwijderd: zeg of die er nog is, is vertrokken of ten onrechte was opgevoerd."))</p>\n"
        : "<p>\(pick("\(count) people are not in this return. Nothing of them is deleted: say for each whether they are still here, left, or were entered in error.", "\(count) mensen staan niet in deze aanlevering. Er wordt niets van hen verwijderd: zeg van ieder of die er nog is, is vertrokken of ten onrechte was opgevoerd."))</p>\n"
      html += "<ul class=\"missing\">\n\(listed)</ul>\n"
      if rest > 0 {
        html += "<p>\(pick("And \(language.number(rest)) more.", "En nog \(language.number(rest))."))</p>\n"
      }
    }
    if !payments.isEmpty {
      let heads = [
        pick("Result", "Resultaat"), pick("Count", "Tellen mee"), pick("Do not count", "Tellen niet mee"),
        pick("Not paid", "Niet betaald"),
      ]
      let rows = payments.map { payment in
        "<tr><th scope=\"row\">\(escaped(payment.title))</th><td>\(language.number(payment.counted))</td>"
          + "<td>\(language.number(payment.notCounted))</td><td>\(escaped(payment.amount ?? "–"))</td></tr>\n"
      }
      html += "<h3 id=\"payments\">\(pick("Results that count", "Resultaten die meetellen"))</h3>\n"
      html += table("payments", heads, rows)
    }
    if let effects = changes?.effects, !effects.isEmpty {
      let heads = [
        pick("Study", "Studie"), pick("Result", "Resultaat"), pick("Without", "Zonder"), pick("With", "Met"),
      ]
      let rows = effects.map { effect in
        "<tr><th scope=\"row\">\(escaped(effect.study))</th><td class=\"leading\">\(escaped(effect.sentence))</td>"
          + "<td>\(escaped(effect.before))</td><td>\(escaped(effect.after))</td></tr>\n"
      }
      html += "<h3 id=\"effects\">\(pick("What it does to studies", "Wat het doet met studies"))</h3>\n"
      html += table("effects", heads, rows)
    }
    return html.isEmpty ? "" : section("changes", "What changes", "Wat verandert er", html)
  }

  private func table(_ id: String, _ heads: [String], _ rows: [String]) -> String {
    let cells = heads.enumerated().map { "<th scope=\"col\"\($0 == 0 ? " class=\"leading\"" : "")>\($1)</th>" }
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"\(id)\">\n<table>\n<thead><tr>"
      + cells.joined() + "</tr></thead>\n<tbody>\n" + rows.joined() + "</tbody>\n</table>\n</div>\n"
  }

  private func badge(_ gravity: Gravity, _ word: String) -> String {
    "<span class=\"badge \(gravity.rawValue)\"><span aria-hidden=\"true\">\(gravity.sign)</span> \(escaped(word))</span>"
  }

  private var causeSection: String {
    guard !causes.isEmpty else { return "" }
    var html = "<ol class=\"causes\">\n"
    for cause in causes {
      html += "<li>\n<p class=\"cause\">\(badge(cause.gravity, cause.word)) <code>\(escaped(cause.code))</code> "
      html +=
        "<strong>\(escaped(cause.place))</strong> <span class=\"times\">\(language.number(cause.count)) ×</span></p>\n"
      let news = cause.news.map { " <span class=\"news\">\(escaped($0))</span>" } ?? ""
      html += "<p>\(Markup.inline(cause.message))\(news)</p>\n"
      if let fix = cause.fix {
        html += "<p class=\"fix\"><b>\(pick("What to do:", "Wat u kunt doen:"))</b> \(Markup.inline(fix))</p>\n"
      }
      if !cause.example.isEmpty {
        html += "<p class=\"example\">\(pick("First:", "Eerste:")) \(escaped(cause.example))</p>\n"
      }
      html += "</li>\n"
    }
    return section("causes", "What was found, by cause", "Wat er is gevonden, per oorzaak", html + "</ol>\n")
  }

  private var itemSection: String {
    guard !items.isEmpty else { return "" }
    let shown = language.number(items.count)
    let total = language.number(itemCount)
    var html = ""
    if items.count < itemCount {
      html +=
        "<p>\(pick("Shown here are \(shown) of \(total), the gravest first. The counts above are of all of them.", "Hier staan er \(shown) van \(total), de ernstigste eerst. De aantallen hierboven gaan over alle."))</p>\n"
    } else {
      html += "<p>\(pick("All \(total), the gravest first.", "Alle \(total), de ernstigste eerst."))</p>\n"
    }
    let heads = [
      pick("Severity", "Ernst"), pick("Place", "Plaats"), "Code", pick("What is wrong", "Wat er is"),
      pick("What to do", "Wat u kunt doen"),
    ]
    html +=
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"items\">\n<table class=\"items\">\n<thead><tr>"
    for head in heads { html += "<th scope=\"col\" class=\"leading\">\(head)</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for item in items {
      let value = item.value.map { " <q>\(escaped($0))</q>" } ?? ""
      html += "<tr><td>\(badge(item.gravity, item.word))</td><th scope=\"row\">\(escaped(item.place))</th>"
      html += "<td><code>\(escaped(item.code))</code></td><td>\(Markup.inline(item.message))\(value)"
      for line in [item.cost, item.status].compactMap(\.self) {
        html += " <span class=\"news\">\(escaped(line))</span>"
      }
      html += "</td><td>\(item.fix.map { Markup.inline($0) } ?? "")</td></tr>\n"
    }
    return section("items", "One by one", "Een voor een", html + "</tbody>\n</table>\n</div>\n")
  }

  private var nextSection: String {
    var html = "<ol class=\"steps\">\n"
    for file in files {
      let name = "<code>\(escaped(file.name))</code>"
      let link = file.address.map { "<a href=\"\(escaped($0))\">\(name)</a>" } ?? name
      html += "<li>\(escaped(file.label)): \(link)</li>\n"
    }
    let last =
      items.contains { $0.gravity == .error || $0.gravity == .setup }
      ? pick(
        "Mend what is held and send it again: the whole file, or only the held rows. What was taken in stays as it is.",
        "Verbeter wat is vastgehouden en stuur het opnieuw: het hele bestand, of alleen de vastgehouden rijen. Wat is opgenomen, blijft zoals het is."
      )
      : pick("Nothing has to be sent again.", "U hoeft niets opnieuw te sturen.")
    html += "<li>\(last)</li>\n" + steps.map { "<li>\(Markup.inline($0))</li>\n" }.joined()
    return section("next", "What you can do now", "Wat u nu kunt doen", html + "</ol>\n")
  }

  private var readingSection: String {
    guard !sheets.isEmpty else { return "" }
    var html = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"reading\">\n<table>\n<thead><tr>"
    html += "<th scope=\"col\" class=\"leading\">\(pick("File and sheet", "Bestand en blad"))</th>"
    html += "<th scope=\"col\" class=\"leading\">\(pick("Read as", "Gelezen als"))</th>"
    html += "<th scope=\"col\">\(pick("Rows", "Rijen"))</th></tr></thead>\n<tbody>\n"
    for sheet in sheets {
      html += "<tr><th scope=\"row\">\(escaped(sheet.name))</th><td class=\"leading\">\(escaped(sheet.reading))</td>"
      html += "<td>\(language.number(sheet.rows))</td></tr>\n"
    }
    html += "</tbody>\n</table>\n</div>\n"
    if !notChecked.isEmpty {
      let items = notChecked.map { "<li>\(Markup.inline($0))</li>\n" }.joined()
      html +=
        "<h3>\(pick("What could not be checked", "Wat niet kon worden gecontroleerd"))</h3>\n<ul>\n\(items)</ul>\n"
    }
    return section("reading", "How it was read", "Hoe het is gelezen", html)
  }

  private static let styleSheet = """
    :root{--held:#9c2318;--ask:#7d5200}
    @media screen and (prefers-color-scheme:dark){:root{--held:#f3a79d;--ask:#e9c46a}}
    h1{font-size:clamp(1.9rem,1.3rem + 2.6vw,2.9rem)}
    h2{margin-top:3.2rem}
    .badge{display:inline-block;padding:.05rem .55rem;border:1.5px solid currentColor;border-radius:1rem;\
    font-size:.875rem;font-weight:600;line-height:1.5;white-space:nowrap;color:var(--accent)}
    .badge.error,.badge.setup{color:var(--held)}
    .badge.confirm{color:var(--ask)}
    .causes{list-style:none;margin:0;padding:0}
    .causes li{padding:1.1rem 0 1.2rem;border-top:1px solid var(--rule)}
    .causes p{margin:0 0 .3rem}
    .cause{display:flex;flex-wrap:wrap;gap:.3rem .7rem;align-items:baseline}
    .times{margin-left:auto;font-weight:600}
    .news{display:inline-block;color:var(--soft);font-size:.9375rem}
    .missing{columns:14rem;padding-left:1.2rem}
    .example{color:var(--soft);font-size:.9375rem;overflow-wrap:anywhere}
    .items td,.items th[scope=row]{text-align:left;white-space:normal;padding-left:0;padding-right:1.2rem}
    .items thead th{padding-left:0;padding-right:1.2rem}
    .items th[scope=row]{font-weight:600;min-width:8rem;overflow-wrap:anywhere}
    .items td:nth-child(4),.items td:nth-child(5){min-width:14rem}
    .items td:nth-child(3){white-space:nowrap}
    q{overflow-wrap:anywhere}
    .steps li{margin-bottom:.4rem}
    @media screen and (max-width:40em){
    .items,.items tbody,.items tr,.items td,.items th[scope=row]{display:block;border:0;padding:0;min-width:0}
    .items thead{display:none}
    .items tr{padding:.8rem 0;border-bottom:1px solid var(--rule)}
    .items td,.items th[scope=row]{margin-bottom:.25rem}
    }
    @media print{.causes li{break-inside:avoid}}
    """
}

extension ReturnPage.Gravity {
  fileprivate var sign: String {
    switch self {
    case .setup: "!"
    case .error: "✕"
    case .confirm: "?"
    case .notice: "i"
    }
  }
}
