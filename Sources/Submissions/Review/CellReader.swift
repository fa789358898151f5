import DataModels
import Primitives
import TableFiles

/// What a cell turned out to hold: a value, or what is wrong with it.
enum CellReading {
  case value(Value)
  case problem(FindingCode, LocalizedText, LocalizedText?)
}

/// Reads cells of one column as one field's type. It never guesses: what can be read in two ways is a problem.
///
/// Messages and fixes never hold the text of a cell, so that they can be kept and passed on; a suggested code is the
/// model's own, and is not given for a field that identifies.
final class CellReader {
  let field: Field
  let codeList: CodeList?
  /// The order of day and month in the column, because a date can be nothing else or the sender says so; nil for none.
  let dateOrder: DateOrder?
  /// What the column shows of its decimal mark.
  let decimalMarks: DecimalMarks
  /// The name by which `model show` knows the model.
  private let modelName: String
  /// Whether invisible characters are taken out. Free text keeps them: in some scripts they belong to a name.
  private let isCleaned: Bool
  private lazy var suggestion = codeList.map(CodeSuggestion.init)
  /// The fix of texts that are no code: the same mistake is often made in many rows.
  private var fixes: [String: LocalizedText] = [:]

  init(
    field: Field, isKey: Bool, modelName: String, codeList: CodeList?, dateOrder: DateOrder?,
    decimalMarks: DecimalMarks
  ) {
    self.field = field
    self.codeList = codeList
    self.dateOrder = dateOrder
    self.decimalMarks = decimalMarks
    self.modelName = modelName
    isCleaned =
      field.type != .text || isKey || field.privacy == .identifier || field.format != nil || field.unique != nil
  }

  /// Whether invisible characters are taken out of this cell.
  func cleans(_ cell: RawCell) -> Bool {
    guard isCleaned, case .text(let text) = cell else { return false }
    return text.hasInvisibleCharacters
  }

  func read(_ cell: RawCell) -> CellReading {
    switch cell {
    case .empty: return .value(.missing)
    case .error:
      return .problem(
        .formulaError,
        LocalizedText("The cell holds a formula that failed.", nl: "De cel bevat een formule die is mislukt."),
        FindingCode.formulaError.explanation.text)
    case .text(let text):
      let trimmed = (isCleaned ? text.withoutInvisibleCharacters : text).trimmingWhitespace
      return trimmed.isEmpty ? .value(.missing) : read(text: trimmed)
    case .number(let number): return read(number: number, cell)
    case .date(let date): return read(date: date)
    case .boolean: return read(text: cell.text)
    }
  }

  // MARK: Text

  private func read(text: String) -> CellReading {
    switch field.type {
    case .text: return .value(.text(text))
    case .integer:
      if let integer = Int(text) { return .value(.integer(integer)) }
      if decimalMarks.areUnclear(in: text) { return Self.ambiguousNumber }
      if let number = decimalNumber(text), number == number.rounded(), abs(number) < 1e15 {
        return .value(.integer(Int(number)))
      }
      return .problem(
        .notANumber, LocalizedText("This is not a whole number.", nl: "Dit is geen heel getal."), Self.wholeNumber)
    case .number:
      if decimalMarks.areUnclear(in: text) { return Self.ambiguousNumber }
      if let number = decimalNumber(text) { return .value(.number(number)) }
      return .problem(
        .notANumber, LocalizedText("This is not a number.", nl: "Dit is geen getal."),
        FindingCode.notANumber.explanation.text)
    case .date: return readDate(text)
    case .month:
      if let month = CalendarMonth(iso: text) { return .value(.month(month)) }
      if let date = CalendarDate(iso: text) { return .value(.month(date.month)) }
      return .problem(
        .notAMonth, LocalizedText("This is not a month.", nl: "Dit is geen maand."),
        LocalizedText(
          "Write the year and the month, as in 2016-03.", nl: "Schrijf het jaar en de maand, zoals in 2016-03."))
    case .year:
      if text.utf8.count == 4, let year = Int(text), year > 0 { return .value(.year(year)) }
      return .problem(
        .notAYear, LocalizedText("This is not a year.", nl: "Dit is geen jaar."), FindingCode.notAYear.explanation.text)
    case .code: return readCode(text)
    case .list: return readList(text)
    }
  }

  private func readDate(_ text: String) -> CellReading {
    if let date = CalendarDate(iso: text) { return .value(.date(date)) }
    if let (first, second, year) = dayMonthYear(text) {
      let (day, month) = dateOrder == .monthDay ? (second, first) : (first, second)
      if dateOrder != nil, let date = CalendarDate(year: year, month: month, day: day) { return .value(.date(date)) }
      if dateOrder == nil, (1...12).contains(day), (1...12).contains(month) {
        return .problem(
          .ambiguousDate,
          LocalizedText(
            "This date can be read in two ways: day-month or month-day.",
            nl: "Deze datum is op twee manieren te lezen: dag-maand of maand-dag."),
          FindingCode.ambiguousDate.explanation.text)
      }
    }
    if CalendarMonth(iso: text) != nil {
      return .problem(
        .notADate,
        LocalizedText(
          "This is a month; a full date is needed.", nl: "Dit is een maand; er is een volledige datum nodig."),
        LocalizedText("Add the day, as in 2016-03-01.", nl: "Voeg de dag toe, zoals in 2016-03-01."))
    }
    if text.utf8.count == 5, let serial = Int(text), (20_000...80_000).contains(serial) { return serialDate }
    let shape = Array(text.utf8)
    let dashed = shape.count == 10 && shape[4] == 0x2D && shape[7] == 0x2D
    return .problem(
      .notADate,
      dashed
        ? LocalizedText("This day does not exist.", nl: "Deze dag bestaat niet.")
        : LocalizedText("This is not a date.", nl: "Dit is geen datum."),
      FindingCode.notADate.explanation.text)
  }

