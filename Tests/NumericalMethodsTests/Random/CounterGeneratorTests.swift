import Testing

@testable import NumericalMethods

@Suite("Counter generator") struct CounterGeneratorTests {
  /// Seed, stream, block and the four words that the authors of Random123 publish for philox4x32-10 (kat_vectors).
  private static let published: [(seed: UInt64, stream: UInt64, block: UInt64, words: [UInt32])] = [
    (0, 0, 0, [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (.max, .max, .max, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
    (
      0x299f_31d0_a409_3822, 0x0370_7344_1319_8a2e, 0x85a3_08d3_243f_6a88,
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test("gives the published words of Philox 4×32-10", arguments: 0..<3) func knownAnswers(_ number: Int) {
    let answer = Self.published[number]
    let block = CounterGenerator.block(seed: answer.seed, stream: answer.stream, number: answer.block)
    let words = [block.first, block.first >> 32, block.second, block.second >> 32]
    #expect(words.map { UInt32(truncatingIfNeeded: $0) } == answer.words)
  }

  @Test("gives at any position what it gives after that many numbers") func positions() {
    var straight = CounterGenerator(seed: 12, stream: 7)
    let numbers = (0..<9).map { _ in straight.next() }
    for start in 0..<9 {
      var jumped = CounterGenerator(seed: 12, stream: 7, position: UInt64(start))
      var moved = CounterGenerator(seed: 12, stream: 7)
      _ = moved.next()
      moved.jump(to: UInt64(start))
      for expected in numbers[start...] {
        #expect(jumped.next() == expected)
        #expect(moved.next() == expected)
      }
    }
    #expect(straight.position == 9)
  }

  @Test("gives other numbers for another seed or stream") func streams() {
    var all = Set<UInt64>()
    for seed in 0..<20 as Range<UInt64> {
      for stream in 0..<20 as Range<UInt64> {
        var generator = CounterGenerator(seed: seed, stream: stream)
        for _ in 0..<4 { all.insert(generator.next()) }
      }
    }
    #expect(all.count == 1600)
  }

  @Test("draws uniform, normal and exponential numbers with the right moments") func moments() {
    var generator = CounterGenerator(seed: 3)
    let count = 100_000
    var sums = [Double](repeating: 0, count: 5)
    for _ in 0..<count {
      let uniform = generator.uniform()
      #expect(uniform >= 0 && uniform < 1)
      let normal = generator.normal()
      let exponential = generator.exponential()
      sums[0] += uniform
      sums[1] += normal
      sums[2] += normal * normal
      sums[3] += normal * normal * normal * normal
      sums[4] += exponential
    }
    let means = sums.map { $0 / Double(count) }
    // Five standard errors.
    #expect(abs(means[0] - 0.5) < 0.0046)
    #expect(abs(means[1]) < 0.0159)
    #expect(abs(means[2] - 1) < 0.0224)
    #expect(abs(means[3] - 3) < 0.155)
    #expect(abs(means[4] - 1) < 0.0159)
  }

  @Test("draws every index equally often") func indices() {
    var generator = CounterGenerator(seed: 5)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.index(below: 7)] += 1 }
    let statistic = counts.reduce(0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(ChiSquared(degreesOfFreedom: 6).upperTail(statistic) > 1e-4)
    #expect(generator.index(below: 1) == 0)
  }

  @Test("shuffles without losing anything") func permutation() {
    var generator = CounterGenerator(seed: 8)
    let order = generator.permutation(of: 1000)
    #expect(order.sorted() == (0..<1000).map { Int32($0) })
    #expect(order != order.sorted())
    #expect(generator.permutation(of: 0).isEmpty)
    #expect(generator.permutation(of: 1) == [0])
  }
}
