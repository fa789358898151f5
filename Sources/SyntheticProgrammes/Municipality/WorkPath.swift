import Foundation
import Primitives

/// One job, from its first to its last day; no last day when it goes on beyond the simulated months.
struct Job: Hashable, Sendable {
  var from: CalendarDate
  var to: CalendarDate?
  var hours: Double
  var sector: Sector
  var level: JobLevel
  var contract: Contract

  func covers(_ date: CalendarDate) -> Bool { from <= date && (to.map { date <= $0 } ?? true) }
}

/// The jobs somebody has, or would have, under one approach.
///
/// Each month uses the same random numbers whatever the approach is, so the two paths of a person differ only by the
/// approach (common random numbers). In the months from `m` to `m + 1` after settlement somebody out of work starts
/// with chance `1 - exp(-h)`, where `h` is the calibrated hazard times `exp(readiness)` times `exp(effect)` under the
/// intensive approach; work ends with a chance that is the same for all.
struct WorkPath: Sendable {
  var jobs: [Job] = []
  var atWorkWhenSettling = false

  init(
    traits: Traits, settledOn: CalendarDate, months: Int, logHazardRatio: Double, hazards: EmploymentHazards,
    diedOn: CalendarDate?, generator: SeededGenerator
  ) {
    var generator = generator
    let readiness = exp(traits.workReadiness + logHazardRatio)
    var current: Job?
    let (u, v) = (generator.uniform(), generator.uniform())
    if u < hazards.chanceAtSettlement(traits) {
      atWorkWhenSettling = true
      current = Job(from: settledOn.adding(days: -20 - Int(v * 150)), traits: traits, month: 0, draw: generator.next())
    }
    var start = settledOn
    for month in 0..<months {
      let end = settledOn.adding(months: month + 1)
      let length = Double(end.days(since: start))
      let (u, v, draw) = (generator.uniform(), generator.uniform(), generator.next())
      if let died = diedOn, died <= end { break }
      if var job = current {
        if u < Coefficient.monthlyJobLoss {
          job.to = start.adding(days: Int(v * length))
          jobs.append(job)
          current = nil
        }
      } else {
        let again = jobs.isEmpty ? 1 : Coefficient.worksAgain
        // The far end of the unit interval, so that the number that ends a job does not also start one.
        if 1 - u < 1 - exp(-hazards.hazard(traits, month: month) * readiness * again) {
          current = Job(from: start.adding(days: 1 + Int(v * length)), traits: traits, month: month, draw: draw)
        }
      }
      start = end
    }
    if var job = current {
      job.to = diedOn
      jobs.append(job)
    }
  }

  func isAtWork(on date: CalendarDate, hours: Double = 0) -> Bool {
    jobs.contains { $0.hours >= hours && $0.covers(date) }
  }

  /// Whether paid work of at least so many hours a week started after settlement and by this day.
  func hasEntered(by date: CalendarDate, after settledOn: CalendarDate, hours: Double = 0) -> Bool {
    jobs.contains { $0.hours >= hours && $0.from > settledOn && $0.from <= date }
  }
}

extension Job {
  fileprivate init(from: CalendarDate, traits: Traits, month: Int, draw: UInt64) {
    var generator = SeededGenerator(seed: draw)
    self.from = from
    let band = generator.choice([(4...11, 0.10), (12...23, 0.24), (24...35, 0.34), (36...40, 0.32)])
    hours = Double(generator.integer(in: band))
    if generator.chance(0.08) { hours += 0.5 }
    // Half the first jobs are in hospitality; the share falls as people stay longer.
    let hospitality = max(0.25, 0.55 - 0.0063 * Double(month))
    if generator.chance(hospitality) {
      sector = .hospitality
    } else {
      sector = generator.choice([
        (.trade, 18), (.agencyWork, 22), (.cleaning, 14), (.logistics, 14), (.industry, 9), (.construction, 7),
        (.care, 6), (.agriculture, 4), (.other, 6),
      ])
    }
    let rise = traits.education.rank >= 3 ? 0.12 : 0.02
    level = generator.choice([(.elementary, 0.6), (.lower, 0.3), (.middle, rise), (.higher, rise / 3)])
    contract = generator.choice([
      (.temporary, 0.5), (.agency, 0.22), (.onCall, 0.18), (.permanent, 0.07),
      (.selfEmployed, month < 18 ? 0.05 : 0.015),
    ])
  }
}
