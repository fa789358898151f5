import Foundation
import Primitives

extension LifeCourse {
  /// Work, education, internships, voluntary work and social assistance.
  ///
  /// Work is the person's path; the rest follows from it and acts on nothing.
  mutating func takePart(_ person: SyntheticPerson, _ seen: CalendarDate, _ draws: inout SeededGenerator) {
    for job in person.work.jobs where job.from <= seen {
      let to = job.to.flatMap { $0 <= seen ? $0 : nil }
      activities.append(
        ActivitySpell(from: job.from, to: to, kind: .work, hours: job.hours, job: job, sector: job.sector))
    }
    let traits = person.traits
    let intensive = person.approach == .intensive
    let young = traits.age < 30
    let learns = traits.learnability == .low ? 0.4 : traits.learnability == .high ? 1.6 : 1
    let study = (young ? 0.026 : traits.age < 40 ? 0.006 : 0.001) * learns
    let activity = intensive ? 1.5 : 1.0
    var studyUntil = person.settledOn
    var internUntil = person.settledOn
    var volunteerUntil = person.settledOn
    let months = seen.months(after: person.settledOn)

    for month in 0...months {
      let date = person.settledOn.adding(months: month)
      let (a, b, c, day) = (draws.uniform(), draws.uniform(), draws.uniform(), draws.uniform())
      let (long, hours) = (draws.uniform(), draws.uniform())
      let on = date.adding(days: 1 + Int(day * 26))
      guard on <= seen else { break }
      let working = person.work.isAtWork(on: on, hours: 24)
      if month >= 5, a < study, on > studyUntil.adding(days: 62), !working {
        studyUntil = on.adding(days: 300 + Int(long * 400))
        add(.education, on, studyUntil, seen, hours: Double(12 + Int(hours * 20))) {
          $0.courseLevel = traits.education.rank >= 3 && long > 0.6 ? .higher : .upperSecondary
        }
      }
      if month >= 3, b < 0.006 * activity, on > internUntil, !working {
        internUntil = on.adding(days: 25 + Int(long * 130))
        add(.internship, on, internUntil, seen, hours: Double(8 + Int(hours * 25))) {
          $0.sector = Sector.allCases[Int(long * 9.99)]
        }
      }
      if month >= 2, c < 0.014 * activity, on > volunteerUntil, !working {
        volunteerUntil = on.adding(days: 60 + Int(long * 300))
        add(.volunteering, on, volunteerUntil, seen, hours: Double(2 + Int(hours * 12)))
      }
    }
    activities.sort { ($0.from, $0.kind.rawValue) < ($1.from, $1.kind.rawValue) }
    receiveBenefits(person, seen, months: months, &draws)
  }

  private mutating func add(
    _ kind: ActivityKind, _ from: CalendarDate, _ to: CalendarDate, _ seen: CalendarDate, hours: Double,
    _ detail: (inout ActivitySpell) -> Void = { _ in }
  ) {
    var spell = ActivitySpell(from: from, to: to <= seen ? to : nil, kind: kind, hours: hours)
    detail(&spell)
    activities.append(spell)
  }

  /// Social assistance: nearly all begin with it; it ends with work of 20 hours or more, at times with education, and
  /// returns when work ends.
  private mutating func receiveBenefits(
    _ person: SyntheticPerson, _ seen: CalendarDate, months: Int, _ draws: inout SeededGenerator
  ) {
    guard person.traits.age < 66, draws.chance(0.94) else { return }
    var from: CalendarDate? = person.settledOn.adding(days: draws.integer(in: 0...12))
    for month in 1...max(1, months) {
      let date = person.settledOn.adding(months: month)
      let (u, day) = (draws.uniform(), date.adding(days: draws.integer(in: 0...20)))
      guard day <= seen else { break }
      let working = person.work.isAtWork(on: date, hours: 20)
      if let start = from {
        let studying = activities.contains {
          $0.kind == .education && $0.from <= date && ($0.to.map { date <= $0 } ?? true)
        }
        if u < (working ? 0.4 : studying && person.traits.age < 30 ? 0.008 : 0.0004) {
          benefits.append(BenefitSpell(from: start, to: day))
          from = nil
        }
      } else if !working, u < 0.3, person.work.jobs.contains(where: { $0.to.map { $0 < date } ?? false }) {
        from = day
      }
    }
    if let from, from <= seen {
      benefits.append(BenefitSpell(from: from, to: person.departure.leftOn.flatMap { $0 <= seen ? $0 : nil }))
    }
  }
}

extension CalendarDate {
  /// Whole months from `start` to this date, not below 0.
  func months(after start: CalendarDate) -> Int { max(0, completedMonths(since: start)) }
}
