import Primitives

/// An invented register in which some people were entered twice or three times, by different providers, each with its
/// own way of writing names and its own mistakes. Who is who is known.
///
/// What makes it hard is what makes it hard in life: names from other scripts with several spellings; common names;
/// brothers, sisters and twins with one family name; children who carry their father's given name; many births on
/// 1 January, because only the year was known; given and family name exchanged; day and month exchanged; households
/// that share family name, origin and the day of the permit.
public struct SyntheticDuplicates: Sendable {
  /// How many people there are.
  public var people: Int
  public var seed: UInt64
  /// The share of people who are entered a second time, and of those a third.
  public var secondShare = 0.18
  public var thirdShare = 0.15
  /// All rates of mistakes times this.
  public var errorFactor = 1.0

  public init(people: Int, seed: UInt64) {
    self.people = people
    self.seed = seed
  }

  static let providers = ["entree", "haven", "kompas", "noorderlicht", "taalschool"]
  static let origins = ["SY", "ER", "AF", "TR", "SO", "IR"]

  /// A person as they are.
  struct Person {
    var given: [[InventedSound]]
    var family: [[InventedSound]]
    var born: CalendarDate
    var isWoman: Bool
    var origin: Int
    /// The day of the permit. Members of a household mostly share it.
    var permitted: CalendarDate
  }

  /// A person as a provider entered them. An empty text is not known.
  public struct Registration: Hashable, Sendable {
    public var person: Int
    public var provider: String
    public var number: String
    public var given: String
    public var family: String
    public var born: CalendarDate?
    public var sex: String
    public var origin: String
    public var permitted: CalendarDate?
  }

  /// The given names of men and women, by origin.
  private var givenNames: [[NameStock]] {
    Self.origins.indices.map { origin in
      [0, 1].map { NameStock(count: 500, syllables: 1...2, seed: seed &+ 100 &+ UInt64(2 * origin + $0)) }
    }
  }

  /// Everybody, in households.
  func population() -> [Person] {
    var draws = SeededGenerator(seed: seed, stream: 1)
    let given = givenNames
    let family = Self.origins.indices.map { NameStock(count: 4000, syllables: 2...3, seed: seed &+ 200 &+ UInt64($0)) }
    var found: [Person] = []
    while found.count < people {
      let origin = draws.choice([(0, 0.42), (1, 0.17), (2, 0.12), (3, 0.1), (4, 0.09), (5, 0.1)])
      // Where the family name of a child is the given name of the father.
      let isPatronymic = origin == 1 || origin == 4
      func name(_ stock: NameStock) -> [[InventedSound]] {
        draws.chance(0.15) ? [stock.draw(&draws), stock.draw(&draws)] : [stock.draw(&draws)]
      }
      func born(_ years: ClosedRange<Int>) -> CalendarDate {
        let year = draws.integer(in: years)
        if draws.chance(origin == 0 || origin == 5 ? 0.08 : 0.25) { return CalendarDate(year: year, month: 1, day: 1)! }
        return CalendarDate(year: year, month: 1, day: 1)!.adding(days: draws.integer(in: 0...364))
      }
      func surname() -> [[InventedSound]] { isPatronymic ? [given[origin][0].draw(&draws)] : name(family[origin]) }
      func permitted() -> CalendarDate {
        CalendarDate(year: 2014, month: 1, day: 1)!.adding(days: draws.integer(in: 0...3600))
      }
      let shared = permitted()
      func ownPermit() -> CalendarDate { draws.chance(0.75) ? shared : permitted() }
      let headIsWoman = draws.chance(0.38)
      let head = Person(
        given: name(given[origin][headIsWoman ? 1 : 0]), family: surname(), born: born(1950...2002),
        isWoman: headIsWoman, origin: origin, permitted: shared)
      found.append(head)
      guard draws.chance(0.35) else { continue }
      let partner = Person(
        given: name(given[origin][headIsWoman ? 0 : 1]),
        family: draws.chance(0.4) && !isPatronymic ? head.family : surname(),
        born: born(max(1950, head.born.year - 8)...min(2003, head.born.year + 8)), isWoman: !headIsWoman,
        origin: origin, permitted: ownPermit())
      if draws.chance(0.8) { found.append(partner) }
      let father = head.isWoman ? partner : head
      var children: [Person] = []
      var year = min(2000, max(1970, head.born.year + 19)) + draws.integer(in: 0...6)
      for _ in 0..<draws.choice([(0, 0.2), (1, 0.25), (2, 0.25), (3, 0.18), (4, 0.12)]) where year <= 2013 {
        let isTwin = !children.isEmpty && draws.chance(0.012)
        let isWoman = draws.chance(0.5)
        var own = name(given[origin][isWoman ? 1 : 0])
        // No two people of one household have one name.
        while ([head, partner] + children).contains(where: { $0.given.contains(own[0]) || own.contains($0.given[0]) }) {
          own = name(given[origin][isWoman ? 1 : 0])
        }
        children.append(
          Person(
            given: own, family: isPatronymic ? father.given : father.family,
            born: isTwin ? children[children.count - 1].born : born(year...year), isWoman: isWoman, origin: origin,
            permitted: ownPermit()))
        year += draws.integer(in: 1...4)
      }
      found += children
    }
    return Array(found.prefix(people))
  }

