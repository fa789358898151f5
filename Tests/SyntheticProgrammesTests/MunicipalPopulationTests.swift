import Foundation
import Primitives
import TestSupport
import Testing

@testable import SyntheticProgrammes

/// A cohort of 2014 under the regular approach, with the given thousands of permits by origin.
private func cohort2014(
  _ permits: [OriginGroup: Double], persons: Int, months: Int, seed: UInt64 = 11
) -> [SyntheticPerson] {
  var calibration = EmploymentCalibration.statisticsNetherlands
  calibration.permits[2014] = permits
  return SyntheticMunicipality(
    persons: persons, seed: seed, from: CalendarMonth(year: 2014, month: 1)!,
    inflowUntil: CalendarMonth(year: 2014, month: 12)!,
    until: CalendarMonth(year: 2014, month: 1)!.adding(months: months), intensiveShares: [2014: 0],
    calibration: calibration
  ).population().filter(\.traits.isOfWorkingAge)
}

private func share(_ people: [SyntheticPerson], atWorkAfter months: Int) -> Double {
  Double(people.count { $0.underRegular.isAtWork(on: $0.settledOn.adding(months: months)) }) / Double(people.count)
}

@Suite struct MunicipalPopulationTests {
  @Test func theCohortOf2014FollowsThePublishedPercentagesByMonthAndOrigin() {
    // Statistics Netherlands, 2018: percent with paid work, aged 18 to 64, permits of 2014.
    let published: [OriginGroup: [Double]] = [
      .syria: [0.3, 0.5, 1.5, 3, 5.7, 10.5], .iraq: [3.5, 4.4, 5.4, 5.8, 10.4, 14],
      .afghanistan: [5.2, 9.8, 16.3, 19.4, 25.8, 29.7], .eritrea: [0.2, 0.2, 0.9, 0.9, 2.7, 5.8],
      .iran: [1.5, 1.7, 2.9, 5.5, 7.4, 12.3], .other: [3, 4.1, 5.7, 7.2, 10.5, 15],
    ]
    let people = cohort2014(
      Dictionary(uniqueKeysWithValues: OriginGroup.allCases.map { ($0, 1) }), persons: 6000, months: 31)
    for origin in OriginGroup.allCases {
      let those = people.filter { $0.traits.origin == origin }
      #expect(those.count > 800)
      for (month, percent) in zip([3, 6, 12, 18, 24, 30], published[origin]!) {
        let p = percent / 100
        let error = (p * (1 - p) / Double(those.count)).squareRoot()
        let found = share(those, atWorkAfter: month)
        #expect(abs(found - p) < 3.5 * error, "\(origin) after \(month) months: \(found) and \(p)")
      }
    }
  }

  @Test func eritreansBeginLastAndOvertakeIraqisAndAfghans() {
    let people = cohort2014([.eritrea: 1, .iraq: 1, .afghanistan: 1], persons: 1800, months: 91)
    let shares = [12, 90].map { month in
      [OriginGroup.eritrea, .iraq, .afghanistan].map { origin in
        share(people.filter { $0.traits.origin == origin }, atWorkAfter: month)
      }
    }
    #expect(shares[0][0] < shares[0][1] && shares[0][1] < shares[0][2])
    #expect(shares[1][0] > shares[1][2] && shares[1][2] > shares[1][1])
    #expect(abs(shares[1][0] - 0.61) < 0.07)
    #expect(abs(shares[1][1] - 0.33) < 0.07)
  }

  @Test func theGapBetweenMenAndWomenIsManifoldAtFirstAndStaysTwofold() {
    let people = cohort2014([.syria: 3, .afghanistan: 1], persons: 2400, months: 109)
    func ratio(_ month: Int) -> Double {
      share(people.filter { $0.traits.sex == .man }, atWorkAfter: month)
        / share(people.filter { $0.traits.sex == .woman }, atWorkAfter: month)
    }
    #expect(ratio(24) > 3.5)
    #expect((1.7...2.8).contains(ratio(108)))
  }

  @Test func laterCohortsAreFasterAsPublished() {
    let calibration = EmploymentCalibration.statisticsNetherlands
    #expect(calibration.speed(ofCohort: 2014) == 1)
    for anchor in [(2016, 36, 27.0), (2017, 24, 12), (2019, 30, 20), (2020, 36, 31)] {
      let speed = calibration.speed(ofCohort: anchor.0)
      let percent = calibration.originShares(in: anchor.0).reduce(0) {
        $0 + $1.1 * calibration.employed[$1.0]!.value(at: Double(anchor.1) * speed)
      }
      #expect(isClose(percent, anchor.2, relative: 1e-6))
    }
    #expect(calibration.speed(ofCohort: 2015) > 1)
    let share2014 = calibration.originShares(in: 2014).reduce(0) {
      $0 + $1.1 * calibration.employed[$1.0]!.value(at: 36)
    }
    #expect(abs(share2014 - 19) < 0.5)
  }

  @Test func aCohortReachesItsOwnSpeedUnderTheRegularApproach() {
    let people = SyntheticMunicipality(persons: 5000, seed: 5).population().filter(\.traits.isOfWorkingAge)
    let cohort = people.filter { $0.settledOn.year == 2016 }
    #expect(abs(share(cohort, atWorkAfter: 36) - 0.27) < 3.5 * (0.27 * 0.73 / Double(cohort.count)).squareRoot())
  }

  @Test func theIntensiveApproachNeverDelaysTheFirstJob() {
    for person in SyntheticMunicipality(persons: 1500, seed: 8).population() {
      let first = { (path: WorkPath) in path.jobs.map(\.from).min() ?? CalendarDate(daysSinceEpoch: .max) }
      #expect(first(person.underIntensive) <= first(person.underRegular))
    }
  }

  @Test func withoutAnEffectBothPathsAreTheSame() {
    for person in SyntheticMunicipality(persons: 300, seed: 8, effect: 0).population() {
      #expect(person.underIntensive.jobs == person.underRegular.jobs)
    }
  }

  @Test func guidanceGoesToTheYoungAndSchooledAndHasTheSharesThatWereAsked() {
    let people = SyntheticMunicipality(persons: 5000, seed: 21).population()
    for (year, share) in [(2016, 0.35), (2017, 0.45), (2018, 0.55)] {
      let those = people.filter { $0.settledOn.year == year }
      let found = Double(those.count { $0.approach == .intensive }) / Double(those.count)
      #expect(abs(found - share) < 4 * (share * (1 - share) / Double(those.count)).squareRoot())
    }
    func mean(_ approach: Approach, _ value: (Traits) -> Double) -> Double {
      let those = people.filter { $0.approach == approach }
      return those.reduce(0) { $0 + value($1.traits) } / Double(those.count)
    }
    #expect(mean(.intensive, \.age) < mean(.regular, \.age) - 2)
    #expect(mean(.intensive) { Double($0.education.rank) } > mean(.regular) { Double($0.education.rank) } + 0.2)
    // Motivation is not recorded and does not steer guidance unless that is asked for.
    #expect(abs(mean(.intensive, \.motivation) - mean(.regular, \.motivation)) < 0.12)
  }

  @Test func hiddenConfoundingGivesGuidanceToTheMotivated() {
    let people = SyntheticMunicipality(persons: 2000, seed: 21, hiddenConfounding: 1).population()
    let groups = Dictionary(grouping: people, by: \.approach).mapValues { those in
      those.reduce(0) { $0 + $1.traits.motivation } / Double(those.count)
    }
    #expect(groups[.intensive]! > groups[.regular]! + 0.4)
  }
}
