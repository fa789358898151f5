import DataModels
import Primitives

/// What in a free text points to a person.
enum PersonalData: String, CaseIterable {
  case emailAddress, telephoneNumber, citizenServiceNumber, nationalInsuranceNumber, name

  /// What it is called, with its article.
  var inWords: LocalizedText {
    switch self {
    case .emailAddress: LocalizedText("an e-mail address", nl: "een e-mailadres")
    case .telephoneNumber: LocalizedText("a telephone number", nl: "een telefoonnummer")
    case .citizenServiceNumber: LocalizedText("a citizen service number (BSN)", nl: "een burgerservicenummer (BSN)")
    case .nationalInsuranceNumber:
      LocalizedText("a National Insurance number", nl: "een Brits verzekeringsnummer (National Insurance number)")
    case .name: LocalizedText("a person's name", nl: "de naam van een persoon")
    }
  }

  /// The first thing in a text that has the form of personal data; nil for none.
  ///
  /// A form is enough: whether the number or address is in use is not known here. A name is seen by the title before it
  /// (`Mrs`, `dhr.`); names of the people of a return are compared apart (``NameScan``).
  static func found(in text: String) -> PersonalData? {
    var digits = 0
    var hasAt = false
    var hasCapital = false
    var hasBlank = false
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x40: hasAt = true
      case 0x41...0x5A: hasCapital = true
      case 0x20: hasBlank = true
      default: break
      }
    }
    // Most cells are done with here: this runs over every text of a return.
    guard hasAt || digits >= 6 || (hasCapital && hasBlank) else { return nil }
    let bytes = Array(text.utf8)
    if hasAt, hasEmailAddress(bytes) { return .emailAddress }
    if digits >= 6, hasNationalInsuranceNumber(bytes) { return .nationalInsuranceNumber }
    if digits >= 9, let number = number(in: bytes) { return number }
    if hasCapital, hasBlank, hasTitledName(text) { return .name }
    return nil
  }

  // MARK: Forms

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 }

  /// Something, an @, and a domain whose last part has two letters or more.
  private static func hasEmailAddress(_ bytes: [UInt8]) -> Bool {
    bytes.indices.contains { at in
      guard bytes[at] == 0x40, at > 0, isLetter(bytes[at - 1]) || isDigit(bytes[at - 1]) || bytes[at - 1] == 0x5F else {
        return false
      }
      let domain = bytes[(at + 1)...].prefix { isLetter($0) || isDigit($0) || $0 == 0x2D || $0 == 0x2E }
      let parts = domain.split(separator: 0x2E, omittingEmptySubsequences: true)
      return parts.count >= 2 && parts.last!.count >= 2 && parts.last!.allSatisfy(isLetter)
    }
  }

  /// Two letters, six digits and a letter, standing by themselves; single blanks between them do not matter.
  private static func hasNationalInsuranceNumber(_ bytes: [UInt8]) -> Bool {
    let isUnit = { (byte: UInt8) in isLetter(byte) || isDigit(byte) }
    for start in bytes.indices where start == 0 || !isUnit(bytes[start - 1]) {
      var number: [UInt8] = []
      var place = start
      while place < bytes.count, number.count < 9 {
        if bytes[place] == 0x20, !number.isEmpty, bytes[place - 1] != 0x20 {
          place += 1
          continue
        }
        guard isUnit(bytes[place]) else { break }
        number.append(bytes[place])
        place += 1
      }
      guard number.count == 9, place == bytes.count || !isUnit(bytes[place]) else { continue }
      let text = String(decoding: number, as: UTF8.self).uppercased()
      if ValueFormat.ukNationalInsuranceNumber.matches(text) { return true }
    }
    return false
  }

  /// A citizen service number or a telephone number among the runs of digits with blanks, points, hyphens and brackets.
  private static func number(in bytes: [UInt8]) -> PersonalData? {
    var place = 0
    while place < bytes.count {
      let isPlus = bytes[place] == 0x2B
      guard isDigit(bytes[place]) || isPlus else {
        place += 1
        continue
      }
      let startsAlone = place == 0 || !isLetter(bytes[place - 1])
      var groups: [[UInt8]] = [[]]
      var separators: [UInt8] = []
      if isPlus { place += 1 }
      var gap = 0
      while place < bytes.count {
        if isDigit(bytes[place]) {
          if gap > 0, !groups[groups.count - 1].isEmpty { groups.append([]) }
          groups[groups.count - 1].append(bytes[place])
          gap = 0
        } else if [0x20, 0x2D, 0x2E, 0x28, 0x29].contains(bytes[place]), gap < 2 {
          separators.append(bytes[place])
          gap += 1
        } else {
          break
        }
        place += 1
      }
      let endsAlone = place == bytes.count || !isLetter(bytes[place])
      if startsAlone, endsAlone, let kind = kind(of: groups, isPlus, separators) { return kind }
      place += 1
    }
    return nil
  }

  private static func kind(of groups: [[UInt8]], _ isPlus: Bool, _ separators: [UInt8]) -> PersonalData? {
    // 31-03-2016 and 2016.03.31 are dates, whatever follows.
    let sizes = groups.map(\.count)
    if sizes.count >= 3, separators.first != 0x20,
      sizes[0] <= 2 && sizes[1] <= 2 && sizes[2] == 4 || sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2
    {
      return nil
    }
    let digits = groups.flatMap { $0 }
    guard Set(digits).count > 2 else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    if isPlus || text.hasPrefix("00") { return (9...15).contains(digits.count) ? .telephoneNumber : nil }
    if digits.count == 9, ValueFormat.dutchCitizenServiceNumber.matches(text) { return .citizenServiceNumber }
    return digits[0] == 0x30 && (10...11).contains(digits.count) ? .telephoneNumber : nil
  }

  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "mx", "dhr", "mevr", "mevrouw", "meneer", "mw", "mijnheer",
  ]

  /// A title (`Mr`, `mevr.`) with a word in capitals behind it.
  private static func hasTitledName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return words.indices.dropLast().contains { place in
      let word = words[place]
      guard word.utf8.count <= 9 else { return false }
      let next = words[place + 1].filter(\.isLetter)
      return titles.contains(word.filter(\.isLetter).lowercased()) && next.count >= 2 && next.first!.isUppercase
    }
  }
}

/// Finds names and other values that point to a person in that person's own texts.
struct NameScan {
  private let names: [String]
  /// The first letters of the names, as bits.
  private let letters: UInt32

  /// - Parameter values: what the person's record says that points to the person by itself.
  init(_ values: [String]) {
    names = Set(values.flatMap(Self.parts)).sorted()
    letters = names.reduce(0) { $0 | Self.bit($1.utf8.first!) }
  }

  /// The parts of a name that are looked for. Shorter ones (“of”, “van”) are words of any text.
  static func parts(of name: String) -> [String] {
    name.lowercased().split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "," })
      .filter { $0.count >= 4 }.map(String.init)
  }

  /// The words of a text that can be names.
  static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "'" }.map(String.init)
  }

  var isEmpty: Bool { names.isEmpty }

  /// Whether one of the names stands in a text as a word of its own.
  func stands(in text: String) -> Bool {
    var first: UInt32 = 0
    var isStart = true
    for byte in text.utf8 {
      let isWord = (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 || (0x30...0x39).contains(byte)
      if isStart, isWord { first |= Self.bit(byte) }
      isStart = !isWord
    }
    guard first & letters != 0 else { return false }
    return Self.words(of: text).contains(where: names.contains)
  }

  private static func bit(_ byte: UInt8) -> UInt32 { byte >= 0x80 ? 1 : 1 << UInt32(byte & 0x1F) }
}
