import Primitives
import Statistics
import Synchronization
import TestSupport
import Testing

@Suite struct StateOccupationTests {
  /// Four people start in state 1. P1 goes 1→2 at 2, 2→1 at 5; P2 1→2 at 2, seen in 2 to 6; P3 1→3 at 4; P4 seen in 1
  /// to 6. At 2: 2 of 4 move to 2. At 4: 1 of the 2 left in 1 dies. At 5: 1 of 2 in state 2 returns.
  @Test func statesCanBeLeftAndReachedAgain() throws {
    let history = try StateHistory(
      states: 3, person: [1, 1, 1, 2, 2, 3, 4], entry: [0, 2, 5, 0, 2, 0, 0], exit: [2, 5, 7, 2, 6, 4, 6],
      to: [2, 1, 0, 2, 0, 3, 0])
    #expect(history.from == [1, 2, 1, 1, 2, 1, 1])
    let estimate = try StateOccupation(history)
    #expect(estimate.times == [2, 4, 5])
    #expect(estimate.atRisk == [[4, 2, 1], [0, 2, 2], [0, 0, 0]])
    #expect(estimate.initial == [1, 0, 0])
    #expect(estimate.occupation == [[0.5, 0.25, 0.5], [0.5, 0.5, 0.25], [0, 0.25, 0.25]])
    #expect(estimate.transitions == [[0, 2, 1], [1, 0, 0], [0, 0, 0]])
    #expect(estimate.lastSeen == [2, 1, 0])
    #expect(estimate.count == 4)
    // Nobody was lost before 5, so these are shares of four people.
    #expect(isClose(estimate.standardErrors[1][0], 0.25))
    #expect(isClose(estimate.standardErrors[2][1], (0.25 * 0.75 / 4).squareRoot()))
    #expect(estimate.estimate(of: 2, at: 1)?.value == 0)
    #expect(estimate.estimate(of: 2, at: 4.5)?.value == 0.5)
    #expect(estimate.estimate(of: 2, at: 8) == nil)
  }

  @Test func rowsMayComeInAnyOrder() throws {
    var random = SeededGenerator(seed: 5)
    let rows = Array(0..<7).shuffled(using: &random)
    let person = [1, 1, 1, 2, 2, 3, 4]
    let entry = [0.0, 2, 5, 0, 2, 0, 0]
    let exit = [2.0, 5, 7, 2, 6, 4, 6]
    let to = [2, 1, 0, 2, 0, 3, 0]
    let history = try StateHistory(
      states: 3, person: rows.map { person[$0] }, entry: rows.map { entry[$0] }, exit: rows.map { exit[$0] },
      to: rows.map { to[$0] })
    #expect(try StateOccupation(history).occupation == [[0.5, 0.25, 0.5], [0.5, 0.5, 0.25], [0, 0.25, 0.25]])
  }

