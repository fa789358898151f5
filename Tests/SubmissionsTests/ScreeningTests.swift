import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles
import TestSupport
import Testing

/// The review of large files says what the plain review says, finding by finding.
@Suite struct ScreeningTests {
  static let model = try! DataModel(
    contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Models/rtof.yml"))

  @Test(arguments: 0..<60)
  func randomReturnsHaveTheSameFindingsBothWays(seed: Int) throws {
    let text = RandomWideReturn(model: Self.model, seed: UInt64(seed)).text
    let occasion = ReviewOccasion(
      period: seed % 3 == 0 ? CalendarMonth(iso: "2022-06") : nil,
      receivedOn: seed % 2 == 0 ? CalendarDate(iso: "2023-01-15") : nil)
    let (plain, screened) = try both(text, occasion, pieceLength: [300, 5000, 1 << 20][seed % 3])
    let found = try #require(screened, "the return can be screened")
    #expect(found.findings.count == plain.findings.count)
    if let differing = zip(found.findings, plain.findings).first(where: { $0 != $1 }) {
      Issue.record("\(differing.0.place) \(differing.0.code) is \(differing.1.place) \(differing.1.code)")
    }
    #expect(found.summary == plain.summary)
    #expect(found.layouts == plain.layouts)
    #expect(found.verdict == plain.verdict)
    #expect(found.outcomes == plain.outcomes)
  }

  @Test func aReturnWithoutAMistakeIsOnlyCounted() throws {
    var lines = [
      "unique_id,person.first_name,person.last_name,person.year_of_birth,person.gender,person.dispersal_area,person.date_started_service,date_last_seen.date_last_seen"
    ]
    for number in 0..<2000 {
      lines.append("W\(number),Ama,Belana,1980,Man,Bolton Council,2022-01,2022-03-\(10 + number % 20)")
    }
    let (plain, screened) = try both(lines.joined(separator: "\n"), ReviewOccasion(), pieceLength: 2000)
    #expect(screened?.summary == plain.summary)
    #expect(screened?.summary.records.map(\.accepted) == [2000, 2000])
    #expect(screened?.findings == plain.findings)
  }

  @Test func whatCannotBeScreenedIsReadPlainly() throws {
    let person = "unique_id,person.first_name,person.last_name,person.year_of_birth,person.gender,person.dispersal_area"
    let row = "W1,Ama,Belana,1980,Man,Bolton Council"
    // A needed column is missing; a column is not in the model; the rows are of one record; the text is Windows-1252.
    #expect(try both(person + "\n" + row, ReviewOccasion()).screened == nil)
    #expect(
      try both(person + ",person.date_started_service,remarks\n" + row + ",2022-01,x", ReviewOccasion()).screened == nil
    )
    #expect(try both("unique_id,date_last_seen\nW1,2022-01-01", ReviewOccasion()).screened == nil)
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a.csv")
      try Data(
        (person + ",person.date_started_service\n").utf8 + Array("W1,Ren".utf8) + [0xE9] + Array(",B,1980\n".utf8)
      )
      .write(to: file)
      #expect(MappedFile(file).flatMap { DelimitedText($0, limits: ReadingLimits()) } == nil)
    }
  }

  private func both(
    _ text: String, _ occasion: ReviewOccasion, pieceLength: Int = 1 << 20
  ) throws -> (plain: Review, screened: Review?) {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("return.csv")
      try Data(text.utf8).write(to: file)
      let plain = Self.model.review(try TableFileReader().read(contentsOf: file), on: occasion)
      let mapped = try #require(MappedFile(file))
      let delimited = try #require(DelimitedText(mapped, limits: ReadingLimits()))
      return (plain, try Self.model.screenedReview(of: delimited, on: occasion, pieceLength: pieceLength))
    }
  }
}

/// A wide return in which much is wrong that can be: in the cells, in the rules, and in the text itself.
private struct RandomWideReturn {
  let model: DataModel
  private var draw: SeededGenerator
  private let wrongness: Double

  init(model: DataModel, seed: UInt64) {
    self.model = model
    draw = SeededGenerator(seed: seed)
    wrongness = [0.002, 0.02, 0.2][Int(seed / 3 % 3)]
  }

  private mutating func below(_ count: Int) -> Int { Int(draw.next() >> 33) % count }
  private mutating func chance(_ share: Double) -> Bool { draw.uniform() < share }

