/// A language that every screen, report and finding is written in.
public enum Language: String, CaseIterable, Codable, Sendable {
  case english = "en"
  case dutch = "nl"
}

/// One text in each language; English stands in where a translation is missing.
public struct LocalizedText: Hashable, Codable, Sendable {
  public var english: String
  public var dutch: String?

  public init(_ english: String, nl dutch: String? = nil) {
    self.english = english
    self.dutch = dutch
  }

  public subscript(_ language: Language) -> String {
    switch language {
    case .english: english
    case .dutch: dutch ?? english
    }
  }

  private enum CodingKeys: String, CodingKey {
    case english = "en"
    case dutch = "nl"
  }
}
