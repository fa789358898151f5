import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Unitised alpha") struct UnitisedAlphaTests {
  /// Ten characters. A: 2–6 value 0. B: 4–8 value 0. Lengths on which they meet, both ways: gap–gap 4·… see below.
  ///
  /// Gap with gap: 0–2 and 8–10, 4 each way, 8. Stretch with stretch: 4–6, 2 each way, 4. Gap with stretch: 2–4 and
  /// 6–8, 4 each way. Margins 12 and 8 of 20. Self-pairs: gaps 6 + 6, stretches 16 + 16, 44 in all.
  /// Expected off the diagonal: 2·20·12·8/(400 − 44). α = 1 − 8·356/(2·20·96) = 1 − 2848/3840.
  @Test("of two observers worked by hand") func worked() throws {
    let alpha = try UnitisedAlpha(
      observers: [[.init(start: 2, end: 6, value: 0)], [.init(start: 4, end: 8, value: 0)]], length: 10, values: 1)
    #expect(isClose(alpha.whole!, 1 - 2848.0 / 3840, relative: 1e-14))
    #expect(alpha.relevance == alpha.whole)
    #expect(alpha.coding == nil && alpha.byValue[0].alpha == nil)
    #expect(isClose(alpha.byValue[0].coverage, 0.5))
  }

  private static func segments(_ generator: inout CounterGenerator, length: Int, values: Int) -> [UnitisedSegment] {
    var (segments, reached): ([UnitisedSegment], Int) = ([], generator.index(below: 4))
    while reached < length - 1 {
      let end = min(length, reached + 1 + generator.index(below: 7))
      segments.append(.init(start: Double(reached), end: Double(end), value: generator.index(below: values)))
      reached = end + generator.index(below: 4)
    }
    return segments
  }

  /// Characters one by one: observed pairs of two observers at one place, expected all pairs but those within a stretch.
  @Test("is what counting pairs of characters gives", arguments: 0..<12) func characters(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let (length, values, observers) = (30, 3, 2 + seed % 3)
    let cuts = (0..<observers).map { _ in Self.segments(&generator, length: length, values: values) }
    // For each observer and place the value (0 for a gap) and a number of the unit: each gap place its own.
    var (value, unit): ([[Int]], [[Int]]) = ([], [])
    var next = 0
    for cut in cuts {
      var (valueHere, unitHere) = ([Int](repeating: 0, count: length), [Int](repeating: 0, count: length))
      for place in 0..<length {
        next += 1
        unitHere[place] = next
      }
      for segment in cut {
        next += 1
        for place in Int(segment.start)..<Int(segment.end) {
          valueHere[place] = segment.value + 1
          unitHere[place] = next
        }
      }
      value.append(valueHere)
      unit.append(unitHere)
    }
    func alpha(_ code: (Int) -> Int) -> Double {
      var (observed, disagreeing, expected, unequal) = (0.0, 0.0, 0.0, 0.0)
      for i in 0..<observers {
        for p in 0..<length {
          for j in 0..<observers {
            for q in 0..<length {
              let differ = code(value[i][p]) != code(value[j][q])
              if p == q, i != j {
                observed += 1
                if differ { disagreeing += 1 }
              }
              if unit[i][p] != unit[j][q] {
                expected += 1
                if differ { unequal += 1 }
              }
            }
          }
        }
      }
      return 1 - disagreeing / observed / (unequal / expected)
    }
    let found = try UnitisedAlpha(observers: cuts, length: Double(length), values: values)
    #expect(isClose(found.whole!, alpha { $0 }, relative: 1e-10))
    #expect(isClose(found.relevance!, alpha { min($0, 1) }, relative: 1e-10))
  }

  /// Where both have stretches over the whole continuum, coding is judged as a whole; one value disagrees.
  @Test("of coding is about the overlaps only") func coding() throws {
    let a: [UnitisedSegment] = [
      .init(start: 0, end: 10, value: 0), .init(start: 20, end: 30, value: 1), .init(start: 40, end: 50, value: 0),
    ]
    var b = a
    b[0].end = 14
    let sameValues = try UnitisedAlpha(observers: [a, b], length: 60, values: 2)
    #expect(sameValues.coding == 1 && sameValues.whole! < 1)
    #expect(sameValues.byValue[0].alpha == 1 && sameValues.byValue[1].alpha == 1)
    // Of value 0, 20 + 24 characters, 40 lie in overlaps.
    #expect(isClose(sameValues.byValue[0].coverage, 40.0 / 44))
    b[2].value = 1
    let oneOff = try UnitisedAlpha(observers: [a, b], length: 60, values: 2)
    // Overlaps 10, 10, 10: values 00, 11, 01. Observed off the diagonal 20 of 60; margins 30 and 30; self-pairs 6·100.
    // Expected off the diagonal: 2·60·900/(3600 − 600) = 36. α = 1 − 20/36.
    #expect(isClose(oneOff.coding!, 1 - 20.0 / 36, relative: 1e-12))
    #expect(isClose(oneOff.relevance!, sameValues.relevance!))
  }

  @Test("is 1 for equal cuts and refuses what is no cut") func limits() throws {
    let cut: [UnitisedSegment] = [.init(start: 1, end: 4, value: 0), .init(start: 4, end: 9, value: 1)]
    let same = try UnitisedAlpha(observers: [cut, cut.reversed(), cut], length: 12, values: 2)
    #expect(same.whole == 1 && same.relevance == 1 && same.coding == 1)
    #expect(same.byValue.map(\.coverage) == [1, 1])
    let nothing = try UnitisedAlpha(observers: [[], []], length: 12, values: 2)
    #expect(nothing.whole == nil && nothing.relevance == nil && nothing.coding == nil)
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) {
      try UnitisedAlpha(observers: [cut], length: 12, values: 2)
    }
    #expect(throws: StatisticsError.self) { try UnitisedAlpha(observers: [cut, cut], length: 8, values: 2) }
    #expect(throws: StatisticsError.unknownLevel(variable: "segments of observer 0", index: 1, levels: 1)) {
      try UnitisedAlpha(observers: [cut, cut], length: 12, values: 1)
    }
    #expect(throws: StatisticsError.self) {
      try UnitisedAlpha(
        observers: [[.init(start: 0, end: 3, value: 0), .init(start: 2, end: 5, value: 0)], []], length: 9, values: 1)
    }
  }
}
