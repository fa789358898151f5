/// The kinds of text in a drawing: their sizes are in the style sheet and here, and nowhere else.
enum TextRole: String, CaseIterable, Sendable {
  /// The name of a line, node, row or area.
  case label
  /// A name that should be seen first.
  case strong
  /// A number that belongs to a name or a mark.
  case number
  /// The marks and the title of an axis.
  case axis
  /// What stands above a column.
  case heading

  var size: Double {
    switch self {
    case .label, .strong: 14
    case .number: 13
    case .axis, .heading: 12.5
    }
  }

  var isBold: Bool { self == .strong || self == .heading }
  var lineHeight: Double { (size * 1.26).rounded(.up) }
}

/// Estimates how wide text will be, before any font is known.
///
/// Widths are thousandths of the type size, each the larger of Noto Sans and Liberation Sans (metric twin of Arial), so
/// the estimate is an upper bound for the usual sans-serif faces. A letter with a diacritic counts as its base; other
/// letters of Latin, Greek and Cyrillic as a wide letter; ideographs as a full square.
enum TextMeasure {
  static func width(_ text: String, _ role: TextRole) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += width(of: scalar, bold: role.isBold) }
    return Double(thousandths) * role.size / 1000
  }

  /// Breaks a text into lines of at most this width, at spaces where it can and within a word where it must.
  ///
  /// Nothing is ever left out. A width smaller than two letters gives lines that are wider.
  static func lines(_ text: String, _ role: TextRole, within limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if width(longer, role) <= limit {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for piece in pieces(of: word, role, within: limit) {
        if !line.isEmpty { lines.append(line) }
        line = piece
      }
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines
  }

  private static func pieces(of word: Substring, _ role: TextRole, within limit: Double) -> [String] {
    if width(String(word), role) <= limit { return [String(word)] }
    var pieces: [String] = []
    var rest = word
    while width(String(rest), role) > limit, rest.count > 3 {
      var length = 2
      while length < rest.count - 2, width(rest.prefix(length + 1) + "-", role) <= limit { length += 1 }
      let endsInHyphen = rest.prefix(length).last == "-"
      pieces.append(rest.prefix(length) + (endsInHyphen ? "" : "-"))
      rest = rest.dropFirst(length)
    }
    return pieces + [String(rest)]
  }

  private static func width(of scalar: Unicode.Scalar, bold: Bool) -> Int {
    let table = bold ? boldWidths : regularWidths
    switch scalar.value {
    case 0x20...0x7E: return table[Int(scalar.value) - 0x20]
    case 0xA0: return 278
    case 0x202F, 0x2009: return 200
    case 0xAD, 0x300...0x36F, 0x200B...0x200F: return 0
    case 0xB7: return 285
    case 0x2013: return 556
    case 0x2014, 0x2026, 0x2192: return 1000
    case 0x2212, 0xD7, 0xB1, 0x2264, 0x2265: return 584
    case 0x2018, 0x2019: return 278
    case 0xC0...0xC6, 0xC8...0xD6, 0xD8...0xDE: return bold ? 796 : 781
    case 0xEC...0xEF: return bold ? 320 : 290
    case 0xDF...0xFF: return bold ? 657 : 618
    case 0x100...0x58F: return bold ? 800 : 760
    case 0x1100...: return 1000
    default: return 700
    }
  }

  private static let regularWidths = [
    278, 278, 408, 646, 572, 889, 732, 225, 333, 333, 551, 584, 278, 333, 278, 372, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 730, 667, 611, 778, 741, 339, 500, 667, 556, 907,
    760, 781, 667, 781, 722, 667, 611, 731, 667, 944, 667, 667, 611, 329, 372, 329, 572, 556, 333, 561, 615, 500, 615,
    564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 500, 361, 618, 508, 786, 529, 510, 500, 380,
    551, 380, 584,
  ]

  private static let boldWidths = [
    278, 333, 474, 646, 572, 901, 750, 266, 339, 339, 545, 584, 285, 333, 285, 413, 572, 572, 572, 572, 572, 572, 572,
    572, 572, 572, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 740, 667, 611, 778, 765, 389, 556, 722, 611, 943,
    813, 796, 667, 796, 722, 667, 611, 756, 667, 967, 667, 667, 611, 333, 413, 333, 584, 556, 362, 604, 633, 556, 633,
    591, 387, 633, 657, 305, 305, 620, 305, 982, 657, 619, 633, 633, 454, 556, 434, 657, 569, 856, 578, 569, 500, 394,
    551, 394, 584,
  ]
}
