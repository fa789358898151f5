import Primitives
import Testing

@testable import SyntheticProgrammes

@Suite struct MunicipalCourseTests {
  static let municipality = SyntheticMunicipality(persons: 1200, seed: 14)
  static let files = municipality.composer(for: municipality.population()).files
  static let last = municipality.until.lastDay

  @Test func nobodyDoesAnythingAfterDying() {
    let died = Self.files.filter { $0.person.departure.diedOn != nil }
    #expect(!died.isEmpty)
    for file in died {
      let day = file.person.departure.diedOn!
      for path in [file.person.underIntensive, file.person.underRegular] {
        for job in path.jobs { #expect(job.from <= day && job.to! <= day) }
      }
      for contact in file.course.contacts { #expect(contact.on <= day) }
      for activity in file.course.activities { #expect(activity.from <= day) }
    }
  }

  @Test func nothingIsKnownAfterThePersonWasLastSeen() {
    for file in Self.files {
      let seen = file.person.lastSeen(until: Self.last)
      let course = file.course
      let starts =
        course.contacts.map(\.on) + course.activities.map(\.from) + course.routes.map(\.from)
        + course.instruments.map(\.from) + course.tests.map(\.on) + course.exams.map(\.on) + course.plans.map(\.on)
        + course.benefits.map(\.from) + course.households.map(\.on) + file.managers.map(\.from)
      let ends =
        course.activities.compactMap(\.to) + course.routes.compactMap(\.to) + course.instruments.compactMap(\.to)
        + course.benefits.compactMap(\.to) + file.managers.compactMap(\.to)
      for day in starts + ends { #expect(day <= max(seen, file.person.settledOn.adding(days: 20))) }
    }
  }

  @Test func spellsEndAfterTheyStartAndDoNotOverlap() {
    func check(_ spells: [(from: CalendarDate, to: CalendarDate?)]) {
      for spell in spells { #expect(spell.to.map { spell.from <= $0 } ?? true) }
      for (one, next) in zip(spells, spells.dropFirst()) {
        #expect(one.to.map { $0 < next.from } ?? false, "\(spells)")
      }
    }
    for file in Self.files {
      check(file.managers.map { ($0.from, $0.to) })
      check(file.course.routes.map { ($0.from, $0.to) })
      check(file.course.benefits.map { ($0.from, $0.to) })
      for kind in ActivityKind.allCases {
        check(file.course.activities.filter { $0.kind == kind }.map { ($0.from, $0.to) })
      }
    }
  }

  @Test func peopleAreSeenEachHalfYearUnlessTheyAreLost() {
    for file in Self.files {
      let seen = file.person.lastSeen(until: Self.last)
      var previous = file.person.settledOn
      for contact in file.course.contacts.map(\.on) {
        #expect(contact.days(since: previous) < 183)
        previous = contact
      }
      if seen.days(since: file.person.settledOn) > 30 { #expect(seen.days(since: previous) < 183) }
    }
    #expect(Self.files.contains { $0.person.departure.lostOn.map { $0 < Self.last } ?? false })
  }

  @Test func caseloadsAreSmallInTheIntensiveTeamAndRunOverInBusySpells() {
    let municipality = SyntheticMunicipality(persons: 3000, seed: 2)
    let people = municipality.population()
    let assignment = CaseManagerAssignment(people: people, seed: 2, until: Self.last)
    #expect((51...80).contains(assignment.highestCaseload[.intensive]!))
    #expect((180...330).contains(assignment.highestCaseload[.regular]!))
    for (person, spells) in zip(people, assignment.spells) {
      // Somebody who leaves within ten days may never meet a case manager.
      let stays = person.lastSeen(until: Self.last) > person.settledOn.adding(days: 10)
      #expect(spells.first?.code.hasPrefix("CM-") ?? !stays)
    }
  }

  @Test func mostLiveOnBenefitsAsPublished() {
    let municipality = SyntheticMunicipality(
      persons: 2500, seed: 6, from: CalendarMonth(year: 2014, month: 1)!,
      inflowUntil: CalendarMonth(year: 2014, month: 12)!, until: CalendarMonth(year: 2017, month: 6)!,
      intensiveShares: [2014: 0])
    let last = municipality.until.lastDay
    let courses = municipality.population().filter { $0.traits.isOfWorkingAge && $0.departure.lostOn == nil }.map {
      ($0, LifeCourse(of: $0, seed: municipality.seed, until: last))
    }
    // Statistics Netherlands: 90 percent after 18 months, 84 percent after 30, permits of 2014.
    for (month, published) in [(18, 0.90), (30, 0.84)] {
      var (people, receiving) = (0, 0)
      for (person, course) in courses {
        let day = person.settledOn.adding(months: month)
        guard day <= person.lastSeen(until: last) else { continue }
        people += 1
        if course.benefits.contains(where: { $0.from <= day && ($0.to.map { day <= $0 } ?? true) }) { receiving += 1 }
      }
      #expect(abs(Double(receiving) / Double(people) - published) < 0.03)
    }
  }
}
