import Foundation
import Primitives

extension SyntheticMunicipality {
  /// Everybody who settles, in the order of settlement, with both potential outcomes.
  func population() -> [SyntheticPerson] {
    precondition(persons >= 1 && from <= inflowUntil && inflowUntil <= until, "check the settings before")
    let calendar = InflowCalendar(self)
    let model = PopulationModel(self, years: calendar.years)
    var people = (0..<persons).map { model.person(stream: UInt64($0), settling: calendar) }
    people.sort { ($0.settledOn, $0.stream) < ($1.settledOn, $1.stream) }
    for index in people.indices { people[index].number = index + 1 }
    return people
  }
}

/// When people settle: years weigh by permits, months within a year by a season.
struct InflowCalendar: Sendable {
  private var months: [(CalendarMonth, Double)] = []
  let until: CalendarMonth

  init(_ municipality: SyntheticMunicipality) {
    until = municipality.until
    for offset in 0...municipality.inflowUntil.months(since: municipality.from) {
      let month = municipality.from.adding(months: offset)
      let permits = municipality.calibration.permits
      let year = permits.keys.min { (abs($0 - month.year), $0) < (abs($1 - month.year), $1) }!
      let total = OriginGroup.allCases.reduce(0) { $0 + (permits[year]![$1] ?? 0) }
      let season = 1 + 0.25 * sin(2 * .pi * (Double(month.parts.month) - 4) / 12)
      months.append((month, total * season))
    }
  }

  var years: [Int] { Array(Set(months.map(\.0.year))).sorted() }

  func settlement(_ generator: inout SeededGenerator) -> CalendarDate {
    let month = generator.choice(months)
    return month.firstDay.adding(days: generator.integer(in: 0...(month.lastDay.days(since: month.firstDay))))
  }
}

/// What all people of a programme share: hazards and constants by year of settlement.
private struct PopulationModel: Sendable {
  let municipality: SyntheticMunicipality
  let origins: [Int: [(OriginGroup, Double)]]
  let hazards: [Int: EmploymentHazards]
  let constants: [Int: Double]

  init(_ municipality: SyntheticMunicipality, years: [Int]) {
    self.municipality = municipality
    let calibration = municipality.calibration
    var origins: [Int: [(OriginGroup, Double)]] = [:]
    var hazards: [Int: EmploymentHazards] = [:]
    var constants: [Int: Double] = [:]
    for year in years {
      origins[year] = calibration.originShares(in: year)
      hazards[year] = EmploymentHazards(
        cohort: year, months: municipality.simulatedMonths, calibration: calibration)
      constants[year] = Self.constant(municipality, year: year, origins: origins[year]!)
    }
    self.origins = origins
    self.hazards = hazards
    self.constants = constants
  }

  /// The constant of the assignment that gives the year its share of intensive guidance, from a sample of its own.
  private static func constant(
    _ municipality: SyntheticMunicipality, year: Int, origins: [(OriginGroup, Double)]
  ) -> Double {
    let shares = municipality.intensiveShares
    guard let nearest = shares.keys.min(by: { (abs($0 - year), $0) < (abs($1 - year), $1) }) else { return -.infinity }
    let share = shares[nearest]!
    if share == 0 || share == 1 { return share == 0 ? -.infinity : .infinity }
    var generator = SeededGenerator(seed: 20_140_103, stream: UInt64(year))
    let logits = (0..<4000).map { _ in
      let traits = Traits(origin: generator.choice(origins), using: &generator)
      return traits.intensiveLogit + municipality.hiddenConfounding * traits.motivation
    }
    var (low, high) = (-12.0, 12.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let mean = logits.reduce(0) { $0 + 1 / (1 + exp(-middle - $1)) } / Double(logits.count)
      if mean < share { low = middle } else { high = middle }
    }
    return low
  }

  func person(stream: UInt64, settling calendar: InflowCalendar) -> SyntheticPerson {
    let seed = municipality.seed
    var draws = SeededGenerator(seed: seed, person: stream, for: .traits)
    let settledOn = calendar.settlement(&draws)
    let year = settledOn.year
    let traits = Traits(origin: draws.choice(origins[year]!), using: &draws)
    let (_, month, day) = settledOn.parts
    let birth = Double(year) + (Double(month) - 1 + Double(day) / 31) / 12 - traits.age
    let permitOn = settledOn.adding(days: -Int(Double(traits.centreDays) * (0.3 + 0.4 * draws.uniform())))

    var choice = SeededGenerator(seed: seed, person: stream, for: .approach)
    let logit = constants[year]! + traits.intensiveLogit + municipality.hiddenConfounding * traits.motivation
    let approach: Approach = choice.uniform() < 1 / (1 + exp(-logit)) ? .intensive : .regular

    let months = municipality.simulatedMonths
    let departure = Departure(
      traits: traits, settledOn: settledOn, months: months,
      generator: SeededGenerator(seed: seed, person: stream, for: .departure))
    func path(_ approach: Approach) -> WorkPath {
      WorkPath(
        traits: traits, settledOn: settledOn, months: months,
        logHazardRatio: municipality.logHazardRatio(approach, traits.sex), hazards: hazards[year]!,
        diedOn: departure.diedOn, generator: SeededGenerator(seed: seed, person: stream, for: .work))
    }
    return SyntheticPerson(
      number: 0, stream: stream, traits: traits, birthYear: Int(birth), settledOn: settledOn, permitOn: permitOn,
      approach: approach, departure: departure, underIntensive: path(.intensive), underRegular: path(.regular))
  }
}
