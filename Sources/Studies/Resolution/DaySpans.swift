/// A set of days as spans that do not touch, in order. Days are counted since 1970-01-01.
struct DaySpans: Hashable, Sendable {
  struct Span: Hashable, Sendable {
    var first: Int32
    var last: Int32
    var count: Int { Int(last) - Int(first) + 1 }
  }

  private(set) var spans: [Span] = []

  init() {}

  /// The days from one to another, both included; none when the last lies before the first.
  init(_ first: Int32, _ last: Int32) {
    if first <= last { spans = [Span(first: first, last: last)] }
  }

  /// Spans in any order that may overlap.
  init(merging parts: [Span]) {
    if parts.count <= 1 {
      spans = parts
      return
    }
    for part in parts.sorted(by: { ($0.first, $0.last) < ($1.first, $1.last) }) {
      if let end = spans.last, Int(part.first) <= Int(end.last) + 1 {
        spans[spans.count - 1].last = max(end.last, part.last)
      } else {
        spans.append(part)
      }
    }
  }

  var isEmpty: Bool { spans.isEmpty }
  var first: Int32? { spans.first?.first }
  var dayCount: Int { spans.reduce(0) { $0 + $1.count } }

  func contains(_ day: Int32) -> Bool { spans.contains { $0.first <= day && day <= $0.last } }

  func union(_ other: DaySpans) -> DaySpans {
    if other.isEmpty { return self }
    return isEmpty ? other : DaySpans(merging: spans + other.spans)
  }

  func intersection(_ other: DaySpans) -> DaySpans {
    var result = DaySpans()
    var (i, j) = (0, 0)
    while i < spans.count, j < other.spans.count {
      let first = max(spans[i].first, other.spans[j].first)
      let last = min(spans[i].last, other.spans[j].last)
      if first <= last { result.spans.append(Span(first: first, last: last)) }
      if spans[i].last < other.spans[j].last { i += 1 } else { j += 1 }
    }
    return result
  }

  /// The days of a window that are not in the set.
  func complement(in window: Span) -> DaySpans {
    var result = DaySpans()
    var next = window.first
    for span in spans {
      if span.last < next { continue }
      if span.first > window.last { break }
      if span.first > next { result.spans.append(Span(first: next, last: span.first - 1)) }
      if span.last >= window.last { return result }
      next = span.last + 1
    }
    if next <= window.last { result.spans.append(Span(first: next, last: window.last)) }
    return result
  }
}
