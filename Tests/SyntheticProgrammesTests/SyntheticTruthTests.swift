import Foundation
import Primitives
import Testing

@testable import SyntheticProgrammes

@Suite struct SyntheticTruthTests {
  @Test func theTruthIsACountOverBothPaths() throws {
    let municipality = SyntheticMunicipality(persons: 800, seed: 3)
    let people = municipality.population()
    let truth = municipality.truth(of: people)
    let study = people.filter { person in
      (18...64).contains(person.settledOn.year - person.birthYear)
        && !person.underRegular.isAtWork(on: person.settledOn)
    }
    let treated = study.filter { $0.approach == .intensive }
    #expect(truth.studyPeople == study.count && truth.treatedPeople == treated.count)
    for month in [12, 24, 36] {
      let entered = try #require(truth.effect(.enteredPaidWork, .averageEffectOnTheTreated, month: month))
      let counted = { (path: KeyPath<SyntheticPerson, WorkPath>) in
        treated.count { person in
          person[keyPath: path].jobs.contains {
            $0.from > person.settledOn && $0.from <= person.settledOn.adding(months: month)
          }
        }
      }
      #expect(entered.people == treated.count)
      #expect(entered.underIntensive == Double(counted(\.underIntensive)) / Double(treated.count))
      #expect(entered.underRegular == Double(counted(\.underRegular)) / Double(treated.count))
      #expect(entered.effect == entered.underIntensive - entered.underRegular)
      #expect(entered.effect >= 0)
    }
  }

  @Test func theGroupsAddUpToAll() throws {
    let truth = SyntheticMunicipality(persons: 600, seed: 4).truth()
    for estimand in SyntheticTruth.Estimand.allCases {
      func effect(_ group: String) throws -> SyntheticTruth.Effect {
        try #require(truth.effect(.inPaidWork, work: .twelveHours, estimand, group: group, month: 24))
      }
      let all = try effect("all")
      for groups in [["man", "woman"], OriginGroup.allCases.map(\.rawValue)] {
        let parts = try groups.map(effect)
        #expect(parts.reduce(0) { $0 + $1.people } == all.people)
        let sum = parts.reduce(0) { $0 + $1.underIntensive * Double($1.people) }
        #expect(abs(sum - all.underIntensive * Double(all.people)) < 1e-6)
      }
    }
  }

  @Test func aComparisonAsTheyAreOverstatesTheEffect() throws {
    let truth = SyntheticMunicipality(persons: 4000).truth()
    let naive = try #require(
      truth.naiveDifferences.first { $0.outcome == .enteredPaidWork && $0.work == .anyHours && $0.month == 36 })
    let effect = try #require(truth.effect(.enteredPaidWork, .averageEffect, month: 36))
    #expect(naive.intensive - naive.regular > effect.effect + 0.02)
  }

  @Test func theTruthSaysThatItIsSyntheticAndCanBeReadBack() throws {
    let truth = SyntheticMunicipality(persons: 200, seed: 9, effectDifferenceForWomen: -0.2).truth()
    let document = TruthDocument(truth: truth)
    #expect(truth.synthetic)
    #expect(document.markdown.contains("Synthetic: every person"))
    #expect(document.markdown.contains("Synthetisch: elke persoon"))
    #expect(abs(truth.logHazardRatio["woman"]! - 0.2) < 1e-12)
    let read = try JSONDecoder().decode(SyntheticTruth.self, from: Data(document.json.utf8))
    #expect(read == truth)
  }

  @Test func everyCoefficientIsListedWithItsMeaningInBothLanguages() {
    let listed = Coefficient.documented
    #expect(Set(listed.map(\.name)).count == listed.count)
    for coefficient in listed { #expect(!coefficient.english.isEmpty && !coefficient.dutch.isEmpty) }
  }
}
