import Primitives

/// Records made ready to be compared very often: every value as a number.
struct PreparedRecords {
  /// A level where one of both is not known.
  static let missing: UInt8 = 0xFF

  /// One column. A value that is not known is negative.
  enum Column {
    /// Places in the book of names.
    case names([Int32])
    /// Year, month and day as `YYYYMMDD`.
    case dates([Int32])
    case years([Int32])
    case codes([Int32])
    /// Places among the identifiers' letters.
    case identifiers([Int32], letters: [[UInt8]])
  }

  let fields: [LinkageField]
  let count: Int
  private(set) var columns: [Column] = []
  private(set) var book = NameBook()
  /// For each field, how many records have the same value as this one; for names, the same letters.
  private(set) var shares: [[Int32]] = []
  /// For names, how many records have the same key; empty for other fields.
  private(set) var keyShares: [[Int32]] = []
  /// How many records have a value, by field.
  private(set) var known: [Int] = []
  /// The first two fields of names, which may have been exchanged.
  let names: (first: Int, second: Int)?

  init(_ records: LinkageRecords) {
    fields = records.fields
    count = records.count
    let nameFields = fields.indices.filter { records.fields[$0].kind == .name }
    names = nameFields.count >= 2 ? (nameFields[0], nameFields[1]) : nil
    for (field, values) in zip(fields, records.columns) { columns.append(column(values, field.kind)) }
    for column in columns { countShares(column) }
  }

  private mutating func column(_ values: [LinkageRecords.Value], _ kind: LinkageField.Kind) -> Column {
    func texts(_ change: (String) -> String) -> (numbers: [Int32], letters: [[UInt8]]) {
      var places: [String: Int32] = [:]
      var letters: [[UInt8]] = []
      let numbers = values.map { value -> Int32 in
        guard case .text(let text) = value else { return -1 }
        let changed = change(text)
        guard !changed.isEmpty else { return -1 }
        if let known = places[changed] { return known }
        places[changed] = Int32(letters.count)
        letters.append(Array(changed.utf8))
        return Int32(letters.count - 1)
      }
      return (numbers, letters)
    }
    switch kind {
    case .name:
      return .names(
        values.map { value in
          guard case .text(let name) = value else { return -1 }
          return book.number(of: name) ?? -1
        })
    case .date:
      return .dates(
        values.map { value in
          guard case .date(let date) = value else { return -1 }
          let (year, month, day) = date.parts
          return Int32(year * 10_000 + month * 100 + day)
        })
    case .year:
      return .years(
        values.map { value in
          guard case .year(let year) = value else { return -1 }
          return Int32(year)
        })
    case .code: return .codes(texts { $0 }.numbers)
    case .identifier:
      let (numbers, letters) = texts { text in String(text.uppercased().filter { $0.isLetter || $0.isNumber }) }
      return .identifiers(numbers, letters: letters)
    }
  }

  private mutating func countShares(_ column: Column) {
    func counted(_ numbers: [Int32]) -> [Int32] {
      var counts: [Int32: Int32] = [:]
      for number in numbers where number >= 0 { counts[number, default: 0] += 1 }
      return numbers.map { counts[$0] ?? 0 }
    }
    let numbers: [Int32]
    switch column {
    case .names(let places):
      numbers = places.map { $0 < 0 ? -1 : book.entries[Int($0)].spelling }
      keyShares.append(counted(places.map { $0 < 0 ? -1 : book.entries[Int($0)].key }))
    case .dates(let values), .years(let values), .codes(let values), .identifiers(let values, _):
      numbers = values
      keyShares.append([])
    }
    shares.append(counted(numbers))
    known.append(numbers.count { $0 >= 0 })
  }

  /// The number of a record's value, for names that of its letters; negative when it is not known.
  func number(of field: Int, _ record: Int) -> Int32 {
    switch columns[field] {
    case .names(let places): places[record] < 0 ? -1 : book.entries[Int(places[record])].spelling
    case .dates(let values), .years(let values), .codes(let values), .identifiers(let values, _): values[record]
    }
  }

