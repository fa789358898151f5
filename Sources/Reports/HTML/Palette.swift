import Charts

/// The colours of a page by day or by night, by the name of the custom property that holds each.
///
/// Text holds 4.5:1 against each ground it stands on, marks 3:1 against the card (WCAG 2.2, 1.4.3 and 1.4.11); series that
/// follow one another differ in lightness by 1.5:1 or more, so that they can be told apart without hue. Tests compute it.
public struct Palette: Hashable, Sendable {
  /// Property names with six-digit colours, in a fixed order.
  public var colours: [Colour]

  /// A named colour, such as `--ink` with `#1b242c`.
  public struct Colour: Hashable, Sendable {
    public var property: String
    public var hex: String
  }

  public subscript(_ property: String) -> String? { colours.first { $0.property == property }?.hex }

  /// Ink on paper.
  public static let light = Palette(
    paper: "#faf8f3", card: "#ffffff", note: "#fbf2e1", ink: "#1b242c", soft: "#55616b", rule: "#ddd8cc",
    accent: "#0c5869", norm: "#9c4a06",
    series: ["#0e5566", "#c0701c", "#5b3f7d", "#7f9436", "#87304a", "#4c97ad", "#82909b", "#26313a"])

  /// Lamplight.
  public static let dark = Palette(
    paper: "#11171c", card: "#182027", note: "#2a2317", ink: "#e9ecee", soft: "#a9b5be", rule: "#323e48",
    accent: "#74c4d4", norm: "#eaa660",
    series: ["#7fcedd", "#b8701f", "#c3aee6", "#7d9139", "#eb9cb0", "#4a8ca3", "#7b8994", "#dfe5e9"])

  private init(
    paper: String, card: String, note: String, ink: String, soft: String, rule: String, accent: String, norm: String,
    series: [String]
  ) {
    let ground = [
      ("--paper", paper), ("--card", card), ("--note", note), ("--ink", ink), ("--soft", soft), ("--rule", rule),
      ("--accent", accent), ("--norm", norm),
    ]
    colours = (ground + zip(SeriesTone.allCases.map(\.property), series)).map { Colour(property: $0, hex: $1) }
  }

  /// The declarations that set all properties.
  public var declarations: String { colours.map { "\($0.property):\($0.hex)" }.joined(separator: ";") }
}
