import NumericalMethods
import Statistics
import Testing

/// What holds for any data, tried on drawn ones.
@Suite struct MatchingPropertyTests {
  /// Scores on a coarse grid, so that ties are everywhere, and a town and an age to agree on.
  private func draw(
    _ seed: UInt64, _ n: Int = 60, grid: Double = 20
  ) throws -> (units: MatchingUnits, town: [Int32], age: [Double]) {
    var generator = CounterGenerator(seed: seed)
    let score = (0..<n).map { _ in (grid * generator.uniform()).rounded() / grid }
    var treated = score.map { generator.uniform() < 0.2 + 0.3 * $0 }
    treated[0] = true
    treated[1] = false
    let town = (0..<n).map { _ in Int32(generator.index(below: 3)) }
    let age = (0..<n).map { _ in (10 * generator.normal()).rounded() }
    let units = try MatchingUnits(
      treated: treated, score: score,
      covariates: [.factor("town", codes: town, levels: ["a", "b", "c"], reference: 0), .numeric("age", age)])
    return (units, town, age)
  }

  /// Greedy matching as it is written down: every candidate is looked at.
  private func plainly(
    _ units: MatchingUnits, ratio: Int, width: Double?, ages: (values: [Double], width: Double)?, town: [Int32]?
  ) -> [[Int32]] {
    let score = units.score!
    let order = sortedOrder(of: score)
    var place = [Int](repeating: 0, count: units.count)
    for (position, unit) in order.enumerated() { place[Int(unit)] = position }
    let focal = units.treated.indices.filter { units.treated[$0] }
    var isLeft = units.treated.map { !$0 }
    var matches = [[Int32]](repeating: [], count: focal.count)
    for round in 0..<ratio {
      for number in focal.indices.sorted(by: { (-score[focal[$0]], $0) < (-score[focal[$1]], $1) }) {
        guard matches[number].count == round else { continue }
        let unit = focal[number]
        let places = matches[number].map { place[Int($0)] } + [place[unit]]
        var best: (distance: Double, steps: Int, isAbove: Int, unit: Int)?
        for other in isLeft.indices where isLeft[other] {
          let distance = abs(score[unit] - score[other])
          if let width, distance > width { continue }
          if let ages, abs(ages.values[unit] - ages.values[other]) > ages.width { continue }
          if let town, town[unit] != town[other] { continue }
          let isAbove = place[other] > place[unit]
          let steps = isAbove ? place[other] - places.max()! : places.min()! - place[other]
          let candidate = (distance, steps, isAbove ? 1 : 0, other)
          if best == nil || candidate < best! { best = candidate }
        }
        guard let best else { continue }
        matches[number].append(Int32(best.unit))
        isLeft[best.unit] = false
      }
    }
    return matches
  }

  @Test(arguments: 0..<40) func `looking at sorted scores finds what looking at everybody finds`(_ seed: Int) throws {
    let (units, town, age) = try draw(UInt64(seed))
    for (ratio, width, ageWidth, agrees) in [
      (1, nil, nil, false), (2, nil, nil, false), (1, 0.1, nil, false), (1, nil, 8, false), (2, 0.2, 12, true),
      (3, nil, nil, true),
    ] as [(Int, Double?, Double?, Bool)] {
      let method = NearestNeighbourMatching(
        ratio: Double(ratio), caliper: width.map { .own($0) },
        covariateCalipers: ageWidth.map { ["age": .own($0)] } ?? [:], exactly: agrees ? ["town"] : [])
      let expected = plainly(
        units, ratio: ratio, width: width, ages: ageWidth.map { (age, $0) }, town: agrees ? town : nil)
      let found = try method.match(units).matches!
      #expect(found.focal.indices.map { Array(found.matches($0)) } == expected, "\(ratio) \(agrees)")
    }
  }

