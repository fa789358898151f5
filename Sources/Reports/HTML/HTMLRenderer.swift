import Primitives

/// Writes a report as one HTML file that needs nothing else: no scripts, no fonts, no pictures from elsewhere.
public struct HTMLRenderer: Hashable, Sendable {
  public var language: Language
  /// Where the same report is in the other language, for a link at the top: (language, relative address).
  public var translation: Translation?

  public init(language: Language, translation: Translation? = nil) {
    self.language = language
    self.translation = translation
  }

  public struct Translation: Hashable, Sendable {
    public var language: Language
    public var address: String

    public init(_ language: Language, at address: String) {
      self.language = language
      self.address = address
    }
  }
}
