import DataModels
import Foundation
import Primitives
import Submissions

/// The catalogue of codes as files: one page for each code, and an index, as HTML and Markdown, in both languages.
///
/// A page has one address for good: `VAL-02.html`, and `VAL-02.nl.html` in Dutch. Nothing in it needs a connection.
public struct FindingCatalogue {
  /// Names and texts of the files, by name.
  public let files: [(name: String, text: String)]

  public init() {
    var files: [(String, String)] = []
    for language in Language.allCases {
      let pages = explainedCodes.map { Page(code: $0, language: language) }
      for page in pages {
        files.append((page.name("md"), page.markdown))
        files.append((page.name("html"), page.html))
      }
      files.append((fileName("index", language, "md"), indexMarkdown(pages, language)))
      files.append((fileName("index", language, "html"), indexHTML(pages, language)))
    }
    self.files = files.sorted { $0.0 < $1.0 }
  }

  /// Writes all files into a folder, which is made when it is not there.
  public func write(to folder: URL) throws(WorkspaceError) {
    for file in files { try writeText(file.text, to: folder.appendingPathComponent(file.name)) }
  }
}

private func fileName(_ name: String, _ language: Language, _ ending: String) -> String {
  name + (language == .english ? "" : "." + language.rawValue) + "." + ending
}

/// What a catalogue calls the codes that are no findings.
private let otherFamilies: [(prefix: String, title: LocalizedText)] = [
  ("IMP", LocalizedText("Notes on a translated model", nl: "Meldingen bij een vertaald model"))
]
private let programFamily = LocalizedText("Errors of the program", nl: "Fouten van het programma")

private func family(_ code: String) -> LocalizedText {
  FindingFamily(rawValue: String(code.prefix(3)))?.title
    ?? otherFamilies.first { code.hasPrefix($0.prefix) }?.title ?? programFamily
}

extension Severity {
  /// What a finding of this severity does to a row.
  fileprivate var effect: LocalizedText {
    switch self {
    case .setup:
      LocalizedText(
        "Setup: this part of the file is not read until it is mended.",
        nl: "Opzet: dit deel van het bestand wordt pas gelezen als het is verbeterd.")
    case .error:
      LocalizedText("Error: the row is held until it is mended.", nl: "Fout: de rij wacht tot die is verbeterd.")
    case .confirm:
      LocalizedText(
        "Confirm: the row is taken in; look at it and mend or confirm it.",
        nl: "Bevestig: de rij wordt opgenomen; kijk ernaar en verbeter of bevestig.")
    case .notice:
      LocalizedText("Notice: nothing needs to be done.", nl: "Melding: u hoeft niets te doen.")
    }
  }
}

/// One page of the catalogue.
private struct Page {
  let code: String
  let language: Language
  let title: String
  let text: String
  let effect: String?
  let example: String?

  init(code: String, language: Language) {
    self.code = code
    self.language = language
    let page = explanation(of: code)!
    title = page.title[language]
    text = page.text[language]
    let finding = FindingCode(rawValue: code)
    effect = finding.map { $0.usualSeverity.effect[language] }
    example = finding.map { "\(exampleWord[language]) \($0.example[language])" }
  }

  func name(_ ending: String) -> String { fileName(code, language, ending) }
  private var other: Language { language == .english ? .dutch : .english }

  var markdown: String {
    var lines = ["# \(code): \(title)", "", "*\(family(code)[language])*", ""]
    if let effect { lines += ["**\(effect)**", ""] }
    lines += [text, ""]
    if let example { lines += [example, ""] }
    lines += ["[\(indexTitle[language])](\(fileName("index", language, "md")))", ""]
    return lines.joined(separator: "\n")
  }

  var html: String {
    let example = example.map { "<p class=\"example\">\(markup($0))</p>\n" } ?? ""
    let effect = effect.map { "<p class=\"effect\">\(markup($0))</p>\n" } ?? ""
    return document(
      language, title: "\(code): \(title)",
      translation: fileName(code, other, "html"),
      """
      <p class="family">\(markup(family(code)[language]))</p>
      <h1><code>\(code)</code> \(markup(title))</h1>
      \(effect)<p>\(markup(text))</p>
      \(example)<p><a href="\(fileName("index", language, "html"))">\(markup(indexTitle[language]))</a></p>
      """)
  }
}

public let exampleWord = LocalizedText("For example:", nl: "Bijvoorbeeld:")
private let indexTitle = LocalizedText("All codes", nl: "Alle codes")

private func byFamily(_ pages: [Page]) -> [(title: LocalizedText, pages: [Page])] {
  var families: [(title: LocalizedText, pages: [Page])] = []
  for page in pages {
    let title = family(page.code)
    if let place = families.firstIndex(where: { $0.title == title }) {
      families[place].pages.append(page)
    } else {
      families.append((title, [page]))
    }
  }
  return families
}

private func indexMarkdown(_ pages: [Page], _ language: Language) -> String {
  var lines = ["# \(indexTitle[language])", ""]
  for family in byFamily(pages) {
    lines += ["## \(family.title[language])", ""]
    lines += family.pages.map { "- [\($0.code)](\($0.name("md"))) \($0.title)" } + [""]
  }
  return lines.joined(separator: "\n")
}

private func indexHTML(_ pages: [Page], _ language: Language) -> String {
  let sections = byFamily(pages).map { family in
    let items = family.pages.map { page in
      "<li><a href=\"\(page.name("html"))\"><code>\(page.code)</code> \(markup(page.title))</a></li>"
    }
    return "<h2>\(markup(family.title[language]))</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
  }
  let other: Language = language == .english ? .dutch : .english
  return document(
    language, title: indexTitle[language], translation: fileName("index", other, "html"),
    "<h1>\(markup(indexTitle[language]))</h1>\n" + sections.joined(separator: "\n"))
}

/// A text of the catalogue as HTML: escaped, and code in backticks as code.
private func markup(_ text: String) -> String {
  let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  return escaped.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { index, part in
    index % 2 == 0 ? String(part) : "<code>\(part)</code>"
  }.joined()
}

private func document(_ language: Language, title: String, translation: String, _ body: String) -> String {
  let (other, name) = language == .english ? ("nl", "Nederlands") : ("en", "English")
  return """
    <!doctype html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(markup(title).replacing("<code>", with: "").replacing("</code>", with: ""))</title>
    <style>
    :root{color-scheme:light dark}
    body{font:400 1.0625rem/1.6 "Noto Sans","Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;\
    max-width:42rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;color:light-dark(#1d2329,#e6e8ea);\
    background:light-dark(#fff,#14181c)}
    h1{font-size:1.7rem;line-height:1.25;margin:.4rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .4rem}
    a{color:light-dark(#0b5394,#8ec5ff)}a:focus-visible{outline:3px solid currentColor;outline-offset:3px}
    code{font:500 .9em "Noto Sans Mono",Consolas,"DejaVu Sans Mono",monospace}
    .family{margin:1.5rem 0 0;color:light-dark(#56616b,#a8b2bb)}
    .effect{padding:.6rem .9rem;border-left:4px solid light-dark(#0b5394,#8ec5ff);background:light-dark(#f0f4f8,#1d242b)}
    .example{color:light-dark(#56616b,#a8b2bb)}
    .translation{text-align:right;margin:0}ul{padding-left:1.2rem}
    @media print{body{max-width:none;color:#000;background:#fff}.translation{display:none}}
    </style>
    </head>
    <body>
    <p class="translation"><a href="\(translation)" lang="\(other)" hreflang="\(other)">\(name)</a></p>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
}
