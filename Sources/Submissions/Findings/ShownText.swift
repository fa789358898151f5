extension String {
  /// The text as it may be shown on a screen or kept: at most 80 characters, without anything that nobody can see.
  ///
  /// Control characters, invisible marks and marks that turn the direction of writing stand as `\u{1B}`, so that no
  /// file can move the cursor of a terminal or reorder a line. What is longer ends in `…`.
  public func shown(atMost limit: Int = 80) -> String {
    let isPlain = utf8.count <= limit && utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    if isPlain { return self }
    var text = ""
    var count = 0
    for scalar in unicodeScalars {
      let piece =
        scalar.canBeSeen
        ? String(scalar)
        : "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      count += piece.unicodeScalars.count
      if count > limit {
        // The mark counts too.
        while text.unicodeScalars.count >= limit { text.unicodeScalars.removeLast() }
        return text + "…"
      }
      text += piece
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var canBeSeen: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
