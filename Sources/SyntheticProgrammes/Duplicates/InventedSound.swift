import Primitives

/// A sound of an invented name, with the ways in which offices spell it in Latin letters.
struct InventedSound: Hashable, Sendable {
  /// The spelling on the permit first.
  let spellings: [String]

  init(_ spellings: String...) { self.spellings = spellings }

  static let consonants: [InventedSound] = [
    InventedSound("b"), InventedSound("d"), InventedSound("f", "ph"), InventedSound("g", "gh"), InventedSound("h"),
    InventedSound("j", "dj", "zh"), InventedSound("k", "q", "c"), InventedSound("kh", "h", "ch"),
    InventedSound("l", "ll"),
    InventedSound("m", "mm"), InventedSound("n", "nn"), InventedSound("r"), InventedSound("s", "ss", "z"),
    InventedSound("sh", "ch"), InventedSound("t", "th"), InventedSound("w", "v"), InventedSound("y", "i"),
    InventedSound("z"), InventedSound("q", "k", "gh"), InventedSound("dh", "d", "z"),
  ]
  static let vowels: [InventedSound] = [
    InventedSound("a", "e"), InventedSound("aa", "a"), InventedSound("i", "e", "ee", "y"),
    InventedSound("u", "ou", "o", "oo"),
    InventedSound("e", "i", "a"), InventedSound("o", "u"), InventedSound("ay", "ai", "ei"),
  ]
}

/// The names that people of one origin have, the common ones much oftener than the others.
///
/// Invented, sound by sound. The n-th name is given with a weight of 1/(n + 8), near to how names of real people are
/// spread.
struct NameStock: Sendable {
  private let names: [[InventedSound]]
  private let cumulative: [Double]

  init(count: Int, syllables: ClosedRange<Int>, seed: UInt64) {
    var draws = SeededGenerator(seed: seed)
    var known: Set<[InventedSound]> = []
    var names: [[InventedSound]] = []
    while names.count < count {
      var sounds: [InventedSound] = draws.chance(0.2) ? [draws.element(of: InventedSound.vowels)] : []
      for _ in 0..<draws.integer(in: syllables) {
        sounds.append(draws.element(of: InventedSound.consonants))
        sounds.append(draws.element(of: InventedSound.vowels))
      }
      if draws.chance(0.6) { sounds.append(draws.element(of: InventedSound.consonants)) }
      if known.insert(sounds).inserted { names.append(sounds) }
    }
    self.names = names
    var sum = 0.0
    cumulative = names.indices.map { index in
      sum += 1 / Double(index + 8)
      return sum
    }
  }

  func draw(_ draws: inout SeededGenerator) -> [InventedSound] {
    let place = draws.uniform() * cumulative[cumulative.count - 1]
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > place { high = middle } else { low = middle + 1 }
    }
    return names[low]
  }
}

/// A name as an office writes it down.
enum WrittenName {
  /// As on the permit.
  static func standard(_ parts: [[InventedSound]]) -> String {
    parts.map { capitalised($0.map { $0.spellings[0] }.joined()) }.joined(separator: " ")
  }

  /// With one to three sounds spelled in another way.
  static func otherSpelling(_ parts: [[InventedSound]], _ draws: inout SeededGenerator) -> String {
    var places: [(part: Int, sound: Int)] = []
    for (part, sounds) in parts.enumerated() {
      for (sound, spelled) in sounds.enumerated() where spelled.spellings.count > 1 { places.append((part, sound)) }
    }
    guard !places.isEmpty else { return standard(parts) }
    var written = parts.map { $0.map { $0.spellings[0] } }
    for _ in 0..<draws.choice([(1, 0.6), (2, 0.3), (3, 0.1)]) {
      let place = draws.element(of: places)
      written[place.part][place.sound] = draws.element(
        of: Array(parts[place.part][place.sound].spellings.dropFirst()))
    }
    return written.map { capitalised($0.joined()) }.joined(separator: " ")
  }

  /// With one key struck wrongly: a letter left out, doubled, replaced by another, or exchanged with the next.
  static func mistyped(_ name: String, _ draws: inout SeededGenerator) -> String {
    var letters = Array(name)
    guard letters.count > 2 else { return name }
    let place = draws.integer(in: 0...(letters.count - 2))
    switch draws.integer(in: 0...3) {
    case 0: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2: letters[place] = draws.element(of: Array("abcdefghijklmnoprstuvwyz"))
    default: letters.swapAt(place, place + 1)
    }
    return String(letters)
  }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
