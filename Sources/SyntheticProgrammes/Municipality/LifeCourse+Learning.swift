import Foundation
import Primitives

extension LifeCourse {
  /// The learning route, language tests and the exam.
  ///
  /// Language is a latent level (0 is A0, 1 is A1, …) that grows each month on a route at a speed of the person's own:
  /// `0.06 · exp(0.25 · ability + 0.2 · N(0, 1))` levels, times 1.15 in a month of intensive guidance. A test shows
  /// that level per skill with noise. Language does not act on work in this model; ability acts on both.
  mutating func learn(_ person: SyntheticPerson, _ seen: CalendarDate, _ draws: inout SeededGenerator) {
    guard let plan = plans.first, draws.chance(0.94) else { return }
    let traits = person.traits
    let speed = 0.06 * exp(0.25 * traits.ability + 0.2 * draws.normal())
    let skills = (0..<4).map { _ in 0.25 * draws.normal() }
    var route = plan.route
    var start = max(plan.on, person.settledOn.adding(days: 62)).adding(days: draws.integer(in: 7...120))
    var level = max(0, (traits.readsLatinScript ? 0.25 : 0) + 0.25 * draws.normal())
    var nextTest = start
    var nextExam = start.adding(days: draws.integer(in: 480...800))
    let changeMonth = draws.chance(0.06) ? draws.integer(in: 7...14) : -1
    let isExempt = traits.health == .serious && draws.chance(0.15)
    let first = start

    func close(_ date: CalendarDate, _ ending: Ending) {
      routes.append(RouteSpell(from: start, to: date, route: route, ending: ending))
    }
    for month in 0..<42 {
      let date = first.adding(months: month)
      if date > seen { break }
      if nextTest <= date.adding(days: 27) {
        let day = max(nextTest, date)
        if day <= seen { tests.append(test(on: day, level: level, skills: skills, &draws)) }
        nextTest = day.adding(days: draws.integer(in: 190...280))
      }
      let (stops, passes, wait, day) = (draws.uniform(), draws.uniform(), draws.integer(in: 80...150), draws.uniform())
      if month == changeMonth {
        let last = date.adding(days: Int(day * 20))
        guard last < seen else { break }
        close(last, .changed)
        route = route == .education ? .b1 : route == .b1 ? .selfReliance : .b1
        start = last.adding(days: 1)
      }
      if month > changeMonth + 1, stops < 0.003 {
        let last = date.adding(days: Int(day * 20))
        if last <= seen { return close(last, .stopped) }
      }
      level += speed * (person.team(on: date) == .intensive ? 1.15 : 1)
      if month > 2, nextExam <= date.adding(days: 27) {
        let sitting = max(nextExam, date)
        guard sitting <= seen else { break }
        if isExempt {
          exams.append(Exam(on: sitting, level: .a2, result: .exempt))
          return close(sitting, .stopped)
        }
        if level >= 1.8 {
          let target = level >= 2.9 ? 3.0 : 2.0
          let passed = passes < 1 / (1 + exp(-4 * (level - target - 0.15)))
          exams.append(Exam(on: sitting, level: target == 3 ? .b1 : .a2, result: passed ? .passed : .failed))
          if passed { return close(sitting, .completed) }
        }
        nextExam = sitting.adding(days: wait)
      }
      if month == 41 { return close(min(date.adding(days: 20), seen), .stopped) }
    }
    if start <= seen { routes.append(RouteSpell(from: start, to: nil, route: route, ending: nil)) }
  }

  private func test(
    on date: CalendarDate, level: Double, skills: [Double], _ draws: inout SeededGenerator
  ) -> LanguageTest {
    let levels = skills.map { skill -> LanguageLevel in
      let shown = Int((level + skill + 0.15 * draws.normal() + 0.25).rounded(.down))
      return LanguageLevel.allCases[max(0, min(shown, 5))]
    }
    return LanguageTest(on: date, levels: levels)
  }
}
