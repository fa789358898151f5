import DataModels
import Primitives
import TableFiles

/// One column of a wide return, whose cells are turned into numbers; a cell that may lead to a finding marks its row.
///
/// Texts that recur are judged once, by the same reader and the same checks as everywhere else.
struct ScreenColumn {
  enum Form {
    case integer, year, month, day
    /// Judged once for each distinct text.
    case text
    /// A number that hardly two rows share, in ASCII that can be seen.
    case distinct(format: ValueFormat?)
  }

  let field: Field
  let record: Int
  /// The place of the column among the cells of a row.
  let position: Int
  let form: Form
  let values: ScreenProgram.Numbers
  private let reader: CellReader
  private let asksForText: Bool
  private let tellsApart: Bool
  private let isFree: Bool
  private let received: Int32
  private var known = CellTextTable()
  /// By the number of a text: the words in it, or for a name its parts, as bits and as hashes.
  private(set) var bits: [UInt64] = []
  private(set) var words: [[Int]] = []
  let keepsWords: Bool
  let isName: Bool

  /// Texts beyond these are judged each time.
  private static let mostTexts = 1 << 16
  /// The value of a text that is not kept.
  static let unkept = Int32.max
  private static let doubtful: Int32 = -2

  init(
    model: DataModel, record r: Int, field f: Int, position: Int, values: ScreenProgram.Numbers,
    receivedOn: CalendarDate?
  ) {
    let record = model.records[r]
    let field = record.fields[f]
    self.field = field
    self.record = r
    self.position = position
    self.values = values
    reader = CellReader(
      field: field, isKey: record.keyIndices.contains(f), modelName: model.id,
      codeList: field.type.codeList.flatMap(model.codeList), dateOrder: nil, decimalMarks: .both)
    let isText = field.type == .text
    asksForText = isText && field.format == nil && (field.isRequired || field.requiredIf != nil)
    tellsApart =
      isText && (record.keyIndices.contains(f) || field.privacy == .identifier || field.unique != nil)
    isFree = Reviewer.isFreeText(field)
    isName = field.privacy == .direct && isText && r == model.index(ofRecord: model.person.id)
    keepsWords = isText && (isName || isFree)
    let day = record.nature.timeField == field.id ? receivedOn : nil
    switch field.type {
    case .integer, .number:
      form = .integer
      received = .max
    case .year:
      form = .year
      received = day.map { Int32($0.year) } ?? .max
    case .month:
      form = .month
      received = day.map { $0.month.index } ?? .max
    case .date:
      form = .day
      received = day?.daysSinceEpoch ?? .max
    case .text
    where !isFree && field.maximumLength == nil && !isName && tellsApart
      && (field.format == nil || field.format == .ukNationalInsuranceNumber):
      form = .distinct(format: field.format)
      received = .max
    case .text, .code, .list:
      form = .text
      received = .max
    }
  }

  /// Reads the column's cells of a block.
  ///
  /// - Parameters:
  ///   - filled: set to 1 for rows that have a cell here.
  ///   - doubtful: set to 1 for rows that have to be read plainly.
  mutating func read(_ block: RecordBlock, filled: ScreenProgram.Truths, doubtful: ScreenProgram.Truths) {
    let cells = UnsafePointer(block.cells + position * RecordBlock.stride)
    let base = block.base
    let values = values
    @inline(__always)
    func each(_ parse: (CellText) -> Int32?) {
      for row in 0..<block.count {
        let cell = cells[row]
        let (start, end) = (Int(cell >> 32), Int(cell & 0xFFFF_FFFF))
        if start == end {
          values[row] = ScreenProgram.missing
          continue
        }
        filled[row] = 1
        if let value = parse(CellText(start: base + start, count: end - start)) {
          values[row] = value
        } else {
          values[row] = ScreenProgram.missing
          doubtful[row] = 1
        }
      }
    }
    let received = received
    switch form {
    case .integer: each { Self.integer($0) }
    case .year:
      each { text in
        guard text.count == 4, let year = Self.integer(text), year > 0, year <= received else { return nil }
        return year == 1900 || year == 1904 || year == 9999 || year == 1111 ? nil : year
      }
    case .month:
      each { text in
        guard text.count == 7, let month = ScreenCalendar.month(text.word(0)), month <= received else { return nil }
        return month == 1900 * 12 || month == 1904 * 12 ? nil : month
      }
    case .day:
      each { text in
        guard text.count == 10, let day = ScreenCalendar.day(text.word(0), text.word(8)), day <= received else {
          return nil
        }
        return day == -25_567 || day == -24_107 ? nil : day
      }
    case .distinct(let format): each { Self.isFine($0, format) ? 0 : nil }
    case .text: each { number(of: $0) }
    }
  }

  // MARK: Forms

  /// Up to nine digits, with a minus before them.
  @inline(__always)
  private static func integer(_ text: CellText) -> Int32? {
    var place = 0
    let isNegative = text.start[0] == 0x2D
    if isNegative { place = 1 }
    guard text.count > place, text.count - place <= 9 else { return nil }
    var number: Int32 = 0
    while place < text.count {
      let digit = text.start[place] &- 0x30
      guard digit <= 9 else { return nil }
      number = number &* 10 &+ Int32(digit)
      place += 1
    }
    return isNegative ? -number : number
  }