  var text: String {
    var writer = self
    return writer.write()
  }

  private mutating func write() -> String {
    let delimiter = chance(0.3) ? ";" : ","
    let lineEnd = chance(0.3) ? "\r\n" : "\n"
    let records = model.records.indices.filter { $0 == 0 || chance(0.8) }
    var columns: [(record: Int, field: Field)] = []
    for r in records {
      for field in model.records[r].fields where r == 0 || field.id != model.personField { columns.append((r, field)) }
    }
    var text = chance(0.2) ? "\u{FEFF}" : ""
    text += columns.map {
      $0.field.id == model.personField ? $0.field.id : model.records[$0.record].id + "." + $0.field.id
    }.joined(separator: delimiter)
    text += lineEnd
    let count = 20 + below(200)
    for row in 0..<count {
      let present = Set(records.filter { $0 == 0 ? !chance(wrongness / 4) : chance(0.4) })
      var cells: [String] = []
      for column in columns {
        var cell = present.contains(column.record) ? value(column.field, row) : ""
        if column.field.id == model.personField { cell = number(row) } else if chance(wrongness) { cell = odd(cell) }
        cells.append(quoted(cell, delimiter))
      }
      if chance(wrongness / 10) { cells.removeLast() }
      if chance(wrongness / 10) { cells.append("more") }
      if chance(wrongness / 4) { text += lineEnd }
      if chance(wrongness / 10) { cells = cells.map { _ in "" } }
      text += cells.joined(separator: delimiter) + (row + 1 < count || chance(0.5) ? lineEnd : "")
    }
    if chance(0.1) { text += lineEnd + lineEnd }
    return text
  }

  private mutating func number(_ row: Int) -> String {
    if chance(wrongness / 2) { return "W\(1000 + below(row + 1))" }
    if chance(wrongness / 4) {
      return ["W\(1000 + row / 2) ", " W1001", "W10\u{200B}02", "\u{412}1003", "", "n/a", "Amadan"][below(7)]
    }
    return "W\(1000 + row)"
  }

  private mutating func value(_ field: Field, _ row: Int) -> String {
    if !field.isRequired, chance(0.4) { return "" }
    switch field.type {
    case .text:
      if field.format != nil { return "AB\(100_000 + (chance(wrongness / 2) ? below(100) : row))C" }
      if field.privacy == .direct { return ["Amadan", "Bela-Fero", "Dari", "Zoë", "Enesha"][below(5)] }
      return ["Provider 12", "cook", "shop assistant", "nurse, care", "teacher of “maths”"][below(5)]
    case .integer, .number: return String(below(14) + 1)
    case .year: return String(1950 + below(50))
    case .month: return CalendarMonth(iso: "2021-09")!.adding(months: below(14)).iso
    case .date: return CalendarDate(iso: "2022-02-01")!.adding(days: below(300)).iso
    case .code(let list):
      let codes = model.codeList(list)!.codes
      return codes[below(chance(0.7) ? min(2, codes.count) : codes.count)].code
    case .list(let list):
      let codes = list.flatMap(model.codeList)?.codes.map(\.code) ?? ["a"]
      let first = below(codes.count)
      return (0..<1 + below(4)).map { codes[(first + $0) % codes.count] }.joined(separator: ",")
    }
  }

  private mutating func odd(_ cell: String) -> String {
    let forms = [
      "", "?", "n/a", cell + " ", " " + cell, cell.lowercased(), "31/03/2022", "03/04/2022", "2022-02-30", "1900-01-01",
      "44651", "1.250", "12,5", "12.5", "-3", "+4", "007", "99999999999", "abc", "\u{A0}", "\t", "Amadan was here",
      "call mrs Amadan", "a@b.org", "0612345678", "AB123456C", "123456782", "café", "x\u{200B}y", "He said \"yes\"",
      "line\nbreak", "2022", "2022-13", "2035-01-01", "1904-01", "9999", String(repeating: "long ", count: 60), "GB",
      "Self-employment", "=1+1", "2022-03-01T10:00", "Yes", "zoë",
    ]
    return forms[below(forms.count)]
  }

  private mutating func quoted(_ cell: String, _ delimiter: String) -> String {
    if chance(wrongness / 20) { return "a\"b" }
    let needs = cell.contains(delimiter) || cell.contains("\"") || cell.contains("\n")
    guard needs || chance(0.02) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
