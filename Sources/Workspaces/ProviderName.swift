import DataModels

/// The name of a provider, which ties its returns together for good: it is looked at before anything is kept.
enum ProviderName {
  /// The most characters that a name has.
  static let longest = 80

  /// The name without blanks around it.
  static func checked(_ text: String, place: String) throws(WorkspaceError) -> String {
    let name = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: false
      default: true
      }
    }
    guard !name.isEmpty, name.count <= longest, isPlain else { throw .providerNameRefused(place: place) }
    return name
  }

  /// The known name that a new one may have been meant to be; nil when it is known itself, or like none.
  ///
  /// Names that differ only in a number or a single letter (team 1 and team 2) are told apart by it on purpose.
  static func mistaken(_ name: String, for known: Set<String>) -> String? {
    if known.contains(name) { return nil }
    let others = known.sorted()
    if let same = others.first(where: { squeezed($0) == squeezed(name) }) { return same }
    return nearMiss(name, among: others.filter { !isNumberedApart(name, $0) })
  }

  private static func squeezed(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" }
  }

  private static func isNumberedApart(_ a: String, _ b: String) -> Bool {
    let (left, right) = (words(a), words(b))
    guard left.count == right.count else { return false }
    let differing = zip(left, right).filter { $0 != $1 }
    return differing.allSatisfy { isMark($0) && isMark($1) }
  }

  private static func words(_ name: String) -> [Substring] {
    name.lowercased()[...].split { $0.isWhitespace || $0 == "-" || $0 == "_" }
  }

  private static func isMark(_ word: Substring) -> Bool { word.count == 1 || word.allSatisfy(\.isNumber) }
}
