/// What stays the same of a name however it is spelled in Latin letters: mostly its consonants.
///
/// Names from other scripts have many spellings, for vowels, long letters and sounds that Latin lacks are written in
/// several ways: Mohammed, Muhammad, Mohamed; Rachid, Rashid; Yousef, Youssouf, Yusuf. The key writes sounds that are
/// spelled in several ways in one (kh as h, ch, sh and z as s, dj and zh as j, ph as f, q and c as k), leaves out vowels
/// with w and y, except the first letter where all vowels are one, the h at the end, and letters that are doubled.
///
/// - Parameter letters: a folded name or part of a name.
func nameKey(_ letters: [UInt8]) -> [UInt8] {
  var key: [UInt8] = []
  var index = 0
  func follows(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= letters.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where letters[start + offset] != text.utf8Start[offset] { return false }
    return true
  }
  func add(_ letter: Character) {
    let letter = letter.asciiValue!
    if key.last != letter { key.append(letter) }
  }
  // Two equal consonants with a vowel between are two.
  var hasVowelSince = false
  while index < letters.count {
    var length = 1
    var sound: Character?
    if follows("sch", at: index) || follows("tch", at: index) {
      (sound, length) = ("s", 3)
    } else if follows("dzh", at: index) {
      (sound, length) = ("j", 3)
    } else if follows("kh", at: index) {
      (sound, length) = ("h", 2)
    } else if follows("gh", at: index) {
      (sound, length) = ("g", 2)
    } else if follows("sh", at: index) || follows("ch", at: index) {
      (sound, length) = ("s", 2)
    } else if follows("dj", at: index) || follows("zh", at: index) {
      (sound, length) = ("j", 2)
    } else if follows("ph", at: index) {
      (sound, length) = ("f", 2)
    } else if follows("th", at: index) {
      (sound, length) = ("t", 2)
    } else if follows("dh", at: index) {
      (sound, length) = ("d", 2)
    } else if follows("ck", at: index) {
      (sound, length) = ("k", 2)
    } else {
      switch letters[index] {
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"):
        sound = index == 0 ? "a" : nil
      case UInt8(ascii: "y"):
        let isVowel = index + 1 < letters.count && !"aeiou".utf8.contains(letters[index + 1])
        sound = index == 0 ? (isVowel ? "a" : "y") : nil
      case UInt8(ascii: "w"): sound = index == 0 ? "v" : nil
      case UInt8(ascii: "h"): sound = index == letters.count - 1 ? nil : "h"
      case UInt8(ascii: "q"), UInt8(ascii: "c"): sound = "k"
      case UInt8(ascii: "z"): sound = "s"
      default: sound = Character(Unicode.Scalar(letters[index]))
      }
    }
    if let sound {
      if hasVowelSince { key.append(sound.asciiValue!) } else { add(sound) }
      hasVowelSince = false
    } else if letters[index] != UInt8(ascii: "h") {
      hasVowelSince = true
    }
    index += length
  }
  return key
}

/// Every name of the records once: its letters, its key, and the keys of its parts.
struct NameBook {
  struct Entry {
    /// All parts as one.
    let letters: [UInt8]
    /// The number of the letters: names that differ in accents, blanks or an article have one.
    let spelling: Int32
    let key: Int32
    let keyLetters: [UInt8]
    /// The keys of the parts, ascending.
    let parts: [Int32]
    let sounds: NameSounds
    /// Of each part, when there is more than one.
    let soundsOfParts: [NameSounds]
  }
  private(set) var entries: [Entry] = []
  private(set) var keyCount = 0
  private(set) var spellingCount = 0
  private var places: [String: Int32] = [:]
  private var spellings: [[UInt8]: Int32] = [:]
  private var keys: [[UInt8]: Int32] = [:]

  /// The number of a name; nil when it has no letters.
  mutating func number(of name: String) -> Int32? {
    if let known = places[name] { return known }
    var parts = foldedParts(name)
    // The article is written or left out at will.
    let articles: [[UInt8]] = [Array("al".utf8), Array("el".utf8), Array("ul".utf8)]
    if parts.count > 1 {
      let others = parts.filter { !articles.contains($0) }
      if !others.isEmpty { parts = others }
    }
    guard !parts.isEmpty else { return nil }
    let letters = Array(parts.joined())
    let number = Int32(entries.count)
    let spelling = spellings[letters] ?? Int32(spellingCount)
    if spelling == spellingCount {
      spellings[letters] = spelling
      spellingCount += 1
    }
    let key = nameKey(letters)
    entries.append(
      Entry(
        letters: letters, spelling: spelling, key: keyNumber(key), keyLetters: key,
        parts: parts.map { keyNumber(nameKey($0)) }.sorted(), sounds: NameSounds(letters),
        soundsOfParts: parts.count > 1 ? parts.map { NameSounds($0) } : []))
    places[name] = number
    return number
  }

  private mutating func keyNumber(_ key: [UInt8]) -> Int32 {
    if let known = keys[key] { return known }
    let number = Int32(keyCount)
    keys[key] = number
    keyCount += 1
    return number
  }

  /// The level of agreement of two names (``LinkageField/Kind/name``).
  func level(_ a: Int32, _ b: Int32) -> UInt8 {
    guard a != b else { return LinkageField.Kind.name.sameLevel }
    let (first, second) = (entries[Int(a)], entries[Int(b)])
    if first.spelling == second.spelling { return LinkageField.Kind.name.sameLevel }
    if first.key == second.key { return LinkageField.Kind.spellingLevel }
    if first.parts.count != second.parts.count {
      let (few, many) = first.parts.count < second.parts.count ? (first, second) : (second, first)
      if few.parts.allSatisfy(many.parts.contains) { return 3 }
      let sounds = few.soundsOfParts.isEmpty ? [few.sounds] : few.soundsOfParts
      if sounds.allSatisfy({ part in many.soundsOfParts.contains { part.likeness(to: $0, least: 0.85) >= 0.85 } }) {
        return 2
      }
    }
    let likeness = jaroWinkler(first.letters, second.letters)
    if likeness >= 0.92 || isOneSlipApart(first.letters, second.letters) { return 2 }
    let sounding = first.sounds.likeness(to: second.sounds, least: 0.65)
    if sounding >= 0.8 { return 2 }
    // Keys are short, so a likeness of theirs says less.
    let keysAreLong = min(first.keyLetters.count, second.keyLetters.count) >= 3
    let keyLikeness = keysAreLong ? jaroWinkler(first.keyLetters, second.keyLetters) : 0
    if keyLikeness >= 0.95 { return 2 }
    return likeness >= 0.8 || keyLikeness >= 0.85 || sounding >= 0.65 ? 1 : 0
  }
}