  @Test func faultsAreNamedWithTheirPlace() {
    func history(
      person: [Int] = [1, 1], entry: [Double] = [0, 3], exit: [Double] = [3, 5], from: [Int]? = nil,
      to: [Int] = [2, 0],
      weight: [Double]? = nil
    ) throws -> StateHistory {
      try StateHistory(states: 2, person: person, entry: entry, exit: exit, from: from, to: to, weight: weight)
    }
    let faults: [(StatisticsError, () throws -> StateHistory)] = [
      (.noObservations, { try history(person: [], entry: [], exit: [], to: []) }),
      (.lengthsDiffer(array: "person", expected: 2, found: 1), { try history(person: [1]) }),
      (.lengthsDiffer(array: "from", expected: 2, found: 1), { try history(from: [1]) }),
      (.unknownState(array: "to", index: 0, states: 2), { try history(to: [3, 0]) }),
      (.unknownState(array: "from", index: 1, states: 2), { try history(from: [1, 0]) }),
      (.exitNotAfterEntry(index: 1), { try history(entry: [0, 5]) }),
      (.negativeTime(array: "entry", index: 0), { try history(entry: [-1, 3]) }),
      (.notFinite(array: "exit", index: 1), { try history(exit: [3, .infinity]) }),
      (.intervalsOverlap(index: 1), { try history(entry: [0, 2]) }),
      (.stateJumps(index: 1), { try history(from: [1, 1]) }),
      (.stateJumps(index: 1), { try history(from: [1, 2], to: [0, 0]) }),
      (.negativeWeight(index: 0), { try history(weight: [-1, 1]) }),
      (.weightsSumToZero, { try history(weight: [0, 0]) }),
    ]
    for (expected, make) in faults { #expect(throws: expected) { _ = try make() } }
  }

  @Test func aGapMayEndInAnotherState() throws {
    let history = try StateHistory(
      states: 2, person: [1, 1, 2], entry: [0, 4, 0], exit: [3, 6, 6], from: [1, 2, 1], to: [0, 0, 2])
    let estimate = try StateOccupation(history)
    #expect(estimate.times == [6])
    // Just before 6 one person is in each state.
    #expect(estimate.initial == [0.5, 0.5])
    #expect(estimate.occupation == [[0], [1]])
  }

  @Test func withoutMovesEveryoneStaysWhereTheyStarted() throws {
    let history = try StateHistory(
      states: 3, person: [1, 2, 3, 4], entry: [0, 0, 0, 1], exit: [4, 4, 4, 4], from: [1, 1, 2, 3], to: [0, 0, 0, 0],
      weight: [1, 1, 2, 9])
    let estimate = try StateOccupation(history)
    #expect(estimate.times.isEmpty && estimate.initial == [0.5, 0.5, 0])
    #expect(estimate.estimate(of: 2, at: 3)?.value == 0.5)
    #expect(estimate.lastSeen == [2, 1, 1])
  }

  @Test(arguments: [UInt64(1), 2, 3, 4]) func theProbabilitiesAddUpToOne(_ seed: UInt64) throws {
    let estimate = try StateOccupation(Self.wanderers(seed: seed, people: 40, weighted: seed.isMultiple(of: 2)))
    for step in estimate.times.indices {
      #expect(abs(estimate.occupation.reduce(0) { $0 + $1[step] } - 1) < 1e-12)
      #expect(estimate.occupation.allSatisfy { $0[step] >= 0 })
    }
  }

  /// More clusters than one block holds: twice the people, each twice, is 1/√2 of the error.
  @Test func doublingTheDataShrinksTheErrorsAsItShould() throws {
    let once = Self.wanderers(seed: 9, people: 300, weighted: false)
    let twice = try StateHistory(
      states: 3, person: once.person + once.person.map { $0 + 1000 }, entry: once.entry + once.entry,
      exit: once.exit + once.exit, from: once.from + once.from, to: once.to + once.to)
    let one = try StateOccupation(once)
    let two = try StateOccupation(twice)
    for state in 0..<3 {
      for step in one.times.indices {
        #expect(abs(one.occupation[state][step] - two.occupation[state][step]) < 1e-12)
        #expect(abs(one.standardErrors[state][step] - two.standardErrors[state][step] * 2.0.squareRoot()) < 1e-9)
      }
    }
  }

  @Test func progressStartsAtNothingAndEndsComplete() throws {
    let seen = Mutex<[StageProgress]>([])
    _ = try StateOccupation(Self.wanderers(seed: 3, people: 1200, weighted: false)) { progress in
      seen.withLock { $0.append(progress) }
    }
    let reports = seen.withLock { $0 }
    #expect(reports.first == StageProgress(stage: "standard errors", completed: 0, total: 1200))
    #expect(reports.last?.isComplete == true)
  }

  @Test func aCancelledTaskStops() async {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try StateOccupation(Self.wanderers(seed: 3, people: 20, weighted: false))
    }
    task.cancel()
    await #expect(throws: StatisticsError.cancelled) { _ = try await task.value }
  }

  /// People who move at random between three states, some entering late.
  private static func wanderers(seed: UInt64, people: Int, weighted: Bool) -> StateHistory {
    var random = SeededGenerator(seed: seed)
    var person: [Int] = []
    var entry: [Double] = []
    var exit: [Double] = []
    var from: [Int] = []
    var to: [Int] = []
    var weight: [Double] = []
    for p in 0..<people {
      var time = random.uniform() < 0.7 ? 0 : (random.uniform() * 4).rounded(.down)
      var state = 1 + Int(random.uniform() * 2)
      let personWeight = 0.5 + random.uniform()
      for _ in 0..<(1 + Int(random.uniform() * 4)) {
        let end = time + 1 + (random.uniform() * 5).rounded(.down)
        let next = Int(random.uniform() * 4)
        person.append(p)
        entry.append(time)
        exit.append(end)
        from.append(state)
        to.append(next)
        weight.append(personWeight)
        time = end
        if next > 0 { state = next }
      }
    }
    return try! StateHistory(
      states: 3, person: person, entry: entry, exit: exit, from: from, to: to, weight: weighted ? weight : nil)
  }
}
