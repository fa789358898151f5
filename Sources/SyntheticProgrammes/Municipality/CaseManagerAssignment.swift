import Primitives

/// One stretch of guidance by one case manager.
struct ManagerSpell: Sendable {
  var team: Approach
  var manager: Int
  var from: CalendarDate
  var to: CalendarDate?

  /// The code in the data: `CM-014`.
  var code: String {
    let digits = String(manager)
    return "CM-" + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
  }
}

extension [ManagerSpell] {
  /// What is known on a day: of people who are lost, no later change is told.
  func asKnown(on day: CalendarDate) -> [ManagerSpell] {
    filter { $0.from <= day }.map { spell in
      var spell = spell
      if let to = spell.to, to > day { spell.to = nil }
      return spell
    }
  }
}

/// Divides the people over case managers, day by day.
///
/// A newcomer gets the case manager of the team who has the fewest people. Teams hire at the start of a quarter for
/// the caseload of that day and six tenths of the inflow of the quarter, at 50 people to one in the intensive team and
/// 220 in the regular team: in a busy quarter caseloads run over.
struct CaseManagerAssignment {
  static let caseload: [Approach: Int] = [.intensive: 50, .regular: 220]

  private struct Team {
    var managers: [Int] = []
    var loads: [Int] = []
    var load: Int { loads.reduce(0, +) }
  }

  /// The spells of each person, in the order of `people`.
  private(set) var spells: [[ManagerSpell]]
  /// The highest caseload any manager of the team had.
  private(set) var highestCaseload: [Approach: Int] = [.intensive: 0, .regular: 0]
  private var hired = 0
  private var teams: [Approach: Team] = [.intensive: Team(), .regular: Team()]

  init(people: [SyntheticPerson], seed: UInt64, until: CalendarDate) {
    struct Event {
      var on: CalendarDate
      var person: Int
      var team: Approach
      /// Ends before others begin on the same day.
      var begins: Bool
    }
    spells = Array(repeating: [], count: people.count)
    var events: [Event] = []
    for (index, person) in people.enumerated() {
      var draws = SeededGenerator(seed: seed, person: person.stream, for: .reporting)
      let end = person.departure.leftOn ?? until.adding(days: 1)
      var start = person.settledOn.adding(days: draws.integer(in: 0...10))
      let change = person.settledOn.adding(days: draws.integer(in: 200...900))
      let changes = draws.chance(0.3)
      for cut in [changes ? change : nil, person.handedOverOn, end].compactMap({ $0 }).sorted()
      where cut > start && cut <= end {
        events.append(Event(on: start, person: index, team: person.team(on: start), begins: true))
        if cut <= until { events.append(Event(on: cut, person: index, team: person.team(on: start), begins: false)) }
        start = cut
      }
    }
    events.sort { ($0.on, $0.begins ? 1 : 0, $0.person) < ($1.on, $1.begins ? 1 : 0, $1.person) }
    func quarter(_ event: Event) -> Int32 { event.on.month.index / 3 }
    let inflow = Dictionary(grouping: events.filter(\.begins), by: quarter)
    var current: Int32?
    for event in events {
      if current != quarter(event) {
        current = quarter(event)
        for team in Approach.allCases {
          hire(team, for: inflow[quarter(event)]?.count { $0.team == team } ?? 0)
        }
      }
      if event.begins {
        let manager = assign(event.team)
        spells[event.person].append(ManagerSpell(team: event.team, manager: manager, from: event.on))
      } else {
        let last = spells[event.person].count - 1
        spells[event.person][last].to =
          people[event.person].departure.leftOn == event.on ? event.on : event.on.adding(days: -1)
        release(event.team, spells[event.person][last].manager)
      }
    }
  }

  private mutating func hire(_ approach: Approach, for inflow: Int) {
    var team = teams[approach]!
    let people = team.load + inflow * 6 / 10
    let wanted = max(1, (people + Self.caseload[approach]! - 1) / Self.caseload[approach]!)
    while team.managers.count < wanted {
      hired += 1
      team.managers.append(hired)
      team.loads.append(0)
    }
    teams[approach] = team
  }

  private mutating func assign(_ approach: Approach) -> Int {
    let loads = teams[approach]!.loads
    var least = 0
    for place in loads.indices where loads[place] < loads[least] { least = place }
    teams[approach]!.loads[least] += 1
    highestCaseload[approach]! = max(highestCaseload[approach]!, loads[least] + 1)
    return teams[approach]!.managers[least]
  }

  private mutating func release(_ approach: Approach, _ manager: Int) {
    let place = teams[approach]!.managers.firstIndex(of: manager)!
    teams[approach]!.loads[place] -= 1
  }
}
