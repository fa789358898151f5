import Foundation
import Primitives

/// Everything about one person that a caseload file holds, on the days it happened and as far as it became known.
struct LifeCourse: Sendable {
  struct HouseholdNote: Sendable {
    var on: CalendarDate
    var composition: Household
    var children: Int
  }

  struct Plan: Sendable {
    var on: CalendarDate
    var isFirst: Bool
    var route: Route
    var weeklyHours: Int
  }

  struct Contact: Sendable {
    var on: CalendarDate
    var form: ContactForm
    var attended: Bool
    var minutes: Int
  }

  struct RouteSpell: Sendable {
    var from: CalendarDate
    var to: CalendarDate?
    var route: Route
    var ending: Ending?
  }

  struct InstrumentSpell: Sendable {
    var from: CalendarDate
    var to: CalendarDate?
    var type: InstrumentType
    var instrument: Instrument
    var weeklyHours: Int
    var ending: Ending?
  }

  struct LanguageTest: Sendable {
    var on: CalendarDate
    /// Reading, listening, writing, speaking.
    var levels: [LanguageLevel]
  }

  struct Exam: Sendable {
    var on: CalendarDate
    var level: LanguageLevel
    var result: ExamResult
  }

  struct ActivitySpell: Sendable {
    var from: CalendarDate
    var to: CalendarDate?
    var kind: ActivityKind
    var hours: Double?
    var job: Job?
    var sector: Sector?
    var courseLevel: Education?
  }

  struct BenefitSpell: Sendable {
    var from: CalendarDate
    var to: CalendarDate?
  }

  var intakeOn: CalendarDate?
  var goals: [String] = []
  var households: [HouseholdNote] = []
  var plans: [Plan] = []
  var contacts: [Contact] = []
  var routes: [RouteSpell] = []
  var instruments: [InstrumentSpell] = []
  var tests: [LanguageTest] = []
  var exams: [Exam] = []
  var activities: [ActivitySpell] = []
  var benefits: [BenefitSpell] = []

  /// The course of a person to the last day on which anything is known: the end of the programme's last month, the
  /// day of leaving or the day on which contact stopped.
  init(of person: SyntheticPerson, seed: UInt64, until: CalendarDate) {
    let seen = person.lastSeen(until: until)
    var guidance = SeededGenerator(seed: seed, person: person.stream, for: .guidance)
    var learning = SeededGenerator(seed: seed, person: person.stream, for: .learning)
    var participation = SeededGenerator(seed: seed, person: person.stream, for: .participation)
    enrol(person, seen, &guidance)
    takePart(person, seen, &participation)
    learn(person, seen, &learning)
    guide(person, seen, &guidance)
  }

  private mutating func enrol(_ person: SyntheticPerson, _ seen: CalendarDate, _ draws: inout SeededGenerator) {
    let (traits, settled) = (person.traits, person.settledOn)
    let intensive = person.approach == .intensive
    households.append(HouseholdNote(on: settled, composition: traits.household, children: traits.children))
    let joins: Double = traits.origin == .syria ? 0.3 : traits.origin == .eritrea ? 0.03 : 0.1
    let joinedOn = settled.adding(days: draws.integer(in: 90...420))
    let children = draws.integer(in: 0...4)
    if traits.household == .alone, traits.ground == .asylum, draws.chance(joins / 0.5), joinedOn <= seen {
      households.append(
        HouseholdNote(
          on: joinedOn, composition: children == 0 ? .partner : .partnerAndChildren, children: children))
    }

    // Intensive guidance begins in the reception centre.
    let intake = settled.adding(days: draws.integer(in: intensive ? -45...20 : -10...60))
    goals = draws.chance(0.7) ? ["work"] : draws.chance(0.5) ? ["education"] : ["family"]
    for (goal, chance) in [("language", 0.6), ("own-business", 0.06), ("community", 0.2), ("health", 0.1)]
    where draws.chance(chance) {
      goals.append(goal)
    }
    let hasIntake = draws.chance(intensive ? 0.98 : 0.92)
    let wait = draws.integer(in: intensive ? 7...35 : 10...70)
    guard hasIntake, intake <= seen else { return }
    intakeOn = intake
    var agreed = max(intake, settled).adding(days: wait)
    let advised = person.traits.advisedRoute
    var isFirst = true
    while agreed <= seen {
      plans.append(Plan(on: agreed, isFirst: isFirst, route: advised, weeklyHours: draws.integer(in: 8...32)))
      isFirst = false
      agreed = agreed.adding(days: draws.integer(in: 300...600))
    }
  }
}

extension SyntheticPerson {
  func lastSeen(until: CalendarDate) -> CalendarDate {
    min(until, departure.leftOn ?? until, departure.lostOn ?? until)
  }

  /// Intensive guidance lasts at most three years; the regular services take over.
  var handedOverOn: CalendarDate? { approach == .intensive ? settledOn.adding(months: 36) : nil }

  func team(on date: CalendarDate) -> Approach {
    guard let handedOverOn, date < handedOverOn else { return .regular }
    return .intensive
  }
}

extension Traits {
  var advisedRoute: Route {
    if learnability == .low || education == .none { return .selfReliance }
    return learnability == .high && age < 28 ? .education : .b1
  }
}
