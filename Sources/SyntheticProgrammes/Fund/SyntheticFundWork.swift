import Foundation
import Primitives

/// The first entry into work of a participant under one variant of the support.
struct FundWork: Hashable, Sendable {
  /// The month of entry, counted from the month of enrolment (0).
  var month: Int
  var from: CalendarDate
  /// The last day; nil when the work outlasts the simulation.
  var to: CalendarDate?
  var isSelfEmployed: Bool
  var status: String
  var hours: String
  /// Pounds an hour.
  var wage: Int
  var occupation: (title: String, sector: String) { Self.occupations[occupationIndex] }
  var occupationIndex: Int

  static let occupations: [(title: String, sector: String)] = [
    ("Warehouse operative", "Logistics"), ("Kitchen assistant", "Hospitality"), ("Cleaner", "Cleaning"),
    ("Care assistant", "Health and care"), ("Shop assistant", "Retail"), ("Delivery driver", "Logistics"),
    ("Barber", "Personal services"), ("Chef", "Hospitality"), ("Security guard", "Security"),
    ("Machine operator", "Manufacturing"), ("Labourer", "Construction"), ("Teaching assistant", "Education"),
    ("Tailor", "Manufacturing"), ("Food packer", "Manufacturing"), ("Electrician", "Construction"),
    ("Administrative assistant", "Business services"), ("Software developer", "Information technology"),
    ("Interpreter", "Business services"),
  ]

  /// The path under a variant; nil when no work is entered in the simulated months.
  ///
  /// Each month uses the same random numbers whatever the variant is, so the two paths of a person differ only by the
  /// variant (common random numbers). Somebody out of work enters in a month with chance `1 - exp(-h)`, where `h` is the
  /// monthly chance times `exp(readiness)` times `exp(effect)` under the intensive variant.
  init?(traits: FundTraits, enrolledOn: CalendarDate, logHazardRatio: Double, months: Int, generator: SeededGenerator) {
    guard !traits.isAtWork else { return nil }
    var draws = generator
    let readiness = exp(traits.workReadiness + logHazardRatio)
    for month in 0..<months {
      let (u, day, job) = (draws.uniform(), draws.uniform(), draws.next())
      guard u < 1 - exp(-FundCoefficient.monthlyEntry(month) * readiness) else { continue }
      let calendarMonth = enrolledOn.month.adding(months: month)
      // In the month of enrolment, work starts after the day of enrolment.
      let first = month == 0 ? min(enrolledOn.adding(days: 1), calendarMonth.lastDay) : calendarMonth.firstDay
      let from = first.adding(days: Int(day * Double(calendarMonth.lastDay.days(since: first) + 1)))
      self.init(month: month, from: from, traits: traits, draws: SeededGenerator(seed: job))
      return
    }
    return nil
  }

  private init(month: Int, from: CalendarDate, traits: FundTraits, draws: SeededGenerator) {
    var draws = draws
    self.month = month
    self.from = from
    isSelfEmployed = draws.chance(0.07)
    let contract = draws.choice([("TC", 42), ("ZHC", 30), ("PC", 24), ("CIH", 1), ("Other", 3)])
    status = isSelfEmployed ? "SE" : contract
    hours = draws.choice([
      ("0 to 7 hours", 3), ("8 to 15 hours", 12), ("16 to 30 hours", 38), ("31 to 48 hours", 43),
      ("49 or more hours", 2), ("Don't know", 2),
    ])
    let skilled = traits.qualification >= 3 && traits.qualification < 5 && traits.english >= 5
    wage = 9 + Int(2.2 * abs(draws.normal()) + (skilled ? 2 : 0))
    occupationIndex = draws.integer(in: 0...(skilled ? 17 : 14))
    var months = 0
    while months < 60, !draws.chance(FundCoefficient.monthlyJobLoss) { months += 1 }
    to = months == 60 ? nil : from.adding(months: months).adding(days: draws.integer(in: 3...27))
  }

