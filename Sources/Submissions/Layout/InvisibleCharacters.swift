import Foundation

extension StringProtocol {
  /// Without characters of the Unicode category Cf: zero-width blanks and joiners, soft hyphens, marks of direction,
  /// byte-order marks. The rest in composed form (NFC), so that what looks equal is equal.
  var withoutInvisibleCharacters: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return String(self) }
    var kept = String.UnicodeScalarView()
    for scalar in unicodeScalars where scalar.properties.generalCategory != .format { kept.append(scalar) }
    return String(kept).precomposedStringWithCanonicalMapping
  }

  var hasInvisibleCharacters: Bool {
    !utf8.allSatisfy { $0 < 0x80 } && unicodeScalars.contains { $0.properties.generalCategory == .format }
  }
}
