import Primitives

/// The person and the records of it, as boxes on one trunk: which there are, what they are in time, and how many rows a
/// person can have of each.
public struct RelationDiagram: Hashable, Codable, Sendable {
  public struct Box: Hashable, Codable, Sendable {
    public var title: LocalizedText
    /// The record's id and kind.
    public var subtitle: LocalizedText
    /// `0 or 1` or `any number`; nil for the person.
    public var count: LocalizedText?

    public init(title: LocalizedText, subtitle: LocalizedText, count: LocalizedText? = nil) {
      self.title = title
      self.subtitle = subtitle
      self.count = count
    }
  }

  public var person: Box
  public var records: [Box]

  public init(person: Box, records: [Box]) {
    self.person = person
    self.records = records
  }
}

extension RelationDiagram {
  private static let width = 360
  private static let height = 46
  private static let step = 58
  private static let indent = 92

  /// The drawing. One column wide, so that it can be read on a telephone as it is.
  func svg(in language: Language, id: String) -> String {
    let total = Self.height + records.count * Self.step + 14
    let title = language == .dutch ? "Hoe de records samenhangen" : "How the records hang together"
    let names = records.map { "\($0.title[language]): \($0.count?[language] ?? "")" }.joined(separator: "; ")
    let description = "\(person.title[language]) → \(names)"
    var svg = """
      <svg viewBox="0 0 \(Self.width) \(total)" style="width:100%;max-width:30rem;height:auto;display:block" role="img" \
      aria-labelledby="\(id)-title \(id)-description" xmlns="http://www.w3.org/2000/svg">
      <title id="\(id)-title">\(Markup.escaped(title))</title>
      <desc id="\(id)-description">\(Markup.escaped(description))</desc>
      <style>.\(id) rect{fill:var(--card);stroke:var(--rule)}.\(id) .person{stroke:var(--accent);stroke-width:2}\
      .\(id) path{fill:none;stroke:var(--soft)}.\(id) text{fill:var(--ink);font:600 13px var(--sans)}\
      .\(id) .small{fill:var(--soft);font:400 11px var(--sans)}</style>
      <g class="\(id)">

      """
    svg += box(person, x: 1, y: 1, width: 200, style: "person", language)
    for (index, record) in records.enumerated() {
      let y = Self.height + 14 + index * Self.step
      let middle = y + Self.height / 2
      svg += "<path d=\"M18 \(Self.height + 1)V\(middle)H\(Self.indent)\"/>\n"
      svg +=
        "<text class=\"small\" x=\"23\" y=\"\(middle - 5)\">\(Markup.escaped(record.count?[language] ?? ""))</text>\n"
      svg += box(record, x: Self.indent, y: y, width: Self.width - Self.indent - 1, style: "record", language)
    }
    return svg + "</g>\n</svg>\n"
  }

  private func box(_ box: Box, x: Int, y: Int, width: Int, style: String, _ language: Language) -> String {
    """
    <rect class="\(style)" x="\(x)" y="\(y)" width="\(width)" height="\(Self.height)" rx="5"/>
    <text x="\(x + 10)" y="\(y + 19)">\(Markup.escaped(fitted(box.title[language], 34)))</text>
    <text class="small" x="\(x + 10)" y="\(y + 36)">\(Markup.escaped(fitted(box.subtitle[language], 44)))</text>

    """
  }

  private func fitted(_ text: String, _ length: Int) -> String {
    text.count <= length ? text : text.prefix(length - 1) + "…"
  }
}