  @Test(arguments: 0..<20) func `a tree of points finds what looking at everybody finds`(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed), stream: 5)
    let n = 200
    let columns = (0..<3).map { _ in (0..<n).map { _ in generator.normal() } }
    let treated = (0..<n).map { _ in generator.uniform() < 0.4 }
    let units = try MatchingUnits(
      treated: treated, covariates: columns.enumerated().map { .numeric("x\($0)", $1) })
    let sample = try NearestNeighbourMatching(distance: .covariates(.euclidean, [])).match(units)
    var isLeft = treated.map { !$0 }
    let pairs = sample.matches!
    for place in pairs.focal.indices {
      let unit = Int(pairs.focal[place])
      func squared(_ other: Int) -> Double {
        columns.reduce(0) { $0 + ($1[unit] - $1[other]) * ($1[unit] - $1[other]) }
      }
      let best = isLeft.indices.filter { isLeft[$0] }.min { squared($0) < squared($1) }
      #expect(pairs.matches(place).first.map { Int($0) } == best)
      if let best { isLeft[best] = false }
    }
  }

  @Test(arguments: 0..<30) func `optimal pairs are the best of all assignments`(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed), stream: 9)
    let score = (0..<8).map { _ in (50 * generator.uniform()).rounded() / 50 }
    let treated = [true, true, true, false, false, false, false, false]
    let units = try MatchingUnits(treated: treated, score: score, covariates: [.numeric("x", score)])
    var best = Double.infinity
    for a in 3..<8 {
      for b in 3..<8 where b != a {
        for c in 3..<8 where c != a && c != b {
          best = min(best, abs(score[0] - score[a]) + abs(score[1] - score[b]) + abs(score[2] - score[c]))
        }
      }
    }
    let onLine = try OptimalPairMatching().match(units)
    // A caliper that holds nobody back takes the way of single arcs.
    let byArcs = try OptimalPairMatching(covariateCalipers: ["x": .own(10)]).match(units)
    #expect(abs(onLine.matches!.totalDistance - best) < 1e-9)
    #expect(abs(byArcs.matches!.totalDistance - best) < 1e-9)
    let greedy = try NearestNeighbourMatching().match(units)
    #expect(onLine.matches!.totalDistance <= greedy.matches!.totalDistance + 1e-9)
  }

  @Test(arguments: 0..<30) func `full matching is the best of all covers`(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed), stream: 11)
    let score = (0..<7).map { _ in (50 * generator.uniform()).rounded() / 50 }
    let units = try MatchingUnits(
      treated: [true, true, true, false, false, false, false], score: score, covariates: [.numeric("x", score)])
    // Every choice of the twelve pairs that leaves nobody out.
    var best = Double.infinity
    for choice in 1..<(1 << 12) {
      var cost = 0.0
      var covered = 0
      for pair in 0..<12 where choice >> pair & 1 == 1 {
        let (t, c) = (pair / 4, 3 + pair % 4)
        cost += abs(score[t] - score[c])
        covered |= 1 << t | 1 << c
      }
      if covered == 127 { best = min(best, cost) }
    }
    // In linear time on a line; as a flow along it; as a flow over single pairs.
    for method in [FullMatching(), FullMatching(most: 4), FullMatching(covariateCalipers: ["x": .own(10)])] {
      let sets = try #require(try method.match(units).sets)
      var total = 0.0
      for t in 0..<3 { for c in 3..<7 where sets[t] == sets[c] { total += abs(score[t] - score[c]) } }
      #expect(sets.allSatisfy { $0 >= 0 })
      #expect(abs(total - best) < 1e-9)
    }
  }

  @Test(arguments: 0..<10) func `full matching in linear time is as near as the flow`(_ seed: Int) throws {
    let (units, _, _) = try draw(UInt64(100 + seed), 150, grid: seed < 5 ? 30 : 1e6)
    var totals: [Double] = []
    for method in [FullMatching(), FullMatching(most: 149)] {
      let sets = try #require(try method.match(units).sets)
      #expect(sets.allSatisfy { $0 >= 0 })
      var total = 0.0
      var sizes: [Int32: (Int, Int)] = [:]
      for i in sets.indices {
        sizes[sets[i], default: (0, 0)].0 += units.treated[i] ? 1 : 0
        sizes[sets[i], default: (0, 0)].1 += units.treated[i] ? 0 : 1
        for j in sets.indices where sets[i] == sets[j] && units.treated[i] && !units.treated[j] {
          total += abs(units.score![i] - units.score![j])
        }
      }
      #expect(sizes.values.allSatisfy { min($0.0, $0.1) == 1 })
      totals.append(total)
    }
    #expect(abs(totals[0] - totals[1]) < 1e-9)
  }

  @Test func `limits on the numbers of partners are kept`() throws {
    let (units, _, _) = try draw(77, 80, grid: 1e6)
    for (least, most, omitted) in [(1.0, 2.0, 0.3), (0.5, 3, 0), (0.25, 1, 0.2)] {
      let sample = try FullMatching(least: least, most: most, omittedShare: omitted).match(units)
      var t = [Int](repeating: 0, count: sample.setCount)
      var c = t
      for i in sample.sets!.indices where sample.sets![i] >= 0 {
        if units.treated[i] { t[Int(sample.sets![i])] += 1 } else { c[Int(sample.sets![i])] += 1 }
      }
      for s in t.indices {
        #expect(min(t[s], c[s]) == 1)
        #expect(Double(c[s]) / Double(t[s]) <= most + 1e-9 && Double(c[s]) / Double(t[s]) >= least - 1e-9)
      }
    }
    let many = try FullMatching(most: 0.5).match(
      MatchingUnits(treated: [true, true, true, true, false, false], score: [1, 2, 3, 4, 1.5, 3.5]))
    #expect(many.sets == [0, 0, 1, 1, 0, 1])
  }

  @Test func `neither scale, nor the order of rows, nor threads change who is matched`() throws {
    var generator = CounterGenerator(seed: 21)
    let n = 400
    let score = (0..<n).map { _ in generator.uniform() }
    let treated = score.map { generator.uniform() < 0.5 * $0 }
    let units = try MatchingUnits(treated: treated, score: score)
    let method = NearestNeighbourMatching(ratio: 2, caliper: .standardDeviations(0.3))
    let usual = try method.match(units)
    let scaled = try method.match(MatchingUnits(treated: treated, score: score.map { 1e12 * $0 }))
    #expect(usual.sets == scaled.sets)
    let order = generator.permutation(of: n)
    let shuffled = try method.match(
      MatchingUnits(treated: treated.permuted(by: order), score: score.permuted(by: order)))
    #expect(usual.weights.permuted(by: order) == shuffled.weights)
    let outcome = score.map { $0 + generator.normal() }
    let estimator = AbadieImbens(estimand: .all, neighbours: 3, adjustsBias: true, varianceNeighbours: 2)
    let two = try estimator.effect(on: outcome, among: units)
    let one = try WorkSharing.$threads.withValue(1) { try estimator.effect(on: outcome, among: units) }
    #expect(two.estimate == one.estimate)
  }

  @Test func `a tie sensitivity spans what other orders of the file give`() throws {
    let (units, _, _) = try draw(5, 300)
    var generator = CounterGenerator(seed: 8)
    let outcome = (0..<300).map { _ in generator.normal() }
    let range = try TieSensitivity(NearestNeighbourMatching(), units: units, outcome: outcome, draws: 10)
    #expect(range.tiedUnits > 10 && range.lowest < range.highest)
    #expect(range.lowest <= range.usual && range.usual <= range.highest)
    let again = try TieSensitivity(NearestNeighbourMatching(), units: units, outcome: outcome, draws: 10)
    #expect(range.drawn == again.drawn)
    let apart = try MatchingUnits(
      treated: units.treated, score: units.score!.map { $0 + 1e-3 * generator.uniform() })
    let none = try TieSensitivity(NearestNeighbourMatching(), units: apart, outcome: outcome, draws: 3)
    #expect(none.lowest == none.highest)
  }
}