  private static let ambiguousNumber = CellReading.problem(
    .ambiguousNumber,
    LocalizedText(
      "This number can be read in two ways: the mark can be for decimals or for thousands.",
      nl: "Dit getal is op twee manieren te lezen: het teken kan voor decimalen of voor duizendtallen zijn."),
    FindingCode.ambiguousNumber.explanation.text)

  private static let wholeNumber = LocalizedText(
    "Write a whole number in digits, without units or thousands signs. Round decimals: 11.44 becomes 11.",
    nl: "Schrijf een heel getal in cijfers, zonder eenheid of duizendtekens. Rond decimalen af: 11,44 wordt 11.")

  private var serialDate: CellReading {
    .problem(
      .serialDate,
      LocalizedText("This is a number, not a date.", nl: "Dit is een getal, geen datum."),
      FindingCode.serialDate.explanation.text)
  }

  private func readCode(_ text: String) -> CellReading {
    guard let codeList else { return .value(.text(text)) }
    // The list's own spelling: two spellings of one letter with an accent are one code.
    if let position = codeList.position(of: text) { return .value(.text(codeList.codes[position].code)) }
    return .problem(
      .notInList,
      LocalizedText(
        "This is not a code of the list “\(codeList.id)”.", nl: "Dit is geen code uit de lijst “\(codeList.id)”."),
      codeFix(text, codeList))
  }

  private func codeFix(_ text: String, _ list: CodeList) -> LocalizedText {
    if let fix = fixes[text] { return fix }
    let fix = newCodeFix(text, list)
    if fixes.count < 4096 { fixes[text] = fix }
    return fix
  }

  private func newCodeFix(_ text: String, _ list: CodeList) -> LocalizedText {
    if !field.privacy.isIdentifying, let near = suggestion?.code(for: text) {
      return LocalizedText("Did you mean “\(near)”?", nl: "Bedoelt u “\(near)”?")
    }
    return list.asked(ofModel: modelName)
  }

  private func readList(_ text: String) -> CellReading {
    let items = listItems(text)
    guard let codeList else { return .value(.list(items)) }
    for (place, item) in items.enumerated() where !codeList.contains(item) {
      let isSemicolon = item.split(separator: ";").count > 1
      return .problem(
        .notInList,
        items.count == 1
          ? LocalizedText(
            "This is not a code of the list “\(codeList.id)”.", nl: "Dit is geen code uit de lijst “\(codeList.id)”.")
          : LocalizedText(
            "Item \(place + 1) is not a code of the list “\(codeList.id)”.",
            nl: "Onderdeel \(place + 1) is geen code uit de lijst “\(codeList.id)”."),
        isSemicolon
          ? LocalizedText(
            "Separate the items by commas, not by semicolons.",
            nl: "Scheid de onderdelen met komma's, niet met puntkomma's.")
          : codeFix(item, codeList))
    }
    return .value(.list(items.map { item in codeList.position(of: item).map { codeList.codes[$0].code } ?? item }))
  }

  /// The items of a cell, separated by commas; an item with a comma in it is in quotation marks.
  private func listItems(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var quoted = false
    for character in text {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted:
        items.append(item)
        item = ""
      default: item.append(character)
      }
    }
    items.append(item)
    return items.map(\.trimmingWhitespace).filter { !$0.isEmpty }
  }

  // MARK: Cells of a workbook

  private func read(number: Double, _ cell: RawCell) -> CellReading {
    switch field.type {
    case .integer:
      if number == number.rounded(), abs(number) < 1e15 { return .value(.integer(Int(number))) }
      return read(text: cell.text)
    case .number: return .value(.number(number))
    case .year:
      if number == number.rounded(), (1000...9999).contains(number) { return .value(.year(Int(number))) }
      return read(text: cell.text)
    case .date: return number > 0 ? serialDate : read(text: cell.text)
    default: return read(text: cell.text)
    }
  }

  private func read(date: CalendarDate) -> CellReading {
    switch field.type {
    case .date: return .value(.date(date))
    case .month: return .value(.month(date.month))
    case .year:
      return .problem(
        .notAYear, LocalizedText("This is a date, not a year.", nl: "Dit is een datum, geen jaar."),
        FindingCode.notAYear.explanation.text)
    case .integer, .number:
      return .problem(
        .notANumber, LocalizedText("This is a date, not a number.", nl: "Dit is een datum, geen getal."),
        field.type == .integer ? Self.wholeNumber : FindingCode.notANumber.explanation.text)
    case .code, .list:
      return .problem(
        .mangledCode,
        LocalizedText(
          "The spreadsheet turned this code into a date.", nl: "Het rekenblad heeft van deze code een datum gemaakt."),
        FindingCode.mangledCode.explanation.text)
    case .text: return .value(.text(date.iso))
    }
  }
}

/// Day, month and year of a text such as 31-3-2016, 31/03/2016 or 31.03.2016.
func dayMonthYear(_ text: String) -> (day: Int, month: Int, year: Int)? {
  let parts = text.split(whereSeparator: { "-/. ".contains($0) })
  guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2, parts[1].utf8.count <= 2,
    let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
  else { return nil }
  return (day, month, year)
}

/// A number with a point or a comma before its decimals; nil for anything with thousands separators or other signs.
func decimalNumber(_ text: String) -> Double? {
  var commas = 0
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x2E, 0x2D, 0x2B, 0x45, 0x65: continue
    case 0x2C: commas += 1
    default: return nil
    }
  }
  let point = commas == 1 && !text.contains(".") ? String(text.map { $0 == "," ? "." : $0 }) : text
  guard let number = Double(point), number.isFinite else { return nil }
  return number
}
