/// A stretch of a text or recording to which an observer gave a value.
public struct UnitisedSegment: Codable, Hashable, Sendable {
  /// Where it starts, in characters or seconds from the start of the continuum.
  public var start: Double
  /// Where it ends: the next stretch may start here.
  public var end: Double
  /// The value given, counted from 0.
  public var value: Int

  public init(start: Double, end: Double, value: Int) {
    self.start = start
    self.end = end
    self.value = value
  }

  var length: Double { end - start }
}

/// What one observer made of a continuum: stretches with a value, ascending, and the gaps between them.
struct Unitisation {
  /// Segments and gaps (value −1), without holes.
  var parts: [UnitisedSegment]

  /// - Throws: `.notFinite`, `.setting` for a segment outside the continuum, empty or overlapping another,
  ///   `.unknownLevel` for a value outside 0..<values.
  init(_ segments: [UnitisedSegment], length: Double, values: Int, observer: Int) throws(StatisticsError) {
    let name = "segments of observer \(observer)"
    var parts: [UnitisedSegment] = []
    var reached = 0.0
    for (index, segment) in segments.enumerated() {
      guard segment.start.isFinite, segment.end.isFinite else { throw .notFinite(array: name, index: index) }
      guard segment.start >= 0, segment.end <= length, segment.start < segment.end else {
        throw .setting(name: name, reason: "each starts before it ends, within the continuum")
      }
      guard (0..<values).contains(segment.value) else {
        throw .unknownLevel(variable: name, index: index, levels: values)
      }
    }
    for segment in segments.sorted(by: { $0.start < $1.start }) {
      guard segment.start >= reached else {
        throw .setting(name: name, reason: "segments of one observer do not overlap")
      }
      if segment.start > reached { parts.append(UnitisedSegment(start: reached, end: segment.start, value: -1)) }
      parts.append(segment)
      reached = segment.end
    }
    if reached < length { parts.append(UnitisedSegment(start: reached, end: length, value: -1)) }
    self.parts = parts
  }

  var segments: [UnitisedSegment] { parts.filter { $0.value >= 0 } }

  /// Calls with each overlapping pair of parts and the length they share.
  static func forEachOverlap(
    _ a: [UnitisedSegment], _ b: [UnitisedSegment], _ body: (UnitisedSegment, UnitisedSegment, Double) -> Void
  ) {
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let shared = min(a[i].end, b[j].end) - max(a[i].start, b[j].start)
      if shared > 0 { body(a[i], b[j], shared) }
      if a[i].end <= b[j].end { i += 1 } else { j += 1 }
    }
  }

  /// The length of a stretch that lies within any of some ascending stretches.
  static func covered(_ segment: UnitisedSegment, by union: [UnitisedSegment]) -> Double {
    union.reduce(0) { $0 + max(0, min($1.end, segment.end) - max($1.start, segment.start)) }
  }

  /// The union of stretches, ascending and apart.
  static func union(_ segments: [UnitisedSegment]) -> [UnitisedSegment] {
    var union: [UnitisedSegment] = []
    for segment in segments.sorted(by: { $0.start < $1.start }) {
      if let last = union.last, segment.start <= last.end {
        union[union.count - 1].end = max(last.end, segment.end)
      } else {
        union.append(segment)
      }
    }
    return union
  }
}
