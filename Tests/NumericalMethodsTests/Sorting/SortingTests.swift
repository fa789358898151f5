import Testing

@testable import NumericalMethods

@Suite("Sorting") struct SortingTests {
  @Test("orders numbers as a comparison would, equal ones as they came", arguments: 0..<30) func stable(_ seed: Int) {
    var generator = CounterGenerator(seed: UInt64(seed))
    let count = generator.index(below: 500)
    let scale = [1, 1e-300, 1e300, 7][seed % 4]
    let whole = (0..<count).map { _ in generator.index(below: 90) - 45 }
    let numbers = whole.map { Double($0) * scale }
    let expected = numbers.indices.sorted { numbers[$0] != numbers[$1] ? numbers[$0] < numbers[$1] : $0 < $1 }
    #expect(sortedOrder(of: numbers) == expected.map { Int32($0) })
    #expect(sortedOrder(of: whole) == expected.map { Int32($0) })
    #expect(sortedOrder(of: whole.map(Int32.init)) == expected.map { Int32($0) })
    let bits = (0..<count).map { _ in generator.next() >> UInt64(generator.index(below: 64)) }
    let byBits = bits.indices.sorted { bits[$0] != bits[$1] ? bits[$0] < bits[$1] : $0 < $1 }
    #expect(sortedOrder(of: bits) == byBits.map { Int32($0) })
  }

  @Test("puts NaN last, infinities at the ends and both zeros together") func ends() {
    let numbers: [Double] = [.nan, 0.0, .infinity, -0.0, -.infinity, -1, .leastNonzeroMagnitude]
    #expect(sortedOrder(of: numbers) == [4, 5, 1, 3, 6, 2, 0])
    #expect(sortedOrder(of: [Double]()).isEmpty)
    #expect(sortedOrder(of: [3.0]) == [0])
  }

  @Test("orders whole numbers close together as any others, on one thread and on all", arguments: [1, 700, 90_000])
  func days(_ count: Int) {
    var generator = CounterGenerator(seed: UInt64(count))
    let days = (0..<count).map { _ in Double(generator.index(below: 3000) - 900) }
    let expected = days.indices.sorted { days[$0] != days[$1] ? days[$0] < days[$1] : $0 < $1 }.map { Int32($0) }
    #expect(sortedOrder(of: days) == expected)
    #expect(WorkSharing.$threads.withValue(1) { sortedOrder(of: days) } == expected)
    // A fraction, or a number far off, takes the other way to the same order.
    #expect(sortedOrder(of: days.map { $0 + 0.5 }) == expected)
    #expect(sortedOrder(of: days + [1e12]) == expected + [Int32(count)])
  }

  @Test("finds the distinct values, and which of them each number is") func distinct() {
    let found = DistinctNumbers([30, -0.0, 30, 7, 0])
    #expect(found.values == [0, 7, 30])
    #expect(found.number == [2, 0, 2, 1, 0])
    #expect(found.counts == [2, 1, 2])
    let fractions = DistinctNumbers([2.5, 1.25, 2.5])
    #expect(fractions.values == [1.25, 2.5])
    #expect(fractions.number == [1, 0, 1])
    #expect(fractions.counts == [1, 2])
    #expect(DistinctNumbers([]).values.isEmpty)
    let wide = DistinctNumbers([1e300, 5, 1e300])
    #expect(wide.values == [5, 1e300] && wide.number == [1, 0, 1])
  }

  @Test("does not take fractions, NaN or infinities for whole numbers") func notWhole() {
    for odd in [0.5, .nan, .infinity, -.infinity, 1e18] {
      #expect(CloseWholeNumbers([1, 2, odd]) == nil)
      #expect(CloseWholeNumbers([odd, 1, 2]) == nil)
    }
    #expect(CloseWholeNumbers([]) == nil)
  }

  @Test("ranks ties in each of the four ways") func ties() {
    let numbers = [5.0, 1, 5, 3, 5, 1]
    #expect(ranks(of: numbers) == [5, 1.5, 5, 3, 5, 1.5])
    #expect(ranks(of: numbers, ties: .minimum) == [4, 1, 4, 3, 4, 1])
    #expect(ranks(of: numbers, ties: .maximum) == [6, 2, 6, 3, 6, 2])
    #expect(ranks(of: numbers, ties: .dense) == [3, 1, 3, 2, 3, 1])
    #expect(ranks(of: []).isEmpty)
  }

  @Test("numbers labels in their order") func labels() {
    let numbered = denseNumbers([7, -2, 7, 0])
    #expect(numbered.number == [2, 0, 2, 1])
    #expect(numbered.count == 3)
    #expect(denseNumbers([]).count == 0)
  }

  @Test("counts what lies below and at a value") func search() {
    let ascending = [1.0, 2, 2, 5]
    #expect([0, 1, 2, 3, 5, 9].map { countAtOrBelow($0, in: ascending) } == [0, 1, 3, 3, 4, 4])
    #expect([0, 1, 2, 3, 5, 9].map { countBelow($0, in: ascending) } == [0, 0, 1, 3, 3, 4])
    #expect(lastStep(at: 0.5, in: ascending) == nil)
    #expect(lastStep(at: 2, in: ascending) == 2)
    #expect(["a", "b", "c"].permuted(by: [2, 0, 1]) == ["c", "a", "b"])
  }
}
