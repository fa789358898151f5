import Foundation
import Primitives

/// How and when somebody leaves the municipality, and when somebody is seen for the last time without leaving.
struct Departure: Sendable {
  var leftOn: CalendarDate?
  var reason: DepartureReason?
  /// From this day nothing more is heard of the person.
  var lostOn: CalendarDate?

  var diedOn: CalendarDate? { reason == .died ? leftOn : nil }

  /// Draws month by month; the first thing that happens holds. None of it depends on the approach or on work.
  init(traits: Traits, settledOn: CalendarDate, months: Int, generator: SeededGenerator) {
    var generator = generator
    let move = Coefficient.monthlyMove + (traits.household == .alone ? Coefficient.monthlyMoveAlone : 0)
    for month in 0..<months {
      let (u, v) = (generator.uniform(), generator.uniform())
      let age = traits.age + Double(month) / 12
      let death = Coefficient.yearlyDeathAtThirty / 12 * exp2((age - 30) / Coefficient.deathDoublingYears)
      let lost = month >= 6 && lostOn == nil ? Coefficient.monthlyLost : 0
      let day = settledOn.adding(months: month).adding(days: 1 + Int(v * 27))
      var left = u
      for (chance, reason) in [
        (death, DepartureReason.died), (move, .moved), (Coefficient.monthlyLeavingCountry, .leftCountry),
        (Coefficient.monthlyOtherDeparture, .other),
      ] {
        left -= chance
        if left < 0 {
          (leftOn, self.reason) = (day, reason)
          return
        }
      }
      if left < lost { lostOn = day }
    }
  }
}
