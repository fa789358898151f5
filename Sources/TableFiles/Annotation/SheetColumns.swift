/// The widths and styles of a sheet's columns, with the added ones among them.
struct SheetColumns {
  private struct Span {
    var first: Int
    var last: Int
    var attributes: String
    var style: Int
  }

  private let added: [WorkbookAnnotation.Column]
  private var spans: [Span] = []

  init(added: [WorkbookAnnotation.Column]) { self.added = added }

  /// Reads what is between `<cols>` and its close; columns from 1, as there.
  mutating func read(_ part: MarkupScanner) {
    var scanner = part
    while let tag = scanner.next() {
      guard tag.kind != .close, scanner.isNamed("col", tag), let first = scanner.number("min", of: tag),
        let last = scanner.number("max", of: tag), 1 <= first, first <= last
      else { continue }
      var attributes = scanner.string(tag.attributes)
      for name: StaticString in ["min", "max"] {
        if let (_, whole) = scanner.attribute(name, of: tag) {
          attributes = attributes.replacing(scanner.string(whole), with: "")
        }
      }
      spans.append(
        Span(first: first, last: last, attributes: attributes, style: scanner.number("style", of: tag) ?? 0))
    }
  }

  /// The style of a cell that is not there.
  func style(of column: Int) -> Int { spans.first { ($0.first...$0.last).contains(column + 1) }?.style ?? 0 }

  func markup(_ prefix: String) -> String {
    var all = spans
    for own in added.map({ $0.column + 1 }) {
      all = all.flatMap { span -> [Span] in
        guard (span.first...span.last).contains(own) else { return [span] }
        var pieces: [Span] = []
        if span.first < own {
          pieces.append(Span(first: span.first, last: own - 1, attributes: span.attributes, style: span.style))
        }
        if own < span.last {
          pieces.append(Span(first: own + 1, last: span.last, attributes: span.attributes, style: span.style))
        }
        return pieces
      }
    }
    for column in added {
      let hidden = column.isHidden ? " hidden=\"1\"" : ""
      all.append(
        Span(
          first: column.column + 1, last: column.column + 1, attributes: " width=\"16\" customWidth=\"1\"" + hidden,
          style: 0))
    }
    all.sort { $0.first < $1.first }
    guard !all.isEmpty else { return "" }
    let columns = all.map { "<\(prefix)col min=\"\($0.first)\" max=\"\($0.last)\"\($0.attributes)/>" }
    return "<\(prefix)cols>\(columns.joined())</\(prefix)cols>"
  }
}
