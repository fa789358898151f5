import Foundation
import Primitives
import Submissions
import TableFiles

/// One random edit of a sound return, made from a seed: the files as they are sent, and what has to be said of them.
struct RandomEdit {
  enum Kind: String, CaseIterable {
    case none, blank, wrongType, wrongCode, outOfRange, tooLong, wrongForm, hugeNumber, ambiguousDate, serialDate
    case controlCharacter, loneSurrogate, formula, swappedDates, duplicatedKey, repeatedRow, orphan, removedPerson
    case truncated, encoding, randomBytes, bomb, manyColumns, header, noise, nulByte, openQuotation
  }

  /// What a review has to say.
  enum Expectation {
    /// Nothing is wrong.
    case nothing
    /// A finding of one of these codes in this cell, and the row is held when one of them is an error.
    case cell(Place, Set<FindingCode>)
    /// One of these codes in the row.
    case row(table: Int, row: Int, Set<FindingCode>)
    /// One of these codes about the file or its sheet.
    case file(Set<FindingCode>)
    /// The file may have become anything; what always holds has to hold.
    case anything
  }

  let seed: UInt64
  let kind: Kind
  let form: EditedForm
  let isWide: Bool
  private(set) var files: [ProviderReturn.File] = []
  private(set) var expectation = Expectation.nothing
  /// How many rows of records the review has to count; nil when the edit decides that.
  private(set) var instances: Int?