  /// Whether a number needs no second look: no word for “not known” has a digit.
  @inline(__always)
  static func isFine(_ text: CellText, _ format: ValueFormat?) -> Bool {
    guard text.isPlain else { return false }
    if format == .ukNationalInsuranceNumber { return isNationalInsuranceNumber(text) }
    for place in 0..<text.count where text.start[place] &- 0x30 <= 9 { return true }
    return false
  }

  /// As ``DataModels/ValueFormat`` has it.
  @inline(__always)
  private static func isNationalInsuranceNumber(_ text: CellText) -> Bool {
    guard text.count == 9 else { return false }
    let (first, second) = (text.start[0], text.start[1])
    // Bits of the letters D, F, I, Q, U and V, and O in the second place.
    let refused: UInt32 = 1 << 3 | 1 << 5 | 1 << 8 | 1 << 16 | 1 << 20 | 1 << 21
    guard first &- 0x41 < 26, second &- 0x41 < 26, refused >> UInt32(first - 0x41) & 1 == 0,
      (refused | 1 << 14) >> UInt32(second - 0x41) & 1 == 0, text.start[8] &- 0x41 < 4
    else { return false }
    for place in 2..<8 where text.start[place] &- 0x30 > 9 { return false }
    switch (first, second) {
    case (0x42, 0x47), (0x47, 0x42), (0x4B, 0x4E), (0x4E, 0x4B), (0x4E, 0x54), (0x54, 0x4E), (0x5A, 0x5A): return false
    default: return true
    }
  }

  @inline(__always)
  private mutating func number(of text: CellText) -> Int32? {
    if let number = known.value(of: text) { return number == Self.doubtful ? nil : number }
    return judge(text)
  }

  @inline(never)
  private mutating func judge(_ text: CellText) -> Int32? {
    let string = text.string
    let code = verdict(string)
    guard known.count < Self.mostTexts else { return keepsWords && code != nil ? Self.unkept : code }
    var number = code ?? Self.doubtful
    if code != nil, keepsWords {
      number = Int32(words.count)
      let own = isName ? NameScan.parts(of: string.trimmingWhitespace) : NameScan.words(of: string)
      words.append(own.map(\.hashValue))
      bits.append(words[words.count - 1].reduce(0) { $0 | 1 << UInt64($1 & 63) })
    }
    known.add(text, number)
    return code == nil ? nil : number
  }

  /// The place of the code in its list, 0 for another text; nil for one that may lead to a finding.
  private func verdict(_ text: String) -> Int32? {
    let cell = RawCell.text(text)
    guard !reader.cleans(cell), case .value(let value) = reader.read(cell), !value.isMissing,
      Reviewer.problem(field, value) == nil
    else { return nil }
    if asksForText, StandIn.stands(for: value) { return nil }
    switch value {
    case .text(let text):
      if tellsApart, text.mixesAlphabets { return nil }
      if isFree {
        let isBare = text.utf8.count == 9 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isBare || PersonalData.found(in: text) != nil { return nil }
      }
      if case .code = field.type { return reader.codeList?.position(of: text).map(Int32.init) }
      return 0
    case .list(let items): return isFree && items.contains { PersonalData.found(in: $0) != nil } ? nil : 0
    default: return nil
    }
  }
}

/// Days and months by their digits, for the years that returns speak of.
enum ScreenCalendar {
  private static let years = 1900...2099

  /// For each month the days before its first since 1970, and its length.
  private static let months: [(before: Int32, length: Int32)] = years.flatMap { year in
    (1...12).map { month in
      let first = CalendarDate(year: year, month: month, day: 1)!
      let next = first.adding(months: 1)
      return (first.daysSinceEpoch, next.daysSinceEpoch - first.daysSinceEpoch)
    }
  }

  /// The place of a month from January 1900; nil when `YYYY-MM-` is not there.
  @inline(__always)
  private static func place(_ word: UInt64) -> Int? {
    let digits = word ^ 0x2D30_302D_3030_3030
    // Digits are at most 9, and what stands for the hyphens is 0.
    guard (digits | (digits &+ 0x7F76_767F_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
    func digit(_ place: UInt64) -> Int { Int(truncatingIfNeeded: digits >> (8 * place)) & 0xF }
    let year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3)
    let month = digit(5) * 10 + digit(6)
    guard year >= years.lowerBound, year <= years.upperBound, month >= 1, month <= 12 else { return nil }
    return (year - years.lowerBound) * 12 + month - 1
  }

  /// - Parameter word: the bytes of `YYYY-MM`, and a 0.
  @inline(__always)
  static func month(_ word: UInt64) -> Int32? {
    guard word >> 56 == 0, let place = place(word | 0x2D << 56) else { return nil }
    return Int32(place + years.lowerBound * 12)
  }

  /// - Parameters:
  ///   - word: the bytes of `YYYY-MM-`.
  ///   - rest: those of the day.
  @inline(__always)
  static func day(_ word: UInt64, _ rest: UInt64) -> Int32? {
    guard let place = place(word) else { return nil }
    let (tens, ones) = (Int32(rest & 0xFF) - 0x30, Int32(rest >> 8 & 0xFF) - 0x30)
    guard tens >= 0, tens <= 3, ones >= 0, ones <= 9 else { return nil }
    let day = tens * 10 + ones
    let month = months.withUnsafeBufferPointer { $0[place] }
    return day >= 1 && day <= month.length ? month.before + day - 1 : nil
  }
}
