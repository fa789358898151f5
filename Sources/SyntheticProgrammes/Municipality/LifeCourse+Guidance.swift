import Foundation
import Primitives

extension LifeCourse {
  /// Contacts and instruments. Instruments have no effect of their own: they mark what the approach consists of.
  mutating func guide(_ person: SyntheticPerson, _ seen: CalendarDate, _ draws: inout SeededGenerator) {
    meet(person, seen, &draws)
    let settled = person.settledOn
    let intensive = person.approach == .intensive
    typealias Offer = (
      type: InstrumentType, instrument: Instrument, intensive: Double, regular: Double, start: ClosedRange<Int>,
      length: ClosedRange<Int>, hours: Int
    )
    let offers: [Offer] = [
      (.diagnosis, .competenceAssessment, 0.85, 0.25, 5...90, 1...14, 6),
      (.diagnosis, .diplomaValuation, 0.25, 0.12, 40...250, 20...90, 1),
      (.participationAndLanguage, .languageAndOrientation, 0.65, 0.15, 10...75, 35...50, 20),
      (.participationAndLanguage, .languageBoost, 0.2, 0.06, 200...500, 40...90, 16),
      (.participationAndLanguage, .languageBuddy, 0.3, 0.2, 90...400, 120...300, 2),
      (.participationAndLanguage, .workExperience, 0.3, 0.12, 180...600, 60...180, 20),
      (.caseManagement, .intensiveConversations, 0.45, 0.05, 30...200, 40...120, 2),
      (.caseManagement, .jobHunting, 0.5, 0.12, 150...700, 60...200, 4),
      (.caseManagement, .financialCoaching, 0.35, 0.3, 10...120, 60...180, 1),
    ]
    for offer in offers {
      let (u, start) = (draws.uniform(), settled.adding(days: draws.integer(in: offer.start)))
      let (length, ends) = (draws.integer(in: offer.length), draws.uniform())
      if u < (intensive ? offer.intensive : offer.regular), start <= seen {
        add(offer.type, offer.instrument, start, length, offer.hours, seen, completed: ends < 0.85)
      }
    }
    // Two months after the start, so that the placement itself was reported before.
    if let job = activities.first(where: { $0.kind == .work && $0.from > settled }) {
      let start = job.from.adding(days: draws.integer(in: 62...90))
      let length = draws.integer(in: 60...180)
      if draws.chance(intensive ? 0.5 : 0.12), start <= seen {
        let instrument: Instrument = draws.chance(0.8) ? .jobCoach : .employerAdvice
        add(.guidanceAfterPlacement, instrument, start, length, 2, seen, completed: draws.chance(0.9))
      }
    }
    instruments.sort { ($0.from, $0.instrument.rawValue) < ($1.from, $1.instrument.rawValue) }
  }

  private mutating func add(
    _ type: InstrumentType, _ instrument: Instrument, _ from: CalendarDate, _ length: Int, _ hours: Int,
    _ seen: CalendarDate, completed: Bool
  ) {
    let to = from.adding(days: completed ? length : length / 2)
    instruments.append(
      InstrumentSpell(
        from: from, to: to <= seen ? to : nil, type: type, instrument: instrument, weeklyHours: hours,
        ending: to <= seen ? (completed ? .completed : .stopped) : nil))
  }

  /// A contact each five to seven weeks under intensive and seven to ten under regular guidance, less often for people
  /// at work, and never more than half a year apart.
  private mutating func meet(_ person: SyntheticPerson, _ seen: CalendarDate, _ draws: inout SeededGenerator) {
    var date = person.settledOn.adding(days: draws.integer(in: 1...20))
    while date <= seen {
      let form = draws.choice([
        (ContactForm.office, 50), (.phone, 24), (.home, 8), (.message, 10), (.group, 8),
      ])
      let attended = draws.chance(0.93)
      let minutes = form == .message ? 5 : form == .phone ? 10 : form == .group ? 90 : 45
      contacts.append(Contact(on: date, form: form, attended: attended, minutes: attended ? minutes : 0))
      let wait = Double(draws.integer(in: person.team(on: date) == .intensive ? 35...49 : 49...70))
      date = date.adding(days: Int(person.work.isAtWork(on: date) ? wait * 1.6 : wait))
    }
  }
}
