import Primitives

/// Writes a report as one HTML file that needs nothing else: no scripts, no fonts, no pictures from elsewhere.
///
/// The same report in the same language always gives the same bytes.
public struct HTMLRenderer: Hashable, Sendable {
  public var language: Language
  /// Where the same report is in the other language, for a link at the top.
  public var translation: Translation?

  public init(language: Language, translation: Translation? = nil) {
    self.language = language
    self.translation = translation
  }

  /// A language and the relative address of the report in it.
  public struct Translation: Hashable, Sendable {
    public var language: Language
    public var address: String

    public init(_ language: Language, at address: String) {
      self.language = language
      self.address = address
    }
  }

  /// The whole file.
  public func render(_ report: Report) -> String {
    var page = HTMLPage(language: language, origins: Set(report.appendix.provenance.map(\.code.label)))
    let body = page.body(of: report, translation: translation)
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex">
      <meta name="color-scheme" content="light dark">
      <title>\(Markup.escaped(Markup.plain(report.title[language])))</title>
      <style>
      \(StyleSheet.report)
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }
}