  /// What the providers entered, in an order that tells nothing.
  public func registrations() -> [Registration] {
    let population = population()
    let given = givenNames
    var found: [Registration] = []
    for (index, person) in population.enumerated() {
      var draws = SeededGenerator(seed: seed &+ 1, stream: UInt64(index))
      let times = draws.chance(secondShare) ? (draws.chance(thirdShare) ? 3 : 2) : 1
      var providers = Self.providers
      for _ in 0..<times {
        let provider = providers.remove(at: draws.integer(in: 0...(providers.count - 1)))
        found.append(registration(of: person, index, provider, given[person.origin][person.isWoman ? 1 : 0], &draws))
      }
    }
    var order = SeededGenerator(seed: seed, stream: 2)
    found.shuffle(using: &order)
    for index in found.indices { found[index].number = "P\(100_000 + index)" }
    return found
  }

  private func registration(
    of person: Person, _ index: Int, _ provider: String, _ stock: NameStock, _ draws: inout SeededGenerator
  ) -> Registration {
    func happens(_ rate: Double) -> Bool { draws.chance(min(0.95, rate * errorFactor)) }
    func written(_ parts: [[InventedSound]]) -> String {
      var parts = parts
      if parts.count > 1, happens(0.15) { parts.removeLast() }
      if happens(0.007) { parts = [stock.draw(&draws)] }
      var name = happens(0.1) ? WrittenName.otherSpelling(parts, &draws) : WrittenName.standard(parts)
      if happens(0.025) { name = WrittenName.mistyped(name, &draws) }
      if happens(0.04) { name = name.uppercased() }
      if happens(0.05) { name = name.replacing(" ", with: draws.chance(0.5) ? "-" : "") }
      return name
    }
    var (given, family) = (written(person.given), written(person.family))
    if happens(0.015) { (given, family) = (family, given) }
    var sex = person.isWoman ? "woman" : "man"
    if happens(0.005) { sex = person.isWoman ? "man" : "woman" }
    if happens(0.01) { sex = "" }
    var origin = Self.origins[person.origin]
    if happens(0.01) { origin = draws.element(of: Self.origins) }
    if happens(0.02) { origin = "" }
    let born = born(person.born, &draws)
    // A permit is renewed, and some offices write down the later one.
    var permitted: CalendarDate? = person.permitted
    if happens(0.03) { permitted = person.permitted.adding(days: draws.integer(in: 30...1800)) }
    if happens(0.02) { permitted = permitted.flatMap { exchanged($0) } }
    if happens(0.02) { permitted = permitted.map { mistyped($0, &draws) } }
    if happens(0.08) { permitted = nil }
    return Registration(
      person: index, provider: provider, number: "", given: given, family: family, born: born, sex: sex,
      origin: origin, permitted: permitted)
  }

  /// A day of birth with at most one mistake.
  private func born(_ date: CalendarDate, _ draws: inout SeededGenerator) -> CalendarDate? {
    switch draws.uniform() / max(errorFactor, 1e-9) {
    case ..<0.015: nil
    case ..<0.03: exchanged(date)
    case ..<0.05: CalendarDate(year: date.year, month: 1, day: 1)
    case ..<0.06: date.adding(days: draws.chance(0.5) ? 365 : -365)
    case ..<0.08: mistyped(date, &draws)
    default: date
    }
  }

  /// Day and month exchanged, where that is a day.
  private func exchanged(_ date: CalendarDate) -> CalendarDate {
    let (year, month, day) = date.parts
    return CalendarDate(year: year, month: day, day: month) ?? date
  }

  /// One digit wrong, where that can be read as a day near enough all the same.
  private func mistyped(_ date: CalendarDate, _ draws: inout SeededGenerator) -> CalendarDate {
    var digits = Array(date.iso)
    let position = draws.element(of: [2, 3, 5, 6, 8, 9])
    digits[position] = Character("\(draws.integer(in: 0...9))")
    guard let wrong = CalendarDate(iso: String(digits)), (1930...2026).contains(wrong.year) else { return date }
    return wrong
  }
}