  /// The number of the key of a record's name.
  func keyNumber(of field: Int, _ record: Int) -> Int32 {
    guard case .names(let places) = columns[field], places[record] >= 0 else { return -1 }
    return book.entries[Int(places[record])].key
  }

  // MARK: Comparing

  /// Writes the levels of agreement of two records, and says whether their first two names agree better exchanged.
  ///
  /// Exchanged names are compared crosswise only when that makes both alike, and they are not both so as they stand.
  func compare(_ a: Int, _ b: Int, into levels: inout [UInt8]) -> Bool {
    for field in fields.indices { levels[field] = level(field, a, field, b) }
    guard let names else { return false }
    let alike = LinkageField.Kind.alikeLevel
    func isAlike(_ level: UInt8) -> Bool { level != Self.missing && level >= alike }
    guard !(isAlike(levels[names.first]) && isAlike(levels[names.second])) else { return false }
    let first = level(names.first, a, names.second, b)
    guard isAlike(first) else { return false }
    let second = level(names.second, a, names.first, b)
    guard isAlike(second) else { return false }
    (levels[names.first], levels[names.second]) = (first, second)
    return true
  }

  private func level(_ field: Int, _ a: Int, _ other: Int, _ b: Int) -> UInt8 {
    switch (columns[field], columns[other]) {
    case (.names(let left), .names(let right)):
      guard left[a] >= 0, right[b] >= 0 else { return Self.missing }
      return book.level(left[a], right[b])
    case (.dates(let values), _):
      guard values[a] >= 0, values[b] >= 0 else { return Self.missing }
      return Self.dateLevel(Int(values[a]), Int(values[b]))
    case (.years(let values), _):
      guard values[a] >= 0, values[b] >= 0 else { return Self.missing }
      return Self.yearLevel(Int(values[a]), Int(values[b]))
    case (.codes(let values), _):
      guard values[a] >= 0, values[b] >= 0 else { return Self.missing }
      return values[a] == values[b] ? 1 : 0
    case (.identifiers(let values, let letters), _):
      guard values[a] >= 0, values[b] >= 0 else { return Self.missing }
      if values[a] == values[b] { return 2 }
      return isOneSlipApart(letters[Int(values[a])], letters[Int(values[b])]) ? 1 : 0
    case (.names, _): return Self.missing
    }
  }

  /// The level of two days written `YYYYMMDD`.
  static func dateLevel(_ a: Int, _ b: Int) -> UInt8 {
    guard a != b else { return 5 }
    let (yearA, monthA, dayA) = (a / 10_000, a / 100 % 100, a % 100)
    let (yearB, monthB, dayB) = (b / 10_000, b / 100 % 100, b % 100)
    if yearA == yearB, monthA == dayB, dayA == monthB { return 4 }
    if isOneDigitSlip(a, b, digits: 8) { return 3 }
    if yearA == yearB, a % 10_000 == 101 || b % 10_000 == 101 { return 2 }
    let agreeing = (yearA == yearB ? 1 : 0) + (monthA == monthB ? 1 : 0) + (dayA == dayB ? 1 : 0)
    return agreeing >= 2 ? 1 : 0
  }

  static func yearLevel(_ a: Int, _ b: Int) -> UInt8 {
    if a == b { return 3 }
    if abs(a - b) == 1 { return 2 }
    return isOneDigitSlip(a, b, digits: 4) ? 1 : 0
  }

  /// Whether one digit differs, or two neighbours are exchanged.
  private static func isOneDigitSlip(_ a: Int, _ b: Int, digits: Int) -> Bool {
    var (a, b) = (a, b)
    var differing: [(place: Int, a: Int, b: Int)] = []
    for place in 0..<digits {
      if a % 10 != b % 10 { differing.append((place, a % 10, b % 10)) }
      if differing.count > 2 { return false }
      (a, b) = (a / 10, b / 10)
    }
    if differing.count == 1 { return true }
    guard differing.count == 2, differing[1].place == differing[0].place + 1 else { return false }
    return differing[0].a == differing[1].b && differing[0].b == differing[1].a
  }
}
