extension Drawing {
  /// The drawing as one SVG element. The identifiers of its title and description begin with the prefix.
  func svg(title: String, description: String, prefix: String, className: String) -> String {
    let (titleID, descriptionID) = ("\(prefix)-title", "\(prefix)-desc")
    var text = """
      <svg class="chart \(className)" viewBox="0 0 \(rounded(width)) \(rounded(height))" role="img" \
      aria-labelledby="\(titleID) \(descriptionID)" xmlns="http://www.w3.org/2000/svg">\
      <title id="\(titleID)">\(escaped(title))</title><desc id="\(descriptionID)">\(escaped(description))</desc>

      """
    for mark in marks { text += mark.svg + "\n" }
    for placed in texts { text += placed.svg + "\n" }
    return text + "</svg>"
  }
}

extension Mark {
  fileprivate var svg: String {
    var attributes = " class=\"\(role.rawValue)\(tone.map { " \($0.className)" } ?? "")\""
    if let dashes { attributes += " stroke-dasharray=\"\(dashes)\"" }
    let (name, geometry) =
      switch shape {
      case .path(let steps): ("path", "d=\"\(steps.map(\.svg).joined())\"")
      case .rectangle(let x, let y, let width, let height):
        ("rect", "x=\"\(rounded(x))\" y=\"\(rounded(y))\" width=\"\(rounded(width))\" height=\"\(rounded(height))\"")
      case .circle(let centre, let radius):
        ("circle", "cx=\"\(rounded(centre.x))\" cy=\"\(rounded(centre.y))\" r=\"\(rounded(radius))\"")
      }
    guard let title else { return "<\(name)\(attributes) \(geometry)/>" }
    return "<\(name)\(attributes) \(geometry)><title>\(escaped(title))</title></\(name)>"
  }
}

extension PathStep {
  fileprivate var svg: String {
    switch self {
    case .move(let point): "M\(point.svg)"
    case .line(let point): "L\(point.svg)"
    case .curve(let first, let second, let end): "C\(first.svg) \(second.svg) \(end.svg)"
    case .close: "Z"
    }
  }
}

extension Position {
  fileprivate var svg: String { "\(rounded(x)),\(rounded(y))" }
}

extension PlacedText {
  fileprivate var svg: String {
    var classes = [runs[0].role.rawValue]
    if hasRim { classes.append("rim") }
    if isNorm { classes.append("norm") }
    let position = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    var text =
      "<text class=\"\(classes.joined(separator: " "))\" x=\"\(rounded(at.x))\" y=\"\(rounded(at.y))\"\(position)>"
    for (index, run) in runs.enumerated() {
      text += index == 0 ? escaped(run.text) : "<tspan class=\"\(run.role.rawValue)\">\(escaped(run.text))</tspan>"
    }
    return text + "</text>"
  }
}

extension SeriesTone {
  var className: String { "tone-\(rawValue)" }
}

/// A coordinate with at most one decimal: no drawing can be read more precisely than it looks.
func rounded(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  if tenths % 10 == 0 { return String(tenths / 10) }
  return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
}

/// Text that is safe between tags and in quoted attributes of HTML and SVG. Control characters, and what XML does not
/// allow, are left out.
public func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
    case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): continue
    case "\u{FFFE}", "\u{FFFF}": continue
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
