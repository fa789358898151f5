import DisclosureControl
import Primitives
import Testing

@Suite struct ReidentificationRiskTests {
  /// Worked by hand. Seven people: (1990, man) three times, (1990, woman) twice, (1985, man) once, (1985, woman) once.
  private let born: [Int32] = [0, 0, 0, 0, 0, 1, 1]
  private let sex: [Int32] = [0, 0, 0, 1, 1, 0, 1]
  private let origin: [Int32] = [5, 5, 5, 5, 6, 7, 7]

  @Test func classesAndRisksAreThoseByHand() {
    let risk = ReidentificationRisk(quasi: [born, sex], sensitive: [origin], people: 7, k: 3, l: 2)
    #expect(risk.classes == 4 && risk.smallestClass == 1 && risk.singledOut == 2)
    #expect(risk.peopleBelow == 4 && risk.classesBelow == 3)
    #expect(risk.classSizes == [3: 1, 2: 1, 1: 2])
    #expect(risk.meanRisk == 4.0 / 7)
    // Without the sex: five and two, so two are below three. Without the year: four and three, so nobody is.
    #expect(risk.contributions.map(\.peopleHelpedWithout) == [4, 2] && risk.contributions.map(\.values) == [2, 2])
    // Only the class of two women of 1990 has two origins.
    #expect(
      risk.diversity[0].smallest == 1 && risk.diversity[0].peopleBelow == 5 && risk.diversity[0].classesBelow == 3)
    #expect(!risk.isMet)
  }

  @Test func withoutQuasiIdentifiersEverybodyIsAlike() {
    let risk = ReidentificationRisk(quasi: [], sensitive: [origin], people: 7, k: 7, l: 3)
    #expect(risk.classes == 1 && risk.smallestClass == 7 && risk.isMet)
  }

  @Test func nobodyIsNoRisk() {
    let risk = ReidentificationRisk(quasi: [[]], sensitive: [[]], people: 0, k: 5, l: 2)
    #expect(risk.isMet && risk.classes == 0 && risk.smallestClass == 0 && risk.meanRisk == 0)
  }

  /// Against counting by hand in a dictionary, for 200 tables by chance.
  @Test func itAgreesWithCountingEveryClass() {
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let people = Int.random(in: 1...60, using: &generator)
      let quasi = (0..<3).map { _ in (0..<people).map { _ in Int32.random(in: -1...3, using: &generator) } }
      let sensitive = (0..<people).map { _ in Int32.random(in: 0...3, using: &generator) }
      var classes: [[Int32]: Set<Int32>] = [:]
      var sizes: [[Int32]: Int] = [:]
      for person in 0..<people {
        sizes[quasi.map { $0[person] }, default: 0] += 1
        classes[quasi.map { $0[person] }, default: []].insert(sensitive[person])
      }
      let risk = ReidentificationRisk(quasi: quasi, sensitive: [sensitive], people: people, k: 4, l: 2)
      #expect(risk.classes == sizes.count && risk.smallestClass == sizes.values.min())
      #expect(risk.peopleBelow == sizes.values.filter { $0 < 4 }.reduce(0, +))
      #expect(risk.diversity[0].smallest == classes.values.map(\.count).min())
      #expect(risk.contributions.allSatisfy { $0.peopleHelpedWithout >= 0 })
    }
  }
}
