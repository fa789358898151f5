/// A name as a row of sounds, for telling how alike two spellings sound.
///
/// Scripts without Latin letters are written in Latin in several ways, each by its own habit, and what one office writes as
/// dh another writes as d or z (Ramadhan, Ramadan, Ramazan), gh as g or q (Ghader, Gader, Qader), kh as h, ch or k, w as v
/// or ou. Such sounds are related: putting one for the other costs little. Vowels cost little anyway. The relations are
/// those between the common ways of writing Arabic, Persian, Pashto, Turkish, Tigrinya and Somali letters: ALA-LC, BGN/PCGN,
/// and the French and Dutch habits.
struct NameSounds: Hashable, Sendable {
  enum Sound: UInt8, CaseIterable, Sendable {
    case vowel, y, w, h
    case b, p, f, v, m, n, l, r, d, dh, t, th, s, z, sh, ch, j, g, gh, k, q, kh
    /// A letter that has no spelling of its own here.
    case other
  }

  private struct Place: Hashable, Sendable {
    let sound: Sound
    /// The letter of a vowel, or of a sound without a spelling.
    let letter: UInt8
  }

  private let places: [Place]
  /// What leaving everything out would cost.
  let weight: Double

  /// - Parameter letters: a folded name or part of a name.
  init(_ letters: [UInt8]) {
    var places: [Place] = []
    var index = 0
    while index < letters.count {
      let (sound, length) = Self.sound(of: letters, at: index)
      let place = Place(sound: sound, letter: sound == .vowel || sound == .other ? letters[index] : 0)
      // Doubled letters are one sound.
      if places.last != place { places.append(place) }
      index += length
    }
    self.places = places
    weight = places.reduce(0) { $0 + Self.leaving($1) }
  }

  private static let spellings: [(letters: [UInt8], sound: Sound)] = {
    let pairs: [(String, Sound)] = [
      ("tch", .ch), ("sch", .sh), ("dzh", .j), ("dsj", .j), ("tsj", .ch), ("dj", .j), ("zh", .j), ("sj", .sh),
      ("sh", .sh),
      ("ch", .ch), ("kh", .kh), ("gh", .gh), ("dh", .dh), ("th", .th), ("ph", .f), ("ck", .k),
    ]
    return pairs.map { (Array($0.0.utf8), $0.1) }
  }()

  private static let single: [Sound?] = {
    var table: [Sound?] = Array(repeating: nil, count: 256)
    let pairs: [(String, Sound)] = [
      ("aeiou", .vowel), ("y", .y), ("w", .w), ("h", .h), ("b", .b), ("p", .p), ("f", .f), ("v", .v), ("m", .m),
      ("n", .n), ("l", .l), ("r", .r), ("d", .d), ("t", .t), ("sx", .s), ("z", .z), ("j", .j), ("g", .g), ("kc", .k),
      ("q", .q),
    ]
    for (letters, sound) in pairs { for letter in letters.utf8 { table[Int(letter)] = sound } }
    return table
  }()

  private static func sound(of letters: [UInt8], at index: Int) -> (Sound, Int) {
    if index + 1 < letters.count {
      for (spelling, sound) in spellings where index + spelling.count <= letters.count {
        if spelling.indices.allSatisfy({ letters[index + $0] == spelling[$0] }) { return (sound, spelling.count) }
      }
    }
    return (single[Int(letters[index])] ?? .other, 1)
  }

  private static func leaving(_ place: Place) -> Double {
    switch place.sound {
    case .vowel: 0.25
    case .h: 0.3
    case .y, .w: 0.4
    default: 1
    }
  }

  /// What putting one sound for another costs, by both.
  private static let costs: [Double] = {
    let count = Sound.allCases.count
    var table = Array(repeating: 1.0, count: count * count)
    func set(_ a: Sound, _ b: Sound, _ cost: Double) {
      table[Int(a.rawValue) * count + Int(b.rawValue)] = cost
      table[Int(b.rawValue) * count + Int(a.rawValue)] = cost
    }
    for sound in Sound.allCases { set(sound, sound, 0) }
    let near: [(Sound, Sound)] = [
      (.d, .dh), (.dh, .z), (.d, .z), (.t, .th), (.th, .s), (.s, .z), (.g, .gh), (.gh, .q), (.g, .q), (.k, .q),
      (.kh, .h),
      (.kh, .ch), (.sh, .ch), (.v, .w), (.y, .vowel), (.w, .vowel), (.j, .y),
    ]
    for (a, b) in near { set(a, b, 0.2) }
    let akin: [(Sound, Sound)] = [
      (.kh, .k), (.k, .g), (.sh, .s), (.ch, .j), (.ch, .k), (.j, .g), (.j, .z), (.f, .v), (.f, .p), (.b, .p), (.b, .v),
      (.dh, .th), (.h, .ch), (.gh, .kh),
    ]
    for (a, b) in akin { set(a, b, 0.4) }
    return table
  }()

  private static func putting(_ a: Place, _ b: Place) -> Double {
    if a == b { return 0 }
    if a.sound == b.sound { return a.sound == .vowel ? 0.1 : 1 }
    return costs[Int(a.sound.rawValue) * Sound.allCases.count + Int(b.sound.rawValue)]
  }

  /// How alike two names sound: 1 less the cheapest change of one into the other, as a share of the weightier; 0 when it
  /// is certain to be less than `least`.
  func likeness(to other: NameSounds, least: Double = 0) -> Double {
    let most = max(weight, other.weight)
    guard most > 0, 1 - abs(weight - other.weight) / most >= least else { return 0 }
    let width = other.places.count + 1
    let cost = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * width) { rows in
      rows.initialize(repeating: 0)
      for j in 1..<max(width, 1) { rows[j] = rows[j - 1] + Self.leaving(other.places[j - 1]) }
      var (above, row) = (0, width)
      for place in places {
        let leaving = Self.leaving(place)
        rows[row] = rows[above] + leaving
        for j in 1..<max(width, 1) {
          let across = rows[above + j - 1] + Self.putting(place, other.places[j - 1])
          rows[row + j] = min(across, rows[above + j] + leaving, rows[row + j - 1] + Self.leaving(other.places[j - 1]))
        }
        swap(&above, &row)
      }
      return rows[above + width - 1]
    }
    return max(0, 1 - cost / most)
  }
}
