import Primitives

/// One invented person with both potential outcomes.
struct SyntheticPerson: Sendable {
  /// From 1, in the order of settlement.
  var number: Int
  /// The stream of random numbers of the person.
  var stream: UInt64
  var traits: Traits
  var birthYear: Int
  var settledOn: CalendarDate
  var permitOn: CalendarDate
  var approach: Approach
  var departure: Departure
  var underIntensive: WorkPath
  var underRegular: WorkPath

  var work: WorkPath { approach == .intensive ? underIntensive : underRegular }

  /// Whether the effects of the truth are about the person: aged 18 to 64 by years, and without paid work at settlement.
  var isInStudy: Bool { (18...64).contains(settledOn.year - birthYear) && !underRegular.atWorkWhenSettling }

  func work(under approach: Approach) -> WorkPath { approach == .intensive ? underIntensive : underRegular }

  /// The person number that every sender uses: `W-004217`.
  var code: String { Self.code(number) }

  static func code(_ number: Int) -> String {
    let digits = String(number)
    return "W-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }
}

/// What a person's stream of random numbers is divided into, so that more draws for one thing move nothing else.
enum DrawPurpose: UInt64 {
  case traits = 1, approach, departure, work, guidance, learning, participation, reporting, names
}

extension SeededGenerator {
  init(seed: UInt64, person: UInt64, for purpose: DrawPurpose) {
    self.init(seed: seed, stream: person &* 16 &+ purpose.rawValue)
  }
}