  func lasts(until date: CalendarDate) -> Bool { to.map { $0 >= date } ?? true }
}

/// One invented participant with both potential outcomes.
struct FundPerson: Sendable {
  /// The stream of random numbers of the person.
  var stream: UInt64
  var provider: FundProvider
  /// The person number of the provider: `A-0042`. The same number of two providers is two people.
  var code: String
  var traits: FundTraits
  var enrolledOn: CalendarDate
  var isIntensive: Bool
  var underIntensive: FundWork?
  var underRegular: FundWork?
  /// The last contact of somebody who stops taking part.
  var lastSeenOn: CalendarDate?

  var work: FundWork? { isIntensive ? underIntensive : underRegular }
  var team: String { provider.team(isIntensive: isIntensive) }
}

extension SyntheticFund {
  /// Everybody who is enrolled, by provider and day of enrolment.
  func population() -> [FundPerson] {
    let constant = assignmentConstant()
    var people = (0..<participants).map { person(UInt64($0), constant: constant) }
    people.sort { ($0.provider.rawValue, $0.enrolledOn, $0.stream) < ($1.provider.rawValue, $1.enrolledOn, $1.stream) }
    var counts = Array(repeating: 0, count: FundProvider.allCases.count)
    for index in people.indices {
      let provider = people[index].provider
      counts[provider.rawValue] += 1
      let digits = String(counts[provider.rawValue])
      people[index].code = "\(provider.letter)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return people
  }

  private func person(_ stream: UInt64, constant: Double) -> FundPerson {
    var draws = SeededGenerator(seed: seed, person: stream, for: .traits)
    let provider = draws.choice(FundProvider.allCases.map { ($0, $0.weight) })
    let month = from.adding(months: draws.integer(in: 0...enrolmentUntil.months(since: from)))
    let enrolledOn = month.firstDay.adding(days: draws.integer(in: 0...(month.lastDay.days(since: month.firstDay))))
    let traits = FundTraits(using: &draws)
    var choice = SeededGenerator(seed: seed, person: stream, for: .approach)
    let logit = constant + traits.intensiveLogit + hiddenConfounding * traits.motivation
    let isIntensive = choice.uniform() < 1 / (1 + exp(-logit))
    func path(_ logHazardRatio: Double) -> FundWork? {
      FundWork(
        traits: traits, enrolledOn: enrolledOn, logHazardRatio: logHazardRatio, months: simulatedMonths,
        generator: SeededGenerator(seed: seed, person: stream, for: .work))
    }
    var leaving = SeededGenerator(seed: seed, person: stream, for: .departure)
    var lastSeenOn: CalendarDate?
    for month in 1..<simulatedMonths where leaving.chance(FundCoefficient.monthlyDisengagement) {
      lastSeenOn = enrolledOn.adding(months: month).adding(days: leaving.integer(in: 0...27))
      break
    }
    return FundPerson(
      stream: stream, provider: provider, code: "", traits: traits, enrolledOn: enrolledOn, isIntensive: isIntensive,
      underIntensive: path(effect), underRegular: path(0), lastSeenOn: lastSeenOn)
  }

  /// The constant of the assignment that gives the intended share, from a sample of its own.
  private func assignmentConstant() -> Double {
    if intensiveShare == 0 || intensiveShare == 1 { return intensiveShare == 0 ? -.infinity : .infinity }
    var draws = SeededGenerator(seed: 20_220_101, stream: 1)
    let logits = (0..<4000).map { _ in
      let traits = FundTraits(using: &draws)
      return traits.intensiveLogit + hiddenConfounding * traits.motivation
    }
    var (low, high) = (-12.0, 12.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let mean = logits.reduce(0) { $0 + 1 / (1 + exp(-middle - $1)) } / Double(logits.count)
      if mean < intensiveShare { low = middle } else { high = middle }
    }
    return low
  }
}