  private var random: SeededGenerator
  private var sent: EditedReturn

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed, stream: 4)
    kind = Kind.allCases.randomElement(using: &random)!
    form = EditedForm.allCases.randomElement(using: &random)!
    isWide = Bool.random(using: &random)
    sent = EditedReturn(isWide: isWide, &random)
    make()
  }

  // MARK: Choosing

  private mutating func row(of table: Int) -> Int { sent.tables[table].rows.indices.randomElement(using: &random)! }

  /// A cell of one of these fields, filled, in a random row.
  private mutating func place(of fields: Set<String>) -> Place {
    var places: [Place] = []
    for (t, table) in sent.tables.enumerated() {
      for (c, header) in table.headers.enumerated() where fields.contains(EditedReturn.field(of: header)) {
        for r in table.rows.indices {
          // The second job of a wide row may not be there; then there is no cell to edit.
          let isThere = !header.hasSuffix("_2") || table.rows[r][c...].contains { !$0.isEmpty }
          if isThere, !(isWide && header.hasSuffix("_2") && table.rows[r][13].isEmpty) {
            places.append(Place(table: t, row: r, column: c))
          }
        }
      }
    }
    return places.randomElement(using: &random)!
  }

  private subscript(_ place: Place) -> String {
    get { sent.tables[place.table].rows[place.row][place.column] }
    set { sent.tables[place.table].rows[place.row][place.column] = newValue }
  }

  private func field(at place: Place) -> String {
    EditedReturn.field(of: sent.tables[place.table].headers[place.column])
  }

  private mutating func pick<T>(_ items: [T]) -> T { items.randomElement(using: &random)! }

  private mutating func send() {
    files = sent.files(form)
    instances = sent.instances
  }

  private mutating func change(_ place: Place, to text: String, _ codes: Set<FindingCode>) {
    self[place] = text
    send()
    expectation = .cell(place, codes)
  }

  // MARK: Making

  private mutating func make() {
    switch kind {
    case .none: send()
    case .blank:
      change(
        place(of: ["name", "sex", "starts", "ends", "kind", "id"]), to: pick(["", " ", "\u{A0}\t"]), [.requiredBlank])
    case .wrongType: makeWrongType()
    case .wrongCode:
      change(place(of: ["sex", "kind"]), to: pick(["wrok", "0", "f", "11-5", "é", "WORK!"]), [.notInList])
    case .outOfRange:
      let place = place(of: ["hours", "born"])
      change(place, to: field(at: place) == "hours" ? pick(["81", "-1"]) : pick(["1919", "2013"]), [.outOfRange])
    case .tooLong:
      change(place(of: ["remark"]), to: String(repeating: pick(["a", "é", "word "]), count: 61), [.tooLong])
    case .wrongForm: change(place(of: ["nino"]), to: pick(["AB123456", "TN054981B", "1", "ＡＢ123456C"]), [.wrongFormat])
    case .hugeNumber:
      let text = pick(["-9223372036854775808", "9223372036854775807", "99999999999999999999", "1e308", "1e999", "-0.1"])
      change(place(of: ["hours"]), to: text, [.outOfRange, .notANumber, .ambiguousNumber])
    case .ambiguousDate: change(place(of: ["starts", "ends"]), to: pick(["03/04/2020", "1-2-2021"]), [.ambiguousDate])
    case .serialDate: change(place(of: ["starts", "ends"]), to: "43831", [.serialDate])
    case .controlCharacter:
      change(place(of: ["sex", "kind"]), to: "w\u{1}" + pick(["\u{B}", "\u{7F}", ""]), [.notInList])
    case .loneSurrogate: makeLoneSurrogate()
    case .formula: makeFormula()
    case .swappedDates:
      let ends = place(of: ["ends"])
      var starts = ends
      starts.column -= 1
      (self[starts], self[ends]) = (self[ends], self[starts])
      send()
      expectation = .row(table: ends.table, row: ends.row, [.tooEarly, .ruleNotHeld, .implausibleLength])
    case .duplicatedKey, .repeatedRow: makeSecondRow()
    case .orphan, .removedPerson: makeOrphan()
    case .truncated:
      send()
      edit(fileToEdit()) { content, random in content.prefix(Int.random(in: 0..<content.count, using: &random)) }
      // A text that was cut off can be a whole one; of the other forms every part counts.
      var codes = Set(FindingCode.allCases.filter { $0.rawValue.hasPrefix("FIL") })
      // Two or three bytes are a text.
      codes.insert(.sheetNotRecognised)
      (expectation, instances) = (form == .csv ? .anything : .file(codes), nil)
    case .encoding: makeEncoding()
    case .randomBytes:
      send()
      edit(fileToEdit()) { content, random in
        var bytes = [UInt8](content)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes.remove(at: place)
          case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
          default: bytes[place] = UInt8.random(in: 0...255, using: &random)
          }
          if bytes.isEmpty { break }
        }
        return Data(bytes)
      }
      (expectation, instances) = (.anything, nil)
    case .bomb: makeBomb()
    case .manyColumns: makeManyColumns()
    case .header: makeHeader()
    case .noise: makeNoise()
    case .nulByte:
      let place = place(of: ["remark"])
      self[place] = "a\u{0}b"
      send()
      // A text of SPSS ends at NUL, in the writer and in the reader; the markup of a workbook keeps it as `_x0000_`.
      expectation = form == .csv ? .file([.fileNulByte]) : .anything
      if form == .csv { instances = nil }
    case .openQuotation:
      send()
      guard form == .csv else { return }
      let target = fileToEdit()
      edit(target) { content, _ in content + Data("\"P1".utf8) }
      (expectation, instances) = (.file([.fileOpenQuotation]), nil)
    }
  }

  private mutating func fileToEdit() -> Int { files.indices.randomElement(using: &random)! }

  private mutating func edit(_ target: Int, _ change: (Data, inout SeededGenerator) -> Data) {
    let content = Data(change(files[target].content, &random))
    files[target] = .init(name: files[target].name, content: content)
  }

  private mutating func makeWrongType() {
    let place = place(of: ["starts", "ends", "born", "hours", "started", "wage"])
    switch field(at: place) {
    case "starts", "ends":
      change(place, to: pick(["soon", "2020-02-30", "2020-13-01", "2020", "31/02/2020x"]), [.notADate])
    case "born": change(place, to: pick(["90", "19900", "1990.5", "born"]), [.notAYear])
    case "started": change(place, to: pick(["March", "2016-13", "2016/03", "16-3"]), [.notAMonth])
    case "hours": change(place, to: pick(["ten", "1.5", "12 hours", "0x10", "١٢"]), [.notANumber])
    default: change(place, to: pick(["much", "12a", "1.234.567,8x", "€5", "nan"]), [.notANumber])
    }
  }

  private mutating func makeLoneSurrogate() {
    let place = place(of: ["kind", "sex"])
    switch form {
    case .workbook:
      let texts = ["_xD800_", "a_xDC00_", "_xDBFF_b", "&#xD800;", "&#xFFFE;"]
      let text = pick(texts)
      files = sent.files(form, special: (place, .markup(text)))
      instances = sent.instances
      if text.hasPrefix("&") {
        (expectation, instances) = (.file([.fileDamaged]), nil)
      } else {
        expectation = .cell(place, [.notInList])
      }
    case .csv, .spss:
      self[place] = "\u{1A}\u{1A}\u{1A}"
      send()
      for index in files.indices {
        edit(index) { content, _ in
          var bytes = [UInt8](content)
          guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: [0x1A, 0x1A, 0x1A]) }) else {
            return content
          }
          bytes.replaceSubrange(start..<start + 3, with: [0xED, 0xA0, 0x80])
          return Data(bytes)
        }
      }
      // Either the encoding of the file cannot be told, or the cell holds three characters that are no code.
      (expectation, instances) = (.anything, nil)
    }
  }

  private mutating func makeFormula() {
    let place = place(of: ["kind", "sex"])
    guard form == .workbook else {
      return change(place, to: pick(["=1+1", "@SUM(A1)", "+A1", "=cmd|' /C calc'!A0"]), [.notInList])
    }
    let (cell, codes): (EditedCell, Set<FindingCode>) = pick([
      (.formula(value: nil), [.requiredBlank]), (.formula(value: "7"), [.notInList]),
      (.error("#REF!"), [.formulaError]),
    ])
    files = sent.files(form, special: (place, cell))
    instances = sent.instances
    expectation = .cell(place, codes)
  }

  private mutating func makeSecondRow() {
    let table = sent.tables.indices.randomElement(using: &random)!
    let original = row(of: table)
    var copy = sent.tables[table].rows[original]
    let column = sent.tables[table].headers.firstIndex(of: table == 0 ? "name" : "wage")!
    if kind == .duplicatedKey { copy[column] = copy[column] == "77" ? "78" : "77" }
    sent.tables[table].rows.append(copy)
    send()
    let last = sent.tables[table].rows.count - 1
    expectation = .row(table: table, row: last, [.duplicateKey])
  }

  private mutating func makeOrphan() {
    guard !isWide else {
      send()
      return
    }
    if kind == .orphan {
      let place = Place(table: 1, row: row(of: 1), column: 0)
      change(place, to: "Q9", [.unknownPerson])
    } else {
      let person = row(of: 0)
      let id = sent.tables[0].rows.remove(at: person)[0]
      send()
      if let job = sent.tables[1].rows.firstIndex(where: { $0[0] == id }) {
        expectation = .cell(Place(table: 1, row: job, column: 0), [.unknownPerson])
      }
    }
  }

  private mutating func makeEncoding() {
    send()
    guard form == .csv else { return }
    let target = fileToEdit()
    let text = String(decoding: files[target].content, as: UTF8.self)
    func replace(_ bytes: [UInt8]) { files[target] = .init(name: files[target].name, content: Data(bytes)) }
    func units(_ isBig: Bool) -> [UInt8] {
      text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: replace([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    case 1: replace([0xFF, 0xFE] + units(false))
    case 2: replace([0xFE, 0xFF] + units(true))
    case 3:
      replace(units(false))
      // With a letter whose second byte is a control character it looks like no text at all.
      (expectation, instances) = (.file([.fileEncoding, .fileNoTable]), nil)
    case 4:
      replace(
        [0xFF, 0xFE, 0, 0] + text.unicodeScalars.flatMap { [UInt8($0.value & 255), UInt8($0.value >> 8), 0, 0] })
      (expectation, instances) = (.file([.fileEncoding]), nil)
    default:
      // One letter of Windows-1252 in a text in UTF-8.
      replace(Array(("\"é\",".utf8)) + [0xEB, 0x2C] + Array(text.utf8))
      (expectation, instances) = (.file([.fileEncoding]), nil)
    }
  }

  private mutating func makeBomb() {
    send()
    guard form == .workbook else { return }
    instances = nil
    var fixture = WorkbookFixture("<sheetData/>", sharedStrings: "<si><t>a</t></si>")
    fixture.sheets = [("person", "", "<sheetData><row><c t=\"inlineStr\"><is><t>id</t></is></c></row></sheetData>")]
    var codes: Set<FindingCode> = [.fileUnpacksTooLarge, .fileDamaged, .fileTooManyCells, .fileEmpty]
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      fixture.prologue = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
      codes = [.fileDamaged]
    case 1:
      let depth = Int.random(in: 10_000...60_000, using: &random)
      fixture.sheets[0].content = String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    case 2:
      fixture.sheets[0].content = "<sheetData><row r=\"1048577\"><c><v>1</v></c></row></sheetData>"
      codes = [.fileDamaged]
    case 3:
      fixture.sheets[0].content = "<sheetData><row><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData>"
      codes = [.fileTooManyCells, .fileDamaged]
    default: break
    }
    var parts = fixture.parts
    if fixture.prologue.isEmpty, codes.count == 4 {
      let victim = parts.indices.randomElement(using: &random)!
      let declared = pick([500, 3 << 30, 4 << 30, 9 << 20])
      parts[victim].packed = (
        ZipFixture.deflatedRun(of: 0x20, count: 1 << Int.random(in: 8...20, using: &random)).stream, 8
      )
      parts[victim].declaredSize = min(declared, Int(UInt32.max) - 1)
      if !fixture.sheets[0].content.hasPrefix("<a>") { codes = [.fileUnpacksTooLarge, .fileDamaged] }
    }
    files = [.init(name: "return.xlsx", content: ZipFixture(parts: parts).data)]
    expectation = .file(codes)
  }

  private mutating func makeManyColumns() {
    let count = Int.random(in: 0..<16, using: &random) == 0 ? 1_000_000 : 20_000
    switch form {
    case .csv:
      let line = sent.tables[0].headers.joined(separator: ",") + String(repeating: ",x", count: count) + "\n"
      files = [.init(name: "person.csv", content: Data(line.utf8) + Data("P1,A\n".utf8))]
      expectation = .file([.fileTooManyCells])
    case .workbook:
      let cells = String(repeating: "<c><v>1</v></c>", count: count)
      files = [.init(name: "return.xlsx", content: WorkbookFixture("<sheetData><row>\(cells)</row></sheetData>").data)]
      expectation = .file([.fileTooManyCells])
    case .spss:
      send()
      // The number of variables stands at byte 68 of the header: now it says another.
      let target = fileToEdit()
      let lie = UInt32.random(in: 0...UInt32.max, using: &random)
      edit(target) { content, _ in
        var bytes = [UInt8](content)
        for place in 0..<4 where bytes.count > 72 { bytes[68 + place] = UInt8(lie >> UInt32(8 * place) & 255) }
        return Data(bytes)
      }
      (expectation, instances) = (.anything, nil)
    }
  }

  private mutating func makeHeader() {
    let table = sent.tables.indices.randomElement(using: &random)!
    let column = Int.random(in: 1..<sent.tables[table].headers.count, using: &random)
    let header = sent.tables[table].headers[column]
    instances = nil
    if Bool.random(using: &random), form != .spss {
      let other = column == 1 ? 2 : 1
      sent.tables[table].headers[other] = header
      files = sent.files(form)
      expectation = .file([.duplicateColumn])
    } else {
      sent.tables[table].headers[column] = "q" + String(header.reversed()).replacingOccurrences(of: "_", with: "")
      files = sent.files(form)
      expectation = .file([.unknownColumn])
    }
  }

  /// What a review may remark on and must read through: another delimiter, blank rows, cells behind the last header.
  private mutating func makeNoise() {
    guard form == .csv else {
      send()
      return
    }
    files = sent.files(.csv, delimiter: pick([";", "\t", "|", ","]))
    instances = sent.instances
    let target = fileToEdit()
    let start = pick(["", "\n\n", "\r\n"])
    let end = pick(["", "\n\n", ",,,\n", "\r\n\r\n", ";;\n", "\u{1A}"])
    edit(target) { content, _ in Data(start.utf8) + content + Data(end.utf8) }
    expectation = .anything
    if end == "\u{1A}" || end == ",,,\n" || end == ";;\n" { instances = nil }
  }
}
