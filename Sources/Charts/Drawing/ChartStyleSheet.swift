extension Chart {
  /// The rules of style that drawings need, to be put into the page's style sheet once.
  ///
  /// The page's theme sets the properties `--ink`, `--soft`, `--card`, `--rule`, `--norm`, and those of ``SeriesTone``.
  public static let styleSheet: String = {
    var rules = """
      .chart{display:block;width:100%;height:auto;overflow:visible}
      .chart text{fill:var(--ink);font-family:inherit;font-variant-numeric:tabular-nums lining-nums}
      .chart .rim{paint-order:stroke;stroke:var(--card);stroke-width:3.5px;stroke-linejoin:round}
      .chart path{fill:none}
      .chart .grid{stroke:var(--rule);stroke-width:1}
      .chart .base{stroke:var(--ink);stroke-width:1}
      .chart .leader{stroke:var(--soft);stroke-width:1}
      .chart path.norm{stroke:var(--norm);stroke-width:1.75}
      .chart text.norm,.chart text.norm tspan{fill:var(--norm)}
      .chart .line{stroke:var(--tone);stroke-width:2.5;stroke-linejoin:round}
      .chart .band{fill:var(--tone);fill-opacity:.17;stroke:none}
      .chart .fill{fill:var(--tone);stroke:var(--card);stroke-width:1;stroke-linejoin:round}
      .chart .outline{fill:var(--card);stroke:var(--tone);stroke-width:1.5;stroke-dasharray:3 2}
      .chart .flow{fill:var(--tone);fill-opacity:.3;stroke:none}
      .chart .flow:hover{fill-opacity:.55}
      .chart .unknown{stroke:var(--tone);stroke-width:1.5;stroke-dasharray:4 3}
      .chart .interval{stroke:var(--tone);stroke-width:2.5;stroke-linecap:round}
      .chart .open{fill:var(--card);stroke:var(--tone);stroke-width:1.75}

      """
    for role in TextRole.allCases {
      let colour = role == .number || role == .axis || role == .heading ? ";fill:var(--soft)" : ""
      let weight = role.isBold ? 600 : 400
      rules += ".chart .\(role.rawValue){font-size:\(rounded(role.size))px;font-weight:\(weight)\(colour)}\n"
    }
    for tone in SeriesTone.allCases { rules += ".\(tone.className){--tone:var(\(tone.property))}\n" }
    return rules
  }()
}
